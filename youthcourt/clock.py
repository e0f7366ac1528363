"""The only clock of the product."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def now() -> datetime:
    """Return this instant as an aware UTC datetime."""
    return datetime.now(UTC)


def today(zone: str) -> date:
    """Return the calendar day it is now in an IANA zone such as ``America/New_York``."""
    return now().astimezone(ZoneInfo(zone)).date()
