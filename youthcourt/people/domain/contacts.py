"""Phone numbers and mail addresses: what is compared, and what cannot be one."""

from __future__ import annotations

import re

from youthcourt.errors import CourtRuleBroken

SHORTEST_PHONE = 7
PHONE_DIGITS = 10  # a number of North America without its country code
_MAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")


def dialled(phone: str) -> str:
    """Return what a phone dials for a number as it was typed, empty when that cannot be told.

    An extension stands behind letters or a mark, and is asked for by whoever answers.
    """
    number = re.split(r"[^\d\s()+./-]", phone, maxsplit=1)[0]
    digits = "".join(c for c in number if c.isdecimal() and c.isascii())
    if len(digits) < SHORTEST_PHONE:
        return ""
    return f"+{digits}" if number.strip().startswith("+") else digits


def phone_digits(phone: str) -> str:
    """Return the digits by which two spellings of a number are equal: the last ten of it."""
    digits = "".join(c for c in phone if c.isdecimal() and c.isascii())
    return digits[-PHONE_DIGITS:]


def folded_mail(address: str) -> str:
    """Return an address as it is compared: capitals make no difference to any mail house."""
    return address.strip().casefold()


def check_phone(phone: str, field: str | None = "phone") -> None:
    """Refuse a number with too few digits to be dialled: code ``phone_unreadable`` (least)."""
    if len(phone_digits(phone)) < SHORTEST_PHONE:
        raise CourtRuleBroken("phone_unreadable", field, least=SHORTEST_PHONE)


def check_mail(address: str, field: str | None = "email") -> None:
    """Refuse what no mail could be sent to: code ``email_unreadable``."""
    if not _MAIL.fullmatch(address):
        raise CourtRuleBroken("email_unreadable", field)
