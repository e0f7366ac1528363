"""The queue for the seats of a session, and what is said of everybody who stands in it.

The rule, from the first to the last:

1. Who owes sessions and can still serve this one before a last day, the nearest day first.
   That is what a draw can do for them: an hour later it may be too late.
2. Who owes sessions without a last day.  A session counts in full for them whenever it is.
3. Who owes sessions that are over their last day, the longest overdue first.  This session
   keeps no promise any more, so it takes no seat from somebody it can still help; but late
   completion is possible ("completed late" closes a case), and they owe what a volunteer
   gives.  They come up to the number of jurors planned, not beyond it.
4. Volunteers who owe nothing.

Between people with the same last day: more sessions owed, then somebody who has sat before
where the panel has nobody, then fewer sessions sat, then fewer rooms open to them, then the lot.

Nobody gives way to somebody who stands behind them, except for what ``PassedOver`` names.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from uuid import UUID

from youthcourt.jury.domain.board import Board
from youthcourt.jury.domain.shapes import (
    Because,
    JurorProfile,
    Params,
    PassedOver,
    Sitting,
    Standing,
)

Urgency = tuple[int, int]
_ORDER = (Standing.LAST_DAY, Standing.NO_LAST_DAY, Standing.OVERDUE, Standing.VOLUNTEER)
_IN_TIME = frozenset({Standing.LAST_DAY, Standing.NO_LAST_DAY})
_OWED_GOALS, _ALL_BUT_LOAD = 3, 5  # how many of the ordered goals may not lose anything


def standing(juror: JurorProfile, on: date) -> Standing:
    """Return where somebody stands on the day of a session."""
    if juror.sessions_owed <= 0:
        return Standing.VOLUNTEER
    if juror.due_on is None:
        return Standing.NO_LAST_DAY
    return Standing.LAST_DAY if juror.due_on >= on else Standing.OVERDUE


def urgency(juror: JurorProfile, on: date) -> Urgency:
    """Return the place in the queue; the smaller goes first, equal places are equals."""
    here = standing(juror, on)
    dated = here in {Standing.LAST_DAY, Standing.OVERDUE} and juror.due_on
    return (_ORDER.index(here), dated.toordinal() if dated else 0)


def last_day_to_keep(days: Iterable[date | None], *, on: date) -> date | None:
    """Return the nearest last day not over on the day of a session, else the first that is over.

    Somebody with an overdue session and others still in time is not late with all of them: a
    session served now is one less to serve before the next last day.  An undated one is left
    out as long as there is a day to keep.
    """
    dated = sorted(day for day in days if day is not None)
    return next((day for day in dated if day >= on), dated[0] if dated else None)


# -- nobody gives way to somebody behind them --------------------------------------------


def seat_nearest_first(board: Board) -> None:
    """Let whoever is left out take the place of somebody behind them, straight or by moves.

    No room loses a quorum, and for somebody overdue no panel loses its only juror who has sat
    before: that counts more than coming sooner to what is late already.  Whoever loses a place
    is asked in turn; each step brings somebody further ahead, so that there is a last one.
    """
    waiting = [j.person_id for j in board.jurors if not board.taken(j.person_id)]
    while waiting:
        waiting.sort(key=lambda p: (_first(board, p), board.tickets[p]))
        person = waiting.pop(0)
        if not _anybody_behind(board, person):
            continue
        gone = _take_place(board, person, person, set(), _reached(board, person))
        if gone is not None and not board.taken(gone):
            waiting.append(gone)


def _anybody_behind(board: Board, person: UUID) -> bool:
    return any(
        _behind(board, other, person, sitting)
        for sitting in board.sittings
        for other in board.movable(sitting)
    )


def _first(board: Board, person: UUID) -> Urgency:
    """Return the best place in the queue that any day of the draw gives."""
    days = sorted(set(board.days.values()))
    return min(urgency(board.by_id[person], day) for day in days)


def _in_time(board: Board, person: UUID, sitting: Sitting) -> bool:
    return standing(board.by_id[person], board.days[sitting.id]) in _IN_TIME


def _reached(board: Board, person: UUID) -> tuple[int, ...]:
    """Return the goals that somebody's place may not cost."""
    owed = any(_in_time(board, person, sitting) for sitting in board.sittings)
    if owed or not board.rules.foreperson:
        return board.goals().ranked()[:_OWED_GOALS]
    return board.goals().ranked()[:_ALL_BUT_LOAD]


