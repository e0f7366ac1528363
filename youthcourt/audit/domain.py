"""Who acts: a person of the staff, a juror, or the program itself."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from enum import StrEnum


class ActorKind(StrEnum):
    """What kind of hand did something."""

    STAFF = "staff"
    JUROR = "juror"
    SYSTEM = "system"


@dataclass(frozen=True, kw_only=True, slots=True)
class Actor:
    """The one who does something; services receive it, they never look it up."""

    kind: ActorKind
    user_id: uuid.UUID | None = None
    person_id: uuid.UUID | None = None


SYSTEM = Actor(kind=ActorKind.SYSTEM)


@dataclass(frozen=True, kw_only=True, slots=True)
class Subject:
    """What an act is about: a kind of record, its key, and the case or person it tells of."""

    kind: str
    id: uuid.UUID | None = None
    case_id: uuid.UUID | None = None
    person_id: uuid.UUID | None = None
