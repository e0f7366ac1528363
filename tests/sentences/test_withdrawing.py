"""A sentence that should not stand is withdrawn: it binds nobody, and stays to be read."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.cases.refusing import Refused
from tests.fixtures.app import NOW, TODAY
from tests.sentences.conftest import HEARD_ON, Bench
from tests.sentences.pages import Office, error_at, words
from youthcourt.accounts.domain import Role
from youthcourt.audit.models import AuditEntry
from youthcourt.cases.domain import CaseState
from youthcourt.cases.models import Case, CaseEvent
from youthcourt.courts.domain import SanctionKind
from youthcourt.hearings.domain import HearingKind
from youthcourt.sentences import queries, services
from youthcourt.sentences.models import Sanction, Sentence
from youthcourt.sentences.services import SanctionGiven

JURY = SanctionGiven(kind=SanctionKind.JURY, amount=7)
FEWER_HOURS = SanctionGiven(kind=SanctionKind.COMMUNITY_SERVICE, amount=300)
HOURS = SanctionGiven(kind=SanctionKind.COMMUNITY_SERVICE, amount=600)
ESSAY = SanctionGiven(kind=SanctionKind.ESSAY, amount=1)


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    """A clock that stands still."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def ahead(bench: Bench) -> None:
    """Enough sessions for seven of them."""
    for week in range(1, 15):
        bench.evening(TODAY + timedelta(days=7 * week))


def withdraw(bench: Bench, sentence: Sentence, reason: str = "wrong_amount") -> Sentence:
    return services.withdraw_sentence(
        bench.session, sentence_id=sentence.id, reason=reason, **bench.hand
    )


def part(session: Session, sentence: Sentence, kind: SanctionKind) -> Sanction:
    return session.scalars(
        sa.select(Sanction).where(Sanction.sentence_id == sentence.id, Sanction.kind == kind)
    ).one()


def test_a_withdrawn_sentence_binds_nobody_and_another_can_be_recorded(
    bench: Bench, ahead: None, session: Session
) -> None:
    """Nothing is owed, the case waits for a sentence, the hearing takes the right one."""
    hearing = bench.hearing()
    case = bench.case_of(hearing)
    wrong = bench.record(hearing, items=[JURY, HOURS])
    withdraw(bench, wrong)
    assert (wrong.withdrawn_at, wrong.withdrawn_by) == (NOW, bench.court.actor.user_id)
    assert bench.case_of(hearing).state is CaseState.HEARD
    assert queries.sentences_of_case(session, case_id=case.id) == ()
    assert queries.obligations_of_case(session, case_id=case.id, now=NOW) == ()
    assert queries.progress_of(session, open_only=True, now=NOW) == {}
    assert queries.sentence_facts(session, case.id)["sentence_recorded"] is False
    right = bench.record(hearing, items=[JURY])
    assert right.id != wrong.id
    assert bench.case_of(hearing).state is CaseState.SUPERVISED
    (item,) = queries.obligations_of_case(session, case_id=case.id, now=NOW)
    assert (item.sentence_id, item.required) == (right.id, 7)
    (kept,) = queries.sentences_of_case(session, case_id=case.id, withdrawn=True)
    assert (kept.id, kept.withdrawn_for) == (wrong.id, "wrong_amount")
    moves = session.execute(
        sa.select(CaseEvent.from_state, CaseEvent.to_state, CaseEvent.happened_on)
        .where(CaseEvent.case_id == case.id)
        .where(CaseEvent.from_state.in_((CaseState.HEARD, CaseState.SUPERVISED)))
    ).all()
    assert sorted(map(tuple, moves)) == [
        ("heard", "supervised", HEARD_ON),
        ("heard", "supervised", HEARD_ON),
        ("supervised", "heard", HEARD_ON),
    ]


def test_withdrawn_twice_it_is_withdrawn_once_with_its_reason(
    bench: Bench, ahead: None, session: Session
) -> None:
    """The first reason stands, and without one nothing happens."""
    sentence = bench.record(bench.hearing())
    with Refused("reason_required", "reason"):
        withdraw(bench, sentence, " ")
    withdraw(bench, sentence)
    withdraw(bench, sentence, "other")
    assert sentence.withdrawn_for == "wrong_amount"
    acts = sa.select(AuditEntry.act).where(AuditEntry.subject_id == sentence.id)
    assert sorted(session.scalars(acts)) == ["sentence_recorded", "sentence_withdrawn"]


def test_what_is_done_for_a_sentence_is_taken_back_before_it_is_withdrawn(
    bench: Bench, ahead: None, session: Session
) -> None:
    """A confirmed evening and a finished essay each stand in the way, and are named."""
    hearing = bench.hearing()
    sentence = bench.record(hearing, items=[JURY, ESSAY])
    served = bench.serve(bench.case_of(hearing).person_id)
    essay = part(session, sentence, SanctionKind.ESSAY)
    services.finish_item(
        session, sanction_id=essay.id, finished_on=TODAY, proof="seen", **bench.hand
    )
    done = queries.done_for(session, sentence_id=sentence.id)
    assert [(one.service_id, one.sanction_id == essay.id) for one in done] == [
        (served.id, False),
        (None, True),
    ]
    with Refused("sentence_has_service"):
        withdraw(bench, sentence)
    bench.reverse(served)
    with Refused("sentence_has_service"):
        withdraw(bench, sentence)
    services.reopen_item(session, sanction_id=essay.id, reason="typed_wrong", **bench.hand)
    assert withdraw(bench, sentence).withdrawn_at == NOW
    for act in (services.reopen_item, services.waive_sanction):
        with Refused("sentence_was_withdrawn"):
            act(session, sanction_id=essay.id, reason="other", **bench.hand)


