"""What messages say, to whom they go, and when they no longer leave."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.fixtures.app import NOW, add_court
from tests.jury.conftest import LATER, SATURDAY, JuryBench
from youthcourt.accounts.models import OneTimeLink
from youthcourt.courts.models import Court
from youthcourt.dashboard.letters import LetterWriter
from youthcourt.db import set_court
from youthcourt.hearings import services as hearings
from youthcourt.hearings.domain import SessionCancelReason
from youthcourt.hearings.models import CourtSession, Hearing, Room
from youthcourt.jury.domain import ReasonCode, ReleaseReason
from youthcourt.notices.domain import Channel, Message, NoticeKind, NoticeState, Unsent
from youthcourt.notices.models import Notice
from youthcourt.notices.outbox import send_due
from youthcourt.notices.services import queue_notice
from youthcourt.people.asking import mail_link
from youthcourt.people.domain.kinds import AdultChannel
from youthcourt.people.links import open_by_link
from youthcourt.people.models import Adult, Person

DOOR = "https://sessions.example/in"
# What a bystander must not read on a locked screen or over a shoulder.
TELLING = re.compile(
    r"court|\bcase|offen[cs]e|sentenc|jur(?:y|or)|hearing|respondent|defendant|judge|trial|"
    r"police|arrest|probation|guilty|crim|convict|sanction|docket",
    re.IGNORECASE,
)


@pytest.fixture
def app(sqlite_app: Flask) -> Flask:
    """The application on SQLite alone: words do not depend on the database."""
    return sqlite_app


@pytest.fixture
def bench(session, court) -> JuryBench:
    """The jury of the court, with an office that can be called."""
    session.get_one(Court, court.id).office_phone = "202-555-0100"
    return JuryBench(session=session, court=court)


Write = Callable[..., Message | Unsent]


@pytest.fixture
def write(app, session) -> Write:
    """Write a notice now, or at another time."""

    def written(notice: Notice, at: datetime = NOW) -> Message | Unsent:
        with app.app_context():
            return LetterWriter(door=DOOR, clock=lambda: at)(session, notice)

    return written


def duty(bench: JuryBench, **adult: Any) -> tuple[uuid.UUID, CourtSession]:
    """Ada is expected on Saturday, and everybody who may know of it has a notice."""
    ada = bench.juror("Ada", email="ada@mail.example", phone="202 555 0142")
    if adult:
        bench.adult(ada, **adult)
    evening = bench.planned()
    bench.seat(bench.sittings(evening)[0], ada)
    bench.publish(evening)
    return ada, evening


def notice_of(bench: JuryBench, kind: NoticeKind, *, adult: bool = False) -> Notice:
    """The one notice of a kind, to the youth or to the adult."""
    found = [n for n in bench.notices() if n.kind is kind and (n.adult_id is not None) is adult]
    assert len(found) == 1
    return found[0]


def message(written: Message | Unsent) -> Message:
    """A message, and nothing in it tells a bystander why it came."""
    assert isinstance(written, Message)
    assert TELLING.search(f"{written.subject} {written.body} {written.sender_name}") is None
    assert "\n" not in written.subject
    return written


# Being expected ---------------------------------------------------------------------------------


def test_a_duty_is_told_with_everything_needed(bench, write) -> None:
    """Day, times, place, what to bring and wear, pick-up, whom to call, and the own page."""
    duty(bench)
    told = message(write(notice_of(bench, NoticeKind.DUTY_PUBLISHED)))
    assert told.to == "ada@mail.example"
    assert told.sender_name == "Elm Street programme"
    assert told.subject == "Saturday sessions: Saturday 14 March at 9:30 am"
    for words in (
        "Hello Ada,",
        "You are expected on Saturday 14 March 2026, from 9:30 am to 12:30 pm.",
        "Be there by: 9:15 am",
        "1 Oak Street",
        "Bring: Your slip or your phone",
        "Wear: Neat, simple clothes",
        "Pick-up: 12:30 pm",
        "Please call the office as soon as you can: 202-555-0100.",
        DOOR,
    ):
        assert words in told.body, words


def test_an_adult_is_told_in_other_words_and_gets_no_door(bench, write) -> None:
    """The youth's first name, never the family name; the own page is the youth's."""
    duty(bench, email="maria@mail.example", channel=AdultChannel.EMAIL)
    told = message(write(notice_of(bench, NoticeKind.DUTY_PUBLISHED, adult=True)))
    assert told.to == "maria@mail.example"
    assert "Ada is expected on Saturday 14 March 2026" in told.body
    assert "Okafor" not in told.body
    assert DOOR not in told.body


@pytest.mark.parametrize(
    ("channel", "mail", "why"),
    [
        (AdultChannel.PHONE, "maria@mail.example", Unsent.WANTS_CALL),
        (AdultChannel.TEXT, "maria@mail.example", Unsent.WANTS_TEXT),
        (AdultChannel.LETTER, "maria@mail.example", Unsent.ON_PAPER),
        (AdultChannel.EMAIL, None, Unsent.NO_ADDRESS),
    ],
)
def test_an_adult_is_reached_as_they_want_to_be(bench, write, channel, mail, why) -> None:
    """Who wants a call gets no e-mail, although an address is on record."""
    duty(bench, email=mail, phone="202 555 0177", channel=channel)
    notice = notice_of(bench, NoticeKind.DUTY_PUBLISHED, adult=True)
    notice.state = NoticeState.QUEUED
    assert write(notice) is why


@pytest.mark.parametrize(
    "change",
    [{"told_schedule": False}, {"never_disclose": True}, {"ended_on": date(2026, 3, 4)}],
)
def test_who_may_not_be_told_any_more_is_not_told(bench, session, write, change) -> None:
    """What was queued before the mark was set does not leave."""
    duty(bench, email="maria@mail.example", channel=AdultChannel.EMAIL)
    session.execute(sa.update(Adult).values(**change))
    session.expire_all()
    notice = notice_of(bench, NoticeKind.DUTY_PUBLISHED, adult=True)
    assert write(notice) is Unsent.REASON_GONE


def test_no_mail_goes_where_somebody_reads_who_must_never_know(bench, session, write) -> None:
    """A shared address of the family is no way to the youth then, nor for a link."""
    ada, _evening = duty(bench, email="Family@Mail.example", channel=AdultChannel.EMAIL)
    session.execute(sa.update(Adult).values(never_disclose=True))
    session.get_one(Person, ada).email = "family@mail.example"
    session.flush()
    session.expire_all()
    notice = notice_of(bench, NoticeKind.DUTY_PUBLISHED)
    assert write(notice) is Unsent.READ_BY_OTHERS
    mail_link(session, person_id=ada, **bench.hand)
    assert write(notice_of(bench, NoticeKind.SIGN_IN_LINK)) is Unsent.READ_BY_OTHERS
    assert session.scalar(sa.select(sa.func.count()).select_from(OneTimeLink)) == 0


def test_a_youth_without_an_address_has_to_be_told_by_hand(bench, session, write) -> None:
    """No address is not the same as no reason."""
    ada, _evening = duty(bench)
    session.get_one(Person, ada).email = None
    session.flush()
    assert write(notice_of(bench, NoticeKind.DUTY_PUBLISHED)) is Unsent.NO_ADDRESS


def test_a_duty_that_is_off_or_over_is_not_told(bench, write) -> None:
    """Released, cancelled or past meanwhile: the reason is gone, and nobody is written to."""
    _ada, evening = duty(bench)
    notice = notice_of(bench, NoticeKind.DUTY_PUBLISHED)
    over = datetime(2026, 3, 14, 16, 30, tzinfo=NOW.tzinfo)
    assert isinstance(write(notice, over - timedelta(minutes=1)), Message)
    assert write(notice, over) is Unsent.REASON_GONE
    bench.release(bench.seats(evening)[0], ReleaseReason.CANNOT_COME)
    assert write(notice) is Unsent.REASON_GONE


def test_that_a_duty_is_off_is_told_while_it_is(bench, session, write) -> None:
    """Seated again in the same session, nobody reads that they need not come."""
    ada, evening = duty(bench)
    session.execute(sa.update(Notice).values(state=NoticeState.SENT))
    session.expire_all()
    bench.release(bench.seats(evening)[0], ReleaseReason.CANNOT_COME)
    notice = notice_of(bench, NoticeKind.DUTY_WITHDRAWN)
    told = message(write(notice))
    assert told.subject == "Saturday sessions: no need to come on Saturday 14 March"
    assert "You need not come on Saturday 14 March 2026 at 9:30 am." in told.body
    bench.seat(bench.sittings(evening)[0], ada, confirmed=list(ReasonCode))
    bench.publish(evening)
    assert write(notice) is Unsent.REASON_GONE


def test_of_a_session_that_moved_the_former_time_is_off(bench, session, write) -> None:
    """Whoever could not be kept on the new day hears of the old one, until it is over."""
    _ada, evening = duty(bench)
    session.execute(sa.update(Notice).values(state=NoticeState.SENT))
    session.expire_all()
    hearings.change_session(
        session,
        session_id=evening.id,
        held_on=LATER,
        starts_at=time(9, 30),
        ends_at=time(12, 30),
        seats_come=False,
        **bench.hand,
    )
    notice = notice_of(bench, NoticeKind.DUTY_WITHDRAWN)
    told = message(write(notice))
    assert "You need not come on Saturday 14 March 2026 at 9:30 am." in told.body
    assert "28 March" not in told.body
    assert write(notice, datetime(2026, 3, 15, 5, 0, tzinfo=NOW.tzinfo)) is Unsent.REASON_GONE


def test_a_cancelled_session_is_told(bench, session, write) -> None:
    """Whoever had heard of it hears that it is not held."""
    _ada, evening = duty(bench)
    session.execute(sa.update(Notice).values(state=NoticeState.SENT))
    session.expire_all()
    hearings.cancel_session(
        session, session_id=evening.id, reason=SessionCancelReason.WEATHER, **bench.hand
    )
    told = message(write(notice_of(bench, NoticeKind.SESSION_CANCELLED)))
    assert "The session on Saturday 14 March 2026 at 9:30 am is cancelled." in told.body
    assert "Please do not come." in told.body


# Appointments -----------------------------------------------------------------------------------


def appointment(
    bench: JuryBench, kind: NoticeKind = NoticeKind.HEARING_SET, *, adult: bool = False, **more: Any
) -> tuple[Hearing, Notice]:
    """Ben has an appointment on Saturday, and a notice of it is queued."""
    evening = bench.planned()
    ben = bench.person("Ben", email="ben@mail.example")
    key = bench.adult(ben, email="maria@mail.example", channel=AdultChannel.EMAIL)
    hearing = bench.docket(bench.sittings(evening)[0], ben)
    notice = queue_notice(
        bench.session,
        kind=kind,
        once_key=f"hearing:{hearing.id}:0:{key}",
        channel=Channel.EMAIL,
        person_id=ben,
        adult_id=key if adult else None,
        case_id=hearing.case_id,
        **bench.hand,
        hearing=str(hearing.id),
        **more,
    )
    return hearing, notice


def test_an_appointment_says_when_and_where_and_nothing_else(bench, write) -> None:
    """No word of what it is about, to the youth and to the adult."""
    told = message(write(appointment(bench)[1]))
    assert told.subject == "Saturday sessions: an appointment on Saturday 14 March"
    assert "You have an appointment on Saturday 14 March 2026 at 9:30 am." in told.body
    assert "1 Oak Street" in told.body
    assert "Please come with an adult who looks after you." in told.body


def test_an_adult_is_asked_to_come_along(bench, write) -> None:
    """With the youth's first name."""
    told = message(write(appointment(bench, adult=True)[1]))
    assert "Ben has an appointment on Saturday 14 March 2026" in told.body
    assert "Please come together with Ben." in told.body


