"""Which rows change hands when two persons become one, and which cannot."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from youthcourt.audit.domain import Actor
from youthcourt.people.pointers import Pointer, Uniqueness, pointers_at_persons

# Whether A knows B is one fact, and nobody is noted as knowing themselves.
SET_ASIDE = frozenset({"acquaintances"})
# A draw number stands in stored draws: the number of either person goes on meaning them.
STAYS = frozenset({"draw_numbers"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Follower:
    """How a feature above joins two rows of which a person may have only one.

    ``join`` makes one of both (for example by moving a balance) and returns what it must
    remember, keys and codes only; ``part`` undoes it from that.  The row of the person who
    goes stays theirs.
    """

    table: str
    join: Callable[[Session, uuid.UUID, uuid.UUID, Actor, datetime], dict[str, str]]
    part: Callable[[Session, dict[str, str], Actor, datetime], None]


@dataclass(kw_only=True, slots=True)
class TableChange:
    """What happens to the rows of one table, by key."""

    pointer: Pointer
    moved: dict[str, list[uuid.UUID]] = field(default_factory=dict)
    set_aside: list[uuid.UUID] = field(default_factory=list)
    stays: list[uuid.UUID] = field(default_factory=list)
    joined: list[uuid.UUID] = field(default_factory=list)
    blocked: list[uuid.UUID] = field(default_factory=list)

    @property
    def table(self) -> str:
        """The table's name."""
        return self.pointer.table

    @property
    def moved_rows(self) -> int:
        """How many rows change hands."""
        return len({key for keys in self.moved.values() for key in keys})

    @property
    def touched(self) -> bool:
        """Whether the person who goes has any row here."""
        return bool(self.moved or self.set_aside or self.stays or self.joined or self.blocked)


_followers: dict[str, Follower] = {}


def add_follower(follower: Follower) -> None:
    """Plug in how rows of one table are joined; done by the application at start."""
    _followers[follower.table] = follower


def follower_of(table: str) -> Follower | None:
    """Return how a feature above joins rows of this table, if one said so."""
    return _followers.get(table)


def table_changes(
    session: Session, *, kept_id: uuid.UUID, other_id: uuid.UUID
) -> tuple[TableChange, ...]:
    """Return what would happen in every table that points at the person who goes."""
    changes = (
        _change(session, pointer, kept_id=kept_id, other_id=other_id)
        for pointer in pointers_at_persons()
    )
    return tuple(change for change in changes if change.touched)


def _change(
    session: Session, pointer: Pointer, *, kept_id: uuid.UUID, other_id: uuid.UUID
) -> TableChange:
    rows = _rows(session, pointer, (kept_id, other_id))
    leaving = [row for row in rows if any(row[c] == other_id for c in pointer.columns)]
    after = {
        row["id"]: {name: kept_id if row[name] == other_id else row[name] for name in row}
        for row in rows
    }
    crossing = {
        row["id"]
        for row in leaving
        if len(pointer.columns) > 1
        and len({after[row["id"]][name] for name in pointer.columns}) == 1
    }
    for rule in pointer.unique:
        among = _those_under(session, pointer, rule, [row["id"] for row in rows])
        crossing |= _colliding(rule, after, among)
    change = TableChange(pointer=pointer)
    moved: defaultdict[str, list[uuid.UUID]] = defaultdict(list)
    for row in leaving:
        if row["id"] in crossing or pointer.append_only:
            _place(change, row["id"])
            continue
        for name in pointer.columns:
            if row[name] == other_id:
                moved[name].append(row["id"])
    # Of two rows that collide, the one of the person who stays is left alone.
    change.moved = dict(moved)
    return change


def _place(change: TableChange, key: uuid.UUID) -> None:
    """Put a row that cannot change hands where its table wants it."""
    if change.pointer.append_only:
        change.blocked.append(key)
    elif change.table in SET_ASIDE:
        change.set_aside.append(key)
    elif change.table in STAYS:
        change.stays.append(key)
    elif change.table in _followers:
        change.joined.append(key)
    else:
        change.blocked.append(key)


def _rows(
    session: Session, pointer: Pointer, persons: tuple[uuid.UUID, uuid.UUID]
) -> list[dict[str, Any]]:
    model = pointer.model
    names = {"id", *pointer.columns}
    names |= {name for rule in pointer.unique for name in rule.columns}
    ordered = sorted(names)
    query = (
        select(*(getattr(model, name) for name in ordered))
        .where(or_(*(getattr(model, name).in_(persons) for name in pointer.columns)))
        .order_by(model.id)
    )
    return [dict(zip(ordered, row, strict=True)) for row in session.execute(query)]


def _those_under(
    session: Session, pointer: Pointer, rule: Uniqueness, keys: Sequence[uuid.UUID]
) -> set[uuid.UUID]:
    """Return the rows to which a unique index applies, by the index's own condition."""
    if rule.condition is None or not keys:
        return set(keys)
    model = pointer.model
    return set(session.scalars(select(model.id).where(model.id.in_(keys), rule.condition)))


def _colliding(
    rule: Uniqueness, after: dict[uuid.UUID, dict[str, Any]], among: Iterable[uuid.UUID]
) -> set[uuid.UUID]:
    """Return the rows that would be equal under a rule once they had changed hands."""
    groups: defaultdict[tuple[Any, ...], list[uuid.UUID]] = defaultdict(list)
    for key in among:
        value = tuple(after[key][name] for name in rule.columns)
        if None not in value:
            groups[value].append(key)
    return {key for keys in groups.values() if len(keys) > 1 for key in keys}
