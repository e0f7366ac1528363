"""Everything that must be true of the ledger, seen from its rows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from youthcourt.credits.domain.kinds import TransferKind
from youthcourt.credits.domain.transfers import (
    Account,
    Transfer,
    below_floor,
    check_shape,
    earned_key,
)
from youthcourt.errors import CourtRuleBroken


class ProblemCode(StrEnum):
    """What can be wrong with the ledger."""

    WRONG_SHAPE = "wrong_shape"
    UNKNOWN_ACCOUNT = "unknown_account"
    SUM_NOT_ZERO = "sum_not_zero"
    KEY_TWICE = "key_twice"
    REVERSED_TWICE = "reversed_twice"
    REVERSAL_OF_REVERSAL = "reversal_of_reversal"
    REVERSAL_OF_NOTHING = "reversal_of_nothing"
    REVERSAL_DIFFERS = "reversal_differs"
    POSTED_BELOW_FLOOR = "posted_below_floor"
    BALANCE_BELOW_FLOOR = "balance_below_floor"
    SERVICE_WITHOUT_TRANSFER = "service_without_transfer"
    TRANSFER_WITHOUT_SERVICE = "transfer_without_service"
    EARNED_DIFFERS = "earned_differs"
    # Found by the features above, which know service and seats.
    PARTS_DIFFER = "parts_differ"
    SEATED_TWICE = "seated_twice"
    SEATS_ABOVE_CAPACITY = "seats_above_capacity"


@dataclass(frozen=True, kw_only=True, slots=True)
class EarningService:
    """A piece of confirmed service that earns: to whom and how many credited minutes."""

    id: UUID
    account_id: UUID
    minutes: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """One thing that is wrong, with the rows it concerns and, where it is known, whose they are."""

    code: ProblemCode
    rows: tuple[UUID, ...]
    params: tuple[tuple[str, str | int], ...] = ()
    person_id: UUID | None = None


def verify(
    transfers: Sequence[Transfer],
    accounts: Sequence[Account],
    services: Iterable[EarningService],
) -> list[Problem]:
    """Return every problem of one court's ledger; transfers in the order they were posted.

    ``services`` holds the service that is confirmed now and earns at least a minute; whatever
    was confirmed and reversed since must have its transfer reversed too.
    """
    by_id = {account.id: account for account in accounts}
    return [
        *_shapes(transfers, by_id),
        *_keys(transfers),
        *_reversals(transfers),
        *_floors(transfers, by_id),
        *_totals(transfers, accounts),
        *_services(transfers, services),
    ]


def _shapes(transfers: Sequence[Transfer], accounts: Mapping[UUID, Account]) -> Iterator[Problem]:
    for transfer in transfers:
        source = accounts.get(transfer.from_account)
        target = accounts.get(transfer.to_account)
        if source is None or target is None:
            yield Problem(code=ProblemCode.UNKNOWN_ACCOUNT, rows=(transfer.id,))
            continue
        try:
            check_shape(transfer, source, target)
        except CourtRuleBroken as broken:
            rule = (("rule", broken.code),)
            yield Problem(code=ProblemCode.WRONG_SHAPE, rows=(transfer.id,), params=rule)


def _keys(transfers: Sequence[Transfer]) -> Iterator[Problem]:
    rows: defaultdict[str, list[UUID]] = defaultdict(list)
    for transfer in transfers:
        rows[transfer.source_key].append(transfer.id)
    for found in rows.values():
        if len(found) > 1:
            yield Problem(code=ProblemCode.KEY_TWICE, rows=tuple(found))


def _reversals(transfers: Sequence[Transfer]) -> Iterator[Problem]:
    by_id = {transfer.id: transfer for transfer in transfers}
    seen: Counter[UUID] = Counter()
    for transfer in transfers:
        if transfer.reverses is None:
            continue
        original = by_id.get(transfer.reverses)
        seen[transfer.reverses] += 1
        if original is None:
            yield Problem(code=ProblemCode.REVERSAL_OF_NOTHING, rows=(transfer.id,))
            continue
        rows = (original.id, transfer.id)
        if original.reverses is not None:
            yield Problem(code=ProblemCode.REVERSAL_OF_REVERSAL, rows=rows)
        if seen[original.id] > 1:
            yield Problem(code=ProblemCode.REVERSED_TWICE, rows=rows)
        back = (transfer.to_account, transfer.from_account, transfer.minutes)
        if back != (original.from_account, original.to_account, original.minutes):
            yield Problem(code=ProblemCode.REVERSAL_DIFFERS, rows=rows)


def _floors(transfers: Sequence[Transfer], accounts: Mapping[UUID, Account]) -> Iterator[Problem]:
    sums: Counter[UUID] = Counter()
    free = {TransferKind.REVERSED, TransferKind.OPENING}
    for transfer in transfers:
        sums[transfer.from_account] -= transfer.minutes
        sums[transfer.to_account] += transfer.minutes
        source = accounts.get(transfer.from_account)
        if source is None or transfer.kind in free:
            continue
        if below_floor(source, sums[source.id]):
            yield Problem(code=ProblemCode.POSTED_BELOW_FLOOR, rows=(transfer.id, source.id))
    for account in accounts.values():
        if below_floor(account, sums[account.id]):
            minutes = (("balance", sums[account.id]), ("floor", account.floor))
            code = ProblemCode.BALANCE_BELOW_FLOOR
            yield Problem(code=code, rows=(account.id,), params=minutes)


def _totals(transfers: Sequence[Transfer], accounts: Sequence[Account]) -> Iterator[Problem]:
    known = {account.id for account in accounts}
    total = sum(
        t.minutes * ((t.to_account in known) - (t.from_account in known)) for t in transfers
    )
    if total:
        yield Problem(code=ProblemCode.SUM_NOT_ZERO, rows=(), params=(("sum", total),))


def _services(
    transfers: Sequence[Transfer], services: Iterable[EarningService]
) -> Iterator[Problem]:
    undone = {transfer.reverses for transfer in transfers if transfer.reverses is not None}
    earned = [transfer for transfer in transfers if transfer.kind is TransferKind.EARNED]
    standing = {t.source_key: t for t in earned if t.id not in undone}
    for service in services:
        transfer = standing.pop(earned_key(service.id), None)
        if transfer is None:
            yield Problem(code=ProblemCode.SERVICE_WITHOUT_TRANSFER, rows=(service.id,))
        elif (transfer.to_account, transfer.minutes) != (service.account_id, service.minutes):
            yield Problem(code=ProblemCode.EARNED_DIFFERS, rows=(service.id, transfer.id))
    for transfer in standing.values():
        yield Problem(code=ProblemCode.TRANSFER_WITHOUT_SERVICE, rows=(transfer.id,))