def test_a_moved_appointment_tells_the_new_time(bench, write) -> None:
    """As it is when the message leaves."""
    _hearing, notice = appointment(bench, NoticeKind.HEARING_MOVED, was_on="2026-03-07")
    told = message(write(notice))
    assert "It is now on Saturday 14 March 2026 at 9:30 am." in told.body


@pytest.mark.parametrize(("state", "more"), [("waiting", True), ("cancelled", False)])
def test_an_appointment_that_is_off_is_told_with_its_day(
    bench, session, write, state, more
) -> None:
    """A new day is promised only where there will be one; of a day that is over nobody hears."""
    hearing, notice = appointment(bench, NoticeKind.HEARING_MOVED, was_on="2026-03-14")
    session.execute(sa.update(Hearing).values(state=state, sitting_id=None))
    session.expire_all()
    told = message(write(notice))
    assert "Your appointment on Saturday 14 March 2026 is off." in told.body
    assert ("The office tells you the new day." in told.body) is more
    assert write(notice, datetime(2026, 3, 15, 5, 0, tzinfo=NOW.tzinfo)) is Unsent.REASON_GONE
    assert hearing.sitting_id is None


def test_an_appointment_that_was_taken_off_is_not_announced(bench, session, write) -> None:
    """HEARING_SET of a hearing that waits again is not sent."""
    _hearing, notice = appointment(bench)
    session.execute(sa.update(Hearing).values(state="waiting", sitting_id=None))
    session.expire_all()
    assert write(notice) is Unsent.REASON_GONE


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Courtroom 2", "Room 2"),
        ("Court room B", "Room B"),
        ("the courtroom upstairs", "the room upstairs"),
        ("Room 5", "Room 5"),
    ],
)
def test_a_courtroom_is_called_a_room(bench, session, write, name, told) -> None:
    """In every message and on the own page; the number on the door is the same."""
    duty(bench)
    session.execute(sa.update(Room).where(Room.address.is_not(None)).values(name=name))
    session.expire_all()
    body = message(write(notice_of(bench, NoticeKind.DUTY_PUBLISHED))).body
    assert f"Place: {told}, 1 Oak Street" in body


