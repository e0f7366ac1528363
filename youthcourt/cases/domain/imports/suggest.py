"""A first draft of a mapping from the words of a header and a few rows, for a person to mend."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from youthcourt.cases.domain.imports import patterns
from youthcourt.cases.domain.imports.fields import (
    DATE_FIELDS,
    IDENTIFYING,
    NAME_FIELDS,
    TIME_FIELDS,
    VALUE_FIELDS,
    Field,
)
from youthcourt.cases.domain.imports.reading import Row, fold_header

SAMPLE_ROWS = 500
"""How many rows are looked at."""

# For each field the words headers use, the surest first.  A header matches when all words of an
# entry stand in it; the entry with the most words wins, then the field listed first.
_WORDS: tuple[tuple[Field, tuple[str, ...]], ...] = (
    (Field.INCIDENT_NUMBER, ("incident id", "incident number", "incident no", "incident num",
                             "incident", "report number", "report no", "case number", "case no",
                             "event number", "cad number")),
    (Field.REFERENCE, ("referral number", "referral id", "referral no", "citation number",
                       "citation no", "ticket number", "arrest id", "arrest number",
                       "court case number", "docket number", "reference")),
    (Field.INCIDENT_ON, ("incident date", "offense date", "offence date", "violation date",
                         "date of offense", "date of offence", "date of incident", "date occurred",
                         "citation date", "crime date", "event date")),
    (Field.INCIDENT_AT, ("incident time", "offense time", "offence time", "time occurred",
                         "time of offense", "time of offence", "time of incident")),
    (Field.ARRESTED_ON, ("arrest date", "date arrested", "date of arrest")),
    (Field.ARRESTED_AT, ("arrest time", "time arrested", "time of arrest")),
    (Field.REFERRED_ON, ("referral date", "date referred", "referred on", "date of referral",
                         "received date", "date received")),
    (Field.CHARGE_TEXT, ("charge description", "statute description", "offense description",
                         "offence description", "charge text", "violation description", "charge",
                         "charges", "offense", "offence", "violation", "complaint")),
    (Field.STATUTE, ("statute", "statute number", "charge code", "offense code", "law section",
                     "ordinance", "code section", "violation code")),
    (Field.SEVERITY, ("charge type", "charge class", "charge level", "charge degree", "severity",
                      "offense level", "offense class", "felony misdemeanor")),
    (Field.AGENCY, ("referring agency", "agency name", "arresting agency", "police department",
                    "referral source", "referred by", "agency")),
    (Field.OFFICER, ("arresting officer", "officer name", "referring officer", "officer")),
    (Field.NARRATIVE, ("narrative", "account of the incident", "incident description", "summary")),
    (Field.REFERRER_NOTE, ("notes", "note", "comments", "remarks")),
    (Field.GIVEN_NAMES, ("first name", "given name", "given names", "forename", "firstname",
                         "fname")),
    (Field.FAMILY_NAME, ("last name", "family name", "surname", "lastname", "lname")),
    (Field.FULL_NAME, ("full name", "youth name", "defendant name", "juvenile name",
                       "respondent name", "arrestee name", "student name", "name")),
    (Field.BIRTH_DATE, ("birth date", "date of birth", "birthdate", "dob", "birthday")),
    (Field.AGE, ("age at arrest", "age at offense", "age")),
    (Field.SEX, ("sex", "gender")),
    (Field.RACE, ("race ethnicity", "race")),
    (Field.ETHNICITY, ("ethnicity", "ethnic", "hispanic")),
    (Field.SCHOOL, ("school name", "school")),
    (Field.GRADE, ("grade", "grade level")),
    (Field.LANGUAGE, ("primary language", "home language", "language")),
    (Field.PHONE, ("phone number", "phone", "telephone", "cell phone", "mobile")),
    (Field.EMAIL, ("email address", "email", "e mail")),
    (Field.ADDRESS, ("home address", "street address", "address")),
    (Field.CITY, ("home city", "city")),
    (Field.REGION, ("state",)),
    (Field.ZIP, ("zip code", "zip", "postal code", "zipcode")),
    (Field.RESIDENCE, ("residence", "resident status", "resident")),
    (Field.STAGE, ("case status", "case stage", "stage", "status", "where the case stands")),
    (Field.ADMITTED_ON, ("admission date", "date admitted", "admitted on")),
    (Field.CONSENTED_ON, ("guardian signed on", "parent signed on", "consent date",
                          "date of consent", "consent signed")),
    (Field.INTAKE_ON, ("intake date", "date of intake", "intake on", "intake")),
    (Field.HEARD_ON, ("hearing date", "date of hearing", "heard on", "first hearing")),
    (Field.SENTENCED_ON, ("sentence date", "date of sentence", "sentenced on", "sentencing date",
                          "disposition date")),
    (Field.TRAINED_ON, ("juror training on", "juror training", "trained on", "training date")),
    (Field.DUE_ON, ("due date", "completion due", "deadline", "last day", "due on", "due")),
    (Field.ADULT_NAME, ("parent or guardian", "parent guardian name", "parent name",
                        "guardian name", "guardian", "parent", "mother", "father")),
    (Field.ADULT_RELATION, ("guardian relation", "parent relation", "relationship", "relation")),
    (Field.ADULT_PHONE, ("parent phone", "guardian phone", "parent or guardian phone")),
    (Field.ADULT_EMAIL, ("parent email", "guardian email", "parent e mail", "guardian e mail",
                         "parent or guardian e mail", "parent or guardian email")),
    (Field.ADULT_LANGUAGE, ("parent language", "guardian language",
                            "parent or guardian language")),
    (Field.JURY_ORDERED, ("jury sessions ordered", "jury duty ordered", "jury service ordered",
                          "jury terms ordered", "jury sessions", "jury duties", "jury terms")),
    (Field.JURY_DONE, ("jury sessions done", "jury duty done", "jury service done",
                       "jury sessions completed", "jury duties completed", "jury terms completed",
                       "jury terms done")),
    (Field.JURY_DUE_ON, ("jury due date", "jury due", "jury service last day",
                         "jury sessions last day")),
    (Field.COMMUNITY_SERVICE_ORDERED, ("community service ordered", "service hours ordered",
                                       "community service hours", "service hours",
                                       "community service")),
    (Field.COMMUNITY_SERVICE_DONE, ("community service done", "service hours done",
                                    "service hours completed", "community service completed",
                                    "hours completed", "hours done")),
    (Field.COMMUNITY_SERVICE_DUE_ON, ("community service due date", "community service last day",
                                      "service hours last day", "hours due date")),
    (Field.APOLOGY_LETTER_ORDERED, ("apology letter ordered", "letter of apology ordered",
                                    "apology letter", "letter of apology", "apology")),
    (Field.APOLOGY_LETTER_DONE, ("apology letter done", "letter of apology done",
                                 "apology done", "apology letter completed")),
    (Field.ESSAY_ORDERED, ("essay ordered", "essay")),
    (Field.ESSAY_DONE, ("essay done", "essay completed")),
    (Field.CLASS_ORDERED, ("class ordered", "workshop ordered", "class or workshop ordered",
                           "workshop", "classes ordered")),
    (Field.CLASS_DONE, ("class done", "workshop done", "class or workshop done",
                        "workshop completed", "class completed")),
    (Field.RESTITUTION_ORDERED, ("restitution ordered", "restitution")),
    (Field.RESTITUTION_DONE, ("restitution done", "restitution paid")),
    (Field.COUNSELLING_ORDERED, ("counselling ordered", "counseling ordered", "counseling",
                                 "counselling")),
    (Field.COUNSELLING_DONE, ("counselling done", "counseling done", "counseling completed")),
    (Field.OTHER_ORDERED, ("something else ordered", "other ordered")),
    (Field.OTHER_DONE, ("something else done", "other done")),
    (Field.COUNT, ("total", "count", "number of arrests", "arrests")),
)  # fmt: skip

# Codes that mean the same wherever they were seen; others are left for a person.
_CODES: dict[Field, dict[str, str | tuple[str, ...]]] = {
    Field.SEX: {
        "f": "female", "female": "female", "m": "male", "male": "male", "x": "x",
        "u": "unknown", "unknown": "unknown",
    },
    Field.RACE: {
        "b": ("black",), "black": ("black",), "african american": ("black",),
        "black or african american": ("black",), "w": ("white",), "white": ("white",),
        "a": ("asian",), "asian": ("asian",), "h": ("hispanic",), "hispanic": ("hispanic",),
        "latino": ("hispanic",), "hispanic or latino": ("hispanic",),
        "american indian or alaska native": ("american_indian",),
        "native american": ("american_indian",), "american indian": ("american_indian",),
        "pacific islander": ("pacific_islander",), "middle eastern": ("middle_eastern",),
        "native hawaiian or pacific islander": ("pacific_islander",),
        "middle eastern or north african": ("middle_eastern",),
        "white hispanic": ("white", "hispanic"), "black hispanic": ("black", "hispanic"),
        "u": (), "unknown": (),
    },
    Field.ETHNICITY: {
        "h": ("hispanic",), "hispanic": ("hispanic",), "y": ("hispanic",), "yes": ("hispanic",),
        "hispanic or latino": ("hispanic",), "n": (), "no": (), "not hispanic": (),
        "non hispanic": (), "not hispanic or latino": (), "u": (), "unknown": (),
    },
    Field.SEVERITY: {
        "f": "felony", "felony": "felony", "m": "misdemeanor", "misdemeanor": "misdemeanor",
        "misdemeanour": "misdemeanor", "ordinance": "ordinance", "infraction": "infraction",
        "status": "status", "status offense": "status",
    },
    Field.STAGE: {
        "referred": "referred", "referral": "referred", "new": "referred", "received": "referred",
        "contacted": "contacted", "reached": "contacted", "screened": "screened",
        "eligible": "screened", "accepted": "screened", "intake": "waiting_for_hearing",
        "intake done": "waiting_for_hearing", "intake completed": "waiting_for_hearing",
        "waiting for hearing": "waiting_for_hearing", "awaiting hearing": "waiting_for_hearing",
        "scheduled": "waiting_for_hearing", "hearing scheduled": "waiting_for_hearing",
        "docketed": "waiting_for_hearing", "sentenced": "sentenced", "heard": "sentenced",
        "supervised": "sentenced", "supervision": "sentenced", "in progress": "sentenced",
        "open sanctions": "sentenced", "closed": "closed", "completed": "closed",
        "complete": "closed", "dismissed": "closed",
    },
    Field.ADULT_RELATION: {
        "mother": "mother", "mom": "mother", "father": "father", "dad": "father",
        "stepmother": "step_parent", "stepfather": "step_parent", "step parent": "step_parent",
        "grandmother": "grandparent", "grandfather": "grandparent", "grandparent": "grandparent",
        "aunt": "aunt_or_uncle", "uncle": "aunt_or_uncle", "brother": "brother_or_sister",
        "sister": "brother_or_sister", "foster parent": "foster_parent",
        "foster mother": "foster_parent", "foster father": "foster_parent",
        "guardian": "legal_guardian", "legal guardian": "legal_guardian",
        "case worker": "case_worker", "caseworker": "case_worker", "mentor": "mentor",
        "other": "other",
    },
    Field.RESIDENCE: {
        "r": "resident", "resident": "resident", "n": "non_resident",
        "nonresident": "non_resident", "non resident": "non_resident",
    },
}  # fmt: skip

_CHARGE_SUFFIX = re.compile(r"\S\s{2,}[FM]$")
# The youth as far as a file can tell, in the order of how sure each is.
_YOUTH = (
    Field.GIVEN_NAMES, Field.FAMILY_NAME, Field.FULL_NAME, Field.BIRTH_DATE,
    Field.AGE, Field.RACE, Field.SEX,
)  # fmt: skip
_HOME = frozenset({Field.ADDRESS, Field.CITY, Field.REGION, Field.ZIP})
_WANTED_DAYS = (Field.ARRESTED_ON, Field.INCIDENT_ON, Field.REFERRED_ON)


@dataclass(frozen=True, kw_only=True, slots=True)
class MappingDraft:
    """A mapping document to be checked by ``mapping_problems`` and mended by a person.

    ``unsure`` names the fields whose pattern or codes could be read in two ways or not at all.
    """

    document: dict[str, Any]
    unsure: tuple[str, ...]


def suggest_mapping(
    header: Sequence[str],
    sample: Iterable[Row],
    *,
    today: date,
    name: str = "new-mapping",
    title: str = "New mapping",
) -> MappingDraft:
    """Return a draft of a mapping: columns by their header words, patterns by what they read.

    For dates and times the pattern that reads most of the sample is taken.  What it does not read
    whole, and a date that could be day or month first (taken as month first), is unsure.
    """
    rows = [row.cells for _, row in zip(range(SAMPLE_ROWS), sample, strict=False)]
    columns = _columns(header)
    if Field.COUNT in columns and not _counts(_filled(rows, columns[Field.COUNT])):
        del columns[Field.COUNT]
    cells = {field: _filled(rows, place) for field, place in columns.items()}
    document: dict[str, Any] = {
        "name": name,
        "title": title,
        "source": name,
        "columns": {field.value: header[place].strip() for field, place in columns.items()},
    }
    unsure = (
        *_patterns_into(document, cells, today),
        *_values_into(document, cells),
        *_unknown_into(document, cells),
    )
    if any(_CHARGE_SUFFIX.search(cell) for cell in cells.get(Field.CHARGE_TEXT, ())):
        document["transforms"] = {Field.CHARGE_TEXT.value: ["class_suffix"]}
    document["blank_when_only"] = _always_filled(header, rows, columns)
    _keys_into(document, set(columns))
    return MappingDraft(document=document, unsure=unsure)


def _filled(rows: Sequence[Sequence[str]], place: int) -> list[str]:
    return [row[place].strip() for row in rows if place < len(row) and row[place].strip()]


def _counts(cells: Sequence[str]) -> bool:
    """Return whether a column can say how many facts a row stands for: 1 alone says nothing."""
    return all(cell.isdecimal() for cell in cells) and any(cell != "1" for cell in cells)


def _columns(header: Sequence[str]) -> dict[Field, int]:
    """Choose for each field the column that fits best; each column serves one field."""
    scored = []
    folded = [" ".join(re.sub(r"[^0-9a-z]+", " ", fold_header(_split(h))).split()) for h in header]
    for place, words in enumerate(folded):
        if folded.count(words) > 1 or not words:
            continue
        for rank, (field, phrases) in enumerate(_WORDS):
            fits = [p for p in phrases if set(p.split()) <= set(words.split())]
            if fits:
                best = max(fits, key=lambda phrase: len(phrase.split()))
                extra = len(words.split()) - len(best.split())
                scored.append((extra, -len(best.split()), rank, place, field))
    chosen: dict[Field, int] = {}
    for _, _, _, place, field in sorted(scored):
        if field not in chosen and place not in chosen.values():
            chosen[field] = place
    if Field.FULL_NAME in chosen and NAME_FIELDS & set(chosen) != {Field.FULL_NAME}:
        del chosen[Field.FULL_NAME]
    if not NAME_FIELDS & set(chosen):
        # In a file without names an address is where something happened, not a home.
        for field in _HOME & set(chosen):
            del chosen[field]
    return {field: chosen[field] for field, _ in _WORDS if field in chosen}


def _split(name: str) -> str:
    """Return a header with spaces between the words of CamelCase."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)


