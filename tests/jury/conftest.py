"""A court with people on the jury list, sessions with rooms, and cases on their dockets."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, time
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.fixtures.app import NOW, SmallCourt
from tests.sentences.conftest import DUE_ON, Bench
from youthcourt.cases.domain import CaseState
from youthcourt.cases.models import Case
from youthcourt.cases.services import open_case
from youthcourt.courts.domain import Policy, SittingModel, preset
from youthcourt.courts.services import store_policy
from youthcourt.hearings import services as hearings
from youthcourt.hearings.domain import CourtSessionKind, HearingKind, HearingState, SittingPlan
from youthcourt.hearings.models import CourtSession, Hearing, Room, Sitting
from youthcourt.jury import services
from youthcourt.jury.domain import LIVE, SeatRole
from youthcourt.jury.models import Seat, StoredDraw
from youthcourt.notices.models import Notice
from youthcourt.people.domain.kinds import Relation
from youthcourt.people.services import AdultEntry, add_adult, set_jury_list

SATURDAY = date(2026, 3, 14)
LATER = date(2026, 3, 28)
NUMBERS = {"quorum": 2, "panel_target": 3, "panel_max": 4}


@dataclass
class JuryBench(Bench):
    """The acts on juries as the coordinator of one court does them."""

    def juror(
        self,
        name: str = "Ada",
        *,
        owes: int = 2,
        due_on: date | None = None,
        trained: bool = True,
        on_list: bool = True,
        volunteer_since: date | None = None,
        **given: Any,
    ) -> uuid.UUID:
        """Somebody who may be drawn; owing nothing and no volunteer, they may not."""
        person_id = self.person(name, **given)
        if trained:
            self.train(person_id)
        set_jury_list(
            self.session,
            person_id=person_id,
            on_list=on_list,
            volunteer_since=volunteer_since,
            **self.hand,
        )
        if owes:
            self.owes(person_id, owes, due_on=due_on or DUE_ON)
        return person_id

    def jurors(self, count: int, **given: Any) -> list[uuid.UUID]:
        return [self.juror(f"Juror {number}", **given) for number in range(count)]

    def planned(
        self,
        on: date = SATURDAY,
        *,
        rooms: int = 1,
        kind: CourtSessionKind = CourtSessionKind.HEARING,
        starts_at: time = time(9, 30),
        ends_at: time = time(12, 30),
        **numbers: Any,
    ) -> CourtSession:
        """A session to come, in rooms of its own."""
        plans = []
        for _ in range(rooms):
            self.made += 1
            room = hearings.add_room(
                self.session, name=f"Room {self.made}", address="1 Oak Street", **self.hand
            )
            values = {**NUMBERS, "max_first_hearings": 6, "max_return_hearings": 6, **numbers}
            plans.append(SittingPlan(room_id=room.id, model=SittingModel.PEER_JURY, **values))
        return hearings.plan_session(
            self.session,
            kind=kind,
            held_on=on,
            starts_at=starts_at,
            ends_at=ends_at,
            rooms=plans,
            **self.hand,
        )

    def sittings(self, evening: CourtSession) -> list[Sitting]:
        query = (
            select(Sitting)
            .join(Room, Room.id == Sitting.room_id)
            .where(Sitting.session_id == evening.id, Sitting.removed_at.is_(None))
            .order_by(Room.name)
        )
        return list(self.session.scalars(query))

    def docket(
        self, sitting: Sitting, person_id: uuid.UUID | None = None, *, incident: str | None = None
    ) -> Hearing:
        """A first hearing of a new case on the docket of a room."""
        self.made += 1
        case = open_case(
            self.session,
            person_id=person_id or self.person("Respondent"),
            referred_on=date(2026, 1, 20),
            incident_on=date(2026, 1, 10),
            incident_reference=incident or f"INC-D{self.made}",
            agency_id=None,
            **self.hand,
        )
        case.state = CaseState.DOCKETED
        hearing = Hearing(
            case_id=case.id,
            kind=HearingKind.FIRST,
            state=HearingState.DOCKETED,
            sitting_id=sitting.id,
            position=self.made,
            waiting_since=date(2026, 2, 1),
        )
        self.session.add(hearing)
        self.session.flush()
        return hearing

    def respondent(self, hearing: Hearing) -> uuid.UUID:
        return self.session.get_one(Case, hearing.case_id).person_id

    # The draw ------------------------------------------------------------------------------

    def draw(self, evening: CourtSession, seed: int = 7, **given: Any) -> StoredDraw:
        values = {**self.hand, **given}
        drawn = services.draw_session(
            self.session, session_id=evening.id, seed=seed, now=values["now"]
        )
        return services.store_draw(self.session, drawn=drawn, **values)

    def accept(self, stored: StoredDraw, **given: Any) -> services.Accepted:
        return services.accept_draw(
            self.session,
            session_id=stored.session_id,
            draw_id=stored.id,
            **{**self.hand, **given},
        )

    def publish(self, evening: CourtSession, **given: Any) -> services.Published:
        return services.publish_session(
            self.session, session_id=evening.id, **{**self.hand, **given}
        )

    def seat(self, sitting: Sitting, person_id: uuid.UUID, **given: Any) -> Seat:
        return services.seat_person(
            self.session,
            session_id=sitting.session_id,
            sitting_id=sitting.id,
            person_id=person_id,
            **{**self.hand, **given},
        )

    def release(self, seat: Seat, reason: Any, **given: Any) -> services.Told:
        return services.release_seat(
            self.session,
            session_id=seat.session_id,
            seat_id=seat.id,
            reason=reason,
            **{**self.hand, **given},
        )

    def seats(self, evening: CourtSession, role: SeatRole = SeatRole.JUROR) -> list[Seat]:
        """The live seats of a session."""
        query = (
            select(Seat)
            .where(Seat.session_id == evening.id, Seat.role == role, Seat.state.in_(LIVE))
            .order_by(Seat.sitting_id, Seat.position)
        )
        return list(self.session.scalars(query))

    def seated(self, evening: CourtSession) -> set[uuid.UUID]:
        return {seat.person_id for seat in self.seats(evening)}

    def rows(self, model: type[Any], **where: Any) -> list[Any]:
        """Every row of a table with these values."""
        return list(self.session.scalars(select(model).filter_by(**where)))

    # Around them ---------------------------------------------------------------------------

    def adult(self, person_id: uuid.UUID, name: str = "María", **given: Any) -> uuid.UUID:
        entry = AdultEntry(name=name, relation=Relation.MOTHER, **given)
        return add_adult(self.session, person_id=person_id, entry=entry, **self.hand).id

    def notices(self) -> list[Notice]:
        return list(self.session.scalars(select(Notice).order_by(Notice.once_key)))

    def jury_rules(self, **jury: Any) -> None:
        """Let other rules for juries be in force from now on."""
        document = preset("dc-time-dollar").model_dump(mode="json")
        document["jury"] |= jury
        store_policy(
            self.session,
            policy=Policy.model_validate(document),
            in_force_from=date(2026, 3, 4),
            **self.hand,
        )


@pytest.fixture
def bench(session: Session, court: SmallCourt) -> JuryBench:
    """The jury of the court on each database in turn."""
    return JuryBench(session=session, court=court)


__all__ = ["LATER", "NOW", "SATURDAY", "JuryBench"]
