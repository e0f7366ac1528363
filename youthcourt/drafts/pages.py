"""Where each kind of draft is gone on with; features above say so of their own forms."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from flask import Flask, current_app

FormUrl = Callable[[uuid.UUID], str | None]
_PLACE = "youthcourt.draft_pages"


def add_form_page(app: Flask, *, form: str, url: FormUrl) -> None:
    """Say at which address a draft of this form is opened.

    ``url`` gets the record's key and returns None to whoever may not open the form.
    A feature calls it from its blueprint: ``bp.record_once(lambda s: add_form_page(s.app, ...))``.
    """
    app.extensions.setdefault(_PLACE, {})[form] = url


def form_url(form: str, record_id: uuid.UUID) -> str | None:
    """Return where a draft is gone on with, None where that is nowhere for who is signed in."""
    pages: dict[str, FormUrl] = current_app.extensions.get(_PLACE, {})
    url = pages.get(form)
    return None if url is None else url(record_id)
