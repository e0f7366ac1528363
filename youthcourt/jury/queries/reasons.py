"""Why somebody cannot sit in a room, as staff read it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from youthcourt.jury.domain import ReasonCode


@dataclass(frozen=True, kw_only=True, slots=True)
class WhyNot:
    """One reason, with the case it speaks of where it is about one."""

    code: ReasonCode
    case_number: str
    params: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class RoomsWhy:
    """Rooms, by their place in the list, that somebody is kept out of for the same reasons."""

    places: tuple[int, ...]
    reasons: tuple[WhyNot, ...]
    everywhere: bool


def by_reasons(rooms: Sequence[tuple[WhyNot, ...]]) -> tuple[RoomsWhy, ...]:
    """Return each set of reasons once, with the rooms it holds for; free rooms are left out."""
    found: dict[tuple[tuple[ReasonCode, str], ...], list[int]] = {}
    for place, reasons in enumerate(rooms):
        if reasons:
            found.setdefault(tuple((why.code, why.case_number) for why in reasons), []).append(
                place
            )
    return tuple(
        RoomsWhy(
            places=tuple(places),
            reasons=rooms[places[0]],
            everywhere=len(places) == len(rooms),
        )
        for places in found.values()
    )


def why_not(code: str, params: Mapping[str, Any], cases: Mapping[uuid.UUID, str]) -> WhyNot:
    """Return a reason with the number of the case its hearing belongs to."""
    hearing = params.get("hearing_id")
    number = cases.get(uuid.UUID(hearing), "") if hearing else ""
    return WhyNot(code=ReasonCode(code), case_number=number, params=params)
