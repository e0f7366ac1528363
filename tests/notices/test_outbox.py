"""The outbox: once, in time, again after a failure, and never two at a time."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session
from structlog.testing import capture_logs

from tests.fixtures.app import NOW, add_court
from youthcourt.audit.models import AuditEntry
from youthcourt.db import set_court
from youthcourt.errors import CourtRuleBroken, NotFound
from youthcourt.notices import queries
from youthcourt.notices.domain import (
    MAX_ATTEMPTS,
    TIDY_AFTER,
    ByHand,
    Channel,
    DeliveryFailed,
    MailProblem,
    Message,
    NoticeKind,
    NoticeState,
    Unsent,
)
from youthcourt.notices.models import Notice
from youthcourt.notices.outbox import send_due
from youthcourt.notices.queries import Only, due_notices, needs_hand_counts, notice_page
from youthcourt.notices.services import (
    cancel_notices,
    queue_notice,
    settle_by_hand,
    settle_notice,
    take_notice,
)

MINUTE = timedelta(minutes=1)


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self):
        return self.now


class Post:
    """A gateway that keeps what it is handed and fails as long as it is told to."""

    name = "post"

    def __init__(self, *failures: DeliveryFailed) -> None:
        self.failures = list(failures)
        self.sent: list[Message] = []

    def send(self, message: Message) -> None:
        if self.failures:
            raise self.failures.pop(0)
        self.sent.append(message)


def written(_session, notice: Notice) -> Message:
    """A renderer that always has words."""
    return Message(to=f"{notice.once_key}@mail.example", subject="Hello", body="Words")


def queue(session, court, key: str = "one", **more) -> uuid.UUID:
    """Queue an e-mail and let go of the database."""
    values = {"kind": NoticeKind.DUTY_PUBLISHED, "channel": Channel.EMAIL, **more}
    notice = queue_notice(session, once_key=key, actor=court.actor, now=NOW, **values)
    session.commit()
    return notice.id


def state_of(session: Session, notice_id: uuid.UUID) -> Notice:
    """The notice as it is stored."""
    return session.scalars(
        sa.select(Notice).where(Notice.id == notice_id).execution_options(populate_existing=True)
    ).one()


def test_queued_twice_it_leaves_once(session, court) -> None:
    """The key makes it one; sent, it is not sent again."""
    assert queue(session, court) == queue(session, court)
    post = Post()
    tally = send_due(session, renderer=written, gateway=post, clock=Clock())
    assert (tally.sent, len(post.sent), tally.is_clean) == (1, 1, True)
    assert send_due(session, renderer=written, gateway=post, clock=Clock()).sent == 0
    notice = session.scalars(sa.select(Notice)).one()
    assert (notice.state, notice.gateway, notice.done_at) == (NoticeState.SENT, "post", NOW)


def test_what_is_not_due_waits(session, court) -> None:
    """Until its time has come, and on paper for ever."""
    queue(session, court, due_at=NOW + MINUTE)
    queue(session, court, "paper", channel=Channel.PAPER)
    clock, post = Clock(), Post()
    send_due(session, renderer=written, gateway=post, clock=clock)
    assert post.sent == []
    clock.now += MINUTE
    send_due(session, renderer=written, gateway=post, clock=clock)
    assert [message.to for message in post.sent] == ["one@mail.example"]


@pytest.mark.parametrize(
    ("why", "state"),
    [
        (Unsent.NO_ADDRESS, NoticeState.NO_ADDRESS),
        (Unsent.WANTS_CALL, NoticeState.NO_ADDRESS),
        (Unsent.REASON_GONE, NoticeState.CANCELLED),
    ],
)
def test_no_address_is_told_from_no_reason(session, court, why, state) -> None:
    """One needs a hand, the other nobody."""
    key = queue(session, court)
    tally = send_due(session, renderer=lambda *_: why, gateway=Post(), clock=Clock())
    assert state_of(session, key).state is state
    assert state_of(session, key).problem == why.value
    assert (tally.cancelled, tally.not_by_mail) == (
        (1, 0) if state is NoticeState.CANCELLED else (0, 1)
    )
    assert sum(needs_hand_counts(session).values()) == tally.not_by_mail
    assert tally.is_clean


def test_what_is_wanted_on_paper_waits_for_the_printer(session, court) -> None:
    """It stays queued, as paper, and no run touches it again."""
    key = queue(session, court)
    send_due(session, renderer=lambda *_: Unsent.ON_PAPER, gateway=Post(), clock=Clock())
    assert (state_of(session, key).state, state_of(session, key).channel) == (
        NoticeState.QUEUED,
        Channel.PAPER,
    )
    assert sum(needs_hand_counts(session).values()) == 1
    assert due_notices(session, now=NOW + timedelta(days=9)) == ()


def test_a_failure_is_tried_again_later_and_five_times_in_all(session, court) -> None:
    """After 5, 10, 20 and 40 minutes; then it has failed and staff are shown it."""
    key = queue(session, court)
    clock = Clock()
    busy = [DeliveryFailed(MailProblem.MESSAGE_REFUSED) for _ in range(MAX_ATTEMPTS)]
    post = Post(*busy)
    waits = []
    for _ in range(MAX_ATTEMPTS - 1):
        tally = send_due(session, renderer=written, gateway=post, clock=clock)
        assert (tally.tried_again_later, tally.is_clean) == (1, False)
        due = state_of(session, key).due_at
        waits.append((due - clock.now) / MINUTE)
        clock.now = due - timedelta(seconds=1)
        assert not due_notices(session, now=clock.now)
        clock.now = due
    assert waits == [5, 10, 20, 40]
    tally = send_due(session, renderer=written, gateway=post, clock=clock)
    assert (tally.failed, post.sent) == (1, [])
    assert state_of(session, key).state is NoticeState.FAILED
    assert state_of(session, key).problem == "message_refused"
    assert sum(needs_hand_counts(session).values()) == 1


def test_an_address_that_is_none_fails_at_once(session, court) -> None:
    """It would be refused for ever."""
    key = queue(session, court)
    post = Post(DeliveryFailed(MailProblem.ADDRESS_REFUSED, for_good=True))
    assert send_due(session, renderer=written, gateway=post, clock=Clock()).failed == 1
    assert (state_of(session, key).state, state_of(session, key).attempts) == (
        NoticeState.FAILED,
        1,
    )


def test_trouble_of_the_server_ends_the_run_and_counts_against_no_message(session, court) -> None:
    """However long the server is away, every message leaves once it is back."""
    for key in ("one", "two", "three"):
        queue(session, court, key)
    clock = Clock()
    away = Post(*[DeliveryFailed(MailProblem.NO_CONNECTION) for _ in range(20)])
    for _ in range(8):
        tally = send_due(session, renderer=written, gateway=away, clock=clock)
        assert (tally.problem, tally.failed) == ("no_connection", 0)
        clock.now += timedelta(hours=1)
    assert len(away.failures) == 12
    back = Post()
    assert send_due(session, renderer=written, gateway=back, clock=clock).sent == 3


def test_two_runs_at_once_do_not_send_twice(session, court) -> None:
    """Taken by one, it is not due for the other; if the first one dies it is tried again."""
    key = queue(session, court)
    first = take_notice(session, notice_id=key, renderer=written, now=NOW)
    session.commit()
    assert isinstance(first, Message)
    assert take_notice(session, notice_id=key, renderer=written, now=NOW) is None
    session.commit()
    later = state_of(session, key).due_at
    assert isinstance(take_notice(session, notice_id=key, renderer=written, now=later), Message)


def test_cancelled_while_it_is_handed_over_it_has_still_left(session, court) -> None:
    """The outbox tells what happened; a failure then does not bring it back."""
    sent, unsent = queue(session, court, "one"), queue(session, court, "two")
    for key, failure in ((sent, None), (unsent, DeliveryFailed(MailProblem.MESSAGE_REFUSED))):
        take_notice(session, notice_id=key, renderer=written, now=NOW)
        cancel_notices(session, once_key=state_of(session, key).once_key, now=NOW)
        settle_notice(session, notice_id=key, gateway="post", failure=failure, now=NOW)
        session.commit()
    assert state_of(session, sent).state is NoticeState.SENT
    assert state_of(session, unsent).state is NoticeState.CANCELLED


def test_one_that_cannot_be_written_does_not_stop_the_others(session, court) -> None:
    """It is tried again and fails in the end; the log names the kind of fault and no value."""
    bad, good = queue(session, court, "bad"), queue(session, court, "good")

    def renderer(session, notice):
        if notice.once_key == "bad":
            raise KeyError("ana@mail.example")
        return written(session, notice)

    clock = Clock()
    with capture_logs() as logged:
        tally = send_due(session, renderer=renderer, gateway=Post(), clock=clock)
    assert (tally.sent, tally.tried_again_later) == (1, 1)
    assert [entry["kind"] for entry in logged] == ["KeyError"]
    assert "mail.example" not in str(logged)
    assert state_of(session, good).state is NoticeState.SENT
    for _ in range(MAX_ATTEMPTS):
        clock.now = state_of(session, bad).due_at
        session.rollback()
        with capture_logs():
            send_due(session, renderer=renderer, gateway=Post(), clock=clock)
    assert (state_of(session, bad).state, state_of(session, bad).problem) == (
        NoticeState.FAILED,
        "not_written",
    )


@pytest.mark.parametrize("stubborn", [False, True])
def test_whatever_waits_for_a_hand_is_looked_at_in_one_run(
    session, court, stubborn, monkeypatch
) -> None:
    """Also behind more than fill a page, at the same instant, and behind those that break."""
    monkeypatch.setattr(queries, "STALE_AT_ONCE", 10)
    for number in range(25):
        queue_notice(
            session,
            kind=NoticeKind.DUTY_PUBLISHED,
            channel=Channel.PAPER,
            once_key=f"old:{number}" if number < 24 else "gone",
            due_at=NOW - timedelta(minutes=number < 15),
            actor=court.actor,
            now=NOW,
        )
    session.commit()

    def renderer(_session: Session, notice: Notice) -> Message | Unsent:
        if notice.once_key == "gone":
            return Unsent.REASON_GONE
        if stubborn:
            raise ValueError
        return Unsent.ON_PAPER

    clock = Clock()
    clock.now += TIDY_AFTER
    tally = send_due(session, renderer=renderer, gateway=Post(), clock=clock)
    assert (tally.cancelled, sum(needs_hand_counts(session).values())) == (1, 24)
    assert send_due(session, renderer=renderer, gateway=Post(), clock=clock).cancelled == 0


def test_told_by_hand_is_noted_once_and_audited(session, court) -> None:
    """Printed or told by phone; not what has left, and no link that lives ten minutes."""
    key = queue(session, court, channel=Channel.PAPER)
    for _ in range(2):
        settle_by_hand(session, notice_id=key, how=ByHand.PAPER, actor=court.actor, now=NOW)
    assert (state_of(session, key).state, state_of(session, key).gateway) == (
        NoticeState.PRINTED,
        "paper",
    )
    acts = sa.select(AuditEntry.params).where(AuditEntry.act == "notice_by_hand")
    assert session.scalars(acts).all() == [{"how": "paper"}]
    with pytest.raises(CourtRuleBroken, match="notice_settled_already"):
        settle_by_hand(session, notice_id=key, how=ByHand.PHONE, actor=court.actor, now=NOW)
    link = queue(session, court, "link", kind=NoticeKind.SIGN_IN_LINK)
    with pytest.raises(CourtRuleBroken, match="notice_settled_already"):
        settle_by_hand(session, notice_id=link, how=ByHand.PAPER, actor=court.actor, now=NOW)


def test_another_courts_outbox_is_not_there(session, court) -> None:
    """Neither listed nor sent nor settled."""
    key = queue(session, court)
    session.commit()
    elsewhere = add_court(session, slug="fl-charlotte", name="Oak")
    set_court(session, elsewhere.id)
    assert due_notices(session, now=NOW) == ()
    assert notice_page(session, only=Only.ALL).total == 0
    assert take_notice(session, notice_id=key, renderer=written, now=NOW) is None
    with pytest.raises(NotFound):
        settle_by_hand(session, notice_id=key, how=ByHand.PAPER, actor=elsewhere.actor, now=NOW)


def test_the_list_is_cut_into_pages(session, court) -> None:
    """Fifty at a time, the latest first, and a page beyond the end is the last one."""
    for number in range(60):
        queue(session, court, f"k{number}")
    second = notice_page(session, only=Only.WAITING, page=9)
    assert (second.number, second.pages, len(second.lines), second.first) == (2, 2, 10, 51)
    assert notice_page(session, only=Only.NEEDS_HAND).total == 0
