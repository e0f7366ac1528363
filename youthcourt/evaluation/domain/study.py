"""The file for research: study numbers, days from the start, and nothing that names anybody."""

from __future__ import annotations

import hashlib
import hmac
import uuid
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from youthcourt.cases.domain import (
    OFFENCES,
    AnsweredBy,
    CaseState,
    Grade,
    Household,
    Language,
    Priors,
    Race,
    SchoolStatus,
    Sex,
    YesNo,
)
from youthcourt.cases.domain.choices import AgencyKind
from youthcourt.courts.domain import SittingModel
from youthcourt.evaluation.domain.cohorts import CohortChoice, start_kind
from youthcourt.evaluation.domain.results import Followed, cell_of
from youthcourt.followups.domain import (
    CheckResult,
    LaterEventKind,
    NoSearchReason,
    OffenceCategory,
    RecordSource,
)
from youthcourt.people.domain.births import age_on, age_range_on

NO_INTAKE = "no_intake"
NOT_A_CODE = "not_a_code"
# Hexadecimal digits: with 64 bits two of a million rows meet by chance once in 37 million files.
_LENGTH = 16

Cells = tuple[object, ...]


def study_number(key: bytes, kind: str, value: uuid.UUID | str) -> str:
    """Return the number by which the file names a person, a case, an agency or a place.

    The same under the same key, unrelated under another, and of no use to whoever lacks it
    (HMAC-SHA-256, RFC 2104).  It begins with a letter, so that no spreadsheet takes it for a
    number.
    """
    made = hmac.new(key, f"{kind}:{value}".encode(), hashlib.sha256).hexdigest()
    return f"{kind[0].upper()}{made[:_LENGTH]}"