# Links ------------------------------------------------------------------------------------------


def test_a_link_is_made_when_its_message_is_written(bench, session, write) -> None:
    """Its ten minutes begin then, however long the message waited; each try has its own."""
    ada = bench.juror("Ada", email="ada@mail.example")
    mail_link(session, person_id=ada, **bench.hand)
    notice = notice_of(bench, NoticeKind.SIGN_IN_LINK)
    later = NOW + timedelta(minutes=25)
    told = message(write(notice, later))
    assert told.subject == "Saturday sessions: your link"
    tokens = re.findall(re.escape(DOOR) + r"/([\w-]{43})\b", told.body)
    assert len(tokens) == 1
    session.commit()
    opened = open_by_link(session, token=tokens[0], now=later + timedelta(minutes=9))
    assert opened.person_id == ada
    again = message(write(notice, later))
    assert tokens[0] not in again.body


def test_a_link_asked_for_long_ago_is_not_sent(bench, session, write) -> None:
    """After half an hour of trouble with the mail it would only surprise."""
    ada = bench.juror("Ada", email="ada@mail.example")
    mail_link(session, person_id=ada, **bench.hand)
    notice = notice_of(bench, NoticeKind.SIGN_IN_LINK)
    assert write(notice, NOW + timedelta(minutes=30)) is Unsent.REASON_GONE
    assert session.scalar(sa.select(sa.func.count()).select_from(OneTimeLink)) == 0


