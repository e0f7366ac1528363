"""Finding people by any part of a name or by their number."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import Session, aliased
from sqlalchemy.orm.util import AliasedClass

from youthcourt.db import ListPage, page_number
from youthcourt.numbering import NumberOf, typed_number
from youthcourt.people.domain import AgeRange, PersonName, fold
from youthcourt.people.models import Person, School
from youthcourt.people.queries.persons import ages_of, name_of

PAGE = 50


class Only(StrEnum):
    """Which people a list is narrowed down to."""

    JURY_LIST = "jury"
    UNIDENTIFIED = "unidentified"


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonLine:
    """One person in a list."""

    id: uuid.UUID
    number: str
    name: PersonName
    birth_date: date | None
    stated_age: int | None
    stated_age_on: date | None
    school: str | None
    grade: str | None
    on_jury_list: bool

    def age_on(self, day: date) -> AgeRange | None:
        """Return the age on a day, None when nothing is known of it."""
        return ages_of(
            birth_date=self.birth_date,
            stated_age=self.stated_age,
            stated_age_on=self.stated_age_on,
            on=day,
        )


def find_people(
    session: Session, *, text: str = "", page: int = 1, only: Only | None = None
) -> ListPage[PersonLine]:
    """Return the people whose name has every word typed as a part, or whose number has it.

    Order, case and accents do not matter.  Former names and numbers of merged persons lead to
    the person they were merged into.  Sorted by family name, the unidentified last; a page
    beyond the end is the last one.
    """
    where = [Person.merged_into_id.is_(None), *_narrowed(only), *_matching(text)]
    total = session.scalar(select(func.count(Person.id)).where(*where)) or 0
    number = page_number(page, total=total, size=PAGE)
    query = (
        lines_query()
        .where(*where)
        .order_by(Person.search_key == "", Person.search_key, Person.number)
        .limit(PAGE)
        .offset((number - 1) * PAGE)
    )
    lines = tuple(_line(*row) for row in session.execute(query))
    return ListPage(lines=lines, total=total, size=PAGE, number=number)


def person_lines(session: Session, ids: tuple[uuid.UUID, ...]) -> dict[uuid.UUID, PersonLine]:
    """Return the lines of these persons in one query."""
    if not ids:
        return {}
    rows = session.execute(lines_query().where(Person.id.in_(ids)))
    return {row[0].id: _line(*row) for row in rows}


def lines_query() -> Select[Person, str]:
    """Return the query of everything a line shows."""
    return select(Person, School.name).outerjoin(School, School.id == Person.school_id)


def _line(person: Person, school: str | None) -> PersonLine:
    return PersonLine(
        id=person.id,
        number=person.number,
        name=name_of(person.given_names, person.family_name, person.preferred_name),
        birth_date=person.birth_date,
        stated_age=person.stated_age,
        stated_age_on=person.stated_age_on,
        school=school,
        grade=person.grade,
        on_jury_list=person.on_jury_list,
    )


def _narrowed(only: Only | None) -> tuple[ColumnElement[bool], ...]:
    if only is Only.JURY_LIST:
        return (Person.on_jury_list.is_(True),)
    if only is Only.UNIDENTIFIED:
        return (
            Person.given_names.is_(None),
            Person.family_name.is_(None),
            Person.preferred_name.is_(None),
        )
    return ()


def _matching(text: str) -> tuple[ColumnElement[bool], ...]:
    if not text.strip():
        return ()
    former = aliased(Person)
    merged = select(former.merged_into_id).where(
        former.merged_into_id.is_not(None), _has(former, text)
    )
    return (or_(_has(Person, text), Person.id.in_(merged)),)


def _has(person: type[Person] | AliasedClass[Person], text: str) -> ColumnElement[bool]:
    words = fold(text).split()
    # Signs alone, such as an emoji, are in no search key: they find nobody rather than everybody.
    by_name: ColumnElement[bool] = false()
    if words:
        by_name = and_(*(person.search_key.contains(word, autoescape=True) for word in words))
    typed = typed_number(text)
    if typed is not None and typed.may_be(NumberOf.PERSON):
        return or_(by_name, person.number.contains(typed.number, autoescape=True))
    return by_name
