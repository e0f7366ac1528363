"""The words in which a mistake in a policy is told to the person who wrote it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

MISTAKE = "policy_mistake"
_LONGEST_SHOWN = 40
_HUGE = 10**30  # Python refuses to write out numbers that are longer still


def shown(value: object) -> str:
    """Return what somebody wrote, as they would recognise it, cut when it is long."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        text = value if len(value) <= _LONGEST_SHOWN else value[: _LONGEST_SHOWN - 1] + "…"
        return f'"{text}"'
    if isinstance(value, Mapping):
        return "a table"
    if isinstance(value, list | tuple):
        return "a list"
    if isinstance(value, int) and abs(value) >= _HUGE:
        return "a huge number"
    return str(value)[:_LONGEST_SHOWN]


def listed(values: Iterable[object]) -> str:
    """Return the allowed values as one readable list."""
    return ", ".join(str(value) for value in values)


def nearest(word: object, allowed: Iterable[str]) -> str | None:
    """Return the allowed word that looks most like ``word``, or None when none does."""
    found = get_close_matches(str(word).casefold(), list(allowed), n=1, cutoff=0.4)
    return found[0] if found else None


def not_allowed(given: object, allowed: Iterable[str]) -> str:
    """Return the sentence that names the allowed values and the one probably meant."""
    choices = list(allowed)
    near = nearest(given, choices)
    hint = f' Did you mean "{near}"?' if near else ""
    return f"{shown(given)} is not allowed here.{hint} Allowed: {listed(choices)}."


def _unknown_key(error: ErrorDetails, fields: Mapping[str, FieldInfo]) -> str:
    name = str(error["loc"][-1])
    near = nearest(name, fields)
    hint = f' Did you mean "{near}"?' if near else ""
    return f'There is no setting "{name}" here.{hint} Allowed: {listed(fields)}.'


def _missing(error: ErrorDetails, fields: Mapping[str, FieldInfo]) -> str:
    name = str(error["loc"][-1])
    field = fields.get(name)
    meaning = f": {field.description}" if field and field.description else ""
    return f'The setting "{name}" is missing{meaning}'.rstrip(".") + "."


def _choice(error: ErrorDetails) -> str:
    expected = str(error.get("ctx", {}).get("expected", ""))
    allowed = [word.strip(" '") for word in expected.replace(" or ", ", ").split(",")]
    return not_allowed(error["input"], allowed)


_NUMBER = "Write a whole number without quotation marks; this is {given}."
_YES_NO = "Write true or false without quotation marks; this is {given}."
_TABLE = "Write a table of settings; this is {given}."
_TIME = "Write a time of day such as 18:30:00; this is {given}."
_EMPTY = "This is empty. Write something here."
_TEMPLATES = {
    "int_type": _NUMBER,
    "int_from_float": _NUMBER,
    "int_parsing": _NUMBER,
    "bool_type": _YES_NO,
    "bool_parsing": _YES_NO,
    "string_type": "Write text in quotation marks; this is {given}.",
    "tuple_type": "Write a list in square brackets; this is {given}.",
    "dict_type": _TABLE,
    "model_type": _TABLE,
    "model_attributes_type": _TABLE,
    "time_type": _TIME,
    "time_parsing": _TIME,
    "greater_than_equal": "{given} is too small. The least is {ge}.",
    "less_than_equal": "{given} is too large. The most is {le}.",
    "too_short": _EMPTY,
    "string_too_short": _EMPTY,
    "string_too_long": "This is too long. The most is {max_length} characters.",
    "string_pattern_mismatch": "{given} cannot be used here. Use letters, digits, spaces and"
    " hyphens, and start with a letter or digit; a short name has small letters and no spaces.",
}


def explain(error: ErrorDetails, *, fields: Mapping[str, FieldInfo]) -> str:
    """Return one sentence on a mistake that pydantic found in a part with these fields."""
    context: Mapping[str, Any] = error.get("ctx", {})
    match error["type"]:
        case "policy_mistake":
            return str(context["text"])
        case "missing":
            return _missing(error, fields)
        case "extra_forbidden":
            return _unknown_key(error, fields)
        case "enum":
            return _choice(error)
        case kind if kind in _TEMPLATES:
            return _TEMPLATES[kind].format(given=shown(error["input"]), **context)
        case _:
            return f"{error['msg']}."
