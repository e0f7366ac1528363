"""A court with rooms and sessions, and youths whose cases wait for a hearing."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.cases.conftest import Desk
from tests.fixtures.app import NOW, SmallCourt
from youthcourt.cases.models import Case
from youthcourt.courts.domain import SittingModel
from youthcourt.hearings import ports, services
from youthcourt.hearings.domain import CourtSessionKind, HearingState, SittingPlan
from youthcourt.hearings.models import CourtSession, Hearing, Room, Sitting
from youthcourt.hearings.ports import HeldSeat, SessionChanged

SATURDAY = date(2026, 3, 14)
NEXT = date(2026, 3, 28)


@dataclass
class Calendar:
    """The acts on the calendar as the coordinator of one court does them."""

    session: Session
    court: SmallCourt
    desk: Desk
    cases: int = 0

    @property
    def hand(self) -> dict[str, Any]:
        return {"actor": self.court.actor, "now": NOW}

    def room(self, name: str = "Room A", **given: Any) -> Room:
        return services.add_room(self.session, name=name, **given, **self.hand)

    def plan(self, room: Room, **given: Any) -> SittingPlan:
        values = {
            "model": SittingModel.PEER_JURY,
            "quorum": 6,
            "panel_target": 8,
            "panel_max": 8,
            "max_first_hearings": 3,
            "max_return_hearings": 3,
            **given,
        }
        return SittingPlan(room_id=room.id, **values)

    def session_in(self, *rooms: Room, **given: Any) -> CourtSession:
        values = {
            "kind": CourtSessionKind.HEARING,
            "held_on": SATURDAY,
            "starts_at": time(9, 30),
            "ends_at": time(12, 30),
            **self.hand,
            **given,
        }
        numbers = values.pop("numbers", {})
        plans = [self.plan(room, **numbers) for room in rooms]
        return services.plan_session(self.session, rooms=plans, **values)

    def sittings(self, evening: CourtSession) -> list[Sitting]:
        query = (
            select(Sitting)
            .join(Room, Room.id == Sitting.room_id)
            .where(Sitting.session_id == evening.id)
            .order_by(Room.name)
        )
        return list(self.session.scalars(query))

    def waiting(self, **given: Any) -> Hearing:
        """Take a new case through its intake; its hearing waits."""
        self.cases += 1
        person = {
            "given_names": f"José {self.cases}",
            "family_name": "Núñez",
            **given.pop("person", {}),
        }
        guardian = given.pop("guardian", {})
        values = {"incident_reference": f"INC-{self.cases}", **given}
        if "person_id" not in values:
            values["person_id"] = self.desk.person(**person)
        case = self.desk.case(**values)
        if guardian:
            self.desk.guardian(case.person_id, **guardian)
        self.desk.reach(case)
        self.desk.sign_all(case)
        self.desk.screen(case)
        self.desk.intake(case)
        self.desk.advance(case)
        return self.ahead(case)

    def ahead(self, case: Case) -> Hearing:
        """The hearing of a case that is still to come."""
        states = (HearingState.WAITING, HearingState.DOCKETED)
        query = select(Hearing).where(Hearing.case_id == case.id, Hearing.state.in_(states))
        return self.session.scalars(query).one()

    def case_of(self, hearing: Hearing) -> Case:
        return self.session.get_one(Case, hearing.case_id)

    def docket(self, hearing: Hearing, sitting: Sitting, **given: Any) -> Hearing:
        values = {**self.hand, **given}
        return services.docket_hearing(
            self.session, hearing_id=hearing.id, sitting_id=sitting.id, **values
        )

    def outcome(self, hearing: Hearing, outcome: Any, **given: Any) -> Hearing:
        values = {"actor": self.court.actor, "now": on_the_day(), "panel_later": True, **given}
        return services.record_outcome(
            self.session, hearing_id=hearing.id, outcome=outcome, **values
        )


def on_the_day(day: date = SATURDAY, *, hours: int = 16) -> datetime:
    """An instant on the day of a session: 16 hours UTC is noon in Washington."""
    return datetime.combine(day, time(0), NOW.tzinfo) + timedelta(hours=hours)


@pytest.fixture
def desk(session: Session, court: SmallCourt) -> Desk:
    """The desk of the court on each database in turn."""
    return Desk(session=session, court=court)


@pytest.fixture
def calendar(session: Session, court: SmallCourt, desk: Desk) -> Calendar:
    """The calendar of the court on each database in turn."""
    return Calendar(session=session, court=court, desk=desk)


@pytest.fixture
def followed() -> Iterator[list[SessionChanged]]:
    """What followers of sessions are told, in the place of those plugged in."""
    before = ports._Plugged.followers, ports._Plugged.sources
    told: list[SessionChanged] = []
    ports.use_session_followers(lambda _session, changed, _actor, _now: told.append(changed))
    yield told
    ports._Plugged.followers, ports._Plugged.sources = before


@pytest.fixture
def seats() -> Iterator[dict[uuid.UUID, list[HeldSeat]]]:
    """The seats people hold, in the place of what the jury says."""
    before = ports._Plugged.sources
    held: dict[uuid.UUID, list[HeldSeat]] = {}
    ports.use_seat_sources(
        lambda _session, person_ids: {key: held[key] for key in person_ids if key in held}
    )
    yield held
    ports._Plugged.sources = before
