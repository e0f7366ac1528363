"""How many to call, given how likely each is to come.

People come or stay away independently of one another: the number who come is Poisson-binomial
(Wang, "On the number of successes in independent trials", Statistica Sinica 3, 1993), binomial
where all are as likely.  Friends who stay away together make the true risk greater.
"""

from __future__ import annotations

from collections.abc import Sequence

from youthcourt.errors import CourtRuleBroken


def chance_below(quorum: int, chances: Sequence[float]) -> float:
    """Return the probability that fewer than ``quorum`` of the people called come.

    ``chances`` holds each one's probability of coming, from 0 to 1.  Raises ``CourtRuleBroken``
    for a number outside.
    """
    if any(not 0 <= chance <= 1 for chance in chances):
        raise CourtRuleBroken("chance_out_of_range")
    # Of exactly k come, k below the quorum; who is above needs no telling apart.
    exactly = [1.0] + [0.0] * max(0, quorum - 1)
    for chance in chances:
        for k in range(len(exactly) - 1, -1, -1):
            before = exactly[k - 1] if k else 0.0
            exactly[k] = exactly[k] * (1 - chance) + before * chance
    return min(1.0, sum(exactly)) if quorum > 0 else 0.0


def how_many_to_call(quorum: int, *, chance: float, risk: float, most: int) -> int | None:
    """Return the fewest to call so that the chance to miss the quorum is ``risk`` at most.

    ``chance`` is each one's probability of coming.  ``None``: not even ``most`` people do.
    """
    for called in range(max(0, quorum), most + 1):
        if chance_below(quorum, [chance] * called) <= risk:
            return called
    return None
