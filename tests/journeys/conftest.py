"""The court in which the journeys happen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from flask import Flask
from sqlalchemy.orm import Session

from tests.fixtures.app import SmallCourt
from tests.journeys.story import Story, fill


@pytest.fixture
def story(app: Flask, session: Session, court: SmallCourt) -> Iterator[Story]:
    """A court in March with eight trained volunteers."""
    with time_machine.travel(datetime(2026, 3, 4, 15, 0, tzinfo=UTC), tick=True) as clock:
        fill(session, court)
        yield Story(app=app, session=session, court=court, clock=clock)
