"""What printed codes and message links promise."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.fixtures.app import NOW
from youthcourt.accounts.domain import CODE_ALPHABET, FactQuestion
from youthcourt.accounts.models import OneTimeLink
from youthcourt.db import set_court
from youthcourt.errors import CourtRuleBroken
from youthcourt.people import links, services

UNTIL = NOW + timedelta(days=12)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def person(session, court):
    """Somebody whose answer is Luna."""
    person = services.add_person(
        session, given_names="Ana", family_name="Ruiz", actor=court.actor, now=NOW
    )
    services.set_fact(
        session,
        person_id=person.id,
        question=FactQuestion.PET,
        answer="Luna",
        actor=court.actor,
        now=NOW,
    )
    return person


@pytest.fixture
def slip(session, court, person):
    """A printed code; afterwards nobody is signed in, as at the door."""
    code = links.issue_slip(
        session, person_id=person.id, valid_until=UNTIL, actor=court.actor, now=NOW
    )
    session.commit()
    set_court(session, None)
    return code


def opens(session, code, answer="Luna", now=NOW) -> bool:
    """Whether code and answer open the door; every refusal is the same one."""
    try:
        links.open_by_code(session, code=code, answer=answer, now=now)
    except CourtRuleBroken as refusal:
        session.rollback()
        assert (refusal.code, refusal.params) == ("code_refused", {})
        return False
    session.commit()
    return True


def test_a_code_is_short_readable_and_nowhere_stored(session, slip) -> None:
    """Eight characters without look-alikes; the database holds only a keyed digest."""
    assert len(slip) == 8
    assert set(slip) <= set(CODE_ALPHABET)
    row = session.execute(sa.text("SELECT * FROM one_time_links")).one()
    assert slip not in str(row)


def test_code_and_answer_tell_whose_door_it_is(session, court, person, slip) -> None:
    """However both are spelt, and as often as needed until the day."""
    typed = f" {slip[:4].lower()}-{slip[4:].lower()} "
    opened = links.open_by_code(session, code=typed, answer=" LU NA!", now=NOW)
    assert (opened.court_id, opened.person_id) == (court.id, person.id)
    session.commit()
    assert opens(session, slip, now=UNTIL - MINUTE)
    assert not opens(session, slip, now=UNTIL)


def test_five_wrong_answers_end_a_code(session, slip) -> None:
    """The fifth try may still be right, the sixth may not; a refusal gives no try back."""
    for _ in range(4):
        assert not opens(session, slip, "Rex")
    assert opens(session, slip)
    assert not opens(session, slip, "Rex")
    assert not opens(session, slip)


def test_unknown_codes_and_empty_answers_open_nothing(session, slip) -> None:
    """Neither a made-up code nor a code without its answer."""
    assert not opens(session, "AAAAAAAA")
    assert not opens(session, "")
    assert not opens(session, slip, "")


def test_a_new_slip_ends_the_old_one(session, court, person, slip) -> None:
    """A slip that was lost is worthless once another is printed."""
    set_court(session, court.id)
    new = links.issue_slip(
        session, person_id=person.id, valid_until=UNTIL, actor=court.actor, now=NOW
    )
    session.commit()
    assert not opens(session, slip)
    assert opens(session, new)


def test_leaving_the_jury_list_ends_every_way_in(session, court, person) -> None:
    """Codes and links of somebody taken off the list open nothing."""
    for on_list in (True, False):
        code = links.issue_slip(
            session, person_id=person.id, valid_until=UNTIL, actor=court.actor, now=NOW
        )
        token = links.issue_link(session, person_id=person.id, actor=court.actor, now=NOW)
        services.set_jury_list(
            session, person_id=person.id, on_list=on_list, actor=court.actor, now=NOW
        )
    session.commit()
    assert not opens(session, code)
    with pytest.raises(CourtRuleBroken, match="link_refused"):
        links.open_by_link(session, token=token, now=NOW)


def test_a_slip_needs_an_answer_and_a_time_ahead(session, court, person) -> None:
    """A code without a chosen fact would open with the code alone."""
    other = services.add_person(
        session, given_names="Ben", family_name=None, actor=court.actor, now=NOW
    )
    with pytest.raises(CourtRuleBroken, match="no_fact_chosen"):
        links.issue_slip(session, person_id=other.id, valid_until=UNTIL, actor=court.actor, now=NOW)
    with pytest.raises(CourtRuleBroken, match="code_already_over"):
        links.issue_slip(session, person_id=person.id, valid_until=NOW, actor=court.actor, now=NOW)


def test_a_message_link_is_good_once_for_ten_minutes(session, court, person) -> None:
    """Spent, expired, unknown and replaced links are refused alike."""

    def issue() -> str:
        token = links.issue_link(session, person_id=person.id, actor=court.actor, now=NOW)
        session.commit()
        return token

    def spend(token: str, after=MINUTE) -> bool:
        try:
            opened = links.open_by_link(session, token=token, now=NOW + after)
        except CourtRuleBroken as refusal:
            assert refusal.code == "link_refused"
            return False
        assert (opened.court_id, opened.person_id) == (court.id, person.id)
        return True

    token = issue()
    assert spend(token)
    assert not spend(token)
    assert not spend("made up")
    assert not spend(issue(), after=timedelta(minutes=10))
    replaced, live = issue(), issue()
    assert not spend(replaced)
    assert spend(live, after=timedelta(minutes=9, seconds=59))
    assert session.scalars(sa.select(OneTimeLink.token_digest)).all().count(live) == 0


def test_a_code_is_tried_in_a_transaction_of_its_own(session, court, person, slip) -> None:
    """Because the try is committed, nothing else may wait to be written."""
    set_court(session, court.id)
    person.grade = "9"
    with pytest.raises(RuntimeError):
        links.open_by_code(session, code=slip, answer="Luna", now=NOW)
