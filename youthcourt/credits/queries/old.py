"""Reading the ledger: balances, statements, and everything that could be wrong with it."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from youthcourt.accounts.queries import staff_names
from youthcourt.courts.queries import policy_numbered, policy_versions
from youthcourt.credits import domain
from youthcourt.credits.domain import AccountKind, Problem, ProblemCode, Rounding, TransferKind
from youthcourt.credits.models import Account, Transfer
from youthcourt.credits.ports import earned_services, problems_above
from youthcourt.people.models import Person
from youthcourt.people.queries import ids_of_person

_NO_FLOOR = -(10**9)


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

    What was reversed is in neither ``earned`` nor ``given`` nor ``spent``.
    """

    person_id: uuid.UUID
    lines: tuple[StatementLine, ...]
    balance: int
    earned: int
    given: int
    spent: int


def account_ids_of(session: Session, person_id: uuid.UUID) -> tuple[uuid.UUID, ...]:
    """Return the accounts that are one purse: a person's and those merged into them, by key."""
    owners = ids_of_person(session, person_id)
    query = select(Account.id).where(Account.person_id.in_(owners)).order_by(Account.id)
    return tuple(session.scalars(query))


def purse_balance(session: Session, account_ids: Collection[uuid.UUID]) -> int:
    """Return the minutes on these accounts together."""
    total = func.sum(
        case((Transfer.to_account_id.in_(account_ids), Transfer.minutes), else_=0)
        - case((Transfer.from_account_id.in_(account_ids), Transfer.minutes), else_=0)
    )
    touches = or_(
        Transfer.to_account_id.in_(account_ids), Transfer.from_account_id.in_(account_ids)
    )
    return session.scalar(select(func.coalesce(total, 0)).where(touches)) or 0


def balance_of(session: Session, *, person_id: uuid.UUID) -> int:
    """Return a person's balance in minutes; nothing is stored that could differ from the sum."""
    return purse_balance(session, account_ids_of(session, person_id))


def balances(
    session: Session, *, person_ids: Collection[uuid.UUID] | None = None
) -> dict[uuid.UUID, int]:
    """Return the balances of these persons, or of everybody with an account, in minutes."""
    present = _present_ids(session)
    rows = session.execute(
        select(
            Account.person_id,
            func.sum(
                case((Transfer.to_account_id == Account.id, Transfer.minutes), else_=0)
                - case((Transfer.from_account_id == Account.id, Transfer.minutes), else_=0)
            ),
        )
        .join(
            Transfer,
            or_(Transfer.to_account_id == Account.id, Transfer.from_account_id == Account.id),
        )
        .where(Account.person_id.is_not(None), *_of(present, person_ids))
        .group_by(Account.person_id)
    )
    found: dict[uuid.UUID, int] = dict.fromkeys(person_ids or (), 0)
    for person_id, minutes in rows:
        if person_id is not None:
            owner = present.get(person_id, person_id)
            found[owner] = found.get(owner, 0) + minutes
    return found


def _of(
    present: Mapping[uuid.UUID, uuid.UUID], person_ids: Collection[uuid.UUID] | None
) -> tuple[ColumnElement[bool], ...]:
    if person_ids is None:
        return ()
    wanted = {*person_ids, *(gone for gone, stays in present.items() if stays in set(person_ids))}
    return (Account.person_id.in_(wanted),)


def _present_ids(session: Session) -> dict[uuid.UUID, uuid.UUID]:
    """Return for everybody who was merged into another the person they are now."""
    rows = session.execute(
        select(Person.id, Person.merged_into_id).where(Person.merged_into_id.is_not(None))
    )
    into = {row.id: row.merged_into_id for row in rows}
    present = {}
    for gone in into:
        at = gone
        while at in into:
            at = into[at]
        present[gone] = at
    return present


def rule_text(rounding: Rounding, served: int) -> str:
    """Return the rule of a line as it is stored with its transfer."""
    return f"{rounding.value}:{served}"


