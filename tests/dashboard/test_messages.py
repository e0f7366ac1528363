"""The outbox as staff see it: names, no word of a case, and what has to be told by hand."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from tests.fixtures.app import NOW, add_court, sign_in_as
from tests.fixtures.house.pages import page_faults, read_page
from tests.jury.conftest import SATURDAY, JuryBench
from youthcourt.accounts.domain import Role
from youthcourt.audit.models import AuditEntry
from youthcourt.cases.services import agency_named
from youthcourt.courts.models import Court
from youthcourt.dashboard.letters import LetterWriter
from youthcourt.jury.domain import ReleaseReason
from youthcourt.notices.domain import (
    TIDY_AFTER,
    Channel,
    DeliveryFailed,
    MailProblem,
    NoticeKind,
    NoticeState,
)
from youthcourt.notices.gateways import TestGateway
from youthcourt.notices.holding import hold_waiting
from youthcourt.notices.models import Notice
from youthcourt.notices.outbox import send_due
from youthcourt.notices.services import queue_notice
from youthcourt.people.asking import mail_link
from youthcourt.people.domain.kinds import AdultChannel
from youthcourt.people.models import Adult


@pytest.fixture
def app(sqlite_app: Flask) -> Flask:
    """The application on SQLite alone: what the database decides is tested with the outbox."""
    return sqlite_app


@pytest.fixture(autouse=True)
def _frozen() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def bench(session, court) -> JuryBench:
    """The jury of the court, with an office that can be called."""
    session.get_one(Court, court.id).office_phone = "202-555-0100"
    return JuryBench(session=session, court=court)


@pytest.fixture
def office(app, bench) -> FlaskClient:
    """The coordinator's browser."""
    bench.session.commit()
    return sign_in_as(app, bench.court, Role.COORDINATOR)


def publish(
    bench: JuryBench, channel: AdultChannel = AdultChannel.PHONE
) -> tuple[uuid.UUID, uuid.UUID]:
    """Ada has an address, her mother wants to be called; both are to know of Saturday."""
    ada = bench.juror("Ada", email="ada@mail.example", phone="202 555 0142")
    adult = bench.adult(
        ada,
        "María Núñez",
        email="maria@mail.example",
        phone="202 555 0177",
        channel=channel,
    )
    evening = bench.planned()
    bench.seat(bench.sittings(evening)[0], ada)
    bench.publish(evening)
    bench.session.commit()
    return ada, adult


def run(app: Flask, bench: JuryBench, gateway: Any = None) -> None:
    """Send what is due."""
    writer = LetterWriter(door="http://localhost/in", clock=lambda: NOW)
    with app.app_context():
        send_due(
            bench.session, renderer=writer, gateway=gateway or TestGateway(), clock=lambda: NOW
        )
    bench.session.rollback()


def page(client: FlaskClient, url: str = "/messages") -> str:
    """The words of a whole page."""
    answer = client.get(url)
    assert answer.status_code == 200, answer.status_code
    assert page_faults(answer.text) == []
    return " ".join(read_page(answer.text).text.split())


