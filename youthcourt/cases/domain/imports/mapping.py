"""A mapping: which column is which field, and how this kind of file writes its values."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping as MappingType
from dataclasses import dataclass
from importlib.resources import files
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    StringConstraints,
    ValidationError,
    model_validator,
)
from pydantic_core import PydanticCustomError

from youthcourt.cases.domain.answers import Race, Sex
from youthcourt.cases.domain.imports import patterns
from youthcourt.cases.domain.imports.fields import (
    ADULT_FIELDS,
    DATE_FIELDS,
    IDENTIFYING,
    NAME_FIELDS,
    OPENING_FIELDS,
    TIME_FIELDS,
    VALUE_FIELDS,
    ExactCopies,
    Field,
    OpenStage,
    Residence,
    Severity,
    Transform,
)
from youthcourt.errors import CourtRuleBroken
from youthcourt.people.domain.kinds import Relation

SHIPPED = ("chicago-arrests", "fort-lauderdale-arrests", "open-cases")
"""The names of the mappings that come with the product."""

_CHOICES: dict[Field, frozenset[str]] = {
    Field.SEX: frozenset(Sex),
    Field.RACE: frozenset(Race),
    Field.ETHNICITY: frozenset(Race),
    Field.SEVERITY: frozenset(Severity),
    Field.RESIDENCE: frozenset(Residence),
    Field.STAGE: frozenset(OpenStage),
    Field.ADULT_RELATION: frozenset(Relation),
}
_SEVERAL = frozenset({Field.RACE, Field.ETHNICITY})


def _tells_apart(fields: set[Field]) -> bool:
    """Return whether these alone tell one case from another: a number, or who and when."""
    who_and_when = {Field.BIRTH_DATE, Field.REFERRED_ON} <= fields and bool(fields & NAME_FIELDS)
    return bool(fields & IDENTIFYING) or who_and_when


def _date_pattern(pattern: str) -> str:
    try:
        patterns.check_date_pattern(pattern)
    except patterns.UnknownPatternError as wrong:
        raise _error("date_pattern_unknown", pattern=pattern) from wrong
    return pattern


def _time_pattern(pattern: str) -> str:
    try:
        patterns.check_time_pattern(pattern)
    except patterns.UnknownPatternError as wrong:
        raise _error("time_pattern_unknown", pattern=pattern) from wrong
    return pattern


def _error(code: str, **params: object) -> PydanticCustomError:
    return PydanticCustomError(code, code, params)


Column = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,59}$")]
DatePattern = Annotated[str, AfterValidator(_date_pattern)]
TimePattern = Annotated[str, AfterValidator(_time_pattern)]


class Mapping(BaseModel):
    """How one kind of file becomes cases; frozen, and the same for CSV and XLSX.

    ``columns`` names a column for each field; ``constants`` give a field one value for all rows.
    ``dates`` and ``times`` list the patterns of a column, the first that fits counts.
    ``values`` translate the codes of a column: for race and ethnicity to any number of SPD-15
    categories (none means the code says nothing), for others to one value.
    ``unknown`` lists the cells that stand for "not known".  ``require`` names the fields
    without which a row is refused.  A row is blank when no cell but those of
    ``blank_when_only`` is filled.
    ``identity`` names the fields that make a row the same fact when it comes again; without them
    it is the whole content and, where ``exact_copies`` are separate facts, the ordinal among
    rows of the same content.  ``merge`` names the fields whose rows are one youth in one incident.
    A file with a ``stage`` holds cases that are open already; each needs its day of referral.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    schema_version: Literal[1] = 1
    name: Name
    title: Annotated[str, StringConstraints(min_length=1, max_length=120)]
    source: Name
    assumed: tuple[str, ...] = ()
    columns: dict[Field, Column]
    constants: dict[Field, str] = {}
    dates: dict[Field, tuple[DatePattern, ...]] = {}
    times: dict[Field, tuple[TimePattern, ...]] = {}
    transforms: dict[Field, tuple[Transform, ...]] = {}
    values: dict[Field, dict[str, str | tuple[str, ...]]] = {}
    unknown: dict[Field, tuple[str, ...]] = {}
    require: tuple[Field, ...] = ()
    blank_when_only: tuple[Column, ...] = ()
    identity: tuple[Field, ...] = ()
    merge: tuple[Field, ...] = ()
    exact_copies: ExactCopies = ExactCopies.SEPARATE

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        self._check_columns()
        self._check_opening()
        self._check_values()
        self._check_identity()
        return self

    @property
    def holds_open_cases(self) -> bool:
        """Whether the rows are cases that are open already."""
        return Field.STAGE in self.columns or Field.STAGE in self.constants

    def _check_opening(self) -> None:
        filled = {*self.columns, *self.constants}
        if self.holds_open_cases:
            if Field.REFERRED_ON not in filled:
                raise _error("mapping_stage_without_referral")
            if Field.COUNT in filled:
                raise _error("mapping_stage_and_count")
            return
        strangers = sorted(filled & (OPENING_FIELDS - ADULT_FIELDS))
        if strangers:
            raise _error("mapping_opening_without_stage", fields=", ".join(strangers))

    def _check_columns(self) -> None:
        filled = {*self.columns, *self.constants}
        if not filled & {Field.INCIDENT_ON, Field.ARRESTED_ON, Field.REFERRED_ON}:
            raise _error("mapping_without_date")
        twice = sorted(c for c in {*self.columns.values()} if self._fields_of(c) > 1)
        if twice:
            raise _error("mapping_column_twice", columns=", ".join(twice))
        for field, fields, code in (
            (self.dates, DATE_FIELDS, "mapping_dates_of_no_date"),
            (self.times, TIME_FIELDS, "mapping_times_of_no_time"),
            (self.values, VALUE_FIELDS, "mapping_values_of_no_code"),
        ):
            strangers = sorted(set(field) - fields)
            if strangers:
                raise _error(code, fields=", ".join(strangers))
        for fields, lists, code in (
            (DATE_FIELDS, self.dates, "mapping_date_without_pattern"),
            (TIME_FIELDS, self.times, "mapping_time_without_pattern"),
        ):
            bare = sorted(f for f in fields & set(self.columns) if not lists.get(f))
            if bare:
                raise _error(code, fields=", ".join(bare))

    def _fields_of(self, column: str) -> int:
        return sum(1 for other in self.columns.values() if other == column)

    def _check_values(self) -> None:
        for field, table in self.values.items():
            for cell, meant in table.items():
                meanings = (meant,) if isinstance(meant, str) else meant
                wrong = set(meanings) - _CHOICES[field]
                if wrong or (field not in _SEVERAL and len(meanings) != 1):
                    raise _error(
                        "mapping_value_unknown", fields=field.value, cell=cell,
                        allowed=", ".join(sorted(_CHOICES[field])),
                    )  # fmt: skip

    def _check_identity(self) -> None:
        filled = {*self.columns, *self.constants}
        for names in (self.identity, self.merge, self.require):
            missing = sorted(set(names) - filled)
            if missing:
                raise _error("mapping_field_without_column", fields=", ".join(missing))
        for names in (self.identity, self.merge):
            if names and not _tells_apart(set(names) & set(self.require)):
                # Otherwise rows without a number would all be one youth.
                raise _error("mapping_key_not_required")
        if self.identity and self.exact_copies is ExactCopies.SEPARATE:
            raise _error("mapping_identity_and_separate_copies")
        if Field.COUNT in self.columns and (self.identity or self.merge):
            raise _error("mapping_count_and_key")

    def meaning(self, field: Field, cell: str) -> tuple[str, ...] | None:
        """Return what a code stands for, or None where the table does not have it."""
        table = self.values.get(field, {})
        meant = table.get(cell)
        if meant is None:
            folded = cell.casefold()
            meant = next((m for c, m in table.items() if c.casefold() == folded), None)
        if meant is None:
            return None
        return (meant,) if isinstance(meant, str) else meant

    def document(self) -> dict[str, Any]:
        """Return what is stored; ``parse_mapping`` makes the same mapping of it again."""
        return self.model_dump(mode="json", exclude_defaults=True) | {
            "schema_version": self.schema_version
        }


