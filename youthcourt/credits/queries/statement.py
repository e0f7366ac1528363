"""A person's statement: every line with how it came about, and its sums."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased

from youthcourt.accounts.queries import staff_names
from youthcourt.credits.domain import AccountKind, Rounding, TransferKind
from youthcourt.credits.models import Account, Transfer
from youthcourt.credits.queries.balances import account_ids_of
from youthcourt.errors import NotFound


@dataclass(frozen=True, kw_only=True, slots=True)
class StatementLine:
    """One transfer as its owner reads it.

    ``minutes`` is positive when it came in; ``balance`` is the balance after it.  ``served`` and
    ``rounding`` say how service became credits.  ``other`` is whose account the other one is.
    """

    id: uuid.UUID
    happened_on: date
    posted_at: datetime
    posted_by: str
    kind: TransferKind
    minutes: int
    balance: int
    served: int | None
    rounding: Rounding | None
    reason: str | None
    other: AccountKind
    source_key: str
    reverses_id: uuid.UUID | None
    is_reversed: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Statement:
    """A person's account with every line, the oldest first; all sums in minutes.

    ``balance = earned + received + opening - given - spent``: what was reversed is in none of
    them, and what went from one account of the person to another is no line.
    """

    person_id: uuid.UUID
    lines: tuple[StatementLine, ...]
    balance: int
    earned: int
    received: int
    opening: int
    given: int
    spent: int

    def latest(self, count: int) -> tuple[StatementLine, ...]:
        """Return the last lines, the newest first."""
        return self.lines[::-1][:count]


def rule_text(rounding: Rounding, served: int) -> str:
    """Return the rule of a line as it is stored with its transfer."""
    return f"{rounding.value}:{served}"


def _read_rule(text: str | None) -> tuple[Rounding | None, int | None]:
    name, _colon, served = (text or "").partition(":")
    if name not in set(Rounding):
        return None, None
    return Rounding(name), int(served) if served.isdigit() else None


def is_posted(session: Session, source_key: str) -> bool:
    """Return whether a transfer stands in the ledger under a source key, reversed or not."""
    found = session.scalar(select(Transfer.id).where(Transfer.source_key == source_key))
    return found is not None


def check_transfer_known(session: Session, transfer_id: uuid.UUID) -> None:
    """Raise ``NotFound`` unless the session's court has this transfer."""
    if session.scalar(select(Transfer.id).where(Transfer.id == transfer_id)) is None:
        raise NotFound


def statement_of(session: Session, *, person_id: uuid.UUID) -> Statement:
    """Return a person's statement; the last line's balance is the balance everywhere."""
    own = set(account_ids_of(session, person_id))
    source, target = aliased(Account), aliased(Account)
    rows = session.execute(
        select(Transfer, source.kind, target.kind)
        .join(source, source.id == Transfer.from_account_id)
        .join(target, target.id == Transfer.to_account_id)
        .where(or_(Transfer.to_account_id.in_(own), Transfer.from_account_id.in_(own)))
        .order_by(Transfer.posted_at, Transfer.reverses_id.is_not(None), Transfer.id)
    ).all()
    names = staff_names(session, {row[0].posted_by for row in rows})
    undone = {row[0].reverses_id for row in rows if row[0].reverses_id}
    lines: list[StatementLine] = []
    balance = 0
    for transfer, from_kind, to_kind in rows:
        comes_in = transfer.to_account_id in own
        if comes_in and transfer.from_account_id in own:
            continue
        minutes = transfer.minutes if comes_in else -transfer.minutes
        balance += minutes
        rounding, served = _read_rule(transfer.rule)
        lines.append(
            StatementLine(
                id=transfer.id,
                happened_on=transfer.happened_on,
                posted_at=transfer.posted_at,
                posted_by=names.get(transfer.posted_by, "") if transfer.posted_by else "",
                kind=transfer.kind,
                minutes=minutes,
                balance=balance,
                served=served,
                rounding=rounding,
                reason=transfer.reason,
                other=from_kind if comes_in else to_kind,
                source_key=transfer.source_key,
                reverses_id=transfer.reverses_id,
                is_reversed=transfer.id in undone,
            )
        )
    return _summed(person_id, tuple(lines), balance)


def _summed(person_id: uuid.UUID, lines: tuple[StatementLine, ...], balance: int) -> Statement:
    standing = [line for line in lines if line.reverses_id is None and not line.is_reversed]

    def came_in(*kinds: TransferKind) -> int:
        return sum(line.minutes for line in standing if line.minutes > 0 and line.kind in kinds)

    def went_out(*kinds: TransferKind) -> int:
        return -sum(line.minutes for line in standing if line.minutes < 0 and line.kind in kinds)

    gifts = (TransferKind.GIVEN, TransferKind.POT_GIFT)
    return Statement(
        person_id=person_id,
        lines=lines,
        balance=balance,
        earned=came_in(TransferKind.EARNED),
        received=came_in(*gifts),
        opening=came_in(TransferKind.OPENING) - went_out(TransferKind.OPENING),
        given=went_out(*gifts),
        spent=went_out(TransferKind.REWARD_RESERVED) - came_in(TransferKind.RETURNED),
    )
