"""The draw by example: each rule, each goal, each refusal."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from youthcourt.errors import CourtRuleBroken
from youthcourt.jury.domain import (
    ConflictEffect,
    DrawLabel,
    DrawRules,
    HearingParty,
    HeldSeat,
    JurorProfile,
    PanelFault,
    ReasonCode,
    Seat,
    Sitting,
    Span,
    check_seats,
    draw_document,
    draw_panels,
    fill_from_present,
    input_digest,
    input_document,
)

ZONE = "America/New_York"
DAY = date(2026, 3, 14)
RULES = DrawRules(zone=ZONE)


def uid(number: int) -> UUID:
    return UUID(int=number)


def at(hour: int, minute: int = 0, day: date = DAY) -> datetime:
    return datetime.combine(day, time(hour, minute), ZoneInfo(ZONE))


def person(number: int, **facts) -> JurorProfile:
    facts = {"volunteer": True, **facts}
    return JurorProfile(person_id=uid(number), draw_number=number, **facts)


def hearing(number: int, **facts) -> HearingParty:
    facts = {"respondent_id": uid(9000 + number), **facts}
    return HearingParty(hearing_id=uid(8000 + number), **facts)


def room(number: int, *hearings: HearingParty, **facts) -> Sitting:
    facts = {"quorum": 2, "minimum": 2, "target": 3, "maximum": 4, **facts}
    facts = {"starts_at": at(9), "ends_at": at(12), **facts}
    return Sitting(id=uid(7000 + number), room=f"Room {number}", hearings=hearings, **facts)


def knows(number: int, *people: int) -> HearingParty:
    return hearing(number, acquaintance_ids=frozenset(uid(person) for person in people))


def draw(sittings, jurors, rules=RULES, seed=1, locked=()):
    return draw_panels(sittings=sittings, jurors=jurors, rules=rules, seed=seed, locked=locked)


def seated(result, sitting) -> set[int]:
    return {seat.person_id.int for seat in result.seats if seat.sitting_id == sitting.id}


def codes(result, number: int) -> list[ReasonCode]:
    return [reason.code for reason in result.reasons if reason.person_id == uid(number)]


RESPONDENT = {"respondent_id": uid(1)}
LATE = room(1, ends_at=at(23, 30))
RECORDED_DIGEST = "44923bdcc97cb5f2102e3e16bd7b4eca0102fae4ba01641272c94d17218fc3de"


@pytest.mark.parametrize(
    ("sitting", "facts", "rules", "code"),
    [
        (room(1), {"unavailable_on": frozenset({DAY})}, {}, ReasonCode.NOT_AVAILABLE),
        (room(1), {"trained": False}, {}, ReasonCode.NOT_TRAINED),
        (room(1), {}, {"standing_oath_required": True}, ReasonCode.NO_OATH),
        (room(1), {"sworn_tonight": False}, {}, ReasonCode.NOT_SWORN_TONIGHT),
        (room(1), {"suspended": True}, {}, ReasonCode.SUSPENDED),
        (room(1), {"on_list": False}, {}, ReasonCode.OFF_LIST),
        (LATE, {"out_by": time(22, 0)}, {}, ReasonCode.CURFEW),
        (room(1), {"volunteer": False}, {}, ReasonCode.NOTHING_OWED),
        (room(1, hearing(1, **RESPONDENT)), {}, {}, ReasonCode.OWN_HEARING),
        (
            room(1),
            {"own_hearings": (Span(starts_at=at(11), ends_at=at(13)),)},
            {},
            ReasonCode.OWN_HEARING,
        ),
        (
            room(1),
            {"held": (HeldSeat(sitting_id=uid(1), span=Span(starts_at=at(8), ends_at=at(10))),)},
            {},
            ReasonCode.HOLDS_ANOTHER_SEAT,
        ),
        (
            room(1),
            {"served_on": frozenset({DAY - timedelta(27), DAY - timedelta(20)})},
            {"max_sessions_in_28_days": 2},
            ReasonCode.SESSION_CAP,
        ),
        (
            room(1),
            {"served_on": frozenset({DAY - timedelta(6)})},
            {"rest_days": 6},
            ReasonCode.REST,
        ),
        (
            room(1, hearing(1, school_id=uid(5))),
            {"school_id": uid(5)},
            {},
            ReasonCode.SAME_SCHOOL,
        ),
        (
            room(1, hearing(1, companion_ids=frozenset({uid(1)}))),
            {},
            {},
            ReasonCode.COMPANION,
        ),
        (
            room(1, hearing(1, household_ids=frozenset({uid(1)}))),
            {},
            {},
            ReasonCode.HOUSEHOLD,
        ),
        (
            room(1, hearing(1, acquaintance_ids=frozenset({uid(1)}))),
            {},
            {},
            ReasonCode.ACQUAINTANCE,
        ),
        (
            room(1, hearing(1, earlier_role_ids=frozenset({uid(1)}))),
            {},
            {},
            ReasonCode.EARLIER_ROLE,
        ),
    ],
)
def test_each_hard_rule_keeps_one_person_out_and_says_so(sitting, facts, rules, code):
    """The draw leaves the seat empty with that reason, and the checker objects to a seat."""
    juror = person(1, **facts)
    switches = replace(RULES, **rules)
    result = draw([sitting], [juror, person(2), person(3)], switches)
    assert 1 not in seated(result, sitting)
    assert codes(result, 1) == [code]
    by_hand = Seat(sitting_id=sitting.id, person_id=uid(1), position=1)
    found = check_seats([by_hand], sittings=[sitting], jurors=[juror], rules=switches)
    assert [violation.code for violation in found] == [code]


@pytest.mark.parametrize(
    ("sitting", "facts", "rules"),
    [
        (room(1), {"unavailable_on": frozenset({DAY + timedelta(1)})}, {}),
        (room(1), {"trained": False}, {"training_required": False}),
        (room(1), {"standing_oath": True}, {"standing_oath_required": True}),
        (LATE, {"out_by": time(0, 0)}, {}),
        (room(1), {"volunteer": False, "sessions_owed": 1}, {}),
        (
            room(1),
            {"held": (HeldSeat(sitting_id=uid(1), span=Span(starts_at=at(12), ends_at=at(14))),)},
            {},
        ),
        (
            room(1),
            {"served_on": frozenset({DAY - timedelta(28), DAY - timedelta(20)})},
            {"max_sessions_in_28_days": 2},
        ),
        (room(1), {"served_on": frozenset({DAY - timedelta(7)})}, {"rest_days": 6}),
        (
            room(1, hearing(1, school_id=uid(5))),
            {"school_id": uid(5)},
            {"same_school_excluded": False},
        ),
        (room(1, hearing(1, school_id=None)), {"school_id": None}, {}),
    ],
)
def test_just_inside_a_rule_a_person_may_sit(sitting, facts, rules):
    """The edge of each rule lies where it says."""
    result = draw([sitting], [person(1, **facts)], replace(RULES, **rules))
    assert seated(result, sitting) == {1}
    assert result.locked_against == ()


def test_a_seat_in_a_sitting_drawn_anew_is_not_held():
    """Yesterday's proposal for one room keeps nobody out of the other room today."""
    one, two = room(1), room(2, knows(2, 1))
    juror = person(1, held=(HeldSeat(sitting_id=two.id, span=two.span),))
    result = draw([one, two], [juror])
    assert seated(result, one) == {1}
    assert check_seats(result.seats, sittings=[one, two], jurors=[juror], rules=RULES) == []


