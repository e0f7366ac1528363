"""Entering a referral: one page, sent once, with the person found before a second is made."""

from __future__ import annotations

import hashlib
import secrets
import uuid
from collections.abc import Iterable, Sequence

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.utils import redirect

from youthcourt import clock
from youthcourt.accounts.reads import note_read
from youthcourt.accounts.session import SignedIn, signed_in
from youthcourt.audit.domain import Subject
from youthcourt.cases.forms import NEW, ReferralForm, charges_given
from youthcourt.cases.models import Case
from youthcourt.cases.queries import companion_cases
from youthcourt.cases.routes.agencies import agency_choices, class_choices
from youthcourt.cases.routes.blueprint import Page, back_to, bp
from youthcourt.cases.routes.files import checked_uploads, keep_uploads
from youthcourt.cases.services import (
    ChargeGiven,
    agency_named,
    case_of_once_key,
    check_referral,
    check_referral_days,
    open_case,
)
from youthcourt.courts.queries import policy_on
from youthcourt.db import reading
from youthcourt.errors import CourtRuleBroken, NotFound
from youthcourt.files.domain import CheckedUpload
from youthcourt.numbering import person_no
from youthcourt.people.domain import PersonTraits
from youthcourt.people.domain.kinds import Relation
from youthcourt.people.queries import (
    PersonLine,
    duplicates_of,
    find_people,
    live_person,
    person_lines,
    school_names,
)
from youthcourt.people.services import AdultEntry, add_adult, add_person, school_named
from youthcourt.web.access import Permission, requires
from youthcourt.web.i18n.formats import born_text
from youthcourt.web.transactions import database

_AGES = frozenset({"birth_date", "stated_age"})


@bp.get("/new")
@requires(Permission.CASES_WRITE)
def new_referral() -> Page:
    """Show the empty form, for a person who is on record where one is named."""
    form = ReferralForm()
    form.once.data = secrets.token_urlsafe(24)
    form.referred_on.data = signed_in().today
    person = request.args.get("person", type=uuid.UUID)
    if person is not None:
        form.person_id.data = str(live_person(database(), person).id)
    return _page(form)


@bp.post("/new")
@requires(Permission.CASES_WRITE)
def enter_referral() -> Page:
    """Open a case, or show the form again with everything that was typed."""
    form = ReferralForm()
    with reading(database()):
        _fill_choices(form)
        candidates = _candidates(form, search="find" in request.form)
    if "find" in request.form:
        return _page(form, candidates=candidates, searched=True)
    if form.validate():
        with form.refusals():
            uploads = checked_uploads(form.files.data)
            once_key = _once_key(form, uploads)
            session = database()
            twin = case_of_once_key(session, once_key)
            if twin is not None:
                flash(_("This referral was saved already. Here it is."), "info")
                return back_to(twin.id)
            case = _enter(form, candidates, once_key=once_key, me=signed_in())
            keep_uploads(session, case, uploads, signed_in().actor)
            _say_entered(case)
            return redirect(url_for("cases.show_case", case_id=case.id), 303)
    return _page(form, candidates=candidates), 422


def _enter(
    form: ReferralForm, candidates: Sequence[PersonLine], *, once_key: str, me: SignedIn
) -> Case:
    session, now = database(), clock.now()
    # Before the person: how old somebody was is counted on the day of the referral.
    check_referral_days(today=me.today, **form.given("referred_on", "incident_on"))
    person_id = _known_person(form, candidates) or _new_person(form, me)
    agency_id = _agency(form, me)
    charges = [ChargeGiven(**row) for row in charges_given(form.charges)]  # type: ignore[arg-type]  # a row that is not blank has a text
    given = form.given("incident_reference", "incident_on", "referred_on")
    try:
        check_referral(
            session, person_id=person_id, agency_id=agency_id, charges=charges, now=now, **given
        )
    except CourtRuleBroken as refusal:
        if form.person_id.data and refusal.field in _AGES:
            refusal.field = None  # this page has no such field for somebody on record
        raise
    return open_case(
        session,
        person_id=person_id,
        agency_id=agency_id,
        charges=charges,
        once_key=once_key,
        actor=me.actor,
        now=now,
        **given,
        **form.given("agency_reference", "officer", "narrative", "offence_class"),
    )


def _known_person(form: ReferralForm, candidates: Sequence[PersonLine]) -> uuid.UUID | None:
    """Return the person on record the referral is about, None for a new one; refuse a guess."""
    if form.person_id.data:
        return live_person(database(), _key(form.person_id.data)).id
    chosen = form.known.data
    if chosen in {str(line.id) for line in candidates}:
        return live_person(database(), uuid.UUID(chosen)).id
    if candidates and chosen != NEW:
        raise CourtRuleBroken("person_not_chosen", "known")
    return None


