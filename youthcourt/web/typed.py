"""What somebody typed into a form that could not be taken, shown so that it can be copied."""

from __future__ import annotations

import re
import uuid

from flask import request
from werkzeug.exceptions import HTTPException

_NOT_TYPED = frozenset({"csrf_token", "once", "version", "seen", "back"})
_HIDDEN = "password"


def typed_values() -> tuple[tuple[str, str], ...]:
    """Return names and values of this request's form, if a page of ours was sent by hand.

    Only a browser that says so itself is believed, so that no other site can put words on our
    pages; passwords, keys and what no one types are left out.
    """
    fetched = (request.headers.get("Sec-Fetch-Site"), request.headers.get("Sec-Fetch-Mode"))
    if fetched != ("same-origin", "navigate") or request.blueprint in {None, "accounts", "joining"}:
        return ()
    try:
        form = request.form
    except HTTPException:  # too large to be read, or no form at all
        return ()
    return tuple(
        (re.sub(r"[-_]+", " ", name).strip().capitalize(), value.strip())
        for name, value in form.items(multi=True)
        if value.strip() and name not in _NOT_TYPED and _HIDDEN not in name and not _is_key(value)
    )


def _is_key(value: str) -> bool:
    try:
        uuid.UUID(value)
    except ValueError:
        return False
    return True
