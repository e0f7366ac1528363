"""Everything that could be wrong with the ledger, recomputed from its rows."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from youthcourt.courts.queries import policy_numbered, policy_versions
from youthcourt.credits import domain
from youthcourt.credits.domain import Problem, TransferKind
from youthcourt.credits.models import Account, Transfer
from youthcourt.credits.ports import EarnedService, earned_services, problems_above
from youthcourt.credits.queries.balances import present_ids
from youthcourt.people.domain import PersonName
from youthcourt.people.queries import person_names

_NO_FLOOR = -(10**9)


@dataclass(frozen=True, kw_only=True, slots=True)
class ProblemLine:
    """A problem with whose it is; ``person_id`` is who they are now."""

    problem: Problem
    person_id: uuid.UUID | None
    name: PersonName | None


def problem_lines(session: Session) -> tuple[ProblemLine, ...]:
    """Return every problem of the ledger with the person to look at."""
    problems = verify_credits(session)
    if not problems:
        return ()
    present = present_ids(session)
    owners = [p.person_id and present.get(p.person_id, p.person_id) for p in problems]
    names = person_names(session, [owner for owner in owners if owner is not None])
    return tuple(
        ProblemLine(problem=problem, person_id=owner, name=names.get(owner) if owner else None)
        for problem, owner in zip(problems, owners, strict=True)
    )


def verify_credits(session: Session) -> tuple[Problem, ...]:
    """Recompute the whole ledger of the session's court and return every problem.

    Besides the transfers this holds all confirmed service against them and asks the features
    above what is wrong with the rows the ledger rests on.
    """
    found = _verify(session)
    if not found:
        return ()
    # Somebody may have posted between two of the statements: what is wrong is wrong twice.
    again = set(_verify(session))
    return tuple(problem for problem in found if problem in again)


def _verify(session: Session) -> tuple[Problem, ...]:
    accounts = tuple(session.scalars(select(Account).order_by(Account.id)))
    purses = _purses(accounts, present_ids(session))
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
    earned = earned_services(session)
    found = domain.verify(transfers, known, _earnings(earned, accounts, purses))
    owners = _owners(accounts, transfers, earned)
    return (
        *(replace(problem, person_id=_owner(problem, owners)) for problem in found),
        *problems_above(session),
    )


def _owners(
    accounts: Iterable[Account],
    transfers: Iterable[domain.Transfer],
    earned: Iterable[EarnedService],
) -> dict[uuid.UUID, uuid.UUID]:
    """Return whose each account, transfer and piece of service is."""
    owners = {row.id: row.person_id for row in accounts if row.person_id is not None}
    for transfer in transfers:
        owner = owners.get(transfer.to_account) or owners.get(transfer.from_account)
        if owner is not None:
            owners[transfer.id] = owner
    return owners | {item.id: item.person_id for item in earned}


def _owner(problem: Problem, owners: Mapping[uuid.UUID, uuid.UUID]) -> uuid.UUID | None:
    return next((owners[row] for row in problem.rows if row in owners), None)


def _posted(session: Session) -> list[domain.Transfer]:
    """Return every transfer in the order of posting.

    Of one instant what came in goes first and what took it back last: nobody is told to have
    given what they did not have for an order that nobody knows.
    """
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
            Transfer.posted_at,
        )
    ).all()
    earned = {row.id for row in rows if row.kind is TransferKind.EARNED}

    def place(row: Any) -> tuple[datetime, int, uuid.UUID]:
        if row.reverses_id is not None:
            return row.posted_at, 3 if row.reverses_id in earned else 1, row.id
        return row.posted_at, 0 if row.id in earned else 2, row.id

    return [as_domain(row) for row in sorted(rows, key=place)]


def as_domain(row: Any) -> domain.Transfer:
    """Return a stored transfer, a model or the same columns, as the rules know it."""
    return domain.Transfer(
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
    earned: Iterable[EarnedService],
    accounts: Sequence[Account],
    purses: Mapping[uuid.UUID, uuid.UUID],
) -> list[domain.EarningService]:
    own = {row.person_id: row.id for row in accounts if row.person_id is not None}
    found = []
    for item in earned:
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
