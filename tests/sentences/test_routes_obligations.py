"""The pages of obligations: what is owed, what changed it, and a case that can be closed."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from tests.fixtures.app import NOW, TODAY, add_court, sign_in_as, sign_in_juror
from tests.sentences.conftest import DUE_ON, HEARD_ON, Bench
from tests.sentences.pages import Browser, Office, counting, error_at, words
from youthcourt.accounts.domain import Role
from youthcourt.audit.models import AuditEntry
from youthcourt.cases.domain import CaseState
from youthcourt.cases.models import Case
from youthcourt.courts.domain import SanctionKind, Unit
from youthcourt.hearings.domain import CourtSessionKind
from youthcourt.people.domain.kinds import Relation
from youthcourt.people.services import AdultEntry, add_adult
from youthcourt.sentences.models import Sanction, SanctionEvent

JURY, HOURS = SanctionKind.JURY, SanctionKind.COMMUNITY_SERVICE
LETTER, MONEY = SanctionKind.APOLOGY_LETTER, SanctionKind.RESTITUTION


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    """A clock that stands still until it is moved."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def office(app: Flask, bench: Bench) -> Office:
    """The office of the DC court."""
    return Office(app, bench)


def owes(office: Office, amount: int, **given: Any) -> uuid.UUID:
    """Something that somebody owes since the seventh of February."""
    person_id = given.pop("person_id", None) or office.bench.person()
    sanction = office.bench.owes(person_id, amount, **given)
    key: uuid.UUID = sanction.id
    office.let_go()
    return key


def events(office: Office) -> int:
    with office.looking() as session:
        return int(session.scalar(sa.select(sa.func.count()).select_from(SanctionEvent)))


CHANGES: tuple[tuple[str, int, Unit, dict[str, Any], str], ...] = (
    (
        "extend",
        600,
        Unit.MINUTES,
        {"days": "2026-07-01", "reason": "illness"},
        "24 days were added",
    ),
    ("adjust", 600, Unit.MINUTES, {"amount": ["12", "30"], "reason": "missed"}, "2 h 30 min more"),
    ("adjust", 600, Unit.MINUTES, {"amount": ["9", ""], "reason": "good_work"}, "1 h less"),
    ("waive", 600, Unit.MINUTES, {"amount": ["1", ""], "reason": "good_work"}, "Let go of: 1 h"),
    ("waive", 600, Unit.MINUTES, {"amount": ["", ""], "reason": "family"}, "Let go of: 10 h"),
    ("excuse", 600, Unit.MINUTES, {"reason": "school"}, "An absence was excused"),
    ("adjust", 2000, Unit.MONEY, {"amount": "25.50", "reason": "typed_wrong"}, "$5.50 more"),
    ("finish", 1, Unit.PIECES, {"finished_on": "2026-03-02", "proof": "seen"}, "done on Mon 2 Mar"),
)


def test_obligations_change_with_a_reason_and_once(office: Office) -> None:
    """The page tells what is owed now and why; the same form sent twice changes once."""
    browser = office.browser()
    for act, amount, unit, values, expected in CHANGES:
        kind = {Unit.MINUTES: HOURS, Unit.MONEY: MONEY}.get(unit, LETTER)
        url = f"/obligations/{owes(office, amount, kind=kind, unit=unit)}"
        assert f"{url}/{act}" in browser.get(url).text
        before = events(office)
        filled = {"seen": "0", **values}
        answers = [browser.post(f"{url}/{act}", **filled) for _ in range(2)]
        assert [a.status_code for a in answers] == [303, 303], (act, words(answers[-1]))
        assert events(office) == before + 1
        page = browser.read(url)
        assert expected in page, act
        assert "Coordinator of Elm Street" in page


