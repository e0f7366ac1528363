"""Every page says the same four numbers of one person at one moment, whatever has happened."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask

from tests.dashboard.test_juror_home import Phone
from tests.fixtures.app import NOW, sign_in_as
from tests.jury.conftest import JuryBench
from tests.sentences.pages import Browser
from youthcourt.accounts.domain import Role
from youthcourt.hearings.domain import CourtSessionKind
from youthcourt.hearings.models import CourtSession
from youthcourt.jury.services.attendance import check_in, mark_attendance
from youthcourt.jury.services.evening import confirm_evening
from youthcourt.sentences.domain import AttendanceOutcome, CanFinish
from youthcourt.sentences.models import Sanction
from youthcourt.sentences.queries import feasibility_of

FIRST = date(2026, 3, 14)
DAYS = [FIRST + timedelta(days=7 * number) for number in range(6)]
DRAWN_FOR = date(2026, 5, 30)  # a session nobody sits in yet: whose jury page is read
REQUIRED = 9  # more than there are sessions, so that they stand on the list of who may not finish

# "3 of 9 sessions done 3 confirmed 1 waiting to be confirmed 2 booked 3 still to book", or with
# commas and without what is confirmed.
_PARTS = re.compile(
    r"(\d+) of (\d+) sessions done(?:,? (?:\d+) confirmed)?"
    r"(?:,? (\d+) waiting to be confirmed)?(?:,? (\d+) booked)?(?:,? (\d+) still to book)?"
)

Four = tuple[int, int, int, int]


@pytest.fixture
def app(sqlite_app: Flask) -> Flask:
    """The application on SQLite alone: figures on each database are tested with the queries."""
    return sqlite_app


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """A clock that can be set forward."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@dataclass
class Reader:
    """Somebody's figures, read from every page that tells them."""

    app: Flask
    bench: JuryBench
    clock: time_machine.Traveller
    person_id: uuid.UUID
    owed: Sanction
    ahead: CourtSession

    def pages(self) -> dict[str, str]:
        """Return every page with figures, as staff and as the person read it."""
        self.bench.session.commit()
        office = Browser.of(sign_in_as(self.app, self.bench.court, Role.COORDINATOR))
        return {
            "at risk": _row(office, "/service/at-risk", "Ada"),
            "jury": _listed(office, f"/sessions/{self.ahead.id}/jury/list", "Ada"),
            "seat": office.read(f"/sessions/{self.ahead.id}/seats/new/{self.person_id}"),
            "person": office.read(f"/people/{self.person_id}"),
            "case": office.read(f"/cases/{self.owed.case_id}"),
            "obligation": office.read(f"/obligations/{self.owed.id}"),
            "sheet": office.read(f"/cases/{self.owed.case_id}/sentence/sheet"),
            "phone": Phone(self.app, self.bench, self.person_id).page(),
        }

    def says(self, *four: int) -> dict[str, str]:
        """Hold every page to these: done, waiting, booked, still to book."""
        assert sum(four) == REQUIRED, "the test itself must add up"
        pages = self.pages()
        found = {name: _four(page) for name, page in pages.items() if name != "sheet"}
        assert found == dict.fromkeys(found, four)
        assert f"{REQUIRED} sessions" in pages["sheet"]
        assert bool(four[0]) == (f"Done so far: {four[0]} session" in pages["sheet"])
        return pages

    def seat(self, day: date, *, publish: bool = True, kind: str = "hearing") -> CourtSession:
        evening = self.bench.planned(day, kind=CourtSessionKind(kind))
        self.bench.seat(self.bench.sittings(evening)[0], self.person_id)
        if publish:
            self.bench.publish(evening)
        return evening

    def mark(self, evening: CourtSession, outcome: AttendanceOutcome, now: datetime) -> None:
        hand = {**self.bench.hand, "now": now}
        keys: dict[str, Any] = {"session_id": evening.id, "person_id": self.person_id}
        if outcome is AttendanceOutcome.PRESENT:
            check_in(self.bench.session, **keys, **hand)
        else:
            mark_attendance(self.bench.session, **keys, outcome=outcome, **hand)

    def at(self, day: date, hour: int, minute: int = 0) -> datetime:
        """Let it be this time on the court's clock, in its daylight saving time."""
        now = datetime(day.year, day.month, day.day, hour + 4, minute, tzinfo=UTC)
        self.clock.move_to(now)
        return now

    def confirm(self, evening: CourtSession, now: datetime) -> None:
        confirm_evening(
            self.bench.session, session_id=evening.id, **{**self.bench.hand, "now": now}
        )