def _patterns_into(
    document: dict[str, Any], cells: dict[Field, list[str]], today: date
) -> Iterator[str]:
    dates: dict[str, list[str]] = {}
    times: dict[str, list[str]] = {}
    for field, samples in cells.items():
        if field in DATE_FIELDS:
            read = {
                p: sum(patterns.read_date(cell, (p,), today=today) is not None for cell in samples)
                for p in patterns.DATE_PATTERNS
            }
            best = max(patterns.DATE_PATTERNS, key=lambda p: read[p])
            dates[field.value] = [best]
            day_first = best.replace("MM", "?").replace("DD", "MM").replace("?", "DD")
            if read[best] < len(samples) or not samples or read.get(day_first) == read[best]:
                yield field.value
        elif field in TIME_FIELDS:
            known = {
                p: sum(patterns.read_time(cell, (p,)) is not None for cell in samples)
                for p in patterns.TIME_PATTERNS
            }
            first = max(patterns.TIME_PATTERNS, key=lambda p: known[p])
            times[field.value] = [first]
            if known[first] < len(samples) or not samples:
                yield field.value
    document["dates"] = dates
    document["times"] = times


def _unknown_into(document: dict[str, Any], cells: dict[Field, list[str]]) -> Iterator[str]:
    """Take an age of nought for "not known", and leave a person to say whether 1 or 2 is too."""
    if any(cell.isdecimal() and int(cell) == 0 for cell in cells.get(Field.AGE, ())):
        document["unknown"] = {Field.AGE.value: ["0"]}
        yield Field.AGE.value