def test_a_change_on_an_old_page_is_looked_at_again(office: Office) -> None:
    """Somebody let go of hours meanwhile: the form comes back with what is owed now."""
    url = f"/obligations/{owes(office, 600, kind=HOURS)}"
    first, second = office.browser(), office.browser(Role.ADMINISTRATOR)
    assert first.send(f"{url}/waive", amount=["2", ""], reason="family").status_code == 303
    stale = second.post(f"{url}/waive", seen="0", amount=["3", ""], reason="family")
    assert stale.status_code == 422
    assert "changed while your page was open" in words(stale)
    assert "of 8 h done" in words(stale)
    assert 'name="seen" type="hidden" value="1"' in stale.text
    again = second.post(f"{url}/waive", seen="1", amount=["3", ""], reason="family")
    assert again.status_code == 303
    assert "of 5 h done" in second.read(url)


def test_limits_are_told_before_they_are_hit_and_at_the_field(office: Office) -> None:
    """The court gives thirty days more, once; nobody waives what is done, or orders less."""
    person_id = office.bench.person()
    key = owes(office, 600, kind=HOURS, person_id=person_id)
    office.bench.confirm(office.bench.report(person_id, sanction_id=key, minutes=240))
    url, browser = f"/obligations/{key}", office.browser()
    page = browser.read(f"{url}/extend")
    assert "at most 30 days more at a time: until Tue 7 Jul 2026" in page
    assert "Given so far: 0 of 1" in page
    extend = {"reason": "illness", "seen": "0"}
    for day, told in (
        (DUE_ON + timedelta(days=31), "at most 30 days more"),
        (DUE_ON, "after the present last day"),
        ("2026-02-31", "no day of the calendar"),
        ("", "fill this in"),
    ):
        answer = browser.post(f"{url}/extend", **extend, days=str(day))
        assert told in error_at(answer, "days"), day
    assert "At most 6 h can be let go of" in browser.read(f"{url}/waive")
    for act, amount, told in (
        ("waive", ["6", "1"], "Only what is not done yet"),
        ("waive", ["0", "0"], "Only what is not done yet"),
        ("adjust", ["3", "59"], "cannot be less than what is done"),
        ("adjust", ["10", ""], "This is what is ordered now"),
        ("adjust", ["", ""], "fill this in"),
    ):
        answer = browser.post(f"{url}/{act}", seen="0", amount=amount, reason="other")
        assert told in error_at(answer, "amount"), (act, amount)
    far = {"seen": "0", "amount": ["20", "1"], "reason": "missed"}
    assert "I mean this amount" not in browser.read(f"{url}/adjust")
    answer = browser.post(f"{url}/adjust", **far)
    assert "more than twice what the sentence ordered" in error_at(answer, "on_purpose")
    answer = browser.post(f"{url}/excuse", seen="0", reason="")
    assert "choose one of the answers" in error_at(answer, "reason")
    later = DUE_ON + timedelta(days=30)
    assert browser.post(f"{url}/extend", **extend, days=str(later)).status_code == 303
    assert "That is used up" in browser.read(f"{url}/extend")


def test_what_was_done_is_opened_again_and_done_anew(office: Office) -> None:
    """A letter that was marked by mistake is owed again."""
    url = f"/obligations/{owes(office, 1, kind=LETTER)}"
    browser = office.browser()
    future = browser.send(f"{url}/finish", finished_on="2026-03-05", proof="seen")
    assert "still to come" in error_at(future, "finished_on")
    early = browser.send(f"{url}/finish", finished_on="2026-02-06", proof="seen")
    assert "7 February 2026" in error_at(early, "finished_on")
    assert browser.send(f"{url}/finish", proof="seen").status_code == 303
    assert "nothing to do here now" in browser.read(f"{url}/finish")
    assert browser.send(f"{url}/reopen", reason="typed_wrong").status_code == 303
    page = browser.read(url)
    assert "not done yet" in page
    assert "Marked as done" in page
    assert "Opened again" in page


