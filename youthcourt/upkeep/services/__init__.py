"""Backups, their return, and the marks of upkeep."""

from __future__ import annotations

from youthcourt.upkeep.services.backups import keys_fit, take_backup
from youthcourt.upkeep.services.calming import Calmed, note_restore
from youthcourt.upkeep.services.marks import note_upkeep
from youthcourt.upkeep.services.reading import Content, read_backup
from youthcourt.upkeep.services.restoring import Restored, restore

__all__ = [
    "Calmed",
    "Content",
    "Restored",
    "keys_fit",
    "note_restore",
    "note_upkeep",
    "read_backup",
    "restore",
    "take_backup",
]
