"""Obligations, allocation, attendance, ranges and deadlines, by example and by property."""

from __future__ import annotations

import ast
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

import youthcourt.sentences.domain as sentences
from youthcourt.errors import CourtRuleBroken
from youthcourt.sentences.domain import (
    SERVICE_TRANSITIONS,
    Allocation,
    AmountRange,
    AttendanceOutcome,
    CountingValues,
    Effect,
    Evening,
    ExtensionLimits,
    Obligation,
    OpenObligation,
    RangePosition,
    SanctionEvent,
    SanctionEventKind,
    SanctionKind,
    SentenceState,
    ServedEffect,
    ServiceActor,
    ServicePiece,
    ServiceState,
    Unit,
    allocate,
    arrival_outcome,
    attendance_effect,
    check_amount_in_range,
    check_extension,
    check_new_amount,
    check_one_day,
    check_service_transition,
    check_waiver,
    progress,
    require_reason_outside_range,
    sentence_status,
    service_transition,
    with_events,
)

TODAY = date(2026, 3, 14)


def uid(number: int) -> UUID:
    return UUID(int=number)


def obligation(number: int = 1, **facts) -> Obligation:
    facts = {"kind": SanctionKind.JURY, "unit": Unit.SESSIONS, "amount": 7, **facts}
    return Obligation(id=uid(number), **facts)


def piece(state=ServiceState.CONFIRMED, sessions=1, minutes=120, **facts) -> ServicePiece:
    facts = {"kind": SanctionKind.JURY, "obligation_id": uid(1), "id": uid(100), **facts}
    return ServicePiece(state=state, sessions=sessions, minutes=minutes, **facts)


def open_(number: int, owed: int, **facts) -> OpenObligation:
    facts = {"kind": SanctionKind.JURY, "unit": Unit.SESSIONS, **facts}
    return OpenObligation(id=uid(number), owed=owed, **facts)


# -- the four-part sum -----------------------------------------------------------------


def test_three_of_seven_sessions_done_one_waiting_two_booked():
    """Booked, pending and confirmed are told apart; one is still to book."""
    pieces = [piece()] * 3 + [piece(ServiceState.PENDING)] + [piece(ServiceState.BOOKED)] * 2
    found = progress(obligation(), pieces)
    assert (found.required, found.confirmed, found.pending) == (7, 3, 1)
    assert (found.booked, found.to_book, found.extra) == (2, 1, 0)


def test_minutes_count_in_minutes_and_other_obligations_do_not_count():
    """Forty hours are 2400 minutes; service for another obligation or denied adds nothing."""
    site = obligation(unit=Unit.MINUTES, amount=2400, kind=SanctionKind.COMMUNITY_SERVICE)
    pieces = [
        piece(minutes=150, sessions=0),
        piece(minutes=500, sessions=0, obligation_id=uid(2)),
        piece(ServiceState.DENIED, minutes=60),
        piece(ServiceState.REVERSED, minutes=60),
    ]
    found = progress(site, pieces)
    assert (found.confirmed, found.to_book) == (150, 2250)


def test_service_beyond_what_is_owed_is_shown_apart():
    """Eight of seven are seven and one extra; a booking for nothing owed is extra too."""
    found = progress(obligation(), [piece()] * 8 + [piece(ServiceState.BOOKED)])
    assert (found.confirmed, found.booked, found.to_book, found.extra) == (7, 0, 0, 2)
    assert found.satisfied


def test_what_is_done_as_a_whole_is_done_on_its_day():
    """An essay counts when it is finished, not by minutes written."""
    essay = obligation(kind=SanctionKind.ESSAY, unit=Unit.PIECES, amount=1)
    assert progress(essay, [piece(minutes=90)]).to_book == 1
    assert progress(replace(essay, finished_on=TODAY), []).satisfied