def test_nothing_of_a_closed_case_can_be_changed(office: Office) -> None:
    """Its page offers no act, and one that was sent all the same is refused in words."""
    key = owes(office, 600, kind=HOURS)
    with office.looking() as session:
        case_id = session.scalars(sa.select(Case.id)).one()
        office.bench.close(case_id)
        session.commit()
    browser = office.browser()
    page = browser.get(f"/obligations/{key}")
    assert "nothing can be changed here" in words(page)
    assert f"/obligations/{key}/" not in page.text
    refused = browser.post(f"/obligations/{key}/waive", seen="0", reason="other")
    assert refused.status_code == 422
    assert "This case is closed" in words(refused)
    reported = browser.post(
        f"/obligations/{key}/service/new", served_on="2026-03-01", minutes=["1", ""], proof=""
    )
    assert reported.status_code == 422
    assert "This case is closed" in words(reported)


def test_the_case_page_tells_what_is_owed_and_what_can_be_done(office: Office) -> None:
    """Four parts, the last day, the outlook, the pieces, what changed it, and every act."""
    person_id = office.bench.person()
    office.bench.train(person_id)
    for week in range(1, 12):
        office.bench.evening(TODAY + timedelta(days=7 * week))
    key = owes(office, 7, kind=JURY, person_id=person_id)
    office.bench.serve(person_id, TODAY - timedelta(days=7))
    office.bench.book(person_id, TODAY + timedelta(days=7))
    browser = office.browser()
    browser.send(f"/obligations/{key}/extend", days="2026-06-20", reason="illness")
    with office.looking() as session:
        case_id = session.scalars(sa.select(Case.id)).one()
    page = browser.read(f"/cases/{case_id}")
    for part in (
        "1 of 7 sessions done",
        "1 confirmed",
        "1 booked",
        "5 still to book",
        "Last day: Sat 20 Jun 2026",
        "Can be finished in time",
        "may be missed",
        "13 days were added",
        "2 pieces of service, 1 change",
        "More time was given",
        "Sheet for the family",
    ):
        assert part in page, part
    person = browser.read(f"/people/{person_id}")
    assert "1 of 7 sessions done" in person
    assert "Latest service" in person


def test_what_cannot_be_promised_is_told_with_why_and_what_the_office_can_do(
    office: Office,
) -> None:
    """Nobody in the office is told to ask the office, and who takes the seats is named."""
    bench = office.bench
    ada, kwame = bench.person("Ada"), bench.person("Kwame")
    bench.train(ada)
    bench.owes(kwame, 3, due_on=DUE_ON - timedelta(days=7))
    key = owes(office, 3, kind=JURY, person_id=ada)
    for week in range(1, 4):
        bench.evening(TODAY + timedelta(days=7 * week), seats=1)
    bench.evening(DUE_ON + timedelta(days=30))
    browser = office.browser()
    with office.looking() as session:
        case_id = session.get_one(Sanction, key).case_id
    why = "not enough free seats before the last day if everyone due earlier takes one first"
    pages = (f"/people/{ada}", f"/cases/{case_id}", f"/obligations/{key}", "/service/at-risk")
    for url in pages:
        page = browser.read(url)
        assert f"{why} (1 person)" in page, url
        assert "Give them the seats by hand, give more time, or add a session." in page, url
        assert "annot be promised" in page
        assert "ask the coordinator" not in page.lower()
    page = browser.read(f"/obligations/{key}")
    assert "1 person is due earlier" in page
    assert "0 of 3 sessions done, 3 still to book, by Sun 31 May 2026" in page


def test_who_is_late_is_told_apart_and_with_what_is_left(office: Office) -> None:
    """A last day that is over is no question of finishing in time."""
    bench = office.bench
    ada = bench.person("Ada")
    late = bench.owes(ada, 3, due_on=TODAY - timedelta(days=1))
    key, case = late.id, late.case_id
    bench.serve(ada, TODAY - timedelta(days=7))
    hours = bench.person("Hal")
    bench.owes(hours, 300, kind=HOURS, due_on=TODAY - timedelta(days=1))
    bench.evening(DUE_ON)
    browser = office.browser()
    told = "The last day, 3 March 2026, is over. 2 sessions are left: give more time or close"
    for url in (f"/people/{ada}", f"/cases/{case}", f"/obligations/{key}"):
        page = browser.read(url)
        assert told in page, url
        assert "finished in time" not in page
    assert "is over. 5 h are left: give more time" in browser.read(f"/people/{hours}")
    listed = browser.read("/service/at-risk")
    assert "Late: the last day is over" in listed
    assert "May not finish in time" not in listed


