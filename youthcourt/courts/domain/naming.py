"""What a court may be called, and where it may be."""

from __future__ import annotations

import re
from functools import cache
from zoneinfo import available_timezones

from youthcourt.errors import CourtRuleBroken

_SLUG = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
MAX_SLUG, MAX_NAME, MAX_PHONE_NAME = 60, 120, 60
# They keep no summer time, or are nobody's place: an evening planned in them moves by an hour.
_NO_PLACES = frozenset({"Etc", "SystemV", "posix", "right"})


def check_slug(slug: str) -> None:
    """Raise ``CourtRuleBroken`` unless it is a short name: small letters, digits, hyphens."""
    if len(slug) > MAX_SLUG or not _SLUG.fullmatch(slug):
        raise CourtRuleBroken("slug_shape", "slug", max=MAX_SLUG)


def check_names(*, name: str, phone_name: str, sender_name: str) -> None:
    """Raise ``CourtRuleBroken`` unless the names can be shown, two of them to bystanders."""
    if not name.strip() or len(name) > MAX_NAME or not name.isprintable():
        raise CourtRuleBroken("court_name_shape", "name", max=MAX_NAME)
    for field, text in (("phone_name", phone_name), ("sender_name", sender_name)):
        if not text.strip() or len(text) > MAX_PHONE_NAME or not text.isprintable():
            raise CourtRuleBroken("phone_name_shape", field, max=MAX_PHONE_NAME)
        if "court" in text.casefold():
            raise CourtRuleBroken("phone_name_not_neutral", field)


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())  # reads hundreds of files


def check_zone(zone: str) -> None:
    """Raise ``CourtRuleBroken`` unless it is the IANA zone of a place."""
    area, _, place = zone.partition("/")
    if not place or area in _NO_PLACES or zone not in _zones():
        raise CourtRuleBroken("zone_unknown", "time_zone", zone=zone)
