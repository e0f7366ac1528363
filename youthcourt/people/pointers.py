"""Which tables point at persons, told by their foreign keys, so that none is ever forgotten."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Index, Table, UniqueConstraint

from youthcourt.db import Base

PERSONS = "persons"
# What speaks of the merging itself must go on naming both persons.
_OF_THE_MERGE = frozenset(
    {("persons", "merged_into_id"), ("person_merges", "kept_id"), ("person_merges", "merged_id")}
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Uniqueness:
    """Columns of which no two rows may agree, and for which rows (an SQL condition, or all)."""

    columns: tuple[str, ...]
    condition: Any = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Pointer:
    """A table with the columns that point at a person."""

    model: Any
    table: str
    columns: tuple[str, ...]
    unique: tuple[Uniqueness, ...]
    append_only: bool


def model_of(table: str) -> Any:
    """Return the mapped class of a table, for a feature above that cannot be imported."""
    for mapper in Base.registry.mappers:
        if isinstance(mapper.local_table, Table) and mapper.local_table.name == table:
            return mapper.class_
    raise LookupError(table)


def pointers_at_persons() -> tuple[Pointer, ...]:
    """Return every table that points at persons, by name."""
    found = []
    for mapper in Base.registry.mappers:
        table = mapper.local_table
        if not isinstance(table, Table):
            continue
        columns = _person_columns(table)
        if columns:
            found.append(
                Pointer(
                    model=mapper.class_,
                    table=table.name,
                    columns=columns,
                    unique=tuple(_uniqueness(table, columns)),
                    append_only=bool(table.info.get("append_only")),
                )
            )
    return tuple(sorted(found, key=lambda pointer: pointer.table))


def _person_columns(table: Table) -> tuple[str, ...]:
    names = {
        element.parent.name
        for constraint in table.foreign_key_constraints
        for element in constraint.elements
        if element.column.table.name == PERSONS and element.column.name == "id"
    }
    return tuple(sorted(n for n in names if (table.name, n) not in _OF_THE_MERGE))


def _uniqueness(table: Table, columns: tuple[str, ...]) -> list[Uniqueness]:
    rules = [
        Uniqueness(columns=tuple(column.name for column in rule.columns))
        for rule in table.constraints
        if isinstance(rule, UniqueConstraint)
    ]
    rules += [
        Uniqueness(
            columns=tuple(column.name for column in index.columns), condition=_condition(index)
        )
        for index in table.indexes
        if index.unique
    ]
    return [rule for rule in rules if set(rule.columns) & set(columns)]


def _condition(index: Index) -> Any:
    return index.dialect_options["sqlite"]["where"]
