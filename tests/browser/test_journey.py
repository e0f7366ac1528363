"""One respondent from the referral to the closing in a browser, by the words on the screen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from flask import Response, make_response

from tests.browser.conftest import SiteMaker
from tests.browser.looking import NARROW, WIDE, Site
from tests.browser.visitor import Visitor
from tests.fixtures.app import PASSWORD, SmallCourt, add_court
from tests.fixtures.world import NOBODY
from tests.journeys.story import fill
from youthcourt.db import db, set_court
from youthcourt.web.access import public

pytestmark = pytest.mark.chromium

ZONE = ZoneInfo("America/New_York")
HEARD, SERVED = date(2026, 3, 12), date(2026, 3, 19)  # both a Thursday
CODE = re.compile(r"\b[0-9A-Z]{4} [0-9A-Z]{4}\b")
NOT_FOR_BYSTANDERS = ("court", "offence", "respondent", "sentence", "shoplifting", "novák")

SIGNED = {
    "Admission of responsibility": "the young person",
    "Consent of a parent or guardian": "Eva Novák (Mother)",
    "Release of information": "Eva Novák (Mother)",
    "Promise of confidentiality": "the young person",
}


@dataclass
class Stage:
    """The court of one story, the browser at one width, and the clock of both."""

    site: Site
    court: SmallCourt
    clock: Any
    width: int
    scripts: bool
    faults: list[str]

    def at(self, day: date, hour: int, minute: int = 0) -> None:
        """Let it be this time on the court's clock."""
        self.clock.move_to(datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE))

    @contextmanager
    def visitor(self) -> Iterator[Visitor]:
        """Open a window of its own, signed in as nobody."""
        with self.site.visit(NOBODY, width=self.width, java_script_enabled=self.scripts) as page:
            visitor = Visitor(page, self.site.complaints, looks=self.scripts)
            yield visitor
            self.faults += visitor.faults

    @contextmanager
    def staff(self, role: str = "coordinator") -> Iterator[Visitor]:
        """Sign somebody of the staff in."""
        with self.visitor() as visitor:
            visitor.go("/").fill({"E-mail address": f"{role}@{self.court.slug}.example"})
            visitor.fill({"Password": PASSWORD}).press("Sign in")
            yield visitor


@pytest.mark.parametrize(
    ("width", "scripts", "name"),
    [
        (NARROW, True, "Alder"),
        (WIDE, True, "Birch"),
        (WIDE, False, "Cedar"),
    ],
    ids=["phone", "laptop", "without scripts"],
)
def test_from_the_referral_to_the_closing(site: Site, width: int, scripts: bool, name: str) -> None:
    """Everything is done by what can be read, and every page on the way can be used by all."""
    court = open_court(site, name)
    with time_machine.travel(datetime(2026, 3, 4, 10, 0, tzinfo=ZONE), tick=True) as clock:
        stage = Stage(site, court, clock, width, scripts, [])
        with stage.staff() as office:
            plan(office)
            refer(office)
            take_in(office)
            put_on_the_docket(office)
        stage.at(HEARD, 17, 40)
        with stage.staff() as desk:
            hear(desk)
        stage.at(HEARD, 20, 5)
        with stage.staff() as office:
            confirm(office, HEARD)
            note_site_hours(office)
            draw_and_publish(office)
            code = print_slip(office)
        with stage.visitor() as phone:
            read_next_duty(phone, code)
        stage.at(SERVED, 17, 20)
        with stage.staff("clerk") as desk:
            come_by_code(desk, code)
        with stage.visitor() as phone:
            open_page(phone, code)
            stage.at(SERVED, 20, 5)
            with stage.staff() as office:
                confirm(office, SERVED)
                close(office)
            read_what_is_done(phone)
    assert not stage.faults, "\n".join(stage.faults)


def open_court(site: Site, name: str) -> SmallCourt:
    """Add a court with eight volunteers and its staff to the site."""
    with site.house.app.app_context():
        session = db.session()
        session.info["writer"] = True
        court = add_court(session, "fl-charlotte", f"{name} Road")
        set_court(session, court.id)
        fill(session, court)
        session.close()
    return court


