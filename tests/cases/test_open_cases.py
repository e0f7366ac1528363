"""Starting in the middle of the year: open cases come in with what is done of their sentences."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.cases.importing import Inbox
from tests.cases.open_cases import MIA, SHEET, forty, sheet
from tests.fixtures.app import NOW, TODAY
from youthcourt.app import plug_ports
from youthcourt.cases.domain import CaseState
from youthcourt.cases.models import Case, CaseNote
from youthcourt.cases.queries import case_facts
from youthcourt.cases.queries.lists import clocks_of
from youthcourt.credits.queries import balance_of, verify_credits
from youthcourt.errors import CourtRuleBroken
from youthcourt.evaluation.domain import CountCode, CountKey, Period
from youthcourt.evaluation.queries import count_period
from youthcourt.hearings.domain import HearingState
from youthcourt.hearings.models import Hearing
from youthcourt.people.models import Adult, Consent, Person, Training
from youthcourt.sentences.models import Sentence, ServiceRecord
from youthcourt.sentences.queries import progress_of
from youthcourt.sentences.services import withdraw_sentence


@pytest.fixture(autouse=True)
def _whole_house(_nothing_plugged_in: None) -> None:
    """Plug in who records sentences, as the application does."""
    plug_ports()


def cases(session: Session) -> list[Case]:
    """Return the court's cases in the order of the sheet."""
    return list(session.scalars(sa.select(Case).order_by(Case.number)))


def test_forty_open_cases_stand_where_they_stood(inbox: Inbox) -> None:
    """40 of 40 rows: required = confirmed + pending + booked + to book, for each of them."""
    run = inbox.take(sheet(*forty()), SHEET)
    assert (run.rows_read, run.rows_imported, run.cases_made) == (40, 40, 40)
    made = cases(inbox.session)
    wanted = [
        CaseState.REFERRED,
        CaseState.SCREENED,
        CaseState.INTAKE_DONE,
        CaseState.SUPERVISED,
    ] * 10
    assert [case.state for case in made] == wanted
    progress = progress_of(inbox.session, person_ids=[case.person_id for case in made], now=NOW)
    for case, row in zip(made, forty(), strict=True):
        items = {item.kind.value: item.parts for item in progress[case.person_id]}
        if case.state is not CaseState.SUPERVISED:
            assert items == {}
            continue
        done = int(row["Jury service done"])
        jury, hours = items["jury"], items["community_service"]
        assert (jury.required, jury.confirmed, jury.to_book) == (7, min(done, 7), max(7 - done, 0))
        served = done * 60 + 15
        left = max(630 - served, 0)
        assert (hours.required, hours.confirmed, hours.to_book) == (630, 630 - left, left)
        for parts in (jury, hours):
            assert parts.required == parts.confirmed + parts.pending + parts.booked + parts.to_book
        if row["Last day of the sentence"]:
            assert jury.due_on is not None
            assert jury.due_on.isoformat() == row["Last day of the sentence"]
    assert list(verify_credits(inbox.session)) == []


def test_service_of_before_says_where_it_comes_from(inbox: Inbox) -> None:
    inbox.take(sheet(MIA), SHEET)
    case = cases(inbox.session)[0]
    served = inbox.session.scalars(
        sa.select(ServiceRecord).where(ServiceRecord.person_id == case.person_id)
    ).all()
    assert {(one.kind.value, one.sessions, one.minutes, one.proof) for one in served} == {
        ("jury", 3, 0, "before"),
        ("community_service", 0, 270, "before"),
    }
    assert all(one.source_key.startswith("before:") for one in served)
    # Sessions of before have no known length, and service earns nothing in this court.
    assert balance_of(inbox.session, person_id=case.person_id) == 0


def test_adult_and_papers_come_with_the_case(inbox: Inbox) -> None:
    inbox.take(sheet(MIA), SHEET)
    case = cases(inbox.session)[0]
    adult = inbox.session.scalars(sa.select(Adult)).one()
    assert (adult.name, adult.relation, adult.may_consent) == ("Ada Okonkwo", "mother", True)
    papers = inbox.session.scalars(sa.select(Consent)).all()
    assert {(one.kind.value, one.adult_id, one.text_version) for one in papers} == {
        ("guardian_consent", adult.id, "before"),
        ("admission", None, "before"),
    }
    assert case_facts(inbox.session, case.id).consents_given >= {"admission", "guardian_consent"}
    assert inbox.session.get_one(Person, case.person_id).on_jury_list


