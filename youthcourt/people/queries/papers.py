"""Reading which papers were signed, and which texts the court has for them."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from youthcourt.courts.domain import ConsentKind
from youthcourt.courts.models import StoredPolicy
from youthcourt.courts.queries import policy_by_id
from youthcourt.people.models import Adult, Consent


@dataclass(frozen=True, kw_only=True, slots=True)
class ConsentLine:
    """One signed paper; ``signer`` is empty when the youth signed alone."""

    id: uuid.UUID
    person_id: uuid.UUID
    case_id: uuid.UUID | None
    kind: ConsentKind
    text_version: str
    language: str
    interpreter: str | None
    adult_id: uuid.UUID | None
    signer: str
    relation: str | None
    authority_proof: str | None
    signed_on: date
    withdrawn_on: date | None
    recorded_at: datetime

    @property
    def in_force(self) -> bool:
        """Whether the paper still stands."""
        return self.withdrawn_on is None


@dataclass(frozen=True, kw_only=True, slots=True)
class PaperText:
    """One text of the court that is signed: its kind, version and words."""

    kind: ConsentKind
    text_version: str
    text: str

    @property
    def key(self) -> str:
        """Name kind and version in one word, for a select field."""
        return f"{self.kind.value}|{self.text_version}"


def consents_of(
    session: Session,
    *,
    person_id: uuid.UUID | None = None,
    case_id: uuid.UUID | None = None,
) -> tuple[ConsentLine, ...]:
    """Return the papers of a person or of a case, the latest signature first.

    With both, the papers of that case and the person's own that belong to no case.
    """
    query = (
        select(Consent, Adult.name, Adult.relation, Adult.authority_proof)
        .outerjoin(Adult, Adult.id == Consent.adult_id)
        .order_by(Consent.signed_on.desc(), Consent.recorded_at.desc(), Consent.id)
    )
    if person_id is not None:
        query = query.where(Consent.person_id == person_id)
        if case_id is not None:
            query = query.where((Consent.case_id == case_id) | Consent.case_id.is_(None))
    elif case_id is not None:
        query = query.where(Consent.case_id == case_id)
    else:
        raise ValueError("say whose papers are wanted")
    return tuple(
        _line(row, name, relation, proof) for row, name, relation, proof in session.execute(query)
    )


def paper_texts(session: Session) -> tuple[PaperText, ...]:
    """Return every text the court's policies ever named, the newest policy first."""
    stored = session.scalars(select(StoredPolicy.id).order_by(StoredPolicy.number.desc()))
    texts: dict[str, PaperText] = {}
    for policy_id in stored.all():
        for rule in policy_by_id(session, policy_id).policy.consents:
            text = PaperText(kind=rule.kind, text_version=rule.text_version, text=rule.text)
            texts.setdefault(text.key, text)
    return tuple(texts.values())


def _line(row: Consent, signer: str | None, relation: str | None, proof: str | None) -> ConsentLine:
    return ConsentLine(
        id=row.id,
        person_id=row.person_id,
        case_id=row.case_id,
        kind=row.kind,
        text_version=row.text_version,
        language=row.language,
        interpreter=row.interpreter,
        adult_id=row.adult_id,
        signer=signer or "",
        relation=relation,
        authority_proof=proof,
        signed_on=row.signed_on,
        withdrawn_on=row.withdrawn_on,
        recorded_at=row.recorded_at,
    )