def _values_into(document: dict[str, Any], cells: dict[Field, list[str]]) -> Iterator[str]:
    values: dict[str, dict[str, Any]] = {}
    for field in VALUE_FIELDS & set(cells):
        seen = dict.fromkeys(cells[field])
        values[field.value] = suggest_meanings(field, seen)
        if len(values[field.value]) < len(seen):
            yield field.value
    document["values"] = values


def suggest_meanings(field: Field, cells: Iterable[str]) -> dict[str, Any]:
    """Return what those of the cells mean that mean the same wherever they were seen."""
    known = {cell: _meaning(field, cell) for cell in cells}
    return {cell: meant for cell, meant in known.items() if meant is not None}


def _meaning(field: Field, cell: str) -> Any:
    words = " ".join(re.sub(r"[^a-z]+", " ", cell.casefold()).split())
    meant = _CODES[field].get(words)
    return list(meant) if isinstance(meant, tuple) else meant


def _always_filled(
    header: Sequence[str], rows: Sequence[Sequence[str]], columns: dict[Field, int]
) -> list[str]:
    """Return columns no field uses that hold one and the same cell in every row."""
    used = set(columns.values())
    constant = []
    for place, name in enumerate(header):
        cells = {row[place].strip() if place < len(row) else "" for row in rows}
        if place not in used and len(cells) == 1 and cells != {""} and name.strip():
            constant.append(name.strip())
    return constant


