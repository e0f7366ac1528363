"""Spending and giving, which no page offers yet: the ledger's own way of posting them."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy.orm import Session

from youthcourt.audit.domain import Actor
from youthcourt.credits.domain import AccountKind, TransferKind
from youthcourt.credits.models import Transfer
from youthcourt.credits.services import _post, account_of, own_account
from youthcourt.people.calendar import court_day


def transfer(
    session: Session,
    source: uuid.UUID,
    target: uuid.UUID,
    minutes: int,
    kind: TransferKind,
    *,
    key: str | None = None,
    on: date | None = None,
    actor: Actor,
    now: datetime,
) -> Transfer:
    """Post one transfer between two accounts, by the door every act goes through."""
    row = Transfer(
        id=uuid.uuid4(),
        court_id=session.info["court_id"],
        from_account_id=source,
        to_account_id=target,
        minutes=minutes,
        kind=kind,
        happened_on=on or court_day(session, now),
        source_key=key or f"test:{uuid.uuid4()}",
    )
    return _post(session, row, actor=actor, now=now)


def reserve(
    session: Session, person_id: uuid.UUID, minutes: int, *, actor: Actor, now: datetime
) -> Transfer:
    """Set a person's credits aside for a reward."""
    return transfer(
        session,
        account_of(session, person_id, now=now),
        own_account(session, AccountKind.REWARDS, now=now),
        minutes,
        TransferKind.REWARD_RESERVED,
        actor=actor,
        now=now,
    )


def give(
    session: Session,
    giver: uuid.UUID,
    taker: uuid.UUID,
    minutes: int,
    *,
    actor: Actor,
    now: datetime,
) -> Transfer:
    """Give credits from one person to another."""
    return transfer(
        session,
        account_of(session, giver, now=now),
        account_of(session, taker, now=now),
        minutes,
        TransferKind.GIVEN,
        actor=actor,
        now=now,
    )