def _take_place(
    board: Board, person: UUID, entering: UUID, moved: set[UUID], before: tuple[int, ...]
) -> UUID | None:
    """Seat ``entering`` where one behind ``person`` leaves, or one can move on to such a place.

    Return who has left, None when nothing of the kind is possible.
    """
    for sitting in board.sittings if board.width(entering) else ():
        for other in _from_the_end(board, sitting):
            if other in moved or other == person:
                continue
            board.unseat(other, sitting)
            if board.may_join(entering, sitting):
                board.seat(entering, sitting)
                if _behind(board, other, person, sitting):
                    if board.goals().ranked()[: len(before)] >= before:
                        return other
                else:
                    moved.add(other)
                    gone = _take_place(board, person, other, moved, before)
                    if gone is not None:
                        return gone
                board.unseat(entering, sitting)
            board.seat(other, sitting)
    return None


def _from_the_end(board: Board, sitting: Sitting) -> list[UUID]:
    """Return who may leave a room, the last of the queue first."""
    on = board.days[sitting.id]
    return sorted(
        board.movable(sitting),
        key=lambda p: (urgency(board.by_id[p], on), board.by_id[p].past_load, board.tickets[p]),
        reverse=True,
    )


def _behind(board: Board, other: UUID, person: UUID, sitting: Sitting) -> bool:
    on = board.days[sitting.id]
    return urgency(board.by_id[other], on) > urgency(board.by_id[person], on)


# -- what is said of everybody -------------------------------------------------------------


def explained(board: Board) -> tuple[Because, ...]:
    """Return, for everybody who sits or could, where they stand, by draw number."""
    people = [
        juror.person_id
        for juror in board.jurors
        if board.taken(juror.person_id) or board.width(juror.person_id)
    ]
    queues = {on: _Queue(board, people, on) for on in set(board.days.values())}
    return tuple(_because(board, person, queues) for person in people)


class _Queue:
    """Everybody who sits or could on one day: how many are level, and the days still to keep."""

    def __init__(self, board: Board, people: Collection[UUID], on: date) -> None:
        jurors = [board.by_id[person] for person in people]
        self.days = sorted(
            juror.due_on
            for juror in jurors
            if juror.due_on is not None and standing(juror, on) is Standing.LAST_DAY
        )
        self.level = Counter(
            (urgency(juror, on), bool(board.taken(juror.person_id)))
            for juror in jurors
            if not _is_fixed(board, juror.person_id)
        )

    def place(self, juror: JurorProfile, here: Standing) -> Params:
        """Return the last day and, where it can be kept, its place among all such days."""
        if juror.due_on is None or here is Standing.VOLUNTEER:
            return ()
        day = (("due_on", juror.due_on.isoformat()),)
        if here is Standing.OVERDUE:
            return day
        nearer = bisect_left(self.days, juror.due_on)
        return (*day, ("place", nearer + 1), ("among", len(self.days)))


def _because(board: Board, person: UUID, queues: Mapping[date, _Queue]) -> Because:
    seats, juror = board.taken(person), board.by_id[person]
    if _is_fixed(board, person):
        return Because(person_id=person, code=Standing.FIXED)
    sitting = seats[0] if seats else _open_to(board, person)[0]
    on = board.days[sitting.id]
    here, queue = standing(juror, on), queues[on]
    return Because(
        person_id=person,
        code=here,
        params=queue.place(juror, here),
        tied=queue.level[urgency(juror, on), not seats] > 0,
        passed_over=() if seats else _passed_over(board, person),
    )


def _open_to(board: Board, person: UUID) -> list[Sitting]:
    return [sitting for sitting in board.sittings if not board.alone(person, sitting)]


def _is_fixed(board: Board, person: UUID) -> bool:
    return any((person, sitting.id) in board.locked for sitting in board.sittings)


def _passed_over(board: Board, person: UUID) -> tuple[PassedOver, ...]:
    """Return why somebody behind this person sits all the same, nothing where nobody does."""
    found: set[PassedOver] = set()
    for sitting in board.sittings:
        behind = [p for p in board.panels[sitting.id] if _behind(board, p, person, sitting)]
        if behind and board.alone(person, sitting):
            found.add(PassedOver.RULE)
        else:
            found |= {_why_kept(board, other, person, sitting) for other in behind}
    return tuple(sorted(found))


def _why_kept(board: Board, other: UUID, person: UUID, sitting: Sitting) -> PassedOver:
    if (other, sitting.id) in board.locked:
        return PassedOver.FIXED
    panels, before = board.snapshot(), _reached(board, person)
    board.unseat(other, sitting)
    lost = not board.may_join(person, sitting)
    if not lost:
        board.seat(person, sitting)
        lost = board.goals().ranked()[:_OWED_GOALS] < before[:_OWED_GOALS]
    board.restore(panels)
    return PassedOver.QUORUM if lost else PassedOver.EXPERIENCE
