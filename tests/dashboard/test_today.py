"""Today promises: what needs a hand stands there, each line leads to where it is done."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from tests.dashboard.test_tonight import add_hearing, text_of
from tests.fixtures.app import sign_in_as
from tests.jury.test_evening import END, START, Night, make_night
from tests.jury.test_evening_seats import make_trained
from tests.sentences.conftest import Bench
from youthcourt.accounts.domain import Role
from youthcourt.cases.domain.imports import RunState
from youthcourt.cases.models import Case, ImportRun
from youthcourt.cases.services import ChargeGiven, open_case, record_contact
from youthcourt.courts.domain import SignUp
from youthcourt.courts.queries import policy_on
from youthcourt.courts.services import store_policy
from youthcourt.hearings.models import Hearing, Sitting
from youthcourt.jury.models import Seat
from youthcourt.notices.domain import Channel, NoticeKind
from youthcourt.notices.services import queue_notice
from youthcourt.people.domain.kinds import SaidBy, Tie
from youthcourt.people.models import Person
from youthcourt.people.services import add_acquaintance, set_jury_list


@pytest.fixture
def app(sqlite_app: Flask) -> Flask:
    """The application on SQLite alone."""
    return sqlite_app


@pytest.fixture(autouse=True)
def _week_before() -> Iterator[object]:
    with time_machine.travel(START - timedelta(days=7), tick=True) as at:
        yield at


@pytest.fixture
def night(session, court) -> Night:
    """A session in a week, with one room and a quorum of two."""
    found = make_night(session, court)
    session.commit()
    return found


def page_of(app: Flask, court) -> tuple[str, str]:
    """Return today's page as text and as markup."""
    answer = sign_in_as(app, court, Role.COORDINATOR).get("/today")
    assert answer.status_code == 200
    return text_of(answer), answer.text


def named(night: Night, presiding: str) -> None:
    """Let somebody preside over the room."""
    night.session.execute(sa.update(Sitting).values(presiding=presiding))
    night.session.commit()


def let_wait(night: Night, hearing_id: uuid.UUID) -> None:
    """Take a hearing off the docket again."""
    night.session.execute(
        sa.update(Hearing)
        .where(Hearing.id == hearing_id)
        .values(state="waiting", sitting_id=None, position=None)
    )
    night.session.commit()


def test_a_new_court_has_nothing_to_do(app, court) -> None:
    """The page says so and leads on."""
    assert "Nothing waits" in page_of(app, court)[0]


def test_a_panel_that_lacks_people_is_told(app, court, night) -> None:
    """Only where something is heard: short of quorum, then below target, then unpublished."""
    assert "seats filled" not in page_of(app, court)[0]
    add_hearing(night)
    text, markup = page_of(app, court)
    assert "0 of 4 seats filled short of quorum, which is 2" in text
    assert f"/calendar/sessions/{night.id}" in markup
    for name in ("Ada", "Ben"):
        night.seated(name)
    night.session.commit()
    named(night, "Judge Abioye")
    assert "2 of 4 seats filled below target" in page_of(app, court)[0]


def test_a_room_over_which_nobody_presides_is_told(app, court, night) -> None:
    """From the first hearing or juror on, and no longer once somebody is named."""
    assert "nobody presides yet" not in page_of(app, court)[0]
    add_hearing(night)
    assert "nobody presides yet" in page_of(app, court)[0]
    named(night, "Judge Abioye")
    assert "nobody presides yet" not in page_of(app, court)[0]


def test_a_room_over_which_nobody_presides_is_told_where_jurors_walk_in(
    app, court, night, session
) -> None:
    """Nobody is drawn in such a court, but somebody has to preside."""
    add_hearing(night)
    rules = policy_on(session, day=START.date()).policy
    jury = rules.jury.model_copy(update={"sign_up": SignUp.WALK_IN})
    store_policy(
        session,
        policy=rules.model_copy(update={"jury": jury}),
        in_force_from=START.date() - timedelta(days=8),
        actor=court.actor,
        now=START - timedelta(days=9),
    )
    session.commit()
    text = page_of(app, court)[0]
    assert "1 hearing nobody presides yet" in text
    assert "seats filled" not in text


