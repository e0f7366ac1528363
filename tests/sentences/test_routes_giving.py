"""The form of a sentence: checked first, recorded once, and nothing typed is lost."""

from __future__ import annotations

import html
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from tests.fixtures.app import NOW, TODAY, add_court, sign_in_as, sign_in_juror
from tests.sentences.conftest import Bench
from tests.sentences.pages import Browser, Office, error_at, words
from youthcourt.accounts.domain import STEP_UP_LIFE, Role
from youthcourt.accounts.models import SignIn
from youthcourt.audit.models import AuditEntry
from youthcourt.cases.domain import CaseState
from youthcourt.cases.models import Case, Charge
from youthcourt.db import set_court
from youthcourt.drafts.models import Draft
from youthcourt.hearings.domain import HearingState
from youthcourt.sentences.models import Sanction, Sentence

HELD = TODAY - timedelta(days=1)


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    """A clock that stands still until it is moved."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def office(app: Flask, bench: Bench) -> Office:
    """The office of the DC court, with evenings in the coming weeks."""
    office = Office(app, bench)
    office.evenings()
    return office


def office_of(app: Flask, session: Any, preset: str) -> Office:
    """Return the office of a court with other rules."""
    court = add_court(session, preset, "Pine")
    set_court(session, court.id)
    office = Office(app, Bench(session=session, court=court))
    office.evenings()
    return office


@dataclass(frozen=True, kw_only=True)
class Held:
    """The keys of a hearing; its rows are let go of."""

    id: uuid.UUID
    case_id: uuid.UUID
    person_id: uuid.UUID
    sitting_id: uuid.UUID | None


def heard(office: Office, *charges: str, **given: Any) -> Held:
    """A hearing of yesterday, of these offences."""
    hearing = office.bench.hearing(on=HELD, **given)
    for place, text in enumerate(charges):
        office.bench.session.add(Charge(case_id=hearing.case_id, position=place, text=text))
    held = Held(
        id=hearing.id,
        case_id=hearing.case_id,
        person_id=office.bench.case_of(hearing).person_id,
        sitting_id=hearing.sitting_id,
    )
    office.let_go()
    return held


def address(hearing: Held) -> str:
    return f"/hearings/{hearing.id}/sentence"


def count(office: Office, model: Any) -> int:
    with office.looking() as session:
        return int(session.scalar(sa.select(sa.func.count()).select_from(model)))


DC = {"agreement": "unanimous"}


def test_a_sentence_is_checked_and_then_recorded_once(office: Office) -> None:
    """The check says what is owed, until when and with how many misses; sent twice it is once."""
    hearing = heard(office)
    url, case_url = address(hearing), f"/cases/{hearing.case_id}"
    browser = office.browser()
    checked = browser.send(url, **DC, amount_1=["2", "30"], amount_3="25.5", check="1")
    assert checked.status_code == 200
    told = words(checked)
    for part in (
        "Jury sessions: 7 sessions",
        "Community service: 2 h 30 min",
        "Paying for the damage: $25.50",
        "Last day: Wednesday 1 July 2026",
        "120 days counted from the first hearing",
        "Can be finished in time",
        "5 sessions may be missed",
    ):
        assert part in told
    assert office.sanctions() == {}
    values = {"amount_0": "7", "amount_1": ["2", "30"], "amount_3": "25.5", "record": "1"}
    answers = [browser.post(url, **DC, **values, back="case") for _ in range(2)]
    assert [(a.status_code, a.location) for a in answers] == [(303, f"{case_url}#sentence")] * 2
    assert office.sanctions() == {
        "Jury sessions": 7,
        "Community service": 150,
        "Paying for the damage": 2550,
    }
    assert count(office, Draft) == 0
    with office.looking() as session:
        assert session.get_one(Case, hearing.case_id).state is CaseState.SUPERVISED
    page = browser.read(case_url)
    assert "0 of 7 sessions done" in page
    assert "7 still to book" in page
    assert "The sentence is recorded" in page


def test_the_amount_that_every_sentence_has_stands_in_the_form(office: Office) -> None:
    """Seven sessions, always; the rules kept as text are shown, the items have their ranges."""
    page = office.browser().get(address(heard(office, "Fare evasion")))
    assert 'value="7"' in page.text
    assert "always 7 sessions" in words(page)
    assert "Fare evasion" in words(page)
    assert "Rules of this court to keep in mind" in words(page)


REFUSED: tuple[tuple[dict[str, Any], str, str], ...] = (
    ({"amount_0": ""}, "amount_0", "in every sentence of this court: Jury sessions"),
    ({"amount_0": "9"}, "amount_0", "outside what is allowed"),
    ({"amount_0": "many"}, "amount_0", "a whole number, such as 3"),
    ({"amount_0": "0"}, "amount_0", "above nothing"),
    ({"agreement": None}, "agreement", "choose one of the answers"),
    ({"amount_1": ["1", "75"]}, "amount_1", "0 to 59 minutes"),
    ({"amount_1": ["one", ""]}, "amount_1", "whole hours in the first box"),
    ({"amount_1": ["0", "0"]}, "amount_1", "above nothing"),
    ({"amount_3": "12,5"}, "amount_3", "like this: 12.50"),
    ({"amount_3": "9999999"}, "amount_3", "no more than can be true"),
    ({"detail_2": "About respect"}, "amount_2", "details but no amount"),
    ({"detail_2": "x" * 301}, "detail_2", "at most 300 characters"),
    ({"panel_words": "x" * 4001}, "panel_words", "at most 4000 characters"),
)


def test_what_breaks_a_rule_is_told_at_its_field(office: Office) -> None:
    """Nothing is recorded, the page leads to the field, and what was typed is still there."""
    url = address(heard(office))
    browser = office.browser()
    for values, field, told in REFUSED:
        sent = {**DC, "amount_0": "7", "detail_0": "Saturdays", **values}
        answer = browser.post(url, **sent, **{"check" if "x" in told else "record": "1"})
        assert answer.status_code == 422, values
        assert told in error_at(answer, field), values
        assert f'href="#{field}' in answer.text, values
        assert "Saturdays" in answer.text
    assert count(office, Sentence) == 0


def test_all_that_is_wrong_is_told_at_once(office: Office) -> None:
    """Two amounts and the agreement, each at its field."""
    answer = office.browser().post(
        address(heard(office)), amount_0="9", detail_2="About respect", check="1"
    )
    assert [bool(error_at(answer, f)) for f in ("amount_0", "amount_2", "agreement")] == [True] * 3


def test_outside_the_range_needs_a_reason_that_stays(office: Office) -> None:
    """With the reason it is recorded; the check and the page of the case show it."""
    hearing = heard(office)
    values = {**DC, "amount_0": "9", "outside_range_reason": "She asked for more."}
    browser = office.browser()
    assert "above the range" in words(browser.post(address(hearing), **values, check="1"))
    assert browser.post(address(hearing), **values, record="1").status_code == 303
    assert "She asked for more." in browser.read(f"/cases/{hearing.case_id}")


def test_what_cannot_be_finished_needs_a_reason(app: Flask, bench: Bench) -> None:
    """Too few evenings up to the last day: the check says why, and the reason opens the way."""
    office = Office(app, bench)
    for weeks in (1, 2, 30):
        bench.evening(TODAY + timedelta(days=7 * weeks))
    hearing = heard(office)
    browser = office.browser()
    checked = browser.send(address(hearing), **DC, check="1")
    assert checked.status_code == 200
    assert "too few sessions before the last day" in words(checked)
    refused = browser.post(address(hearing), **DC, amount_0="7", record="1")
    assert refused.status_code == 422
    assert "cannot be served in time" in error_at(refused, "not_feasible_reason")
    assert count(office, Sentence) == 0
    why = "More evenings come in May."
    given = browser.post(address(hearing), **DC, amount_0="7", not_feasible_reason=why, record="1")
    assert given.status_code == 303
    assert why in browser.read(f"/cases/{hearing.case_id}")


def test_from_the_check_one_can_go_back_and_change(office: Office) -> None:
    """The form is as it was, without a word of what is wrong."""
    browser = office.browser()
    url = address(heard(office))
    answer = browser.post(url, **DC, amount_0="7", detail_0="Saturdays", change="1")
    assert answer.status_code == 200
    assert "Saturdays" in answer.text
    assert "Please look at this again" not in words(answer)


CHARLOTTE = (
    ("A", "8 h to 17 h", "1 session to 2 sessions"),
    ("B", "15 h to 26 h", "2 sessions to 3 sessions"),
    ("C", "24 h to 37 h", "3 sessions to 4 sessions"),
    ("D", "35 h to 50 h", "4 sessions to 5 sessions"),
)


def test_each_class_of_charlotte_shows_and_keeps_its_ranges(app: Flask, session: Any) -> None:
    """The button shows what a class allows; its least can be ordered, a minute less cannot."""
    office = office_of(app, session, "fl-charlotte")
    held = {code: heard(office) for code, _hours, _times in CHARLOTTE}
    browser = office.browser()
    for code, hours, times in CHARLOTTE:
        url, least, most = address(held[code]), int(hours.split()[0]), int(times.split()[0])
        shown = browser.send(url, offence_class=code, ranges="1")
        assert shown.status_code == 200
        assert f"Class {code}: from {hours}" in words(shown)
        assert f"Class {code}: from {times}" in words(shown)
        sent = {"offence_class": code, "agreement": "unanimous", "amount_1": most, "record": "1"}
        refused = browser.post(url, **sent, amount_0=[least - 1, 59])
        assert "outside what is allowed" in error_at(refused, "amount_0")
        assert browser.post(url, **sent, amount_0=[least, ""], amount_4="y").status_code == 303
    with office.looking() as now:
        rows = now.execute(sa.select(Sanction.label, Sanction.amount)).all()
    assert sorted(rows) == sorted(
        pair
        for _code, hours, times in CHARLOTTE
        for pair in (
            ("Community service", int(hours.split()[0]) * 60),
            ("Times on the jury", int(times.split()[0])),
            ("Family counselling", 1),
        )
    )


def test_a_class_has_to_be_chosen_where_staff_choose_it(app: Flask, session: Any) -> None:
    """None is guessed; without one, or with one that is not there, nothing is recorded."""
    office = office_of(app, session, "fl-charlotte")
    browser = office.browser()
    url = address(heard(office, "Shoplifting"))
    assert "Proposed from the referral" not in browser.read(url)
    for chosen in ("", "Z"):
        answer = browser.send(url, offence_class=chosen, amount_0=["16", ""], record="1")
        assert "choose the class of the offence" in error_at(answer, "offence_class")


def test_midland_finds_the_class_and_offers_every_class_of_its_seminars(
    app: Flask, session: Any
) -> None:
    """The heaviest of the offences proposes the class; three items of one kind stay apart."""
    office = office_of(app, session, "tx-midland")
    browser = office.browser()
    hearing = heard(office, "seat belt", "Curfew")
    page = browser.get(address(hearing))
    assert "Proposed from the referral" in words(page)
    assert '<option selected value="Rank 3">' in page.text
    given = browser.send(
        address(hearing),
        amount_0=["15", ""],
        amount_1="3",
        amount_2="y",
        amount_4="y",
        agreement="unanimous",
        record="1",
    )
    assert given.status_code == 303, words(given)
    assert office.sanctions() == {
        "Community service": 900,
        "Jury nights": 3,
        "Traffic education class": 1,
        "Alcohol awareness class": 1,
    }


def test_an_interrupted_form_waits_as_a_draft(office: Office) -> None:
    """It is there again, for its writer alone, is listed, and is thrown away on purpose."""
    browser = office.browser()
    url = address(heard(office))
    browser.send(url, panel_words="You can do this.", amount_1=["2", "5"], keep="1")
    page = browser.get(url)
    assert "You can do this." in page.text
    assert 'value="5"' in page.text
    assert "This form holds a draft" in words(page)
    assert url in browser.get("/drafts/").text
    assert "You can do this." not in office.browser(Role.ADMINISTRATOR).get(url).text
    hearing_id = url.split("/")[2]
    assert browser.post(f"/drafts/sentence/{hearing_id}/discard").location == url
    assert "You can do this." not in browser.get(url).text


def test_what_was_checked_waits_as_well(office: Office) -> None:
    """Between the check and the record a tablet may die."""
    browser = office.browser()
    url = address(heard(office))
    browser.send(url, **DC, panel_words="You can do this.", check="1")
    assert "You can do this." in browser.get(url).text


def test_the_second_of_two_sees_the_first_and_keeps_what_was_typed(office: Office) -> None:
    """Both versions stand side by side; the recorded one stays until it is changed on purpose."""
    url = address(heard(office))
    first, second = office.browser(), office.browser(Role.ADMINISTRATOR)
    assert first.post(url, **DC, amount_0="7", record="1").status_code == 303
    answer = second.post(
        url, **DC, amount_0="7", amount_1=["3", ""], panel_words="Well said.", record="1"
    )
    assert answer.status_code == 303
    page = words(second.get(answer.location))
    assert "Coordinator of Elm Street recorded it" in page
    assert "3 h" in page
    assert "Well said." in page
    assert office.sanctions() == {"Jury sessions": 7}
    assert "recorded while you were typing" not in words(first.get(url))


def test_other_words_are_another_sentence(office: Office) -> None:
    """The same amounts with other words of the panel: the words are not lost silently."""
    url = address(heard(office))
    first, second = office.browser(), office.browser(Role.ADMINISTRATOR)
    first.post(url, **DC, amount_0="7", panel_words="One.", record="1")
    answer = second.post(url, **DC, amount_0="7", panel_words="Another.", record="1")
    page = words(second.get(answer.location))
    assert "One." in page
    assert "Another." in page


@pytest.mark.parametrize("state", [HearingState.CONTINUED, HearingState.NO_SHOW])
def test_a_hearing_that_was_not_held_gets_no_sentence(office: Office, state: HearingState) -> None:
    """The page says what comes first, and recording is refused in words."""
    url = address(heard(office, state=state))
    browser = office.browser()
    assert "not recorded as held" in browser.read(url)
    refused = browser.post(url, **DC, amount_0="7", record="1")
    assert refused.status_code == 422
    assert "hearing was held" in words(refused)
    assert count(office, Sentence) == 0


def test_a_clerk_shows_the_password_and_loses_nothing_when_the_lock_falls(
    office: Office, clock: Any
) -> None:
    """Behind the lock the form is as it was; without it there is neither name nor offence."""
    hearing = heard(office, "Shoplifting")
    url = f"{address(hearing)}?back=docket"
    browser = office.browser(Role.CLERK)
    shut = browser.get(url)
    assert (shut.status_code, shut.location) == (303, "/account/again")
    with office.looking() as session:
        session.execute(sa.update(SignIn).values(stepped_up_at=NOW))
        session.commit()
    assert "Shoplifting" in browser.read(url)
    clock.shift(STEP_UP_LIFE + timedelta(seconds=1))
    late = browser.post(url, **DC, amount_0="7", panel_words="You can do this.", record="1")
    assert (late.status_code, late.location) == (303, "/account/again")
    assert count(office, Sentence) == 0
    with office.looking() as session:
        session.execute(sa.update(SignIn).values(stepped_up_at=NOW + STEP_UP_LIFE))
        session.commit()
    assert "You can do this." in browser.get(url).text
    given = browser.send(url, record="1", back="docket")
    assert given.status_code == 303
    assert given.location == f"/tonight/rooms/{hearing.sitting_id}/docket"
    recorded = browser.read(url)
    assert "The recorded sentence" in recorded
    assert "Jury sessions : 7 sessions" in recorded


def test_a_clerk_prints_the_sheet_for_the_family_of_tonight(office: Office) -> None:
    """Behind the password, noted as read; the sheet of another evening is the office's."""
    tonight = office.bench.hearing(on=TODAY)
    earlier = office.bench.hearing(on=HELD)
    keys = [(one.id, one.sitting_id, office.bench.record(one).id) for one in (tonight, earlier)]
    (now_id, room_id, sentence_id), (old_id, _room, _old) = keys
    browser = office.browser(Role.CLERK)
    url = f"/hearings/{now_id}/sentence/sheet?back=docket"
    assert browser.get(url).location == "/account/again"
    with office.looking() as session:
        session.execute(sa.update(SignIn).values(stepped_up_at=NOW))
        session.commit()
    docket = f"/tonight/rooms/{room_id}/docket"
    assert html.escape(url) in browser.get(docket).text
    sheet = browser.get(url)
    assert "Jury sessions" in words(sheet)
    assert f'href="{docket}"' in sheet.text
    spanish = words(browser.get(f"{url}&language=es"))
    assert "Sesiones del jurado: 7 sesiones" in spanish
    assert "Último día: " in spanish
    assert "Trae: Tu papel o tu teléfono" in spanish
    assert browser.get(f"/hearings/{old_id}/sentence/sheet").status_code == 404
    assert f"/hearings/{now_id}/sentence/sheet" in browser.get(f"/hearings/{now_id}/sentence").text
    with office.looking() as session:
        read = sa.select(AuditEntry.subject_id).where(
            AuditEntry.act == "read", AuditEntry.subject == "sentence"
        )
        assert session.scalars(read).all() == [sentence_id, sentence_id]


def test_a_page_to_come_back_to_is_one_of_three(office: Office) -> None:
    """An address of somewhere else is no such page."""
    hearing = heard(office)
    browser = office.browser()
    answer = browser.post(
        address(hearing), **DC, amount_0="7", record="1", back="https://elsewhere.example"
    )
    assert answer.location == f"/cases/{hearing.case_id}#sentence"


def test_evaluator_juror_and_strangers_are_turned_away(office: Office, session: Any) -> None:
    """403 without the permission; a hearing of another court is one that does not exist."""
    hearing = heard(office)
    url = address(hearing)
    other = add_court(session, name="Oak")
    set_court(session, office.court.id)
    assert office.browser(Role.EVALUATOR).get(url).status_code == 403
    assert sign_in_juror(office.app, office.court.id, hearing.person_id).get(url).status_code == 403
    stranger = Browser.of(sign_in_as(office.app, other, Role.COORDINATOR))
    assert stranger.get(url).status_code == 404
    assert stranger.post(url, **DC, amount_0="7", record="1").status_code == 404
    assert stranger.get(f"/hearings/{uuid.uuid4()}/sentence").status_code == 404
    assert count(office, Sanction) == 0
