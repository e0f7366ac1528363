"""Whether people can still finish in time, with every seat of the calendar counted."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from youthcourt.courts.domain import Policy, SanctionKind, Unit
from youthcourt.courts.queries import policy_on
from youthcourt.errors import NotFound
from youthcourt.hearings.domain import CourtSessionKind, CourtSessionState
from youthcourt.hearings.models import CourtSession, Sitting
from youthcourt.people.queries import AwaySpan, unavailable_days
from youthcourt.sentences.domain import (
    Feasibility,
    OwedByOther,
    Pace,
    ServiceState,
    SessionOffer,
    SessionsOwed,
    feasibility,
)
from youthcourt.sentences.models import Sanction, ServiceRecord
from youthcourt.sentences.ports import seats_taken
from youthcourt.sentences.queries.progress import SanctionProgress, progress_of

_WINDOW = timedelta(days=28)
_SEATED = (ServiceState.BOOKED, ServiceState.PENDING, ServiceState.CONFIRMED)


@dataclass(frozen=True, kw_only=True, slots=True)
class Outlook:
    """The coming sessions with their free seats, and everybody who needs some of them."""

    offers: tuple[SessionOffer, ...]
    calendar_until: date
    owed: Mapping[uuid.UUID, tuple[SanctionProgress, ...]]
    away: Mapping[uuid.UUID, tuple[AwaySpan, ...]]
    taken_on: Mapping[uuid.UUID, frozenset[date]]
    policy: Policy

    def sessions_owed(self, item: SanctionProgress) -> int:
        """Return how many sessions are still to book for an obligation."""
        return sessions_for(item.unit, item.to_book, self.policy)

    def by_others(self, person_id: uuid.UUID) -> tuple[OwedByOther, ...]:
        """Return what everybody else has still to book."""
        return tuple(
            OwedByOther(sessions=self.sessions_owed(item), due_on=item.due_on)
            for other, items in self.owed.items()
            if other != person_id
            for item in items
            if item.to_book
        )

    def can_finish(self, person_id: uuid.UUID, sessions: int, due_on: date | None) -> Feasibility:
        """Return whether a person can still serve so many sessions by a day."""
        spans = self.away.get(person_id, ())
        away = {o.on for o in self.offers if any(span.covers(o.on) for span in spans)}
        return feasibility(
            calendar=self.offers,
            sanction=SessionsOwed(sessions=sessions, due_on=due_on),
            owed_by_others=self.by_others(person_id),
            unavailable_on=frozenset(away),
            pace=Pace(
                max_in_28_days=self.policy.jury.max_sessions_in_28_days,
                rest_days=self.policy.jury.rest_days,
                taken_on=self.taken_on.get(person_id, frozenset()),
            ),
            calendar_until=self.calendar_until,
        )


def sessions_for(unit: Unit, amount: int, policy: Policy) -> int:
    """Return how many sessions an amount takes; minutes begin a new session when one is full."""
    if unit is Unit.MINUTES:
        return -(-amount // policy.counting.session_minutes)
    return amount if unit is Unit.SESSIONS else 0


def outlook(session: Session, *, today: date) -> Outlook:
    """Return the calendar from today on and all open jury obligations, in few statements."""
    offers = _offers(session, today)
    owed = {
        person_id: jury
        for person_id, items in progress_of(session, open_only=True).items()
        if (jury := tuple(item for item in items if item.kind is SanctionKind.JURY))
    }
    return Outlook(
        offers=offers,
        calendar_until=max((offer.on for offer in offers), default=today),
        owed=owed,
        away=unavailable_days(session, first=today) if offers else {},
        taken_on=_taken_on(session, since=today - _WINDOW),
        policy=policy_on(session, day=today).policy,
    )


def _offers(session: Session, today: date) -> tuple[SessionOffer, ...]:
    rows = session.execute(
        select(CourtSession.id, CourtSession.held_on, func.sum(Sitting.panel_target))
        .join(Sitting, Sitting.session_id == CourtSession.id)
        .where(
            CourtSession.kind == CourtSessionKind.HEARING,
            or_(
                CourtSession.state == CourtSessionState.PLANNED,
                # Seen from an earlier day, a session that has been held since was to come.
                and_(
                    CourtSession.state == CourtSessionState.CONFIRMED, CourtSession.held_on > today
                ),
            ),
            CourtSession.held_on >= today,
        )
        .group_by(CourtSession.id, CourtSession.held_on)
        .order_by(CourtSession.held_on, CourtSession.id)
    ).all()
    taken = seats_taken(session, [row[0] for row in rows])
    return tuple(
        SessionOffer(on=held_on, free_seats=max(0, seats - taken.get(session_id, 0)))
        for session_id, held_on, seats in rows
    )


def _taken_on(session: Session, *, since: date) -> dict[uuid.UUID, frozenset[date]]:
    rows = session.execute(
        select(ServiceRecord.person_id, ServiceRecord.served_on).where(
            ServiceRecord.kind == SanctionKind.JURY,
            ServiceRecord.state.in_(_SEATED),
            ServiceRecord.served_on >= since,
        )
    )
    days: defaultdict[uuid.UUID, set[date]] = defaultdict(set)
    for person_id, day in rows:
        days[person_id].add(day)
    return {person_id: frozenset(found) for person_id, found in days.items()}


def feasibilities(
    session: Session, *, person_ids: Collection[uuid.UUID] | None = None, today: date
) -> dict[uuid.UUID, Feasibility]:
    """Return for each open jury obligation of these persons whether it can be finished in time.

    Where one person has several, what is due earlier is served first.
    """
    view = outlook(session, today=today)
    wanted = view.owed.keys() if person_ids is None else person_ids
    found: dict[uuid.UUID, Feasibility] = {}
    for person_id in wanted:
        found.update(_of_person(view, person_id, view.owed.get(person_id, ())))
    return found


def feasibility_of(session: Session, *, sanction_id: uuid.UUID, today: date) -> Feasibility:
    """Return whether one jury obligation can be finished in time; others owe no sessions."""
    person_id = session.scalar(select(Sanction.person_id).where(Sanction.id == sanction_id))
    if person_id is None:
        raise NotFound
    found = feasibilities(session, person_ids=[person_id], today=today)
    if sanction_id in found:
        return found[sanction_id]
    return feasibility(calendar=(), sanction=SessionsOwed(sessions=0, due_on=None))


def feasibility_if(
    session: Session,
    *,
    person_id: uuid.UUID,
    unit: Unit,
    amount: int,
    due_on: date | None,
    today: date,
) -> Feasibility:
    """Return whether a person could finish so much more jury service by a day.

    What they owe already by that day comes on top.
    """
    view = outlook(session, today=today)
    earlier = sum(
        view.sessions_owed(item)
        for item in view.owed.get(person_id, ())
        if _due(item.due_on) <= _due(due_on)
    )
    sessions = earlier + sessions_for(unit, amount, view.policy)
    return view.can_finish(person_id, sessions, due_on)


def _of_person(
    view: Outlook, person_id: uuid.UUID, items: Iterable[SanctionProgress]
) -> dict[uuid.UUID, Feasibility]:
    found = {}
    sessions = 0
    for item in sorted(items, key=lambda p: (_due(p.due_on), p.id)):
        own = view.sessions_owed(item)
        sessions += own
        found[item.id] = view.can_finish(person_id, sessions if own else 0, item.due_on)
    return found


def _due(day: date | None) -> date:
    return day or date.max
