"""What is counted, by which day, and that the parts sum to the whole."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from tests.evaluation.conftest import YEAR, Records
from tests.fixtures.app import NOW, TODAY, add_court
from youthcourt.cases.domain import ClosureReason
from youthcourt.courts.domain import SanctionKind, Unit
from youthcourt.db import db, set_court
from youthcourt.evaluation.domain import CountCode, CountMissing, CountUnit, Period, report_tables
from youthcourt.evaluation.queries import count_period
from youthcourt.followups.domain import CheckResult, OffenceCategory
from youthcourt.hearings.domain import (
    CourtSessionKind,
    CourtSessionState,
    HearingKind,
    HearingState,
)
from youthcourt.sentences.domain import ServiceState

FIRST, LAST = YEAR.first, YEAR.last
BEFORE, AFTER = FIRST - timedelta(days=1), LAST + timedelta(days=1)
C = CountCode


@pytest.mark.parametrize("day", [BEFORE, FIRST, LAST, AFTER])
def test_both_ends_of_the_span_count_and_nothing_beside_them(records: Records, day: date) -> None:
    """Every event by its own day."""
    inside = int(FIRST <= day <= LAST)
    case = records.case(
        referred=day,
        accepted=day,
        heard=day,
        sentenced=day,
        closed=(day, ClosureReason.COMPLETED),
        intake_on=day,
    )
    records.owes(case, SanctionKind.JURY, Unit.SESSIONS, 7)
    records.owes(case, SanctionKind.COMMUNITY_SERVICE, Unit.MINUTES, 600)
    records.owes(case, SanctionKind.RESTITUTION, Unit.MONEY, 5000)
    letter = records.owes(case, SanctionKind.APOLOGY_LETTER, Unit.PIECES, 1)
    records.serves(case.person_id, day, sanction=letter)
    records.trains(case.person_id, day)
    for code in (C.REFERRED, C.ACCEPTED, C.HEARD, C.ADJUDICATED, C.CLOSED, C.COMPLETED, C.TRAINED):
        assert records.value(code) == inside, code
    assert records.value(C.CLOSED_FOR, "completed") == inside
    assert records.value(C.HEARINGS_OF_KIND, "first") == inside
    assert records.value(C.EVENINGS_HELD) == inside
    assert records.value(C.SESSIONS_ORDERED) == 7 * inside
    assert records.value(C.HOURS_ORDERED) == 600 * inside
    assert records.value(C.MONEY_ORDERED) == 5000 * inside
    assert records.value(C.ITEMS_ORDERED_OF, "apology_letter") == inside
    assert records.value(C.HOURS_SERVED) == 180 * inside
    assert records.value(C.YOUTH_SERVING_ORDERED) == inside


def test_accepted_is_the_decision_that_stands_or_else_the_docket(records: Records) -> None:
    """A first yes that was taken back does not count; a docket without a decision does."""
    taken_back = records.case(accepted=date(2025, 3, 1))
    records.screen(taken_back, date(2025, 3, 9), eligible=False, later=60)
    assert records.value(C.ACCEPTED) == 0
    records.screen(taken_back, date(2025, 3, 12), later=120)
    records.case(first_docketed_on=date(2025, 4, 1))
    records.case(heard=date(2025, 5, 1))
    records.case()
    assert records.value(C.ACCEPTED) == 3
    march = Period(first=date(2025, 3, 10), last=date(2025, 3, 31))
    assert records.value(C.ACCEPTED, period=march) == 1


def test_a_person_with_two_cases_is_one_person(records: Records) -> None:
    """Cases are two, people are one; whoever was carried over is not new as well."""
    twice = records.person()
    records.case(person_id=twice, referred=date(2024, 11, 1), accepted=date(2024, 12, 1))
    records.case(person_id=twice, referred=date(2025, 2, 1), accepted=date(2025, 3, 1))
    records.case(referred=date(2025, 2, 1), accepted=date(2025, 3, 1))
    records.case(
        referred=date(2024, 2, 1),
        accepted=date(2024, 3, 1),
        closed=(date(2024, 12, 31), ClosureReason.MOVED),
    )
    assert (records.value(C.REFERRED), records.value(C.YOUTH_REFERRED)) == (2, 2)
    assert records.value(C.ACCEPTED) == 2
    assert records.value(C.YOUTH_CARRIED_OVER) == 1
    assert records.value(C.YOUTH_NEW) == 1
    assert records.value(C.YOUTH_SERVED) == 2


def test_completion_is_told_with_what_it_is_made_of(records: Records) -> None:
    """Of all closed, and of those closed after a sentence; of none there is no rate."""
    assert records.count(C.COMPLETION_RATE).missing is CountMissing.NOTHING_TO_SHARE
    heard: dict[str, Any] = {"heard": date(2025, 2, 1), "sentenced": date(2025, 2, 1)}
    for reason, more in (
        (ClosureReason.COMPLETED, heard),
        (ClosureReason.COMPLETED_LATE, heard),
        (ClosureReason.NON_COMPLIANT, heard),
        (ClosureReason.INELIGIBLE, {}),
    ):
        records.case(closed=(date(2025, 6, 1), reason), intake_on=date(2025, 3, 1), **more)
    records.case(closed=(date(2025, 6, 1), ClosureReason.NO_CONTACT))
    rate = records.count(C.COMPLETION_RATE)
    assert (rate.part, rate.whole, rate.number) == (2, 5, "40.0")
    after = records.count(C.COMPLETION_RATE_SENTENCED)
    assert (after.part, after.whole, after.number) == (2, 3, "66.7")
    stay = records.count(C.DAYS_INTAKE_TO_CLOSING)
    assert (stay.part, stay.whole, stay.number) == (4 * 92, 4, "92.0")


def test_what_was_ordered_and_taken_back_does_not_count(records: Records) -> None:
    """Neither a withdrawn sentence nor service that was reversed, denied or only booked."""
    case = records.case(heard=date(2025, 2, 1), sentenced=date(2025, 2, 1))
    owed = records.owes(case, SanctionKind.JURY, Unit.SESSIONS, 7)
    for state in ServiceState:
        records.serves(case.person_id, date(2025, 3, 1), sanction=owed, state=state)
    assert records.value(C.SESSIONS_SERVED_ORDERED) == 1
    assert records.value(C.SESSIONS_ORDERED) == 7
    records.session.execute(
        sa.text("UPDATE sentences SET withdrawn_at = :now, withdrawn_for = 'x'"), {"now": NOW}
    )
    assert records.value(C.SESSIONS_ORDERED) == 0
    assert records.value(C.ADJUDICATED) == 0


def test_what_is_beyond_the_sentence_is_given_freely(records: Records) -> None:
    """One piece may be both; who gives after the own case is closed is a former respondent."""
    case = records.case(
        heard=date(2025, 2, 1),
        sentenced=date(2025, 2, 1),
        closed=(date(2025, 6, 1), ClosureReason.COMPLETED),
    )
    owed = records.owes(case, SanctionKind.COMMUNITY_SERVICE, Unit.MINUTES, 120)
    site = SanctionKind.COMMUNITY_SERVICE
    records.serves(
        case.person_id, date(2025, 5, 1), sanction=owed, freely=60, sessions=0, kind=site
    )
    assert records.value(C.HOURS_SERVED_ORDERED_OF, site.value) == 120
    assert records.value(C.HOURS_SERVED_FREELY) == 60
    assert records.value(C.VOLUNTEERS_YOUTH) == 1
    assert records.value(C.VOLUNTEERS_FORMER) == 0
    records.serves(case.person_id, date(2025, 6, 1))
    records.serves(records.person(), date(2025, 6, 1))
    records.serves(case.person_id, date(2025, 6, 15))
    assert records.value(C.VOLUNTEERS_YOUTH) == 2
    assert records.value(C.VOLUNTEERS_FORMER) == 1
    assert records.value(C.SESSIONS_SERVED_FREELY) == 3


def test_sessions_and_hearings_by_what_became_of_them(records: Records) -> None:
    """A session nobody confirmed counts apart; names of presiding adults count once each."""
    case = records.case()
    day = date(2025, 9, 6)
    for kind, state in (
        (HearingKind.FIRST, HearingState.CONTINUED),
        (HearingKind.FIRST, HearingState.NO_SHOW),
        (HearingKind.FIRST, HearingState.HEARD),
        (HearingKind.RETURN, HearingState.HEARD),
    ):
        records.hearing(case, day, kind=kind, state=state)
    records.evening(day, state=CourtSessionState.PLANNED)
    records.evening(day, state=CourtSessionState.CANCELLED, presiding="Dan Roe")
    records.evening(day, kind=CourtSessionKind.TRAINING)
    for name in ("Judge Poe", " judge poe", "Ann Lee"):
        records.evening(day, presiding=name)
    assert records.value(C.EVENINGS_HELD) == 7
    assert records.value(C.EVENINGS_UNCONFIRMED) == 1
    assert records.value(C.HEARINGS_HELD) == 2
    assert (records.value(C.NO_SHOWS), records.value(C.CONTINUED)) == (1, 1)
    assert records.value(C.PRESIDING_NAMES) == 2


NOT_ASKED = (C.HOURS_ADULT, C.VOLUNTEERS_ADULT, C.HOURS_SERVICE_LEARNING)


def test_what_nobody_entered_is_not_recorded(records: Records) -> None:
    """Never nought; nor is a time before the first entry."""
    records.serves(records.person(), date(2025, 3, 1))
    records.gives("Ann Lee", AFTER)
    records.gives("Ann Lee", FIRST, withdrawn_at=NOW)
    records.collects(records.person(), AFTER)
    for code in NOT_ASKED:
        figure = records.count(code)
        assert (figure.value, figure.missing) == (None, CountMissing.NOT_RECORDED)


def test_adults_count_by_name_and_their_hours_by_day(records: Records) -> None:
    """Both ends of the span count; case and spaces make no other name; taken back is nothing."""
    records.gives("Ann Lee", BEFORE, 600)
    assert (records.value(C.VOLUNTEERS_ADULT), records.value(C.HOURS_ADULT)) == (0, 0)
    for name, day in (
        ("Ann Lee", FIRST),
        ("ANN  LEE", date(2025, 6, 1)),
        ("Ångström", LAST),
        ("ångström", LAST),
        ("Bo Lind", AFTER),
    ):
        records.gives(name, day, 90)
    records.gives("Cy Roe", LAST, 90, withdrawn_at=NOW)
    assert records.value(C.VOLUNTEERS_ADULT) == 2
    assert records.value(C.HOURS_ADULT) == 4 * 90


def test_service_learning_is_what_was_given_freely_since_the_day(records: Records) -> None:
    """Never a sentenced hour, nothing before the day, nobody who does not collect."""
    case = records.case(heard=date(2025, 2, 1), sentenced=date(2025, 2, 1))
    site = SanctionKind.COMMUNITY_SERVICE
    owed = records.owes(case, site, Unit.MINUTES, 600)
    since = date(2025, 9, 1)
    records.collects(case.person_id, since)
    records.collects(records.person(), AFTER)
    assert records.value(C.HOURS_SERVICE_LEARNING) == 0
    part: dict[str, Any] = {"sanction": owed, "sessions": 0, "kind": site}
    records.serves(case.person_id, since, minutes=200, **part)
    records.serves(case.person_id, since, minutes=100, freely=40, **part)
    records.serves(case.person_id, since - timedelta(days=1), minutes=500)
    records.serves(case.person_id, since, minutes=180)
    records.serves(case.person_id, AFTER, minutes=500)
    records.serves(case.person_id, since, minutes=500, state=ServiceState.PENDING)
    records.serves(records.person(), since, minutes=500)
    assert records.value(C.HOURS_SERVICE_LEARNING) == 220


def test_later_offences_are_not_searched_until_they_are(records: Records) -> None:
    """By the day on which the months ended; six months end in July, twelve in January."""
    july = Period(first=date(2025, 7, 1), last=date(2025, 7, 31))
    empty = records.count(C.LATER_FOUND, "", period=july)
    assert empty.missing is CountMissing.NOTHING_TO_SHARE
    cases = [records.case(heard=date(2025, 1, 18)) for _ in range(4)]
    for code in (C.LATER_FOUND, C.LATER_RATE):
        assert records.count(code, "6", period=july).missing is CountMissing.NOT_SEARCHED
    records.search(cases[0], offences=((date(2025, 3, 1), date(2025, 3, 9)),))
    records.search(cases[1])
    records.search(cases[2], result=CheckResult.CANNOT_BE_SEARCHED)
    assert records.value(C.LATER_SEARCHED, "6", period=july) == 2
    assert records.value(C.LATER_FOUND, "6", period=july) == 1
    assert records.count(C.LATER_RATE, "6", period=july).number == "50.0"
    assert records.value(C.LATER_UNKNOWN, "6", period=july) == 2
    assert records.count(C.LATER_RATE, "12", period=july).missing is CountMissing.NOTHING_TO_SHARE


def test_an_infraction_is_no_later_offence(records: Records) -> None:
    """Only acts that are offences count."""
    july = Period(first=date(2025, 7, 1), last=date(2025, 7, 31))
    case = records.case(heard=date(2025, 1, 18))
    records.search(case, offences=((None, date(2025, 3, 9)),), category=OffenceCategory.INFRACTION)
    assert records.value(C.LATER_FOUND, "6", period=july) == 0


# Properties ------------------------------------------------------------------------------------


def filled(records: Records, seed: int) -> None:
    """Make cases whose days and endings are drawn from a seed."""
    dice = random.Random(seed)
    people = [records.person() for _ in range(9)]
    for _ in range(24):
        referred = date(2024, 7, 1) + timedelta(days=dice.randrange(500))
        heard = referred + timedelta(days=dice.randrange(60)) if dice.random() < 0.7 else None
        sentenced = heard if heard and dice.random() < 0.8 else None
        end = (heard or referred) + timedelta(days=dice.randrange(200))
        case = records.case(
            person_id=dice.choice(people),
            referred=referred,
            accepted=referred + timedelta(days=3) if dice.random() < 0.7 else None,
            heard=heard,
            sentenced=sentenced,
            closed=(end, dice.choice(list(ClosureReason))) if dice.random() < 0.6 else None,
            intake_on=referred + timedelta(days=5) if dice.random() < 0.6 else None,
        )
        if sentenced is None:
            continue
        for kind, unit in (
            (SanctionKind.JURY, Unit.SESSIONS),
            (SanctionKind.COMMUNITY_SERVICE, Unit.MINUTES),
            (SanctionKind.CLASS_, Unit.MINUTES),
            (SanctionKind.ESSAY, Unit.PIECES),
        ):
            owed = records.owes(case, kind, unit, dice.randrange(1, 400))
            if unit in (Unit.SESSIONS, Unit.MINUTES):
                records.serves(
                    case.person_id,
                    sentenced + timedelta(days=dice.randrange(90)),
                    sanction=dice.choice((owed, None)),
                    freely=dice.choice((0, 30)),
                    kind=kind,
                )


STOCKS = {C.OPEN_AT_START, C.OPEN_AT_END}
SPLIT_UNITS = {
    CountUnit.CASES,
    CountUnit.HEARINGS,
    CountUnit.EVENINGS,
    CountUnit.JURY_SESSIONS,
    CountUnit.HOURS,
    CountUnit.ITEMS,
    CountUnit.DOLLARS,
}


@pytest.mark.parametrize("seed", range(3))
def test_the_parts_sum_to_the_whole(records: Records, seed: int) -> None:
    """Split spans add up for events; reasons, kinds and sides sum to their totals."""
    filled(records, seed)
    cut = date(2025, 4, 7)
    whole = count_period(records.session, period=YEAR, today=TODAY)
    one = count_period(records.session, period=Period(first=FIRST, last=cut), today=TODAY)
    two = count_period(
        records.session, period=Period(first=cut + timedelta(days=1), last=LAST), today=TODAY
    )
    split = 0
    for key, figure in whole.items():
        if figure.unit in SPLIT_UNITS and key.code not in STOCKS and figure.value is not None:
            parts = [part[key].value for part in (one, two) if key in part]
            assert figure.value == sum(part or 0 for part in parts), key
            split += bool(figure.value)
    assert split > 10
    for code, total in (
        (C.CLOSED_FOR, C.CLOSED),
        (C.HEARINGS_OF_KIND, C.HEARINGS_HELD),
        (C.HOURS_ORDERED_OF, C.HOURS_ORDERED),
        (C.HOURS_SERVED_ORDERED_OF, C.HOURS_SERVED_ORDERED),
    ):
        assert _sum(whole, code) == _sum(whole, total) > 0
    assert _sum(whole, C.HOURS_SERVED_ORDERED) + _sum(whole, C.HOURS_SERVED_FREELY) == _sum(
        whole, C.HOURS_SERVED
    )
    open_now = _sum(whole, C.OPEN_AT_START) + _sum(whole, C.REFERRED) - _sum(whole, C.CLOSED)
    assert open_now == _sum(whole, C.OPEN_AT_END)
    carried, new = _sum(whole, C.YOUTH_CARRIED_OVER), _sum(whole, C.YOUTH_NEW)
    assert carried + new == _sum(whole, C.YOUTH_SERVED) <= 9
    assert _sum(one, C.OPEN_AT_END) == _sum(two, C.OPEN_AT_START)


def _sum(figures, code: CountCode) -> int:
    return sum(figure.value or 0 for key, figure in figures.items() if key.code is code)


def test_another_court_is_not_counted(records: Records) -> None:
    """The same questions in another court find nothing."""
    filled(records, 1)
    other = add_court(records.session, "fl-charlotte", "Oak Hill")
    set_court(records.session, other.id)
    figures = count_period(records.session, period=YEAR, today=TODAY)
    assert {figure.value for figure in figures.values()} == {0, None}
    assert list(_shown(figures))


def _shown(figures) -> Iterator[str]:
    return (line.figure.number for t in report_tables(figures) for line in t.lines)


def test_many_cases_ask_no_more_than_few(records: Records, app) -> None:
    """The number of statements is the same whatever there is."""
    counts = []
    with app.app_context():
        engine = db.engine
    for _ in range(2):
        filled(records, 2)
        seen: list[str] = []

        def note(_c, _cur, statement, *_rest, seen=seen) -> None:
            seen.append(statement)

        sa.event.listen(engine, "before_cursor_execute", note)
        try:
            count_period(records.session, period=YEAR, today=TODAY)
        finally:
            sa.event.remove(engine, "before_cursor_execute", note)
        counts.append(len(seen))
    assert counts[0] == counts[1]
    assert 0 < counts[0] <= 20