@given(
    st.integers(0, 12),
    st.integers(0, 14),
    st.sampled_from([Unit.SESSIONS, Unit.MINUTES]),
    st.lists(st.tuples(st.sampled_from(ServiceState), st.integers(0, 3), st.integers(0, 5))),
)
def test_the_four_parts_sum_exactly_whatever_was_served(amount, waived, unit, served):
    """It holds that required = confirmed + pending + booked + to book; nothing served is lost."""
    asked = obligation(amount=amount, waived=waived, unit=unit)
    pieces = [piece(state, sessions=s, minutes=m) for state, s, m in served]
    found = progress(asked, pieces)
    parts = (found.confirmed, found.pending, found.booked, found.to_book)
    assert sum(parts) == found.required == max(0, amount - waived)
    assert min(*parts, found.extra) >= 0
    counted = {ServiceState.CONFIRMED, ServiceState.PENDING, ServiceState.BOOKED}
    total = sum(p.amount(unit) for p in pieces if p.state in counted)
    assert found.confirmed + found.pending + found.booked + found.extra == total


@given(st.permutations([piece()] * 3 + [piece(ServiceState.BOOKED)] * 2 + [piece(minutes=5)]))
def test_the_order_of_service_changes_no_figure(pieces):
    """Sums do not depend on when a row was written."""
    assert progress(obligation(), pieces) == progress(obligation(), pieces[::-1])


# -- what changes an obligation --------------------------------------------------------


def test_events_change_amount_and_date_in_their_order():
    """Two sessions more, one waived, 14 days extended, 7 days with the clock stopped."""
    asked = obligation(due_on=date(2026, 6, 1))
    events = [
        SanctionEvent(kind=SanctionEventKind.ADJUSTED, amount=2),
        SanctionEvent(kind=SanctionEventKind.WAIVED, amount=1),
        SanctionEvent(kind=SanctionEventKind.EXTENDED, days=14),
        SanctionEvent(kind=SanctionEventKind.CLOCK_STOPPED, days=7),
        SanctionEvent(kind=SanctionEventKind.EXCUSED),
        SanctionEvent(kind=SanctionEventKind.FINISHED),
    ]
    after = with_events(asked, events)
    assert (after.required, after.due_on) == (8, date(2026, 6, 22))
    moved = SanctionEvent(kind=SanctionEventKind.EXTENDED, due_on=date(2026, 7, 1))
    assert with_events(after, [moved]).due_on == date(2026, 7, 1)


def test_no_event_gives_a_date_to_what_has_none_or_asks_for_less_than_nothing():
    """An adjustment below zero ends at zero; days added to no date stay no date."""
    asked = obligation(amount=2)
    events = [
        SanctionEvent(kind=SanctionEventKind.ADJUSTED, amount=-5),
        SanctionEvent(kind=SanctionEventKind.EXTENDED, days=14),
    ]
    after = with_events(asked, events)
    assert (after.required, after.due_on) == (0, None)


@pytest.mark.parametrize(
    ("days", "times", "code"),
    [(0, 0, "extension_needs_days"), (15, 0, "extension_too_long"), (7, 2, "extension_too_often")],
)
def test_an_extension_beyond_the_rule_is_refused(days, times, code):
    """So many days at once, so many times, never none."""
    limits = ExtensionLimits(max_days=14, max_times=2)
    with pytest.raises(CourtRuleBroken) as refusal:
        check_extension(days=days, given_times=times, limits=limits)
    assert refusal.value.code == code


def test_an_extension_within_the_rule_passes():
    """The limits themselves are allowed, and no limits allow everything."""
    check_extension(days=14, given_times=1, limits=ExtensionLimits(max_days=14, max_times=2))
    check_extension(days=400, given_times=9, limits=ExtensionLimits())


