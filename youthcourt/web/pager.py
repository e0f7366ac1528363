"""Going through the pages of a list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import request, url_for

from youthcourt.db import ListPage

LAST_PAGE = 10_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Pager:
    """What the pager of a list shows."""

    first: int
    last: int
    total: int
    previous_url: str | None
    next_url: str | None


def page_wanted() -> int:
    """Return the page of the list that the address asks for."""
    return min(max(request.args.get("page", 1, type=int), 1), LAST_PAGE)


def pager_of(page: ListPage[Any], endpoint: str, **values: Any) -> Pager:
    """Return the neighbours of one page; empty values stay out of their addresses."""
    kept = {name: value for name, value in values.items() if value}

    def address(number: int) -> str | None:
        inside = 1 <= number <= page.pages
        return url_for(endpoint, page=number, **kept) if inside else None

    return Pager(
        first=page.first,
        last=page.last,
        total=page.total,
        previous_url=address(page.number - 1),
        next_url=address(page.number + 1),
    )
