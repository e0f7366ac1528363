"""Conditions on what is known about a youth, answered with yes, no or not known."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any

from pydantic import Field, PlainSerializer, PlainValidator
from pydantic_core import PydanticCustomError

from youthcourt.courts.domain.part import Check, Mistake, Part
from youthcourt.courts.domain.wording import MISTAKE, listed, not_allowed, shown


class FactKind(StrEnum):
    """What a fact's value looks like."""

    NUMBER = "number"
    YES_NO = "yes_no"
    TEXT = "text"
    CHOICE = "choice"


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """One thing a policy may ask about a youth or a referral."""

    kind: FactKind
    meaning: str
    choices: tuple[str, ...] = ()


FACTS: Mapping[str, Fact] = {
    "age_at_offence": Fact(
        kind=FactKind.NUMBER, meaning="age in whole years on the day of the incident"
    ),
    "age_at_referral": Fact(
        kind=FactKind.NUMBER, meaning="age in whole years on the day of the referral"
    ),
    "priors": Fact(
        kind=FactKind.CHOICE,
        meaning="how many earlier offences are on record",
        choices=("0", "1", "2+"),
    ),
    "admits": Fact(kind=FactKind.YES_NO, meaning="the youth admits responsibility"),
    "guardian_consent": Fact(kind=FactKind.YES_NO, meaning="a parent or guardian agrees"),
    "offence_class": Fact(
        kind=FactKind.TEXT, meaning="the code of the offence class in this policy"
    ),
    "offence_text": Fact(kind=FactKind.TEXT, meaning="the offence as the referral names it"),
    "nibrs_code": Fact(kind=FactKind.TEXT, meaning="the FBI NIBRS offence code, such as 23C"),
    "school_enrolled": Fact(kind=FactKind.YES_NO, meaning="is enrolled at a school"),
    "residence": Fact(kind=FactKind.TEXT, meaning="the place where the youth lives"),
    "earlier_case": Fact(
        kind=FactKind.YES_NO, meaning="was in a youth court programme before this case"
    ),
    "earlier_case_months": Fact(
        kind=FactKind.NUMBER,
        meaning="whole months since the latest earlier case in a youth court programme",
    ),
    "companion_adult": Fact(kind=FactKind.YES_NO, meaning="was charged together with an adult"),
}


class Op(StrEnum):
    """How a fact is compared with a value."""

    EQ = "eq"
    NE = "ne"
    LT = "lt"
    LE = "le"
    GT = "gt"
    GE = "ge"
    IN = "in"
    NOT_IN = "not_in"


_ORDER: Mapping[Op, Callable[[Any, Any], bool]] = {
    Op.LT: operator.lt,
    Op.LE: operator.le,
    Op.GT: operator.gt,
    Op.GE: operator.ge,
}
_LISTS = (Op.IN, Op.NOT_IN)

Plain = bool | int | str


def _plain(value: object) -> Plain | tuple[Plain, ...] | None:
    if value is None or isinstance(value, Plain):
        return value
    if isinstance(value, list | tuple) and value and all(isinstance(v, Plain) for v in value):
        return tuple(value)
    text = f"Write a number, text, true or false, or a list of these; this is {shown(value)}."
    raise PydanticCustomError(MISTAKE, "{text}", {"text": text})


# Written as it is: pydantic's own serializer of the union turns the list over twice and warns.
Compared = Annotated[
    Plain | tuple[Plain, ...] | None, PlainValidator(_plain), PlainSerializer(lambda value: value)
]


def _fits(value: object, fact: Fact) -> bool:
    match fact.kind:
        case FactKind.NUMBER:
            return isinstance(value, int) and not isinstance(value, bool)
        case FactKind.YES_NO:
            return isinstance(value, bool)
        case FactKind.TEXT:
            return isinstance(value, str)
        case FactKind.CHOICE:
            return isinstance(value, str) and value in fact.choices


_WANTED = {
    FactKind.NUMBER: "a whole number",
    FactKind.YES_NO: "true or false",
    FactKind.TEXT: "text in quotation marks",
}


