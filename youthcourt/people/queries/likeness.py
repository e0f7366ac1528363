"""Finding who may be the same person."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from youthcourt.db import lookup_key
from youthcourt.people.domain import Level, Likelihood, PersonTraits, fold, likely_duplicate
from youthcourt.people.domain.contacts import SHORTEST_PHONE, phone_digits
from youthcourt.people.models import Person
from youthcourt.people.queries.finding import PersonLine, person_lines

_MOST_CANDIDATES = 200
_MOST_SHOWN = 10


@dataclass(frozen=True, kw_only=True, slots=True)
class Match:
    """Somebody who may be the same person, and why."""

    person: PersonLine
    likelihood: Likelihood

    @property
    def likely(self) -> bool:
        """Whether it is likely rather than possible."""
        return self.likelihood.level is Level.LIKELY


def duplicates_of(
    session: Session, *, traits: PersonTraits, apart_from: uuid.UUID | None = None
) -> tuple[Match, ...]:
    """Return the people who may be the one described, the likely ones first.

    Candidates share the birth date or one a slip away from it, the phone number, or every
    word of the name; ``likely_duplicate`` decides.
    """
    alike = tuple(_alike(traits))
    if not alike:
        return ()
    query = (
        select(Person)
        .where(Person.merged_into_id.is_(None), or_(*alike))
        .order_by(Person.number.desc())
        .limit(_MOST_CANDIDATES)
    )
    found = [
        (likely_duplicate(traits, traits_of(person)), person.id)
        for person in session.scalars(query)
        if person.id != apart_from
    ]
    found = [(likelihood, key) for likelihood, key in found if likelihood.level is not Level.NONE]
    found.sort(key=lambda pair: pair[0].level is not Level.LIKELY)
    shown = found[:_MOST_SHOWN]
    lines = person_lines(session, tuple(key for _, key in shown))
    return tuple(Match(person=lines[key], likelihood=likelihood) for likelihood, key in shown)


def traits_of(person: Person) -> PersonTraits:
    """Return what is compared of a stored person."""
    return PersonTraits(
        given=person.given_names or person.preferred_name or "",
        family=person.family_name or "",
        birth_date=person.birth_date,
        phones=(person.phone,) if person.phone else (),
    )


def _alike(traits: PersonTraits) -> Iterator[ColumnElement[bool]]:
    if traits.birth_date is not None:
        days = {traits.birth_date, *_a_slip_away(traits.birth_date)}
        yield Person.birth_key.in_(sorted(lookup_key(day.isoformat()) for day in days))
    digits = [phone_digits(phone) for phone in traits.phones]
    keys = [lookup_key(number) for number in digits if len(number) >= SHORTEST_PHONE]
    if keys:
        yield Person.phone_key.in_(keys)
    words = fold(f"{traits.given} {traits.family}").split()
    if words:
        yield and_(*(Person.search_key.contains(word, autoescape=True) for word in words))


def _a_slip_away(day: date) -> Iterator[date]:
    """Yield the days that differ in one digit, and the one with day and month swapped."""
    text = day.isoformat()
    typed = [f"{day.year:04d}-{day.day:02d}-{day.month:02d}"]
    typed += [
        text[:at] + digit + text[at + 1 :]
        for at, old in enumerate(text)
        if old.isdecimal()
        for digit in "0123456789"
        if digit != old
    ]
    for candidate in typed:
        try:
            yield date.fromisoformat(candidate)
        except ValueError:
            continue
