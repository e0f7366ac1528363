"""The input of a draw as a document without names, and its digest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from youthcourt.jury.domain.shapes import (
    Because,
    Draw,
    DrawRules,
    HearingParty,
    JurorProfile,
    Reason,
    Seat,
    Shortfall,
    Sitting,
    Span,
)

FORMAT = "youthcourt-draw-1"
# Came after the first draws were kept: written only where they say something, so that what
# was kept before keeps its digest.
_LATER_RULES = {"travel_together": False, "most_of_one_school": None, "most_of_one_age": None}


@dataclass(frozen=True, kw_only=True, slots=True)
class DrawInput:
    """Everything a draw depends on but its seed.

    ``locked`` seats stay, ``announced`` ones are kept where nothing above speaks against it.
    """

    sittings: tuple[Sitting, ...]
    jurors: tuple[JurorProfile, ...]
    rules: DrawRules
    locked: tuple[Seat, ...] = ()
    announced: tuple[Seat, ...] = ()

    def document(self) -> dict[str, object]:
        """Return it as it is kept, with numbers for people."""
        return input_document(
            sittings=self.sittings,
            jurors=self.jurors,
            rules=self.rules,
            locked=self.locked,
            announced=self.announced,
        )

    def digest(self) -> str:
        """Return the digest of what is kept."""
        return input_digest(self.document())


def _span(span: Span) -> list[str]:
    return [span.starts_at.isoformat(), span.ends_at.isoformat()]


class _Names:
    """Numbers in place of people and schools; who is not in the pool has none."""

    def __init__(self, sittings: Sequence[Sitting], jurors: Sequence[JurorProfile]) -> None:
        self.people = {juror.person_id: juror.draw_number for juror in jurors}
        schools = [juror.school_id for juror in jurors]
        schools += [h.school_id for s in sittings for h in _hearings(s)]
        known = dict.fromkeys(school for school in schools if school is not None)
        self.schools = {school: number for number, school in enumerate(known, 1)}

    def numbers(self, people: Iterable[UUID]) -> list[int]:
        return sorted(self.people[person] for person in people if person in self.people)

    def school(self, school_id: UUID | None) -> int | None:
        return None if school_id is None else self.schools[school_id]


def _hearings(sitting: Sitting) -> list[HearingParty]:
    return sorted(sitting.hearings, key=lambda hearing: hearing.hearing_id)


def _hearing_document(hearing: HearingParty, names: _Names) -> dict[str, object]:
    return {
        "hearing": str(hearing.hearing_id),
        "respondent": names.people.get(hearing.respondent_id),
        "school": names.school(hearing.school_id),
        "companions": names.numbers(hearing.companion_ids),
        "household": names.numbers(hearing.household_ids),
        "acquaintances": names.numbers(hearing.acquaintance_ids),
        "earlier_roles": names.numbers(hearing.earlier_role_ids),
    }


def _sitting_document(sitting: Sitting, names: _Names) -> dict[str, object]:
    return {
        "sitting": str(sitting.id),
        "room": sitting.room,
        "span": _span(sitting.span),
        "quorum": sitting.quorum,
        "minimum": sitting.minimum,
        "target": sitting.target,
        "maximum": sitting.maximum,
        "hearings": [_hearing_document(hearing, names) for hearing in _hearings(sitting)],
    }


def _juror_document(juror: JurorProfile, names: _Names) -> dict[str, object]:
    held = sorted(juror.held, key=lambda seat: (seat.span.starts_at, seat.sitting_id))
    return {
        "number": juror.draw_number,
        "owed": juror.sessions_owed,
        "due_on": juror.due_on and juror.due_on.isoformat(),
        "trained": juror.trained,
        "standing_oath": juror.standing_oath,
        "sworn_tonight": juror.sworn_tonight,
        "on_list": juror.on_list,
        "suspended": juror.suspended,
        "school": names.school(juror.school_id),
        "unavailable_on": sorted(day.isoformat() for day in juror.unavailable_on),
        "held": [[str(seat.sitting_id), *_span(seat.span)] for seat in held],
        "own_hearings": sorted(_span(span) for span in juror.own_hearings),
        "served_on": sorted(day.isoformat() for day in juror.served_on),
        "past_load": juror.past_load,
        "volunteer": juror.volunteer,
        "experienced": juror.experienced,
        "out_by": juror.out_by and juror.out_by.isoformat("minutes"),
        **_later_facts(juror, names),
    }


def _later_facts(juror: JurorProfile, names: _Names) -> dict[str, object]:
    dues = [[due.due_on and due.due_on.isoformat(), due.sessions] for due in juror.owed_by()]
    facts: dict[str, object] = {
        "dues": dues if juror.dues else [],
        "age": juror.age,
        "travels_with": names.numbers(juror.travels_with),
    }
    return {name: fact for name, fact in facts.items() if fact not in ([], None)}


def _rules_document(rules: DrawRules) -> dict[str, Any]:
    return {
        name: value
        for name, value in asdict(rules).items()
        if name not in _LATER_RULES or value != _LATER_RULES[name]
    }


def _seats_document(seats: Sequence[Seat], names: _Names) -> list[list[object]]:
    rows = sorted(
        (str(seat.sitting_id), seat.position, names.people[seat.person_id], seat.foreperson)
        for seat in seats
    )
    return [list(row) for row in rows]


def input_document(
    *,
    sittings: Sequence[Sitting],
    jurors: Sequence[JurorProfile],
    rules: DrawRules,
    locked: Sequence[Seat] = (),
    announced: Sequence[Seat] = (),
) -> dict[str, object]:
    """Return the input of a draw with draw numbers for people and numbers for schools.

    The order in which anything was given leaves no trace.
    """
    pool = sorted(jurors, key=lambda juror: juror.draw_number)
    rooms = sorted(sittings, key=lambda sitting: (sitting.span.starts_at, sitting.id))
    names = _Names(rooms, pool)
    document: dict[str, object] = {
        "format": FORMAT,
        "rules": _rules_document(rules),
        "sittings": [_sitting_document(sitting, names) for sitting in rooms],
        "jurors": [_juror_document(juror, names) for juror in pool],
        "locked": _seats_document(locked, names),
    }
    if announced:
        document["announced"] = _seats_document(announced, names)
    return document


def input_digest(document: dict[str, object]) -> str:
    """Return the SHA-256 of the document as canonical JSON (sorted keys, ASCII, no blanks)."""
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def draw_document(draw: Draw, jurors: Sequence[JurorProfile]) -> dict[str, object]:
    """Return a draw as it is kept and certified: draw numbers in place of people."""
    numbers = {juror.person_id: juror.draw_number for juror in jurors}
    solved: dict[str, object] = {}
    if draw.solver:
        solved = {
            "solver": draw.solver,
            "reached": [[r.goal.value, r.value, r.bound] for r in draw.reached],
        }
    return {
        "format": FORMAT,
        **solved,
        "seed": draw.seed,
        "input_digest": draw.input_digest,
        "algorithm": draw.algorithm,
        "version": draw.version,
        "label": draw.label.value,
        "goals": asdict(draw.goals),
        "seats": [
            [
                str(seat.sitting_id),
                seat.position,
                numbers[seat.person_id],
                seat.locked,
                seat.foreperson,
            ]
            for seat in draw.seats
        ],
        "reserves": [
            [reserve.rank, numbers[reserve.person_id], [str(key) for key in reserve.sitting_ids]]
            for reserve in draw.reserves
        ],
        "shortfalls": [_shortfall_document(shortfall) for shortfall in draw.shortfalls],
        "reasons": [_reason_document(reason, numbers) for reason in draw.reasons],
        "because": [_because_document(because, numbers) for because in draw.because],
        "locked_against": [_reason_document(reason, numbers) for reason in draw.locked_against],
    }


def _shortfall_document(shortfall: Shortfall) -> dict[str, object]:
    return {
        "sitting": str(shortfall.sitting_id),
        "to_quorum": shortfall.to_quorum,
        "to_minimum": shortfall.to_minimum,
        "to_target": shortfall.to_target,
        "hearings": [[str(hearing_id), lack] for hearing_id, lack in shortfall.hearings],
        **({"kept_out": dict(shortfall.kept_out)} if shortfall.kept_out else {}),
    }


def _reason_document(reason: Reason, numbers: dict[UUID, int]) -> list[object]:
    return [
        numbers[reason.person_id],
        str(reason.sitting_id),
        reason.code.value,
        dict(reason.params),
    ]


def _because_document(because: Because, numbers: dict[UUID, int]) -> list[object]:
    return [
        numbers[because.person_id],
        because.code.value,
        dict(because.params),
        because.tied,
        [code.value for code in because.passed_over],
    ]
