"""What a juror brings along: the jury list, training, days away, whom they know, the fact."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from youthcourt.accounts.domain import FactQuestion, folded_answer
from youthcourt.accounts.services import hash_password
from youthcourt.audit.domain import Actor, Subject
from youthcourt.audit.services import record_act
from youthcourt.errors import CourtRuleBroken, NotFound
from youthcourt.people.calendar import court_day
from youthcourt.people.domain import check_past_day
from youthcourt.people.domain.kinds import AwayReason, SaidBy, Tie, TrainingTopic
from youthcourt.people.links import end_links
from youthcourt.people.models import Acquaintance, Person, Training, Unavailability
from youthcourt.people.queries.jurors import HAND
from youthcourt.people.queries.persons import live_person
from youthcourt.people.services.persons import subject_of

LONGEST_AWAY_DAYS = 366
LONGEST_ANSWER = 60


def set_jury_list(
    session: Session,
    *,
    person_id: uuid.UUID,
    on_list: bool,
    volunteer_since: date | None = None,
    actor: Actor,
    now: datetime,
) -> Person:
    """Put somebody on the jury list or take them off it.

    ``volunteer_since`` is the day they first came of their own accord; None leaves it as it
    is.  Whoever leaves the list loses their sign-in codes; seats are released by ``jury``.
    """
    person = live_person(session, person_id, lock=True)
    today = court_day(session, now)
    if volunteer_since is not None:
        check_past_day(
            volunteer_since, today=today, birth_date=person.birth_date, field="volunteer_since"
        )
    if on_list and not (person.given_names or person.family_name or person.preferred_name):
        raise CourtRuleBroken("jury_list_needs_name")
    if volunteer_since is not None:
        person.volunteer_since = volunteer_since
    if on_list != person.on_jury_list:
        person.on_jury_list = on_list
        person.left_jury_on = None if on_list else today
        if not on_list:
            end_links(session, person_id=person_id, now=now)
        act = "jury_list_joined" if on_list else "jury_list_left"
        record_act(session, act=act, subject=subject_of(person_id), actor=actor, now=now)
    session.flush()
    return person


def stop_volunteering(
    session: Session, *, person_id: uuid.UUID, actor: Actor, now: datetime
) -> Person:
    """Forget that somebody is a volunteer; the jury list stays as it is."""
    person = live_person(session, person_id, lock=True)
    if person.volunteer_since is not None:
        person.volunteer_since = None
        session.flush()
        record_act(
            session, act="volunteering_ended", subject=subject_of(person_id), actor=actor, now=now
        )
    return person


def set_service_learning(
    session: Session, *, person_id: uuid.UUID, since: date | None, actor: Actor, now: datetime
) -> Person:
    """Say since when the school takes freely given hours as service learning, or that none does.

    Only hours given freely can: jurors earn hours for graduation as volunteers alone (Maryland
    Teen Court Association, data and statistics).
    """
    person = live_person(session, person_id, lock=True)
    if since == person.service_learning_since:
        return person
    if since is not None:
        today = court_day(session, now)
        check_past_day(
            since, today=today, birth_date=person.birth_date, field="service_learning_since"
        )
    person.service_learning_since = since
    session.flush()
    act = "service_learning_ended" if since is None else "service_learning_set"
    record_act(session, act=act, subject=subject_of(person_id), actor=actor, now=now)
    return person


def add_training(
    session: Session,
    *,
    person_id: uuid.UUID,
    topic: str,
    finished_on: date,
    source_key: str | None = None,
    actor: Actor,
    now: datetime,
) -> Training:
    """Record a finished training; the same ``source_key`` gives the one already there.

    Without a key it is one recorded by hand, once per person, topic and day.
    """
    person = live_person(session, person_id)
    check_past_day(
        finished_on,
        today=court_day(session, now),
        # What a session brought is on record already: no slip of a hand can be in its day.
        birth_date=None if source_key else person.birth_date,
        field="finished_on",
    )
    chosen = TrainingTopic(topic)
    key = source_key or f"{HAND}{person_id}:{finished_on.isoformat()}:{chosen.value[:10]}"
    known = session.scalar(select(Training).where(Training.source_key == key))
    if known is not None:
        return known
    training = Training(
        person_id=person_id, topic=chosen.value, finished_on=finished_on, source_key=key
    )
    session.add(training)
    session.flush()
    _note(session, "training_added", "training", training.id, person_id, actor, now)
    return training


def remove_training(
    session: Session,
    *,
    person_id: uuid.UUID,
    training_id: uuid.UUID,
    actor: Actor,
    now: datetime,
) -> None:
    """Take back a training recorded by hand; one that came from a session stays."""
    live_person(session, person_id)
    training = session.scalar(
        select(Training).where(Training.id == training_id, Training.person_id == person_id)
    )
    if training is None:
        raise NotFound
    if not training.source_key.startswith(HAND):
        raise CourtRuleBroken("training_from_session")
    session.delete(training)
    session.flush()
    _note(session, "training_removed", "training", training_id, person_id, actor, now)


def add_days_away(
    session: Session,
    *,
    person_id: uuid.UUID,
    starts_on: date,
    ends_on: date,
    reason: AwayReason,
    actor: Actor,
    now: datetime,
) -> Unavailability:
    """Record days on which somebody cannot come, both ends included; the same span once."""
    live_person(session, person_id)
    if ends_on < starts_on:
        raise CourtRuleBroken("ends_before_start", "ends_on")
    if (ends_on - starts_on).days >= LONGEST_AWAY_DAYS:
        raise CourtRuleBroken("away_too_long", "ends_on", days=LONGEST_AWAY_DAYS)
    if ends_on < court_day(session, now):
        raise CourtRuleBroken("day_in_past", "ends_on")
    known = session.scalar(
        select(Unavailability).where(
            Unavailability.person_id == person_id,
            Unavailability.starts_on == starts_on,
            Unavailability.ends_on == ends_on,
        )
    )
    if known is not None:
        return known
    row = Unavailability(
        person_id=person_id, starts_on=starts_on, ends_on=ends_on, reason=reason.value
    )
    session.add(row)
    session.flush()
    _note(session, "days_away_added", "days_away", row.id, person_id, actor, now)
    return row


def remove_days_away(
    session: Session, *, person_id: uuid.UUID, away_id: uuid.UUID, actor: Actor, now: datetime
) -> None:
    """Forget days away: the person can come after all."""
    live_person(session, person_id)
    row = session.scalar(
        select(Unavailability).where(
            Unavailability.id == away_id, Unavailability.person_id == person_id
        )
    )
    if row is None:
        raise NotFound
    session.delete(row)
    session.flush()
    _note(session, "days_away_removed", "days_away", away_id, person_id, actor, now)


def add_acquaintance(
    session: Session,
    *,
    person_id: uuid.UUID,
    other_id: uuid.UUID,
    kind: Tie,
    said_by: SaidBy,
    actor: Actor,
    now: datetime,
) -> Acquaintance:
    """Note that two persons know each other; it holds both ways and is noted once."""
    if person_id == other_id:
        raise CourtRuleBroken("same_person_twice")
    live_person(session, person_id)
    live_person(session, other_id)
    known = session.scalar(select(Acquaintance).where(_between(person_id, other_id)).limit(1))
    if known is not None:
        raise CourtRuleBroken("tie_already_noted")
    row = Acquaintance(
        person_id=person_id,
        other_id=other_id,
        kind=kind.value,
        said_by=said_by.value,
        said_at=now,
        recorded_by=actor.user_id,
    )
    session.add(row)
    session.flush()
    _note(session, "tie_noted", "acquaintance", row.id, person_id, actor, now)
    return row


def remove_acquaintance(
    session: Session,
    *,
    person_id: uuid.UUID,
    acquaintance_id: uuid.UUID,
    actor: Actor,
    now: datetime,
) -> None:
    """Forget that two persons know each other, noted by mistake."""
    live_person(session, person_id)
    row = session.scalar(
        select(Acquaintance).where(
            Acquaintance.id == acquaintance_id,
            or_(Acquaintance.person_id == person_id, Acquaintance.other_id == person_id),
        )
    )
    if row is None:
        raise NotFound
    session.delete(row)
    session.flush()
    _note(session, "tie_removed", "acquaintance", acquaintance_id, person_id, actor, now)


def set_fact(
    session: Session,
    *,
    person_id: uuid.UUID,
    question: FactQuestion,
    answer: str,
    actor: Actor,
    now: datetime,
) -> Person:
    """Set the question and the answer that open a printed code; only a hash is kept."""
    if len(answer) > LONGEST_ANSWER:
        raise CourtRuleBroken("too_long", "answer", max=LONGEST_ANSWER)
    folded = folded_answer(answer)
    if not folded:
        raise CourtRuleBroken("answer_unreadable", "answer")
    # Hashing is slow on purpose: before the first statement, so that it holds no lock.
    hashed = hash_password(folded)
    person = live_person(session, person_id, lock=True)
    person.fact_question, person.fact_hash = question, hashed
    session.flush()
    record_act(session, act="fact_set", subject=subject_of(person_id), actor=actor, now=now)
    return person


def _between(a: uuid.UUID, b: uuid.UUID) -> ColumnElement[bool]:
    return or_(
        and_(Acquaintance.person_id == a, Acquaintance.other_id == b),
        and_(Acquaintance.person_id == b, Acquaintance.other_id == a),
    )


def _note(
    session: Session,
    act: str,
    kind: str,
    key: uuid.UUID,
    person_id: uuid.UUID,
    actor: Actor,
    now: datetime,
) -> None:
    subject = Subject(kind=kind, id=key, person_id=person_id)
    record_act(session, act=act, subject=subject, actor=actor, now=now)
