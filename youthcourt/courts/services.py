"""Making courts, storing policies, and handing out running numbers."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from youthcourt.audit.domain import Actor, Subject
from youthcourt.audit.services import record_act
from youthcourt.courts.domain import Policy, check_names, check_slug, check_zone
from youthcourt.courts.models import Counter, Court, StoredPolicy
from youthcourt.db import set_court
from youthcourt.errors import CourtRuleBroken


def create_court(
    session: Session,
    *,
    slug: str,
    name: str,
    phone_name: str,
    sender_name: str,
    time_zone: str,
    policy: Policy,
    in_force_from: date,
    actor: Actor,
    now: datetime,
    is_demo: bool = False,
) -> Court:
    """Create a court with the first version of its policy; the session becomes its session.

    The phone name may not say what the programme is, because it is read over shoulders.
    """
    check_slug(slug)
    check_names(name=name, phone_name=phone_name, sender_name=sender_name)
    check_zone(time_zone)
    if session.scalar(select(Court.id).where(Court.slug == slug)) is not None:
        raise CourtRuleBroken("slug_taken", "slug", slug=slug)
    court = Court(
        slug=slug,
        name=name,
        phone_name=phone_name,
        sender_name=sender_name,
        time_zone=time_zone,
        is_demo=is_demo,
        created_at=now,
    )
    session.add(court)
    session.flush()
    set_court(session, court.id)
    store_policy(session, policy=policy, in_force_from=in_force_from, actor=actor, now=now)
    return court


def store_policy(
    session: Session, *, policy: Policy, in_force_from: date, actor: Actor, now: datetime
) -> StoredPolicy:
    """Store the next version of the court's policy; earlier ones stay as they are."""
    last = session.scalar(select(func.max(StoredPolicy.number))) or 0
    stored = StoredPolicy(
        number=last + 1,
        schema_version=policy.schema_version,
        in_force_from=in_force_from,
        document=policy.model_dump(mode="json"),
        created_at=now,
        created_by=actor.user_id,
    )
    session.add(stored)
    session.flush()
    record_act(
        session,
        act="policy_stored",
        subject=Subject(kind="policy", id=stored.id),
        actor=actor,
        now=now,
        number=stored.number,
    )
    return stored


def next_number(session: Session, *, series: str) -> int:
    """Return the next number of a series; two writers never get the same."""
    counter = session.scalar(select(Counter).where(Counter.series == series).with_for_update())
    if counter is None:
        counter = Counter(series=series, last=0)
        session.add(counter)
    counter.last += 1
    session.flush()
    return counter.last


def readable_number(session: Session, *, series: str, year: int) -> str:
    """Return a number such as ``2026-0042``."""
    return f"{year}-{next_number(session, series=f'{series}-{year}'):04d}"


def court_of(session: Session, court_id: uuid.UUID) -> Court:
    """Return a court by key."""
    return session.get_one(Court, court_id)
