"""Entering and changing persons, and the schools they attend."""

from __future__ import annotations

import uuid
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from youthcourt.audit.domain import Actor, Subject
from youthcourt.audit.services import record_act, record_changes
from youthcourt.courts.services import readable_number
from youthcourt.db import lookup_key
from youthcourt.errors import CourtRuleBroken, NotFound, Stale
from youthcourt.people.calendar import court_day
from youthcourt.people.domain import (
    OLDEST_RESPONDENT,
    age_on,
    check_age,
    check_birth_date,
    check_past_day,
    fold,
    search_words,
    tidy_name,
)
from youthcourt.people.domain.contacts import check_mail, check_phone, folded_mail, phone_digits
from youthcourt.people.models import Person, School
from youthcourt.people.ports import tell_reachable
from youthcourt.people.queries.persons import live_person

_LIMITS = {"sex": 20, "language": 12, "grade": 20, "phone": 40, "email": 254, "address": 300}
_SEARCH_KEY = 640
_SCHOOL_LIMIT = 120


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonEntry:
    """What is written down of a person; without any name the person is not yet identified."""

    given_names: str | None = None
    family_name: str | None = None
    preferred_name: str | None = None
    birth_date: date | None = None
    stated_age: int | None = None
    stated_age_on: date | None = None
    sex: str | None = None
    language: str = "en"
    interpreter_needed: bool = False
    school_id: uuid.UUID | None = None
    grade: str | None = None
    phone: str | None = None
    email: str | None = None
    address: str | None = None


def add_person(
    session: Session,
    *,
    given_names: str | None,
    family_name: str | None,
    preferred_name: str | None = None,
    birth_date: date | None = None,
    stated_age: int | None = None,
    stated_age_on: date | None = None,
    sex: str | None = None,
    language: str = "en",
    interpreter_needed: bool = False,
    school_id: uuid.UUID | None = None,
    grade: str | None = None,
    phone: str | None = None,
    email: str | None = None,
    address: str | None = None,
    known_on: date | None = None,
    key: uuid.UUID | None = None,
    actor: Actor,
    now: datetime,
) -> Person:
    """Add a person under the next readable number; ``key`` is to be theirs, else a new one.

    The age must be plausible on ``known_on``, the day the court came to know of the youth: by
    default the day the age was stated on, else today.
    """
    entry = PersonEntry(
        given_names=given_names,
        family_name=family_name,
        preferred_name=preferred_name,
        birth_date=birth_date,
        stated_age=stated_age,
        stated_age_on=stated_age_on,
        sex=sex,
        language=language,
        interpreter_needed=interpreter_needed,
        school_id=school_id,
        grade=grade,
        phone=phone,
        email=email,
        address=address,
    )
    today = court_day(session, now)
    values = _checked(session, entry, today=today, known_on=known_on or stated_age_on or today)
    person = Person(
        id=key or uuid.uuid4(),
        number=readable_number(session, series="person", year=today.year),
        created_at=now,
        **values,
    )
    found_by(person)
    session.add(person)
    session.flush()
    record_act(session, act="person_added", subject=subject_of(person.id), actor=actor, now=now)
    return person


def change_person(
    session: Session,
    *,
    person_id: uuid.UUID,
    version: int,
    entry: PersonEntry,
    actor: Actor,
    now: datetime,
) -> Person:
    """Replace what is written down of a person and keep the former values.

    ``version`` is the one the writer had before their eyes; ``Stale`` when it is not the last.
    """
    person = live_person(session, person_id, lock=True)
    if person.version_id != version:
        raise Stale
    before = {name: getattr(person, name) for name in asdict(entry)}
    today = court_day(session, now)
    known_on = _plausible_on(person, court_day(session, person.created_at))
    if entry.birth_date == person.birth_date:
        known_on = None
    values = _checked(session, entry, today=today, known_on=known_on)
    for name, value in values.items():
        setattr(person, name, value)
    found_by(person)
    session.flush()
    changed = record_changes(
        session, subject=subject_of(person_id), before=before, after=values, actor=actor, now=now
    )
    if changed:
        record_act(
            session,
            act="person_changed",
            subject=subject_of(person_id),
            actor=actor,
            now=now,
            fields=len(changed),
        )
    if "email" in changed:
        tell_reachable(session, person_id, actor=actor, now=now)
    return person