@dataclass(frozen=True, kw_only=True, slots=True)
class MappingProblem:
    """One mistake in a mapping: where, which code, and what it is about."""

    place: str
    code: str
    params: MappingType[str, object]


def mapping_problems(document: MappingType[str, object]) -> list[MappingProblem]:
    """Return every mistake found in a mapping document; empty when it can be used."""
    try:
        Mapping.model_validate(document)
    except ValidationError as failed:
        return [
            MappingProblem(
                place=".".join(str(part) for part in error["loc"]),
                code=error["type"],
                params=error.get("ctx", {}),
            )
            for error in failed.errors(include_url=False)
        ]
    return []


def parse_mapping(document: MappingType[str, object]) -> Mapping:
    """Return the mapping of a document, or refuse it: ``mapping_not_usable`` (problems)."""
    problems = mapping_problems(document)
    if problems:
        raise CourtRuleBroken("mapping_not_usable", problems=tuple(problems))
    return Mapping.model_validate(document)


def load_mapping(toml: str) -> Mapping:
    """Return the mapping of a TOML text; codes ``mapping_not_toml``, ``mapping_not_usable``."""
    try:
        return parse_mapping(tomllib.loads(toml))
    except tomllib.TOMLDecodeError as broken:
        raise CourtRuleBroken("mapping_not_toml", detail=str(broken)) from broken


def shipped_mapping(name: str) -> Mapping:
    """Return one of the mappings that come with the product; code ``mapping_not_found``."""
    if name not in SHIPPED:
        raise CourtRuleBroken("mapping_not_found", name=name, names=SHIPPED)
    return load_mapping(
        (files("youthcourt.cases") / "mappings" / f"{name}.toml").read_text("utf-8")
    )
