"""Reading by which ways somebody can get into their own page."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from youthcourt.accounts.domain import CODE_TRIES, LinkPurpose
from youthcourt.accounts.models import OneTimeLink, SignIn


@dataclass(frozen=True, kw_only=True, slots=True)
class DoorState:
    """What is open for one person now; ``tries_left`` is of the slip.

    ``pages`` are the phones on which the page is open, ``last_in`` when one was opened last.
    """

    slip_until: datetime | None
    tries_left: int
    slip_used: bool
    pages: int
    last_in: datetime | None

    @property
    def anything_open(self) -> bool:
        """Whether there is anything that could be closed."""
        return self.slip_until is not None or self.pages > 0


def door_state(session: Session, *, person_id: uuid.UUID, now: datetime) -> DoorState:
    """Return what is open for a person, in two statements."""
    slip = session.scalars(
        select(OneTimeLink)
        .where(
            OneTimeLink.person_id == person_id,
            OneTimeLink.purpose == LinkPurpose.JUROR_SLIP,
            OneTimeLink.ended_at.is_(None),
            OneTimeLink.expires_at > now,
        )
        .order_by(OneTimeLink.created_at.desc())
    ).first()
    ins = session.execute(
        select(SignIn.created_at, SignIn.ended_at, SignIn.expires_at)
        .where(SignIn.person_id == person_id)
        .order_by(SignIn.created_at.desc())
    ).all()
    return DoorState(
        slip_until=slip.expires_at if slip else None,
        tries_left=max(CODE_TRIES - slip.failures, 0) if slip else 0,
        slip_used=slip is not None and slip.used_at is not None,
        pages=sum(row.ended_at is None and row.expires_at > now for row in ins),
        last_in=ins[0].created_at if ins else None,
    )
