"""Where each kind of draft is gone on with, and whose it is; features above say so of theirs."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from flask import Flask, current_app

FormUrl = Callable[[uuid.UUID], str | None]
Titles = Callable[[Collection[uuid.UUID]], Mapping[uuid.UUID, str]]
_PLACE = "youthcourt.draft_pages"


@dataclass(frozen=True, kw_only=True, slots=True)
class _FormPage:
    url: FormUrl
    titles: Titles


def add_form_page(app: Flask, *, form: str, url: FormUrl, titles: Titles) -> None:
    """Say at which address a draft of this form is opened, and what its record is called.

    ``url`` gets the record's key and returns None to whoever may not open the form; ``titles``
    gets the keys of many records and returns what who is signed in may read of each.
    A feature calls it from its blueprint: ``bp.record_once(lambda s: add_form_page(s.app, ...))``.
    """
    app.extensions.setdefault(_PLACE, {})[form] = _FormPage(url=url, titles=titles)


def form_url(form: str, record_id: uuid.UUID) -> str | None:
    """Return where a draft is gone on with, None where that is nowhere for who is signed in."""
    page = _pages().get(form)
    return None if page is None else page.url(record_id)


def record_titles(form: str, record_ids: Collection[uuid.UUID]) -> Mapping[uuid.UUID, str]:
    """Return what the records of these drafts are called, those that are gone left out."""
    page = _pages().get(form)
    return {} if page is None else page.titles(record_ids)


def _pages() -> dict[str, _FormPage]:
    pages: dict[str, _FormPage] = current_app.extensions.get(_PLACE, {})
    return pages
