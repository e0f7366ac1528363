"""What a merge remembers, so that it can be undone to the letter."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Enum, Table

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
    """Return a value JSON can hold; what JSON has no kind for is a pair of its kind and text."""
    if isinstance(value, StrEnum):
        return ["choice", value.value]
    if isinstance(value, uuid.UUID):
        return ["key", str(value)]
    if isinstance(value, datetime):
        return ["instant", value.isoformat()]
    if isinstance(value, date):
        return ["day", value.isoformat()]
    return value


def _typed(table: Table, name: str, value: Any) -> Any:
    if not isinstance(value, list):
        return value
    kind, text = value
    if kind == "choice":
        column = table.c[name].type
        return column.enum_class(text) if isinstance(column, Enum) and column.enum_class else text
    return _READERS[kind](text)


_READERS: dict[str, Callable[[str], Any]] = {
    "key": uuid.UUID,
    "instant": datetime.fromisoformat,
    "day": date.fromisoformat,
}