def test_jurors_without_a_hearing_are_told_while_one_waits(app, court, night) -> None:
    """A jury that hears nothing and a youth who waits belong together."""
    hearing_id = add_hearing(night)
    night.seated()
    let_wait(night, hearing_id)
    assert "1 of 4 seats filled" in (text := page_of(app, court)[0])
    assert "no hearing in it, and one waits for a date" in text
    night.session.execute(sa.update(Sitting).values(max_first_hearings=0))
    night.session.commit()
    assert "no hearing in it" not in page_of(app, court)[0]


def test_a_session_that_is_over_waits_to_be_confirmed(app, court, night) -> None:
    """From its planned end on it is short of nothing, and is not still to come today."""
    add_hearing(night)
    with time_machine.travel(END - timedelta(minutes=1), tick=True):
        text = page_of(app, court)[0]
        assert "short of quorum" in text
        assert "Today at 9:30 am" in text
    with time_machine.travel(END, tick=True):
        text = page_of(app, court)[0]
        assert "Confirm who came on Sat 7 Mar 2026" in text
        assert "short of quorum" not in text
        assert "Today at 9:30 am" not in text


def test_seats_that_go_against_a_rule_are_told_as_the_jury_page_tells_them(
    app, court, night
) -> None:
    """Somebody came to know the respondent, somebody left the list: two on both pages."""
    hearing_id = add_hearing(night)
    for name in ("Ada", "Ben", "Cy"):
        make_trained(night, night.seated(name))
    session = night.session
    jurors = session.scalars(
        sa.select(Seat.person_id).where(Seat.session_id == night.id).order_by(Seat.position)
    ).all()
    session.execute(sa.update(Person).values(volunteer_since=START.date() - timedelta(days=30)))
    session.commit()
    assert "against a rule" not in page_of(app, court)[0]
    hand: dict[str, Any] = {"actor": court.actor, "now": START - timedelta(days=7)}
    zed = session.scalars(
        sa.select(Case.person_id)
        .join(Hearing, Hearing.case_id == Case.id)
        .where(Hearing.id == hearing_id)
    ).one()
    add_acquaintance(
        session, person_id=jurors[0], other_id=zed, kind=Tie.HOUSEHOLD, said_by=SaidBy.STAFF, **hand
    )
    set_jury_list(session, person_id=jurors[1], on_list=False, **hand)
    session.commit()
    text, markup = page_of(app, court)
    assert "2 seats on Sat 7 Mar 2026 go against a rule now" in text
    link = f"/sessions/{night.id}/jury"
    assert link in markup
    jury = sign_in_as(app, court, Role.COORDINATOR).get(link)
    assert "2 seats go against a rule now" in text_of(jury)


def test_an_evening_nobody_confirmed_is_told(app, court, night) -> None:
    """On its day it stands on top; once it is over it asks to be confirmed."""
    with time_machine.travel(START, tick=True):
        assert "Today at 9:30 am" in page_of(app, court)[0]
    with time_machine.travel(END + timedelta(days=2), tick=True):
        text, markup = page_of(app, court)
        assert "Confirm who came on Sat 7 Mar 2026" in text
        assert f"/tonight/{night.id}/review" in markup


def test_hearings_without_a_date_and_waiting_cases_are_told(app, court, night) -> None:
    """Each with how many there are."""
    let_wait(night, add_hearing(night))
    text, markup = page_of(app, court)
    assert "1 hearing waits for a date" in text
    assert 'href="/docket"' in markup


class Calls:
    """Cases of today and the tries to reach their families."""

    def __init__(self, night: Night) -> None:
        self.night = night
        self.today = START.date() - timedelta(days=7)
        self.hand: dict[str, Any] = {
            "actor": night.court.actor,
            "now": START - timedelta(days=7),
        }

    def case(self, name: str, *, days: int) -> uuid.UUID:
        """Enter a case that was referred so many days ago."""
        return open_case(
            self.night.session,
            person_id=self.night.person(name),
            referred_on=self.today - timedelta(days=days),
            incident_on=self.today - timedelta(days=days + 5),
            incident_reference=None,
            agency_id=None,
            charges=(ChargeGiven(text="Shoplifting", nibrs="23C"),),
            **self.hand,
        ).id

    def tried(self, case_id: uuid.UUID, *, days: int, again_in: int | None = None) -> None:
        """Write down a call without an answer so many days ago."""
        record_contact(
            self.night.session,
            case_id=case_id,
            method="phone",
            outcome="no_answer",
            tried_on=self.today - timedelta(days=days),
            call_again_on=None if again_in is None else self.today + timedelta(days=again_in),
            **self.hand,
        )
        self.night.session.commit()


