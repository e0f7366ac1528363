"""The own page of a young person: when they are needed, what is done and left, their credits.

A bystander may read all of it: nothing here tells why somebody comes.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date

from flask import flash, redirect, render_template, url_for
from flask_babel import format_date
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from youthcourt import clock
from youthcourt.accounts.session import SignedIn, signed_in
from youthcourt.courts.models import Court
from youthcourt.courts.queries import policy_on
from youthcourt.credits.queries import statement_of
from youthcourt.dashboard.queries.duties import duties_of, open_days
from youthcourt.dashboard.routes.blueprint import bp
from youthcourt.errors import CourtRuleBroken
from youthcourt.people import services
from youthcourt.people.domain.kinds import AwayReason
from youthcourt.people.forms import DaysAwayForm
from youthcourt.people.models import Person
from youthcourt.people.queries import AwaySpan, live_person, name_of, unavailable_days
from youthcourt.sentences.queries import OwnObligation, own_obligations, own_service
from youthcourt.web.access import Permission, requires
from youthcourt.web.transactions import database

LINES_SHOWN = 6
SERVICE_SHOWN = 30


@bp.get("/next")
@requires(Permission.OWN_DUTIES)
def juror_home() -> str:
    """Show whoever is signed in their own page."""
    me, session, now = signed_in(), database(), clock.now()
    person = _myself(me)
    away = _days_away(me, person)
    obligations = own_obligations(session, person_id=person.id, now=now)
    service = own_service(session, person_id=person.id, now=now, limit=SERVICE_SHOWN)
    return render_template(
        "phone/home.html",
        first_name=name_of(person.given_names, person.family_name, person.preferred_name).first,
        person=person,
        duties=duties_of(session, person_id=person.id, away=away, now=now),
        open_days=open_days(session, now=now, today=me.today),
        obligations=obligations,
        all_done=_all_done(obligations),
        service=service,
        statement=statement_of(session, person_id=person.id),
        lines_shown=LINES_SHOWN,
        credits=policy_on(session, day=me.today).policy.credits,
        away=away,
        office=session.get_one(Court, me.court_id),
        today=me.today,
    )


@bp.get("/next/days-away")
@requires(Permission.OWN_DUTIES)
def own_days_away() -> str:
    """Show the days on which one cannot come, and let more be entered."""
    return _away_page(DaysAwayForm(formdata=None))


@bp.post("/next/days-away")
@requires(Permission.OWN_DUTIES)
def add_own_days_away() -> Response | tuple[str, int]:
    """Enter days on which one cannot come; days that are promised already need a call."""
    me, session, now = signed_in(), database(), clock.now()
    form = DaysAwayForm()
    if form.validate():
        days = form.given("starts_on", "ends_on")
        with form.refusals():
            starts_on, ends_on = days["starts_on"], days["ends_on"] or days["starts_on"]
            if (ends_on - starts_on).days >= services.LONGEST_AWAY_DAYS:
                # The sentence for staff speaks of a list that is nobody else's business.
                raise CourtRuleBroken("own_days_too_many", "ends_on")
            services.add_days_away(
                session,
                person_id=_myself(me).id,
                starts_on=starts_on,
                ends_on=ends_on,
                reason=AwayReason(form.reason.data),
                actor=me.actor,
                now=now,
            )
            _say_saved(me)
            return redirect(url_for("dashboard.own_days_away"), 303)
    return _away_page(form), 422


@bp.post("/next/days-away/<uuid:away_id>/remove")
@requires(Permission.OWN_DUTIES)
def remove_own_days_away(away_id: uuid.UUID) -> Response:
    """Take days back on which one can come after all."""
    me = signed_in()
    services.remove_days_away(
        database(),
        person_id=_myself(me).id,
        away_id=away_id,
        actor=me.actor,
        now=clock.now(),
    )
    flash(_("Those days are removed. You can be asked to come on them again."), "success")
    return redirect(url_for("dashboard.own_days_away"), 303)


def _myself(me: SignedIn) -> Person:
    if me.person_id is None:
        raise TypeError("only a young person has this permission")
    return live_person(database(), me.person_id)


def _days_away(me: SignedIn, person: Person) -> tuple[AwaySpan, ...]:
    found = unavailable_days(database(), person_ids=(person.id,), first=me.today)
    return found.get(person.id, ())


def _away_page(form: DaysAwayForm) -> str:
    me, session = signed_in(), database()
    person = _myself(me)
    away = _days_away(me, person)
    duties = duties_of(session, person_id=person.id, away=away, now=clock.now())
    return render_template(
        "phone/days_away.html",
        form=form,
        away=away,
        clashes=[duty for duty in duties if duty.away],
        office=session.get_one(Court, me.court_id),
    )


def _say_saved(me: SignedIn) -> None:
    session, person = database(), _myself(me)
    away = _days_away(me, person)
    duties = duties_of(session, person_id=person.id, away=away, now=clock.now())
    clashes = [duty.held_on for duty in duties if duty.away]
    if clashes:
        text = _(
            "The days are noted. But you are expected on %(days)s: that stays until you have "
            "called the office.",
            days=_listed(clashes),
        )
        flash(text, "warning")
    else:
        flash(_("The days are noted. Nobody will ask you to come on them."), "success")


def _listed(days: Iterable[date]) -> str:
    return ", ".join(format_date(day, "EEEE d MMMM") for day in days)


def _all_done(obligations: tuple[OwnObligation, ...]) -> bool:
    return bool(obligations) and all(one.finished for one in obligations)