@dataclass(frozen=True, kw_only=True, slots=True)
class StudyEvent:
    """A later offence as it was found."""

    kind: LaterEventKind
    category: OffenceCategory
    offence_on: date | None
    event_on: date
    nibrs: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class StudySearch:
    """A search that stands, with what it found."""

    source: RecordSource
    jurisdiction: str
    adult_records: bool | None
    result: CheckResult
    reason: NoSearchReason | None
    searched_on: date
    data_through: date | None
    events: tuple[StudyEvent, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Answers:
    """What the intake says; None where there was none."""

    races: tuple[str, ...] = ()
    races_answered_by: str | None = None
    sex: str | None = None
    school_status: str | None = None
    grade: str | None = None
    priors: str | None = None
    language: str | None = None
    interpreter: str | None = None
    household: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Dose:
    """What was ordered and served in a case, and what became of its hearings."""

    sessions_ordered: int = 0
    sessions_served: int = 0
    minutes_ordered: int = 0
    minutes_served: int = 0
    other_ordered: int = 0
    other_finished: int = 0
    extensions: int = 0
    minutes_given_freely: int = 0
    hearings_held: int = 0
    no_shows: int = 0
    continued: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class StudyCase:
    """Everything of one case that goes into the file, still with its days."""

    id: uuid.UUID
    person_id: uuid.UUID
    born: date | None
    stated_age: int | None
    stated_age_on: date | None
    answers: Answers
    agency_id: uuid.UUID | None
    agency_kind: str | None
    charges: int
    nibrs: str | None
    offence_class: str | None
    state: CaseState
    earlier_cases: int
    model: str | None
    days: tuple[tuple[str, date | None], ...]
    dose: Dose
    searches: tuple[StudySearch, ...]


DAYS = (
    "incident",
    "referral",
    "contact",
    "eligibility",
    "intake",
    "admission",
    "first_docketed",
    "first_hearing",
    "hearing_held",
    "sentence",
    "due",
    "closing",
)
"""What the offsets of a case are offsets of, in the order of the file."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Study:
    """The members of a cohort with their cases, and the key that numbers them."""

    key: bytes
    choice: CohortChoice
    as_of: date
    followed: tuple[Followed, ...]
    cases: dict[uuid.UUID, StudyCase]
    offence_classes: Collection[str] = ()

    def number(self, kind: str, value: uuid.UUID | str | None) -> str:
        """Return a study number, empty for nothing."""
        return "" if value is None else study_number(self.key, kind, value)

    def pairs(self) -> list[tuple[Followed, StudyCase]]:
        """Return each member with their case, in the order of the numbers, which tells nothing."""
        found = [(one, self.cases[one.member.life.id]) for one in self.followed]
        return sorted(found, key=lambda pair: self.number("case", pair[1].id))


def person_rows(study: Study) -> Iterator[Cells]:
    """Yield one row for each person."""
    for _followed, case in study.pairs():
        said = case.answers
        races = set(said.races)
        answered = said.races_answered_by in _ANSWERED
        yield (
            study.number("person", case.person_id),
            _code(Sex, said.sex),
            *((int(race.value in races) if answered else "") for race in Race),
            _code(AnsweredBy, said.races_answered_by),
            _code(Language, said.language),
            _code(YesNo, said.interpreter),
            _code(Household, said.household),
            case.earlier_cases,
        )


def case_rows(study: Study) -> Iterator[Cells]:
    """Yield one row for each case, which is the one by which its person entered the cohort."""
    for followed, case in study.pairs():
        start, said = followed.member.start_on, case.answers
        days = dict(case.days)
        offset = _Offset(start)
        life = followed.member.life
        yield (
            study.number("person", case.person_id),
            study.number("case", case.id),
            start_kind(followed.member, study.choice.start),
            start.year,
            *_ages(case, days.get("incident"), start),
            _code(SchoolStatus, said.school_status),
            _code(Grade, said.grade),
            _code(Priors, said.priors),
            study.number("agency", case.agency_id),
            _code(AgencyKind, case.agency_kind) if case.agency_id else "",
            case.charges,
            case.nibrs if case.nibrs in OFFENCES else "",
            OFFENCES[case.nibrs].against.value if case.nibrs in OFFENCES else "",
            case.offence_class if case.offence_class in study.offence_classes else "",
            *(offset(days.get(name)) for name in DAYS),
            case.state.value,
            "" if life.closure_reason is None else life.closure_reason.value,
            "" if life.completion is None else life.completion.value,
            _code(SittingModel, case.model) if case.model else "",
            *_dose_cells(case.dose),
            len(case.searches),
            offset(max(_reaches(case), default=None)),
        )


def _dose_cells(dose: Dose) -> Cells:
    return (
        dose.hearings_held,
        dose.no_shows,
        dose.continued,
        dose.sessions_ordered,
        dose.sessions_served,
        dose.minutes_ordered,
        dose.minutes_served,
        dose.other_ordered,
        dose.other_finished,
        dose.extensions,
        dose.minutes_given_freely,
    )


def search_rows(study: Study) -> Iterator[Cells]:
    """Yield one row for each search that stands."""
    for followed, case in study.pairs():
        offset = _Offset(followed.member.start_on)
        for place, search in enumerate(case.searches, start=1):
            yield (
                study.number("case", case.id),
                place,
                search.source.value,
                study.number("jurisdiction", " ".join(search.jurisdiction.casefold().split())),
                _truth(search.adult_records),
                search.result.value,
                "" if search.reason is None else search.reason.value,
                offset(search.data_through),
            )


def event_rows(study: Study) -> Iterator[Cells]:
    """Yield one row for each later offence; whether it counts is said by the definitions."""
    for followed, case in study.pairs():
        offset = _Offset(followed.member.start_on)
        for place, search in enumerate(case.searches, start=1):
            for number, event in enumerate(search.events, start=1):
                counts = study.choice.counted
                yield (
                    study.number("case", case.id),
                    place,
                    number,
                    event.kind.value,
                    event.category.value,
                    offset(event.offence_on),
                    offset(event.event_on),
                    event.nibrs if event.nibrs in OFFENCES else "",
                    int(event.kind in counts.kinds and event.category in counts.categories),
                )


def window_rows(study: Study) -> Iterator[Cells]:
    """Yield one row for each window of each case: its last day and what is known of it."""
    for followed, case in study.pairs():
        offset = _Offset(followed.member.start_on)
        for window in followed.windows:
            yield (
                study.number("case", case.id),
                window.months,
                offset(window.ends_on),
                int(window.ends_on <= study.as_of),
                cell_of(window).value,
                "" if window.first_event_days is None else window.first_event_days,
            )


_ANSWERED = frozenset({AnsweredBy.SELF, AnsweredBy.PROXY, AnsweredBy.OBSERVER})


def _code(choices: type[StrEnum], value: str | None) -> str:
    """Return a code of a closed list and nothing else, whatever is stored."""
    if value is None:
        return NO_INTAKE
    return choices(value).value if value in set(choices) else NOT_A_CODE


@dataclass(frozen=True, slots=True)
class _Offset:
    """Days from a start: negative before it, empty for a day that is not known."""

    start: date

    def __call__(self, day: date | None) -> int | str:
        return "" if day is None else (day - self.start).days


def _ages(case: StudyCase, incident: date | None, start: date) -> tuple[object, object, str]:
    """Return the age in completed years at the incident and at the start, and how it is known."""
    if case.born is not None:
        then = _known(None if incident is None else age_on(case.born, incident))
        return then, age_on(case.born, start), "birth_date"
    if case.stated_age is not None and case.stated_age_on is not None:
        said, on = case.stated_age, case.stated_age_on
        then = _known(None if incident is None else age_range_on(said, on, incident).age)
        return then, _known(age_range_on(said, on, start).age), "stated"
    return "", "", "unknown"


def _known(value: int | None) -> int | str:
    return "" if value is None else value


def _reaches(case: StudyCase) -> Iterable[date]:
    return (s.data_through for s in case.searches if s.data_through is not None)


def _truth(value: bool | None) -> object:  # noqa: FBT001 -- a stored answer
    return "unknown" if value is None else int(value)


def sorted_searches(searches: Iterable[StudySearch]) -> tuple[StudySearch, ...]:
    """Return searches in an order that depends on nothing but what they say."""
    return tuple(sorted(searches, key=_search_order))


def _search_order(search: StudySearch) -> tuple[date, date, str, str, str, int]:
    return (
        search.searched_on,
        search.data_through or date.min,
        search.source.value,
        search.result.value,
        search.jurisdiction,
        len(search.events),
    )
