"""One respondent from the referral to the closing and the follow-up, with both ledgers."""

from __future__ import annotations

import re
import uuid
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from tests.fixtures.app import PASSWORD
from tests.journeys.aftermath import evaluate, search_after_a_year, search_after_six_months
from tests.journeys.duty import (
    ANSWER,
    Juror,
    code_on,
    come_by_code,
    confirm,
    draw,
    invite,
    neutral,
    note_the_mail,
    open_own_page,
    print_slip,
    publish,
    reads_on_the_phone,
)
from tests.journeys.story import Story
from tests.journeys.walker import Walker
from youthcourt.accounts.domain import Role
from youthcourt.cases.domain import CaseState, ClosureReason
from youthcourt.cases.models import Case

SATURDAY = date(2026, 3, 14)
SATURDAYS = [SATURDAY + timedelta(days=14 * number) for number in range(7)]
TRAINING = date(2026, 3, 18)


def test_from_the_referral_to_the_closing(story: Story) -> None:
    """Every step is done on its page; what is owed and earned adds up each time."""
    office = story.sign_in()
    plan_the_calendar(office)
    case = refer(office, story)
    reach_screen_and_meet(office, case)
    put_on_the_docket(office, case)
    person_id = story.ask(lambda s: s.get_one(Case, case).person_id)
    hear_and_sentence(story, case)
    juror = Juror(story, person_id)
    juror.stands()
    note_the_mail(juror)
    be_trained(juror)
    be_drawn(juror)
    for day in SATURDAYS[2:]:
        walk_in(juror, day)
    close(story, case)
    read_it_once_more(juror)
    search_after_six_months(story, case)
    search_after_a_year(story, case)
    evaluate(story)


def be_trained(juror: Juror) -> None:
    """Invited to the training; the slip opens the phone before and the door on the day."""
    juror.story.at(TRAINING - timedelta(days=2), 10)
    office = juror.story.sign_in()
    invite(office, juror, TRAINING)
    juror.stands(booked=1)
    publish(office, juror, seats=1)
    serve_by_slip(juror, office, TRAINING)


def be_drawn(juror: Juror) -> None:
    """Trained now, they are drawn for the first Saturday among eight volunteers."""
    day = SATURDAYS[1]
    juror.story.at(day - timedelta(days=3), 10)
    office = juror.story.sign_in()
    draw(office, juror, day)
    juror.stands(booked=1)
    publish(office, juror, seats=8)
    serve_by_slip(juror, office, day)


def serve_by_slip(juror: Juror, office: Walker, day: date) -> None:
    """From the printed slip to the page on the phone that says what was earned."""
    code = print_slip(office, juror, day)
    open_own_page(juror, code, day)
    juror.stands(booked=1)
    come_by_code(juror, code, day)
    juror.stands(booked=1)
    phone = open_own_page(juror, code, day)
    confirm(juror, day)
    phone.open("/next").sees("Nothing is planned for you right now.")
    reads_on_the_phone(phone, done=juror.done)


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
    office.open("/today").sees("Iva", "referred today")
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
    office.sees("What is next For the step “Heard” The first hearing has not been held yet.")


def hear_and_sentence(story: Story, case: uuid.UUID) -> None:
    """The evening: a clerk at the door, the docket behind the password, the sentence, the end."""
    story.at(SATURDAY, 9, 15)
    desk = story.sign_in(Role.CLERK)
    desk.open("/tonight").sees("Nobody is expected")
    room = desk.link("Courtroom 2")
    desk.open(f"{room}/docket").sees("password")
    desk.press("Open", password=PASSWORD)
    desk.sees("Iva Novák", "Shoplifting", "Eva Novák")
    desk.follow("Heard").sees("Nobody is checked in for this room")
    desk.press("Write it down", panel_later="y")
    desk.sees("Write down the sentence").follow("Write down the sentence")
    desk.press("Check", amount_0="7", agreement="unanimous")
    desk.sees("7 sessions").press("Record the sentence")
    desk.sees("sentence recorded").press("Lock this page again")
    story.at(SATURDAY, 12, 45)
    office = story.sign_in()
    review = office.open("/today").follow("Confirm who came")
    review.press("Confirm this session").sees("Confirmed")
    office.open(f"/cases/{case}").sees("Supervised", "0 of 7 sessions done")
    office.sees("What is next The sentence is given. See what is done and left")


def walk_in(juror: Juror, day: date) -> None:
    """Come without having been asked: taken in at the door, and it counts like any other."""
    juror.story.at(day, 9, 20)
    desk = juror.story.sign_in(Role.CLERK)
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
    desk.press("They are here", known=str(juror.person_id)).sees("Iva is here")
    desk.press("All who are here gave the promise")
    confirm(juror, day)


def close(story: Story, case: uuid.UUID) -> None:
    """Everything is done: the case is closed as completed, and the agency gets its notice."""
    office = story.sign_in()
    office.open(f"/cases/{case}").sees("Everything is done")
    office.follow("Close the case").press("Close the case", reason="completed")
    office.sees("Closed").press("Print the notice").sees("City Police", "completed the programme")
    office.open("/messages?show=all").sees("City Police Notice to the agency 6 Jun 2026")
    office.open("/credits/problems").sees("Everything is as it must be")
    kept = story.ask(lambda s: s.execute(sa.select(Case.state, Case.closure_reason)).one())
    assert kept == (CaseState.CLOSED, ClosureReason.COMPLETED)


def read_it_once_more(juror: Juror) -> None:
    """A new slip opens their page on any phone: all of it is done, and what it earned is theirs."""
    office = juror.story.sign_in().open(f"/people/{juror.person_id}/door").press("Make a slip")
    phone = Walker(juror.story.app.test_client()).open("/in")
    phone.press("Next", code=code_on(office)).press("Open my page", answer=ANSWER)
    phone.sees("Everything is done. Thank you for what you did for others.", "Your credits 21 h")
    neutral(phone)
    juror.story.stands(juror.person_id, confirmed=7, to_book=0)