# Words that are not ours ------------------------------------------------------------------------


def test_no_name_breaks_out_of_a_message(bench, session, court, write) -> None:
    """Line ends in a court's names stay on one line; nothing is read as a placeholder."""
    found = session.get_one(Court, court.id)
    found.phone_name = "Saturday\r\nBcc: all@mail.example"
    found.sender_name = "Elm\nStreet"
    ada = bench.juror("Ada {youth} %(day)s", email="ada@mail.example")
    evening = bench.planned()
    bench.seat(bench.sittings(evening)[0], ada)
    bench.publish(evening)
    written = write(notice_of(bench, NoticeKind.DUTY_PUBLISHED))
    assert isinstance(written, Message)
    assert written.subject.startswith("Saturday Bcc: all@mail.example: Saturday 14 March")
    assert written.sender_name == "Elm Street"
    assert "Hello Ada" in written.body


def test_a_language_without_translation_is_written_to_in_english_throughout(
    bench, session, write
) -> None:
    """Not in English with the names of days in another language."""
    ada, _evening = duty(bench)
    session.get_one(Person, ada).language = "es"
    session.flush()
    told = message(write(notice_of(bench, NoticeKind.DUTY_PUBLISHED)))
    assert "Saturday 14 March 2026" in told.body


def test_the_notice_to_an_agency_stays_on_paper(bench, session, write) -> None:
    """It goes out as a letter from the case."""
    notice = queue_notice(
        session,
        kind=NoticeKind.CASE_CLOSED,
        once_key="case_closed:1",
        channel=Channel.EMAIL,
        **bench.hand,
    )
    assert write(notice) is Unsent.ON_PAPER


