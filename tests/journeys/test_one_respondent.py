"""One respondent from the referral to the closing, through the pages, with both ledgers."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from sqlalchemy.orm import Session

from tests.fixtures.app import PASSWORD, SmallCourt
from tests.journeys.walker import Walker, walker_of
from youthcourt.accounts.domain import Role
from youthcourt.accounts.models import User
from youthcourt.accounts.services import hash_password
from youthcourt.cases.domain import CaseState, ClosureReason
from youthcourt.cases.models import Case
from youthcourt.credits.queries import balance_of, verify_credits
from youthcourt.people.services import add_person, add_training, set_jury_list
from youthcourt.sentences.queries import progress_of

ZONE = ZoneInfo("America/New_York")
FIRST_DAY = date(2026, 3, 4)  # a Wednesday
SATURDAY = date(2026, 3, 14)


@dataclass
class Story:
    """The court, its people, and the clock of the story."""

    app: Flask
    session: Session
    court: SmallCourt
    clock: Any

    def at(self, day: date, hour: int, minute: int = 0) -> None:
        """Let it be this time on the court's clock."""
        self.clock.move_to(datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE))

    def sign_in(self, role: Role = Role.COORDINATOR) -> Walker:
        """Sign somebody of the staff in with the password."""
        return walker_of(self.app, f"{role.value}@{self.court.slug}.example", PASSWORD)

    def ask(self, question: Callable[[Session], Any]) -> Any:
        """Return what the database says, without holding it."""
        self.session.expire_all()
        answer = question(self.session)
        self.session.rollback()
        return answer


@pytest.fixture
def story(app: Flask, session: Session, court: SmallCourt) -> Any:
    """A court in March with eight trained volunteers."""
    with time_machine.travel(datetime(2026, 3, 4, 15, 0, tzinfo=UTC), tick=True) as clock:
        hand: dict[str, Any] = {
            "actor": court.actor,
            "now": datetime(2026, 3, 1, 15, 0, tzinfo=UTC),
        }
        hashed = hash_password(PASSWORD)
        session.execute(sa.update(User).values(password_hash=hashed))
        for number in range(8):
            person = add_person(
                session,
                given_names=f"Juror{number}",
                family_name="Volunteer",
                birth_date=date(2009, 5, 1 + number),
                **hand,
            )
            set_jury_list(
                session,
                person_id=person.id,
                on_list=True,
                volunteer_since=date(2026, 1, 1),
                **hand,
            )
            add_training(
                session,
                person_id=person.id,
                topic="juror",
                finished_on=date(2026, 2, 1),
                **hand,
            )
        session.commit()
        yield Story(app=app, session=session, court=court, clock=clock)


def test_from_the_referral_to_the_closing(story: Story) -> None:
    """Every step is done on its page; what is owed and earned adds up each time."""
    office = story.sign_in()
    plan_the_calendar(office)
    case = refer(office, story)
    reach_screen_and_meet(office, case)
    put_on_the_docket(office, case)
    person_id = story.ask(lambda s: s.get_one(Case, case).person_id)
    hear_and_sentence(story, case)
    owed = jury_progress(story, person_id)
    assert (owed.required, owed.confirmed, owed.to_book) == (7, 0, 7)
    for place, at in enumerate(serving_days(), 1):
        serve(story, person_id, at)
        owed = jury_progress(story, person_id)
        parts = (owed.confirmed, owed.pending, owed.booked, owed.to_book)
        assert parts == (place, 0, 0, 7 - place)
        assert story.ask(lambda s: balance_of(s, person_id=person_id)) == 180 * place
        assert story.ask(verify_credits) == ()
    close(story, case)


def plan_the_calendar(office: Walker) -> None:
    """A room, hearings every second Saturday, a training on the first Wednesday of the month."""
    office.open("/calendar").follow("room")
    office.open("/calendar/rooms/new").press(
        "Add the room", name="Courtroom 2", address="1 Elm Street", directions="Second floor"
    )
    office.open("/calendar/series/new").press(
        "Show the days", starts_on=SATURDAY.isoformat(), ends_on="2026-09-12"
    )
    office.sees("14 days would be planned").press("Plan these 14 sessions")
    office.sees("14 sessions are planned")
    office.open("/calendar/series/new?kind=training").press(
        "Show the days",
        rhythm="monthly",
        weekday="2",
        nth_of_month="3",
        starts_on="2026-03-16",
        ends_on="2026-06-30",
    )
    office.press("Plan these 4 sessions")


def refer(office: Walker, story: Story) -> uuid.UUID:
    """A referral by the police of somebody new, found to be on record nowhere."""
    charge: dict[str, Any] = {"charges-0-text": "Shoplifting", "charges-0-nibrs": "23C"}
    office.open("/cases/new").press(
        "Look up this person", given_names="Iva", family_name="Novák", birth_date="2010-06-01"
    )
    office.sees("Nobody like this is on record.").press(
        "Save the referral",
        adult_name="Eva Novák",
        adult_relation="mother",
        adult_phone="202-555-0101",
        agency_id="new",
        agency_name="City Police",
        agency_kind="police",
        incident_on="2026-02-20",
        **charge,
    )
    office.sees("Iva Novák", "City Police", "Shoplifting")
    office.open("/today").sees("referred 0 days ago")
    case_id: uuid.UUID = story.ask(lambda s: s.scalars(sa.select(Case.id)).one())
    return case_id