def test_who_was_trained_before_can_be_drawn(inbox: Inbox) -> None:
    inbox.take(sheet(MIA | {"Juror training on": "2025-09-20"}), SHEET)
    trained = inbox.session.scalars(sa.select(Training)).one()
    assert (trained.topic, trained.finished_on) == ("juror", date(2025, 9, 20))


def test_a_case_with_its_intake_done_waits_for_no_answer(inbox: Inbox) -> None:
    """The family was reached, though the sheet does not say on which day."""
    inbox.take(sheet(*forty()[2:3]), SHEET)
    case = cases(inbox.session)[0]
    clocks = clocks_of(case, today=TODAY, no_contact_days=30)
    assert clocks.contact_due_on is None


def test_a_case_that_is_ready_waits_for_a_date_on_the_docket(inbox: Inbox) -> None:
    inbox.take(sheet(*forty()[2:3]), SHEET)
    assert inbox.session.scalars(sa.select(Hearing.state)).all() == [HearingState.WAITING]


def test_what_was_done_before_is_in_no_count_of_this_court(inbox: Inbox) -> None:
    """The old records have counted it; the sheet does not even say when it was."""
    inbox.take(sheet(MIA), SHEET)
    day = TODAY - timedelta(days=400)
    figures = count_period(inbox.session, period=Period(first=day, last=TODAY), today=TODAY)
    for code in (
        CountCode.SESSIONS_SERVED,
        CountCode.HOURS_SERVED,
        CountCode.YOUTH_SERVING_ORDERED,
    ):
        assert figures[CountKey(code)].value == 0


def test_the_same_sheet_again_changes_nothing(inbox: Inbox) -> None:
    inbox.take(sheet(MIA), SHEET)
    later = MIA | {"Jury service done": "6"}
    run = inbox.send(sheet(later), SHEET)
    assert (run.rows_imported, run.rows_merged, run.cases_made) == (0, 1, 0)
    with pytest.raises(CourtRuleBroken, match="import_does_nothing"):
        inbox.ready(run)
    assert inbox.session.scalar(sa.select(sa.func.count()).select_from(Sentence)) == 1


def test_a_case_on_record_is_left_as_it_is_and_told_in_its_note(inbox: Inbox) -> None:
    first = MIA | {"Incident number": "26-1"}
    inbox.take(sheet(first), SHEET)
    again = first | {"Day of the referral": "2025-11-04", "Jury service done": "6"}
    run = inbox.take(sheet(again), SHEET)
    assert (run.rows_merged, run.cases_made) == (1, 0)
    notes = inbox.session.scalars(sa.select(CaseNote.text)).all()
    assert any("Jury service done: 6" in text for text in notes)


def test_everything_done_before_can_be_closed_as_completed(inbox: Inbox) -> None:
    """The last day is over, but what was done before is not taken for late."""
    done = {
        "Jury service done": "7",
        "Community service done": "12",
        "Last day of the sentence": "2026-02-01",
    }
    inbox.take(sheet(MIA | done), SHEET)
    case = cases(inbox.session)[0]
    facts = case_facts(inbox.session, case.id)
    assert (facts.obligations_open, facts.finished_late) == (0, False)


def test_a_sentence_of_before_is_changed_by_its_parts_alone(inbox: Inbox) -> None:
    inbox.take(sheet(MIA), SHEET)
    sentence = inbox.session.scalars(sa.select(Sentence)).one()
    with pytest.raises(CourtRuleBroken, match="sentence_of_before_stays"):
        withdraw_sentence(inbox.session, sentence_id=sentence.id, reason="wrong_case", **inbox.hand)


def test_nothing_is_half_written_when_a_row_fails_late(inbox: Inbox, monkeypatch) -> None:
    from youthcourt.cases import ports

    def fail(*_given: object) -> None:
        raise CourtRuleBroken("sentence_empty")

    monkeypatch.setattr(ports._Plugged, "taker", staticmethod(fail))
    with pytest.raises(CourtRuleBroken, match="sentence_empty"):
        inbox.take(sheet(MIA), SHEET)
    inbox.session.rollback()
    assert cases(inbox.session) == []
