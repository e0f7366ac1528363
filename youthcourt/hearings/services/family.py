"""Telling a family when and where a hearing is, and that it is not."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from youthcourt.audit.domain import Actor
from youthcourt.cases.models import Case
from youthcourt.cases.services.life import locked_case
from youthcourt.hearings.domain import HearingState
from youthcourt.hearings.models import CourtSession, Hearing, Sitting
from youthcourt.hearings.queries.telling import ToTell, people_to_tell, prefix_of
from youthcourt.hearings.services.rows import locked_hearing
from youthcourt.notices.domain import Channel, NoticeKind, NoticeState
from youthcourt.notices.models import Notice
from youthcourt.notices.services import queue_notice, replace_notice
from youthcourt.people.calendar import court_day

_LEFT_THE_HOUSE = (NoticeState.SENT, NoticeState.PRINTED)
_KNOWS = (NoticeState.QUEUED, *_LEFT_THE_HOUSE)


def tell_family(
    session: Session,
    *,
    hearing: Hearing,
    case: Case,
    was_on: date | None = None,
    actor: Actor,
    now: datetime,
) -> tuple[Notice, ...]:
    """Queue what a family has to hear now, each as they can be told, by hand too; return it.

    What has not left or been told yet is off the list.  Who has heard of an earlier time is told
    of the change (``HEARING_MOVED``, also when the hearing waits again or is not held at all, with
    the former day as ``was_on``); who has heard of none is told once it is on a docket.
    Of a day that is over nobody is told that it is off.
    """
    earlier = _notices(session, hearing)
    for notice in earlier:
        replace_notice(session, notice=notice, now=now)
    told = _told(earlier)
    on_docket = hearing.state is HearingState.DOCKETED
    if not on_docket and (was_on is None or was_on < court_day(session, now)):
        return ()
    return tuple(
        _queue(session, hearing, case, one, earlier, told, was_on=was_on, actor=actor, now=now)
        for one in people_to_tell(session, case.person_id)
        if on_docket or one.key in told
    )


def tell_newcomers(session: Session, person_id: uuid.UUID, actor: Actor, now: datetime) -> None:
    """Tell of a youth's coming hearings whoever can be told now and was not; a follower of people.

    An adult entered or given an address after the hearing was put on its docket.  What could not
    leave before is off the list.
    """
    for case_id, hearing_id in _coming(session, person_id, today=court_day(session, now)):
        case, hearing = locked_case(session, case_id), locked_hearing(session, hearing_id)
        if hearing.state is not HearingState.DOCKETED:
            continue
        earlier = _notices(session, hearing)
        last = {_key(notice): notice for notice in earlier}
        told = _told(earlier)
        for one in people_to_tell(session, person_id):
            notice = last.get(one.key)
            if notice is not None and (notice.state in _KNOWS or one.hindered is not None):
                continue
            if notice is not None:
                replace_notice(session, notice=notice, now=now)
            _queue(session, hearing, case, one, earlier, told, actor=actor, now=now)


def _coming(
    session: Session, person_id: uuid.UUID, *, today: date
) -> Sequence[Row[uuid.UUID, uuid.UUID]]:
    """Return case and hearing of each docket the youth is on from today."""
    return session.execute(
        select(Hearing.case_id, Hearing.id)
        .join(Case, Case.id == Hearing.case_id)
        .join(Sitting, Sitting.id == Hearing.sitting_id)
        .join(CourtSession, CourtSession.id == Sitting.session_id)
        .where(
            Case.person_id == person_id,
            Hearing.state == HearingState.DOCKETED,
            CourtSession.held_on >= today,
        )
        .order_by(Hearing.case_id)
    ).all()


def _queue(
    session: Session,
    hearing: Hearing,
    case: Case,
    whom: ToTell,
    earlier: Sequence[Notice],
    told: Collection[str],
    *,
    was_on: date | None = None,
    actor: Actor,
    now: datetime,
) -> Notice:
    """Queue one message, as a change where they have heard of an earlier time.

    Whom no e-mail reaches is on the list of messages to be told by hand at once.
    """
    channel = Channel.PAPER if whom.by_letter else Channel.EMAIL
    notice = queue_notice(
        session,
        kind=NoticeKind.HEARING_MOVED if whom.key in told else NoticeKind.HEARING_SET,
        # Counted, not versioned: there and back again is a change each time.
        once_key=f"{prefix_of(hearing.id)}{len(earlier)}:{whom.key}",
        channel=channel,
        person_id=whom.person_id,
        adult_id=whom.adult_id,
        case_id=case.id,
        actor=actor,
        now=now,
        hearing=str(hearing.id),
        was_on="" if was_on is None else was_on.isoformat(),
    )
    if whom.hindered is not None and channel is Channel.EMAIL:
        notice.problem, notice.state = whom.hindered.value, NoticeState.NO_ADDRESS
        notice.done_at = now
        session.flush()
    return notice


def _told(earlier: Iterable[Notice]) -> set[str]:
    return {_key(notice) for notice in earlier if notice.state in _LEFT_THE_HOUSE}


def _key(notice: Notice) -> str:
    return str(notice.adult_id or notice.person_id)


def cancel_untold(session: Session, *, hearing: Hearing, now: datetime) -> None:
    """Cancel what has not left yet about a hearing; nobody is told anything new."""
    for notice in _notices(session, hearing):
        replace_notice(session, notice=notice, now=now)


def _notices(session: Session, hearing: Hearing) -> tuple[Notice, ...]:
    query = select(Notice).where(Notice.once_key.startswith(prefix_of(hearing.id)))
    return tuple(session.scalars(query.order_by(Notice.created_at, Notice.once_key)))
