"""Accounts, purses and balances; nothing is stored that could differ from the sum."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlalchemy.orm import Session

from youthcourt.credits.models import Account, Transfer
from youthcourt.people.models import Person
from youthcourt.people.queries import ids_of_person


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


@dataclass(frozen=True, kw_only=True, slots=True)
class PurseAccount:
    """One account of a purse: the number of the entry it was opened for, and its own balance."""

    number: str
    merged: bool
    balance: int


def purse_of(session: Session, *, person_id: uuid.UUID) -> tuple[PurseAccount, ...]:
    """Return the accounts that are read as one: more than one after two entries were merged."""
    owners = ids_of_person(session, person_id)
    rows = session.execute(
        select(Account.person_id, Person.number, Person.merged_into_id, _minutes_in())
        .join(Person, Person.id == Account.person_id)
        .outerjoin(
            Transfer,
            or_(Transfer.to_account_id == Account.id, Transfer.from_account_id == Account.id),
        )
        .where(Account.person_id.in_(owners))
        .group_by(Account.person_id, Person.number, Person.merged_into_id)
        .order_by(Person.merged_into_id.is_not(None), Person.number)
    )
    return tuple(
        PurseAccount(number=row.number, merged=row.merged_into_id is not None, balance=row[3] or 0)
        for row in rows
    )


def _minutes_in() -> ColumnElement[int]:
    """Return the balance of an account joined with its transfers."""
    return func.sum(
        case((Transfer.to_account_id == Account.id, Transfer.minutes), else_=0)
        - case((Transfer.from_account_id == Account.id, Transfer.minutes), else_=0)
    )


def balances(
    session: Session, *, person_ids: Collection[uuid.UUID] | None = None
) -> dict[uuid.UUID, int]:
    """Return the balances of these persons, or of everybody with an account, in minutes."""
    present = present_ids(session)
    rows = session.execute(
        select(Account.person_id, _minutes_in())
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


def present_ids(session: Session) -> dict[uuid.UUID, uuid.UUID]:
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