def plan(office: Visitor) -> None:
    """A room, and two sessions in it."""
    office.menu("Calendar").follow("Rooms").follow("Add a room")
    office.fill({"Name of the room": "Room 2", "Address": "1 Elm Street"}).press("Add the room")
    office.menu("Calendar").reads("every week, 5:30 pm to 8:00 pm, 1 room.")
    for day in (HEARD, SERVED):
        office.menu("Calendar").follow("Plan a session").fill({"Day": day.isoformat()})
        office.tick("Room 2").press("Plan the session")
    office.reads("Thursday 19 March 2026", "0 of 6 jurors")


def refer(office: Visitor) -> None:
    """A referral by the police of somebody new, and a first call to the family."""
    office.menu("Cases").follow("Enter a referral")
    office.fill({"Given names": "Iva", "Family name": "Novák", "Birth date": "2010-06-01"})
    office.press("Look up this person").reads("Nobody like this is on record.")
    office.fill({"Name": "Eva Novák", "Phone": "202-555-0101", "Incident on": "2026-02-20"})
    office.select({"What they are to the young person": "Mother"})
    office.unfold("An agency that is not in the list")
    office.select({"Referring agency": "Another one: write it below", "What it is": "Police"})
    office.fill({"Name of the new agency": "City Police", "Offence in words": "Shoplifting"})
    office.press("Save the referral").reads("Iva Novák", "City Police", "Shoplifting")


def take_in(office: Visitor) -> None:
    """Eligible by the rules, reached, the mother's authority seen, papers signed, interviewed."""
    office.follow("Decide on eligibility")
    for group in office.page.get_by_role("group").all():
        if group.get_by_label("Yes", exact=True).count():
            group.get_by_label("Yes", exact=True).check()
    office.press("Save the decision").reads("Eligible")
    office.follow("Write down a try to reach them").answer("What came of it?", "Reached: we spoke")
    office.select({"How?": "Phone call"}).press("Save").reads("Contacted")
    office.follow("Iva Novák").follow("Change Eva Novák")
    office.tick("May decide and sign for the young person")
    office.select({"How do we know?": "Birth certificate seen"}).press("Save")
    office.follow("2026-0001")
    for paper, signer in SIGNED.items():
        office.follow(f"Record the signature: {paper}").select({"Signed by": signer})
        office.press("Record the signature").reads(f"{paper} Signed")
    office.follow("Intake").answer("Does the young person admit responsibility?", "Yes")
    office.tick("White").select(
        {
            "Who said so?": "The youth said so",
            "Sex": "Female",
            "Lives with": "One parent",
            "School": "Goes to school",
            "Grade": "Grade 9",
            "Earlier offences on record": "No earlier ones",
            "Language the family wants to speak": "English",
            "Is an interpreter needed?": "No",
            "Question": "What is your favourite colour?",
        }
    )
    office.fill({"Answer": "blue"})
    office.press("Save the intake").reads("Intake done")


def put_on_the_docket(office: Visitor) -> None:
    """The first session that can be chosen."""
    office.menu("Calendar").reads("1 Hearing waits for a session").follow("Docket")
    office.follow("Choose a session").follow("Choose").press("Put it on the docket")
    office.menu("Cases").follow("2026-0001").reads("On the docket", "Room 2")


def hear(desk: Visitor) -> None:
    """Behind the password: heard, the sentence of the panel written down, and locked again."""
    desk.menu("Today's session").follow("Room 2").follow("Docket").reads(
        "It stays open for a quarter"
    )
    desk.fill({"Your password": PASSWORD}).press("Open").reads(
        "Iva Novák", "Shoplifting", "Eva Novák"
    )
    desk.follow("Heard").reads("Nobody is checked in for this room")
    desk.tick("I write down later who sat on the panel").press("Write it down")
    desk.follow("Write down the sentence")
    desk.select({"Class of the offence": "A: Lightest"})
    desk.fill({"hours": "8", "How many sessions": "1"})
    desk.answer("How did the panel agree?", "All jurors agreed")
    desk.press("Check the sentence").reads("Community service: 8 h", "Times on the jury: 1 session")
    desk.press("Record the sentence").reads("sentence recorded").press("Lock this page again")


def confirm(office: Visitor, day: date) -> None:
    """What counts is read and then confirmed."""
    office.follow(f"Confirm who came on {day:%a} {day.day} {day:%b}")
    if day == SERVED:
        office.reads("Novák, Iva", "1 session, 2 h 30 min", "the sentence")
    office.decide("Confirm this session").reads("Both ledgers are up to date.")


