"""Default deny: every endpoint names the permission it needs."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, Protocol, TypeVar

from flask import Flask, abort, g, redirect, request, session, url_for
from werkzeug.wrappers import Response

from youthcourt.web.typed import typed_values

View = TypeVar("View", bound=Callable[..., Any])


class Permission(StrEnum):
    """What somebody may do; roles are sets of these (``accounts.domain``)."""

    OWN_ACCOUNT = "own_account"
    TODAY = "today"
    NUMBERS = "numbers"
    PEOPLE_READ = "people_read"
    PEOPLE_WRITE = "people_write"
    CASES_READ = "cases_read"
    CASES_WRITE = "cases_write"
    CASES_CLOSE = "cases_close"
    CASES_IMPORT = "cases_import"
    CALENDAR = "calendar"
    CALENDAR_WRITE = "calendar_write"
    DRAW = "draw"
    EVENING_DESK = "evening_desk"
    EVENING_DOCKET = "evening_docket"
    EVENING_CONFIRM = "evening_confirm"
    SERVICE_WRITE = "service_write"
    CREDITS_READ = "credits_read"
    FOLLOW_UP = "follow_up"
    REPORTS = "reports"
    EVALUATE = "evaluate"
    EVALUATION_EXPORT = "evaluation_export"
    POLICY_READ = "policy_read"
    HISTORY_READ = "history_read"
    ACCOUNTS_WRITE = "accounts_write"
    UPKEEP = "upkeep"
    OWN_DUTIES = "own_duties"


PUBLIC = "public"


class CurrentUser(Protocol):
    """What the web layer needs to know of whoever is signed in."""

    @property
    def court_id(self) -> uuid.UUID | None:
        """The court whose rows may be seen."""

    @property
    def permissions(self) -> frozenset[Permission]:
        """What may be done."""

    @property
    def today(self) -> date:
        """The day it is in the court's zone."""


def requires(permission: Permission) -> Callable[[View], View]:
    """Declare what a route needs; a route without a declaration keeps the app from starting."""

    def mark(view: View) -> View:
        view.__dict__["needs"] = permission.value
        return view

    return mark


def public(view: View) -> View:
    """Declare that a route is open to everybody."""
    view.__dict__["needs"] = PUBLIC
    return view


def needed_permissions(app: Flask) -> dict[str, str]:
    """Return endpoint -> permission for every route; raise when one declares nothing."""
    needs: dict[str, str] = {}
    for endpoint, view in app.view_functions.items():
        declared = view.__dict__.get("needs")
        if endpoint == "static" or endpoint.endswith(".static"):
            declared = PUBLIC
        if declared is None:
            raise RuntimeError(f"the route {endpoint!r} declares no permission")
        needs[endpoint] = declared
    return needs


def init_app(
    app: Flask,
    *,
    load_user: Callable[[], CurrentUser | None],
    sign_in_endpoint: str,
    doors: Mapping[Permission, str] | None = None,
) -> None:
    """Check the declaration of each request's route before its view runs.

    Who is not signed in is sent to ``sign_in_endpoint``, or to the door of that permission.
    """
    needs: dict[str, str] = {}

    def admit() -> Response | None:
        if not needs:
            needs.update(needed_permissions(app))
        needed = needs.get(request.endpoint or "")
        user = load_user() if request.endpoint and not _is_static() else None
        g.current_user = user
        if needed is None or needed == PUBLIC:
            return None
        if user is None:
            return _send_to_sign_in((doors or {}).get(Permission(needed), sign_in_endpoint))
        if Permission(needed) not in user.permissions:
            abort(403)
        return None

    app.before_request(admit)


def _is_static() -> bool:
    endpoint = request.endpoint or ""
    return endpoint == "static" or endpoint.endswith(".static")


def _send_to_sign_in(endpoint: str) -> Response:
    if typed_values():
        abort(401)  # a redirect would lose what was typed
    if request.method in {"GET", "HEAD"}:
        session["next"] = request.full_path.rstrip("?")
    return redirect(url_for(endpoint), 303)


def current_user() -> CurrentUser | None:
    """Return whoever is signed in on this request."""
    user: CurrentUser | None = g.get("current_user")
    return user


def court_day() -> date:
    """Return the day it is in the court of whoever is signed in."""
    user = current_user()
    if user is None:
        raise TypeError("nobody is signed in on this request")
    return user.today


def may(permission: Permission | str) -> bool:
    """Return whether the signed-in user has a permission; for templates and menus."""
    user = current_user()
    return user is not None and Permission(permission) in user.permissions


def next_page(default: str) -> str:
    """Return the page asked for before signing in, or ``default``; always on this host."""
    wanted = session.pop("next", "")
    # A browser drops tabs and line ends, so that "/<tab>/elsewhere" would lead away.
    if wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and wanted.isprintable():
        return str(wanted)
    return default
