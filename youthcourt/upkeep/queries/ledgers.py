"""What the check of the ledgers says of every court, as of one moment."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from youthcourt.courts.models import Court
from youthcourt.credits.queries import verify_credits
from youthcourt.db import db, newest_revision, present_revision, set_court


def ledger_problems(connection: sa.Connection) -> dict[str, int]:
    """Return by short name how much is wrong with the ledger of each court.

    Empty where the tables are not those of this program, which could not read them.
    """
    if present_revision(connection) != newest_revision():
        return {}
    session: Session = db.session.session_factory()
    session.info.update(connection=connection, read_only=True)
    try:
        found = {}
        for court_id, slug in session.execute(sa.select(Court.id, Court.slug)).all():
            set_court(session, court_id)
            found[slug] = len(verify_credits(session))
        return dict(sorted(found.items()))
    finally:
        session.close()