def _one_form(condition: Condition) -> Iterator[Mistake]:
    comparison = (condition.field, condition.op, condition.value)
    groups = [name for name in ("all_of", "any_of", "none_of") if getattr(condition, name)]
    compares = any(given is not None for given in comparison)
    if len(groups) + compares != 1 or (compares and None in comparison):
        yield Mistake(
            where=(),
            message="A condition is either field, op and value together, or exactly one of"
            " all_of, any_of, none_of with at least one condition in it.",
        )


def _known_fact(condition: Condition) -> Iterator[Mistake]:
    if condition.field is not None and condition.field not in FACTS:
        yield Mistake(where=("field",), message=not_allowed(condition.field, FACTS))


def _value_fits(condition: Condition) -> Iterator[Mistake]:
    fact = FACTS.get(condition.field or "")
    if fact is None or condition.op is None or condition.value is None:
        return
    if condition.op in _ORDER and fact.kind is not FactKind.NUMBER:
        yield Mistake(
            where=("op",),
            message=f'"{condition.op}" compares numbers, and {condition.field} is not a number.'
            " Allowed: eq, ne, in, not_in.",
        )
    is_list = isinstance(condition.value, tuple)
    if is_list is not (condition.op in _LISTS):
        yield Mistake(
            where=("value",),
            message="Write a list in square brackets after in and not_in, and a single value"
            " after eq, ne, lt, le, gt and ge.",
        )
    for value in condition.value if isinstance(condition.value, tuple) else (condition.value,):
        if not _fits(value, fact):
            wanted = _WANTED.get(fact.kind) or "one of " + listed(fact.choices)
            yield Mistake(
                where=("value",),
                message=f"{condition.field} is compared with {wanted}; this is {shown(value)}.",
            )


class Condition(Part):
    """A question about facts: one comparison, or several conditions joined."""

    checks = (
        Check(fields=("field", "op", "value", "all_of", "any_of", "none_of"), find=_one_form),
        Check(fields=("field",), find=_known_fact),
        Check(fields=("field", "op", "value"), find=_value_fits),
    )

    field: str | None = Field(default=None, description="the fact that is compared")
    op: Op | None = Field(default=None, description="how it is compared")
    value: Compared = Field(
        default=None,
        description="what it is compared with; capitals make no difference in text",
    )
    all_of: tuple[Condition, ...] = Field(default=(), description="every one of these holds")
    any_of: tuple[Condition, ...] = Field(default=(), description="at least one of these holds")
    none_of: tuple[Condition, ...] = Field(default=(), description="none of these holds")


def _folded(value: object) -> object:
    return " ".join(value.split()).casefold() if isinstance(value, str) else value


def _any(answers: list[bool | None]) -> bool | None:
    if True in answers:
        return True
    return None if None in answers else False


def _not(answer: bool | None) -> bool | None:  # noqa: FBT001 -- the value itself, no switch
    return None if answer is None else not answer


def _compare(condition: Condition, given: object) -> bool | None:
    fact = FACTS.get(condition.field or "")
    if fact is None or condition.op is None or not _fits(given, fact):
        return None
    if condition.op in _ORDER:
        return _ORDER[condition.op](given, condition.value)
    values = condition.value if isinstance(condition.value, tuple) else (condition.value,)
    found = _folded(given) in [_folded(value) for value in values]
    return found if condition.op in (Op.EQ, Op.IN) else not found


def evaluate(condition: Condition, facts: Mapping[str, object]) -> bool | None:
    """Return whether the condition holds; None when the facts known do not settle it.

    A fact that is missing, None or of the wrong kind counts as not known; nothing is raised.
    """
    if condition.all_of:
        return _not(_any([_not(evaluate(part, facts)) for part in condition.all_of]))
    if condition.any_of:
        return _any([evaluate(part, facts) for part in condition.any_of])
    if condition.none_of:
        return _not(_any([evaluate(part, facts) for part in condition.none_of]))
    return _compare(condition, facts.get(condition.field or ""))