def test_only_what_is_left_can_be_waived():
    """Of seven, two are done: zero, less and more than five are refused with the limit."""
    parts = progress(obligation(), [piece()] * 2 + [piece(ServiceState.BOOKED)])
    for amount in (0, -1, 6):
        with pytest.raises(CourtRuleBroken) as refusal:
            check_waiver(parts, amount)
        assert (refusal.value.code, refusal.value.params) == ("waiver_out_of_range", {"limit": 5})
    check_waiver(parts, 5)


@pytest.mark.parametrize(
    ("pieces", "due_on", "state"),
    [
        ([piece()] * 2, TODAY - timedelta(1), SentenceState.SATISFIED),
        (
            [piece(), piece(ServiceState.PENDING)],
            TODAY - timedelta(1),
            SentenceState.WAITING_FOR_CONFIRMATION,
        ),
        ([piece()], TODAY, SentenceState.UNDER_WAY),
        ([piece()], TODAY - timedelta(1), SentenceState.OVERDUE),
        ([piece()], None, SentenceState.UNDER_WAY),
    ],
)
def test_a_sentence_is_where_its_last_obligation_is(pieces, due_on, state):
    """The due day is still in time; what waits for staff is not the youth's delay."""
    done = progress(obligation(2, amount=0), [])
    part = progress(obligation(amount=2, due_on=due_on), pieces)
    assert sentence_status([done, part], today=TODAY) is state


def test_a_sentence_without_anything_left_is_satisfied():
    """All waived, or nothing ordered."""
    waived = progress(obligation(amount=3, waived=3), [])
    assert sentence_status([waived], today=TODAY) is SentenceState.SATISFIED
    assert sentence_status([], today=TODAY) is SentenceState.SATISFIED


# -- one piece over several obligations ------------------------------------------------


def test_one_session_counts_once_for_the_obligation_due_first():
    """The later obligation gets nothing of it, its minutes go along."""
    queue = [open_(1, 2, due_on=TODAY + timedelta(9)), open_(2, 2, due_on=TODAY)]
    assert allocate(piece(obligation_id=None), queue) == (
        Allocation(obligation_id=uid(2), sessions=1, minutes=120),
    )


def test_the_obligation_a_piece_is_meant_for_comes_first():
    """Staff named the obligation; the earlier due one waits."""
    queue = [open_(1, 2, due_on=TODAY + timedelta(9)), open_(2, 2, due_on=TODAY)]
    (part,) = allocate(piece(obligation_id=uid(1)), queue)
    assert part.obligation_id == uid(1)


def test_hours_beyond_what_is_owed_are_voluntary():
    """Of 300 minutes, 100 and 120 are owed; 80 were given freely."""
    site = {"kind": SanctionKind.COMMUNITY_SERVICE, "unit": Unit.MINUTES}
    served = piece(sessions=0, minutes=300, kind=site["kind"], obligation_id=None)
    queue = [open_(1, 120, **site), open_(2, 100, due_on=TODAY, **site)]
    assert allocate(served, queue) == (
        Allocation(obligation_id=uid(2), sessions=0, minutes=100),
        Allocation(obligation_id=uid(1), sessions=0, minutes=120),
        Allocation(obligation_id=None, sessions=0, minutes=80),
    )


def test_jury_hours_take_the_session_with_them():
    """A court that counts hours uses up the session: it cannot count again elsewhere."""
    queue = [open_(1, 90, unit=Unit.MINUTES, due_on=TODAY), open_(2, 1)]
    assert allocate(piece(obligation_id=None), queue) == (
        Allocation(obligation_id=uid(1), sessions=1, minutes=90),
        Allocation(obligation_id=None, sessions=0, minutes=30),
    )


def test_a_session_takes_its_share_of_the_minutes():
    """Of a training day that counts two sessions, one is owed: half the minutes go with it."""
    assert allocate(piece(sessions=2, minutes=241), [open_(1, 1)]) == (
        Allocation(obligation_id=uid(1), sessions=1, minutes=120),
        Allocation(obligation_id=None, sessions=1, minutes=121),
    )


