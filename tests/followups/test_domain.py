"""Windows of follow-up say only what the searches say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from youthcourt.errors import CourtRuleBroken
from youthcourt.followups.domain import (
    Basis,
    Check,
    CheckEntry,
    CheckResult,
    Counted,
    LaterEvent,
    LaterEventKind,
    LaterOffenceEntry,
    NoSearchReason,
    OffenceCategory,
    RecordSource,
    StartKind,
    TimeZero,
    WindowState,
    check_entry,
    read_windows,
    time_zero,
    window_end,
)

START = date(2024, 1, 31)
TODAY = date(2026, 3, 4)
DAYS = st.dates(date(2022, 1, 1), date(2028, 12, 31))
ARREST = LaterEvent(
    kind=LaterEventKind.ARREST,
    category=OffenceCategory.DELINQUENT,
    offence_on=date(2024, 5, 1),
    event_on=date(2024, 5, 20),
)
CLEAN = Check(result=CheckResult.NOTHING_FOUND, data_through=date(2026, 2, 1))
ENTRY = CheckEntry(
    source=RecordSource.POLICE,
    jurisdiction="Elm County",
    result=CheckResult.NOTHING_FOUND,
    searched_on=date(2024, 9, 1),
    searched_by="R. Diaz",
    data_through=date(2024, 8, 15),
)
LATER = LaterOffenceEntry(
    kind=LaterEventKind.ARREST,
    category=OffenceCategory.DELINQUENT,
    offence_on=date(2024, 5, 1),
    event_on=date(2024, 5, 20),
)


def states(*checks: Check, today: date = TODAY, counted: Counted | None = None):
    windows = read_windows(START, (6, 12, 24), checks, today=today, counted=counted)
    return [window.state for window in windows]


def test_time_zero_is_the_first_day_a_hearing_was_set_for_held_or_not() -> None:
    """A hearing put off keeps the day it was first set for."""
    zero = time_zero(
        first_hearing_on=date(2025, 3, 1),
        heard_on=date(2025, 4, 5),
        admitted_on=date(2025, 2, 1),
    )
    assert zero == TimeZero(on=date(2025, 3, 1), kind=StartKind.FIRST_HEARING)


def test_who_never_came_to_a_docket_is_followed_from_the_admission() -> None:
    """And whoever neither was on a docket nor admitted is not followed."""
    zero = time_zero(first_hearing_on=None, heard_on=None, admitted_on=date(2025, 2, 1))
    assert zero == TimeZero(on=date(2025, 2, 1), kind=StartKind.ADMISSION)
    assert time_zero(first_hearing_on=None, heard_on=None, admitted_on=None) is None


def test_a_case_brought_along_heard_starts_with_the_day_it_was_heard() -> None:
    """It has no hearing on our docket."""
    zero = time_zero(first_hearing_on=None, heard_on=date(2025, 4, 5), admitted_on=None)
    assert zero == TimeZero(on=date(2025, 4, 5), kind=StartKind.FIRST_HEARING)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 11, 15), 2, date(2025, 1, 15)),
        (date(2024, 12, 31), 24, date(2026, 12, 31)),
    ],
)
def test_a_window_ends_on_the_same_day_of_a_later_month(start, months, end) -> None:
    """Or on that month's last day, where it has no such day."""
    assert window_end(start, months) == end


@given(start=DAYS, months=st.integers(1, 120))
def test_a_longer_window_never_ends_earlier(start, months) -> None:
    """One month more is 28 to 31 days more."""
    assert 28 <= (window_end(start, months + 1) - window_end(start, months)).days <= 31 + 3


def test_nothing_found_is_said_only_of_a_window_searched_to_its_end() -> None:
    """A search that reaches into a window leaves it incomplete."""
    early = Check(result=CheckResult.NOTHING_FOUND, data_through=date(2024, 12, 1))
    assert states(early) == [
        WindowState.NOTHING_FOUND,
        WindowState.INCOMPLETE,
        WindowState.INCOMPLETE,
    ]


def test_not_searched_and_cannot_be_searched_are_never_nothing_found() -> None:
    """Each keeps its own name in every window."""
    assert states() == [WindowState.NOT_SEARCHED] * 3
    assert states(Check(result=CheckResult.NOT_SEARCHED)) == [WindowState.NOT_SEARCHED] * 3
    assert (
        states(Check(result=CheckResult.CANNOT_BE_SEARCHED)) == [WindowState.CANNOT_BE_SEARCHED] * 3
    )


def test_a_window_that_is_not_over_is_not_due_whatever_was_searched() -> None:
    """Its last day itself is over only when it has come."""
    assert states(today=date(2024, 7, 30)) == [WindowState.NOT_DUE] * 3
    assert states(today=date(2024, 7, 31))[0] is WindowState.NOT_SEARCHED


def test_a_later_offence_counts_in_each_window_it_lies_in() -> None:
    """With the days from the start to the first of several."""
    second = replace(ARREST, offence_on=date(2025, 6, 1), event_on=date(2025, 6, 2))
    check = Check(result=CheckResult.FOUND, data_through=date(2026, 2, 1), events=(second, ARREST))
    windows = read_windows(START, (3, 6, 24), [check], today=TODAY)
    assert [w.state for w in windows] == [
        WindowState.NOTHING_FOUND,
        WindowState.FOUND,
        WindowState.FOUND,
    ]
    assert [w.first_event_days for w in windows] == [None, 91, 91]