def test_that_somebody_is_not_trained_is_said_as_the_jury_list_says_it(office: Office) -> None:
    """First the training, then the seats; once they have a place, nobody is told to invite them."""
    bench = office.bench
    ada = bench.person("Ada")
    training = bench.evening(TODAY + timedelta(days=21), kind=CourtSessionKind.TRAINING)
    key = owes(office, 7, kind=JURY, person_id=ada)
    for week in range(1, 9):
        bench.evening(TODAY + timedelta(days=7 * week))
    bench.evening(DUE_ON + timedelta(days=30))
    page = office.browser().read(f"/obligations/{key}")
    assert "not trained yet, and too little is sure after the training of 25 March 2026" in page
    assert "Invite them to a training, or write down the one they had." in page
    for week in range(9, 12):
        bench.evening(TODAY + timedelta(days=7 * week))
    page = office.browser().read(f"/obligations/{key}")
    assert "Can be finished in time" in page
    assert "Not trained yet: the training of 25 March 2026 comes first." in page
    bench.book(ada, training.held_on)
    page = office.browser().read(f"/obligations/{key}")
    assert "Not trained yet: they have a place in the training of 25 March 2026." in page


def test_a_case_with_everything_done_is_closed_through_the_pages(office: Office) -> None:
    """Given, served, let go of and marked as done; then the case page leads to its end."""
    bench = office.bench
    bench.evening(TODAY - timedelta(days=1))
    hearing = bench.hearing(on=TODAY - timedelta(days=20))
    url, case_url = f"/hearings/{hearing.id}/sentence", f"/cases/{hearing.case_id}"
    case_id = hearing.case_id
    browser = office.browser()
    given = browser.send(
        url,
        agreement="unanimous",
        amount_1=["2", ""],
        amount_2="1",
        not_feasible_reason="More dates will come.",
        record="1",
    )
    assert given.status_code == 303, words(given)
    assert "Close the case" in browser.read(case_url)
    blocked = browser.read(f"{case_url}/close")
    assert "Parts of the sentence are still open (3)" in blocked
    waived = browser.send(f"/obligations/{office.sanction('Jury sessions')}/waive", reason="other")
    assert waived.status_code == 303
    done = browser.send(f"/obligations/{office.sanction('Essay')}/finish", proof="seen")
    assert done.status_code == 303
    hours = f"/obligations/{office.sanction('Community service')}/service/new"
    piece = browser.send(hours, minutes=["2", ""], place="Food bank", served_on="2026-03-01")
    assert "Everything is handed in" in browser.read(case_url)
    assert browser.send(f"{piece.location}/confirm").status_code == 303
    assert "The case can be closed as: Completed." in browser.read(case_url)
    closed = browser.send(f"{case_url}/close", reason="completed")
    assert closed.status_code == 303, words(closed)
    with office.looking() as session:
        assert session.get_one(Case, case_id).state is CaseState.CLOSED
    assert "Everything is done" not in browser.read(case_url)


def test_what_was_done_late_is_closed_as_late(office: Office) -> None:
    """The case page names the reason that fits, and closing in time is refused."""
    key = owes(office, 1, kind=LETTER, due_on=date(2026, 2, 20))
    browser = office.browser()
    browser.send(f"/obligations/{key}/finish", finished_on="2026-03-01", proof="seen")
    with office.looking() as session:
        case_id = session.scalars(sa.select(Case.id)).one()
    assert "closed as: Completed late" in browser.read(f"/cases/{case_id}")
    page = browser.read(f"/cases/{case_id}/close")
    assert "Choose Completed late" in page
    assert browser.send(f"/cases/{case_id}/close", reason="completed_late").status_code == 303


