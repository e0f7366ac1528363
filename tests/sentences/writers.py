"""Running acts in transactions of their own, at the same moment."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Sequence

from flask import Flask
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from youthcourt.db import db, set_court
from youthcourt.errors import CourtRuleBroken

Task = Callable[[Session], object]


def at_once(app: Flask, court_id: uuid.UUID, *queues: Sequence[Task]) -> list[list[object]]:
    """Let each queue of acts be done by a writer of its own; return what each act gave.

    A refusal gives its code, any other error is raised.
    """
    start = threading.Barrier(len(queues))
    results: list[list[object]] = [[] for _ in queues]
    failed: list[BaseException] = []

    def work(place: int) -> None:
        with app.app_context():
            engine = db.engine.execution_options(writer=True)
            session = db.session.session_factory()
            session.get_bind = lambda *_args, **_kwargs: engine  # type: ignore[method-assign]
            session.info["writer"] = True
            set_court(session, court_id)
            start.wait()
            try:
                for task in queues[place]:
                    results[place].append(_one(session, task))
            except BaseException as error:  # noqa: BLE001 -- told to the test below
                failed.append(error)
            finally:
                session.close()

    threads = [threading.Thread(target=work, args=(place,)) for place in range(len(queues))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
    return results


def _one(session: Session, task: Task) -> object:
    """Do one act; where the embedded database was busy for too long, send it again."""
    while True:
        try:
            found = task(session)
            session.commit()
        except CourtRuleBroken as refusal:
            session.rollback()
            return refusal.code
        except OperationalError as busy:
            session.rollback()
            if "database is locked" not in str(busy):
                raise
        else:
            return found