def _read_rule(text: str | None) -> tuple[Rounding | None, int | None]:
    name, _colon, served = (text or "").partition(":")
    if name not in set(Rounding):
        return None, None
    return Rounding(name), int(served) if served.isdigit() else None


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
        goes_out = transfer.from_account_id in own
        minutes = transfer.minutes * (comes_in - goes_out)
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

    def of(*kinds: TransferKind) -> int:
        return sum(line.minutes for line in standing if line.kind in kinds)

    return Statement(
        person_id=person_id,
        lines=lines,
        balance=balance,
        earned=of(TransferKind.EARNED),
        given=-sum(
            line.minutes
            for line in standing
            if line.minutes < 0 and line.kind in {TransferKind.GIVEN, TransferKind.POT_GIFT}
        ),
        spent=-of(TransferKind.REWARD_RESERVED, TransferKind.RETURNED),
    )


# --- Whether everything is as it must be ---------------------------------------------------------


def verify_credits(session: Session) -> tuple[Problem, ...]:
    """Recompute the whole ledger of the session's court and return every problem.

    Besides the transfers this holds all confirmed service against them and asks the features
    above what is wrong with the rows the ledger rests on.
    """
    accounts = tuple(session.scalars(select(Account).order_by(Account.id)))
    purses = _purses(accounts, _present_ids(session))
    floor = _lowest_floor(session)
    known = [
        domain.Account(
            id=row.id,
            court_id=row.court_id,
            kind=row.kind,
            # What is missing on one account of a purse may lie on the other.
            floor=_NO_FLOOR if row.id in purses else floor,
        )
        for row in accounts
    ]
    transfers = [_in_purses(transfer, purses) for transfer in _posted(session)]
    found = domain.verify(transfers, known, _earnings(session, accounts, purses))
    return (*found, *problems_above(session))


def _posted(session: Session) -> list[domain.Transfer]:
    """Return every transfer in the order of posting; of one act, what came in goes first."""
    rows = session.execute(
        select(
            Transfer.id,
            Transfer.court_id,
            Transfer.from_account_id,
            Transfer.to_account_id,
            Transfer.minutes,
            Transfer.kind,
            Transfer.happened_on,
            Transfer.source_key,
            Transfer.reverses_id,
        ).order_by(Transfer.posted_at, Transfer.kind != TransferKind.EARNED, Transfer.id)
    )
    return [
        domain.Transfer(
            id=row.id,
            court_id=row.court_id,
            from_account=row.from_account_id,
            to_account=row.to_account_id,
            minutes=row.minutes,
            kind=row.kind,
            happened_on=row.happened_on,
            source_key=row.source_key,
            reverses=row.reverses_id,
        )
        for row in rows
    ]


def _purses(
    accounts: Iterable[Account], present: Mapping[uuid.UUID, uuid.UUID]
) -> dict[uuid.UUID, uuid.UUID]:
    """Return for each account of somebody merged the account that now stands for both."""
    own = {row.person_id: row.id for row in accounts if row.person_id is not None}
    return {
        own[gone]: own[stays] for gone, stays in present.items() if gone in own and stays in own
    }


def _in_purses(transfer: domain.Transfer, purses: Mapping[uuid.UUID, uuid.UUID]) -> domain.Transfer:
    """Return the transfer between purses; one inside a single purse stays as it was posted."""
    source = purses.get(transfer.from_account, transfer.from_account)
    target = purses.get(transfer.to_account, transfer.to_account)
    if source == target:
        return transfer
    return replace(transfer, from_account=source, to_account=target)


def _earnings(
    session: Session, accounts: Sequence[Account], purses: Mapping[uuid.UUID, uuid.UUID]
) -> list[domain.EarningService]:
    own = {row.person_id: row.id for row in accounts if row.person_id is not None}
    found = []
    for item in earned_services(session):
        # Whoever has no account has earned nothing: no transfer can be found for them.
        account_id = own.get(item.person_id, item.id)
        found.append(
            domain.EarningService(
                id=item.id,
                account_id=purses.get(account_id, account_id),
                minutes=item.minutes,
            )
        )
    return found


def _lowest_floor(session: Session) -> int:
    """Return the lowest floor any version of the policy ever had.

    A version that raises the floor makes nobody's earlier gift wrong.
    """
    return min(
        (
            policy_numbered(session, version.number).policy.credits.floor_minutes
            for version in policy_versions(session)
        ),
        default=0,
    )


__all__ = [
    "Problem",
    "ProblemCode",
    "Statement",
    "StatementLine",
    "account_ids_of",
    "balance_of",
    "balances",
    "purse_balance",
    "rule_text",
    "statement_of",
    "verify_credits",
]