def check_person(
    session: Session, *, entry: PersonEntry, known_on: date | None = None, now: datetime
) -> None:
    """Refuse what ``add_person`` would refuse; nothing is written."""
    today = court_day(session, now)
    _checked(session, entry, today=today, known_on=known_on or entry.stated_age_on or today)


def school_named(session: Session, *, name: str) -> School:
    """Return the school with this name, added when it is new; accents and case do not matter."""
    tidy = tidy_name(name, "school")
    if not tidy:
        raise CourtRuleBroken("required", "school")
    if len(tidy) > _SCHOOL_LIMIT:
        raise CourtRuleBroken("too_long", "school", max=_SCHOOL_LIMIT)
    wanted = fold(tidy) or tidy
    for school in session.scalars(select(School).order_by(School.name)):
        if (fold(school.name) or school.name) == wanted:
            return school
    school = School(name=tidy)
    session.add(school)
    session.flush()
    return school


def subject_of(person_id: uuid.UUID) -> Subject:
    """Return a person as the journal names it."""
    return Subject(kind="person", id=person_id, person_id=person_id)


def found_by(person: Person) -> None:
    """Set what a person is found by: folded words, family name first, and three digests."""
    parts = (person.family_name, person.given_names, person.preferred_name)
    words = dict.fromkeys(word for part in parts for word in search_words(part or ""))
    # Folding can make a name longer than it was (one ligature of Arabic becomes four words).
    person.search_key = " ".join(words)[:_SEARCH_KEY]
    born, phone = person.birth_date, person.phone
    person.birth_key = lookup_key(born.isoformat()) if born else None
    person.phone_key = lookup_key(phone_digits(phone)) if phone else None
    person.email_key = lookup_key(folded_mail(person.email)) if person.email else None


def _plausible_on(person: Person, entered_on: date) -> date | None:
    """Return the day on which a corrected birth date must give a plausible age.

    None for somebody taken over from old records, who had grown up when they were entered.
    """
    day = min(entered_on, person.stated_age_on or entered_on)
    if person.birth_date is None or age_on(person.birth_date, day) <= OLDEST_RESPONDENT:
        return day
    return None


def _checked(
    session: Session, entry: PersonEntry, *, today: date, known_on: date | None
) -> dict[str, Any]:
    """Return the columns of a person, or refuse what cannot be right."""
    values = asdict(entry)
    for name in ("given_names", "family_name", "preferred_name"):
        values[name] = tidy_name(values[name] or "", name) or None
    for name, limit in _LIMITS.items():
        _check_length(name, values[name], limit)
    _check_ages(entry, values, today=today, known_on=known_on)
    if entry.phone:
        check_phone(entry.phone)
    if entry.email:
        check_mail(entry.email)
    if entry.school_id is not None:
        _school(session, entry.school_id)
    return values


def _check_length(name: str, value: str | None, limit: int) -> None:
    if value is not None and len(value) > limit:
        raise CourtRuleBroken("too_long", name, max=limit)


def _check_ages(
    entry: PersonEntry, values: dict[str, Any], *, today: date, known_on: date | None
) -> None:
    if entry.birth_date is not None:
        check_birth_date(entry.birth_date, today=today, respondent=False)
        if known_on is not None:
            check_birth_date(entry.birth_date, today=max(known_on, entry.birth_date))
    if entry.stated_age is None:
        values["stated_age_on"] = None
        return
    check_age(entry.stated_age, "stated_age")
    stated_on = entry.stated_age_on or today
    check_past_day(stated_on, today=today, birth_date=entry.birth_date, field="stated_age_on")
    values["stated_age_on"] = stated_on


def _school(session: Session, school_id: uuid.UUID) -> None:
    if session.scalar(select(School.id).where(School.id == school_id)) is None:
        raise NotFound