def test_the_day_of_the_act_decides_unless_the_day_of_the_event_is_chosen() -> None:
    """An act of the window known only after it is inside by the one, outside by the other."""
    late = replace(ARREST, offence_on=date(2024, 7, 30), event_on=date(2024, 8, 9))
    check = Check(result=CheckResult.FOUND, data_through=date(2026, 2, 1), events=(late,))
    by_event = Counted(basis=Basis.EVENT)
    assert states(check)[0] is WindowState.FOUND
    assert states(check, counted=by_event)[0] is WindowState.NOTHING_FOUND


def test_an_act_of_the_day_of_the_start_is_not_a_later_one() -> None:
    """Nor is one from before it that came out afterwards."""
    same_day = replace(ARREST, offence_on=START)
    check = Check(result=CheckResult.FOUND, data_through=date(2026, 2, 1), events=(same_day,))
    assert states(check) == [WindowState.NOTHING_FOUND] * 3


@pytest.mark.parametrize("category", sorted(set(OffenceCategory) - {OffenceCategory.DELINQUENT}))
def test_only_offences_count_unless_others_are_chosen(category) -> None:
    """Status offences, traffic, infractions and broken conditions stand apart."""
    event = replace(ARREST, category=category)
    check = Check(result=CheckResult.FOUND, data_through=date(2026, 2, 1), events=(event,))
    assert states(check) == [WindowState.NOTHING_FOUND] * 3
    chosen = Counted(categories=frozenset({category}))
    assert states(check, counted=chosen) == [WindowState.FOUND] * 3


def test_what_cannot_be_searched_any_further_is_no_longer_due() -> None:
    """A window searched in part stays incomplete and asks nobody again."""
    early = Check(result=CheckResult.NOTHING_FOUND, data_through=date(2024, 12, 1))
    sealed = Check(result=CheckResult.CANNOT_BE_SEARCHED)
    windows = read_windows(START, (6, 12), [early, sealed], today=TODAY)
    assert [w.state for w in windows] == [WindowState.NOTHING_FOUND, WindowState.INCOMPLETE]
    assert not any(w.due for w in windows)


checks = st.lists(
    st.one_of(
        st.builds(
            Check,
            result=st.sampled_from([CheckResult.NOTHING_FOUND, CheckResult.FOUND]),
            data_through=DAYS,
            events=st.lists(
                st.builds(lambda d: replace(ARREST, offence_on=d, event_on=d), DAYS)
            ).map(tuple),
        ),
        st.builds(
            Check,
            result=st.sampled_from([CheckResult.NOT_SEARCHED, CheckResult.CANNOT_BE_SEARCHED]),
        ),
    ),
    max_size=4,
)


@given(found=checks, start=DAYS, today=DAYS)
def test_longer_windows_never_know_more(found, start, today) -> None:
    """Whatever is settled for 24 months is settled for 6, and an event stays an event."""
    short, long = read_windows(start, (6, 24), found, today=today)
    settled = {WindowState.FOUND, WindowState.NOTHING_FOUND}
    if long.state in settled:
        assert short.state in settled
    if short.state is WindowState.FOUND and long.state in settled:
        assert long.state is WindowState.FOUND


@given(found=checks, start=DAYS, today=DAYS, more=DAYS)
def test_one_more_clean_search_never_hides_an_event(found, start, today, more) -> None:
    """What was found stays found."""
    extra = Check(result=CheckResult.NOTHING_FOUND, data_through=more)
    before = read_windows(start, (6, 12, 24), found, today=today)
    after = read_windows(start, (6, 12, 24), [*found, extra], today=today)
    for one, other in zip(before, after, strict=True):
        assert one.first_event_days == other.first_event_days
        if one.state is WindowState.FOUND:
            assert other.state is WindowState.FOUND


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"searched_on": date(2026, 3, 5)}, "day_in_future"),
        ({"searched_on": date(2024, 1, 30)}, "search_before_start"),
        ({"data_through": None}, "search_needs_data_through"),
        ({"data_through": date(2024, 9, 2)}, "data_through_after_search"),
        ({"reason": NoSearchReason.SEALED}, "reason_without_need"),
        ({"result": CheckResult.FOUND}, "found_needs_offence"),
        ({"offences": (LATER,)}, "offence_without_found"),
        ({"result": CheckResult.NOT_SEARCHED, "data_through": None}, "no_search_needs_reason"),
        (
            {
                "result": CheckResult.CANNOT_BE_SEARCHED,
                "data_through": None,
                "reason": NoSearchReason.NO_TIME,
            },
            "no_search_needs_reason",
        ),
        (
            {"result": CheckResult.FOUND, "offences": (replace(LATER, offence_on=START),)},
            "event_before_start",
        ),
        (
            {
                "result": CheckResult.FOUND,
                "offences": (replace(LATER, offence_on=date(2024, 5, 21)),),
            },
            "offence_after_event",
        ),
        (
            {
                "result": CheckResult.FOUND,
                "offences": (LATER, replace(LATER, event_on=date(2024, 8, 16))),
            },
            "event_after_data",
        ),
    ],
)
def test_a_search_that_cannot_be_is_refused(given, code) -> None:
    """Each with a code of its own."""
    with pytest.raises(CourtRuleBroken) as refused:
        check_entry(replace(ENTRY, **given), start=START, today=TODAY)
    assert refused.value.code == code


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"result": CheckResult.FOUND, "offences": (LATER,)},
        {
            "result": CheckResult.NOT_SEARCHED,
            "data_through": None,
            "reason": NoSearchReason.NO_ANSWER,
        },
        {
            "result": CheckResult.CANNOT_BE_SEARCHED,
            "data_through": None,
            "reason": NoSearchReason.SEALED,
        },
    ],
)
def test_the_four_kinds_of_answer_are_taken(given) -> None:
    """Nothing found, something found, not searched, cannot be searched."""
    check_entry(replace(ENTRY, **given), start=START, today=TODAY)
