"""A search that leaves no name in an address: what was typed travels encrypted."""

from __future__ import annotations

from flask import request

from youthcourt.db import decrypted, encrypted
from youthcourt.people.queries import Only

LONGEST = 100


def search_word(text: str) -> str | None:
    """Return what was typed as a word fit for an address that tells nobody anything."""
    return encrypted(text[:LONGEST].encode()).decode() if text.strip() else None


def typed_search() -> str:
    """Return what was searched for on this page, empty when nothing was."""
    word = request.args.get("find", "")
    if not word:
        return ""
    try:
        return decrypted(word.encode()).decode()[:LONGEST]
    except RuntimeError:
        return ""


def filter_wanted() -> Only | None:
    """Return which people the list is narrowed down to."""
    try:
        return Only(request.args.get("only", ""))
    except ValueError:
        return None
