"""What a piece of service counts for and earns, whether it is being confirmed or only shown."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from youthcourt.courts.domain import Policy
from youthcourt.courts.queries import policy_by_id, policy_on
from youthcourt.credits.domain import CreditLine
from youthcourt.sentences.domain import Allocation, ServiceBasis, ServicePiece, allocate, earned_by
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
