"""How likely two entries are one person, with the reasons a clerk can judge."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from youthcourt.people.domain.names import fold

_SHORTEST_NICKNAME = 3
_SHORTEST_WORD_WITH_A_SLIP = 4
_PHONE_DIGITS = 10
_SHORTEST_PHONE = 7


class Level(StrEnum):
    """How likely two entries are the same person."""

    NONE = "none"
    POSSIBLE = "possible"
    LIKELY = "likely"


class Likeness(StrEnum):
    """One thing two entries have in common."""

    SAME_NAME = "same_name"
    NAME_ORDER_SWAPPED = "name_order_swapped"
    NICKNAME = "nickname"
    ONE_LETTER = "one_letter"
    NAME_LEFT_OUT = "name_left_out"
    SAME_BIRTH_DATE = "same_birth_date"
    DAY_AND_MONTH_SWAPPED = "day_and_month_swapped"
    BIRTH_DATE_NEAR = "birth_date_near"
    SAME_PHONE = "same_phone"


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonTraits:
    """What is compared; empty means not known."""

    given: str = ""
    family: str = ""
    birth_date: date | None = None
    phones: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Likelihood:
    """The level and its reasons, the strongest kind first."""

    level: Level
    reasons: tuple[Likeness, ...] = ()


_SAME_NAME = frozenset({Likeness.SAME_NAME, Likeness.NAME_ORDER_SWAPPED})
_NEAR_DATE = frozenset({Likeness.DAY_AND_MONTH_SWAPPED, Likeness.BIRTH_DATE_NEAR})


def likely_duplicate(a: PersonTraits, b: PersonTraits) -> Likelihood:
    """Return how likely ``a`` and ``b`` are one person; the order of the two does not matter.

    likely: the same or a similar name with the same birth date; the same name with a near birth
    date or, where a birth date is missing, with the same phone.
    possible: the same name with nothing against it; a similar name with a near birth date or the
    same phone; the same name and phone with another birth date; the same birth date and phone
    with another name.
    """
    name = _name_likeness(a, b)
    born = _birth_likeness(a.birth_date, b.birth_date)
    phone = Likeness.SAME_PHONE if _phones(a) & _phones(b) else None
    level = _level(
        name=name,
        born=born,
        phone=phone is not None,
        both_dates_known=a.birth_date is not None and b.birth_date is not None,
    )
    if level is Level.NONE:
        return Likelihood(level=level)
    found = (name, born, phone)
    return Likelihood(level=level, reasons=tuple(reason for reason in found if reason is not None))


def _level(
    *, name: Likeness | None, born: Likeness | None, phone: bool, both_dates_known: bool
) -> Level:
    same_birth = born is Likeness.SAME_BIRTH_DATE
    near_birth = born in _NEAR_DATE
    if name is None:
        return Level.POSSIBLE if same_birth and phone else Level.NONE
    if same_birth:
        return Level.LIKELY
    if name in _SAME_NAME:
        if near_birth or (phone and not both_dates_known):
            return Level.LIKELY
        return Level.POSSIBLE if phone or not both_dates_known else Level.NONE
    return Level.POSSIBLE if near_birth or phone else Level.NONE


def _name_likeness(a: PersonTraits, b: PersonTraits) -> Likeness | None:
    first, second = (fold(a.given), fold(a.family)), (fold(b.given), fold(b.family))
    if not any(first) or not any(second):
        return None
    if first == second:
        return Likeness.SAME_NAME
    words_a, words_b = " ".join(first).split(), " ".join(second).split()
    if words_a == words_b or "".join(words_a) == "".join(words_b):
        return Likeness.SAME_NAME
    if sorted(words_a) == sorted(words_b):
        return Likeness.NAME_ORDER_SWAPPED
    return _similar_words(words_a, words_b)


def _similar_words(a: list[str], b: list[str]) -> Likeness | None:
    """Return the likeness of two names of which one word differs or some are left out."""
    only_a = list((Counter(a) - Counter(b)).elements())
    only_b = list((Counter(b) - Counter(a)).elements())
    if min(len(a), len(b)) > 1 and bool(only_a) != bool(only_b):
        return Likeness.NAME_LEFT_OUT
    if len(only_a) != 1 or len(only_b) != 1 or len(a) == 1:
        return None
    x, y = sorted((only_a[0], only_b[0]), key=len)
    if len(x) >= _SHORTEST_NICKNAME and y.startswith(x):
        return Likeness.NICKNAME
    if len(y) >= _SHORTEST_WORD_WITH_A_SLIP and _one_edit(x, y):
        return Likeness.ONE_LETTER
    return None


def _one_edit(shorter: str, longer: str) -> bool:
    """Return whether one letter added, left out, changed or swapped makes one of the other."""
    if len(longer) - len(shorter) > 1:
        return False
    start = 0
    while start < len(shorter) and shorter[start] == longer[start]:
        start += 1
    if len(shorter) != len(longer):
        return shorter[start:] == longer[start + 1 :]
    rest_a, rest_b = shorter[start:], longer[start:]
    return rest_a[1:] == rest_b[1:] or (rest_a[:2] == rest_b[:2][::-1] and rest_a[2:] == rest_b[2:])


def _birth_likeness(a: date | None, b: date | None) -> Likeness | None:
    if a is None or b is None:
        return None
    if a == b:
        return Likeness.SAME_BIRTH_DATE
    if a.year == b.year and (a.month, a.day) == (b.day, b.month):
        return Likeness.DAY_AND_MONTH_SWAPPED
    # One digit typed wrong: the commonest slip in a date of eight digits.
    different = sum(x != y for x, y in zip(a.isoformat(), b.isoformat(), strict=True))
    return Likeness.BIRTH_DATE_NEAR if different == 1 else None


def _phones(person: PersonTraits) -> frozenset[str]:
    """Return the last ten digits of each number, so that a country code does not matter."""
    digits = ("".join(c for c in phone if c.isdecimal()) for phone in person.phones)
    return frozenset(d[-_PHONE_DIGITS:] for d in digits if len(d) >= _SHORTEST_PHONE)
