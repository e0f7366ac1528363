"""Lists of cases: the case list with its filters, the search, the cases of one person."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Date, Select, and_, false, func, or_, select
from sqlalchemy import case as sql_case
from sqlalchemy.orm import Session

from youthcourt.cases.domain import CaseClocks, CaseDates, CaseState, ClosureReason, case_clocks
from youthcourt.cases.models import Agency, Case, Charge
from youthcourt.courts.queries import policy_by_id
from youthcourt.db import ListPage, page_number
from youthcourt.numbering import NumberOf, typed_number
from youthcourt.people.domain import PersonName, search_words
from youthcourt.people.models import Person
from youthcourt.people.queries.persons import name_of as stored_name

PAGE = 50

# The day since which a case has stood where it stands, as far as its own row tells.
_SINCE: ColumnElement[date] = func.coalesce(
    sql_case(
        (Case.state == CaseState.CONTACTED, Case.contacted_on),
        (Case.state == CaseState.SCREENED, Case.screened_on),
        (Case.state == CaseState.INTAKE_DONE, Case.intake_on),
        (Case.state == CaseState.DOCKETED, Case.first_docketed_on),
        (Case.state.in_((CaseState.HEARD, CaseState.SUPERVISED)), Case.heard_on),
        (Case.state == CaseState.CLOSED, Case.closed_on),
    ),
    Case.referred_on,
    type_=Date(),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseFilter:
    """Which cases to list; ``state`` None stands for every open case."""

    state: CaseState | None = None
    waiting_days: int = 0
    everything: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseLine:
    """One case as a list shows it; ``since`` is the day it came to where it stands."""

    id: uuid.UUID
    number: str
    person_id: uuid.UUID
    person_number: str
    name: PersonName
    state: CaseState
    closure_reason: ClosureReason | None
    since: date
    referred_on: date
    agency: str | None
    offence: str | None
    clocks: CaseClocks

    def days_here(self, today: date) -> int:
        """Return the whole days since the case came to where it stands."""
        return max((today - self.since).days, 0)


def cases_page(
    session: Session, *, wanted: CaseFilter, page: int = 1, today: date
) -> ListPage[CaseLine]:
    """Return one page of the case list: open cases longest waiting first, closed latest first."""
    where: list[ColumnElement[bool]] = []
    if wanted.state is not None:
        where.append(Case.state == wanted.state)
    elif not wanted.everything:
        where.append(Case.state != CaseState.CLOSED)
    if wanted.waiting_days:
        where.append(today - timedelta(days=wanted.waiting_days) >= _SINCE)
    order = _SINCE.desc() if wanted.state is CaseState.CLOSED else _SINCE.asc()
    return _page(session, where, order, page=page, today=today)


def find_cases(session: Session, *, text: str, page: int = 1, today: date) -> ListPage[CaseLine]:
    """Return one page of the cases whose number or respondent's name holds what was typed."""
    typed = " ".join(text.split())
    words = search_words(typed)
    if not words:
        return ListPage(lines=(), total=0, size=PAGE)
    by_name = [Person.search_key.contains(word, autoescape=True) for word in words]
    number = _with_number(typed)
    reference = func.lower(Case.agency_reference) == typed.lower()
    matches = or_(number, reference, and_(*by_name))
    return _page(session, [matches], Case.referred_on.desc(), page=page, today=today)


def _with_number(text: str) -> ColumnElement[bool]:
    """Return the cases with the number typed; that of a person leads to their cases."""
    typed = typed_number(text)
    if typed is None:
        return false()
    if typed.of is NumberOf.PERSON:
        return Person.number.contains(typed.number, autoescape=True)
    return Case.number.contains(typed.number, autoescape=True)


def cases_of_person(session: Session, *, person_id: uuid.UUID, today: date) -> tuple[CaseLine, ...]:
    """Return every case of one person, the latest referral first."""
    where = [Case.person_id == person_id]
    return _lines(session, _lines_query(where).order_by(Case.referred_on.desc()), today)