def reach_screen_and_meet(office: Walker, case: uuid.UUID) -> None:
    """The family is reached, the rules are met, papers are signed, the intake is held."""
    office.open(f"/cases/{case}/contact").press("Save", outcome="reached", method="phone")
    office.follow("Decide on eligibility")
    rules = re.findall(r'name="(rule_\d+)"', office.markup)
    asked: dict[str, Any] = dict.fromkeys(rules, "yes")
    office.press("Save the decision", **asked).sees("Eligible")
    person = re.search(r"/people/([0-9a-f-]{36})", office.open(f"/cases/{case}").markup)
    assert person is not None
    _let_the_mother_sign(office, person.group(1))
    for kind in ("admission", "guardian_consent", "release", "confidentiality"):
        office.open(f"/cases/{case}/papers/{kind}")
        signer = re.findall(r'<option value="([0-9a-f-]{36})"', office.markup)
        chosen: dict[str, Any] = {"adult_id": signer[0]} if signer else {}
        office.press("Record the signature", **chosen)
    office.open(f"/cases/{case}/intake").press(
        "Save the intake",
        admits="yes",
        races=["white"],
        races_answered_by="self",
        sex="female",
        household="one_parent",
        school_status="enrolled",
        grade="9",
        priors="0",
        language="en",
        interpreter="no",
        fact_question="colour",
        fact_answer="blue",
    )
    office.sees("Intake done")


def _let_the_mother_sign(office: Walker, person: str) -> None:
    adult = re.search(
        rf"/people/{person}/adults/([0-9a-f-]{{36}})", office.open(f"/people/{person}").markup
    )
    assert adult is not None
    office.open(adult.group(0)).press("Save", may_consent="y", authority_proof="birth_certificate")


def put_on_the_docket(office: Walker, case: uuid.UUID) -> None:
    """What is in the way is seen first; then the case stands on the first docket."""
    office.open("/docket").sees("Iva Novák")
    hearing = re.search(r"/docket/([0-9a-f-]{36})", office.open("/docket").markup)
    assert hearing is not None
    office.open(hearing.group(0)).follow("Choose").press("Put it on the docket")
    office.open(f"/cases/{case}").sees("On the docket", "Courtroom 2")


def hear_and_sentence(story: Story, case: uuid.UUID) -> None:
    """The evening: a clerk at the door, the docket behind the password, the sentence, the end."""
    story.at(SATURDAY, 9, 15)
    desk = story.sign_in(Role.CLERK)
    desk.open("/tonight").sees("Nobody is expected")
    room = desk.link("Courtroom 2")
    desk.open(f"{room}/docket").sees("password")
    desk.press("Open", password=PASSWORD)
    desk.sees("Iva Novák", "Shoplifting", "Eva Novák")
    desk.press("Heard").sees("Write down the sentence").follow("Write down the sentence")
    desk.press("Check", amount_0="7", agreement="unanimous")
    desk.sees("7 sessions").press("Record the sentence")
    desk.sees("sentence recorded").press("Lock this page again")
    story.at(SATURDAY, 12, 45)
    office = story.sign_in()
    review = office.open("/today").follow("Confirm who came")
    review.press("Confirm this session").sees("Confirmed")
    office.open(f"/cases/{case}").sees("Supervised", "0 of 7 sessions done")


def serving_days() -> list[tuple[date, int]]:
    """The training, then six Saturdays, each with the hour at which it begins."""
    saturdays = [SATURDAY + timedelta(days=14 * number) for number in range(1, 7)]
    return [(date(2026, 3, 18), 9), *((day, 9) for day in saturdays)]


def serve(story: Story, person_id: uuid.UUID, at: tuple[date, int]) -> None:
    """Come to one session: taken in at the door, the promise ticked, the evening confirmed."""
    day, hour = at
    story.at(day, hour, 20)
    desk = story.sign_in(Role.CLERK)
    desk.open("/tonight")
    if "Not confirmed yet" in desk.text:  # a training that nobody needed
        desk.follow("Today, 9:30 am")
    desk.follow("Somebody who is not on the list")
    desk.press(
        "They are here",
        expected=422,
        given_names="Iva",
        family_name="Novák",
        birth_date="2010-06-01",
    )
    desk.press("They are here", known=str(person_id)).sees("Iva is here")
    desk.press("All who are here gave the promise")
    story.at(day, 12, 45)
    office = story.sign_in()
    office.open("/today").follow(f"Confirm who came on {day:%a} {day.day} {day:%b}")
    office.sees("Iva Novák", "3 h")
    office.press("Confirm this session").sees("Confirmed")


def jury_progress(story: Story, person_id: uuid.UUID) -> Any:
    """Return the one jury obligation with its four parts."""
    return story.ask(lambda s: progress_of(s, person_ids=[person_id])[person_id][0])


def close(story: Story, case: uuid.UUID) -> None:
    """Everything is done: the case is closed as completed, and the agency gets its notice."""
    office = story.sign_in()
    office.open(f"/cases/{case}").sees("Everything is done")
    office.follow("Close the case").press("Close the case", reason="completed")
    office.sees("Closed").press("Print the notice").sees("City Police")
    kept = story.ask(lambda s: s.get_one(Case, case))
    assert (kept.state, kept.closure_reason) == (CaseState.CLOSED, ClosureReason.COMPLETED)
