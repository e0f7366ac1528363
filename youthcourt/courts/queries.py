"""Reading courts and their policies."""

from __future__ import annotations

import uuid
from collections import OrderedDict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from threading import Lock

from sqlalchemy import select
from sqlalchemy.orm import Session

from youthcourt.courts.domain import Policy, upgrade
from youthcourt.courts.models import Court, StoredPolicy
from youthcourt.errors import NotFound

_KEPT = 64
_parsed: OrderedDict[uuid.UUID, Policy] = OrderedDict()
_lock = Lock()


@dataclass(frozen=True, kw_only=True, slots=True)
class CourtPolicy:
    """A policy with the key of the version it was stored as."""

    id: uuid.UUID
    number: int
    policy: Policy


def policy_on(session: Session, *, day: date) -> CourtPolicy:
    """Return the version of the court's policy in force on a day, else the first one."""
    in_force = session.execute(
        select(StoredPolicy.id, StoredPolicy.number)
        .where(StoredPolicy.in_force_from <= day)
        .order_by(StoredPolicy.in_force_from.desc(), StoredPolicy.number.desc())
        .limit(1)
    ).first()
    if in_force is None:
        in_force = session.execute(
            select(StoredPolicy.id, StoredPolicy.number).order_by(StoredPolicy.number).limit(1)
        ).first()
    if in_force is None:
        raise NotFound("no_policy")
    return policy_by_id(session, in_force.id)


def policy_by_id(session: Session, policy_id: uuid.UUID) -> CourtPolicy:
    """Return one stored version; parsed once per process, because it is never rewritten."""
    row = session.execute(
        select(StoredPolicy.id, StoredPolicy.number).where(StoredPolicy.id == policy_id)
    ).first()
    if row is None:
        raise NotFound("no_policy")
    with _lock:
        known = _parsed.get(policy_id)
    if known is None:
        stored = session.get_one(StoredPolicy, policy_id)
        known = Policy.model_validate(upgrade(stored.document))
        with _lock:
            _parsed[policy_id] = known
            while len(_parsed) > _KEPT:
                _parsed.popitem(last=False)
    return CourtPolicy(id=policy_id, number=row.number, policy=known)


def courts_of_user_order(session: Session, court_ids: list[uuid.UUID]) -> tuple[Court, ...]:
    """Return these courts by name."""
    query = select(Court).where(Court.id.in_(court_ids)).order_by(Court.name)
    return tuple(session.scalars(query))


def court_by_slug(session: Session, slug: str) -> Court:
    """Return the court with this short name."""
    court = session.scalar(select(Court).where(Court.slug == slug))
    if court is None:
        raise NotFound("no_court", slug=slug)
    return court


@dataclass(frozen=True, kw_only=True, slots=True)
class PolicyVersion:
    """One stored version and the day it came into force."""

    number: int
    in_force_from: date


def policy_versions(session: Session) -> tuple[PolicyVersion, ...]:
    """Return every version of the court's policy, the newest first."""
    query = select(StoredPolicy.number, StoredPolicy.in_force_from).order_by(
        StoredPolicy.number.desc()
    )
    return tuple(
        PolicyVersion(number=row.number, in_force_from=row.in_force_from)
        for row in session.execute(query)
    )


def policies_on(session: Session, days: Collection[date]) -> dict[date, Policy]:
    """Return the policy in force on each of these days; the versions are read once."""
    if not days:
        return {}
    versions = policy_versions(session)
    newest = sorted(versions, key=lambda v: (v.in_force_from, v.number), reverse=True)
    first = min(version.number for version in versions)
    of_day = {
        day: next((v.number for v in newest if v.in_force_from <= day), first) for day in days
    }
    policies = {
        number: policy_numbered(session, number).policy for number in sorted(set(of_day.values()))
    }
    return {day: policies[number] for day, number in of_day.items()}


def policy_numbered(session: Session, number: int) -> CourtPolicy:
    """Return one version of the court's policy by its number, or raise ``NotFound``."""
    stored_id = session.scalar(select(StoredPolicy.id).where(StoredPolicy.number == number))
    if stored_id is None:
        raise NotFound("no_policy")
    return policy_by_id(session, stored_id)