def test_the_cap_counts_days_ahead_as_well():
    """Two seats held in the coming weeks leave no third within 28 days."""
    later = [
        HeldSeat(
            sitting_id=uid(n),
            span=Span(
                starts_at=at(9, day=DAY + timedelta(n)), ends_at=at(12, day=DAY + timedelta(n))
            ),
        )
        for n in (7, 14)
    ]
    rules = replace(RULES, max_sessions_in_28_days=2)
    assert codes(draw([room(1)], [person(1, held=tuple(later))], rules), 1) == [
        ReasonCode.SESSION_CAP
    ]


def test_rooms_fill_in_turn():
    """Six jurors for two rooms of target three give three each, not four and two."""
    rooms = [room(1), room(2)]
    result = draw(rooms, [person(n) for n in range(1, 7)])
    assert [len(seated(result, sitting)) for sitting in rooms] == [3, 3]
    assert [(s.to_quorum, s.to_target) for s in result.shortfalls] == [(0, 0), (0, 0)]


def test_too_few_for_all_rooms_still_let_one_room_sit():
    """Five jurors for two rooms of quorum four: one room with a quorum, not three and two."""
    rooms = [room(n, quorum=4, minimum=4, target=4) for n in (1, 2)]
    result = draw(rooms, [person(n) for n in range(1, 6)])
    assert sorted(len(seated(result, sitting)) for sitting in rooms) == [1, 4]
    assert result.goals.sittings_with_quorum == 1
    assert sorted(shortfall.to_quorum for shortfall in result.shortfalls) == [0, 3]


