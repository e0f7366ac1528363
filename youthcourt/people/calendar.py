"""Which day it is where the court sits."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from youthcourt.courts.models import Court


def court_zone(session: Session) -> str:
    """Return the IANA zone of the session's court."""
    zone = session.scalar(select(Court.time_zone).where(Court.id == session.info["court_id"]))
    if zone is None:
        raise RuntimeError("the session belongs to no court")
    return zone


def court_day(session: Session, now: datetime) -> date:
    """Return the calendar day of an instant in the zone of the session's court."""
    return now.astimezone(ZoneInfo(court_zone(session))).date()
