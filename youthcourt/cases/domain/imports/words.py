"""Who a row speaks of, and what it says that no column of the court has."""

from __future__ import annotations

from youthcourt.cases.domain.imports.fields import ADULT_FIELDS, Field
from youthcourt.cases.domain.imports.plan import PlannedPerson, Words
from youthcourt.cases.domain.imports.reading import Record

# What the court has no column for.  Race is asked at intake, of the youth; until then the words
# of the referrer are kept as its words.
_ALWAYS = frozenset(
    {
        Field.INCIDENT_AT,
        Field.ARRESTED_ON,
        Field.ARRESTED_AT,
        Field.RACE,
        Field.ETHNICITY,
        Field.RESIDENCE,
        Field.REFERRER_NOTE,
    }
)
_WHERE_READ = frozenset({Field.GRADE, Field.LANGUAGE, Field.PHONE, Field.EMAIL})
_ADULT_READ = frozenset({Field.ADULT_PHONE, Field.ADULT_EMAIL, Field.ADULT_LANGUAGE})


def words_of(record: Record) -> Words:
    """Return the cells of a row that would be lost otherwise, in the order of the fields."""
    raw = record.raw
    return tuple((name, raw[name]) for name in Field if name in raw and _is_left(record, name))


def _is_left(record: Record, name: Field) -> bool:
    if name in _ALWAYS or name in record.cut:
        return True
    if name in _WHERE_READ:
        return name not in record.text
    if name in ADULT_FIELDS:
        # Without a name there is nobody to write it down of.
        unread = name in _ADULT_READ and name not in record.text
        unrelated = name is Field.ADULT_RELATION and record.relation is None
        return Field.ADULT_NAME not in record.text or unread or unrelated
    if name is Field.SEX:
        return record.sex is None
    if name is Field.SEVERITY:
        charged = Field.CHARGE_TEXT in record.text or Field.STATUTE in record.text
        return record.severity is None or not charged
    return False


def person_of(record: Record) -> PlannedPerson:
    """Return the youth as far as a row tells."""
    text = record.text
    race_words = (record.raw.get(name, "") for name in (Field.RACE, Field.ETHNICITY))
    return PlannedPerson(
        given_names=text.get(Field.GIVEN_NAMES, ""),
        family_name=text.get(Field.FAMILY_NAME, ""),
        birth_date=record.days.get(Field.BIRTH_DATE),
        stated_age=record.age,
        stated_age_on=None if record.age is None else record.age_stated_on,
        sex=record.sex,
        races=record.races,
        race_words=" / ".join(words for words in race_words if words),
        school=text.get(Field.SCHOOL, ""),
        grade=text.get(Field.GRADE, ""),
        language=text.get(Field.LANGUAGE, ""),
        phone=text.get(Field.PHONE, ""),
        email=text.get(Field.EMAIL, ""),
        address=text.get(Field.ADDRESS, ""),
        city=text.get(Field.CITY, ""),
        region=text.get(Field.REGION, ""),
        zip=text.get(Field.ZIP, ""),
        residence=record.residence,
    )