def _keys_into(document: dict[str, Any], fields: set[Field]) -> None:
    """Choose what makes two rows the same fact and the same case."""
    day = next((f for f in _WANTED_DAYS if f in fields), None)
    number = next((f for f in (Field.INCIDENT_NUMBER, Field.REFERENCE) if f in fields), None)
    required = [f for f in (number, day, Field.CHARGE_TEXT) if f is not None and f in fields]
    if Field.COUNT in fields:
        required = [f for f in required if f not in IDENTIFYING]
    elif number is not None:
        key = youth_key(number, fields)
        document["identity"] = key
        document["merge"] = key
    elif Field.STAGE in fields and {Field.BIRTH_DATE, Field.REFERRED_ON} <= fields:
        # A list that is kept up to date says more each time; who and when stay the same.
        key = person_key(fields)
        document["identity"] = document["merge"] = key
        required = list(dict.fromkeys((*required, *(Field(name) for name in key))))
    document["require"] = [f.value for f in required]
    document["exact_copies"] = "merge" if "merge" in document else "separate"


def person_key(fields: set[Field]) -> list[str]:
    """Return the fields that tell one case of one young person where no number does."""
    names = [f for f in _YOUTH if f in NAME_FIELDS | {Field.BIRTH_DATE} and f in fields]
    return [*(field.value for field in names), Field.REFERRED_ON.value]


def youth_key(number: Field, fields: set[Field]) -> list[str]:
    """Return the fields that tell one youth of one incident or referral, as far as a file can."""
    return [number.value, *(field.value for field in _YOUTH if field in fields)]