def _four(page: str) -> Four | None:
    found = _PARTS.search(page)
    if found is None:
        return None
    done, required, waiting, booked, to_book = (int(part or 0) for part in found.groups())
    assert done + waiting + booked + to_book == required, found.group()
    return done, waiting, booked, to_book


def _listed(office: Browser, url: str, name: str) -> str:
    """Return the row of somebody on the jury list, among who could come or who cannot."""
    found = _row(office, url, name)
    return found if not found.endswith(url) else _row(office, f"{url}?show=unable", name)


def _row(office: Browser, url: str, name: str) -> str:
    """Return the line of a table about somebody, as it is read."""
    answer = office.get(url)
    assert answer.status_code == 200, url
    rows = re.findall(r"<tr>.*?</tr>", answer.text, re.DOTALL)
    texts = [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in rows]
    return next((text for text in texts if name in text), f"{name} is not on {url}")


@pytest.fixture
def reader(app: Flask, bench: JuryBench, clock: time_machine.Traveller) -> Reader:
    ada = bench.juror("Ada", owes=0)
    owed = bench.owes(ada, REQUIRED, due_on=date(2026, 6, 3))
    bench.planned(date(2026, 6, 6))  # the calendar goes on, so it is sure that it is too little
    ahead = bench.planned(DRAWN_FOR)
    return Reader(app, bench, clock, ada, owed, ahead)


@pytest.fixture
def bench(session, court) -> JuryBench:
    return JuryBench(session=session, court=court)


def test_through_everything_that_can_happen_all_pages_agree(reader: Reader) -> None:
    """Booked, running, over and not marked, present, excused, turned away, confirmed, walked in."""
    reader.says(0, 0, 0, 9)
    first, second, third, fourth = (reader.seat(day) for day in DAYS[:4])
    reader.says(0, 0, 4, 5)

    now = reader.at(DAYS[0], 9, 20)
    reader.mark(first, AttendanceOutcome.PRESENT, now)
    pages = reader.says(0, 0, 4, 5)
    assert "Today, Saturday 14 March" in pages["phone"]
    reader.at(DAYS[0], 12, 29)
    reader.says(0, 0, 4, 5)

    reader.at(DAYS[0], 12, 30)  # the planned end
    pages = reader.says(0, 1, 3, 5)
    assert "14 March" not in pages["phone"].split("Done and left")[0]
    assert "14 Mar 2026 : 1 session, 3 h waits to be confirmed" in pages["person"]

    reader.at(DAYS[1], 13)  # nobody has written anything down
    pages = reader.says(0, 2, 2, 5)
    assert "nobody has written down yet how it went" in pages["person"]

    now = reader.at(DAYS[2], 9)
    reader.mark(third, AttendanceOutcome.EXCUSED, now)
    reader.says(0, 2, 2, 5)  # the session is still to come
    reader.at(DAYS[2], 13)
    pages = reader.says(0, 2, 1, 6)
    assert "28 Mar 2026 : 1 session, 3 h excused" in pages["person"]
    assert "does not count: excused" in pages["phone"]

    reader.bench.policy(DAYS[3], counting={"turned_away": "none"})
    now = reader.at(DAYS[3], 9, 40)
    reader.mark(fourth, AttendanceOutcome.TURNED_AWAY, now)
    now = reader.at(DAYS[3], 13)
    pages = reader.says(0, 2, 0, 7)
    assert "turned away, no seat" in pages["person"]
    assert not re.search(r"\d booked|: booked", pages["phone"] + pages["person"])

    reader.confirm(first, now)
    reader.says(1, 1, 0, 7)
    reader.confirm(second, now)  # whoever is not marked by then was absent
    reader.says(1, 0, 0, 8)
    reader.confirm(third, now)
    reader.confirm(fourth, now)
    reader.says(1, 0, 0, 8)

    walk_in = reader.bench.planned(DAYS[4])
    now = reader.at(DAYS[4], 9, 20)
    reader.mark(walk_in, AttendanceOutcome.PRESENT, now)
    reader.says(1, 0, 0, 8)
    now = reader.at(DAYS[4], 13)
    pages = reader.says(1, 1, 0, 7)
    assert "came without a seat" in pages["person"]
    reader.confirm(walk_in, now)
    reader.says(2, 0, 0, 7)


