"""What every column of the file for research means; in English, since the file is data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from youthcourt.cases.domain import (
    AnsweredBy,
    CaseState,
    ClosureReason,
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
from youthcourt.cases.domain.kinds import Completion
from youthcourt.cases.domain.offences import Against
from youthcourt.courts.domain import SittingModel
from youthcourt.evaluation.domain.results import Cell
from youthcourt.evaluation.domain.study import DAYS, NO_INTAKE, NOT_A_CODE
from youthcourt.followups.domain import (
    CheckResult,
    LaterEventKind,
    NoSearchReason,
    OffenceCategory,
    RecordSource,
)

# What an answer of the intake may be besides an answer, and what each means.
_MISSING = {
    "not_asked": "the question was not asked",
    "unknown": "it was asked and is not known",
    "declined": "it was asked and not answered",
    NO_INTAKE: "there was no intake, so nothing was asked",
    NOT_A_CODE: "what is stored is no code of this list",
}
_EMPTY = "empty: not known, or it has not happened"
_NEVER = "never missing"


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """One column: its name, what it means, its unit, its values, and its missing codes."""

    name: str
    meaning: str
    unit: str = ""
    values: str = ""
    missing: str = _NEVER


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """One file of the archive with its columns."""

    name: str
    meaning: str
    columns: tuple[Column, ...]

    @property
    def header(self) -> list[str]:
        """The names of its columns."""
        return [column.name for column in self.columns]


def _number_of(name: str, what: str) -> Column:
    return Column(
        name=name,
        meaning=f"study number of the {what}: the same in every file of this court",
        values="a letter and 16 hexadecimal digits",
    )


def _codes(choices: type[StrEnum], *, left_out: Iterable[str] = ()) -> str:
    return " | ".join(choice.value for choice in choices if choice.value not in set(left_out))


def _answer(name: str, meaning: str, choices: type[StrEnum]) -> Column:
    missing = [code for code in _MISSING if code in {c.value for c in choices}]
    told = [*missing, NO_INTAKE, NOT_A_CODE]
    return Column(
        name=name,
        meaning=meaning,
        values=_codes(choices, left_out=missing),
        missing="; ".join(f"{code}: {_MISSING[code]}" for code in told),
    )


def _coded(name: str, meaning: str, choices: type[StrEnum], missing: str = _NEVER) -> Column:
    return Column(name=name, meaning=meaning, values=_codes(choices), missing=missing)


def _day(name: str, meaning: str, missing: str = _EMPTY) -> Column:
    return Column(
        name=name, meaning=meaning, unit="days from the start, negative before it", missing=missing
    )


def _count(name: str, meaning: str, unit: str = "number") -> Column:
    return Column(name=name, meaning=meaning, unit=unit, values="0 or more")


_DAY_MEANINGS = {
    "incident": "the incident",
    "referral": "the referral",
    "contact": "the first day the family was reached",
    "eligibility": "the decision to accept the case, or else its first day on a docket",
    "intake": "the intake interview",
    "admission": "the admission of responsibility that was signed",
    "first_docketed": "the day the case was first put on a docket",
    "first_hearing": "the first day a hearing was set for, held or not",
    "hearing_held": "the first hearing that was held",
    "sentence": "the first sentence that was not withdrawn",
    "due": "the earliest day by which something of the sentence is due, without extensions",
    "closing": "the closing of the case",
}

PERSONS = Sheet(
    name="persons.csv",
    meaning="one row for each person of the cohort; what was answered at the intake of their case",
    columns=(
        _number_of("person", "person"),
        _answer("sex", "sex as recorded at the intake", Sex),
        *(
            Column(
                name=f"race_{race.value}",
                meaning=f"{race.value} was named (OMB SPD-15, 2024); several may be",
                values="0 | 1",
                missing="empty where nobody answered: race_answered_by says why",
            )
            for race in Race
        ),
        Column(
            name="race_answered_by",
            meaning="who said what race and ethnicity are",
            values="self | proxy | observer",
            missing="; ".join(
                f"{code}: {_MISSING[code]}"
                for code in (AnsweredBy.DECLINED, AnsweredBy.NOT_ASKED, NO_INTAKE, NOT_A_CODE)
            ),
        ),
        _answer("language", "the language the family wants to be spoken to in", Language),
        _answer("interpreter", "whether an interpreter is needed", YesNo),
        _answer("household", "with whom the person lives", Household),
        _count("earlier_cases", "cases of the person in this court that were referred earlier"),
    ),
)

CASES = Sheet(
    name="cases.csv",
    meaning="one row for each person: the case by which they entered the cohort",
    columns=(
        _number_of("person", "person"),
        _number_of("case", "case"),
        Column(
            name="start_kind",
            meaning="what the day of the start is the day of",
            values="first_hearing | admission | hearing_held | closing",
        ),
        Column(name="start_year", meaning="the calendar year of the start", unit="year"),
        Column(
            name="age_at_incident",
            meaning="age on the day of the incident",
            unit="completed years",
            missing=_EMPTY,
        ),
        Column(
            name="age_at_start",
            meaning="age on the day of the start",
            unit="completed years",
            missing=_EMPTY,
        ),
        Column(
            name="age_source",
            meaning="how the age is known; a stated age is left out on days on which it may differ",
            values="birth_date | stated | unknown",
        ),
        _answer("school_status", "how the person stood to school", SchoolStatus),
        _answer("grade", "school grade of the year of the intake", Grade),
        _answer("priors", "earlier arrests or referrals known; no note never means none", Priors),
        Column(
            name="agency",
            meaning="study number of the agency that referred; its name is left out",
            values="a letter and 16 hexadecimal digits",
            missing="empty: no agency",
        ),
        _coded("referral_source", "what kind of body referred", AgencyKind, "empty: no agency"),
        _count("charges", "offences of the case"),
        Column(
            name="nibrs",
            meaning="the first offence: NIBRS code, or a local kind NIBRS does not name",
            missing="empty: not known",
        ),
        _coded(
            "against", "what the first offence is against", Against, "empty: not known or nothing"
        ),
        Column(
            name="offence_class",
            meaning="class of the offence in the court's rules",
            missing="empty: the court has none, or none was chosen",
        ),
        *(_day(f"{name}_day", _DAY_MEANINGS[name]) for name in DAYS),
        _coded("state", "where the case stands", CaseState),
        _coded("closure", "why it was closed", ClosureReason, "empty: open"),
        _coded("completion", "what the closing counts as", Completion, "empty: open"),
        _coded("model", "form of the first hearing held", SittingModel, "empty: none was held"),
        _count("hearings_held", "hearings that were held"),
        _count("no_shows", "hearings to which the person did not come"),
        _count("continued", "hearings that were put off"),
        _count("sessions_ordered", "jury sessions in sentences that stand", "jury sessions"),
        _count("sessions_served", "confirmed jury sessions for these sentences", "jury sessions"),
        _count("minutes_ordered", "time in sentences that stand; not sessions", "minutes"),
        _count("minutes_served", "confirmed time for these sentences, sessions too", "minutes"),
        _count("other_ordered", "other items in sentences: letters, essays, payments"),
        _count("other_finished", "other items that were finished"),
        _count("extensions", "times that more time was given"),
        _count("minutes_given_freely", "confirmed time of the person for no sentence", "minutes"),
        _count("searches", "searches of records that stand"),
        _day("searched_through_day", "last day that any search speaks of", "empty: not searched"),
    ),
)

SEARCHES = Sheet(
    name="searches.csv",
    meaning="one row for each search of a case's records, or each reason why there was none",
    columns=(
        _number_of("case", "case"),
        Column(name="search", meaning="number of the search within the case", unit="number"),
        _coded("source", "whose records", RecordSource),
        Column(
            name="jurisdiction",
            meaning="study number of the place the records speak of; its name is left out",
            values="a letter and 16 hexadecimal digits",
        ),
        Column(
            name="adult_records",
            meaning="whether adult records were searched",
            values="0 | 1",
            missing="unknown: nobody wrote it down",
        ),
        _coded("result", "what came of it", CheckResult),
        _coded("reason", "why it was not searched", NoSearchReason, "empty: it was searched"),
        _day("data_through_day", "the last day the records speak of", "empty: not searched"),
    ),
)

EVENTS = Sheet(
    name="events.csv",
    meaning="one row for each later offence that a search found",
    columns=(
        _number_of("case", "case"),
        Column(name="search", meaning="number of the search within the case", unit="number"),
        Column(name="event", meaning="number of the event within the search", unit="number"),
        _coded("kind", "what happened", LaterEventKind),
        _coded("category", "what kind of act it was", OffenceCategory),
        _day("offence_day", "the day of the act", "empty: the record does not say"),
        _day("event_day", "the day of the event", _NEVER),
        Column(name="nibrs", meaning="NIBRS code or local kind", missing="empty: not known"),
        Column(
            name="counts",
            meaning="whether kind and category count by the definitions of this file",
            values="0 | 1",
        ),
    ),
)

WINDOWS = Sheet(
    name="windows.csv",
    meaning="one row for each window of each case, as the page counts it",
    columns=(
        _number_of("case", "case"),
        Column(name="months", meaning="length of the window", unit="calendar months"),
        _day("end_day", "the last day of the window, included", _NEVER),
        Column(name="over", meaning="whether it was over on the day of the file", values="0 | 1"),
        _coded("known", "what is known of it", Cell),
        Column(
            name="first_event_day",
            meaning="the first event that counts in the window, as far as it was searched",
            unit="days from the start",
            missing="empty: none is known",
        ),
    ),
)

FLOW = Sheet(
    name="flow.csv",
    meaning="from the cases that were looked at to the cohort; nothing is hidden here",
    columns=(
        Column(
            name="step",
            meaning="what is counted; the rows between the first and the last sum to both",
            values="considered | still_open | closed_before_start | not_in_filter | same_person "
            "| cohort",
        ),
        _count("cases", "cases"),
    ),
)

SHEETS = (PERSONS, CASES, SEARCHES, EVENTS, WINDOWS, FLOW)
CODEBOOK_HEADER = ("file", "column", "meaning", "unit", "values", "missing")


def codebook_rows() -> Iterator[tuple[str, ...]]:
    """Yield one row for each column of each file."""
    for sheet in SHEETS:
        for column in sheet.columns:
            yield (
                sheet.name,
                column.name,
                column.meaning,
                column.unit,
                column.values,
                column.missing,
            )
