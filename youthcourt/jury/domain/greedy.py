"""The breadth-first draw: room by room, one seat each in turn, then small corrections.

It always has an answer and never breaks a hard rule, but it proves nothing: its label is
"greedy".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from youthcourt.jury.domain.board import Board
from youthcourt.jury.domain.document import input_digest, input_document
from youthcourt.jury.domain.inputs import check_input
from youthcourt.jury.domain.rules import as_of_draw
from youthcourt.jury.domain.shapes import (
    Draw,
    DrawLabel,
    DrawRules,
    JurorProfile,
    Reason,
    ReasonCode,
    Reserve,
    Seat,
    Sitting,
)
from youthcourt.jury.domain.standing import explained, seat_nearest_first, urgency

ALGORITHM = "breadth_first"
VERSION = "2"


def draw_panels(
    *,
    sittings: Sequence[Sitting],
    jurors: Sequence[JurorProfile],
    rules: DrawRules,
    seed: int,
    locked: Sequence[Seat] = (),
) -> Draw:
    """Return panels for the sittings of one court session that break no hard rule.

    Goals in order: rooms to their quorum, each in turn; sessions owed that can still be served
    before their last day, the nearest first; target; an experienced juror per panel; fair load
    with the past; the lottery.  ``standing`` has the rule of the queue.  The order of the input
    never matters.  Seats in ``locked`` stay even against a rule, which is then named.
    Raises ``CourtRuleBroken`` when the input contradicts itself.
    """
    check_input(sittings, jurors, locked)
    pool = [as_of_draw(juror, sittings) for juror in jurors]
    board = Board(sittings=sittings, jurors=pool, rules=rules, seed=seed)
    _seat_everybody(board, locked)
    document = input_document(sittings=sittings, jurors=jurors, rules=rules, locked=locked)
    reserves = _reserves(board)
    return Draw(
        seats=_seats(board, locked),
        reserves=reserves,
        shortfalls=tuple(board.shortfall(sitting) for sitting in board.sittings),
        reasons=_reasons(board, {reserve.person_id for reserve in reserves}),
        because=explained(board),
        locked_against=_locked_against(board),
        goals=board.goals(),
        seed=seed,
        input_digest=input_digest(document),
        algorithm=ALGORITHM,
        version=VERSION,
        label=DrawLabel.GREEDY,
    )


def fill_from_present(
    *,
    sittings: Sequence[Sitting],
    present: Sequence[JurorProfile],
    rules: DrawRules,
    seed: int,
    sworn: frozenset[UUID],
    locked: Sequence[Seat] = (),
) -> Draw:
    """Return panels from the people who came, all rules kept but that of being free.

    ``sworn`` holds those who gave the promise of the evening; the others are told apart.
    """
    pool = [
        replace(j, unavailable_on=frozenset(), sworn_tonight=j.person_id in sworn) for j in present
    ]
    return draw_panels(sittings=sittings, jurors=pool, rules=rules, seed=seed, locked=locked)


# -- whom to take ----------------------------------------------------------------------


def _short_hearings(board: Board, sitting: Sitting) -> set[UUID]:
    return {hearing for hearing, lack in board.lacking(sitting).items() if lack}


def _helps_quorum(board: Board, person: UUID, sitting: Sitting) -> bool:
    return bool(_short_hearings(board, sitting) - board.aside(person, sitting))


def _pick(board: Board, sitting: Sitting, people: Sequence[UUID]) -> UUID | None:
    """Return whom the goals, and between equals the lottery, put first."""
    short = _short_hearings(board, sitting)
    wanted = board.rules.foreperson and not board.has_experience(sitting)

    def rank(person: UUID) -> tuple[object, ...]:
        juror = board.by_id[person]
        return (
            len(short & board.aside(person, sitting)),
            urgency(juror, board.days[sitting.id]),
            -juror.sessions_owed,
            not (wanted and juror.experienced),
            juror.past_load,
            board.width(person),
            board.tickets[person],
            juror.draw_number,
        )

    return min(people, key=rank, default=None)


def _next_rooms(board: Board, rooms: Sequence[Sitting]) -> list[Sitting]:
    """Return the rooms, emptiest first, and of those the one with the least choice."""
    return sorted(
        rooms,
        key=lambda s: (
            len(board.panels[s.id]) - s.quorum,
            len(board.candidates(s)),
            s.span.starts_at,
            s.room,
            s.id,
        ),
    )


# -- filling ---------------------------------------------------------------------------


def _seat_everybody(board: Board, locked: Sequence[Seat]) -> None:
    """Fill the rooms goal by goal, around the seats that are fixed."""
    for seat in sorted(locked, key=lambda s: (s.sitting_id, s.position)):
        board.lock(seat.person_id, board.sitting[seat.sitting_id])
    _fill_to_quorum(board)
    _complete_rooms(board)
    _fill(board, owed_only=True, beyond_target=board.rules.owed_beyond_target)
    _fill(board, owed_only=False, beyond_target=False)
    if board.rules.foreperson:
        _mend_experience(board)
    seat_nearest_first(board)


def _fill_to_quorum(board: Board) -> None:
    while True:
        short = [s for s in board.sittings if board.to_quorum(s)]
        for sitting in _next_rooms(board, short):
            people = [p for p in board.candidates(sitting) if _helps_quorum(board, p, sitting)]
            person = _pick(board, sitting, people)
            if person is not None:
                board.seat(person, sitting)
                break
            if _shift_in(board, sitting):
                break
        else:
            return


def _fill(board: Board, *, owed_only: bool, beyond_target: bool) -> None:
    while True:
        rooms = [
            s
            for s in board.sittings
            if len(board.panels[s.id]) < (s.maximum if beyond_target else s.target)
        ]
        for sitting in _next_rooms(board, rooms):
            people = board.candidates(sitting)
            if owed_only:
                people = [p for p in people if _owes_in_time(board, p, sitting)]
            person = _pick(board, sitting, people)
            if person is not None:
                board.seat(person, sitting)
                break
            if not owed_only and _shift_in(board, sitting):
                break
        else:
            return


def _owes_in_time(board: Board, person: UUID, sitting: Sitting) -> bool:
    juror, on = board.by_id[person], board.days[sitting.id]
    used = {board.days[s.id] for s in board.taken(person)} - {on}
    in_time = juror.due_on is None or juror.due_on >= on
    return juror.sessions_owed > len(used) and in_time


def _shift_in(board: Board, sitting: Sitting) -> bool:
    """Move somebody here whose place another can take; return whether the goals gained."""
    if len(board.panels[sitting.id]) >= sitting.maximum:
        return False
    before, goals = board.snapshot(), board.goals().ranked()
    for other in board.sittings:
        for person in board.movable(other) if other is not sitting else ():
            board.unseat(person, other)
            if board.may_join(person, sitting):
                board.seat(person, sitting)
                people = [p for p in board.candidates(other) if p != person]
                filler = _pick(board, other, people)
                if filler is not None:
                    board.seat(filler, other)
                    if board.goals().ranked() > goals:
                        return True
            board.restore(before)
    return False


def _complete_rooms(board: Board) -> None:
    """Where too few came for all rooms, let as many rooms as possible have a quorum."""
    short = sorted(
        (s for s in board.sittings if board.to_quorum(s)),
        key=lambda s: (board.to_quorum(s), s.span.starts_at, s.room, s.id),
    )
    for sitting in short:
        before, goals = board.snapshot(), board.goals().ranked()
        for donor in reversed(short):
            if donor is not sitting and board.to_quorum(donor):
                _move_over(board, donor, sitting)
        if board.goals().ranked() <= goals:
            board.restore(before)


def _move_over(board: Board, donor: Sitting, sitting: Sitting) -> None:
    for person in board.movable(donor):
        if not board.to_quorum(sitting):
            return
        board.unseat(person, donor)
        fits = board.may_join(person, sitting) and _helps_quorum(board, person, sitting)
        board.seat(person, sitting if fits else donor)


def _mend_experience(board: Board) -> None:
    """Exchange one juror so that a panel without experience gets some, at no other cost."""
    for sitting in board.sittings:
        if board.panels[sitting.id] and not board.has_experience(sitting):
            _ = _replace_one(board, sitting) or _exchange_one(board, sitting)


def _replace_one(board: Board, sitting: Sitting) -> bool:
    before, goals = board.snapshot(), board.goals().ranked()
    for person in board.movable(sitting):
        board.unseat(person, sitting)
        people = [p for p in board.candidates(sitting) if board.by_id[p].experienced]
        newcomer = _pick(board, sitting, people)
        if newcomer is not None:
            board.seat(newcomer, sitting)
            if board.goals().ranked() > goals:
                return True
        board.restore(before)
    return False


def _exchange_one(board: Board, sitting: Sitting) -> bool:
    before, goals = board.snapshot(), board.goals().ranked()
    for other in board.sittings:
        experts = [p for p in board.movable(other) if board.by_id[p].experienced]
        for expert in experts if other is not sitting else ():
            for person in board.movable(sitting):
                board.unseat(person, sitting)
                board.unseat(expert, other)
                if board.may_join(expert, sitting) and board.may_join(person, other):
                    board.seat(expert, sitting)
                    board.seat(person, other)
                    if board.goals().ranked() > goals:
                        return True
                board.restore(before)
    return False


# -- the answer ------------------------------------------------------------------------


def _foreperson(board: Board, sitting: Sitting, fixed: Sequence[Seat]) -> UUID | None:
    chosen = next((seat.person_id for seat in fixed if seat.foreperson), None)
    if chosen is not None or not board.rules.foreperson:
        return chosen
    able = [
        person
        for person in board.panels[sitting.id]
        if board.by_id[person].experienced and not board.aside(person, sitting)
    ]
    return min(able, key=board.tickets.__getitem__, default=None)


def _seats(board: Board, locked: Sequence[Seat]) -> tuple[Seat, ...]:
    seats: list[Seat] = []
    for sitting in board.sittings:
        fixed = [seat for seat in locked if seat.sitting_id == sitting.id]
        first = _foreperson(board, sitting, fixed)
        free = (n for n in range(1, 10**6) if n not in {seat.position for seat in fixed})
        here = [replace(s, locked=True, foreperson=s.person_id == first) for s in fixed]
        here += [
            Seat(
                sitting_id=sitting.id,
                person_id=person,
                position=next(free),
                foreperson=person == first,
            )
            for person in sorted(board.movable(sitting), key=board.tickets.__getitem__)
        ]
        seats += sorted(here, key=lambda seat: seat.position)
    return tuple(seats)


def _open_sittings(board: Board, person: UUID) -> tuple[UUID, ...]:
    return tuple(s.id for s in board.sittings if not board.reasons(person, s))


def _reserves(board: Board) -> tuple[Reserve, ...]:
    waiting = [
        juror.person_id
        for juror in board.jurors
        if not board.taken(juror.person_id) and _open_sittings(board, juror.person_id)
    ]

    def queue(person: UUID) -> tuple[object, ...]:
        juror = board.by_id[person]
        first = board.sitting[_open_sittings(board, person)[0]]
        place = urgency(juror, board.days[first.id])
        return (place, -juror.sessions_owed, juror.past_load, board.tickets[person])

    ordered = sorted(waiting, key=queue)[: board.rules.reserves]
    return tuple(
        Reserve(person_id=person, rank=rank, sitting_ids=_open_sittings(board, person))
        for rank, person in enumerate(ordered, 1)
    )


def _reasons(board: Board, reserves: set[UUID]) -> tuple[Reason, ...]:
    found: list[Reason] = []
    for juror in board.jurors:
        if board.taken(juror.person_id):
            continue
        code = ReasonCode.RESERVE if juror.person_id in reserves else ReasonCode.NOT_NEEDED
        for sitting in board.sittings:
            waits = Reason(person_id=juror.person_id, sitting_id=sitting.id, code=code)
            found += board.reasons(juror.person_id, sitting) or (waits,)
    return tuple(found)


def _locked_against(board: Board) -> tuple[Reason, ...]:
    return tuple(
        reason
        for sitting in board.sittings
        for person in board.panels[sitting.id]
        if (person, sitting.id) in board.locked
        for reason in board.reasons(person, sitting)
    )
