"""Policies as files: read from TOML or JSON."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

from youthcourt.courts.domain.policy import Policy
from youthcourt.courts.domain.problems import read_policy
from youthcourt.errors import CourtRuleBroken


def read_document(source: Path | str | bytes) -> dict[str, Any]:
    """Return the settings in a file (a path) or in its content (bytes): TOML, or a JSON object.

    Nothing is checked but the writing.  Raises ``CourtRuleBroken`` with code
    ``policy_unreadable`` and the ``reason``, and ``OSError`` for a file that cannot be opened.
    """
    content = source if isinstance(source, bytes) else Path(source).read_bytes()
    try:
        text = content.decode("utf-8-sig")
        # A TOML file cannot begin with a brace.
        if text.lstrip().startswith("{"):
            return dict(json.loads(text))
        return tomllib.loads(text.replace("\r\n", "\n"))
    except (ValueError, RecursionError) as error:
        raise CourtRuleBroken("policy_unreadable", reason=str(error)) from error


def load_policy(source: Path | str | bytes) -> Policy:
    """Return the policy in a file (a path) or in its content (bytes), of any schema version.

    Raises ``CourtRuleBroken``: ``policy_unreadable``, ``policy_version_unknown`` or
    ``policy_invalid``.
    """
    return read_policy(read_document(source))
