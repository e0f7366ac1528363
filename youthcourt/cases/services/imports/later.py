"""What a file says of a case that is on record: later charges, and words without a field."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from youthcourt.audit.domain import Actor
from youthcourt.audit.services import record_act, record_changes
from youthcourt.cases.domain import CaseState
from youthcourt.cases.domain.imports import Field, Mapping, PlannedCharge, Words
from youthcourt.cases.models import Case, CaseNote, Charge
from youthcourt.cases.queries.facts import policy_of_case
from youthcourt.cases.services.imports.rows import charges_given
from youthcourt.cases.services.imports.wording import Wording, note_text
from youthcourt.cases.services.life import locked_case, subject_of
from youthcourt.cases.services.referrals import class_of
from youthcourt.people.domain import fold


@dataclass(frozen=True, kw_only=True, slots=True)
class Later:
    """What rows of a file add to one case that is on record."""

    case_id: uuid.UUID
    rows: Sequence[int]
    charges: Sequence[PlannedCharge]
    words: Words


def add_later(
    session: Session,
    later: Later,
    *,
    mapping: Mapping,
    wording: Wording,
    actor: Actor,
    now: datetime,
) -> None:
    """Add the charges a case does not have yet; everything else goes into a note.

    The charges of a case that is closed are not changed any more: theirs go into the note too.
    """
    case = locked_case(session, later.case_id)
    on_record = session.scalars(
        select(Charge).where(Charge.case_id == case.id).order_by(Charge.position)
    ).all()
    known = {_key(charge.text, charge.statute) for charge in on_record}
    new = [c for c in later.charges if _key(c.text, c.statute) not in known]
    words = later.words
    if case.state is CaseState.CLOSED:
        words = (*((Field.CHARGE_TEXT, charge.text) for charge in new), *words)
    elif new:
        _add_charges(session, case, on_record, new, actor=actor, now=now)
    text = note_text(words, later.rows, mapping=mapping, wording=wording)
    if text is not None:
        note = CaseNote(case_id=case.id, text=text, written_at=now, written_by=actor.user_id)
        session.add(note)
        session.flush()


def _add_charges(
    session: Session,
    case: Case,
    on_record: Sequence[Charge],
    new: Sequence[PlannedCharge],
    *,
    actor: Actor,
    now: datetime,
) -> None:
    last = max((charge.position for charge in on_record), default=0)
    for position, charge in enumerate(new, start=last + 1):
        session.add(
            Charge(
                case_id=case.id,
                position=position,
                statute=charge.statute or None,
                text=charge.text,
                nibrs=charge.offence_code,
                severity=charge.severity,
            )
        )
    session.flush()
    before = "; ".join(charge.text for charge in on_record)
    after = "; ".join((*(charge.text for charge in on_record), *(c.text for c in new)))
    record_changes(
        session,
        subject=subject_of(case),
        before={"offences": before},
        after={"offences": after},
        actor=actor,
        now=now,
    )
    if case.offence_class is None:
        policy = policy_of_case(session, case)
        case.offence_class = class_of(policy, charges_given(new), chosen=None)
        session.flush()
    record_act(
        session,
        act="charges_imported",
        subject=subject_of(case),
        actor=actor,
        now=now,
        count=len(new),
    )


def _key(text: str, statute: str | None) -> tuple[str, str]:
    return fold(text), fold(statute or "")