def _key(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError as error:
        raise NotFound from error


def _new_person(form: ReferralForm, me: SignedIn) -> uuid.UUID:
    session, now = database(), clock.now()
    school = school_named(session, name=form.school.data).id if form.school.data else None
    person = add_person(
        session,
        school_id=school,
        language=form.language.data or "en",
        stated_age_on=form.referred_on.data if form.stated_age.data is not None else None,
        known_on=form.referred_on.data,
        actor=me.actor,
        now=now,
        **form.given("given_names", "family_name", "birth_date", "stated_age", "phone", "grade"),
    )
    if form.adult_name.data:
        entry = AdultEntry(
            name=form.adult_name.data,
            relation=Relation(form.adult_relation.data or Relation.OTHER),
            phone=form.adult_phone.data or None,
            language=form.language.data or "en",
        )
        add_adult(session, person_id=person.id, entry=entry, actor=me.actor, now=now)
    return person.id


def _agency(form: ReferralForm, me: SignedIn) -> uuid.UUID:
    if form.agency_id.data != NEW:
        return uuid.UUID(form.agency_id.data)
    return agency_named(
        database(),
        name=str(form.agency_name.data),
        kind=form.agency_kind.data,
        address=form.agency_address.data or None,
        actor=me.actor,
        now=clock.now(),
    ).id


def _once_key(form: ReferralForm, uploads: Iterable[CheckedUpload]) -> str:
    """Return a digest of the form's own token and all that was typed into it."""
    typed = sorted(
        (name, value)
        for name, values in request.form.lists()
        if name != "csrf_token"
        for value in values
    )
    papers = [upload.received_sha256 for upload in uploads]
    return hashlib.sha256(repr((form.once.data, typed, papers)).encode()).hexdigest()


def _say_entered(case: Case) -> None:
    flash(_("The referral is saved as case %(number)s.", number=case.number), "success")
    companions = companion_cases(database(), case=case, today=signed_in().today)
    if companions:
        numbers = ", ".join(line.number for line in companions)
        flash(_("Companion cases of the same incident: %(numbers)s.", numbers=numbers), "info")


# The page --------------------------------------------------------------------------------------


def _candidates(form: ReferralForm, *, search: bool) -> tuple[PersonLine, ...]:
    """Return the people on record who may be the one described, and offer them as choices."""
    if form.person_id.data:
        return ()
    session = database()
    name = f"{form.given_names.data or ''} {form.family_name.data or ''}".strip()
    traits = PersonTraits(
        given=form.given_names.data or "",
        family=form.family_name.data or "",
        birth_date=form.birth_date.data,
        phones=(form.phone.data,) if form.phone.data else (),
    )
    found = {match.person.id: match.person for match in duplicates_of(session, traits=traits)}
    if search and name:
        found |= {line.id: line for line in find_people(session, text=name).lines[:20]}
        note_read(subject=Subject(kind="person_list"), filter_used="search")
    lines = tuple(found.values())
    offered = [(str(line.id), _described(line)) for line in lines]
    form.known.choices = [*offered, (NEW, _("None of these: somebody new"))] if lines else []
    return lines


def _described(line: PersonLine) -> str:
    age = line.age_on(signed_in().today)
    born = born_text(line.birth_date)
    parts = [
        line.name.filed or _("not yet identified"),
        _("born %(day)s", day=born) if born else None,
        _("age %(age)s", age=age.age or f"{age.youngest}-{age.oldest}") if age else None,
        line.school,
        person_no(line.number),
    ]
    return " · ".join(part for part in parts if part)


def _fill_choices(form: ReferralForm) -> None:
    session, today = database(), signed_in().today
    day = form.referred_on.data or today
    policy = policy_on(session, day=day).policy
    agencies = agency_choices(session)
    form.agency_id.choices = [
        ("", _("please choose")),
        *agencies,
        (NEW, _("Another one: write it below")),
    ]
    if not agencies and request.method == "GET":
        form.agency_id.data = NEW
    form.offence_class.choices = class_choices(policy)


def _page(
    form: ReferralForm,
    *,
    candidates: Sequence[PersonLine] = (),
    searched: bool = False,
) -> str:
    session = database()
    _fill_choices(form)
    person = None
    if form.person_id.data:
        key = _key(form.person_id.data)
        person = person_lines(session, (key,)).get(key)
        if person is None:
            raise NotFound
    return render_template(
        "cases/referral.html",
        form=form,
        person=person,
        candidates=candidates,
        searched=searched,
        schools=school_names(session),
        today=signed_in().today,
        had_files=any(item.filename for item in request.files.getlist("files")),
    )
