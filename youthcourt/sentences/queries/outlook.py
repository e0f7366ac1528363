"""Whether people can still finish in time, with every seat of the calendar counted."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from youthcourt.courts.domain import Policy, SanctionKind, Unit
from youthcourt.courts.queries import policy_on
from youthcourt.errors import NotFound
from youthcourt.hearings.domain import CourtSessionKind, CourtSessionState, planned_span
from youthcourt.hearings.models import CourtSession, Sitting
from youthcourt.people.calendar import court_day, court_zone
from youthcourt.people.domain.kinds import TrainingTopic
from youthcourt.people.models import Training
from youthcourt.people.queries import AwaySpan, unavailable_days
from youthcourt.sentences.domain import (
    CanFinish,
    Feasibility,
    FeasibilityReason,
    OwedByOther,
    Pace,
    ServiceState,
    SessionOffer,
    SessionsOwed,
    after_training,
    feasibility,
)
from youthcourt.sentences.models import Sanction, ServiceRecord
from youthcourt.sentences.ports import seats_taken
from youthcourt.sentences.queries.lines import SanctionProgress
from youthcourt.sentences.queries.progress import progress_of
from youthcourt.sentences.queries.standing import unconfirmed

_WINDOW = timedelta(days=28)
_SEATED = (ServiceState.BOOKED, ServiceState.PENDING, ServiceState.CONFIRMED)


@dataclass(frozen=True, kw_only=True, slots=True)
class Outlook:
    """The coming sessions with their free seats, and everybody who needs some of them.

    ``trained`` are those whose training is on record, None where the court asks for none.  A
    court without trainings in its calendar trains in another way, which nobody can foresee.
    """

    offers: tuple[SessionOffer, ...]
    trainings: tuple[SessionOffer, ...]
    trained: Collection[uuid.UUID] | None
    today: date
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

    def can_finish(
        self,
        person_id: uuid.UUID,
        sessions: int,
        due_on: date | None,
        *,
        after: date | None = None,
    ) -> Feasibility:
        """Return whether a person can still serve so many sessions by a day.

        Counted are sessions later than ``after``; whoever is not trained sits after a training.
        """
        away = self._days_away(person_id)

        def reckon(offers: Iterable[SessionOffer]) -> Feasibility:
            counted = [offer for offer in offers if after is None or offer.on > after]
            return self._reckon(person_id, sessions, due_on, counted, away)

        if_trained = reckon(self.offers)
        over = if_trained.reason is FeasibilityReason.LAST_DAY_OVER
        if over or sessions <= 0 or self.trained is None or person_id in self.trained:
            return if_trained
        if not self.trainings:
            return replace(if_trained, needs_training=True)
        training = self._first_training(person_id, away)
        if training is None:
            ask = FeasibilityReason.TRAINING_FIRST
            return Feasibility(
                can_finish=CanFinish.ASK_COORDINATOR, reason=ask, needs_training=True
            )
        found = reckon(self._from_training_on(person_id, training))
        invited = training.on in self.taken_on.get(person_id, ())
        return after_training(
            found, if_trained=if_trained, training_on=training.on, invited=invited
        )

    def _days_away(self, person_id: uuid.UUID) -> frozenset[date]:
        spans = self.away.get(person_id, ())
        planned = (*self.offers, *self.trainings)
        return frozenset(o.on for o in planned if any(span.covers(o.on) for span in spans))

    def _reckon(
        self,
        person_id: uuid.UUID,
        sessions: int,
        due_on: date | None,
        offers: Sequence[SessionOffer],
        away: frozenset[date],
    ) -> Feasibility:
        found = feasibility(
            calendar=offers,
            sanction=SessionsOwed(sessions=sessions, due_on=due_on),
            owed_by_others=self.by_others(person_id),
            unavailable_on=away,
            pace=Pace(
                max_in_28_days=self.policy.jury.max_sessions_in_28_days,
                rest_days=self.policy.jury.rest_days,
                taken_on=self.taken_on.get(person_id, frozenset()),
            ),
            calendar_until=self.calendar_until,
            today=self.today,
        )
        if found.reason is not FeasibilityReason.OTHERS_DUE_EARLIER:
            return found
        return replace(found, ahead=len(self.ahead_of(person_id, due_on)))

    def ahead_of(
        self, person_id: uuid.UUID, due_on: date | None
    ) -> dict[uuid.UUID, tuple[SanctionProgress, ...]]:
        """Return who takes a seat before a person who is due on a day, with what they owe.

        Whoever is late already takes none: a seat now would be too late for them.
        """
        found: dict[uuid.UUID, tuple[SanctionProgress, ...]] = {}
        for other, items in self.owed.items():
            first = tuple(
                item
                for item in items
                if item.to_book and self.today <= _due(item.due_on) <= _due(due_on)
            )
            if other != person_id and first:
                found[other] = first
        return found

    def _from_training_on(
        self, person_id: uuid.UUID, training: SessionOffer
    ) -> tuple[SessionOffer, ...]:
        """Return what somebody may sit in once they come to a training, itself where it counts."""
        later = tuple(offer for offer in self.offers if offer.on > training.on)
        taken = self.taken_on.get(person_id, frozenset())
        if self.policy.counting.training_counts and training.on not in taken:
            return (training, *later)
        return later

    def _first_training(self, person_id: uuid.UUID, away: Collection[date]) -> SessionOffer | None:
        """Return the training after which a person is trained even if all others go first."""
        taken = self.taken_on.get(person_id, frozenset())
        ahead = sum(
            other not in (self.trained or ()) and any(item.to_book for item in items)
            for other, items in self.owed.items()
            if other != person_id
        )
        seats = 0
        for training in self.trainings:
            seats += 0 if training.on in away else training.free_seats
            if training.on in taken or seats > ahead:
                return training
        return None


def sessions_for(unit: Unit, amount: int, policy: Policy) -> int:
    """Return how many sessions an amount takes; minutes begin a new session when one is full."""
    if unit is Unit.MINUTES:
        return -(-amount // policy.counting.session_minutes)
    return amount if unit is Unit.SESSIONS else 0


def outlook(session: Session, *, now: datetime) -> Outlook:
    """Return the sessions that are not over and all open jury obligations.

    The number of statements does not depend on how many sessions, persons or obligations.
    """
    today = court_day(session, now)
    policy = policy_on(session, day=today).policy
    needs_training = policy.jury.training_required
    offers = _offers(session, now, CourtSessionKind.HEARING)
    trainings = _offers(session, now, CourtSessionKind.TRAINING) if needs_training else ()
    owed = {
        person_id: jury
        for person_id, items in progress_of(session, open_only=True, now=now).items()
        if (jury := tuple(item for item in items if item.kind is SanctionKind.JURY))
    }
    return Outlook(
        offers=offers,
        trainings=trainings,
        trained=trained_persons(session) if needs_training else None,
        today=today,
        calendar_until=max((offer.on for offer in offers), default=today),
        owed=owed,
        away=unavailable_days(session, first=today),
        taken_on=_taken_on(session, since=today - _WINDOW, now=now),
        policy=policy,
    )


def _offers(session: Session, now: datetime, kind: CourtSessionKind) -> tuple[SessionOffer, ...]:
    zone = court_zone(session)
    rows = session.execute(
        select(
            CourtSession.id,
            CourtSession.held_on,
            CourtSession.starts_at,
            CourtSession.ends_at,
            func.sum(Sitting.panel_target).label("seats"),
        )
        .join(Sitting, Sitting.session_id == CourtSession.id)
        .where(
            CourtSession.kind == kind,
            CourtSession.state == CourtSessionState.PLANNED,
            CourtSession.held_on >= court_day(session, now),
            Sitting.removed_at.is_(None),
        )
        .group_by(
            CourtSession.id, CourtSession.held_on, CourtSession.starts_at, CourtSession.ends_at
        )
        .order_by(CourtSession.held_on, CourtSession.id)
    ).all()
    ahead = [
        row
        for row in rows
        if planned_span(row.held_on, row.starts_at, row.ends_at, zone).ends_at > now
    ]
    taken = seats_taken(session, [row.id for row in ahead])
    return tuple(
        SessionOffer(on=row.held_on, free_seats=max(0, row.seats - taken.get(row.id, 0)))
        for row in ahead
    )


def trained_persons(session: Session) -> frozenset[uuid.UUID]:
    """Return everybody who has finished a training for jurors, as the draw sees it."""
    topics = (TrainingTopic.JUROR, TrainingTopic.FOREPERSON)
    query = select(Training.person_id).where(Training.topic.in_(topics))
    return frozenset(session.scalars(query))


def _taken_on(session: Session, *, since: date, now: datetime) -> dict[uuid.UUID, frozenset[date]]:
    """Return the days on which people sit or have sat; a day that holds no place is none."""
    rows = session.execute(
        select(
            ServiceRecord.person_id,
            ServiceRecord.served_on,
            ServiceRecord.state,
            ServiceRecord.source_key,
            ServiceRecord.sessions,
            ServiceRecord.minutes,
        ).where(
            ServiceRecord.kind == SanctionKind.JURY,
            ServiceRecord.state.in_(_SEATED),
            ServiceRecord.served_on >= since,
        )
    ).all()
    unsaid = unconfirmed(session, person_ids=None, now=now)
    days: defaultdict[uuid.UUID, set[date]] = defaultdict(set)
    for row in rows:
        stands = unsaid.standing(row)
        if stands is None or stands.holds_place:
            days[row.person_id].add(row.served_on)
    for person_id, lines in unsaid.unbooked.items():
        days[person_id] |= {one.served_on for one in lines if one.served_on >= since}
    return {person_id: frozenset(found) for person_id, found in days.items()}


def feasibilities(
    session: Session, *, person_ids: Collection[uuid.UUID] | None = None, now: datetime
) -> dict[uuid.UUID, Feasibility]:
    """Return for each open jury obligation of these persons whether it can be finished in time.

    Where one person has several, what is due earlier is served first.
    """
    view = outlook(session, now=now)
    wanted = view.owed.keys() if person_ids is None else person_ids
    found: dict[uuid.UUID, Feasibility] = {}
    for person_id in wanted:
        found.update(_of_person(view, person_id, view.owed.get(person_id, ())))
    return found


def feasibility_of(session: Session, *, sanction_id: uuid.UUID, now: datetime) -> Feasibility:
    """Return whether one jury obligation can be finished in time; others owe no sessions."""
    person_id = session.scalar(select(Sanction.person_id).where(Sanction.id == sanction_id))
    if person_id is None:
        raise NotFound
    found = feasibilities(session, person_ids=[person_id], now=now)
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
    now: datetime,
) -> Feasibility:
    """Return whether a person could finish so much more jury service by a day.

    What they owe already by that day comes on top.
    """
    view = outlook(session, now=now)
    # Whoever is sentenced today sits in no session of today: it is the one of their hearing.
    earlier = sum(
        view.sessions_owed(item)
        for item in view.owed.get(person_id, ())
        if _due(item.due_on) <= _due(due_on)
    )
    sessions = earlier + sessions_for(unit, amount, view.policy)
    return view.can_finish(person_id, sessions, due_on, after=court_day(session, now))


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
