"""The keys under which evenings book and count service; opaque to everybody else."""

from __future__ import annotations

from uuid import UUID

_SEAT, _ATTENDANCE = "seat", "attendance"


def seat_key(seat_id: UUID) -> str:
    """Return the key under which a seat books its service."""
    return f"{_SEAT}:{seat_id}"


def attendance_key(attendance_id: UUID) -> str:
    """Return the key of service without a seat."""
    return f"{_ATTENDANCE}:{attendance_id}"


def first_key(source_key: str) -> str:
    """Return a key as it was first; a piece put right has its turn behind it."""
    return ":".join(source_key.split(":")[:2])


def seat_of_key(source_key: str) -> UUID | None:
    """Return the seat a key of service is of, if it is of one."""
    return _id_of(source_key, _SEAT)


def attendance_of_key(source_key: str) -> UUID | None:
    """Return the attendance a key of service is of, if it is of one."""
    return _id_of(source_key, _ATTENDANCE)


def _id_of(source_key: str, kind: str) -> UUID | None:
    name, _, rest = first_key(source_key).partition(":")
    if name != kind:
        return None
    try:
        return UUID(rest)
    except ValueError:
        return None
