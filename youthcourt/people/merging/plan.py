"""What merging two persons would do, shown before it is done."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from youthcourt.errors import CourtRuleBroken
from youthcourt.people.domain import FieldDifference, PersonName, merge_preview
from youthcourt.people.merging.rows import TableChange, table_changes
from youthcourt.people.models import Person, School
from youthcourt.people.queries.persons import live_person, name_of

# A choice on the page -> the columns that go together with it.
FIELDS: dict[str, tuple[str, ...]] = {
    "given_names": ("given_names",),
    "family_name": ("family_name",),
    "preferred_name": ("preferred_name",),
    "birth_date": ("birth_date",),
    "stated_age": ("stated_age", "stated_age_on"),
    "sex": ("sex",),
    "language": ("language",),
    "interpreter_needed": ("interpreter_needed",),
    "school": ("school_id",),
    "grade": ("grade",),
    "phone": ("phone",),
    "email": ("email",),
    "address": ("address",),
    "fact": ("fact_question", "fact_hash"),
    "jury_list": ("on_jury_list", "left_jury_on"),
    "volunteer_since": ("volunteer_since",),
    "service_learning_since": ("service_learning_since",),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Side:
    """One of the two persons."""

    id: uuid.UUID
    number: str
    name: PersonName
    birth_date: date | None
    version: int


@dataclass(frozen=True, kw_only=True, slots=True)
class TableCount:
    """How many rows of a table."""

    table: str
    rows: int


@dataclass(frozen=True, kw_only=True, slots=True)
class MergePlan:
    """Both persons, the fields that differ, and what happens to the rows of each table.

    ``blocked`` keeps the merge from being done at all; ``seen`` names the state this was
    computed from.
    """

    kept: Side
    other: Side
    differences: tuple[FieldDifference, ...]
    moved: tuple[TableCount, ...]
    set_aside: tuple[TableCount, ...]
    stays: tuple[TableCount, ...]
    joined: tuple[TableCount, ...]
    blocked: tuple[TableCount, ...]
    seen: str


def merge_plan(session: Session, *, kept_id: uuid.UUID, other_id: uuid.UUID) -> MergePlan:
    """Return what merging ``other`` into ``kept`` would do; nothing is changed."""
    kept, other = both_persons(session, kept_id=kept_id, other_id=other_id, lock=False)
    return plan_of(session, kept, other, table_changes(session, kept_id=kept_id, other_id=other_id))


def both_persons(
    session: Session, *, kept_id: uuid.UUID, other_id: uuid.UUID, lock: bool
) -> tuple[Person, Person]:
    """Return the two persons, locked in the order of their keys if asked."""
    if kept_id == other_id:
        raise CourtRuleBroken("same_person_twice")
    rows = {key: live_person(session, key, lock=lock) for key in sorted((kept_id, other_id))}
    return rows[kept_id], rows[other_id]


def plan_of(
    session: Session, kept: Person, other: Person, changes: Iterable[TableChange]
) -> MergePlan:
    """Return the plan for two loaded persons and what happens in the tables."""
    changes = tuple(changes)
    schools = _schools(session, kept, other)
    moved = _counts((change.table, change.moved_rows) for change in changes)
    rows = "+".join(f"{count.table}:{count.rows}" for count in moved)
    return MergePlan(
        kept=_side(kept),
        other=_side(other),
        differences=merge_preview(_shown(kept, schools), _shown(other, schools)).differences,
        moved=moved,
        set_aside=_counts((change.table, len(change.set_aside)) for change in changes),
        stays=_counts((change.table, len(change.stays)) for change in changes),
        joined=_counts((change.table, len(change.joined)) for change in changes),
        blocked=_counts((change.table, len(change.blocked)) for change in changes),
        seen=f"{kept.version_id}.{other.version_id}.{rows}",
    )


def _counts(pairs: Iterable[tuple[str, int]]) -> tuple[TableCount, ...]:
    return tuple(TableCount(table=table, rows=rows) for table, rows in pairs if rows)


def _side(person: Person) -> Side:
    return Side(
        id=person.id,
        number=person.number,
        name=name_of(person.given_names, person.family_name, person.preferred_name),
        birth_date=person.birth_date,
        version=person.version_id,
    )


def _shown(person: Person, schools: dict[uuid.UUID, str]) -> dict[str, object]:
    """Return each choice's value as it is compared and shown; a plain "no" counts as empty."""
    values: dict[str, object] = {name: getattr(person, FIELDS[name][0]) for name in FIELDS}
    values["school"] = schools.get(person.school_id) if person.school_id else None
    values["interpreter_needed"] = person.interpreter_needed or None
    values["jury_list"] = person.on_jury_list or None
    return values


def _schools(session: Session, *persons: Person) -> dict[uuid.UUID, str]:
    wanted = [person.school_id for person in persons if person.school_id]
    rows = session.execute(select(School.id, School.name).where(School.id.in_(wanted)))
    return {row.id: row.name for row in rows}
