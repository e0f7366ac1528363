"""The made-up courts."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import func, select

from tests.fixtures.thorough import THOROUGH
from youthcourt import clock
from youthcourt.cases.domain import CaseState
from youthcourt.cases.models import Case
from youthcourt.db import every_court
from youthcourt.demo.world import COURTS, build_world
from youthcourt.hearings.models import AdultHours
from youthcourt.people.models import Person


def test_the_demo_holds_a_year_of_cases_in_many_states(sqlite_app) -> None:
    """Cases of two courts, none in the future, at every stage there is a screen for.

    All 120 with ``make test-thorough``, else a quarter of them.
    """
    from youthcourt.db import db

    courts = COURTS if THOROUGH else [replace(c, cases=c.cases // 4) for c in COURTS]
    with sqlite_app.app_context():
        session = db.session()
        session.info["writer"] = True
        now = clock.now()
        build_world(session, now=now, courts=courts)
        with every_court(session, reason="counting both courts"):
            assert session.scalar(select(func.count(Case.id))) == sum(c.cases for c in courts)
            states = set(session.scalars(select(Case.state)))
            assert {CaseState.REFERRED, CaseState.INTAKE_DONE, CaseState.CLOSED} <= states
            latest = session.scalar(select(func.max(Case.referred_on)))
            assert latest is not None
            assert latest < now.date()
            adults = set(session.scalars(select(AdultHours.name_key)))
            assert len(adults) >= 6
            collecting = session.scalars(select(Person.service_learning_since)).all()
            assert sum(day is not None for day in collecting) > 3
