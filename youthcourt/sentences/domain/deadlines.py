"""How much more time may be given once the policy has set a due date."""

from __future__ import annotations

from dataclasses import dataclass

from youthcourt.errors import CourtRuleBroken


@dataclass(frozen=True, kw_only=True, slots=True)
class ExtensionLimits:
    """The most days one extension adds and how often time may be added; nothing: no limit."""

    max_days: int | None = None
    max_times: int | None = None


def check_extension(*, days: int, given_times: int, limits: ExtensionLimits) -> None:
    """Raise ``CourtRuleBroken`` unless so many more days may be given once more."""
    if days <= 0:
        raise CourtRuleBroken("extension_needs_days", "days")
    if limits.max_times is not None and given_times >= limits.max_times:
        raise CourtRuleBroken("extension_too_often", "days", limit=limits.max_times)
    if limits.max_days is not None and days > limits.max_days:
        raise CourtRuleBroken("extension_too_long", "days", limit=limits.max_days)
