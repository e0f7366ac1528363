"""After a restore nobody is signed in, no unused code opens anything, and no old e-mail leaves."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from tests.fixtures.app import NOW, add_court
from youthcourt.accounts.domain import LinkPurpose, Role, SignInKind, StaffState
from youthcourt.accounts.invitations import invitation_of, invite
from youthcourt.accounts.models import OneTimeLink, SignIn
from youthcourt.accounts.queries import open_invitations
from youthcourt.accounts.services import start_sign_in
from youthcourt.audit.domain import SYSTEM
from youthcourt.audit.models import AuditEntry
from youthcourt.db import every_court, set_court
from youthcourt.errors import CourtRuleBroken
from youthcourt.notices.domain import Channel, Held, NoticeKind, NoticeState
from youthcourt.notices.models import Notice
from youthcourt.notices.queries import due_notices, failed_count, held_count
from youthcourt.notices.services import queue_notice
from youthcourt.upkeep.services import note_restore
from youthcourt.upkeep.services.calming import Calmed, calm

HOUR = timedelta(hours=1)


def sign_in(session, court, role: Role, *, at=NOW) -> None:
    """Sign a member of staff in for an hour."""
    start_sign_in(
        session,
        kind=SignInKind.STAFF,
        user_id=court.users[role],
        court_id=court.id,
        factors="password",
        device="test",
        lives=HOUR,
        now=at,
    )


def link(session, court, purpose: LinkPurpose, **more: Any) -> None:
    """Keep a link whose digest is its purpose and what is special about it."""
    values: dict[str, Any] = {
        "created_at": NOW,
        "expires_at": NOW + HOUR,
        "court_id": court.id,
        **more,
    }
    session.add(OneTimeLink(purpose=purpose, token_digest=f"{purpose}{sorted(more)}", **values))


def queue(session, court, kind: NoticeKind, channel: Channel = Channel.EMAIL, **more: Any) -> None:
    """Queue a notice in a court."""
    set_court(session, court.id)
    hand: dict[str, Any] = {"actor": SYSTEM, "now": NOW}
    key = f"{kind}:{channel}"
    queue_notice(session, kind=kind, channel=channel, once_key=key, **hand, **more)


def calmed(session) -> Calmed:
    """Calm the house in the transaction of the session, as a restore does, and keep it."""
    session.flush()
    found = calm(session.connection(), now=NOW)
    session.commit()
    return found


def test_every_sign_in_ends_and_those_still_good_are_counted(session, court) -> None:
    """Of staff in every court; one that was over is not counted."""
    sign_in(session, court, Role.CLERK)
    sign_in(session, add_court(session, "fl-charlotte", "Oak Hill"), Role.COORDINATOR)
    sign_in(session, court, Role.EVALUATOR, at=NOW - 2 * HOUR)
    assert calmed(session).sign_ins_ended == 2
    assert set(session.scalars(sa.select(SignIn.ended_at))) == {NOW}


def test_codes_slips_and_links_open_nothing_any_more(session, court) -> None:
    """A used slip would open again, a used link would not; what is over is not counted."""
    code = invite(session, court_id=court.id, role=Role.CLERK, now=NOW)
    link(session, court, LinkPurpose.JUROR_SLIP)
    link(session, court, LinkPurpose.JUROR_SLIP, used_at=NOW)
    link(session, court, LinkPurpose.JUROR_MESSAGE)
    link(session, court, LinkPurpose.JUROR_MESSAGE, used_at=NOW)
    link(session, court, LinkPurpose.JUROR_SLIP, expires_at=NOW)
    assert calmed(session).codes_ended == 4
    with pytest.raises(CourtRuleBroken, match="invitation_refused"):
        invitation_of(session, code=code, now=NOW)
    open_ones = sa.select(OneTimeLink.purpose).where(OneTimeLink.ended_at.is_(None))
    assert set(session.scalars(open_ones)) == {LinkPurpose.JUROR_MESSAGE, LinkPurpose.INVITATION}
    (line,) = open_invitations(session, court_id=court.id, now=NOW)
    assert line.state is StaffState.OVER


def test_no_waiting_email_leaves_by_itself(session, court) -> None:
    """In every court, also what is due later; paper waits as before, a link is dropped."""
    elsewhere = add_court(session, "fl-charlotte", "Oak Hill")
    queue(session, court, NoticeKind.DUTY_PUBLISHED)
    queue(session, court, NoticeKind.DUTY_PUBLISHED, Channel.PAPER)
    queue(session, court, NoticeKind.SIGN_IN_LINK)
    queue(session, elsewhere, NoticeKind.SESSION_CANCELLED, due_at=NOW + HOUR)
    found = calmed(session)
    assert (found.mails_held, found.mails_dropped) == (2, 1)
    for court_id in (court.id, elsewhere.id):
        set_court(session, court_id)
        assert due_notices(session, now=NOW + timedelta(days=30)) == ()
        assert (held_count(session), failed_count(session)) == (1, 0)
    with every_court(session, reason="all of the test"):
        states = sorted((n.kind, n.channel, n.state) for n in session.scalars(sa.select(Notice)))
        problems = set(session.scalars(sa.select(Notice.problem)))
    assert states == [
        ("duty_published", "email", NoticeState.FAILED),
        ("duty_published", "paper", NoticeState.QUEUED),
        ("session_cancelled", "email", NoticeState.FAILED),
        ("sign_in_link", "email", NoticeState.CANCELLED),
    ]
    assert problems == {None, Held.RESTORED.value}


def test_an_empty_house_is_calm(session) -> None:
    """Nothing to end."""
    assert calmed(session) == Calmed()


def test_the_journal_of_each_court_says_so(session, court) -> None:
    """Once in each, with what is kept back there; the session's court is what it was."""
    elsewhere = add_court(session, "fl-charlotte", "Oak Hill")
    queue(session, court, NoticeKind.DUTY_PUBLISHED)
    calmed(session)
    set_court(session, court.id)
    note_restore(session, made_at=NOW - HOUR, now=NOW)
    session.commit()
    assert session.info["court_id"] == court.id
    for place, held in ((court, 1), (elsewhere, 0)):
        set_court(session, place.id)
        query = sa.select(AuditEntry).where(AuditEntry.act == "house_restored")
        (line,) = session.scalars(query)
        assert line.params["mails_held"] == held
        assert line.params["backup_of"] == (NOW - HOUR).isoformat()