def test_the_sheet_for_the_family_is_plain_and_discreet(office: Office) -> None:
    """What, how much, until when, whom to call; never the word court, never to the wrong adult."""
    bench = office.bench
    person_id = bench.person("José")
    hearing = bench.hearing(person_id, on=HEARD_ON)
    add_adult(
        bench.session,
        person_id=person_id,
        entry=AdultEntry(name="Bruno Vale", relation=Relation.FATHER, never_disclose=True),
        **bench.hand,
    )
    bench.record(hearing, not_feasible_reason="Dates will come.", panel_words="Well done so far.")
    case_id = hearing.case_id
    office.let_go()
    browser = office.browser()
    answer = browser.get(f"/cases/{case_id}/sentence/sheet")
    page = words(answer)
    for part in (
        "Jury sessions: 7 sessions",
        "Last day: Sunday 7 June 2026.",
        "Well done so far.",
        "Neat, simple clothes",
        "Never hand this to: Bruno Vale",
        "Elm Street programme",
    ):
        assert part in page, part
    paper = answer.text[answer.text.index("<article") :]
    assert "court" not in paper.lower()
    assert "Bruno" not in paper
    assert f"/cases/{case_id}/sentence/sheet" in browser.get(f"/cases/{case_id}").text


def test_who_may_do_what_and_strangers_find_nothing(office: Office, session: Any) -> None:
    """The office alone; another court's obligation is one that does not exist."""
    person_id = office.bench.person()
    key = owes(office, 600, kind=HOURS, person_id=person_id)
    other = add_court(session, name="Oak")
    office.bench.session.info["court_id"] = office.court.id
    pages = (f"/obligations/{key}", f"/obligations/{key}/waive", f"/obligations/{key}/service/new")
    stranger = Browser.of(sign_in_as(office.app, other, Role.COORDINATOR))
    juror = sign_in_juror(office.app, office.court.id, person_id)
    clerk, evaluator = office.browser(Role.CLERK), office.browser(Role.EVALUATOR)
    for page in pages:
        assert stranger.get(page).status_code == 404
        assert [b.get(page).status_code for b in (clerk, evaluator, juror)] == [403] * 3
    assert stranger.post(pages[1], seen="0", reason="other").status_code == 404
    assert office.browser().get(f"/obligations/{key}/vanish").status_code == 404
    assert events(office) == 0


def test_opening_an_obligation_is_written_down(office: Office) -> None:
    """Who read what of whose case is in the journal."""
    key = owes(office, 600, kind=HOURS)
    office.browser().read(f"/obligations/{key}")
    with office.looking() as session:
        rows = session.scalars(sa.select(AuditEntry).where(AuditEntry.act == "read")).all()
        assert [(row.subject, row.subject_id) for row in rows] == [("sanction", key)]


def test_a_case_with_many_pieces_costs_no_more_statements(office: Office) -> None:
    """One piece of service or thirty: the pages ask the database equally often."""
    person_id = office.bench.person()
    key = owes(office, 6000, kind=HOURS, person_id=person_id)
    with office.looking() as session:
        case_id = session.scalars(sa.select(Case.id)).one()
    addresses = (
        f"/cases/{case_id}",
        f"/people/{person_id}",
        f"/people/{person_id}/service",
        f"/obligations/{key}",
    )
    found = []
    for more in (1, 29):
        for _piece in range(more):
            report = office.bench.report(person_id, sanction_id=key, minutes=30)
            office.bench.confirm(report)
        browser = office.browser()
        browser.read(addresses[0])
        with counting() as sent:
            for url in addresses:
                browser.read(url)
        found.append(len(sent))
    assert found[1] <= found[0]
