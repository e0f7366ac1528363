"""What a piece of service counts for and earns, whether it is being confirmed or only shown."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from youthcourt.courts.domain import Policy, SanctionKind
from youthcourt.courts.queries import policy_by_id, policy_on
from youthcourt.credits.domain import CreditLine, credit_minutes
from youthcourt.sentences.domain import Allocation, ServiceBasis, ServicePiece, allocate
from youthcourt.sentences.models import Sanction, Sentence, ServiceRecord
from youthcourt.sentences.queries.progress import open_obligations
from youthcourt.sentences.queries.service import ServiceLine


def counted_parts(session: Session, piece: ServiceRecord | ServiceLine) -> tuple[Allocation, ...]:
    """Return what a piece would count for now; confirmed service is taken off what is owed."""
    if piece.basis is ServiceBasis.VOLUNTARY:
        return (Allocation(obligation_id=None, sessions=piece.sessions, minutes=piece.minutes),)
    whole = ServicePiece(
        id=piece.id,
        kind=piece.kind,
        state=piece.state,
        sessions=piece.sessions,
        minutes=piece.minutes,
        obligation_id=piece.sanction_id,
    )
    owed = open_obligations(session, person_id=piece.person_id, served_on=piece.served_on)
    return allocate(whole, owed)


def credit_of(
    session: Session, piece: ServiceRecord | ServiceLine, parts: Collection[Allocation]
) -> CreditLine:
    """Return the credits of a piece that counts for these parts."""
    return earned_by(
        piece.kind,
        parts,
        ordered_under=_policies(session, [one.obligation_id for one in parts if one.obligation_id]),
        of_day=policy_on(session, day=piece.served_on).policy,
    )


def _policies(session: Session, sanction_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Policy]:
    if not sanction_ids:
        return {}
    rows = session.execute(
        select(Sanction.id, Sentence.policy_id)
        .join(Sentence, Sentence.id == Sanction.sentence_id)
        .where(Sanction.id.in_(sanction_ids))
    )
    return {row.id: policy_by_id(session, row.policy_id).policy for row in rows}


def earned_by(
    kind: SanctionKind,
    parts: Iterable[Allocation],
    *,
    ordered_under: Mapping[uuid.UUID, Policy],
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
