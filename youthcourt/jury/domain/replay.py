"""A draw done again from what was kept of it: numbers stand for people all the way."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from youthcourt.courts.domain.kinds import ConflictEffect
from youthcourt.errors import CourtRuleBroken
from youthcourt.jury.domain.document import FORMAT, DrawInput, draw_document, input_digest
from youthcourt.jury.domain.greedy import ALGORITHM, VERSION, draw_panels
from youthcourt.jury.domain.shapes import (
    Draw,
    DrawRules,
    Due,
    HearingParty,
    HeldSeat,
    JurorProfile,
    Seat,
    Sitting,
    Span,
)

# Made-up keys: people by their number, schools and people outside the pool far above them.
_SCHOOLS = 2**64
_STRANGERS = 2**96


@dataclass(frozen=True, kw_only=True, slots=True)
class Replay:
    """Whether a kept draw came out the same when it was done again."""

    input_unchanged: bool
    result_equal: bool

    @property
    def same(self) -> bool:
        """Whether nothing differs."""
        return self.input_unchanged and self.result_equal


def replay(
    *, document: Mapping[str, Any], result: Mapping[str, Any], digest: str, seed: int
) -> Replay:
    """Return whether the kept input has its digest and gives the kept result again.

    Raises ``CourtRuleBroken`` when the draw was made by a method this version does not have.
    """
    kept = read_input(document)
    again = _draw_again(kept, document, result, seed)
    # Through JSON and back, as what is kept has been.
    written = json.loads(json.dumps(draw_document(again, kept.jurors)))
    return Replay(
        input_unchanged=input_digest(dict(document)) == digest == again.input_digest,
        result_equal=written == dict(result),
    )


def _draw_again(
    kept: DrawInput, document: Mapping[str, Any], result: Mapping[str, Any], seed: int
) -> Draw:
    made_by = (document.get("format"), result.get("algorithm"), result.get("version"))
    if made_by == (FORMAT, ALGORITHM, VERSION):
        return draw_panels(
            sittings=kept.sittings,
            jurors=kept.jurors,
            rules=kept.rules,
            seed=seed,
            locked=kept.locked,
        )
    # The solver is loaded by whoever needs it.
    from youthcourt.jury.domain import solving  # noqa: PLC0415

    if made_by != (FORMAT, solving.ALGORITHM, solving.VERSION):
        raise CourtRuleBroken("draw_made_by_another_version")
    if result.get("solver") != solving.solver_version():
        raise CourtRuleBroken("draw_made_by_another_version")
    return solving.solve_draw(kept, seed=seed)


def read_input(document: Mapping[str, Any]) -> DrawInput:
    """Return the input of a kept draw; whoever had no number in it is a stranger now."""
    rules = dict(document["rules"])
    rules["conflict_effect"] = ConflictEffect(rules["conflict_effect"])
    return DrawInput(
        sittings=tuple(_sitting(kept) for kept in document["sittings"]),
        jurors=tuple(_juror(kept) for kept in document["jurors"]),
        rules=DrawRules(**rules),
        locked=tuple(_seat(kept, locked=True) for kept in document["locked"]),
        announced=tuple(_seat(kept, locked=False) for kept in document.get("announced", ())),
    )


def _seat(kept: Sequence[Any], *, locked: bool) -> Seat:
    sitting, position, number, foreperson = kept
    return Seat(
        sitting_id=UUID(sitting),
        position=position,
        person_id=UUID(int=number),
        foreperson=foreperson,
        locked=locked,
    )


def _people(numbers: Iterable[int]) -> frozenset[UUID]:
    return frozenset(UUID(int=number) for number in numbers)


def _school(number: int | None) -> UUID | None:
    return None if number is None else UUID(int=_SCHOOLS + number)


def _span(kept: Sequence[str]) -> Span:
    start, end = kept
    return Span(starts_at=datetime.fromisoformat(start), ends_at=datetime.fromisoformat(end))


def _hearing(kept: Mapping[str, Any]) -> HearingParty:
    key = UUID(kept["hearing"])
    number = kept["respondent"]
    return HearingParty(
        hearing_id=key,
        respondent_id=UUID(int=_STRANGERS + key.int % _STRANGERS if number is None else number),
        school_id=_school(kept["school"]),
        companion_ids=_people(kept["companions"]),
        household_ids=_people(kept["household"]),
        acquaintance_ids=_people(kept["acquaintances"]),
        earlier_role_ids=_people(kept["earlier_roles"]),
    )


def _sitting(kept: Mapping[str, Any]) -> Sitting:
    span = _span(kept["span"])
    return Sitting(
        id=UUID(kept["sitting"]),
        room=kept["room"],
        quorum=kept["quorum"],
        minimum=kept["minimum"],
        target=kept["target"],
        maximum=kept["maximum"],
        starts_at=span.starts_at,
        ends_at=span.ends_at,
        hearings=tuple(_hearing(hearing) for hearing in kept["hearings"]),
    )


def _juror(kept: Mapping[str, Any]) -> JurorProfile:
    return JurorProfile(
        person_id=UUID(int=kept["number"]),
        draw_number=kept["number"],
        sessions_owed=kept["owed"],
        due_on=date.fromisoformat(kept["due_on"]) if kept["due_on"] else None,
        trained=kept["trained"],
        standing_oath=kept["standing_oath"],
        sworn_tonight=kept["sworn_tonight"],
        on_list=kept["on_list"],
        suspended=kept["suspended"],
        school_id=_school(kept["school"]),
        unavailable_on=frozenset(date.fromisoformat(day) for day in kept["unavailable_on"]),
        held=tuple(
            HeldSeat(sitting_id=UUID(sitting), span=_span(span)) for sitting, *span in kept["held"]
        ),
        own_hearings=tuple(_span(span) for span in kept["own_hearings"]),
        served_on=frozenset(date.fromisoformat(day) for day in kept["served_on"]),
        past_load=kept["past_load"],
        volunteer=kept["volunteer"],
        experienced=kept["experienced"],
        out_by=time.fromisoformat(kept["out_by"]) if kept["out_by"] else None,
        dues=tuple(
            Due(sessions=sessions, due_on=date.fromisoformat(day) if day else None)
            for day, sessions in kept.get("dues", ())
        ),
        age=kept.get("age"),
        travels_with=_people(kept.get("travels_with", ())),
    )
