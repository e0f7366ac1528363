"""Who is followed from when, what counts below the line, and the limits of a share."""

from __future__ import annotations

import csv
import uuid
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from youthcourt.cases.domain import ClosureReason
from youthcourt.evaluation.domain import (
    CaseLife,
    Cell,
    CohortChoice,
    CohortFilter,
    Denominator,
    LeftOut,
    Period,
    StartChoice,
    build_cohort,
    follow,
    tally,
    wilson,
)
from youthcourt.followups.domain import (
    Basis,
    Check,
    CheckResult,
    Counted,
    LaterEvent,
    LaterEventKind,
    OffenceCategory,
    StartKind,
    window_end,
)

SPAN = Period(first=date(2024, 1, 1), last=date(2024, 12, 31))
AS_OF = date(2026, 3, 4)
ANA = uuid.UUID(int=1)


def life(**given) -> CaseLife:
    values = {
        "id": uuid.uuid4(),
        "person_id": uuid.uuid4(),
        "referred_on": date(2024, 1, 10),
        **given,
    }
    return CaseLife(**values)


def cohort(*lives: CaseLife, **given):
    return build_cohort(lives, CohortChoice(entered=SPAN, **given))


def test_time_starts_at_the_first_scheduled_hearing_else_at_the_admission() -> None:
    """Held or not; whoever was never docketed starts at the admission."""
    missed = life(first_hearing_on=date(2024, 2, 3), admitted_on=date(2024, 1, 20))
    never = life(admitted_on=date(2024, 1, 20))
    found = {m.life.id: m for m in cohort(missed, never).members}
    assert found[missed.id].start_on == date(2024, 2, 3)
    assert found[never.id].start_on == date(2024, 1, 20)
    assert found[never.id].start is not None
    assert found[never.id].start.kind is StartKind.ADMISSION


@pytest.mark.parametrize(
    ("start", "day"),
    [
        (StartChoice.ADMISSION, date(2024, 1, 20)),
        (StartChoice.HEARD, date(2024, 2, 17)),
        (StartChoice.CLOSED, date(2024, 6, 1)),
    ],
)
def test_another_start_may_be_chosen(start: StartChoice, day: date) -> None:
    """And it decides whether the case is in the dates."""
    one = life(
        first_hearing_on=date(2024, 2, 3),
        admitted_on=date(2024, 1, 20),
        heard_on=date(2024, 2, 17),
        closed_on=date(2024, 6, 1),
        closure_reason=ClosureReason.COMPLETED,
    )
    (member,) = cohort(one, start=start).members
    assert member.start_on == day
    choice = CohortChoice(entered=Period(first=day, last=day), start=start)
    assert len(build_cohort([one], choice).members) == 1


def test_each_person_enters_once_by_the_first_case_that_fits() -> None:
    """A case that does not fit does not use up the person."""
    unheard = life(person_id=ANA, admitted_on=date(2024, 2, 1))
    first = life(person_id=ANA, first_hearing_on=date(2024, 3, 1), heard_on=date(2024, 3, 1))
    later = life(person_id=ANA, first_hearing_on=date(2024, 8, 1), heard_on=date(2024, 8, 1))
    found = cohort(later, unheard, first, who=CohortFilter.HEARD)
    assert [member.life.id for member in found.members] == [first.id]
    assert found.left_out[LeftOut.NOT_IN_FILTER] == 1
    assert found.left_out[LeftOut.SAME_PERSON] == 1
    assert found.considered == 3


def test_whoever_never_started_is_told_by_why() -> None:
    """Still open, or closed before there was anything to follow; others' dates do not count."""
    found = cohort(
        life(),
        life(closed_on=date(2024, 2, 1), closure_reason=ClosureReason.NO_CONTACT),
        life(referred_on=date(2023, 12, 31)),
        life(referred_on=date(2023, 12, 31), admitted_on=date(2025, 1, 1)),
        life(referred_on=date(2023, 12, 31), admitted_on=date(2024, 1, 1)),
    )
    assert found.considered == 3
    assert found.left_out[LeftOut.STILL_OPEN] == 1
    assert found.left_out[LeftOut.CLOSED_BEFORE_START] == 1
    assert len(found.members) == 1


