"""A draw's input read from a file that may have been made elsewhere, and the answer to it.

The format is that of a kept draw (``document``), with defaults for what another program does
not know; docs/instances.md describes it.  Whatever certificate was kept can be solved again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
)

from youthcourt.courts.domain.kinds import ConflictEffect
from youthcourt.errors import CourtRuleBroken
from youthcourt.jury.domain.document import FORMAT, DrawInput, draw_document
from youthcourt.jury.domain.replay import read_input
from youthcourt.jury.domain.shapes import Draw

_NAMES = UUID("6f0c2a54-9d0e-4d5c-8c39-0f6f3a6b7a11")
_TOLD = 10  # faults told at once

LockedSeat = tuple[str, int, int, bool]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Rules(_Part):
    zone: str
    conflict_effect: ConflictEffect = ConflictEffect.MAY_NOT_SIT
    same_school_excluded: bool = True
    companions_excluded: bool = True
    household_excluded: bool = True
    acquaintance_excluded: bool = True
    earlier_role_excluded: bool = True
    training_required: bool = True
    standing_oath_required: bool = False
    max_sessions_in_28_days: int | None = Field(default=None, ge=1)
    rest_days: int = Field(default=0, ge=0)
    foreperson: bool = True
    owed_beyond_target: bool = True
    reserves: int | None = Field(default=None, ge=0)
    travel_together: bool = False
    most_of_one_school: int | None = Field(default=None, ge=1)
    most_of_one_age: int | None = Field(default=None, ge=1)

    @field_validator("zone")
    @classmethod
    def _known(cls, zone: str) -> str:
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError("no such time zone") from error
        return zone


class _Hearing(_Part):
    hearing: str
    respondent: int | None = None
    school: int | None = None
    companions: tuple[int, ...] = ()
    household: tuple[int, ...] = ()
    acquaintances: tuple[int, ...] = ()
    earlier_roles: tuple[int, ...] = ()


class _Sitting(_Part):
    sitting: str
    room: str = ""
    span: tuple[AwareDatetime, AwareDatetime]
    quorum: int = Field(ge=1)
    minimum: int = Field(default=0, ge=0)
    target: int = Field(ge=1)
    maximum: int = Field(ge=1)
    hearings: tuple[_Hearing, ...] = ()


class _Juror(_Part):
    number: int = Field(ge=1)
    owed: int = Field(default=0, ge=0)
    due_on: date | None = None
    dues: tuple[tuple[date | None, int], ...] = ()
    trained: bool = True
    standing_oath: bool = False
    sworn_tonight: bool = True
    on_list: bool = True
    suspended: bool = False
    school: int | None = None
    age: int | None = None
    unavailable_on: tuple[date, ...] = ()
    held: tuple[tuple[str, AwareDatetime, AwareDatetime], ...] = ()
    own_hearings: tuple[tuple[AwareDatetime, AwareDatetime], ...] = ()
    served_on: tuple[date, ...] = ()
    past_load: int = Field(default=0, ge=0)
    volunteer: bool = True
    experienced: bool = False
    out_by: time | None = None
    travels_with: tuple[int, ...] = ()


class _Document(_Part):
    format: str
    rules: _Rules
    sittings: tuple[_Sitting, ...]
    jurors: tuple[_Juror, ...]
    locked: tuple[LockedSeat, ...] = ()
    announced: tuple[LockedSeat, ...] = ()

    @field_validator("format")
    @classmethod
    def _ours(cls, name: str) -> str:
        if name != FORMAT:
            raise ValueError(f"must be {FORMAT}")
        return name


@dataclass(frozen=True, kw_only=True, slots=True)
class Instance:
    """A draw's input with the names its file gives to sittings and hearings."""

    given: DrawInput
    names: Mapping[str, str]

    def answer(self, draw: Draw) -> dict[str, object]:
        """Return a draw of it with the file's own names and draw numbers for people."""
        found: dict[str, object] = _renamed(draw_document(draw, self.given.jurors), self.names)
        return found


def read_instance(text: str) -> Instance:
    """Return what a file holds.

    Raises ``CourtRuleBroken`` with the place and kind of every fault, ten at most.
    """
    try:
        document = _Document.model_validate(json.loads(text))
    except json.JSONDecodeError as error:
        raise CourtRuleBroken("instance_not_json", line=error.lineno, column=error.colno) from error
    except ValidationError as error:
        raise CourtRuleBroken("instance_unreadable", faults=_faults(error)) from error
    faults = list(_loose_ends(document))
    if faults:
        raise CourtRuleBroken("instance_unreadable", faults="; ".join(faults[:_TOLD]))
    names: dict[str, str] = {}
    return Instance(given=read_input(_written(document, names)), names=names)


def write_instance(given: DrawInput) -> str:
    """Return the input as the text of a file, the same for the same input."""
    return json.dumps(given.document(), indent=1, sort_keys=True) + "\n"


def _faults(error: ValidationError) -> str:
    told = [
        f"{'.'.join(map(str, fault['loc'])) or 'file'}: {fault['msg'].lower()}"
        for fault in error.errors(include_url=False)
    ]
    return "; ".join(told[:_TOLD])


def _loose_ends(document: _Document) -> list[str]:
    """Return what speaks of people or sittings that are not in the file."""
    numbers = {juror.number for juror in document.jurors}
    rooms = {sitting.sitting for sitting in document.sittings}
    found = [
        f"{kind}.{place}: no such juror or sitting"
        for kind, seats in (("locked", document.locked), ("announced", document.announced))
        for place, (sitting, _, number, _) in enumerate(seats)
        if sitting not in rooms or number not in numbers
    ]
    found += [
        f"jurors.{place}.dues: must add up to owed"
        for place, juror in enumerate(document.jurors)
        if juror.dues and sum(sessions for _, sessions in juror.dues) != juror.owed
    ]
    return found


def _key(name: str, names: dict[str, str]) -> str:
    """Return the key of a name, which is the name itself where it is one already."""
    try:
        key = str(UUID(name))
    except ValueError:
        key = str(uuid5(_NAMES, name))
    names[key] = name
    return key


def _written(document: _Document, names: dict[str, str]) -> dict[str, Any]:
    """Return the file as a kept draw would have it."""
    kept = document.model_dump(mode="json")
    for sitting in kept["sittings"]:
        sitting["sitting"] = _key(sitting["sitting"], names)
        for hearing in sitting["hearings"]:
            hearing["hearing"] = _key(hearing["hearing"], names)
    for seat in (*kept["locked"], *kept["announced"]):
        seat[0] = _key(seat[0], names)
    for juror in kept["jurors"]:
        for seat in juror["held"]:
            seat[0] = _key(seat[0], names)
    return kept


def _renamed(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return names.get(value, value)
    if isinstance(value, list):
        return [_renamed(one, names) for one in value]
    if isinstance(value, dict):
        return {_renamed(key, names): _renamed(one, names) for key, one in value.items()}
    return value
