"""The life of a case: one table of moves, what each needs, who may make it, what it starts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from youthcourt.cases.domain import conditions as needs
from youthcourt.cases.domain.conditions import CaseFacts
from youthcourt.cases.domain.kinds import (
    CLOSURES,
    STEPS,
    CaseState,
    ClosureReason,
)
from youthcourt.errors import CourtRuleBroken


class Clock(StrEnum):
    """The waiting time that a move starts and the next move stops."""

    CONTACT = "contact"
    NEXT_STEP = "next_step"
    HEARING_DATE = "hearing_date"
    HEARING = "hearing"
    SENTENCE = "sentence"
    OBLIGATIONS = "obligations"
    RECORDS = "records"


# Moves that take an act back: off the docket, a wrong outcome, a withdrawn sentence.
_BACK: dict[CaseState, frozenset[CaseState]] = {
    CaseState.DOCKETED: frozenset({CaseState.REFERRED, *STEPS}),
    CaseState.HEARD: frozenset({CaseState.DOCKETED}),
    CaseState.SUPERVISED: frozenset({CaseState.HEARD}),
}

Condition = Callable[[CaseFacts], CourtRuleBroken | None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Transition:
    """One row of the table.

    ``permission`` is the name of the permission needed, ``starts`` the clock it starts.  A row
    to ``closed`` has its reason.
    """

    source: CaseState
    target: CaseState
    needs: tuple[Condition, ...]
    permission: str
    starts: Clock
    reason: ClosureReason | None = None

    @property
    def leads_on(self) -> bool:
        """Whether it goes on with the case: neither closes it nor takes an act back."""
        back = _BACK.get(self.source, frozenset())
        return self.target is not CaseState.CLOSED and self.target not in back

    def refusals(self, facts: CaseFacts) -> tuple[CourtRuleBroken, ...]:
        """Return everything that is missing, in the order of the table."""
        found = (condition(facts) for condition in self.needs)
        return tuple(refusal for refusal in found if refusal is not None)


@dataclass(frozen=True, kw_only=True, slots=True)
class PossibleMove:
    """A row that leads on from where a case stands, and what it still lacks."""

    transition: Transition
    refusals: tuple[CourtRuleBroken, ...]

    @property
    def open(self) -> bool:
        """Whether it can be made now."""
        return not self.refusals


# The table ---------------------------------------------------------------------------------

_WRITE = "cases_write"
_CLOSE = "cases_close"
_DOCKET = "calendar_write"
_EVENING = "evening_docket"

_STEP_NEEDS: dict[CaseState, tuple[Condition, ...]] = {
    CaseState.CONTACTED: (needs.family_reached,),
    CaseState.SCREENED: (needs.eligibility_decided, needs.eligible),
    CaseState.INTAKE_DONE: (needs.admitted, needs.consented, needs.evaluation_row_filled),
}
_CLOSURE_NEEDS: dict[ClosureReason, tuple[Condition, ...]] = {
    ClosureReason.COMPLETED: (needs.nothing_owed, needs.in_time),
    ClosureReason.COMPLETED_LATE: (needs.nothing_owed, needs.late),
    ClosureReason.SETTLED_WITHOUT_HEARING: (needs.no_hearing_held,),
    ClosureReason.NOT_RESPONSIBLE: (needs.found_not_responsible,),
    ClosureReason.DECLINED_SENTENCE: (needs.sentenced,),
    ClosureReason.INELIGIBLE: (needs.not_eligible,),
    ClosureReason.NO_CONTACT: (needs.contact_tried,),
}


def _early_rows() -> Iterator[Transition]:
    for target in STEPS:
        for source in (CaseState.REFERRED, *STEPS):
            if source is not target:
                yield Transition(
                    source=source,
                    target=target,
                    needs=_STEP_NEEDS[target],
                    permission=_WRITE,
                    starts=Clock.NEXT_STEP,
                )


def _docket_rows() -> Iterator[Transition]:
    for source in (CaseState.REFERRED, *STEPS):
        yield Transition(
            source=source,
            target=CaseState.DOCKETED,
            # Asked again: a consent may have been withdrawn since the intake.
            needs=(needs.eligible, needs.admitted, needs.consented, needs.on_docket),
            permission=_DOCKET,
            starts=Clock.HEARING,
        )
        # A hearing taken off without a new date: the case waits for one again.
        yield Transition(
            source=CaseState.DOCKETED,
            target=source,
            needs=(needs.off_docket, needs.no_hearing_held),
            permission=_DOCKET,
            starts=Clock.HEARING_DATE,
        )


def _hearing_rows() -> Iterator[Transition]:
    yield Transition(
        source=CaseState.DOCKETED,
        target=CaseState.HEARD,
        needs=(needs.hearing_held,),
        permission=_EVENING,
        starts=Clock.SENTENCE,
    )
    # Said of the wrong hearing: the outcome is taken back, the hearing is on its docket again.
    yield Transition(
        source=CaseState.HEARD,
        target=CaseState.DOCKETED,
        needs=(needs.no_hearing_held, needs.not_sentenced, needs.on_docket),
        permission=_EVENING,
        starts=Clock.HEARING,
    )
    yield Transition(
        source=CaseState.HEARD,
        target=CaseState.SUPERVISED,
        needs=(needs.sentenced,),
        permission=_EVENING,
        starts=Clock.OBLIGATIONS,
    )
    # The only sentence was withdrawn: the case waits for another one.
    yield Transition(
        source=CaseState.SUPERVISED,
        target=CaseState.HEARD,
        needs=(needs.not_sentenced,),
        permission=_CLOSE,
        starts=Clock.SENTENCE,
    )


def _closing_rows() -> Iterator[Transition]:
    for reason, closure in CLOSURES.items():
        for source in closure.possible_from:
            yield Transition(
                source=source,
                target=CaseState.CLOSED,
                needs=_CLOSURE_NEEDS.get(reason, ()),
                permission=_CLOSE,
                starts=Clock.RECORDS,
                reason=reason,
            )


def _reopening_rows() -> Iterator[Transition]:
    clocks = {
        CaseState.REFERRED: Clock.CONTACT,
        CaseState.DOCKETED: Clock.HEARING,
        CaseState.HEARD: Clock.SENTENCE,
        CaseState.SUPERVISED: Clock.OBLIGATIONS,
    }
    for target in CaseState:
        if target is not CaseState.CLOSED:
            yield Transition(
                source=CaseState.CLOSED,
                target=target,
                needs=(
                    partial(needs.state_before_closing, state=target),
                    needs.reopening_explained,
                    needs.second_name,
                ),
                permission=_CLOSE,
                starts=clocks.get(target, Clock.NEXT_STEP),
            )


TRANSITIONS: tuple[Transition, ...] = (
    *_early_rows(),
    *_docket_rows(),
    *_hearing_rows(),
    *_closing_rows(),
    *_reopening_rows(),
)


def _rows_from(state: CaseState, steps: Sequence[str]) -> Iterator[Transition]:
    """Yield the rows that lead on from a state in a court with these steps."""
    order = (CaseState.REFERRED, *(CaseState(step) for step in steps))
    # A case whose state is no longer a step of the court goes on as if it had all to do.
    place = order.index(state) if state in order else 0
    follower = order[place + 1] if place + 1 < len(order) else CaseState.DOCKETED
    for row in TRANSITIONS:
        if row.source is not state:
            continue
        in_order = row.target in (CaseState.HEARD, CaseState.SUPERVISED, CaseState.CLOSED)
        if state is CaseState.DOCKETED:
            in_order = in_order or row.target is order[-1]
        elif state is CaseState.HEARD:
            in_order = in_order or row.target is CaseState.DOCKETED
        elif state in (CaseState.REFERRED, *STEPS):
            in_order = in_order or row.target is follower
        if in_order or state is CaseState.CLOSED:
            yield row


def possible_transitions(facts: CaseFacts, steps: Sequence[str]) -> tuple[PossibleMove, ...]:
    """Return every move of the table from where the case stands, each with what it lacks.

    ``steps`` are the court's early steps in its order.  Of the reopening rows only the one back
    to the state before closing is listed.
    """
    rows = _rows_from(facts.state, steps)
    moves = (PossibleMove(transition=row, refusals=row.refusals(facts)) for row in rows)
    if facts.state is CaseState.CLOSED:
        before = facts.state_before_closing
        return tuple(move for move in moves if move.transition.target is before)
    return tuple(moves)


def check_transition(
    facts: CaseFacts,
    to: CaseState,
    *,
    steps: Sequence[str],
    reason: ClosureReason | None = None,
) -> Transition:
    """Return the row of the table that allows the move, or raise the first thing in its way.

    Codes besides those of the conditions: ``closure_reason_missing``, ``closure_reason_not_here``
    (reason, state), ``case_move_not_possible`` (state, to).  A reason counts only for closing.
    """
    closing = to is CaseState.CLOSED
    rows = [row for row in _rows_from(facts.state, steps) if row.target is to]
    if closing and rows:
        if reason is None:
            raise CourtRuleBroken("closure_reason_missing", "reason")
        rows = [row for row in rows if row.reason is reason]
        if not rows:
            raise CourtRuleBroken(
                "closure_reason_not_here", "reason", reason=reason, state=facts.state
            )
    if not rows:
        raise CourtRuleBroken("case_move_not_possible", state=facts.state, to=to)
    for refusal in rows[0].refusals(facts):
        raise refusal
    return rows[0]


def closure_reasons(state: CaseState) -> Collection[ClosureReason]:
    """Return the reasons a case in this state can be closed for, in their usual order."""
    return tuple(reason for reason, rule in CLOSURES.items() if state in rule.possible_from)
