"""Spans of days and figures: nothing is nought that is not known."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from youthcourt.errors import CourtRuleBroken
from youthcourt.evaluation.domain import (
    CountCode,
    CountKey,
    CountMissing,
    CountReport,
    PeriodChoice,
    chosen_period,
    counted,
    period,
    report_tables,
    shared,
    unknown,
)

DAYS = st.dates(date(1995, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("choice", "first", "last"),
    [
        ("this_quarter", date(2026, 10, 1), date(2026, 12, 31)),
        ("last_quarter", date(2026, 7, 1), date(2026, 9, 30)),
        ("fiscal_july", date(2026, 7, 1), date(2027, 6, 30)),
        ("last_fiscal_july", date(2025, 7, 1), date(2026, 6, 30)),
        ("fiscal_october", date(2026, 10, 1), date(2027, 9, 30)),
        ("last_fiscal_october", date(2025, 10, 1), date(2026, 9, 30)),
        ("this_year", date(2026, 1, 1), date(2026, 12, 31)),
        ("last_year", date(2025, 1, 1), date(2025, 12, 31)),
    ],
)
def test_the_usual_spans_in_november(choice: str, first: date, last: date) -> None:
    """As a coordinator asks for them on 25 November 2026."""
    span = chosen_period(PeriodChoice(choice), today=date(2026, 11, 25))
    assert (span.first, span.last) == (first, last)


@given(DAYS)
def test_a_span_of_now_holds_today_and_the_one_before_ends_where_it_starts(today: date) -> None:
    """For quarters, fiscal years and calendar years alike."""
    for now, before in (
        (PeriodChoice.THIS_QUARTER, PeriodChoice.LAST_QUARTER),
        (PeriodChoice.FISCAL_JULY, PeriodChoice.LAST_FISCAL_JULY),
        (PeriodChoice.FISCAL_OCTOBER, PeriodChoice.LAST_FISCAL_OCTOBER),
        (PeriodChoice.THIS_YEAR, PeriodChoice.LAST_YEAR),
    ):
        span = chosen_period(now, today=today)
        assert today in span
        assert chosen_period(before, today=today).last == span.first - timedelta(days=1)
        assert chosen_period(before, today=span.first) == chosen_period(before, today=span.last)


def test_a_span_that_cannot_be_is_refused() -> None:
    """The wrong way round, or before there were youth courts."""
    with pytest.raises(CourtRuleBroken, match="period_ends_first"):
        period(date(2026, 2, 1), date(2026, 1, 31))
    with pytest.raises(CourtRuleBroken, match="period_too_early"):
        period(date(202, 1, 1), date(2026, 1, 31))
    assert date(2026, 1, 1) in period(date(2026, 1, 1), date(2026, 1, 1))
    assert None not in period(date(2026, 1, 1), date(2026, 1, 1))


@pytest.mark.parametrize(
    ("figure", "number"),
    [
        (counted(CountCode.REFERRED, 0), "0"),
        (counted(CountCode.HOURS_SERVED, 0), "0"),
        (counted(CountCode.HOURS_SERVED, 600), "10"),
        (counted(CountCode.HOURS_SERVED, 6030), "100.50"),
        (counted(CountCode.HOURS_SERVED, 20), "0.33"),
        (counted(CountCode.MONEY_ORDERED, 62_005), "620.05"),
        (shared(CountCode.COMPLETION_RATE, 18, 21), "85.7"),
        (shared(CountCode.COMPLETION_RATE, 1, 16), "6.3"),
        (shared(CountCode.COMPLETION_RATE, 0, 3), "0.0"),
        (shared(CountCode.COMPLETION_RATE, 0, 0), ""),
        (shared(CountCode.DAYS_INTAKE_TO_CLOSING, 1265, 10), "126.5"),
        (unknown(CountCode.HOURS_ADULT, CountMissing.NOT_RECORDED), ""),
    ],
)
def test_a_figure_is_written_as_a_report_takes_it(figure, number: str) -> None:
    """Hours and dollars to two places, shares to one, and nothing where nothing is known."""
    assert figure.number == number
    assert (figure.missing is not None) == (number == "")


def test_months_of_later_offences_stay_together_and_sums_are_marked() -> None:
    """Searched, found, share and unknown of six months come before those of twelve."""
    figures = [
        counted(code, 1, months)
        for months in ("6", "12")
        for code in (CountCode.LATER_SEARCHED, CountCode.LATER_FOUND, CountCode.LATER_UNKNOWN)
    ]
    figures += [shared(CountCode.LATER_RATE, 1, 1, months) for months in ("6", "12")]
    every = {figure.key: figure for figure in [*figures, *_all_but_later()]}
    tables = {table.report: table for table in report_tables(every)}
    later = [line.figure.key for line in tables[CountReport.LATER].lines]
    assert [key.of for key in later] == ["6"] * 4 + ["12"] * 4
    county = [line.figure.key.code for line in tables[CountReport.COUNTY].lines]
    assert county.count(CountCode.LATER_RATE) == 2
    sums = {line.figure.key.code for t in tables.values() for line in t.lines if line.total}
    assert {CountCode.CLOSED, CountCode.HOURS_ORDERED, CountCode.YOUTH_SERVED} <= sums


def _all_but_later():
    for code in CountCode:
        if not code.value.startswith("later"):
            yield counted(code, 1, "community_service" if code.value.endswith("_of") else "")


def test_every_figure_that_is_defined_stands_in_some_table() -> None:
    """Nothing is counted for nobody."""
    every = {figure.key: figure for figure in _all_but_later()}
    shown = {line.figure.key for t in report_tables(every) for line in t.lines}
    assert shown == set(every)
    assert CountKey(CountCode.REFERRED) in shown
