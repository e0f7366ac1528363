"""One transaction per request: committed once after success, rolled back otherwise."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask, Response, g, has_request_context, request
from sqlalchemy.orm import Session

from youthcourt.db import db, set_court

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
FAILED = 400


def database() -> Session:
    """Return this request's session; its court is the one of whoever is signed in."""
    return db.session()


def init_app(app: Flask) -> None:
    """Begin before access is checked, end after the view, then run what was put off."""
    app.before_request(_begin)
    app.after_request(_end)


def ready_to_write(court_id: object) -> None:
    """End the reading of the sign-in and let an unsafe request begin as a writer.

    Called once the user is known, so that no lock is held while access is checked.
    """
    session = database()
    session.rollback()
    set_court(session, court_id)  # type: ignore[arg-type]  # a key or None
    unsafe = request.method not in SAFE
    session.info["writer"] = unsafe
    session.info["read_only"] = not unsafe


def after_request_do(task: Callable[[Session], None]) -> None:
    """Run ``task`` in a short transaction of its own once the request's has ended.

    For what must survive a rollback: read audit, refusals, counters.  A task that fails
    turns the answer into an error, because an unaudited read must not leave the house.
    """
    if not has_request_context():
        raise RuntimeError("only a request can put a task off")
    g.setdefault("tasks", []).append(task)


def _begin() -> None:
    session = database()
    session.info.update(writer=False, read_only=True, court_id=None)


def _end(response: Response) -> Response:
    session = database()
    if session.info.get("writer") and response.status_code < FAILED:
        session.commit()
    else:
        session.rollback()
    tasks: list[Callable[[Session], None]] = g.pop("tasks", [])
    if tasks:
        session.info.update(writer=True, read_only=False)
        for task in tasks:
            task(session)
        session.commit()
    return response
