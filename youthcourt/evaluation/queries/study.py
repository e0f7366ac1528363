"""Reading everything of the members of a cohort that goes into the file for research."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session

from youthcourt.cases.domain import SINGLE_ANSWERS
from youthcourt.cases.models import Agency, Case, Charge, Intake
from youthcourt.courts.domain import Unit
from youthcourt.courts.queries import policy_by_id
from youthcourt.evaluation.domain import (
    Answers,
    CaseLife,
    CohortChoice,
    Dose,
    Followed,
    Study,
    StudyCase,
    StudyEvent,
    StudySearch,
    sorted_searches,
)
from youthcourt.evaluation.queries.life import sentenced_on
from youthcourt.followups.models import LaterOffence, RecordCheck
from youthcourt.hearings.domain import HearingState
from youthcourt.hearings.models import CourtSession, Hearing, Sitting
from youthcourt.people.models import Person
from youthcourt.sentences.domain import SanctionEventKind, ServiceState
from youthcourt.sentences.models import (
    Allocation,
    Sanction,
    SanctionEvent,
    Sentence,
    ServiceRecord,
)

Rows = dict[uuid.UUID, Any]
Query = Select[*tuple[Any, ...]]


def read_study(
    session: Session,
    *,
    key: bytes,
    choice: CohortChoice,
    as_of: date,
    followed: Sequence[Followed],
    progress: Callable[[int], None],
) -> Study:
    """Return the members with everything the file says of them; a fixed number of statements."""
    wanted = {one.member.life.id: one.member.life for one in followed}
    parts = _Parts(session)
    cases: dict[uuid.UUID, StudyCase] = {}
    for row in session.execute(_cases_query()):
        if row.id in wanted:
            cases[row.id] = parts.case(row, wanted[row.id])
            progress(1)
    return Study(
        key=key,
        choice=choice,
        as_of=as_of,
        followed=tuple(followed),
        cases=cases,
        offence_classes=_classes(session),
    )


def _cases_query() -> Query:
    return (
        select(
            Case.id,
            Case.person_id,
            Case.state,
            Case.incident_on,
            Case.referred_on,
            Case.contacted_on,
            Case.intake_on,
            Case.first_docketed_on,
            Case.offence_class,
            Case.agency_id,
            sentenced_on().label("sentenced_on"),
            Agency.kind.label("agency_kind"),
            Person.birth_date,
            Person.stated_age,
            Person.stated_age_on,
        )
        .join(Person, Person.id == Case.person_id)
        .outerjoin(Agency, Agency.id == Case.agency_id)
    )


def _classes(session: Session) -> frozenset[str]:
    """Return the codes of offence classes of every version of the rules that a case is under."""
    versions = session.scalars(select(Case.policy_id).distinct())
    return frozenset(
        one.code for key in versions.all() for one in policy_by_id(session, key).policy.classes
    )


class _Parts:
    """What hangs on cases, read once for all of them."""

    def __init__(self, session: Session) -> None:
        self.intakes = {row.case_id: row for row in session.scalars(select(Intake))}
        self.charges = _charges(session)
        self.hearings = _by_key(session, _hearings_query())
        self.models = _models(session)
        self.ordered = _by_key(session, _ordered_query())
        self.served = _by_key(session, _served_query())
        self.extended = _by_key(session, _extended_query())
        self.freely = _by_key(session, _freely_query())
        self.searches = _searches(session)
        self.referred: defaultdict[uuid.UUID, list[date]] = defaultdict(list)
        for person_id, day in session.execute(select(Case.person_id, Case.referred_on)):
            self.referred[person_id].append(day)

    def case(self, row: Any, life: CaseLife) -> StudyCase:
        """Return everything of one case."""
        codes = self.charges.get(row.id, [])
        ordered = self.ordered.get(row.id)
        return StudyCase(
            id=row.id,
            person_id=row.person_id,
            born=row.birth_date,
            stated_age=row.stated_age,
            stated_age_on=row.stated_age_on,
            answers=self._answers(row.id),
            agency_id=row.agency_id,
            agency_kind=row.agency_kind,
            charges=len(codes),
            nibrs=codes[0] if codes else None,
            offence_class=row.offence_class,
            state=row.state,
            earlier_cases=sum(day < row.referred_on for day in self.referred[row.person_id]),
            model=self.models.get(row.id),
            days=(
                ("incident", row.incident_on),
                ("referral", row.referred_on),
                ("contact", row.contacted_on),
                ("eligibility", life.accepted_on),
                ("intake", row.intake_on),
                ("admission", life.admitted_on),
                ("first_docketed", row.first_docketed_on),
                ("first_hearing", life.first_hearing_on),
                ("hearing_held", life.heard_on),
                ("sentence", row.sentenced_on),
                ("due", None if ordered is None else ordered.due_on),
                ("closing", life.closed_on),
            ),
            dose=self._dose(row.id, row.person_id),
            searches=self.searches.get(row.id, ()),
        )

    def _answers(self, case_id: uuid.UUID) -> Answers:
        intake = self.intakes.get(case_id)
        if intake is None:
            return Answers()
        said = {name: getattr(intake, name) for name in SINGLE_ANSWERS}
        return Answers(races=tuple(intake.races), **said)

    def _dose(self, case_id: uuid.UUID, person_id: uuid.UUID) -> Dose:
        found: dict[str, int] = {}
        for rows, key in (
            (self.hearings, case_id),
            (self.ordered, case_id),
            (self.served, case_id),
            (self.extended, case_id),
            (self.freely, person_id),
        ):
            row = rows.get(key)
            if row is not None:
                found |= {k: int(v or 0) for k, v in row._asdict().items() if k in _DOSE}
        return replace(Dose(), **found)


_DOSE = frozenset(Dose.__slots__)


def _by_key(session: Session, query: Query) -> Rows:
    return {row[0]: row for row in session.execute(query)}


def _charges(session: Session) -> Mapping[uuid.UUID, list[str | None]]:
    found: defaultdict[uuid.UUID, list[str | None]] = defaultdict(list)
    query = select(Charge.case_id, Charge.nibrs).order_by(Charge.case_id, Charge.position)
    for case_id, nibrs in session.execute(query):
        found[case_id].append(nibrs)
    return found


def _hearings_query() -> Query:
    def in_state(state: HearingState, name: str) -> Any:
        return func.count(case((Hearing.state == state, 1))).label(name)

    return select(
        Hearing.case_id,
        in_state(HearingState.HEARD, "hearings_held"),
        in_state(HearingState.NO_SHOW, "no_shows"),
        in_state(HearingState.CONTINUED, "continued"),
    ).group_by(Hearing.case_id)


def _models(session: Session) -> dict[uuid.UUID, str]:
    """Return the form of the first hearing held of each case."""
    query = (
        select(Hearing.case_id, Sitting.model)
        .join(Sitting, Sitting.id == Hearing.sitting_id)
        .join(CourtSession, CourtSession.id == Sitting.session_id)
        .where(Hearing.state == HearingState.HEARD)
        .order_by(CourtSession.held_on.desc(), CourtSession.starts_at.desc(), Hearing.id.desc())
    )
    return {case_id: model.value for case_id, model in session.execute(query)}


def _standing(query: Query) -> Query:
    return query.join(Sentence, Sentence.id == Sanction.sentence_id).where(
        Sentence.withdrawn_at.is_(None)
    )


def _ordered_query() -> Query:
    def of_unit(unit: Unit, name: str) -> Any:
        return func.sum(case((Sanction.unit == unit, Sanction.amount), else_=0)).label(name)

    other = Sanction.unit.not_in((Unit.SESSIONS, Unit.MINUTES))
    finished = other & Sanction.finished_on.is_not(None)
    return _standing(
        select(
            Sanction.case_id,
            of_unit(Unit.SESSIONS, "sessions_ordered"),
            of_unit(Unit.MINUTES, "minutes_ordered"),
            func.count(case((other, 1))).label("other_ordered"),
            func.count(case((finished, 1))).label("other_finished"),
            func.min(Sanction.due_on).label("due_on"),
        )
    ).group_by(Sanction.case_id)


def _served_query() -> Query:
    return _standing(
        select(
            Sanction.case_id,
            func.sum(Allocation.sessions).label("sessions_served"),
            func.sum(Allocation.minutes).label("minutes_served"),
        )
        .join(Allocation, Allocation.sanction_id == Sanction.id)
        .join(ServiceRecord, ServiceRecord.id == Allocation.service_id)
        .where(ServiceRecord.state == ServiceState.CONFIRMED)
    ).group_by(Sanction.case_id)


def _extended_query() -> Query:
    return _standing(
        select(Sanction.case_id, func.count().label("extensions"))
        .join(SanctionEvent, SanctionEvent.sanction_id == Sanction.id)
        .where(SanctionEvent.kind == SanctionEventKind.EXTENDED)
    ).group_by(Sanction.case_id)


def _freely_query() -> Query:
    return (
        select(ServiceRecord.person_id, func.sum(Allocation.minutes).label("minutes_given_freely"))
        .join(Allocation, Allocation.service_id == ServiceRecord.id)
        .where(ServiceRecord.state == ServiceState.CONFIRMED, Allocation.sanction_id.is_(None))
        .group_by(ServiceRecord.person_id)
    )


def _searches(session: Session) -> dict[uuid.UUID, tuple[StudySearch, ...]]:
    events: defaultdict[uuid.UUID, list[StudyEvent]] = defaultdict(list)
    for found in session.execute(
        select(
            LaterOffence.check_id,
            LaterOffence.kind,
            LaterOffence.category,
            LaterOffence.offence_on,
            LaterOffence.event_on,
            LaterOffence.nibrs,
        ).order_by(LaterOffence.check_id, LaterOffence.position)
    ):
        values = found._asdict()
        events[values.pop("check_id")].append(StudyEvent(**values))
    searches: defaultdict[uuid.UUID, list[StudySearch]] = defaultdict(list)
    for check in session.execute(
        select(
            RecordCheck.id,
            RecordCheck.case_id,
            RecordCheck.source,
            RecordCheck.jurisdiction,
            RecordCheck.adult_records,
            RecordCheck.result,
            RecordCheck.reason,
            RecordCheck.searched_on,
            RecordCheck.data_through,
        )
        .where(RecordCheck.withdrawn_at.is_(None))
        .order_by(RecordCheck.recorded_at, RecordCheck.id)
    ):
        values = check._asdict()
        own = tuple(events[values.pop("id")])
        searches[values.pop("case_id")].append(StudySearch(events=own, **values))
    return {case_id: sorted_searches(own) for case_id, own in searches.items()}
