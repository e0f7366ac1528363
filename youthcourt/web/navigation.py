"""The main menu: features add their entries, the page shows those the reader may open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, request, url_for

from youthcourt.web.access import Permission, may


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One entry of the menu."""

    label: Any  # a lazy sentence of Flask-Babel
    endpoint: str
    permission: Permission
    order: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """An entry as the page shows it."""

    label: str
    url: str
    current: bool


def add_entry(app: Flask, entry: Entry) -> None:
    """Add an entry to the main menu."""
    app.extensions.setdefault("youthcourt.menu", []).append(entry)


def links() -> list[Link]:
    """Return the entries the signed-in person may open, in their order."""
    entries: list[Entry] = current_app.extensions.get("youthcourt.menu", [])
    here = request.endpoint or ""
    nearest = max((e.endpoint for e in entries if _is_under(here, e.endpoint)), key=len, default="")
    return [
        Link(
            label=str(entry.label),
            url=url_for(entry.endpoint),
            current=entry.endpoint == nearest
            if nearest
            else _feature(here) == _feature(entry.endpoint),
        )
        for entry in sorted(entries, key=lambda entry: entry.order)
        if may(entry.permission)
    ]


def _is_under(here: str, endpoint: str) -> bool:
    """Return whether a page is the one of an entry, or one of those named after it."""
    return here == endpoint or here.startswith(f"{endpoint}_")


def _feature(endpoint: str) -> str:
    return endpoint.split(".", maxsplit=1)[0]
