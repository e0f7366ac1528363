"""The draw: one sitting, an evening or a whole term, solved goal by goal."""

from __future__ import annotations

from youthcourt.jury.domain.document import DrawInput, input_digest
from youthcourt.jury.domain.inputs import check_input
from youthcourt.jury.domain.shapes import Draw
from youthcourt.jury.domain.solving.answer import Answer, Found, found_of
from youthcourt.jury.domain.solving.bounds import Alone
from youthcourt.jury.domain.solving.climb import Climb, Limits, climb
from youthcourt.jury.domain.solving.eligibility import Eligibility, eligibility_of
from youthcourt.jury.domain.solving.first import First
from youthcourt.jury.domain.solving.frame import Frame, frame_of
from youthcourt.jury.domain.solving.large import large_draw
from youthcourt.jury.domain.solving.making import model_of
from youthcourt.jury.domain.solving.model import all_pairs
from youthcourt.jury.domain.solving.score import Score
from youthcourt.jury.domain.solving.settle import Settling

LIMITS = Limits()


def solve_draw(given: DrawInput, *, seed: int, limits: Limits = LIMITS) -> Draw:
    """Return the best panels that break no hard rule, with what is proven of each goal.

    The goals are those of ``Goal`` in their order; none gives way to one below it.  The same
    input, seed and limits give the same draw on every machine; the order of the input never
    matters.  Seats in ``given.locked`` stay even against a rule, which is then named.
    "One more available juror never leaves more seats empty" holds for the label ``OPTIMAL``.
    Raises ``CourtRuleBroken`` when the input contradicts itself.
    """
    check_input(given.sittings, given.jurors, given.locked)
    frame = frame_of(given)
    eligibility = eligibility_of(frame)
    found = _found(frame, eligibility, seed, limits)
    answer = Answer(frame, eligibility, found, seed)
    return answer.draw(input_digest(given.document()))


def _found(frame: Frame, eligibility: Eligibility, seed: int, limits: Limits) -> Found:
    pairs = all_pairs(frame, eligibility)
    if len(pairs) > limits.whole:
        return large_draw(frame, eligibility, pairs, seed=seed, limits=limits)
    score = Score(frame, eligibility)
    start = First(frame, eligibility, seed).panels()
    model = model_of(frame, eligibility, pairs)
    climbing = Climb(frame, model, score, start, limits=limits, seed=seed)
    band = climb(climbing, Alone(frame, eligibility))
    panels = Settling(frame, eligibility, score).settle(climbing.panels())
    return found_of(score, panels, band, climbing.results)
