"""Amounts against the range of an offence class."""

from __future__ import annotations

from dataclasses import dataclass

from youthcourt.errors import CourtRuleBroken
from youthcourt.sentences.domain.kinds import RangePosition


@dataclass(frozen=True, kw_only=True, slots=True)
class AmountRange:
    """What a class allows for one sanction, both ends included; a missing end is open."""

    minimum: int | None = None
    maximum: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class RangeCheck:
    """Where an amount lies, and whether it needs a written reason."""

    position: RangePosition
    allowed: AmountRange | None

    @property
    def needs_reason(self) -> bool:
        """Return whether the amount is outside the range."""
        return self.position in {RangePosition.BELOW, RangePosition.ABOVE}


def check_amount_in_range(amount: int, allowed: AmountRange | None) -> RangeCheck:
    """Return where the amount lies; ranges of neighbouring classes may overlap.

    Grids such as that of Charlotte County FL overlap at their edges, so an amount never
    tells the class.
    """
    if allowed is None:
        return RangeCheck(position=RangePosition.NO_RANGE, allowed=None)
    position = RangePosition.WITHIN
    if allowed.minimum is not None and amount < allowed.minimum:
        position = RangePosition.BELOW
    elif allowed.maximum is not None and amount > allowed.maximum:
        position = RangePosition.ABOVE
    return RangeCheck(position=position, allowed=allowed)


def check_new_amount(
    amount: int, *, ordered: int, allowed: AmountRange | None, on_purpose: bool
) -> None:
    """Refuse an amount far from the rules or from the sentence unless it is meant so.

    Where the rules set no upper end, more than twice what the sentence ordered is taken for a
    slip: no programme whose rules we have doubles a sentence in one step.
    """
    if on_purpose:
        return
    if check_amount_in_range(amount, allowed).needs_reason:
        raise CourtRuleBroken("adjustment_outside_range", "on_purpose")
    open_above = allowed is None or allowed.maximum is None
    if open_above and amount > 2 * ordered:
        raise CourtRuleBroken("adjustment_doubles", "on_purpose")


def require_reason_outside_range(
    amount: int, allowed: AmountRange | None, *, reason: str | None, field: str = "amount"
) -> RangeCheck:
    """Return the check, or raise ``CourtRuleBroken`` for an outside amount without reason."""
    found = check_amount_in_range(amount, allowed)
    if found.needs_reason and allowed is not None and not (reason or "").strip():
        raise CourtRuleBroken(
            "amount_outside_range", field, min=allowed.minimum, max=allowed.maximum
        )
    return found