def test_who_waits_for_the_office_alone_is_neither_late_nor_at_risk(reader: Reader) -> None:
    """Their last day is over, but the office has still to confirm it; the case leads there."""
    bo = reader.bench.juror("Bo", owes=0)
    owed = reader.bench.owes(bo, 1, due_on=DAYS[0])
    evening = reader.bench.planned(DAYS[0])
    reader.bench.seat(reader.bench.sittings(evening)[0], bo)
    reader.bench.publish(evening)
    reader.bench.session.commit()
    reader.at(DAYS[0] + timedelta(days=1), 9)
    office = Browser.of(sign_in_as(reader.app, reader.bench.court, Role.COORDINATOR))
    assert "Bo" not in office.read("/service/at-risk")
    case = office.get(f"/cases/{owed.case_id}")
    assert "Everything is handed in" in case.text
    assert f"/tonight/{evening.id}/review" in case.text
    assert "/service/waiting" not in case.text.split("Everything is handed in")[1].split("</p>")[0]
    phone = Phone(reader.app, reader.bench, bo).page()
    assert "0 of 1 sessions done" in phone.replace("1 session done", "1 sessions done")
    assert "1 waiting to be confirmed" in phone
    assert "Nothing is left for you to do here." in phone
    assert "It is not too late to talk" not in phone


def test_turned_away_waits_where_the_rules_let_it_count(reader: Reader) -> None:
    """The juror came, and that there was no seat is not their doing."""
    evening = reader.seat(DAYS[0])
    reader.mark(evening, AttendanceOutcome.TURNED_AWAY, reader.at(DAYS[0], 9, 40))
    now = reader.at(DAYS[0], 13)
    reader.says(0, 1, 0, 8)
    reader.confirm(evening, now)
    reader.says(1, 0, 0, 8)


def test_a_seat_nobody_was_told_of_ends_with_its_session(reader: Reader) -> None:
    """Ahead it is booked; over it is neither booked nor waiting, as confirming will have it."""
    evening = reader.seat(DAYS[0], publish=False)
    reader.says(0, 0, 1, 8)
    now = reader.at(DAYS[0], 13)
    pages = reader.says(0, 0, 0, 9)
    assert "nobody was told of this seat" in pages["person"]
    assert "14 Mar" not in pages["phone"]
    reader.confirm(evening, now)
    reader.says(0, 0, 0, 9)


def test_who_was_excused_needs_no_rest_from_that_day(reader: Reader) -> None:
    """Neither the draw nor whether it can be finished counts a day somebody did not sit on."""
    reader.bench.jury_rules(rest_days=6)
    evening, following = reader.seat(DAYS[0]), reader.bench.planned(DAYS[0] + timedelta(days=4))
    now = reader.at(DAYS[0], 13)
    address = f"/sessions/{following.id}/seats/new/{reader.person_id}"

    def told() -> tuple[bool, bool]:
        reader.bench.session.commit()
        office = Browser.of(sign_in_as(reader.app, reader.bench.court, Role.COORDINATOR))
        rests = "only if you say so" in office.read(address)
        found = feasibility_of(reader.bench.session, sanction_id=nearly.id, now=now)
        return rests, found.can_finish is CanFinish.YES

    # Given after that day, so that the day itself counts for the other one.
    given, last = DAYS[0] + timedelta(days=1), DAYS[0] + timedelta(days=5)
    nearly = reader.bench.owes(reader.person_id, 1, on=given, due_on=last)
    now = reader.at(given, 13)
    assert told() == (True, False)
    reader.mark(evening, AttendanceOutcome.EXCUSED, now)
    assert told() == (False, True)


def test_a_wrong_mark_put_right_is_read_at_once(reader: Reader) -> None:
    """Marked absent after the end, then here after all: the pages follow the door."""
    evening = reader.seat(DAYS[0])
    now = reader.at(DAYS[0], 13)
    reader.mark(evening, AttendanceOutcome.ABSENT, now)
    reader.says(0, 0, 0, 9)
    reader.mark(evening, AttendanceOutcome.PRESENT, now)
    reader.says(0, 1, 0, 8)


def test_a_training_is_called_so_on_every_page(reader: Reader) -> None:
    """It counts as a session, before and after it is confirmed, and is called a training."""
    evening = reader.seat(DAYS[0], kind="training")
    for now, confirm in ((NOW, False), (reader.at(DAYS[0], 13), True)):
        reader.clock.move_to(now)
        pages = reader.pages()
        assert "14 Mar 2026 : Training, 1 session, 3 h" in pages["person"]
        assert "14 Mar 2026, Training" in pages["phone"]
        if confirm:
            reader.mark(evening, AttendanceOutcome.PRESENT, now)
            reader.confirm(evening, now)
    pages = reader.says(1, 0, 0, 8)
    assert "14 Mar 2026 : Training, 1 session, 3 h confirmed" in pages["person"]
    assert "14 Mar 2026, Training confirmed" in pages["phone"]