def test_minutes_too_few_for_a_session_are_no_gift():
    """Left after an hour of three: ordered, though it fills no session; a gift once all is done."""
    left_early = piece(sessions=0, minutes=60, obligation_id=None)
    assert allocate(left_early, [open_(1, 3)]) == (
        Allocation(obligation_id=uid(1), sessions=0, minutes=60),
    )
    assert allocate(left_early, []) == (Allocation(obligation_id=None, sessions=0, minutes=60),)


def test_a_piece_of_another_kind_or_without_amount_counts_for_nothing_owed():
    """Raking leaves is no jury session; a turned-away evening has nothing to spread."""
    raking = piece(kind=SanctionKind.COMMUNITY_SERVICE, sessions=0, obligation_id=None)
    assert allocate(raking, [open_(1, 3)]) == (
        Allocation(obligation_id=None, sessions=0, minutes=120),
    )
    assert allocate(piece(sessions=0, minutes=0), [open_(1, 3)]) == ()


OPEN = st.builds(
    OpenObligation,
    id=st.integers(1, 10**6).map(uid),
    kind=st.sampled_from([SanctionKind.JURY, SanctionKind.ESSAY]),
    unit=st.sampled_from([Unit.SESSIONS, Unit.MINUTES, Unit.PIECES]),
    owed=st.integers(0, 200),
    due_on=st.none() | st.integers(0, 30).map(lambda n: TODAY + timedelta(n)),
)


@given(
    st.integers(0, 5),
    st.integers(0, 400),
    st.lists(OPEN, max_size=5, unique_by=lambda o: o.id),
)
def test_parts_sum_to_the_piece_and_never_exceed_what_is_owed(sessions, minutes, queue):
    """Exact in sessions and in minutes; no empty part, no obligation twice.

    Only minutes that make no session lie on an obligation without filling any of it.
    """
    parts = allocate(piece(sessions=sessions, minutes=minutes), queue)
    assert sum(part.sessions for part in parts) == sessions
    assert sum(part.minutes for part in parts) == minutes
    assert all(part.sessions >= 0 <= part.minutes for part in parts)
    assert all(part.sessions or part.minutes for part in parts)
    assert len({part.obligation_id for part in parts}) == len(parts)
    by_id = {o.id: o for o in queue}
    for part in parts:
        if part.obligation_id is not None:
            owed = by_id[part.obligation_id]
            amount = part.sessions if owed.unit is Unit.SESSIONS else part.minutes
            assert (0 if sessions == 0 else 1) <= amount <= owed.owed
            assert owed.kind is SanctionKind.JURY


@given(
    st.sampled_from([Unit.SESSIONS, Unit.MINUTES]),
    st.integers(1, 200),
    st.lists(OPEN, max_size=5, unique_by=lambda o: o.id),
)
def test_nobody_due_later_is_served_before_somebody_due_earlier_is_full(unit, amount, queue):
    """Earliest due first, each up to what is owed; only a true rest is voluntary."""
    same = [replace(o, kind=SanctionKind.JURY, unit=unit) for o in queue]
    served = piece(sessions=amount, minutes=amount, obligation_id=None)
    parts = {part.obligation_id: part for part in allocate(served, same)}

    def got(key: UUID | None) -> int:
        part = parts.get(key)
        return 0 if part is None else part.sessions if unit is Unit.SESSIONS else part.minutes

    for late in same:
        for early in same:
            if got(late.id) and (early.due_on or date.max) < (late.due_on or date.max):
                assert got(early.id) == early.owed
    assert got(None) == max(0, amount - sum(o.owed for o in same))


def test_service_is_never_negative():
    """A correction is a reversal, not minus two hours."""
    with pytest.raises(CourtRuleBroken, match="service_not_negative"):
        piece(minutes=-1)


# -- states ----------------------------------------------------------------------------


