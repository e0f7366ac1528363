"""Telling a family when and where a hearing is, and that it is not."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from youthcourt.audit.domain import Actor
from youthcourt.cases.models import Case
from youthcourt.hearings.domain import HearingState
from youthcourt.hearings.models import Hearing
from youthcourt.hearings.queries.telling import ToTell, people_to_tell, prefix_of
from youthcourt.notices.domain import Channel, NoticeKind, NoticeState
from youthcourt.notices.models import Notice
from youthcourt.notices.services import cancel_notices, queue_notice
from youthcourt.people.calendar import court_day

_LEFT_THE_HOUSE = (NoticeState.SENT, NoticeState.PRINTED)


def tell_family(
    session: Session,
    *,
    hearing: Hearing,
    case: Case,
    was_on: date | None = None,
    actor: Actor,
    now: datetime,
) -> tuple[Notice, ...]:
    """Queue what a family has to hear now, by e-mail where there is an address; return it.

    What has not left yet is cancelled.  Who has heard of an earlier time is told of the change
    (``HEARING_MOVED``, also when the hearing waits again or is not held at all, with the former
    day as ``was_on``); who has heard of none is told of the hearing once it is on a docket.
    Of a day that is over nobody is told that it is off.
    """
    earlier = _notices(session, hearing)
    for notice in earlier:
        cancel_notices(session, once_key=notice.once_key, now=now)
    told = {
        str(notice.adult_id or notice.person_id)
        for notice in earlier
        if notice.state in _LEFT_THE_HOUSE
    }
    on_docket = hearing.state is HearingState.DOCKETED
    if not on_docket and (was_on is None or was_on < court_day(session, now)):
        return ()
    return tuple(
        queue_notice(
            session,
            kind=NoticeKind.HEARING_MOVED if recipient.key in told else NoticeKind.HEARING_SET,
            # Counted, not versioned: there and back again is a change each time.
            once_key=f"{prefix_of(hearing.id)}{len(earlier)}:{recipient.key}",
            channel=Channel.EMAIL,
            person_id=recipient.person_id,
            adult_id=recipient.adult_id,
            case_id=case.id,
            actor=actor,
            now=now,
            hearing=str(hearing.id),
            was_on="" if was_on is None else was_on.isoformat(),
        )
        for recipient in _recipients(session, case.person_id)
        if on_docket or recipient.key in told
    )


def cancel_untold(session: Session, *, hearing: Hearing, now: datetime) -> None:
    """Cancel what has not left yet about a hearing; nobody is told anything new."""
    for notice in _notices(session, hearing):
        cancel_notices(session, once_key=notice.once_key, now=now)


def _recipients(session: Session, person_id: uuid.UUID) -> tuple[ToTell, ...]:
    return tuple(one for one in people_to_tell(session, person_id) if one.by_mail)


def _notices(session: Session, hearing: Hearing) -> tuple[Notice, ...]:
    query = select(Notice).where(Notice.once_key.startswith(prefix_of(hearing.id)))
    return tuple(session.scalars(query.order_by(Notice.created_at, Notice.once_key)))
