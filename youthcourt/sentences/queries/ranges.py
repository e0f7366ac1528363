"""What the rules of the sentence allow of one obligation."""

from __future__ import annotations

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from youthcourt.courts.domain import Policy, SanctionRule
from youthcourt.courts.queries import policy_by_id
from youthcourt.sentences.domain import AmountRange
from youthcourt.sentences.models import Sanction, Sentence


def range_of(policy: Policy, rule: SanctionRule, class_code: str | None) -> AmountRange | None:
    """Return what may be ordered of an item: as the class says, else as the item says."""
    of_class = policy.class_of(class_code).quantities.get(rule.kind) if class_code else None
    allowed = of_class or rule.range
    return None if allowed is None else AmountRange(minimum=allowed.min, maximum=allowed.max)


def range_of_sanction(session: Session, sanction_id: uuid.UUID) -> AmountRange | None:
    """Return what the policy of its sentence allows of an obligation; None: it says nothing."""
    row = session.execute(
        select(Sanction.kind, Sanction.label, Sentence.policy_id, Sentence.offence_class)
        .join(Sentence, Sentence.id == Sanction.sentence_id)
        .where(Sanction.id == sanction_id)
    ).one()
    policy = policy_by_id(session, row.policy_id).policy
    rules = (r for r in policy.sanctions if r.kind is row.kind and r.label == row.label)
    rule = next(rules, None)
    return None if rule is None else range_of(policy, rule, row.offence_class)
