"""What is shown when somebody else saved the same record meanwhile."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from youthcourt.people.queries import last_saved
from youthcourt.web.conflicts import conflicts
from youthcourt.web.forms import VersionedForm
from youthcourt.web.i18n.formats import instant_text
from youthcourt.web.transactions import database


@dataclass(frozen=True, kw_only=True, slots=True)
class Conflict:
    """The fields that differ, as the conflict panel wants them, and who saved when."""

    fields: tuple[dict[str, str], ...]
    saved_by: str
    saved_at: str


def found_conflict(
    form: VersionedForm,
    *,
    saved: Mapping[str, Any],
    version: int,
    subject: str,
    subject_id: uuid.UUID,
) -> Conflict | None:
    """Return both versions of every field that differs, None where nobody saved another."""
    differing = conflicts(form, saved, version)
    if not differing:
        return None
    last = last_saved(database(), subject=subject, subject_id=subject_id)
    return Conflict(
        fields=tuple(
            {
                "label": item.label,
                "theirs": item.saved,
                "yours": item.typed,
                "field_id": form[item.field].id,
            }
            for item in differing
        ),
        saved_by=last.by if last else "",
        saved_at=instant_text(last.at) if last else "",
    )
