"""One search as somebody writes it down, checked as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from youthcourt.errors import CourtRuleBroken
from youthcourt.followups.domain.kinds import (
    REASONS,
    SEARCHED,
    CheckResult,
    LaterEventKind,
    NoSearchReason,
    OffenceCategory,
    RecordSource,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class LaterOffenceEntry:
    """A later offence as it was found; ``text`` are the words of the statute or the record."""

    kind: LaterEventKind
    category: OffenceCategory
    offence_on: date | None
    event_on: date
    nibrs: str | None = None
    text: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckEntry:
    """A search as it was made, or why there was none; days in the court's zone."""

    source: RecordSource
    jurisdiction: str
    result: CheckResult
    searched_on: date
    searched_by: str
    data_through: date | None = None
    adult_records: bool | None = None
    reason: NoSearchReason | None = None
    note: str | None = None
    offences: tuple[LaterOffenceEntry, ...] = ()


def check_entry(entry: CheckEntry, *, start: date, today: date) -> None:
    """Raise ``CourtRuleBroken`` for the first thing in a search that cannot be.

    ``start`` is time zero of the case.
    """
    if entry.searched_on > today:
        raise CourtRuleBroken("day_in_future", "searched_on")
    if entry.searched_on < start:
        raise CourtRuleBroken("search_before_start", "searched_on", start=start)
    if entry.result in SEARCHED:
        _check_reach(entry)
    elif entry.reason not in REASONS[entry.result]:
        raise CourtRuleBroken("no_search_needs_reason", "reason")
    if (entry.result is CheckResult.FOUND) != bool(entry.offences):
        code = "found_needs_offence" if not entry.offences else "offence_without_found"
        raise CourtRuleBroken(code, "result")
    for number, offence in enumerate(entry.offences, start=1):
        _check_offence(number, offence, entry, start=start)


def _check_reach(entry: CheckEntry) -> None:
    if entry.data_through is None:
        raise CourtRuleBroken("search_needs_data_through", "data_through")
    if entry.data_through > entry.searched_on:
        raise CourtRuleBroken("data_through_after_search", "data_through")
    if entry.reason is not None:
        raise CourtRuleBroken("reason_without_need", "reason")


def _check_offence(
    number: int, offence: LaterOffenceEntry, entry: CheckEntry, *, start: date
) -> None:
    if offence.event_on > (entry.data_through or entry.searched_on):
        raise CourtRuleBroken("event_after_data", "offences", number=number)
    if offence.offence_on is not None and offence.offence_on > offence.event_on:
        raise CourtRuleBroken("offence_after_event", "offences", number=number)
    if (offence.offence_on or offence.event_on) <= start:
        raise CourtRuleBroken("event_before_start", "offences", number=number, start=start)
