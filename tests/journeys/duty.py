"""Being asked to come, by the pages of both sides: seat, message, slip, phone, desk, evening."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from datetime import date

from tests.journeys.story import Story
from tests.journeys.walker import Walker
from youthcourt.accounts.domain import Role
from youthcourt.cli.jobs import send_all

MAIL = "iva@mail.example"
ANSWER = "Blue "  # as a phone writes it; at the intake it was "blue"
CODE = re.compile(r"\b[0-9A-Z]{4} [0-9A-Z]{4}\b")
NOT_FOR_BYSTANDERS = ("court", "offence", "respondent", "sentence", "shoplifting", "novák")


@dataclass
class Juror:
    """The young person of the story from the sentence on, and how many sessions are done."""

    story: Story
    person_id: uuid.UUID
    done: int = 0

    def stands(self, *, booked: int = 0) -> None:
        """Hold both ledgers to what is done and booked; the rest is still to book."""
        self.story.stands(
            self.person_id, confirmed=self.done, booked=booked, to_book=7 - self.done - booked
        )


def note_the_mail(juror: Juror) -> None:
    """The office notes an e-mail address of theirs."""
    office = juror.story.sign_in().open(f"/people/{juror.person_id}")
    office.sees("On the jury list Yes", "0 of 7 sessions done", "7 still to book")
    office.open(f"{office.url}/edit").press("Save", email=MAIL).sees(MAIL)


def invite(office: Walker, juror: Juror, day: date) -> None:
    """They are given a place at the training, being on the jury list and not trained yet."""
    _jury_of(office, day).follow("Invite people").sees(
        "Novák, Iva", "0 of 7 sessions done, 7 still to book, by"
    )
    office.press("Invite those ticked", people=[str(juror.person_id)])
    office.sees("1 person is invited.", "nobody has been told of it yet")


def draw(office: Walker, juror: Juror, day: date) -> None:
    """Eight of nine are drawn, whoever owes before the volunteers; it is looked at, then taken."""
    _jury_of(office, day).sees("9 people could come")
    office.press("Draw", seed="2026").sees("A proposal", "8 seated", "Enough jurors", "Novák")
    office.press("Check this draw again").sees("it comes out the same")
    juror.stands()
    office.press("Accept this draw").sees("8 new seats are given.", "Nobody new has been told yet")


def _jury_of(office: Walker, day: date) -> Walker:
    return office.open("/calendar").follow(f"{day:%a} {day.day} {day:%b %Y}").follow_to("/jury")


def publish(office: Walker, juror: Juror, *, seats: int) -> None:
    """Everybody is told once: they by e-mail, their mother and the volunteers by the office."""
    story = juror.story
    words, others = ("seat is", "person has") if seats == 1 else ("seats are", "people have")
    office.press("Announce").sees(f"{seats} {words} announced.", "1 message is about to leave")
    office.sees(f"{seats} {others} to be told by slip, letter or phone")
    office.again().sees("Everybody was told already. Nothing was sent again.")
    box = story.sign_in().open("/messages?show=waiting").sees("Novák, Iva Coming to a session")
    box.open("/messages").sees("Eva Novák (Mother)", "Phone 202-555-0101")
    assert [tally.sent for tally in send_all(story.app).values()] == [1]
    assert [tally.sent for tally in send_all(story.app).values()] == [0]
    box.open("/messages?show=waiting").sees("Nothing is about to leave")


def print_slip(office: Walker, juror: Juror, day: date) -> str:
    """Their slip is printed; return its code as it is read from the paper."""
    office.follow("Sign-in slips").sees("gets a code")
    office.press("Make the slips", people=[str(juror.person_id)])
    office.sees("Iva", f"{day:%A} {day.day} {day:%B}", "Be there at 9:15 am", "1 Elm Street")
    neutral(office)
    return code_on(office)


def code_on(slip: Walker) -> str:
    """Return the one code that can be read on a slip."""
    (code,) = CODE.findall(slip.text)
    return str(code)


def open_own_page(juror: Juror, code: str, day: date) -> Walker:
    """With code and answer the phone shows where to be next, what is left, and the credits."""
    phone = Walker(juror.story.app.test_client()).open("/in").press("Next", code=code.lower())
    phone.sees("What is your favourite colour?")
    phone.press("Open my page", expected=422, answer="green").sees("do not open anything")
    phone.press("Open my page", answer=ANSWER)
    phone.sees("Hello Iva.", "Next time", f"{day:%A} {day.day} {day:%B}", "9:30 am to 12:30 pm")
    phone.sees("Be there by 9:15 am", "1 Elm Street")
    reads_on_the_phone(phone, done=juror.done, booked=1)
    return phone


def reads_on_the_phone(phone: Walker, *, done: int, booked: int = 0) -> None:
    """Hold their page to the four parts and the balance, and to words that give nothing away."""
    parts = ((done, "confirmed"), (booked, "booked"), (7 - done - booked, "still to book"))
    phone.sees(f"{done} of 7 sessions done", *(f"{n} {word}" for n, word in parts if n))
    phone.sees(f"Your credits {3 * done} h" if done else "No credits yet.")
    assert "waiting to be confirmed" not in phone.text
    neutral(phone)


def neutral(walker: Walker) -> None:
    """Hold a page that others may see to words that say nothing of why somebody comes."""
    told = [word for word in NOT_FOR_BYSTANDERS if word in walker.markup.lower()]
    assert not told, f"{walker.url} says {told}"


def come_by_code(juror: Juror, code: str, day: date) -> None:
    """At the door the code finds them and their seat; the promise is ticked."""
    juror.story.at(day, 9, 20)
    desk = juror.story.sign_in(Role.CLERK).open("/tonight")
    desk.press("Check in", code=code).sees("Iva is here: Courtroom 2, seat")
    desk.press("Check in", code=code).sees("Iva is here: Courtroom 2, seat")
    desk.press("All who are here gave the promise").sees("The promise is ticked for 1 more person")
    assert "Novák" not in desk.markup


def confirm(juror: Juror, day: date) -> None:
    """What counts is read, then confirmed; confirming a second time posts nothing."""
    juror.story.at(day, 12, 45)
    office = juror.story.sign_in()
    office.open("/today").follow(f"Confirm who came on {day:%a} {day.day} {day:%b}")
    office.sees("Novák, Iva", "1 session, 3 h the sentence 3 h")
    office.press("Confirm this session").sees("Confirmed. Both ledgers are up to date.")
    juror.done += 1
    juror.stands()
    office.again().sees("This session was confirmed before. Nothing was posted again.")
    juror.stands()