def press(client: FlaskClient, url: str, **values: str) -> Any:
    """Press a button of the list."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/messages").text)
    assert found is not None
    return client.post(url, data={"csrf_token": found.group(1), **values})


def notice(bench: JuryBench, *, adult: bool) -> Notice:
    """The notice of the youth or of the adult."""
    (found,) = [n for n in bench.notices() if (n.adult_id is not None) is adult]
    return found


def tell_an_agency(bench: JuryBench) -> None:
    """Let a letter to an agency wait to be printed."""
    agency = agency_named(
        bench.session, name="Elm Police", kind="police", actor=bench.court.actor, now=NOW
    )
    queue_notice(
        bench.session,
        kind=NoticeKind.CASE_CLOSED,
        once_key="closed",
        channel=Channel.PAPER,
        case_id=uuid.uuid4(),
        actor=bench.court.actor,
        now=NOW,
        agency=str(agency.id),
    )
    bench.session.commit()


def test_what_waits_for_a_hand_is_counted_by_whom_it_is_for(app, bench, office) -> None:
    """Today and the list give the same numbers, and the list shows one kind alone."""
    publish(bench)
    tell_an_agency(bench)
    run(app, bench)  # Ada's leaves as an e-mail
    assert "2 messages to print or tell by phone" in (today := page(office, "/today"))
    assert "1 to a parent or other adult, 1 to an agency." in today
    text = page(office)
    assert "Everybody (2) Parents and other adults (1) Agencies (1)" in text
    assert "María Núñez" in text
    assert "Elm Police" in text
    agencies = page(office, "/messages?show=needs_hand&to=agency")
    assert "Elm Police" in agencies
    assert "María Núñez" not in agencies
    assert "Elm Police" not in page(office, "/messages?to=adult")
    assert "Elm Police" in page(office, "/messages?to=rubbish")


def test_an_empty_outbox_says_when_messages_are_written(office) -> None:
    """On each of the three lists."""
    assert "Nobody waits to be told" in page(office)
    assert "Nothing is about to leave" in page(office, "/messages?show=waiting")
    assert "No messages yet" in page(office, "/messages?show=all")
    assert "Nobody waits to be told" in page(office, "/messages?show=rubbish&page=-7")


def test_a_message_is_listed_until_it_leaves_and_what_no_mail_carries_comes_to_a_hand(
    app, bench, office
) -> None:
    """For whom, about what, since when, where it stands; the number to call; no case."""
    publish(bench)
    assert "Ada" in page(office, "/messages?show=waiting")
    run(app, bench)
    assert "Nothing is about to leave" in page(office, "/messages?show=waiting")
    told = page(office)
    assert "María Núñez (Mother) for Okafor" in told
    assert "Coming to a session, Sat 14 Mar 2026" in told
    assert "cannot go by e-mail wants to be called" in told
    assert "Phone 202 555 0177" in told
    assert "0142" not in told
    everything = page(office, "/messages?show=all")
    assert "not really sent: mail is not set up" in everything
    assert not re.search(r"offen[cs]e|sentence|respondent|INC-", everything)


def test_a_failure_says_what_is_wrong(app, bench, office) -> None:
    """In words, with the next try or with what to check."""
    publish(bench)

    class Refusing:
        name = "post"

        def send(self, _message: object) -> None:
            raise DeliveryFailed(MailProblem.ADDRESS_REFUSED, for_good=True)

    run(app, bench, Refusing())
    told = page(office)
    assert "did not get through" in told
    assert "the address was refused: please check it" in told
    assert "Phone 202 555 0142" in told


def test_a_message_is_printed_and_noted(app, bench, office, session) -> None:
    """The same words as by mail, with today's; noted once, readable again if the paper jams."""
    publish(bench)
    run(app, bench)
    key = notice(bench, adult=True).id
    session.rollback()
    paper = page(office, f"/messages/{key}/paper")
    assert "Ada is expected on Saturday 14 March 2026, from 9:30 am to 12:30 pm." in paper
    assert "Elm Street programme" in paper
    for _ in range(2):
        assert press(office, f"/messages/{key}/told", how="paper").status_code == 303
    assert "Nobody waits to be told" in page(office)
    assert "printed" in page(office, "/messages?show=all")
    assert "Ada is expected" in page(office, f"/messages/{key}/paper")
    acts = sa.select(AuditEntry.act).where(AuditEntry.subject == "notice").order_by(AuditEntry.at)
    assert sorted(session.scalars(acts)) == ["notice_by_hand", "read", "read"]


def test_a_message_is_told_by_phone(app, bench, office, session) -> None:
    """The list says so."""
    publish(bench)
    run(app, bench)
    key = notice(bench, adult=True).id
    session.rollback()
    press(office, f"/messages/{key}/told", how="phone")
    assert "told by phone" in page(office, "/messages?show=all")