def test_confirmed_service_can_only_be_reversed():
    """There is no way back from confirmed and none at all out of reversed."""
    ways = {row.target for row in SERVICE_TRANSITIONS if row.source is ServiceState.CONFIRMED}
    assert ways == {ServiceState.REVERSED}
    assert not [row for row in SERVICE_TRANSITIONS if row.source is ServiceState.REVERSED]


@pytest.mark.parametrize(
    ("source", "target", "by", "reason", "code"),
    [
        ("confirmed", "pending", "staff", "x", "service_step_not_possible"),
        ("reversed", "confirmed", "staff", "x", "service_step_not_possible"),
        ("booked", "confirmed", "staff", None, "service_step_not_possible"),
        ("pending", "confirmed", "juror", None, "service_step_not_yours"),
        ("confirmed", "reversed", "supervisor", "x", "service_step_not_yours"),
        ("confirmed", "reversed", "staff", "  ", "reason_required"),
        ("pending", "denied", "supervisor", None, "reason_required"),
    ],
)
def test_steps_outside_the_table_are_refused(source, target, by, reason, code):
    """Wrong way, wrong hand, or no reason: each has its own code."""
    with pytest.raises(CourtRuleBroken) as refusal:
        check_service_transition(
            ServiceState(source), ServiceState(target), by=ServiceActor(by), reason=reason
        )
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("source", "target", "by", "reason"),
    [
        (None, "booked", "juror", None),
        (None, "pending", "supervisor", None),
        ("booked", "pending", "system", None),
        ("booked", "denied", "juror", "cancelled"),
        ("pending", "confirmed", "supervisor", None),
        ("denied", "pending", "staff", "dispute_upheld"),
        ("confirmed", "reversed", "staff", "wrong_person"),
    ],
)
def test_steps_of_the_table_pass(source, target, by, reason):
    """From booking to confirmation and, if need be, reversal."""
    start = None if source is None else ServiceState(source)
    check_service_transition(start, ServiceState(target), by=ServiceActor(by), reason=reason)
    assert service_transition(start, ServiceState(target)) in SERVICE_TRANSITIONS


# -- the evening -----------------------------------------------------------------------


ZONE = ZoneInfo("America/New_York")
COUNTING = CountingValues(session_minutes=120, late_grace_minutes=10)


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, 14, hour, minute, tzinfo=ZONE)


def evening(came=None, went=None) -> Evening:
    return Evening(starts_at=at(18), ends_at=at(20), arrived_at=came, left_at=went)


@pytest.mark.parametrize(
    ("outcome", "came", "went", "expected"),
    [
        ("present", None, None, ServedEffect(sessions=1, minutes=120)),
        ("present", at(17, 30), at(22), ServedEffect(sessions=1, minutes=120)),
        ("late", at(18, 10), None, ServedEffect(sessions=1, minutes=120)),
        ("late", at(18, 30), at(20), ServedEffect(sessions=1, minutes=90)),
        ("late", at(18, 30), at(23), ServedEffect(sessions=1, minutes=90)),
        ("late", at(18, 30), None, ServedEffect(sessions=1, minutes=90, unverified=True)),
        ("late", at(19, 1), at(20), ServedEffect(sessions=0, minutes=59)),
        ("late", at(21), at(22), ServedEffect(sessions=0, minutes=0)),
        ("left_early", None, at(19), ServedEffect(sessions=1, minutes=60)),
        ("left_early", at(17), at(18, 59), ServedEffect(sessions=0, minutes=59)),
        ("sent_home", at(18), at(19), ServedEffect()),
        ("turned_away", at(18), at(18, 5), ServedEffect(stops_clock=True)),
        ("absent", None, None, ServedEffect(missed=True)),
        ("excused", None, None, ServedEffect()),
    ],
)
def test_each_outcome_counts_as_the_court_says(outcome, came, went, expected):
    """Two hours planned, ten minutes grace, half a session needed to count as one."""
    found = attendance_effect(AttendanceOutcome(outcome), COUNTING, evening(came, went))
    assert found == expected
    assert found.earns is (found.minutes > 0)


