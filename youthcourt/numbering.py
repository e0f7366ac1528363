"""How the readable numbers of people and cases are written and read.

Both series look alike (``2026-0042``), so a person's number is shown with a P before it and a
case's with the word.  What is stored, and what a file for another program holds, is the number
alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

_TYPED = re.compile(
    r"\s*(?:(?P<person>p|person)|(?P<case>c|case))?[\s.:#\u2010-\u2015-]*(?P<number>\d[\d-]*)\s*",
    re.IGNORECASE,
)


class NumberOf(StrEnum):
    """Whose number somebody typed."""

    PERSON = "person"
    CASE = "case"
    EITHER = "either"


@dataclass(frozen=True, kw_only=True, slots=True)
class TypedNumber:
    """A number as it was typed into a search, without what stood before it."""

    number: str
    of: NumberOf

    def may_be(self, whose: NumberOf) -> bool:
        """Return whether it was not typed as the number of the other."""
        return self.of in {whose, NumberOf.EITHER}


def person_no(number: str) -> str:
    """Return a person's number as it is shown, such as ``P 2026-0042``; nothing for none."""
    return f"P\u00a0{number}" if number else ""


def typed_number(text: str) -> TypedNumber | None:
    """Return the number in a search text, None when it is anything but one number."""
    found = _TYPED.fullmatch(text)
    if found is None:
        return None
    of = NumberOf.PERSON if found["person"] else NumberOf.CASE if found["case"] else NumberOf.EITHER
    return TypedNumber(number=found["number"], of=of)
