"""Planning one session, or a series after seeing its days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from youthcourt import clock
from youthcourt.accounts.session import signed_in
from youthcourt.courts.domain import Policy
from youthcourt.errors import CourtRuleBroken
from youthcourt.hearings import services
from youthcourt.hearings.domain import (
    CourtSessionKind,
    DayOutcome,
    SeriesDay,
    SeriesRule,
    SittingPlan,
    plan_from_policy,
)
from youthcourt.hearings.forms import Rhythm, SeriesForm, SessionForm, with_rooms
from youthcourt.hearings.models import Room
from youthcourt.hearings.queries import rooms, series_preview
from youthcourt.hearings.routes.blueprint import (
    Page,
    bp,
    clock_change_on,
    plan_of,
    policy_today,
    session_url,
    typed_plan,
)
from youthcourt.web.access import Permission, requires
from youthcourt.web.transactions import database

PLAN = "plan"
HALF_A_YEAR = timedelta(days=182)
_ROOM = "room_"


@bp.route("/calendar/sessions/new", methods=["GET", "POST"])
@requires(Permission.CALENDAR_WRITE)
def new_session() -> Page:
    """Plan one session; what the clocks do to it is told before it is stored."""
    me = signed_in()
    usable = _rooms()
    roomed = with_rooms(SessionForm, {key: room.name for key, room in usable.items()})
    if request.method == "GET":
        form = roomed(data=_session_start(me.today, usable))
        return _page("hearings/new_session.html", form, usable)
    form = roomed()
    change = clock_change_on(
        form.held_on.data, form.starts_at.data, form.ends_at.data, me.time_zone
    )
    if form.validate():
        if change is not None and form.clock_seen.data != change:
            form.clock_seen.data = change.value
            return _page("hearings/new_session.html", form, usable, change=change), 422
        with form.refusals():
            row = services.plan_session(
                database(),
                kind=_kind(form),
                **form.given("held_on", "starts_at", "ends_at"),
                rooms=_chosen(form, usable),
                actor=me.actor,
                now=clock.now(),
            )
            flash(_("The session is planned."), "success")
            return redirect(session_url(row.id), 303)
    return _page("hearings/new_session.html", form, usable), 422


@bp.route("/calendar/series/new", methods=["GET", "POST"])
@requires(Permission.CALENDAR_WRITE)
def new_series() -> Page:
    """Plan a series: first its days are shown, then they are stored."""
    me = signed_in()
    usable = _rooms()
    roomed = with_rooms(SeriesForm, {key: room.name for key, room in usable.items()})
    if request.method == "GET":
        form = roomed(data=_series_start(me.today, usable))
        return _page("hearings/new_series.html", form, usable)
    form = roomed()
    preview: Sequence[SeriesDay] = ()
    if form.validate():
        with form.refusals():
            plans, rule = _chosen(form, usable), _rule(form)
            shown = _days(form.seen.data)
            preview = _previewed(form, rule, plans)
            if request.form.get("act") == PLAN:
                return _stored(form, rule, plans, shown)
            return _page("hearings/new_series.html", form, usable, preview=preview)
    return _page("hearings/new_series.html", form, usable, preview=preview), 422


def _previewed(form: Any, rule: SeriesRule, plans: Sequence[SittingPlan]) -> Sequence[SeriesDay]:
    """Return the days of the series; the form keeps which of them are about to be planned."""
    preview = series_preview(
        database(),
        rule=rule,
        **form.given("starts_at", "ends_at"),
        room_ids=[plan.room_id for plan in plans],
        now=clock.now(),
    )
    days = (day.on.isoformat() for day in preview if day.outcome is DayOutcome.PLANNED)
    form.seen.data = " ".join(days)
    return preview


def _stored(
    form: Any, rule: SeriesRule, plans: Sequence[SittingPlan], shown: Sequence[date]
) -> Page:
    planned = services.plan_series(
        database(),
        rule=rule,
        kind=_kind(form),
        **form.given("starts_at", "ends_at"),
        rooms=plans,
        seen=shown,
        actor=signed_in().actor,
        now=clock.now(),
    )
    words = ngettext("%(num)d session is planned.", "%(num)d sessions are planned.", len(planned))
    flash(words, "success")
    return redirect(url_for("hearings.show_calendar"), 303)


def _days(text: str | None) -> tuple[date, ...]:
    """Return the days that were shown; what is none was not."""
    found = []
    for word in (text or "").split():
        try:
            found.append(date.fromisoformat(word))
        except ValueError:
            return ()
    return tuple(found)


def _rule(form: Any) -> SeriesRule:
    weekly = form.rhythm.data == Rhythm.WEEKLY
    return SeriesRule(
        weekday=int(form.weekday.data),
        starts_on=form.starts_on.data,
        ends_on=form.ends_on.data,
        every_weeks=(form.every_weeks.data or 0) if weekly else None,
        nth_of_month=None if weekly else int(form.nth_of_month.data),
    )


def _kind(form: Any) -> CourtSessionKind:
    try:
        return CourtSessionKind(form.kind.data)
    except ValueError:
        raise CourtRuleBroken("not_a_choice") from None


def _rooms() -> dict[str, Room]:
    """Return the rooms in use by what stands for them in the form."""
    return {room.id.hex: room for room in rooms(database())}


def _chosen(form: Any, usable: Mapping[str, Room]) -> list[SittingPlan]:
    """Return the plans of the rooms that were ticked; a training hears nobody."""
    parts = {key: form[_ROOM + key].form for key in usable}
    plans = [plan_of(part, usable[key].id) for key, part in parts.items() if part.use.data]
    if _kind(form) is CourtSessionKind.TRAINING:
        plans = [replace(plan, max_first_hearings=0, max_return_hearings=0) for plan in plans]
    return plans


def _session_start(today: date, usable: Mapping[str, Room]) -> dict[str, Any]:
    policy = policy_today(today)
    return {**_common_start(policy, usable), "held_on": _next(policy.session.weekday, today)}


def _series_start(today: date, usable: Mapping[str, Room]) -> dict[str, Any]:
    """Return what the policy says of a series: the day, the rhythm, the times, half a year."""
    policy = policy_today(today)
    return {
        **_common_start(policy, usable),
        "rhythm": Rhythm.WEEKLY,
        "weekday": str(policy.session.weekday or 0),
        "every_weeks": policy.session.every_weeks,
        "starts_on": _next(policy.session.weekday, today),
        "ends_on": today + HALF_A_YEAR,
    }


def _common_start(policy: Policy, usable: Mapping[str, Room]) -> dict[str, Any]:
    wanted = request.args.get("kind", CourtSessionKind.HEARING)
    training = wanted == CourtSessionKind.TRAINING
    kind = CourtSessionKind.TRAINING if training else CourtSessionKind.HEARING
    # As many rooms as the policy names are ticked, one for a training.
    ticked = 1 if training else policy.session.rooms
    parts = {
        _ROOM + key: {
            "use": place < ticked,
            **typed_plan(plan_from_policy(policy, room.id, kind)),
        }
        for place, (key, room) in enumerate(usable.items())
    }
    return {
        "kind": kind.value,
        "starts_at": policy.session.starts_at,
        "ends_at": policy.session.ends_at,
        **parts,
    }


def _next(weekday: int | None, today: date) -> date:
    """Return the next such day after today, tomorrow where no day is fixed."""
    ahead = 1 if weekday is None else (weekday - today.weekday() - 1) % 7 + 1
    return today + timedelta(days=ahead)


def _page(template: str, form: Any, usable: Mapping[str, Room], **more: Any) -> str:
    today = signed_in().today
    return render_template(
        template,
        form=form,
        parts=[(room, form[_ROOM + key].form) for key, room in usable.items()],
        training=form["kind"].data == CourtSessionKind.TRAINING,
        policy=policy_today(today),
        **more,
    )