def test_another_policy_counts_the_turned_away():
    """The youth came and the court had no seat: some courts count the whole session."""
    generous = replace(COUNTING, turned_away=Effect.FULL, late=Effect.NONE)
    away = attendance_effect(AttendanceOutcome.TURNED_AWAY, generous, evening())
    assert away == ServedEffect(sessions=1, minutes=120)
    late = attendance_effect(AttendanceOutcome.LATE, generous, evening(at(18, 30)))
    assert late == ServedEffect()


def test_training_counts_only_where_the_court_counts_it():
    """A court may ask for training without counting it."""
    without = replace(COUNTING, training_counts=False)
    for counting, sessions in ((COUNTING, 1), (without, 0)):
        found = attendance_effect(AttendanceOutcome.PRESENT, counting, evening(), is_training=True)
        assert found.sessions == sessions


def test_minutes_by_the_clock_need_the_clock():
    """Late without an arrival, gone without a time: asked for, never guessed."""
    for outcome, field in (("late", "arrived_at"), ("left_early", "left_at")):
        with pytest.raises(CourtRuleBroken) as refusal:
            attendance_effect(AttendanceOutcome(outcome), COUNTING, evening())
        assert refusal.value.field == field


def test_a_whole_session_is_the_most_an_evening_counts():
    """Three planned hours count two where the court says two (Midland TX)."""
    long = Evening(starts_at=at(18), ends_at=at(21), arrived_at=at(18, 30), left_at=at(21))
    assert attendance_effect(AttendanceOutcome.LATE, COUNTING, long).minutes == 120


def test_the_minute_of_grace_belongs_to_the_youth():
    """Ten minutes and fifty-nine seconds are ten minutes; the eleventh is late."""
    for came, outcome in (
        (at(18, 10) + timedelta(seconds=59), AttendanceOutcome.PRESENT),
        (at(18, 11), AttendanceOutcome.LATE),
    ):
        assert arrival_outcome(evening(came), late_grace_minutes=10) is outcome


def test_minutes_are_true_on_the_night_the_clocks_go_back():
    """From half past midnight to two are two and a half hours that night."""
    start = datetime(2026, 11, 1, 0, 30, tzinfo=ZONE)
    night = Evening(
        starts_at=start,
        ends_at=datetime(2026, 11, 1, 2, 0, tzinfo=ZONE),
        left_at=datetime(2026, 11, 1, 1, 30, tzinfo=ZONE, fold=1),
    )
    counting = replace(COUNTING, session_minutes=150)
    found = attendance_effect(AttendanceOutcome.LEFT_EARLY, counting, night)
    assert (found.sessions, found.minutes) == (1, 120)


@given(
    st.sampled_from(AttendanceOutcome),
    st.integers(-60, 300),
    st.integers(-60, 300),
    st.builds(
        CountingValues,
        session_minutes=st.integers(1, 240),
        late_grace_minutes=st.integers(0, 30),
        late=st.sampled_from(Effect),
        left_early=st.sampled_from(Effect),
        sent_home=st.sampled_from(Effect),
        turned_away=st.sampled_from(Effect),
        absent=st.sampled_from(Effect),
    ),
)
def test_no_evening_counts_more_than_one_session(outcome, came, went, counting):
    """Between nothing and a whole session, whatever the clock said."""
    start = datetime(2026, 3, 14, 22, tzinfo=UTC)
    found = attendance_effect(
        outcome,
        counting,
        Evening(
            starts_at=start,
            ends_at=start + timedelta(hours=2),
            arrived_at=start + timedelta(minutes=came),
            left_at=start + timedelta(minutes=went),
        ),
    )
    assert found.sessions in {0, 1}
    assert 0 <= found.minutes <= counting.session_minutes
    assert not (found.stops_clock and found.minutes)
    assert found.missed is (outcome is AttendanceOutcome.ABSENT)


