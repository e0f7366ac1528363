"""Transfers between accounts: what may be posted, how it is undone, what it sums to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from youthcourt.credits.domain.kinds import AccountKind, TransferKind
from youthcourt.errors import CourtRuleBroken


@dataclass(frozen=True, kw_only=True, slots=True)
class Account:
    """Somebody's account in one court; ``floor`` is the lowest balance.

    The pool issues credits and has no floor.
    """

    id: UUID
    court_id: UUID
    kind: AccountKind
    floor: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Transfer:
    """Minutes from one account to another: balanced because it is one row.

    ``source_key`` is the same for the same act, however often it is sent.
    """

    id: UUID
    court_id: UUID
    from_account: UUID
    to_account: UUID
    minutes: int
    kind: TransferKind
    happened_on: date
    source_key: str
    reverses: UUID | None = None


WAYS: dict[TransferKind, frozenset[tuple[AccountKind, AccountKind]]] = {
    TransferKind.EARNED: frozenset({(AccountKind.POOL, AccountKind.PERSON)}),
    TransferKind.GIVEN: frozenset(
        {(AccountKind.PERSON, AccountKind.PERSON), (AccountKind.POT, AccountKind.PERSON)}
    ),
    TransferKind.POT_GIFT: frozenset({(AccountKind.PERSON, AccountKind.POT)}),
    TransferKind.REWARD_RESERVED: frozenset({(AccountKind.PERSON, AccountKind.REWARDS)}),
    TransferKind.RETURNED: frozenset({(AccountKind.REWARDS, AccountKind.PERSON)}),
    TransferKind.OPENING: frozenset(
        {(AccountKind.POOL, AccountKind.PERSON), (AccountKind.PERSON, AccountKind.POOL)}
    ),
}
"""Between which accounts each kind may go; a reversal goes back the way it came."""


def earned_key(service_id: UUID) -> str:
    """Return the source key of what a piece of service earned."""
    return f"service:{service_id}"


def reversal_key(transfer_id: UUID) -> str:
    """Return the source key of the one reversal a transfer can have."""
    return f"reversal:{transfer_id}"


def balance(transfers: Iterable[Transfer], account_id: UUID) -> int:
    """Return the minutes on an account: what came in less what went out."""
    total = 0
    for transfer in transfers:
        if transfer.to_account == account_id:
            total += transfer.minutes
        if transfer.from_account == account_id:
            total -= transfer.minutes
    return total


def below_floor(account: Account, minutes: int) -> bool:
    """Return whether a balance is lower than the account may go."""
    return account.kind is not AccountKind.POOL and minutes < account.floor


def check_shape(transfer: Transfer, source: Account, target: Account) -> None:
    """Raise ``CourtRuleBroken`` unless the row fits its accounts: amount, court, kind."""
    if transfer.minutes <= 0:
        raise CourtRuleBroken("minutes_not_positive", "minutes")
    if source.id == target.id:
        raise CourtRuleBroken("same_account", "to_account")
    if not (source.court_id == target.court_id == transfer.court_id):
        raise CourtRuleBroken("accounts_of_two_courts", "to_account")
    if (transfer.kind is TransferKind.REVERSED) != (transfer.reverses is not None):
        raise CourtRuleBroken("reversal_needs_its_transfer")
    ways = WAYS.get(transfer.kind)
    if ways is not None and (source.kind, target.kind) not in ways:
        raise CourtRuleBroken("transfer_not_between_these", kind=transfer.kind)


def may_run_short(transfer: Transfer, source: Account) -> bool:
    """Return whether a transfer asks that enough is there.

    The pool issues credits; reversals and opening balances may go below the floor.
    """
    exempt = {TransferKind.REVERSED, TransferKind.OPENING}
    return source.kind is not AccountKind.POOL and transfer.kind not in exempt


def check_transfer(
    transfer: Transfer, *, source: Account, target: Account, source_balance: int
) -> None:
    """Raise ``CourtRuleBroken`` unless the transfer may be posted now.

    ``source_balance`` is the sum under the lock; it counts only where the source may run short.
    """
    check_shape(transfer, source, target)
    if not may_run_short(transfer, source):
        return
    if below_floor(source, source_balance - transfer.minutes):
        available = max(0, source_balance - source.floor)
        raise CourtRuleBroken("balance_too_low", "minutes", available_minutes=available)


def reversal_of(transfer: Transfer, *, new_id: UUID, happened_on: date) -> Transfer:
    """Return the transfer that undoes this one; a reversal itself cannot be undone."""
    if transfer.kind is TransferKind.REVERSED:
        raise CourtRuleBroken("reversal_cannot_be_reversed")
    return Transfer(
        id=new_id,
        court_id=transfer.court_id,
        from_account=transfer.to_account,
        to_account=transfer.from_account,
        minutes=transfer.minutes,
        kind=TransferKind.REVERSED,
        happened_on=happened_on,
        source_key=reversal_key(transfer.id),
        reverses=transfer.id,
    )


def already_posted(earlier: Transfer | None, transfer: Transfer) -> bool:
    """Return whether the same act was posted before; another act under its key is refused."""
    if earlier is None or earlier.source_key != transfer.source_key:
        return False
    if _content(earlier) != _content(transfer):
        raise CourtRuleBroken("source_key_reused", source_key=transfer.source_key)
    return True


def _content(transfer: Transfer) -> tuple[object, ...]:
    return (
        transfer.court_id,
        transfer.from_account,
        transfer.to_account,
        transfer.minutes,
        transfer.kind,
        transfer.reverses,
    )