def test_nearest_deadline_goes_first():
    """Who is due soonest is seated, an overdue session waits behind those still in time."""
    jurors = [
        person(1, volunteer=False, sessions_owed=1, due_on=DAY + timedelta(30)),
        person(2, volunteer=False, sessions_owed=1, due_on=DAY),
        person(3, volunteer=False, sessions_owed=1, due_on=DAY - timedelta(1)),
        person(4, volunteer=False, sessions_owed=1),
        person(5),
    ]
    tight = room(1, quorum=1, minimum=1, target=1, maximum=1)
    order = []
    while jurors:
        (number,) = seated(draw([tight], jurors), tight)
        order.append(number)
        jurors = [juror for juror in jurors if juror.person_id != uid(number)]
    assert order == [2, 1, 4, 3, 5]


def test_those_who_owe_may_fill_a_panel_to_its_maximum_volunteers_may_not():
    """Seats beyond the target serve deadlines; the court can switch that off."""
    owing = [person(n, volunteer=False, sessions_owed=2, due_on=DAY) for n in range(1, 8)]
    sitting = room(1)
    assert len(draw([sitting], owing).seats) == 4
    assert len(draw([sitting], owing, replace(RULES, owed_beyond_target=False)).seats) == 3
    assert len(draw([sitting], [person(n) for n in range(1, 8)]).seats) == 3


def test_the_only_person_free_for_a_room_is_not_used_up_elsewhere():
    """The room with the least choice picks first, even against a nearer deadline."""
    size = {"quorum": 1, "minimum": 1, "target": 1, "maximum": 1}
    one, two = room(1, **size), room(2, knows(2, 2), **size)
    urgent = person(1, sessions_owed=1, due_on=DAY)
    for seed in range(10):
        result = draw([one, two], [urgent, person(2)], seed=seed)
        assert (seated(result, one), seated(result, two)) == ({2}, {1})


def test_somebody_moves_over_when_that_fills_a_seat():
    """Two may sit in room one where three could; room two has one seat that one cannot take."""
    one = room(1, knows(1, 1), quorum=1, minimum=1, target=2, maximum=2)
    two = room(2, knows(2, 3), quorum=1, minimum=1, target=1, maximum=1)
    jurors = [
        person(1),
        person(2, sessions_owed=1, due_on=DAY + timedelta(1)),
        person(3, sessions_owed=1, due_on=DAY),
    ]
    for seed in range(10):
        result = draw([one, two], jurors, seed=seed)
        assert (seated(result, one), seated(result, two)) == ({2, 3}, {1})


def test_somebody_moves_over_before_other_rooms_go_beyond_their_quorum():
    """With two people for three rooms, the two small rooms sit and the large one does not."""
    size = {"quorum": 1, "minimum": 1, "target": 1, "maximum": 1}
    small = [room(1, knows(1, 2), **size), room(3, **size)]
    large = room(2, quorum=2, minimum=2, target=3, maximum=3)
    jurors = [person(1, sessions_owed=1, due_on=DAY + timedelta(3)), person(2)]
    for seed in range(10):
        result = draw([*small, large], jurors, seed=seed)
        assert result.goals.sittings_with_quorum == 2


