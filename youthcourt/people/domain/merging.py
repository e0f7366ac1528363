"""What would change if two persons became one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class FieldDifference:
    """One field in which two persons differ, and the value proposed for the one that stays."""

    field: str
    kept: object
    other: object
    proposed: object

    @property
    def conflict(self) -> bool:
        """Whether both persons have a value, so that somebody must choose."""
        return not _empty(self.kept) and not _empty(self.other)


@dataclass(frozen=True, kw_only=True, slots=True)
class MergePreview:
    """Every field that differs; fields that are equal are not listed."""

    differences: tuple[FieldDifference, ...]

    @property
    def conflicts(self) -> tuple[FieldDifference, ...]:
        """The differences somebody must decide."""
        return tuple(d for d in self.differences if d.conflict)

    @property
    def filled(self) -> tuple[FieldDifference, ...]:
        """The fields the person who stays would gain."""
        return tuple(d for d in self.differences if _empty(d.kept))


def merge_preview(kept: Mapping[str, object], other: Mapping[str, object]) -> MergePreview:
    """Return which single-valued fields differ between the person kept and the other one.

    The value kept is proposed unless it is empty; an unknown field of either side counts as empty.
    Fields come in the order of ``kept``, then of ``other``.
    """
    differences = []
    for field in dict.fromkeys((*kept, *other)):
        ours, theirs = kept.get(field), other.get(field)
        if ours == theirs or (_empty(ours) and _empty(theirs)):
            continue
        proposed = theirs if _empty(ours) else ours
        differences.append(FieldDifference(field=field, kept=ours, other=theirs, proposed=proposed))
    return MergePreview(differences=tuple(differences))


def _empty(value: object) -> bool:
    return value is None or value in ("", (), frozenset())
