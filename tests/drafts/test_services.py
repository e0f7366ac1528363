"""What keeping drafts promises."""

from __future__ import annotations

import uuid
from datetime import timedelta

import sqlalchemy as sa

from tests.fixtures.app import NOW, add_court
from youthcourt.accounts.domain import Role
from youthcourt.db import set_court
from youthcourt.drafts.queries import draft_lines
from youthcourt.drafts.services import discard_draft, find_draft, keep_draft, values_of

RECORD = uuid.UUID(int=7)
HOUR = timedelta(hours=1)


def keep(session, court, now=NOW, role=Role.COORDINATOR, form="intake", **values):
    """Keep a draft."""
    return keep_draft(
        session,
        form=form,
        record_id=RECORD,
        user_id=court.users[role],
        values={name: [text] for name, text in values.items()},
        now=now,
    )


def test_a_draft_holds_what_was_typed_last_and_is_as_old_as_its_beginning(session, court) -> None:
    """Kept again it is one draft; the token of the page is no part of it."""
    keep(session, court, note="first", csrf_token="t", version="3")
    keep(session, court, now=NOW + HOUR, note="second")
    user = court.users[Role.COORDINATOR]
    (line,) = draft_lines(session, user_id=user, now=NOW + 8 * 24 * HOUR)
    draft = find_draft(session, form="intake", record_id=RECORD, user_id=user)
    assert draft is not None
    assert values_of(draft) == {"note": ["second"]}
    assert (line.started_at, line.saved_at) == (NOW, NOW + HOUR)
    assert line.age == timedelta(days=8)
    assert line.is_old


def test_a_draft_is_not_readable_in_the_database(session, court) -> None:
    """What was typed half-way is as private as what was sent."""
    keep(session, court, note="a long story")
    assert "story" not in str(session.execute(sa.text("SELECT * FROM drafts")).one())


def test_drafts_are_ones_own(session, court) -> None:
    """Neither a colleague nor another court sees or discards them."""
    keep(session, court, note="mine")
    user = court.users[Role.COORDINATOR]
    clerk = court.users[Role.CLERK]
    assert draft_lines(session, user_id=clerk, now=NOW) == ()
    discard_draft(session, form="intake", record_id=RECORD, user_id=clerk)
    assert len(draft_lines(session, user_id=user, now=NOW)) == 1
    session.commit()
    other = add_court(session, slug="fl-charlotte", name="Oak")
    set_court(session, other.id)
    assert draft_lines(session, user_id=user, now=NOW) == ()


def test_the_oldest_draft_comes_first(session, court) -> None:
    """Whatever waits longest is at the top."""
    keep(session, court, now=NOW + HOUR, form="referral")
    keep(session, court, form="sentence")
    lines = draft_lines(session, user_id=court.users[Role.COORDINATOR], now=NOW + HOUR)
    assert [line.form for line in lines] == ["sentence", "referral"]
    assert not lines[0].is_old