DAY = st.none() | st.dates(date(2023, 10, 1), date(2025, 3, 31))
LIVES = st.lists(
    st.builds(
        lambda person, referred, first, accepted, admitted, heard, closed, reason: life(
            person_id=uuid.UUID(int=person),
            referred_on=referred,
            first_hearing_on=first,
            accepted_on=accepted,
            admitted_on=admitted,
            heard_on=heard,
            closed_on=closed,
            closure_reason=reason if closed else None,
        ),
        st.integers(0, 4),
        st.dates(date(2023, 10, 1), date(2025, 3, 31)),
        DAY,
        DAY,
        DAY,
        DAY,
        DAY,
        st.sampled_from(ClosureReason),
    ),
    max_size=12,
)


@given(LIVES, st.sampled_from(StartChoice), st.sampled_from(CohortFilter))
def test_the_flow_adds_up_and_nobody_is_in_twice(lives, start, who) -> None:
    """Members and those left out are all that was looked at."""
    found = cohort(*lives, start=start, who=who)
    assert found.considered == len(found.members) + sum(found.left_out.values())
    people = [member.life.person_id for member in found.members]
    assert len(people) == len(set(people))
    assert all(member.start_on in SPAN for member in found.members)


# Windows -----------------------------------------------------------------------------------------


def arrest(day: date, **given) -> LaterEvent:
    values = {
        "kind": LaterEventKind.ARREST,
        "category": OffenceCategory.DELINQUENT,
        "offence_on": day,
        "event_on": day,
        **given,
    }
    return LaterEvent(**values)


def cells(checks, **given) -> tuple[Cell, ...]:
    start = date(2024, 2, 3)
    one = life(first_hearing_on=start)
    choice = CohortChoice(entered=SPAN, **given)
    (followed,) = follow(build_cohort([one], choice).members, {one.id: checks}, choice, as_of=AS_OF)
    return followed.cells


def test_three_things_that_are_not_known_stay_three() -> None:
    """And an event found early is in no share by itself."""
    assert cells([])[:2] == (Cell.NOT_SEARCHED,) * 2
    assert cells([Check(result=CheckResult.CANNOT_BE_SEARCHED)])[0] is Cell.CANNOT_BE_SEARCHED
    clean = Check(result=CheckResult.NOTHING_FOUND, data_through=date(2024, 12, 1))
    assert cells([clean]) == (Cell.NOTHING_FOUND, Cell.INCOMPLETE, Cell.INCOMPLETE)
    found = Check(
        result=CheckResult.FOUND,
        data_through=date(2024, 12, 1),
        events=(arrest(date(2024, 10, 1)),),
    )
    assert cells([found]) == (Cell.NOTHING_FOUND, Cell.FOUND_EARLY, Cell.FOUND_EARLY)
    assert cells([found], months=(12, 36))[1] is Cell.NOT_OVER


def test_kind_and_day_decide_what_counts() -> None:
    """By the day of the act it is within six months, by the day of the event it is not."""
    event = arrest(date(2024, 7, 1), event_on=date(2024, 9, 1))
    check = Check(result=CheckResult.FOUND, data_through=AS_OF, events=(event,))
    assert cells([check], months=(6,)) == (Cell.FOUND,)
    by_event = Counted(basis=Basis.EVENT)
    assert cells([check], months=(6, 12), counted=by_event) == (Cell.NOTHING_FOUND, Cell.FOUND)
    charges = Counted(kinds=frozenset({LaterEventKind.CHARGE}))
    assert cells([check], months=(6,), counted=charges) == (Cell.NOTHING_FOUND,)


CHECKS = st.lists(
    st.builds(
        lambda reach, days: Check(
            result=CheckResult.FOUND if days else CheckResult.NOTHING_FOUND,
            data_through=date(2024, 2, 3) + timedelta(days=reach),
            events=tuple(arrest(date(2024, 2, 3) + timedelta(days=min(d, reach))) for d in days),
        ),
        st.integers(1, 760),
        st.lists(st.integers(1, 760), max_size=2),
    ),
    max_size=3,
)


@given(st.lists(CHECKS, max_size=8), st.sampled_from(Denominator))
def test_the_cells_of_a_window_sum_to_the_cohort(every, rule) -> None:
    """The share is of those below the line, and never above one."""
    lives = [life(first_hearing_on=date(2024, 2, 3)) for _ in every]
    choice = CohortChoice(entered=SPAN, months=(6, 12, 24), denominator=rule)
    members = build_cohort(lives, choice).members
    checks = {one.id: own for one, own in zip(lives, every, strict=True)}
    for counts in tally(follow(members, checks, choice, as_of=AS_OF), choice.months):
        assert sum(counts.cells.values()) == len(every)
        assert 0 <= counts.with_event(rule) <= counts.below_the_line(rule) <= len(every)


