"""What a merge remembers, so that it can be undone to the letter."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Table

from youthcourt.db import decrypted, encrypted

Values = dict[str, Any]


def plain(values: Mapping[str, Any]) -> Values:
    """Return column values as they go into JSON."""
    return {name: _plain(value) for name, value in values.items()}


def restored(table: Table, values: Mapping[str, Any]) -> Values:
    """Return column values again as the model holds them."""
    return {name: _typed(table, name, value) for name, value in values.items()}


def sealed(values: Mapping[str, Any]) -> str:
    """Return values that tell of a person as one encrypted word."""
    return encrypted(json.dumps(values, sort_keys=True).encode()).decode()


def unsealed(word: str) -> Values:
    """Return the values again."""
    values: Values = json.loads(decrypted(word.encode()))
    return values


def columns_of(row: object, names: Iterable[str]) -> Values:
    """Return these columns of a row."""
    return {name: getattr(row, name) for name in names}


def _plain(value: Any) -> Any:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, uuid.UUID):
        return str(value)
    if isinstance(value, date):  # a datetime is one too
        return value.isoformat()
    return value


def _typed(table: Table, name: str, value: Any) -> Any:
    if value is None:
        return None
    column = table.c[name].type
    enum = getattr(column, "enum_class", None)
    if enum is not None:
        return enum(value)
    kind = column.python_type
    if kind is uuid.UUID:
        return uuid.UUID(value)
    if kind in (date, datetime):
        return kind.fromisoformat(value)
    return value
