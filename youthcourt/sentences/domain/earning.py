"""What a piece of service earns in time credit: the one place with the rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from youthcourt.courts.domain import Policy, SanctionKind
from youthcourt.credits.domain import CreditLine, credit_minutes
from youthcourt.sentences.domain.service import Allocation


def earned_by(
    kind: SanctionKind,
    parts: Iterable[Allocation],
    *,
    ordered_under: Mapping[UUID, Policy],
    of_day: Policy,
) -> CreditLine:
    """Return the credits of a piece of service spread over these parts.

    Whether an ordered part earns is told by the policy of its sentence (``ordered_under``, by
    obligation), everything else, rounding too, by the policy of the day.
    """
    earning = sum(
        part.minutes
        for part in parts
        if _earns(
            kind,
            of_day if part.obligation_id is None else ordered_under[part.obligation_id],
            ordered=part.obligation_id is not None,
        )
    )
    return credit_minutes(earning, of_day.credits.rounding)


def _earns(kind: SanctionKind, policy: Policy, *, ordered: bool) -> bool:
    rules = policy.credits
    earns = rules.ordered_earns if ordered else rules.voluntary_earns
    return earns and kind in rules.earns