def test_every_panel_gets_an_experienced_juror_where_there_are_enough():
    """Two experienced among six never end up in one room; each is proposed as foreperson."""
    jurors = [
        person(n, experienced=n in {1, 2}, past_load=9 if n in {1, 2} else 0) for n in range(1, 7)
    ]
    for seed in range(20):
        result = draw([room(1), room(2)], jurors, seed=seed)
        assert result.goals.panels_with_experience == 2
        assert {s.person_id.int for s in result.seats if s.foreperson} == {1, 2}


def test_experience_changes_rooms_when_deadlines_put_it_all_into_one():
    """Nearest deadlines go first; then two jurors exchange rooms, at no cost to anybody."""
    size = {"quorum": 2, "minimum": 2, "target": 2, "maximum": 2}
    due = {1: 0, 4: 1, 2: 2, 3: 3}
    jurors = [
        person(n, sessions_owed=1, due_on=DAY + timedelta(days), experienced=n in {1, 2})
        for n, days in due.items()
    ]
    result = draw([room(1, **size), room(2, **size)], jurors)
    assert result.goals.owed_in_time == 4
    assert result.goals.panels_with_experience == 2


def test_experience_replaces_somebody_only_where_no_deadline_suffers():
    """An overdue juror makes room for the panel's only experienced one, one in time does not."""
    size = {"quorum": 1, "minimum": 1, "target": 1, "maximum": 1}
    expert = person(1, experienced=True)
    for due_on, expected in ((DAY - timedelta(1), {1}), (DAY, {2})):
        other = person(2, sessions_owed=1, due_on=due_on)
        assert seated(draw([room(1, **size)], [expert, other]), room(1)) == expected


def test_who_sat_less_in_the_past_is_called_first():
    """Past sessions count before the lottery does."""
    jurors = [person(n, past_load=n) for n in range(1, 9)]
    for seed in range(20):
        assert seated(draw([room(1)], jurors, seed=seed), room(1)) == {1, 2, 3}


def test_the_lottery_decides_between_equals():
    """Other seeds seat other people; over many seeds everybody has a turn."""
    jurors = [person(n) for n in range(1, 9)]
    panels = [frozenset(seated(draw([room(1)], jurors, seed=s), room(1))) for s in range(60)]
    assert len(set(panels)) > 10
    assert frozenset.union(*panels) == set(range(1, 9))


def test_the_lottery_is_the_same_everywhere():
    """A draw recorded once: these seats, this digest, on any Python and machine."""
    jurors = [person(n) for n in range(1, 9)]
    result = draw([room(1)], jurors, seed=20260314)
    assert seated(result, room(1)) == {2, 5, 8}
    assert result.input_digest == RECORDED_DIGEST
    assert (result.algorithm, result.version) == ("breadth_first", "2")
    assert result.label is DrawLabel.GREEDY


def test_stepping_aside_leaves_every_hearing_its_quorum():
    """Who knows a respondent sits for the other hearing; a further juror makes up for it."""
    rules = replace(RULES, conflict_effect=ConflictEffect.STEPS_ASIDE)
    first = hearing(1, acquaintance_ids=frozenset({uid(1)}))
    sitting = room(1, first, hearing(2), target=2)
    result = draw([sitting], [person(1), person(2), person(3)], rules)
    assert result.shortfalls[0].to_quorum == 0
    assert {2, 3} <= seated(result, sitting)


def test_too_few_left_for_one_hearing_is_a_shortfall_of_that_hearing():
    """A panel of two of whom one steps aside has no quorum for that hearing, and says so."""
    rules = replace(RULES, conflict_effect=ConflictEffect.STEPS_ASIDE)
    first = hearing(1, acquaintance_ids=frozenset({uid(1)}))
    sitting = room(1, first, hearing(2))
    result = draw([sitting], [person(1), person(2)], rules)
    assert seated(result, sitting) == {1, 2}
    assert result.shortfalls[0].to_quorum == 1
    assert result.shortfalls[0].hearings == ((first.hearing_id, 1),)