def test_what_is_gone_meanwhile_is_not_printed(app, bench, office, session) -> None:
    """The page leads back and says why; it can be taken off the list."""
    publish(bench)
    run(app, bench)
    key = notice(bench, adult=True).id
    (seat,) = _seats(bench)
    bench.release(seat, ReleaseReason.CANNOT_COME)
    session.commit()
    answer = office.get(f"/messages/{key}/paper")
    assert (answer.status_code, answer.location) == (303, "/messages")
    assert "This message is not needed any more" in page(office)
    for _ in range(2):
        assert press(office, f"/messages/{key}/drop").status_code == 303
    acts = sa.select(AuditEntry.act).where(AuditEntry.act == "notice_dropped")
    assert session.scalars(acts).all() == ["notice_dropped"]


def _seats(bench: JuryBench) -> list[Any]:
    from youthcourt.jury.models import Seat

    return bench.rows(Seat)


def publish_and_hold(bench: JuryBench) -> None:
    """Ada and her mother are both written to, and a restore keeps both back."""
    session = bench.session
    publish(bench, AdultChannel.EMAIL)
    hold_waiting(session, now=NOW)
    session.commit()


def test_what_is_kept_back_is_seen_and_leaves_only_when_it_is_sent(
    app, bench, office, session
) -> None:
    """On Today and on the list, apart from what is told by hand; sent twice, it is noted once."""
    publish_and_hold(bench)
    run(app, bench)
    assert "2 messages are kept back" in page(office, "/today")
    assert "Nobody waits to be told" in page(office)
    told = page(office, "/messages?show=held")
    assert "Kept back (2)" in told
    assert "a backup was restored, and it may have left before that" in told
    key = notice(bench, adult=False).id
    session.rollback()
    for _ in range(2):
        answer = press(office, f"/messages/{key}/send")
        assert (answer.status_code, answer.location) == (303, "/messages?show=held")
    run(app, bench)
    assert notice(bench, adult=False).state is NoticeState.SENT
    session.rollback()
    assert "Kept back (1)" in page(office, "/messages?show=held")
    assert press(office, f"/messages/{key}/send").status_code == 409
    acts = sa.select(AuditEntry.act).where(AuditEntry.act == "notice_sent_after_all")
    assert len(session.scalars(acts).all()) == 1


def test_what_is_kept_back_is_dropped_printed_or_told(app, bench, office, session) -> None:
    """The list of what is kept back is gone with the last one."""
    publish_and_hold(bench)
    youth, adult = notice(bench, adult=False).id, notice(bench, adult=True).id
    session.rollback()
    assert press(office, f"/messages/{youth}/drop").location == "/messages?show=held"
    press(office, f"/messages/{adult}/told", how="phone")
    assert "Kept back" not in page(office)
    assert "Nothing is kept back" in page(office, "/messages?show=held")
    run(app, bench)
    assert {n.state for n in bench.notices()} == {NoticeState.CANCELLED, NoticeState.PRINTED}


@pytest.mark.parametrize(
    ("act", "state"), [("send", NoticeState.QUEUED), ("drop", NoticeState.CANCELLED)]
)
def test_all_that_is_kept_back_is_sent_or_dropped_at_once(
    bench, office, session, act, state
) -> None:
    """Each is noted by itself."""
    publish_and_hold(bench)
    assert press(office, f"/messages/held/{act}").status_code == 303
    assert {n.state for n in bench.notices()} == {state}
    query = sa.select(sa.func.count()).select_from(AuditEntry)
    assert session.scalar(query.where(AuditEntry.subject == "notice")) == 2


def test_what_is_kept_back_goes_by_itself_once_its_reason_is_gone(app, bench, session) -> None:
    """As everything that waits for a hand."""
    publish_and_hold(bench)
    (seat,) = _seats(bench)
    bench.release(seat, ReleaseReason.CANNOT_COME)
    session.execute(sa.update(Notice).values(due_at=NOW - TIDY_AFTER))
    session.commit()
    run(app, bench)
    published = [n for n in bench.notices() if n.kind is NoticeKind.DUTY_PUBLISHED]
    assert {n.state for n in published} == {NoticeState.CANCELLED}


