"""What a sentence may ask for: sanctions, their units, and how much per offence class."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated

from pydantic import Field

from youthcourt.courts.domain.kinds import SanctionKind, Unit
from youthcourt.courts.domain.part import Check, Code, Line, Mistake, Part, Whole, YesNo, is_read
from youthcourt.courts.domain.wording import listed, not_allowed

Amount = Annotated[Whole, Field(ge=0, le=1_000_000)]

# Kinds that are not here may be counted in any unit.
_UNITS: Mapping[SanctionKind, tuple[Unit, ...]] = {
    SanctionKind.JURY: (Unit.SESSIONS, Unit.MINUTES),
    SanctionKind.COMMUNITY_SERVICE: (Unit.MINUTES,),
    SanctionKind.APOLOGY_LETTER: (Unit.PIECES, Unit.NONE),
    SanctionKind.ESSAY: (Unit.PIECES, Unit.NONE),
    SanctionKind.RESTITUTION: (Unit.MONEY, Unit.NONE),
}


def _least_and_most(range_: QuantityRange) -> Iterator[Mistake]:
    if range_.min is None and range_.max is None:
        yield Mistake(where=(), message="Give the least, the most, or both.")
    elif range_.min is not None and range_.max is not None and range_.min > range_.max:
        yield Mistake(
            where=("min",),
            message=f"The least ({range_.min}) is more than the most ({range_.max}).",
        )


class QuantityRange(Part):
    """How much may be ordered, both ends included, in the sanction's unit."""

    checks = (Check(fields=("min", "max"), find=_least_and_most),)

    min: Amount | None = Field(default=None, description="the least; left out: no least")
    max: Amount | None = Field(default=None, description="the most; left out: no most")

    def allows(self, amount: int) -> bool:
        """Say whether the amount is within both ends."""
        return (self.min is None or self.min <= amount) and (self.max is None or amount <= self.max)


def under_an_hour(kind: object, range_: QuantityRange | None) -> str | None:
    """Return the sentence for service ordered in hours where minutes are meant, if it is so."""
    if kind != SanctionKind.COMMUNITY_SERVICE or range_ is None or not is_read(range_, "max"):
        return None
    if range_.max is None:
        return None
    if not 0 < range_.max < 60:  # noqa: PLR2004 -- minutes in an hour
        return None
    return (
        f"Community service is written in minutes, and {range_.max} minutes is less than an"
        f" hour. For {range_.max} hours write {range_.max * 60}."
    )


def _unit_of_kind(rule: SanctionRule) -> Iterator[Mistake]:
    allowed = _UNITS.get(rule.kind, tuple(Unit))
    if rule.unit not in allowed:
        yield Mistake(
            where=("unit",),
            message=f"{rule.kind} cannot be counted in {rule.unit}. Allowed: {listed(allowed)}.",
        )


def _range_needs_unit(rule: SanctionRule) -> Iterator[Mistake]:
    if rule.range is not None and rule.unit is Unit.NONE:
        yield Mistake(
            where=("range",),
            message='A sanction with unit "none" is done or not done and has no range.',
        )


def _range_in_minutes(rule: SanctionRule) -> Iterator[Mistake]:
    if text := under_an_hour(rule.kind, rule.range):
        yield Mistake(where=("range", "max"), message=text)


class SanctionRule(Part):
    """One thing a sentence may ask for in this court."""

    checks = (
        Check(fields=("kind", "unit"), find=_unit_of_kind),
        Check(fields=("unit", "range"), find=_range_needs_unit),
        Check(fields=("kind", "range"), find=_range_in_minutes),
    )

    kind: SanctionKind = Field(description="what it is")
    unit: Unit = Field(description="what amounts of it are counted in")
    mandatory: YesNo = Field(description="is in every sentence")
    range: QuantityRange | None = Field(
        default=None, description="how much, where the class of the offence does not say"
    )
    label: Line = Field(description="its name as families read it")
    note: str = Field(default="", description="what the people who decide should know")


def _kinds_of_quantities(class_: OffenceClass) -> Iterator[Mistake]:
    for kind, range_ in class_.quantities.items():
        if kind not in tuple(SanctionKind):
            yield Mistake(where=("quantities", kind), message=not_allowed(kind, SanctionKind))
        if text := under_an_hour(kind, range_):
            yield Mistake(where=("quantities", kind, "max"), message=text)


class OffenceClass(Part):
    """A class of offences with how much may be ordered in it."""

    checks = (Check(fields=("quantities",), find=_kinds_of_quantities),)

    code: Code = Field(description="the class as the court writes it, such as A or Rank 2")
    label: str = Field(default="", description="what the class is about, in words")
    order: Annotated[Whole, Field(ge=1, le=100)] = Field(
        description="its place from the lightest, which is 1"
    )
    offences: tuple[Line, ...] = Field(
        default=(), description="the offences that belong to it, as referrals name them"
    )
    quantities: dict[str, QuantityRange] = Field(
        default_factory=dict,
        description="the range of each kind of sanction, in that sanction's unit",
    )