def test_somebody_merged_is_written_to_as_who_they_are_now(bench, session, write) -> None:
    """The notice follows the person; who is gone for good is written to no more."""
    ada, _evening = duty(bench)
    notice = notice_of(bench, NoticeKind.DUTY_PUBLISHED)
    other = bench.person("Ada", email="new@mail.example")
    session.execute(sa.update(Person).where(Person.id == ada).values(merged_into_id=other))
    session.expire_all()
    assert message(write(notice)).to == "new@mail.example"


# Leaving the house ------------------------------------------------------------------------------


class Post:
    """A gateway that keeps what it is handed."""

    name = "post"

    def __init__(self) -> None:
        self.sent: list[Message] = []

    def send(self, message: Message) -> None:
        self.sent.append(message)


def test_a_published_jury_is_written_to_once_each(app, bench, session) -> None:
    """Juror and adult; sent again, nothing leaves; another court's are not touched."""
    duty(bench, email="maria@mail.example", channel=AdultChannel.EMAIL)
    session.commit()
    post = Post()
    writer = LetterWriter(door=DOOR, clock=lambda: NOW)
    with app.app_context():
        for _ in range(2):
            send_due(session, renderer=writer, gateway=post, clock=lambda: NOW)
    assert sorted(m.to for m in post.sent) == ["ada@mail.example", "maria@mail.example"]
    elsewhere = add_court(session, slug="fl-charlotte", name="Oak")
    set_court(session, elsewhere.id)
    with app.app_context():
        assert send_due(session, renderer=writer, gateway=post, clock=lambda: NOW).sent == 0


def test_what_waited_for_a_hand_goes_off_the_list_when_its_day_is_over(app, bench, session) -> None:
    """Half a day later it is looked at again; what still matters stays."""
    for name, day in (("Ada", SATURDAY), ("Bo", LATER)):
        person = bench.juror(name)
        evening = bench.planned(day)
        bench.seat(bench.sittings(evening)[0], person)
        bench.publish(evening)
    session.commit()
    after = datetime(2026, 3, 15, 12, 0, tzinfo=NOW.tzinfo)
    writer = LetterWriter(door=DOOR, clock=lambda: after)
    with app.app_context():
        tally = send_due(session, renderer=writer, gateway=Post(), clock=lambda: after)
    assert tally.cancelled == 1
    states = sorted(n.state.value for n in bench.notices())
    assert states == ["cancelled", "no_address"]
