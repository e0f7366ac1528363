"""Several runs at the same moment: every message leaves once, on both databases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier, Lock

from flask import Flask
from sqlalchemy.orm import Session

from tests.fixtures.app import NOW, SmallCourt
from youthcourt.accounts.domain import CODE_BY_ADDRESS
from youthcourt.accounts.models import Throttle
from youthcourt.accounts.services import count_failure
from youthcourt.db import db, set_court
from youthcourt.notices.domain import Channel, Message, NoticeKind
from youthcourt.notices.models import Notice
from youthcourt.notices.outbox import send_due
from youthcourt.notices.services import queue_notice

RUNS, MESSAGES, FAILURES = 4, 12, 20


class Post:
    """A gateway that counts what it is handed, by whomever."""

    name = "post"

    def __init__(self) -> None:
        self.lock = Lock()
        self.sent: Counter[str] = Counter()

    def send(self, message: Message) -> None:
        with self.lock:
            self.sent[message.to] += 1


@contextmanager
def own_session(app: Flask, court: SmallCourt | None) -> Iterator[Session]:
    """A writing session of one thread."""
    with app.app_context():
        session = db.session()
        session.info["writer"] = True
        set_court(session, court.id if court else None)
        yield session


def test_runs_at_the_same_moment_send_every_message_once(app, session, court) -> None:
    """A timer that starts a second run before the first has ended does no harm."""
    for number in range(MESSAGES):
        queue_notice(
            session,
            kind=NoticeKind.DUTY_PUBLISHED,
            once_key=f"m{number}",
            channel=Channel.EMAIL,
            actor=court.actor,
            now=NOW,
        )
    session.commit()
    post, start = Post(), Barrier(RUNS)

    def written(_session: Session, notice: Notice) -> Message:
        return Message(to=f"{notice.once_key}@mail.example", subject="Hello", body="Words")

    def run(_number: int) -> int:
        with own_session(app, court) as own:
            start.wait()
            return send_due(own, renderer=written, gateway=post, clock=lambda: NOW).sent

    with ThreadPoolExecutor(RUNS) as pool:
        sent = sum(pool.map(run, range(RUNS)))
    assert sent == MESSAGES
    assert set(post.sent.values()) == {1}


def test_failures_at_the_same_moment_are_all_counted(app, session) -> None:
    """Also the first ones, of which each finds no counter yet."""
    start = Barrier(RUNS)

    def fail(_number: int) -> None:
        for round_ in range(FAILURES // RUNS):
            with own_session(app, None) as own:
                if round_ == 0:
                    start.wait()
                count_failure(own, key="address:192.0.2.1", rule=CODE_BY_ADDRESS, now=NOW)
                own.commit()

    with ThreadPoolExecutor(RUNS) as pool:
        list(pool.map(fail, range(RUNS)))
    (row,) = session.query(Throttle).all()
    assert row.failures == FAILURES
