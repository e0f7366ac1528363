"""What a restored house must not do by itself: let old keys open it, and send old messages."""

from __future__ import annotations

import uuid
from dataclasses import asdict, dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from youthcourt.accounts.services import end_all_codes, end_all_sign_ins
from youthcourt.audit.domain import SYSTEM, Subject
from youthcourt.audit.services import record_act
from youthcourt.courts.models import Court
from youthcourt.db import db, every_court, set_court
from youthcourt.notices.holding import hold_waiting
from youthcourt.notices.queries import held_count


@dataclass(frozen=True, kw_only=True, slots=True)
class Calmed:
    """How many sign-ins and codes were ended, and e-mails kept back or dropped, in all courts."""

    sign_ins_ended: int = 0
    codes_ended: int = 0
    mails_held: int = 0
    mails_dropped: int = 0

    def told(self) -> dict[str, int]:
        """Return the numbers by name."""
        return asdict(self)


def calm(connection: sa.Connection, *, now: datetime) -> Calmed:
    """End all sign-ins and one-time codes and keep back all e-mails, in this transaction.

    Whoever was removed after the backup was made would come in by an old sign-in again, a code
    that was used since would work a second time, and a message would leave twice.
    """
    session: Session = db.session.session_factory()
    session.info.update(connection=connection, writer=True)
    try:
        with every_court(session, reason="a restore concerns the whole house"):
            sign_ins = end_all_sign_ins(session, now=now)
            codes = end_all_codes(session, now=now)
            mails = hold_waiting(session, now=now)
    finally:
        session.close()
    return Calmed(
        sign_ins_ended=sign_ins,
        codes_ended=codes,
        mails_held=mails.kept,
        mails_dropped=mails.dropped,
    )


def note_restore(session: Session, *, made_at: datetime, now: datetime) -> None:
    """Write into the journal of every court that it was restored, and how much is kept back."""
    courts: list[uuid.UUID] = list(session.scalars(sa.select(Court.id).order_by(Court.slug)))
    before = session.info.get("court_id")
    for court_id in courts:
        set_court(session, court_id)
        record_act(
            session,
            act="house_restored",
            subject=Subject(kind="court", id=court_id),
            actor=SYSTEM,
            now=now,
            backup_of=made_at.isoformat(),
            mails_held=held_count(session),
        )
    set_court(session, before)
