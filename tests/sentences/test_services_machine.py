"""Any order of acts on service and credits leaves both ledgers true."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy.orm import Session

from tests.credits.giving import give, reserve
from tests.fixtures.app import NOW, TODAY, add_court
from tests.sentences.conftest import Bench
from youthcourt.courts.domain import SanctionKind, Unit
from youthcourt.credits.queries import balances, verify_credits
from youthcourt.db import db, set_court
from youthcourt.errors import CourtRuleBroken
from youthcourt.sentences import services
from youthcourt.sentences.domain import ServiceBasis, ServiceState
from youthcourt.sentences.models import Sanction, ServiceEvent, ServiceRecord
from youthcourt.sentences.queries import progress_of

DAYS = st.integers(0, 20).map(lambda back: TODAY - timedelta(days=back))
WHO = st.integers(0, 1)
AMOUNTS = st.integers(1, 120)
DECISIONS = ("reverse", "confirm", "correct", "reverse", "deny", "bring_back", "reverse")
JURY, SITE = SanctionKind.JURY, SanctionKind.COMMUNITY_SERVICE
LEDGER_FAULTS = {"posted_below_floor", "balance_below_floor"}


@dataclass
class Piece:
    """What the model knows of a piece of service; put right, it has another key."""

    key: uuid.UUID
    source_key: str


class BothLedgers(RuleBasedStateMachine):
    """Two people, each with sessions and hours to serve; acts in any order, some sent again."""

    pieces = Bundle("pieces")

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        court = add_court(session, name=f"Elm{uuid.uuid4().hex[:8]} Street")
        set_court(session, court.id)
        self.bench = Bench(session=session, court=court)
        self.spent = 0

    @initialize()
    def sentences(self) -> None:
        self.people = [self.bench.person(), self.bench.person()]
        self.owed: list[Sanction] = []
        for person_id in self.people:
            self.owed.append(self.bench.owes(person_id, 1))
            self.owed.append(self.bench.owes(person_id, 100, kind=SITE))

    @contextmanager
    def tried(self) -> Iterator[None]:
        """Undo what a refused act has begun, as a request does."""
        point = self.session.begin_nested()
        try:
            yield
            point.commit()
        except CourtRuleBroken:
            point.rollback()
            self.session.expire_all()

    @rule(
        target=pieces,
        who=WHO,
        first=DAYS,
        kind=st.sampled_from([JURY, JURY, SITE]),
        basis=st.sampled_from([ServiceBasis.ORDERED] * 3 + [ServiceBasis.VOLUNTARY]),
        confirmed=st.lists(st.sampled_from([True, True, False]), min_size=1, max_size=3),
    )
    def report(
        self,
        who: int,
        first: date,
        kind: SanctionKind,
        basis: ServiceBasis,
        confirmed: list[bool],
    ) -> Any:
        """Some evenings or mornings of work of one person, confirmed at once or later."""
        sessions, minutes = (1, 90) if kind is JURY else (0, 70)
        amounts: dict[str, Any] = {"sessions": sessions, "minutes": minutes, "basis": basis}
        found = []
        for back, at_once in enumerate(confirmed):
            day = first - timedelta(days=back)
            record = self.bench.report(self.people[who], day, kind=kind, **amounts)
            if at_once:
                self.bench.confirm(record)
            found.append(Piece(record.id, record.source_key))
        return multiple(*found)

    @rule(piece=pieces, act=st.sampled_from(DECISIONS), times=st.integers(1, 2))
    def decide(self, piece: Piece, act: str, times: int) -> None:
        """What the office says of one piece, sometimes sent twice."""
        for _time in range(times):
            given = {"service_id": piece.key, **self.bench.hand}
            with self.tried():
                match act:
                    case "confirm":
                        services.confirm_service(self.session, **given)
                    case "deny":
                        services.deny_service(self.session, reason="not_signed", **given)
                    case "bring_back":
                        services.bring_back_service(self.session, reason="other", **given)
                    case "reverse":
                        services.reverse_service(self.session, reason="wrong_time", **given)
                    case "correct":
                        self.correct(piece, given)

    def correct(self, piece: Piece, given: dict[str, Any]) -> None:
        minutes = 30 + piece.key.int % 100
        new = services.correct_service(self.session, minutes=minutes, reason="wrong_time", **given)
        assert new.source_key == piece.source_key
        piece.key = new.id

    @rule(act=st.sampled_from(["waive", "adjust", "book", "spend", "give"]), amount=AMOUNTS)
    def change(self, act: str, amount: int) -> None:
        """Of the four obligations only the last is changed: the others show what counts."""
        given = {"sanction_id": self.owed[-1].id, "amount": amount, **self.bench.hand}
        who, other = self.people[amount % 2], self.people[1 - amount % 2]
        with self.tried():
            match act:
                case "waive":
                    services.waive_sanction(self.session, reason="good_work", **given)
                case "adjust":
                    services.adjust_sanction(self.session, reason="missed", **given)
                case "book":
                    self.bench.book(who, TODAY + timedelta(days=amount))
                case "give":
                    give(self.session, who, other, amount, **self.bench.hand)
                case "spend":
                    reserve(self.session, who, amount, **self.bench.hand)
                    self.spent += amount

    # What is always true ---------------------------------------------------------------------

    @invariant()
    def both_ledgers_are_true(self) -> None:
        everybody = progress_of(self.session, now=NOW)
        standing = self.standing()
        for person_id in self.people:
            alone = progress_of(self.session, person_ids=[person_id], now=NOW)[person_id]
            assert everybody[person_id] == alone
            for item in alone:
                parts = (item.confirmed, item.pending, item.booked, item.to_book)
                assert sum(parts) == item.required
                assert min(parts) >= 0
                if not item.changes:
                    # Whatever was taken back in between, no hour that could count lies idle.
                    served = [
                        row.sessions if item.unit is Unit.SESSIONS else row.minutes
                        for row in standing
                        if (row.person_id, row.kind) == (person_id, item.kind)
                        and row.params["meant"] == "ordered"
                    ]
                    assert item.confirmed == min(item.required, sum(served))
        earned = sum(row.minutes for row in standing if row.kind is JURY)
        held = balances(self.session, person_ids=self.people)
        assert sum(held.values()) == earned - self.spent
        assert {p.code for p in verify_credits(self.session)} <= LEDGER_FAULTS

    def standing(self) -> list[Any]:
        """Every confirmed piece with what was kept of its confirmation."""
        query = (
            sa.select(
                ServiceRecord.person_id,
                ServiceRecord.kind,
                ServiceRecord.sessions,
                ServiceRecord.minutes,
                ServiceEvent.params,
            )
            .join(ServiceEvent, ServiceEvent.service_id == ServiceRecord.id)
            .where(
                ServiceRecord.state == ServiceState.CONFIRMED,
                ServiceEvent.to_state == ServiceState.CONFIRMED,
            )
        )
        return list(self.session.execute(query))

    def teardown(self) -> None:
        self.session.rollback()


@pytest.fixture
def writing(sqlite_app: Flask) -> Iterator[Session]:
    """A writing session whose work is thrown away after each run."""
    with sqlite_app.app_context():
        engine = db.engine.execution_options(writer=True)
    session = db.session.session_factory()
    session.get_bind = lambda *_args, **_kwargs: engine  # type: ignore[method-assign]
    session.info["writer"] = True
    yield session
    session.close()


def test_both_ledgers_stay_true_in_any_order_of_acts(writing: Session) -> None:
    """Reported, confirmed, denied, taken back, put right, waived, spent: in any order."""
    quick = settings(max_examples=12, stateful_step_count=16)
    thorough = settings.get_current_profile_name() == "thorough"

    class Here(BothLedgers):
        def __init__(self) -> None:
            super().__init__(writing)

    run_state_machine_as_test(Here, settings=settings() if thorough else quick)
