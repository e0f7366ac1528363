"""Which court a database session may see, and whether it may write."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask_sqlalchemy.session import Session as FlaskSession
from sqlalchemy import Connection, Engine, event
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction, with_loader_criteria

NO_COURT = uuid.UUID(int=0)


class CourtSession(FlaskSession):
    """A session that reads one court's rows only and starts as reader or writer.

    ``info["court_id"]`` names the court; without it no court table yields a row.
    ``info["writer"]`` makes its transactions begin as writers, ``info["read_only"]``
    refuses every flush, ``info["connection"]`` is what it reads through instead of the engine.
    """

    def get_bind(self, *args: Any, **kwargs: Any) -> Engine | Connection:
        """Return the engine, marked as writer where the session writes."""
        given: Connection | None = self.info.get("connection")
        if given is not None:
            return given
        bind = super().get_bind(*args, **kwargs)
        if not self.info.get("writer") or not isinstance(bind, Engine):
            return bind
        # One object for all statements: to a session another engine is another connection.
        writers: dict[Engine, Engine] = self.info.setdefault("writers", {})
        if bind not in writers:
            writers[bind] = bind.execution_options(writer=True)
        return writers[bind]


def set_court(session: Session, court_id: uuid.UUID | None) -> None:
    """Let the session read and write the rows of this court alone."""
    session.info["court_id"] = court_id


@contextmanager
def every_court(session: Session, *, reason: str) -> Iterator[None]:
    """Lift the scoping for jobs and evaluation; the reason is for the reader of the code."""
    before = session.info.get("every_court")
    session.info["every_court"] = reason
    try:
        yield
    finally:
        session.info["every_court"] = before


@contextmanager
def reading(session: Session) -> Iterator[None]:
    """Read without holding the writer's lock, and end the transaction at the end.

    For unsafe requests that must load something before slow work: afterwards the first
    statement begins a new transaction as writer, which has to check what it relies on.
    """
    before = session.info.get("writer", False)
    session.info["writer"] = False
    try:
        yield
    finally:
        session.rollback()
        session.info["writer"] = before


@event.listens_for(CourtSession, "do_orm_execute")
def _keep_to_court(state: ORMExecuteState) -> None:
    """Add the court's criterion to every statement on a court table."""
    from youthcourt.db.base import CourtScoped  # noqa: PLC0415 -- base needs CourtSession

    if state.is_column_load or state.is_relationship_load:
        return
    if state.session.info.get("every_court"):
        return
    court_id = state.session.info.get("court_id") or NO_COURT
    state.statement = state.statement.options(
        with_loader_criteria(
            CourtScoped, lambda cls: cls.court_id == court_id, include_aliases=True
        )
    )


@event.listens_for(CourtSession, "before_flush")
def _refuse_foreign_rows(session: Session, _context: UOWTransaction, _instances: object) -> None:
    """Refuse writes of a reading session and rows of another court."""
    from youthcourt.db.base import CourtScoped  # noqa: PLC0415 -- base needs CourtSession

    changed = [*session.new, *session.dirty, *session.deleted]
    if session.info.get("read_only") and any(
        session.is_modified(row) for row in changed if row not in session.deleted
    ):
        raise RuntimeError("a request that only reads tried to write")
    if session.info.get("every_court"):
        return
    court_id = session.info.get("court_id")
    for row in changed:
        if not isinstance(row, CourtScoped):
            continue
        if row.court_id is None:
            row.court_id = court_id
        if row.court_id != court_id:
            raise RuntimeError("a row of another court was about to be written")