def test_known_adds_what_was_found_before_the_end() -> None:
    """That share is the higher one: who was searched as far without an event is left out."""
    start = date(2024, 2, 3)
    early = Check(
        result=CheckResult.FOUND, data_through=date(2024, 5, 1), events=(arrest(date(2024, 4, 1)),)
    )
    clean = Check(result=CheckResult.NOTHING_FOUND, data_through=date(2024, 5, 1))
    whole = Check(result=CheckResult.NOTHING_FOUND, data_through=AS_OF)
    lives = [life(first_hearing_on=start) for _ in range(3)]
    choice = CohortChoice(entered=SPAN, months=(6,))
    checks = {one.id: [c] for one, c in zip(lives, (early, clean, whole), strict=True)}
    (counts,) = tally(
        follow(build_cohort(lives, choice).members, checks, choice, as_of=AS_OF), (6,)
    )
    searched, known = Denominator.SEARCHED, Denominator.KNOWN
    assert (counts.with_event(searched), counts.below_the_line(searched)) == (0, 1)
    assert (counts.with_event(known), counts.below_the_line(known)) == (1, 2)


# Limits ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("events", "people", "low", "high"),
    [
        (0, 1, 0.0, 0.793450685622763),
        (1, 1, 0.206549314377237, 1.0),
        (3, 5, 0.230724281276013, 0.882379225767352),
        (62, 133, 0.383527859112972, 0.550702599422311),
    ],
)
def test_limits_are_those_of_wilson(events: int, people: int, low: float, high: float) -> None:
    """As R's prop.test without correction gives them."""
    assert wilson(events, people) == pytest.approx((low, high), abs=1e-9)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_limits_hold_the_share_between_them(pair: tuple[int, int]) -> None:
    """Within nought and one, and the same seen from the other side."""
    events, people = pair
    low, high = wilson(events, people)
    assert 0 <= low <= events / people + 1e-12
    assert events / people - 1e-12 <= high <= 1
    assert wilson(people - events, people) == pytest.approx((1 - high, 1 - low))


# Against results made with R on data of others ---------------------------------------------------


@pytest.fixture
def reference(shared: Path) -> Path:
    return shared / "data"


@pytest.mark.shared
def test_limits_agree_with_the_reference(reference: Path) -> None:
    """Every proportion that was computed with R."""
    with (reference / "reference" / "proportions.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) > 20
    for row in rows:
        limits = (float(row["wilson_lo"]), float(row["wilson_hi"]))
        assert wilson(int(row["x"]), int(row["n"])) == pytest.approx(limits, abs=1e-9)


@pytest.mark.shared
def test_windows_count_what_r_counted(reference: Path) -> None:
    """First events within 365 days of 3,324 youths, less those on the day of the start."""
    with (reference / "reference" / "km.csv").open(encoding="utf-8") as file:
        upto = {
            int(row["time"]): int(row["n_event_upto"])
            for row in csv.DictReader(file)
            if row["dataset"] == "catalonia" and row["grouping"] == "(all)"
        }
    counts: Counter[Cell] = Counter()
    at_once = 0
    choice = CohortChoice(
        entered=Period(first=date(2000, 1, 1), last=date(2015, 12, 31)), months=(12,)
    )
    for start, event in catalonia(reference):
        one = life(first_hearing_on=start)
        found = (arrest(event),) if event is not None else ()
        check = Check(
            result=CheckResult.FOUND if found else CheckResult.NOTHING_FOUND,
            data_through=date(2015, 12, 31),
            events=found,
        )
        members = build_cohort([one], choice).members
        (followed,) = follow(members, {one.id: [check]}, choice, as_of=date(2016, 1, 1))
        counts[followed.cells[0]] += 1
        at_once += event is not None and event <= start
        # A year from a day of 2010 is 365 days, as R counted them.
        assert (window_end(start, 12) - start).days == 365
    assert counts.total() == 3324
    assert counts[Cell.FOUND] + at_once == upto[365]


def catalonia(reference: Path):
    """Yield the day each programme ended and that of the first new offence, if there was one."""
    path = reference / "catalonia_juvenile" / "barcelona_territory.csv"
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            start = datetime.strptime(row["V31_data_fi_programa"], "%d-%b-%Y").date()  # noqa: DTZ007
            happened = row["V115_reincidencia_2015"] == "Sí"
            days = row["V103_temps_reincidencia_2015"]
            yield start, start + timedelta(days=int(float(days))) if happened else None
