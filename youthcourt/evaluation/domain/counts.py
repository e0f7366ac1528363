"""What is counted for reports: each figure, what it counts, and under which names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from youthcourt.courts.domain import SanctionKind


class CountUnit(StrEnum):
    """What a figure counts."""

    CASES = "cases"
    PEOPLE = "people"
    HEARINGS = "hearings"
    EVENINGS = "evenings"
    JURY_SESSIONS = "jury_sessions"
    HOURS = "hours"
    ITEMS = "items"
    DOLLARS = "dollars"
    DAYS = "days"
    PERCENT = "percent"


class CountMissing(StrEnum):
    """Why there is no figure; it is never nought."""

    NOT_RECORDED = "not_recorded"
    NOT_SEARCHED = "not_searched"
    NOTHING_TO_SHARE = "nothing_to_share"


class CountCode(StrEnum):
    """Every figure; its name and its definition are in the catalogue."""

    OPEN_AT_START = "open_at_start"
    REFERRED = "referred"
    ACCEPTED = "accepted"
    HEARD = "heard"
    ADJUDICATED = "adjudicated"
    CLOSED = "closed"
    CLOSED_FOR = "closed_for"
    COMPLETED = "completed"
    CLOSED_AFTER_SENTENCE = "closed_after_sentence"
    COMPLETION_RATE = "completion_rate"
    COMPLETION_RATE_SENTENCED = "completion_rate_sentenced"
    OPEN_AT_END = "open_at_end"
    DAYS_INTAKE_TO_CLOSING = "days_intake_to_closing"
    YOUTH_REFERRED = "youth_referred"
    YOUTH_CARRIED_OVER = "youth_carried_over"
    YOUTH_NEW = "youth_new"
    YOUTH_SERVED = "youth_served"
    HEARINGS_HELD = "hearings_held"
    HEARINGS_OF_KIND = "hearings_of_kind"
    NO_SHOWS = "no_shows"
    CONTINUED = "continued"
    EVENINGS_HELD = "evenings_held"
    EVENINGS_UNCONFIRMED = "evenings_unconfirmed"
    SESSIONS_ORDERED = "sessions_ordered"
    HOURS_ORDERED = "hours_ordered"
    HOURS_ORDERED_OF = "hours_ordered_of"
    ITEMS_ORDERED_OF = "items_ordered_of"
    MONEY_ORDERED = "money_ordered"
    SESSIONS_SERVED = "sessions_served"
    SESSIONS_SERVED_ORDERED = "sessions_served_ordered"
    SESSIONS_SERVED_FREELY = "sessions_served_freely"
    HOURS_SERVED = "hours_served"
    HOURS_SERVED_ORDERED = "hours_served_ordered"
    HOURS_SERVED_ORDERED_OF = "hours_served_ordered_of"
    HOURS_SERVED_FREELY = "hours_served_freely"
    YOUTH_SERVING_ORDERED = "youth_serving_ordered"
    VOLUNTEERS_YOUTH = "volunteers_youth"
    VOLUNTEERS_FORMER = "volunteers_former"
    VOLUNTEERS_ADULT = "volunteers_adult"
    HOURS_ADULT = "hours_adult"
    PRESIDING_NAMES = "presiding_names"
    TRAINED = "trained"
    HOURS_SERVICE_LEARNING = "hours_service_learning"
    LATER_SEARCHED = "later_searched"
    LATER_FOUND = "later_found"
    LATER_RATE = "later_rate"
    LATER_UNKNOWN = "later_unknown"


_UNITS: dict[CountUnit, frozenset[CountCode]] = {
    CountUnit.PEOPLE: frozenset(
        {
            CountCode.YOUTH_REFERRED,
            CountCode.YOUTH_CARRIED_OVER,
            CountCode.YOUTH_NEW,
            CountCode.YOUTH_SERVED,
            CountCode.YOUTH_SERVING_ORDERED,
            CountCode.VOLUNTEERS_YOUTH,
            CountCode.VOLUNTEERS_FORMER,
            CountCode.VOLUNTEERS_ADULT,
            CountCode.PRESIDING_NAMES,
            CountCode.TRAINED,
        }
    ),
    CountUnit.HEARINGS: frozenset(
        {
            CountCode.HEARINGS_HELD,
            CountCode.HEARINGS_OF_KIND,
            CountCode.NO_SHOWS,
            CountCode.CONTINUED,
        }
    ),
    CountUnit.EVENINGS: frozenset({CountCode.EVENINGS_HELD, CountCode.EVENINGS_UNCONFIRMED}),
    CountUnit.JURY_SESSIONS: frozenset(
        {
            CountCode.SESSIONS_ORDERED,
            CountCode.SESSIONS_SERVED,
            CountCode.SESSIONS_SERVED_ORDERED,
            CountCode.SESSIONS_SERVED_FREELY,
        }
    ),
    CountUnit.HOURS: frozenset(
        {
            CountCode.HOURS_ORDERED,
            CountCode.HOURS_ORDERED_OF,
            CountCode.HOURS_SERVED,
            CountCode.HOURS_SERVED_ORDERED,
            CountCode.HOURS_SERVED_ORDERED_OF,
            CountCode.HOURS_SERVED_FREELY,
            CountCode.HOURS_ADULT,
            CountCode.HOURS_SERVICE_LEARNING,
        }
    ),
    CountUnit.ITEMS: frozenset({CountCode.ITEMS_ORDERED_OF}),
    CountUnit.DOLLARS: frozenset({CountCode.MONEY_ORDERED}),
    CountUnit.DAYS: frozenset({CountCode.DAYS_INTAKE_TO_CLOSING}),
    CountUnit.PERCENT: frozenset(
        {
            CountCode.COMPLETION_RATE,
            CountCode.COMPLETION_RATE_SENTENCED,
            CountCode.LATER_RATE,
        }
    ),
}


def unit_of(code: CountCode) -> CountUnit:
    """Return what a figure counts; whatever is nowhere else counts cases."""
    return next((unit for unit, codes in _UNITS.items() if code in codes), CountUnit.CASES)


@dataclass(frozen=True, slots=True)
class CountKey:
    """Which figure: its code and, for one of a family, the value of the closed list or months."""

    code: CountCode
    of: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """One figure; minutes for hours, cents for dollars, a whole number else.

    A share or an average has ``part`` and ``whole``.  ``value`` is None where there is none,
    and ``missing`` says why.
    """

    key: CountKey
    value: int | None = None
    part: int | None = None
    whole: int | None = None
    missing: CountMissing | None = None

    @property
    def unit(self) -> CountUnit:
        """What it counts."""
        return unit_of(self.key.code)

    @property
    def number(self) -> str:
        """The figure as a report takes it: digits and a point, empty where there is none.

        Hours and dollars are exact to two places, shares and averages rounded half up to one.
        """
        if self.value is not None:
            return _plain(Decimal(self.value), self.unit)
        if self.part is None or not self.whole:
            return ""
        times = 100 if self.unit is CountUnit.PERCENT else 1
        return str(_rounded(Decimal(self.part * times) / self.whole, "0.1"))


_DIVISORS = {CountUnit.HOURS: 60, CountUnit.DOLLARS: 100}


def _plain(value: Decimal, unit: CountUnit) -> str:
    if unit not in _DIVISORS:
        return str(value)
    exact = _rounded(value / _DIVISORS[unit], "0.01")
    return str(exact.quantize(Decimal(1)) if exact == exact.to_integral() else exact)


def _rounded(value: Decimal, places: str) -> Decimal:
    return value.quantize(Decimal(places), rounding=ROUND_HALF_UP)


def counted(code: CountCode, value: int, of: str = "") -> Figure:
    """Return a figure that was counted."""
    return Figure(key=CountKey(code, of), value=value)


def shared(
    code: CountCode,
    part: int,
    whole: int,
    of: str = "",
    *,
    missing: CountMissing = CountMissing.NOTHING_TO_SHARE,
) -> Figure:
    """Return a share or an average; of nothing there is none, never nought."""
    key = CountKey(code, of)
    if not whole:
        return Figure(key=key, part=part, whole=whole, missing=missing)
    return Figure(key=key, part=part, whole=whole)


def recorded(code: CountCode, value: int, *, ever: bool) -> Figure:
    """Return a figure of what staff may write down; where nobody ever did it is unknown."""
    return counted(code, value) if ever else unknown(code, CountMissing.NOT_RECORDED)


def unknown(code: CountCode, missing: CountMissing, of: str = "") -> Figure:
    """Return a figure that nobody knows."""
    return Figure(key=CountKey(code, of), missing=missing)


class CountReport(StrEnum):
    """The tables that are filled in, each with the names its readers use."""

    GRANT = "grant"
    COUNTY = "county"
    CASES = "cases"
    HEARINGS = "hearings"
    SENTENCES = "sentences"
    SERVICE = "service"
    VOLUNTEERS = "volunteers"
    LATER = "later"


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportLine:
    """One line of a table; ``total`` marks the sum of the lines above it."""

    figure: Figure
    total: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportTable:
    """One table with its lines, in the order of the report."""

    report: CountReport
    lines: tuple[ReportLine, ...]


_C = CountCode
# The code of a family (``*_OF``, ``LATER_*``) stands for all of its members, a key for one;
# LATER_SEARCHED stands for all that is told of each number of months.
_LATER = (_C.LATER_SEARCHED, _C.LATER_FOUND, _C.LATER_RATE, _C.LATER_UNKNOWN)
_SERVICE_ORDERED = CountKey(_C.HOURS_ORDERED_OF, SanctionKind.COMMUNITY_SERVICE.value)
_SERVICE_SERVED = CountKey(_C.HOURS_SERVED_ORDERED_OF, SanctionKind.COMMUNITY_SERVICE.value)
_TABLES: dict[CountReport, tuple[CountCode | CountKey, ...]] = {
    CountReport.GRANT: (
        _C.YOUTH_CARRIED_OVER,
        _C.YOUTH_NEW,
        _C.YOUTH_SERVED,
        _C.CLOSED,
        _C.COMPLETED,
        _C.COMPLETION_RATE,
        _C.DAYS_INTAKE_TO_CLOSING,
        _SERVICE_SERVED,
        _C.TRAINED,
        _C.LATER_RATE,
    ),
    CountReport.COUNTY: (
        _C.ADJUDICATED,
        _C.COMPLETED,
        _C.COMPLETION_RATE,
        _C.LATER_RATE,
        _SERVICE_ORDERED,
        _SERVICE_SERVED,
        _C.SESSIONS_ORDERED,
        _C.SESSIONS_SERVED_ORDERED,
        _C.HOURS_SERVED_FREELY,
        _C.HOURS_ADULT,
        _C.HOURS_SERVICE_LEARNING,
        _C.VOLUNTEERS_FORMER,
    ),
    CountReport.CASES: (
        _C.OPEN_AT_START,
        _C.REFERRED,
        _C.YOUTH_REFERRED,
        _C.ACCEPTED,
        _C.HEARD,
        _C.ADJUDICATED,
        _C.CLOSED_FOR,
        _C.CLOSED,
        _C.COMPLETED,
        _C.COMPLETION_RATE,
        _C.CLOSED_AFTER_SENTENCE,
        _C.COMPLETION_RATE_SENTENCED,
        _C.DAYS_INTAKE_TO_CLOSING,
        _C.OPEN_AT_END,
    ),
    CountReport.HEARINGS: (
        _C.EVENINGS_HELD,
        _C.EVENINGS_UNCONFIRMED,
        _C.HEARINGS_OF_KIND,
        _C.HEARINGS_HELD,
        _C.NO_SHOWS,
        _C.CONTINUED,
    ),
    CountReport.SENTENCES: (
        _C.ADJUDICATED,
        _C.SESSIONS_ORDERED,
        _C.HOURS_ORDERED_OF,
        _C.HOURS_ORDERED,
        _C.ITEMS_ORDERED_OF,
        _C.MONEY_ORDERED,
    ),
    CountReport.SERVICE: (
        _C.YOUTH_SERVING_ORDERED,
        _C.SESSIONS_SERVED_ORDERED,
        _C.SESSIONS_SERVED_FREELY,
        _C.SESSIONS_SERVED,
        _C.HOURS_SERVED_ORDERED_OF,
        _C.HOURS_SERVED_ORDERED,
        _C.HOURS_SERVED_FREELY,
        _C.HOURS_SERVED,
    ),
    CountReport.VOLUNTEERS: (
        _C.VOLUNTEERS_YOUTH,
        _C.VOLUNTEERS_FORMER,
        _C.SESSIONS_SERVED_FREELY,
        _C.HOURS_SERVED_FREELY,
        _C.VOLUNTEERS_ADULT,
        _C.HOURS_ADULT,
        _C.PRESIDING_NAMES,
        _C.TRAINED,
        _C.HOURS_SERVICE_LEARNING,
    ),
    CountReport.LATER: (_C.LATER_SEARCHED,),
}
# table -> the lines that sum what stands right above them.
_TOTALS: dict[CountReport, frozenset[CountCode]] = {
    CountReport.GRANT: frozenset({_C.YOUTH_SERVED}),
    CountReport.CASES: frozenset({_C.CLOSED}),
    CountReport.HEARINGS: frozenset({_C.HEARINGS_HELD}),
    CountReport.SENTENCES: frozenset({_C.HOURS_ORDERED}),
    CountReport.SERVICE: frozenset({_C.SESSIONS_SERVED, _C.HOURS_SERVED_ORDERED, _C.HOURS_SERVED}),
}


def report_tables(figures: Mapping[CountKey, Figure]) -> tuple[ReportTable, ...]:
    """Return every table filled with the figures, the ones others ask for first.

    Figures of one family come in the order in which they were counted; the months of later
    offences keep searched, found, share and unknown together.
    """
    return tuple(
        ReportTable(report=report, lines=tuple(_lines(report, codes, figures)))
        for report, codes in _TABLES.items()
    )


def _lines(
    report: CountReport,
    wanted: tuple[CountCode | CountKey, ...],
    figures: Mapping[CountKey, Figure],
) -> Iterator[ReportLine]:
    totals = _TOTALS.get(report, frozenset())
    for one in wanted:
        for key in _members(one, figures):
            yield ReportLine(figure=figures[key], total=key.code in totals)


def _members(wanted: CountCode | CountKey, figures: Mapping[CountKey, Figure]) -> list[CountKey]:
    if isinstance(wanted, CountKey):
        return [wanted]
    told = _LATER if wanted is _C.LATER_SEARCHED else (wanted,)
    return [CountKey(code, key.of) for key in figures if key.code is wanted for code in told]