def test_an_adult_who_must_never_know_is_not_shown_with_a_number(
    app, bench, office, session
) -> None:
    """Marked after the message was written: nobody is led to call them."""
    publish(bench)
    run(app, bench)
    session.execute(sa.update(Adult).values(never_disclose=True))
    session.commit()
    assert "0177" not in page(office)
    key = notice(bench, adult=True).id
    session.rollback()
    assert office.get(f"/messages/{key}/paper").status_code == 303


def test_a_link_is_never_printed(bench, office, session) -> None:
    """It lives for minutes, and looking at it would make one."""
    ada = bench.juror("Ada", email="ada@mail.example")
    mail_link(session, person_id=ada, **bench.hand)
    session.commit()
    key = bench.notices()[0].id
    session.rollback()
    assert office.get(f"/messages/{key}/paper").status_code == 409
    assert press(office, f"/messages/{key}/told", how="paper").status_code == 409


def test_the_notice_to_an_agency_leads_to_its_own_page(bench, office, session) -> None:
    """With the agency's name, without the youth's."""
    from youthcourt.cases.models import Agency, Case

    agency = Agency(name="Third District police", kind="police")
    session.add(agency)
    hearing = bench.docket(bench.sittings(bench.planned(SATURDAY))[0])
    session.flush()
    queue_notice(
        session,
        kind=NoticeKind.CASE_CLOSED,
        once_key="case_closed:1",
        channel=Channel.PAPER,
        case_id=session.get_one(Case, hearing.case_id).id,
        agency=str(agency.id),
        **bench.hand,
    )
    session.commit()
    answer = office.get("/messages").text
    assert "Third District police" in answer
    assert f"/cases/{hearing.case_id}/closing-notice" in answer


def test_messages_of_another_court_are_not_there(app, bench, session) -> None:
    """Neither listed nor printed nor settled; and other roles are refused."""
    publish(bench)
    key = bench.notices()[0].id
    session.commit()
    elsewhere = add_court(session, slug="fl-charlotte", name="Oak")
    stranger = sign_in_as(app, elsewhere, Role.COORDINATOR)
    assert "No messages yet" in page(stranger, "/messages?show=all")
    assert stranger.get(f"/messages/{key}/paper").status_code == 404
    for act in ("told", "drop", "send"):
        assert press(stranger, f"/messages/{key}/{act}").status_code == 404
    for role in (Role.CLERK, Role.EVALUATOR):
        assert sign_in_as(app, bench.court, role).get("/messages").status_code == 403


def test_the_number_of_questions_does_not_grow(app, bench, office, session) -> None:
    """Thirty messages ask the database as often as one."""
    from youthcourt.db import db

    counts = []
    for size in (1, 29):
        for number in range(size):
            person = bench.person(f"P{size}{number}")
            queue_notice(
                session,
                kind=NoticeKind.DUTY_PUBLISHED,
                once_key=f"duty:{size}:{number}",
                channel=Channel.PAPER,
                person_id=person,
                adult_id=bench.adult(person),
                **bench.hand,
            )
        session.commit()
        found: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            found.append(statement)  # noqa: B023 -- taken off before the next round

        with app.app_context():
            engine = db.engine
        sa.event.listen(engine, "before_cursor_execute", note)
        assert office.get("/messages").status_code == 200
        sa.event.remove(engine, "before_cursor_execute", note)
        counts.append(len(found))
    assert counts[0] == counts[1]


def test_reading_the_list_is_noted(bench, office, session) -> None:
    """With which list it was."""
    page(office, "/messages?show=all")
    query = sa.select(AuditEntry).where(AuditEntry.subject == "notice_list")
    (entry,) = session.scalars(query).all()
    assert (entry.act, entry.params) == ("read", {"filter": "all"})
    assert entry.at.date() == date(2026, 3, 4)
