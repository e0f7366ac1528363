"""The minimum evaluation row, the waiting days and the facts for screening."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from youthcourt.cases.domain import (
    NOTHING_ASKED,
    AnsweredBy,
    CaseDates,
    EvaluationRow,
    Grade,
    Priors,
    Race,
    SchoolStatus,
    ScreenedCase,
    ScreenedPerson,
    Sex,
    case_clocks,
    eligibility_facts,
    evaluation_problems,
    open_questions,
    read_evaluation,
)

TODAY = date(2025, 6, 2)


def codes(row: EvaluationRow) -> list[tuple[str, str | None]]:
    """Return the code and field of every problem of a row."""
    return [(problem.code, problem.field) for problem in evaluation_problems(row)]


def test_a_row_that_nobody_asked_is_complete() -> None:
    """Whoever says "not asked" has answered; an empty box has not."""
    assert codes(NOTHING_ASKED) == []
    assert open_questions(NOTHING_ASKED) == ()
    assert open_questions(None) == (
        "races_answered_by",
        "sex",
        "school_status",
        "grade",
        "priors",
        "language",
        "interpreter",
        "household",
    )


def test_every_problem_of_a_row_is_listed_at_once() -> None:
    """Nobody has to send the form three times."""
    row = replace(
        NOTHING_ASKED,
        races_answered_by=AnsweredBy.SELF,
        sex=None,
        school_status=SchoolStatus.LEFT,
        grade=Grade.G9,
    )
    assert codes(row) == [
        ("question_open", "sex"),
        ("races_missing", "races"),
        ("grade_without_school", "grade"),
    ]


def test_a_race_needs_somebody_who_said_it() -> None:
    """Race and ethnicity are a set with a source; without a source they say nothing."""
    both = frozenset({Race.BLACK, Race.HISPANIC})
    told = replace(NOTHING_ASKED, races=both, races_answered_by=AnsweredBy.PROXY)
    assert codes(told) == []
    assert codes(replace(NOTHING_ASKED, races=both)) == [
        ("races_without_source", "races_answered_by")
    ]


def test_the_seven_categories_of_2024_and_no_other() -> None:
    """OMB Statistical Policy Directive 15 has seven, Hispanic and Middle Eastern among them."""
    assert len(Race) == 7
    assert {Race.HISPANIC, Race.MIDDLE_EASTERN} < set(Race)


def test_form_values_become_a_row_and_unknown_ones_are_named() -> None:
    """A value that is no choice is reported once and never stored."""
    answers = {"races_answered_by": "self", "sex": "robot", "priors": "2+", "language": "es"}
    row, problems = read_evaluation(answers, races=["black", "martian"])
    assert row.races == {Race.BLACK}
    assert (row.sex, row.priors) == (None, Priors.TWO_OR_MORE)
    unknown = [(p.field, p.params["value"]) for p in problems if p.code == "choice_unknown"]
    assert unknown == [("races", "martian"), ("sex", "robot")]
    open_ones = [p.field for p in problems if p.code == "question_open"]
    assert open_ones == ["school_status", "grade", "interpreter", "household"]


def test_waiting_days_run_from_offence_referral_and_intake() -> None:
    """They stop at the first hearing."""
    dates = CaseDates(
        offence_on=date(2025, 4, 1), referred_on=date(2025, 4, 11), intake_on=date(2025, 5, 1)
    )
    clocks = case_clocks(dates, today=TODAY, no_contact_days=None)
    assert (clocks.since_offence, clocks.since_referral, clocks.since_intake) == (62, 52, 32)
    heard = case_clocks(
        replace(dates, heard_on=date(2025, 5, 11)), today=TODAY, no_contact_days=None
    )
    assert (heard.since_offence, heard.since_referral, heard.since_intake) == (40, 30, 10)


def test_thirty_days_without_an_answer_and_the_last_day_still_counts() -> None:
    """On day 30 there is still time; on day 31 the case is overdue."""
    dates = CaseDates(referred_on=TODAY - timedelta(days=30))
    last = case_clocks(dates, today=TODAY, no_contact_days=30)
    assert (last.contact_due_on, last.contact_days_left, last.contact_overdue) == (TODAY, 0, False)
    over = case_clocks(dates, today=TODAY + timedelta(days=1), no_contact_days=30)
    assert (over.contact_days_left, over.contact_overdue) == (-1, True)


@pytest.mark.parametrize("field", ["contacted_on", "heard_on", "closed_on"])
def test_the_time_for_an_answer_ends_with_an_answer_a_hearing_or_the_closing(field: str) -> None:
    """Nobody is chased for a case that has moved on."""
    ended: dict[str, Any] = {field: date(2025, 1, 9)}
    dates = replace(CaseDates(referred_on=date(2025, 1, 1)), **ended)
    clocks = case_clocks(dates, today=TODAY, no_contact_days=30)
    assert clocks.contact_due_on is None
    assert not clocks.contact_overdue
    assert clocks.until_contact == 8


DAYS = st.dates(date(2024, 1, 1), date(2026, 12, 31))


@given(DAYS, st.none() | DAYS, st.none() | DAYS, st.none() | DAYS, DAYS)
def test_no_wait_is_negative_and_contact_never_takes_longer_than_the_case(
    referred: date, offence: date | None, heard: date | None, contacted: date | None, today: date
) -> None:
    """Whatever order the dates were typed in."""
    dates = CaseDates(
        referred_on=referred, offence_on=offence, heard_on=heard, contacted_on=contacted
    )
    clocks = case_clocks(dates, today=today, no_contact_days=30)
    assert 0 <= clocks.until_contact <= clocks.since_referral
    assert clocks.since_offence is None or clocks.since_offence >= 0


def test_facts_for_screening_are_known_or_none() -> None:
    """A rule never meets a guess: what is not known is None."""
    facts = eligibility_facts(ScreenedCase(referred_on=TODAY), ScreenedPerson())
    assert set(facts) == {
        "age_at_offence",
        "age_at_referral",
        "priors",
        "admits",
        "guardian_consent",
        "offence_class",
        "offence_text",
        "nibrs_code",
        "school_enrolled",
        "residence",
        "earlier_case_months",
        "companion_adult",
    }
    assert set(facts.values()) == {None}


def test_ages_for_screening_come_from_the_birth_date_or_a_stated_age() -> None:
    """A stated age counts only where it leaves one age open."""
    case = ScreenedCase(referred_on=TODAY, offence_on=date(2025, 3, 1), priors=Priors.ONE)
    born = ScreenedPerson(birth_date=date(2009, 4, 1), school_status=SchoolStatus.SUSPENDED)
    facts = eligibility_facts(case, born)
    assert (facts["age_at_offence"], facts["age_at_referral"]) == (15, 16)
    assert (facts["priors"], facts["school_enrolled"]) == ("1", True)
    stated = ScreenedPerson(stated_age=15, stated_age_on=date(2025, 3, 1))
    facts = eligibility_facts(case, stated)
    assert (facts["age_at_offence"], facts["age_at_referral"]) == (15, None)


def test_every_answer_has_a_label_key() -> None:
    """The catalogue can be checked against the choices."""
    assert Sex.X.label_key == "sex.x"
    assert Race.BLACK.label_key == "race.black"
    assert Priors.TWO_OR_MORE.label_key == "priors.2+"