def test_what_is_booked_or_waits_counts_for_the_sentence_that_is_right(
    bench: Bench, ahead: None, session: Session
) -> None:
    """Seats stay and hours go on waiting; between two sentences they are for none."""
    hearing = bench.hearing()
    person_id = bench.case_of(hearing).person_id
    wrong = bench.record(hearing, items=[JURY, HOURS])
    seat = bench.book(person_id, TODAY + timedelta(days=7))
    hours = bench.report(
        person_id, sanction_id=part(session, wrong, SanctionKind.COMMUNITY_SERVICE).id
    )
    withdraw(bench, wrong)
    assert (seat.state, hours.state, hours.sanction_id) == ("booked", "pending", None)
    right = bench.record(hearing, items=[JURY, FEWER_HOURS])
    assert bench.parts(part(session, right, SanctionKind.JURY)) == (0, 0, 1, 6)
    assert bench.parts(part(session, right, SanctionKind.COMMUNITY_SERVICE)) == (0, 120, 0, 180)
    with Refused("sentence_was_withdrawn"):
        bench.report(person_id, sanction_id=part(session, wrong, SanctionKind.COMMUNITY_SERVICE).id)


def test_another_sentence_of_the_case_keeps_it_under_supervision(
    bench: Bench, ahead: None, session: Session
) -> None:
    """Only the sentence of the review is withdrawn."""
    first = bench.hearing()
    bench.record(first, items=[JURY])
    case = bench.case_of(first)
    review = bench.hearing(case=case, kind=HearingKind.REVIEW, on=TODAY)
    withdraw(bench, bench.record(review, items=[JURY, HOURS]))
    assert bench.case_of(first).state is CaseState.SUPERVISED
    (left,) = queries.obligations_of_case(session, case_id=case.id, now=NOW)
    assert (left.kind, left.required) == (SanctionKind.JURY, 7)


def test_a_closed_case_keeps_its_sentence(bench: Bench, ahead: None) -> None:
    """What the case was closed on stays true until it is opened again."""
    hearing = bench.hearing()
    sentence = bench.record(hearing)
    bench.close(hearing.case_id)
    with Refused("case_is_closed"):
        withdraw(bench, sentence)


def test_the_database_lets_one_sentence_of_a_hearing_stand(
    bench: Bench, ahead: None, session: Session
) -> None:
    """However two sentences come to be written, the key of those that stand refuses one."""
    hearing = bench.hearing()
    wrong = bench.record(hearing)
    withdraw(bench, wrong)
    bench.record(hearing, items=[JURY])
    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(sa.update(Sentence).values(withdrawn_at=None, withdrawn_for=None))


# The page ------------------------------------------------------------------------------------


@pytest.fixture
def office(app: Flask, bench: Bench) -> Office:
    """The office of the DC court."""
    return Office(app, bench)


def recorded(office: Office) -> tuple[uuid.UUID, uuid.UUID, uuid.UUID]:
    """A sentence with its case and its hearing."""
    office.evenings()
    hearing = office.bench.hearing()
    sentence = office.bench.record(hearing, items=[JURY, HOURS])
    keys = (sentence.id, hearing.case_id, hearing.id)
    office.let_go()
    return keys


def test_the_page_tells_what_happens_and_the_case_shows_what_was_withdrawn(office: Office) -> None:
    """Before: what ends and what stays. After: the reason, the name, and the way to the next."""
    sentence_id, case_id, hearing_id = recorded(office)
    office.bench.book(person(office, case_id))
    browser = office.browser()
    url = f"/sentences/{sentence_id}/withdraw"
    assert url in browser.get(f"/cases/{case_id}").text
    told = browser.read(url)
    for line in ("Nothing of this sentence is owed any more", "The case stands at", "stay booked"):
        assert line in told
    empty = browser.post(url)
    assert empty.status_code == 422
    assert "Please choose one" in error_at(empty, "reason")
    assert browser.send(url, reason="wrong_case").status_code == 303
    page = browser.read(f"/cases/{case_id}")
    assert "Coordinator of Elm Street withdrew it" in page
    assert "it belongs to another case" in page
    assert "has no sentence yet" in page
    assert browser.get(f"/cases/{case_id}/sentence/sheet").status_code == 404
    assert "Write down" in browser.read(f"/hearings/{hearing_id}/sentence")
    assert "is withdrawn" in browser.read(url)
    part_id = office.sanction("Community service")
    assert "was withdrawn" in browser.read(f"/obligations/{part_id}")


def person(office: Office, case_id: uuid.UUID) -> uuid.UUID:
    return office.bench.session.get_one(Case, case_id).person_id


def test_the_page_leads_to_what_is_taken_back_first(office: Office) -> None:
    """No button that would be refused: a list of what counts, each with its page."""
    sentence_id, case_id, _hearing = recorded(office)
    served = office.bench.serve(person(office, case_id)).id
    browser, url = office.browser(), f"/sentences/{sentence_id}/withdraw"
    page = browser.get(url)
    assert f"/service/{served}" in page.text
    assert 'name="reason"' not in page.text
    refused = browser.post(url, reason="wrong_case")
    assert refused.status_code == 422
    assert "Take that back first" in words(refused)


def test_a_clerk_withdraws_nothing(office: Office) -> None:
    """The evening is the clerk's, the life of a case is not."""
    sentence_id, _case, _hearing = recorded(office)
    clerk = office.browser(Role.CLERK)
    assert clerk.get(f"/sentences/{sentence_id}/withdraw").status_code == 403
    office.let_go()
    assert office.bench.session.get_one(Sentence, sentence_id).withdrawn_at is None
