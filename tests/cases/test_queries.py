"""What reading cases promises, on each database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.cases.conftest import REFERRED
from tests.fixtures.app import NOW, TODAY, add_court
from youthcourt.audit.domain import Subject
from youthcourt.audit.reads import record_read
from youthcourt.cases import services
from youthcourt.cases.domain import CaseState, ClosureReason
from youthcourt.cases.queries import (
    CaseFilter,
    case_file,
    case_line,
    cases_of_person,
    cases_page,
    counts_by_state,
    find_cases,
    history_of,
    screened_rules,
)
from youthcourt.courts.domain import Outcome
from youthcourt.db import set_court
from youthcourt.errors import NotFound
from youthcourt.people.models import Person


@contextmanager
def counted(session: Session) -> Iterator[list[str]]:
    """Collect the statements sent to the database."""
    sent: list[str] = []
    engine = session.get_bind()

    def note(_connection, _cursor, statement, *_rest) -> None:
        sent.append(statement)

    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)


def numbers(page) -> list[str]:
    return [line.number for line in page.lines]


def test_open_cases_come_longest_waiting_first(desk) -> None:
    """Since when a case stands where it stands counts, not when it was referred."""
    early = desk.case(referred_on=date(2026, 1, 5), incident_on=None, incident_reference="1")
    late = desk.case(person_id=desk.person(given_names="Ada"), incident_reference="2")
    desk.reach(early, tried_on=date(2026, 3, 1))
    desk.advance(early)
    page = cases_page(desk.session, wanted=CaseFilter(), today=TODAY)
    assert numbers(page) == [late.number, early.number]
    assert [line.days_here(TODAY) for line in page.lines] == [12, 3]


def test_the_list_is_narrowed_by_state_and_waiting(desk) -> None:
    """Closed cases are shown only when they are asked for."""
    one = desk.case(incident_reference="1")
    two = desk.case(person_id=desk.person(given_names="Ada"), incident_reference="2")
    desk.reach(one, tried_on=date(2026, 3, 1))
    desk.advance(one)
    desk.close(two, ClosureReason.MOVED)

    def listed(**wanted) -> list[str]:
        return numbers(cases_page(desk.session, wanted=CaseFilter(**wanted), today=TODAY))

    assert listed() == [one.number]
    assert listed(state=CaseState.CONTACTED) == [one.number]
    assert listed(waiting_days=7) == []
    assert listed(state=CaseState.CLOSED) == [two.number]
    assert set(listed(everything=True)) == {one.number, two.number}
    assert counts_by_state(desk.session) == {CaseState.CONTACTED: 1, CaseState.CLOSED: 1}


@pytest.mark.parametrize(
    "typed", ["nunez", "NÚÑEZ jose", "2026-0001", "0001", "mpd-7", "Case 2026-0001", "c 2026-0001"]
)
def test_a_case_is_found_by_name_number_and_the_agency_s_number(desk, typed) -> None:
    """Accents and order do not matter."""
    case = desk.case(agency_reference="MPD-7")
    assert numbers(find_cases(desk.session, text=typed, today=TODAY)) == [case.number]


def test_the_number_of_a_person_leads_to_their_cases_and_to_no_other(desk) -> None:
    """Typed as it is shown, it is not taken for the number of a case that looks the same."""
    ada, bea = desk.person(), desk.person()
    theirs, other = desk.case(person_id=bea), desk.case(person_id=ada)
    number = desk.session.get_one(Person, bea).number
    assert other.number == number
    found = find_cases(desk.session, text=f"P {number}", today=TODAY)
    assert numbers(found) == [theirs.number]
    assert numbers(find_cases(desk.session, text=number, today=TODAY)) == [other.number]


@pytest.mark.parametrize("typed", ["", "   ", "🙂", "%", "_", "smith"])
def test_what_is_no_name_finds_nothing(desk, typed) -> None:
    """A sign of the database language is only a sign."""
    desk.case()
    assert find_cases(desk.session, text=typed, today=TODAY).total == 0


def test_a_long_list_comes_in_pages(desk) -> None:
    """Fifty to a page; a page beyond the last is the last."""
    person = desk.person()
    for number in range(53):
        desk.case(person_id=person, incident_reference=str(number))
    first = cases_page(desk.session, wanted=CaseFilter(), today=TODAY)
    last = cases_page(desk.session, wanted=CaseFilter(), page=99, today=TODAY)
    assert (first.first, first.last, first.total, first.pages) == (1, 50, 53, 2)
    assert (last.number, last.first, last.last) == (2, 51, 53)


def test_the_list_takes_as_many_queries_for_one_row_as_for_thirty(desk) -> None:
    """And not many."""

    def queries() -> int:
        desk.session.commit()
        desk.session.expunge_all()
        with counted(desk.session) as sent:
            cases_page(desk.session, wanted=CaseFilter(), today=TODAY)
        return len([s for s in sent if s.startswith("SELECT")])

    desk.case()
    one = queries()
    for number in range(29):
        desk.case(
            person_id=desk.person(given_names=f"Kid {number}"), incident_reference=f"N{number}"
        )
    assert queries() == one <= 6


def test_the_case_page_takes_as_many_queries_however_full_the_file_is(desk) -> None:
    """Companions, tries, decisions and notes add rows, not queries."""

    def queries() -> int:
        desk.session.commit()
        desk.session.expunge_all()
        with counted(desk.session) as sent:
            case_file(desk.session, case_id=key, today=TODAY)
        return len([s for s in sent if s.startswith("SELECT")])

    case = desk.case()
    key = case.id
    desk.case(person_id=desk.person(given_names="Kwame"))
    desk.reach(case)
    desk.screen(case)
    desk.intake(case)
    services.add_note(desk.session, case_id=key, text="One", **desk.hand)
    few = queries()
    for number in range(9):
        case = desk.session.get_one(type(case), key)
        desk.reach(case, outcome="no_answer")
        desk.screen(case, now=NOW + timedelta(hours=number + 1))
        services.add_note(desk.session, case_id=key, text=f"Note {number}", **desk.hand)
        desk.case(person_id=desk.person(given_names=f"Kid {number}"))
    assert queries() == few


def test_the_contact_clock_runs_until_somebody_is_reached(desk) -> None:
    """Thirty days from the referral, the last one included; then it is overdue."""
    case = desk.case()
    due = REFERRED + timedelta(days=30)
    line = case_line(desk.session, case_id=case.id, today=due)
    assert line is not None
    assert (line.clocks.contact_due_on, line.clocks.contact_overdue) == (due, False)
    later = case_line(desk.session, case_id=case.id, today=due + timedelta(days=1))
    assert later is not None
    assert later.clocks.contact_overdue
    desk.reach(case)
    reached = case_line(desk.session, case_id=case.id, today=due + timedelta(days=1))
    assert reached is not None
    assert reached.clocks.contact_due_on is None


def test_the_line_of_states_shows_what_is_passed_and_when(desk) -> None:
    """Closed early, the states that were never reached stay empty."""
    case = desk.case()
    desk.reach(case, tried_on=date(2026, 2, 22))
    desk.advance(case)
    desk.close(case, ClosureReason.WITHDREW)
    steps = case_file(desk.session, case_id=case.id, today=TODAY).steps
    assert [step.state for step in steps if step.passed] == ["referred", "contacted"]
    assert [step.state for step in steps if step.present] == ["closed"]
    assert [step.on for step in steps if step.on] == [
        REFERRED,
        date(2026, 2, 22),
        date(2026, 3, 1),
    ]


def test_the_records_settle_what_they_can(desk) -> None:
    """An age is counted on the day of the incident; signatures answer two of the rules."""
    case = desk.case()

    def outcomes() -> dict[str, Outcome]:
        return {rule.code: rule.outcome for rule in screened_rules(desk.session, case.id)}

    assert outcomes()["age"] is Outcome.MET
    assert outcomes()["admits"] is Outcome.ASKED
    desk.sign_all(case)
    assert outcomes()["admits"] is Outcome.MET
    assert outcomes()["guardian_consent"] is Outcome.MET
    too_young = desk.case(
        person_id=desk.person(given_names="Ada", birth_date=date(2014, 1, 1)),
        incident_reference="2",
    )
    by_code = {rule.code: rule.outcome for rule in screened_rules(desk.session, too_young.id)}
    assert by_code["age"] is Outcome.NOT_MET


def test_a_person_s_cases_come_latest_first(desk) -> None:
    """Closed ones with their reason."""
    old = desk.case(referred_on=date(2025, 5, 1), incident_on=None, incident_reference="1")
    desk.close(old, ClosureReason.WITHDREW, on=date(2025, 6, 1))
    new = desk.case(person_id=old.person_id, incident_reference="2")
    lines = cases_of_person(desk.session, person_id=old.person_id, today=TODAY)
    assert [(line.number, line.closure_reason) for line in lines] == [
        (new.number, None),
        (old.number, ClosureReason.WITHDREW),
    ]


def test_the_history_names_who_did_and_who_read(desk, court) -> None:
    """Reads of one person in a row are one line with their number; values stand by their act."""
    case = desk.case()
    values = services.facts_on_record(desk.session, case) | {"officer": "Sgt. Lopez"}
    later = {"actor": court.actor, "now": NOW + timedelta(minutes=1)}
    services.edit_case(desk.session, case_id=case.id, values=values, **later)
    for minute in (2, 3, 4):
        record_read(
            desk.session,
            subject=Subject(kind="case", id=case.id, case_id=case.id),
            filter_used="",
            actor=court.actor,
            now=NOW + timedelta(minutes=minute),
        )
    lines = history_of(desk.session, case_id=case.id)
    assert [(line.act, line.times) for line in lines] == [
        ("read", 3),
        ("case_corrected", 1),
        ("case_opened", 1),
    ]
    assert {line.who for line in lines} == {"Coordinator of Elm Street"}
    assert [(c.field, c.old, c.new) for c in lines[1].changes] == [("officer", None, "Sgt. Lopez")]


def test_another_court_sees_nothing(desk) -> None:
    """Neither in lists nor by key."""
    case = desk.case()
    desk.session.commit()
    desk.session.expunge_all()
    set_court(desk.session, add_court(desk.session, name="Oak").id)
    assert cases_page(desk.session, wanted=CaseFilter(everything=True), today=TODAY).total == 0
    assert find_cases(desk.session, text="Núñez", today=TODAY).total == 0
    assert history_of(desk.session, case_id=case.id) == ()
    with pytest.raises(NotFound):
        case_file(desk.session, case_id=case.id, today=TODAY)
