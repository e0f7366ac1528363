"""From what was chosen on the page to the document of a mapping."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Any

from youthcourt.cases.domain.imports import (
    ExactCopies,
    Field,
    Transform,
    person_key,
    youth_key,
)
from youthcourt.cases.domain.imports.fields import DATE_FIELDS, IDENTIFYING, VALUE_FIELDS
from youthcourt.cases.forms.imports.columns import BY_PERSON, PATTERNED, ColumnsForm
from youthcourt.people.domain import fold

_LONGEST_NAME = 50


def document_of(
    form: ColumnsForm, base: Mapping[str, Any], *, name: str, source: str
) -> dict[str, Any]:
    """Return the document that the form stands for; what it does not ask is kept from ``base``."""
    columns = {f.value: form.column_of(f) for f in Field if form.column_of(f)}
    constants = _constants(form, columns)
    fields = {Field(name) for name in (*columns, *constants)}
    identity, merge = _keys(form, base, fields)
    named = form.known_by.data == BY_PERSON
    telling = {name for name in (*identity, *merge) if named or Field(name) in IDENTIFYING}
    wanted = {*(form.require.data or ()), *telling}
    document: dict[str, Any] = {
        **{part: base[part] for part in ("assumed", "schema_version") if part in base},
        "name": name,
        "title": form.title.data,
        "source": source,
        "columns": columns,
        "constants": constants,
        "transforms": _transforms(form, base),
        "values": {
            field: table
            for field, table in base.get("values", {}).items()
            if Field(field) in fields & VALUE_FIELDS
        },
        "unknown": _unknown(form, base, fields),
        "require": [field.value for field in Field if field in fields and field.value in wanted],
        "blank_when_only": list(form.blank_when_only.data or ()),
        "identity": identity,
        "merge": merge,
        "exact_copies": ExactCopies.MERGE.value if identity else form.exact_copies.data,
        **_patterns(form, base, columns),
    }
    return document


def name_of_title(title: str) -> str:
    """Return the name under which a mapping with this title is called."""
    plain = re.sub(r"[^a-z0-9]+", "-", fold(title)).strip("-")[:_LONGEST_NAME].strip("-")
    return plain or f"mapping-{hashlib.sha256(title.encode()).hexdigest()[:8]}"


def _constants(form: ColumnsForm, columns: Mapping[str, str]) -> dict[str, str]:
    """Return what holds for all rows; a column of the file goes before it."""
    said = {
        Field.AGENCY.value: form.agency.data or "",
        Field.REFERRED_ON.value: form.referred_on.data.isoformat() if form.referred_on.data else "",
    }
    return {field: value for field, value in said.items() if value and field not in columns}


def _keys(
    form: ColumnsForm, base: Mapping[str, Any], fields: set[Field]
) -> tuple[list[str], list[str]]:
    """Return what makes a row the same fact, and what makes rows one youth of one incident."""
    chosen = form.known_by.data
    if chosen == "content":
        return [], []
    if chosen == BY_PERSON:
        key = person_key(fields)
        return key, key
    if chosen != "stored":
        key = youth_key(Field(chosen), fields)
        return key, key
    kept = ([n for n in base.get(part, ()) if Field(n) in fields] for part in ("identity", "merge"))
    identity, merge = kept
    return identity, merge


def _transforms(form: ColumnsForm, base: Mapping[str, Any]) -> dict[str, list[str]]:
    transforms = {field: list(steps) for field, steps in base.get("transforms", {}).items()}
    charge = Field.CHARGE_TEXT.value
    others = [s for s in transforms.pop(charge, ()) if s != Transform.CLASS_SUFFIX]
    steps = [*others, *([Transform.CLASS_SUFFIX.value] if form.class_suffix.data else [])]
    return transforms | ({charge: steps} if steps else {})


def _unknown(
    form: ColumnsForm, base: Mapping[str, Any], fields: set[Field]
) -> dict[str, list[str]]:
    unknown = {f: list(words) for f, words in base.get("unknown", {}).items() if Field(f) in fields}
    ages = [word.strip() for word in (form.unknown_age.data or "").split(",") if word.strip()]
    unknown.pop(Field.AGE.value, None)
    return unknown | ({Field.AGE.value: ages} if ages and Field.AGE in fields else {})


def _patterns(
    form: ColumnsForm, base: Mapping[str, Any], columns: Mapping[str, str]
) -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = {"dates": {}, "times": {}}
    for field in PATTERNED:
        chosen = form.pattern_of(field)
        if field.value not in columns or not chosen:
            continue
        kind = "dates" if field in DATE_FIELDS else "times"
        stored = list(base.get(kind, {}).get(field.value, ()))
        # Further patterns of a mapping stay while its first one does.
        found[kind][field.value] = stored if stored[:1] == [chosen] else [chosen]
    return found
