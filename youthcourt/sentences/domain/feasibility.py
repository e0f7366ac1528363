"""Whether jury sessions can still be served in time, seats counted.

"Yes" is a promise: it holds whichever sessions the people due earlier choose, each of them
seated first.  Where the calendar allows it only with luck, the answer is to ask.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from youthcourt.sentences.domain.kinds import CanFinish, FeasibilityReason

CAP_WINDOW = timedelta(days=28)


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionOffer:
    """A coming session and the seats in it that nobody has booked."""

    on: date
    free_seats: int


@dataclass(frozen=True, kw_only=True, slots=True)
class OwedByOther:
    """Sessions that somebody else has still to book, and until when."""

    sessions: int
    due_on: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionsOwed:
    """Sessions still to book by this person, ``due_on`` included."""

    sessions: int
    due_on: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Pace:
    """How close together one person's sessions may lie, with the days already taken.

    ``rest_days`` is the least number of days free between two sessions.
    """

    max_in_28_days: int | None = None
    rest_days: int = 0
    taken_on: frozenset[date] = frozenset()


ANY_PACE = Pace()


@dataclass(frozen=True, kw_only=True, slots=True)
class Feasibility:
    """The answer; dates are only given with a yes.

    ``finishes_on`` is the day by which all is served when no session is missed,
    ``last_date_to_book`` the latest session to begin with, ``misses_left`` how many sessions
    may be missed.  ``needs_training`` says that nobody may seat them before a training, of which
    ``training_on`` is the first that is sure (``invited``: they have a place in it); ``ahead`` how
    many people go first.
    """

    can_finish: CanFinish
    reason: FeasibilityReason
    last_date_to_book: date | None = None
    misses_left: int = 0
    finishes_on: date | None = None
    needs_training: bool = False
    training_on: date | None = None
    invited: bool = False
    ahead: int = 0


def after_training(
    found: Feasibility, *, if_trained: Feasibility, training_on: date, invited: bool
) -> Feasibility:
    """Return the answer for somebody who has to be trained first.

    Where the same person, trained already, would have had a better answer, it is the training
    that is in the way.  Whoever has to begin begins with it.
    """
    found = replace(found, needs_training=True, training_on=training_on, invited=invited)
    if found.last_date_to_book is not None:
        return replace(found, last_date_to_book=min(found.last_date_to_book, training_on))
    if _SURENESS[if_trained.can_finish] > _SURENESS[found.can_finish]:
        return replace(found, reason=FeasibilityReason.TRAINING_FIRST)
    return found


_SURENESS = {CanFinish.NO: 0, CanFinish.ASK_COORDINATOR: 1, CanFinish.YES: 2}


def feasibility(
    *,
    calendar: Sequence[SessionOffer],
    sanction: SessionsOwed,
    owed_by_others: Sequence[OwedByOther] = (),
    unavailable_on: frozenset[date] = frozenset(),
    pace: Pace = ANY_PACE,
    calendar_until: date | None = None,
    today: date | None = None,
) -> Feasibility:
    """Return whether ``sanction`` can be finished with the sessions of ``calendar``.

    ``calendar_until`` is the day up to which sessions are planned, where that is earlier than
    the due date more sessions may follow and "no" would be too early.  Those who are due on
    the same day count as due earlier.  A last day before ``today`` is over, whatever is planned.
    """
    if sanction.sessions <= 0:
        return Feasibility(can_finish=CanFinish.YES, reason=FeasibilityReason.NOTHING_OWED)
    if sanction.due_on is not None and today is not None and sanction.due_on < today:
        return Feasibility(can_finish=CanFinish.NO, reason=FeasibilityReason.LAST_DAY_OVER)
    in_time = sorted(
        (s for s in calendar if sanction.due_on is None or s.on <= sanction.due_on),
        key=lambda session: session.on,
    )
    usable = [s for s in in_time if s.free_seats > 0 and s.on not in unavailable_on]
    others = [o for o in owed_by_others if _goes_first(o, sanction)]
    owed = sanction.sessions
    if _sure(usable, others, pace) >= owed:
        return Feasibility(
            can_finish=CanFinish.YES,
            reason=FeasibilityReason.ENOUGH_SESSIONS,
            last_date_to_book=_last_start(usable, others, pace, owed),
            misses_left=_sure(usable, others, pace) - owed,
            finishes_on=_finish(usable, others, pace, owed),
        )
    if _most(usable, pace) >= owed:
        ask = FeasibilityReason.OTHERS_DUE_EARLIER
        return Feasibility(can_finish=CanFinish.ASK_COORDINATOR, reason=ask)
    if sanction.due_on is None or (calendar_until and calendar_until < sanction.due_on):
        ask = FeasibilityReason.CALENDAR_ENDS_BEFORE_DUE
        return Feasibility(can_finish=CanFinish.ASK_COORDINATOR, reason=ask)
    reason = _shortage(in_time, owed, unavailable_on, pace)
    return Feasibility(can_finish=CanFinish.NO, reason=reason)


def _goes_first(other: OwedByOther, sanction: SessionsOwed) -> bool:
    if sanction.due_on is None:
        return True
    return other.due_on is not None and other.due_on <= sanction.due_on


def _shortage(
    in_time: Sequence[SessionOffer], owed: int, unavailable_on: frozenset[date], pace: Pace
) -> FeasibilityReason:
    """Return the first thing that leaves too few sessions.

    It is the seats only where more of them, in the sessions that are planned, would help.
    """
    other = [session for session in in_time if session.on not in pace.taken_on]
    if len({session.on for session in other}) < owed:
        return FeasibilityReason.TOO_FEW_SESSIONS
    possible = [session for session in other if session.on not in unavailable_on]
    if len({session.on for session in possible}) < owed:
        return FeasibilityReason.TOO_FEW_WHEN_AVAILABLE
    if _most(possible, pace) < owed:
        return FeasibilityReason.TOO_CLOSE_TOGETHER
    return FeasibilityReason.TOO_FEW_FREE_SEATS


def _most(sessions: Sequence[SessionOffer], pace: Pace) -> int:
    """Return the most sessions one person may serve; taking each as early as possible."""
    chosen: list[date] = []
    for session in sessions:
        if _fits(session.on, chosen, pace):
            chosen.append(session.on)
    return len(chosen)


def _fits(day: date, chosen: Sequence[date], pace: Pace) -> bool:
    days = {*chosen, *pace.taken_on}
    if day in days or any(abs((day - other).days) <= pace.rest_days for other in days):
        return False
    if pace.max_in_28_days is None:
        return True
    firsts = (day - timedelta(days=back) for back in range(CAP_WINDOW.days))
    return all(
        sum(first <= other < first + CAP_WINDOW for other in days) < pace.max_in_28_days
        for first in firsts
    )


def _blocked(sessions: Sequence[SessionOffer], others: Sequence[OwedByOther]) -> int:
    """Return in how many sessions, at most, others can take every free seat.

    Each other sits once in a session and no oftener than owed; to fill ``b`` sessions, the
    ``k`` largest of them need no more people than can come ``k`` times (Gale-Ryser).
    """
    demand = sorted(session.free_seats for session in sessions)
    budgets = [
        min(
            other.sessions,
            sum(other.due_on is None or s.on <= other.due_on for s in sessions),
        )
        for other in others
    ]
    blocked = 0
    for count in range(1, len(demand) + 1):
        largest = demand[:count][::-1]
        need = 0
        for k, seats in enumerate(largest, 1):
            need += seats
            if need > sum(min(budget, k) for budget in budgets):
                return blocked
        blocked = count
    return blocked


def _sure(sessions: Sequence[SessionOffer], others: Sequence[OwedByOther], pace: Pace) -> int:
    """Return how many sessions the person gets whatever those due earlier choose.

    Each session that others fill takes away at most one from the most that could be served.
    """
    return _most(sessions, pace) - _blocked(sessions, others)


def _finish(
    sessions: Sequence[SessionOffer], others: Sequence[OwedByOther], pace: Pace, owed: int
) -> date | None:
    days = (
        session.on
        for count, session in enumerate(sessions, 1)
        if _sure(sessions[:count], others, pace) >= owed
    )
    return next(days, None)


def _last_start(
    sessions: Sequence[SessionOffer], others: Sequence[OwedByOther], pace: Pace, owed: int
) -> date | None:
    days = (
        sessions[first].on
        for first in range(len(sessions) - 1, -1, -1)
        if _sure(sessions[first:], others, pace) >= owed
    )
    return next(days, None)
