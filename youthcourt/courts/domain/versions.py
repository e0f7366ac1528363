"""Versions of the policy schema: every document ever stored can be read for ever."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any

from youthcourt.errors import CourtRuleBroken

SCHEMA_VERSION = 1

# The step from version n to n + 1 stands under n; it may change the copy it is given.
_STEPS: Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}


def upgrade(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return a stored document as one of the present schema version; the given one is kept.

    Raises ``CourtRuleBroken`` for a version that is missing or that nobody has shipped yet.
    """
    version = document.get("schema_version")
    is_number = isinstance(version, int) and not isinstance(version, bool)
    if version is None or not is_number or not 1 <= version <= SCHEMA_VERSION:
        raise CourtRuleBroken(
            "policy_version_unknown", "schema_version", version=version, newest=SCHEMA_VERSION
        )
    current = deepcopy(dict(document))
    for number in range(version, SCHEMA_VERSION):
        current = _STEPS[number](current) | {"schema_version": number + 1}
    return current
