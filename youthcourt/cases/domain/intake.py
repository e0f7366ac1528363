"""The minimum evaluation row of an intake: what must be answered or marked as not asked."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum

from youthcourt.cases.domain.answers import (
    AnsweredBy,
    Grade,
    Household,
    Language,
    Priors,
    Race,
    SchoolStatus,
    Sex,
    YesNo,
)
from youthcourt.errors import CourtRuleBroken

QUESTIONS_VERSION = "2025-1"
"""Changes whenever the wording or the choices of a question change."""


@dataclass(frozen=True, kw_only=True, slots=True)
class EvaluationRow:
    """The answers of one intake; None is a question that nobody has dealt with yet.

    ``races`` may be empty with any ``races_answered_by`` but self, proxy and observer.
    """

    races: frozenset[Race] = frozenset()
    races_answered_by: AnsweredBy | None = None
    sex: Sex | None = None
    school_status: SchoolStatus | None = None
    grade: Grade | None = None
    priors: Priors | None = None
    language: Language | None = None
    interpreter: YesNo | None = None
    household: Household | None = None


SINGLE_ANSWERS = tuple(field.name for field in fields(EvaluationRow) if field.name != "races")
"""The questions with one answer, in the order of the row."""

NOTHING_ASKED = EvaluationRow(
    races_answered_by=AnsweredBy.NOT_ASKED,
    sex=Sex.NOT_ASKED,
    school_status=SchoolStatus.NOT_ASKED,
    grade=Grade.NOT_ASKED,
    priors=Priors.NOT_ASKED,
    language=Language.NOT_ASKED,
    interpreter=YesNo.NOT_ASKED,
    household=Household.NOT_ASKED,
)

_CHOICES: dict[str, type[StrEnum]] = {
    "races_answered_by": AnsweredBy,
    "sex": Sex,
    "school_status": SchoolStatus,
    "grade": Grade,
    "priors": Priors,
    "language": Language,
    "interpreter": YesNo,
    "household": Household,
}
_SAID = frozenset({AnsweredBy.SELF, AnsweredBy.PROXY, AnsweredBy.OBSERVER})
_NO_GRADE = frozenset({Grade.NONE, Grade.UNKNOWN, Grade.NOT_ASKED, None})


def open_questions(row: EvaluationRow | None) -> tuple[str, ...]:
    """Return the questions that are neither answered nor marked as not asked, in form order."""
    row = row or EvaluationRow()
    return tuple(name for name in SINGLE_ANSWERS if getattr(row, name) is None)


def evaluation_problems(row: EvaluationRow) -> tuple[CourtRuleBroken, ...]:
    """Return everything wrong with the answers, each with its field; empty when all is well.

    Codes: ``question_open``, ``races_missing``, ``races_without_source``,
    ``grade_without_school``.
    """
    return tuple(_problems(row))


def _problems(row: EvaluationRow) -> Iterator[CourtRuleBroken]:
    for name in open_questions(row):
        yield CourtRuleBroken("question_open", name)
    if row.races_answered_by in _SAID and not row.races:
        yield CourtRuleBroken("races_missing", "races")
    if row.races and row.races_answered_by in {AnsweredBy.DECLINED, AnsweredBy.NOT_ASKED}:
        yield CourtRuleBroken("races_without_source", "races_answered_by")
    out_of_school = row.school_status is not None and row.school_status.in_school is False
    if out_of_school and row.grade not in _NO_GRADE:
        yield CourtRuleBroken("grade_without_school", "grade")


def read_evaluation(
    answers: Mapping[str, str | None], races: Collection[str] = ()
) -> tuple[EvaluationRow, tuple[CourtRuleBroken, ...]]:
    """Return the row of raw form values and every problem with it.

    A value that is no choice counts as open and is reported as ``choice_unknown`` (value).
    """
    problems: list[CourtRuleBroken] = []
    known_races = frozenset(Race(value) for value in races if value in set(Race))
    problems += [
        CourtRuleBroken("choice_unknown", "races", value=value)
        for value in races
        if value not in set(Race)
    ]
    chosen: dict[str, StrEnum | None] = {}
    for name, choices in _CHOICES.items():
        value = answers.get(name) or None
        chosen[name] = None
        if value in set(choices):
            chosen[name] = choices(value)
        elif value is not None:
            problems.append(CourtRuleBroken("choice_unknown", name, value=value))
    row = EvaluationRow(races=known_races, **chosen)  # type: ignore[arg-type]
    reported = {problem.field for problem in problems}
    problems += [p for p in evaluation_problems(row) if p.field not in reported]
    return row, tuple(problems)