def note_site_hours(office: Visitor) -> None:
    """The hours at a site are done and confirmed."""
    office.menu("Cases").follow("2026-0001").reads("0 min of 8 h done", "0 of 1 session done")
    office.follow("Community service").follow("Write down service")
    office.fill({"Done on": HEARD.isoformat(), "hours": "8", "Where": "Food bank"})
    office.select({"What shows it?": "a signed sheet"})
    office.tick("I have seen the proof: confirm it at once").press("Write it down")
    office.reads("Community service, 8 h confirmed", "It earned 8 h of time credit.")


def draw_and_publish(office: Visitor) -> None:
    """Six are drawn, whoever owes first; looked at, accepted, announced, and told once."""
    office.menu("Calendar").follow("Thu 19 Mar 2026").follow("Open the jury")
    office.reads("9 people could come")
    office.press("Draw").reads("A proposal", "6 seated", "Enough jurors", "Novák, Iva")
    office.decide("Accept this draw").reads("6 new seats are given.", "6 seats are proposed")
    office.decide("Announce").reads("6 seats are announced.", "Who is told", "Eva Novák")
    office.menu("Messages").reads("Novák, Iva", "Coming to a session, Thu 19 Mar 2026")


def print_slip(office: Visitor) -> str:
    """Return the code as it is read on the printed slip of the young person."""
    office.menu("Calendar").follow("Thu 19 Mar 2026").follow("Sign-in slips")
    office.reads("gets a code").press("Make the slips").reads("Iva", "Thursday 19 March 2026")
    neutral(office)
    code = CODE.search(office.text)
    assert code is not None
    return code.group(0)


def open_page(phone: Visitor, code: str) -> None:
    """The code and the answer chosen at the intake open their page."""
    phone.go("/in").fill({"Code": code}).press("Next")
    phone.fill({"What is your favourite colour?": "Blue"}).press("Open my page")
    neutral(phone.reads("Hello Iva."))


def read_next_duty(phone: Visitor, code: str) -> None:
    """Where to be next, what is left of both, and the credits of the hours at the site."""
    open_page(phone, code)
    phone.reads("Next time Thursday 19 March 2026", "5:30 pm to 8:00 pm", "Room 2", "1 Elm Street")
    phone.reads("0 of 1 session done", "1 booked", "Your credits 8 h")


def come_by_code(desk: Visitor, code: str) -> None:
    """At the door the code finds them and their seat; the promise is ticked."""
    desk.menu("Today's session").fill({"Code on the slip": code}).press("Check in")
    desk.reads("Iva is here: Room 2, seat").press("Promise: Iva").reads("promise given")


def read_what_is_done(phone: Visitor) -> None:
    """Everything is done, and what it earned stays theirs."""
    phone.go("/next").reads("Everything is done.", "Your credits 10 h 30 min")
    neutral(phone)


def close(office: Visitor) -> None:
    """Closed as completed; the agency gets its notice, the ledger has no problem."""
    office.menu("Cases").follow("2026-0001").follow("See what is done and left")
    office.reads("Everything is done").follow("Close the case")
    office.answer("Why is the case closed?", "Completed").press("Close the case")
    office.press("Print the notice to City Police").reads("completed the programme")
    office.go("/credits/problems").reads("Everything is as it must be")


def neutral(visitor: Visitor) -> None:
    """Hold a page that others may see to words that say nothing of why somebody comes."""
    told = [word for word in NOT_FOR_BYSTANDERS if word in visitor.page.content().lower()]
    assert not told, f"{visitor.page.url} says {told}"


# Planted faults ------------------------------------------------------------------------------

PAGE = """<!doctype html><html lang="en"><head><title>Planted</title></head><body>
<main id="content"><h1>Planted</h1><p style="width: 900px">Wide</p><input name="age">
<script>throw new Error("planted")</script></main></body></html>"""


def test_faults_met_on_the_way_are_told(open_site: SiteMaker) -> None:
    """A page without a label, too wide and with a broken script is told of all three."""

    @public
    def planted() -> Response:
        response = make_response(PAGE)
        response.headers["Content-Security-Policy"] = "default-src 'self' 'unsafe-inline'"
        return response

    site = open_site(lambda app: app.add_url_rule("/planted", "planted", planted))
    with site.visit(NOBODY, width=NARROW) as page:
        told = "\n".join(Visitor(page, site.complaints).go("/planted").faults)
    for fault in ("Planted: label", "Planted: scrolls sideways", "Planted: script: "):
        assert fault in told