def test_a_try_of_today_and_the_day_to_call_again_are_told(app, court, night) -> None:
    """The line says what came of the latest try, and when the next is due."""
    calls = Calls(night)
    case_id = calls.case("Ada", days=3)
    night.session.commit()
    assert "referred 3 days ago" in (text := page_of(app, court)[0])
    assert "tried" not in text
    calls.tried(case_id, days=2)
    assert "referred 3 days ago, last tried on Thu 26 Feb 2026, no answer" in page_of(app, court)[0]
    calls.tried(case_id, days=0, again_in=2)
    text = page_of(app, court)[0]
    assert "referred 3 days ago, tried today, no answer call again on Mon 2 Mar 2026" in text


def test_who_is_to_be_called_by_now_stands_first(app, court, night) -> None:
    """Then whom nobody has a day for, the longest waiting first, then the days to come."""
    calls = Calls(night)
    cases = {name: calls.case(name, days=days) for name, days in CALLED.items()}
    calls.tried(cases["Later"], days=1, again_in=3)
    calls.tried(cases["Missed"], days=4, again_in=-1)
    calls.tried(cases["Due"], days=2, again_in=0)
    text = page_of(app, court)[0]
    places = [text.index(f"Okafor, {name}") for name in ("Missed", "Due", "Old", "New", "Later")]
    assert places == sorted(places)
    assert "was to be called again on Fri 27 Feb 2026" in text
    assert "call again today" in text


CALLED = {"New": 1, "Old": 8, "Later": 20, "Due": 3, "Missed": 5}
"""Days since the referral of each."""


def test_messages_to_tell_and_files_to_decide_on_are_told(app, court, session) -> None:
    """A family without e-mail hears nothing, and a file brings nothing, until a hand acts."""
    queue_notice(
        session,
        kind=NoticeKind.DUTY_PUBLISHED,
        once_key="one",
        channel=Channel.PAPER,
        actor=court.actor,
        now=START,
    )
    session.add(
        ImportRun(
            file_digest="0" * 64,
            state=RunState.UPLOADED,
            started_at=START,
            started_by=court.actor.user_id,
        )
    )
    session.commit()
    text, markup = page_of(app, court)
    assert "1 message to print or tell by phone" in text
    assert 'href="/messages"' in markup
    assert "1 referral file waits for a decision" in text
    assert 'href="/cases/imports"' in markup
    assert "Nothing waits" not in text


def test_every_link_of_the_page_leads_somewhere(app, court, night) -> None:
    """No line is a dead end."""
    add_hearing(night)
    with time_machine.travel(END + timedelta(days=2), tick=True):
        client = sign_in_as(app, court, Role.COORDINATOR)
        markup = client.get("/today").text
        main = markup[markup.index("<main") :]
        links = set(re.findall(r'href="(/[^"#]+)', main))
        assert links
        for link in links:
            assert client.get(link).status_code == 200, link


def test_who_is_late_stands_apart_from_who_may_not_finish(app, court, night) -> None:
    """A last day that is over is not something that may still be finished in time."""
    bench, day = Bench(session=night.session, court=court), (START - timedelta(days=7)).date()
    bench.owes(bench.person("Lea"), 2, due_on=day - timedelta(days=1))
    bench.owes(bench.person("Max"), 9, due_on=day + timedelta(days=6))
    bench.session.commit()
    text, _markup = page_of(app, court)
    late, others = (
        text.index("Late: the last day is over (1)"),
        text.index("May not finish in time"),
    )
    assert late < text.index("Lea") < others < text.index("Max")
    assert "See all 2 and why" in text