def test_no_more_step_aside_than_a_full_panel_can_spare():
    """With four places and a quorum of two, a third juror in conflict is not seated."""
    rules = replace(RULES, conflict_effect=ConflictEffect.STEPS_ASIDE)
    first = hearing(1, acquaintance_ids=frozenset({uid(1), uid(2), uid(3)}))
    sitting = room(1, first, target=4)
    jurors = [person(n) for n in range(1, 4)]
    result = draw([sitting], jurors, rules)
    assert len(result.seats) == 2
    assert {reason.code for reason in result.reasons} == {ReasonCode.TOO_MANY_STEP_ASIDE}
    by_hand = [Seat(sitting_id=sitting.id, person_id=uid(n), position=n) for n in (1, 2, 3)]
    found = check_seats(by_hand, sittings=[sitting], jurors=jurors, rules=rules)
    assert [violation.code for violation in found] == [ReasonCode.TOO_MANY_STEP_ASIDE]


def test_reserves_are_ranked_and_everybody_else_is_told_apart():
    """Two reserves in order of need; the others may sit but are not needed."""
    jurors = [person(n, past_load=n) for n in range(1, 9)]
    result = draw([room(1)], jurors, replace(RULES, reserves=2))
    assert [(r.rank, r.person_id.int) for r in result.reserves] == [(1, 4), (2, 5)]
    assert codes(result, 4) == [ReasonCode.RESERVE]
    assert codes(result, 6) == [ReasonCode.NOT_NEEDED]


def test_a_locked_seat_stays_even_against_a_rule_which_is_named():
    """Staff decided; the draw keeps the seat, its place and its foreperson, and tells."""
    sitting = room(1, hearing(1, school_id=uid(5)))
    jurors = [person(1, school_id=uid(5)), person(2), person(3, experienced=True)]
    fixed = Seat(sitting_id=sitting.id, person_id=uid(1), position=2, foreperson=True)
    result = draw([sitting], jurors, locked=[fixed])
    assert replace(fixed, locked=True) in result.seats
    assert [reason.code for reason in result.locked_against] == [ReasonCode.SAME_SCHOOL]
    assert sorted(seat.position for seat in result.seats) == [1, 2, 3]
    assert sum(seat.foreperson for seat in result.seats) == 1


@pytest.mark.parametrize(
    ("locked", "code"),
    [
        ([(1, 1), (1, 2)], "locked_seats_clash"),
        ([(1, 1), (2, 1)], "locked_seats_clash"),
        ([(99, 1)], "locked_seat_unknown"),
        ([(n, n) for n in range(1, 6)], "panel_full"),
    ],
)
def test_locked_seats_that_contradict_each_other_are_refused(locked, code):
    """The draw is not started on an input that cannot be kept."""
    seats = [Seat(sitting_id=room(1).id, person_id=uid(p), position=n) for p, n in locked]
    with pytest.raises(CourtRuleBroken) as refusal:
        draw([room(1)], [person(n) for n in range(1, 7)], locked=seats)
    assert refusal.value.code == code


def test_the_same_person_or_room_twice_is_refused():
    """Draw numbers name one person each, sittings are listed once."""
    with pytest.raises(CourtRuleBroken, match="person_twice_in_pool"):
        draw([room(1)], [person(1), replace(person(1), person_id=uid(2))])
    with pytest.raises(CourtRuleBroken, match="sitting_twice_in_draw"):
        draw([room(1), room(1)], [person(1)])


def test_panel_numbers_that_cannot_be_met_are_refused():
    """A quorum above the target or a maximum below it is a slip of the pen."""
    for numbers in ({"quorum": 4}, {"maximum": 2}, {"minimum": 4}, {"quorum": 0}):
        with pytest.raises(CourtRuleBroken, match="panel_numbers_out_of_order"):
            room(1, **numbers)
    with pytest.raises(CourtRuleBroken, match="ends_before_it_starts"):
        room(1, ends_at=at(9))


