"""Why a stored file is removed."""

from __future__ import annotations

from enum import StrEnum


class RemovalReason(StrEnum):
    """Why a stored file is removed for good."""

    WRONG_RECORD = "wrong_record"
    WRONG_FILE = "wrong_file"
    DUPLICATE = "duplicate"
    NOT_NEEDED = "not_needed"
    ASKED_TO = "asked_to"
