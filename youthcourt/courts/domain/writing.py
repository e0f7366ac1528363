"""Policies as files: written as TOML."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import time
from typing import Any

from youthcourt.courts.domain.policy import Policy

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _text(name)


def _text(value: str) -> str:
    # JSON escapes all that TOML wants escaped, except the delete character.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, time):
        return value.isoformat()
    if isinstance(value, Mapping):
        pairs = [f"{_key(name)} = {_value(inner)}" for name, inner in value.items()]
        return "{ " + ", ".join(pairs) + " }" if pairs else "{}"
    if isinstance(value, tuple):
        return "[" + ", ".join(map(_value, value)) + "]"
    return str(value)


def _is_rows(value: object) -> bool:
    return isinstance(value, tuple) and bool(value) and isinstance(value[0], Mapping)


def _lines(table: Mapping[str, Any]) -> Iterator[str]:
    for name, value in table.items():
        yield f"{_key(name)} = {_value(value)}"


def _parts(name: str, value: Any) -> Iterator[str]:
    for table in value if isinstance(value, tuple) else (value,):
        yield ""
        yield f"[[{name}]]" if isinstance(value, tuple) else f"[{name}]"
        yield from _lines(table)


def dump_policy(policy: Policy) -> str:
    """Return the policy as a TOML file that ``load_policy`` reads back as an equal policy.

    Settings that are left out (None) are not written.
    """
    document = policy.model_dump(exclude_none=True)
    parts = {n: v for n, v in document.items() if isinstance(v, Mapping) or _is_rows(v)}
    lines = list(_lines({n: v for n, v in document.items() if n not in parts}))
    for name, value in parts.items():
        lines += _parts(name, value)
    return "\n".join(lines) + "\n"
