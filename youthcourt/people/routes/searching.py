"""A search that leaves no name in an address: what was typed travels encrypted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import request, url_for

from youthcourt.db import decrypted, encrypted
from youthcourt.people.queries import Only, PeoplePage

LONGEST = 100
LAST_PAGE = 10_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Pager:
    """What the pager of a list shows."""

    first: int
    last: int
    total: int
    previous_url: str | None
    next_url: str | None


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


def page_wanted() -> int:
    """Return the page of the list that was asked for."""
    wanted = request.args.get("page", 1, type=int)
    return min(max(wanted, 1), LAST_PAGE)


def filter_wanted() -> Only | None:
    """Return which people the list is narrowed down to."""
    try:
        return Only(request.args.get("only", ""))
    except ValueError:
        return None


def pager_of(page: PeoplePage, endpoint: str, **values: Any) -> Pager:
    """Return the neighbours of one page of a list."""
    kept = {name: value for name, value in values.items() if value}
    return Pager(
        first=page.first,
        last=page.last,
        total=page.total,
        previous_url=url_for(endpoint, page=page.page - 1, **kept) if page.page > 1 else None,
        next_url=url_for(endpoint, page=page.page + 1, **kept) if page.has_next else None,
    )