def companion_cases(session: Session, *, case: Case, today: date) -> tuple[CaseLine, ...]:
    """Return the other persons' cases of the same incident, the earliest number first."""
    if case.incident_id is None:
        return ()
    where = [
        Case.incident_id == case.incident_id,
        Case.id != case.id,
        Case.person_id != case.person_id,
    ]
    return _lines(session, _lines_query(where).order_by(Case.number), today)


def case_line(session: Session, *, case_id: uuid.UUID, today: date) -> CaseLine | None:
    """Return one case as a list shows it, or None."""
    return next(iter(_lines(session, _lines_query([Case.id == case_id]), today)), None)


def numbers_and_names(
    session: Session, case_ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, tuple[str, PersonName]]:
    """Return number and respondent of each of these cases, in one query."""
    query = select(Case.id, Case.number, Person).join(Person, _PERSON).where(Case.id.in_(case_ids))
    return {row.id: (row.number, name_of(row.Person)) for row in session.execute(query)}


def counts_by_state(session: Session) -> dict[CaseState, int]:
    """Return how many cases stand where; states without a case are left out."""
    query = select(Case.state, func.count().label("cases")).group_by(Case.state)
    return {row.state: row.cases for row in session.execute(query)}


def _page(
    session: Session,
    where: Sequence[ColumnElement[bool]],
    order: ColumnElement[date],
    *,
    page: int,
    today: date,
) -> ListPage[CaseLine]:
    total = (
        session.scalar(select(func.count()).select_from(Case).join(Person, _PERSON).where(*where))
        or 0
    )
    number = page_number(page, total=total, size=PAGE)
    query = _lines_query(where).order_by(order, Case.number).limit(PAGE).offset((number - 1) * PAGE)
    lines = _lines(session, query, today)
    return ListPage(lines=lines, total=total, size=PAGE, number=number)


_PERSON = Person.id == Case.person_id


def _lines_query(where: Sequence[ColumnElement[bool]]) -> Select[Case, Person, str, date]:
    return (
        select(Case, Person, Agency.name, _SINCE.label("since"))
        .join(Person, _PERSON)
        .outerjoin(Agency, Agency.id == Case.agency_id)
        .where(*where)
    )


def _lines(
    session: Session, query: Select[Case, Person, str, date], today: date
) -> tuple[CaseLine, ...]:
    rows = session.execute(query).all()
    offences = _first_offences(session, [row.Case.id for row in rows])
    limits = {
        policy_id: policy_by_id(session, policy_id).policy.no_contact_days
        for policy_id in {row.Case.policy_id for row in rows}
    }
    return tuple(
        CaseLine(
            id=case.id,
            number=case.number,
            person_id=case.person_id,
            person_number=person.number,
            name=name_of(person),
            state=case.state,
            closure_reason=case.closure_reason,
            since=since,
            referred_on=case.referred_on,
            agency=agency,
            offence=offences.get(case.id),
            clocks=clocks_of(case, today=today, no_contact_days=limits[case.policy_id]),
        )
        for case, person, agency, since in rows
    )


def _first_offences(session: Session, case_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, str]:
    query = select(Charge.case_id, Charge.text).where(
        Charge.case_id.in_(case_ids), Charge.position == 1
    )
    return {row.case_id: row.text for row in session.execute(query)}


def name_of(person: Person) -> PersonName:
    """Return a person's name; all its parts are empty for somebody not yet identified."""
    return stored_name(person.given_names, person.family_name, person.preferred_name)


_FAMILY_REACHED = (CaseState.CONTACTED, CaseState.INTAKE_DONE, CaseState.DOCKETED)
"""What no case can come to without its family; the day may be unknown, as in a list of before."""


def clocks_of(case: Case, *, today: date, no_contact_days: int | None) -> CaseClocks:
    """Return how long a case has been waiting, and when its family must have answered."""
    dates = CaseDates(
        referred_on=case.referred_on,
        offence_on=case.incident_on,
        contacted_on=case.contacted_on,
        reached=case.state in _FAMILY_REACHED,
        intake_on=case.intake_on,
        heard_on=case.heard_on,
        closed_on=case.closed_on,
    )
    return case_clocks(dates, today=today, no_contact_days=no_contact_days)