def test_who_came_is_seated_and_who_did_not_swear_is_told():
    """A walk-in panel keeps all rules but that of having said to be free."""
    sitting = room(1, hearing(1, school_id=uid(5)))
    present = [
        person(1, unavailable_on=frozenset({DAY})),
        person(2, school_id=uid(5)),
        person(3),
        person(4),
    ]
    result = fill_from_present(
        sittings=[sitting],
        present=present,
        rules=RULES,
        seed=1,
        sworn=frozenset({uid(1), uid(2), uid(3)}),
    )
    assert seated(result, sitting) == {1, 3}
    assert codes(result, 2) == [ReasonCode.SAME_SCHOOL]
    assert codes(result, 4) == [ReasonCode.NOT_SWORN_TONIGHT]


def test_no_room_and_no_juror_are_a_draw_without_seats():
    """An evening without a pool is not an error; all is missing and said to be."""
    assert draw([], []).seats == ()
    empty = draw([room(1)], [])
    assert (empty.shortfalls[0].to_quorum, empty.shortfalls[0].to_target) == (2, 3)


def test_clocks_change_while_the_court_sits():
    """A curfew at half past one on the night the clocks go back is the first half past one."""
    late = room(
        1,
        starts_at=datetime(2026, 11, 1, 1, 0, tzinfo=UTC),
        ends_at=datetime(2026, 11, 1, 5, 45, tzinfo=UTC),
    )
    assert seated(draw([late], [person(1, out_by=time(1, 30))]), late) == set()
    assert seated(draw([late], [person(1, out_by=time(1, 45))]), late) == {1}


def test_spans_compare_by_instant_not_by_wall_time():
    """Half past one before and after the change are an hour apart."""
    zone = ZoneInfo(ZONE)
    first = datetime(2026, 11, 1, 1, 30, tzinfo=zone)
    span = Span(starts_at=first, ends_at=first.replace(fold=1))
    assert span.ends_at - span.starts_at == timedelta(hours=1)


def test_the_checker_sees_faults_of_the_panel_itself():
    """Too many, twice the same person or place, two forepersons, somebody unknown."""
    sitting, jurors = room(1), [person(n) for n in range(1, 7)]
    places = [(1, 1), (1, 2), (2, 2), (3, 3), (4, 4), (77, 6)]
    seats = [
        Seat(sitting_id=sitting.id, person_id=uid(p), position=n, foreperson=p < 3)
        for p, n in places
    ]
    found = check_seats(seats, sittings=[sitting], jurors=jurors, rules=RULES)
    assert {violation.code for violation in found} == set(PanelFault)


def test_kept_documents_name_nobody():
    """Neither the kept input nor the kept draw holds a person's or a school's key."""
    schools, people = uid(555), [person(n, school_id=uid(555)) for n in range(1, 5)]
    sitting = room(1, hearing(1, school_id=schools, companion_ids=frozenset({uid(2), uid(66)})))
    document = input_document(sittings=[sitting], jurors=people, rules=RULES)
    result = draw([sitting], people)
    text = repr(document) + repr(draw_document(result, people))
    for key in (*[juror.person_id for juror in people], schools, uid(66), uid(9001)):
        assert str(key) not in text
    assert result.input_digest == input_digest(document)


def test_the_digest_changes_with_every_fact_that_matters():
    """One changed fact of a person or rule is another input."""
    base = person(1)
    others = [
        replace(base, sessions_owed=1),
        replace(base, due_on=DAY),
        replace(base, trained=False),
        replace(base, on_list=False),
        replace(base, unavailable_on=frozenset({DAY})),
        replace(base, served_on=frozenset({DAY})),
        replace(base, past_load=1),
        replace(base, experienced=True),
        replace(base, out_by=time(22)),
        replace(base, school_id=uid(3)),
    ]
    digests = {
        input_digest(input_document(sittings=[room(1)], jurors=[juror], rules=RULES))
        for juror in [base, *others]
    }
    rules = replace(RULES, rest_days=3)
    digests.add(input_digest(input_document(sittings=[room(1)], jurors=[base], rules=rules)))
    assert len(digests) == len(others) + 2