# -- ranges ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hours", "position"), [(7, "below"), (8, "within"), (17, "within"), (18, "above")]
)
def test_an_amount_against_class_a_of_charlotte(hours, position):
    """Class A asks for 8 to 17 hours, kept in minutes; both ends belong to it."""
    found = check_amount_in_range(hours * 60, AmountRange(minimum=480, maximum=1020))
    assert found.position is RangePosition(position)
    assert found.needs_reason is (position in {"below", "above"})


def test_open_ends_and_no_range_need_no_reason():
    """A class without a lower end allows nothing at all to be asked for."""
    assert not check_amount_in_range(0, AmountRange(maximum=5)).needs_reason
    assert not check_amount_in_range(999, AmountRange(minimum=5)).needs_reason
    assert check_amount_in_range(3, None).position is RangePosition.NO_RANGE


def test_outside_the_range_a_written_reason_is_asked_for():
    """Blanks are no reason; with one, the check says where the amount lies."""
    allowed = AmountRange(minimum=1, maximum=2)
    with pytest.raises(CourtRuleBroken) as refusal:
        require_reason_outside_range(3, allowed, reason=" ", field="jury")
    assert (refusal.value.code, refusal.value.field) == ("amount_outside_range", "jury")
    assert refusal.value.params == {"min": 1, "max": 2}
    found = require_reason_outside_range(3, allowed, reason="second offence this year")
    assert found.position is RangePosition.ABOVE
    assert not require_reason_outside_range(2, allowed, reason=None).needs_reason


# -- credits never reduce a sentence ---------------------------------------------------


def test_no_module_of_sentence_rules_knows_credits():
    """What cannot be named cannot be taken: no import, no parameter, no type of credits."""
    folder = Path(str(sentences.__file__)).parent
    files = sorted(folder.glob("*.py"))
    assert len(files) > 5
    for file in files:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [
                *([node.module or ""] if isinstance(node, ast.ImportFrom) else []),
                *([alias.name for alias in node.names] if isinstance(node, ast.Import) else []),
                *([node.arg] if isinstance(node, ast.arg) else []),
                *([node.id] if isinstance(node, ast.Name) else []),
            ]
            assert not [name for name in names if "credit" in name.lower()], file.name


@given(
    amount=st.integers(1, 400),
    ordered=st.integers(1, 200),
    ends=st.tuples(st.none() | st.integers(0, 100), st.none() | st.integers(101, 200)),
)
def test_a_new_amount_is_taken_within_the_rules_and_otherwise_on_purpose(
    amount: int, ordered: int, ends: tuple[int | None, int | None]
) -> None:
    """Where the rules have no upper end, twice the sentence is the end; meant, all is taken."""
    allowed = AmountRange(minimum=ends[0], maximum=ends[1])
    check_new_amount(amount, ordered=ordered, allowed=allowed, on_purpose=True)
    most = 2 * ordered if ends[1] is None else ends[1]
    fine = (ends[0] or 0) <= amount <= most
    if fine:
        check_new_amount(amount, ordered=ordered, allowed=allowed, on_purpose=False)
        return
    with pytest.raises(CourtRuleBroken) as refused:
        check_new_amount(amount, ordered=ordered, allowed=allowed, on_purpose=False)
    assert refused.value.field == "on_purpose"


@given(minutes=st.integers(0, 3000), others=st.integers(0, 1440))
def test_a_day_never_has_more_than_24_hours(minutes: int, others: int) -> None:
    """What is taken fits into what is left of the day, and what fits is taken."""
    if minutes + others <= 24 * 60:
        check_one_day(minutes, others=others)
        return
    with pytest.raises(CourtRuleBroken):
        check_one_day(minutes, others=others)
