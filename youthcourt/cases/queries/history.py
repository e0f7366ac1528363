"""The history of a case: who did, who read, and which values were changed."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from youthcourt.accounts.queries import staff_names
from youthcourt.audit.queries import JournalLine, ValueChange, changes_of, journal_of
from youthcourt.cases.models import Agency, Intake

LONGEST = 500


@dataclass(frozen=True, kw_only=True, slots=True)
class Changed:
    """One value that was changed, in the words it was stored in."""

    field: str
    old: str | None
    new: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class HistoryLine:
    """One act or read; ``who`` is empty for a juror and for the program itself."""

    at: datetime
    act: str
    subject: str
    who: str
    actor_kind: str
    second: str
    params: Mapping[str, Any]
    changes: tuple[Changed, ...]
    times: int = 1

    @property
    def is_read(self) -> bool:
        """Whether somebody only looked."""
        return self.act == "read"


def history_of(session: Session, *, case_id: uuid.UUID) -> tuple[HistoryLine, ...]:
    """Return the latest lines about a case, the newest first, reads included."""
    lines = journal_of(session, case_id=case_id, limit=LONGEST)
    intake_id = session.scalar(select(Intake.id).where(Intake.case_id == case_id))
    changes = [
        *changes_of(session, subject="case", subject_ids=[case_id]),
        *(changes_of(session, subject="intake", subject_ids=[intake_id]) if intake_id else ()),
    ]
    seconds = {line.params["second"] for line in lines if line.params.get("second")}
    names = staff_names(
        session, [*(line.actor_user_id for line in lines), *(uuid.UUID(key) for key in seconds)]
    )
    agencies = {str(row.id): row.name for row in session.execute(select(Agency.id, Agency.name))}
    return _runs_together(_line(line, changes, names, agencies) for line in lines)


def _runs_together(lines: Iterable[HistoryLine]) -> tuple[HistoryLine, ...]:
    """Return the lines with the reads of one person in a row on one day made one."""
    kept: list[HistoryLine] = []
    for line in lines:
        last = kept[-1] if kept else None
        if last is not None and last.is_read and _same_read(last, line):
            kept[-1] = replace(last, times=last.times + 1)
        else:
            kept.append(line)
    return tuple(kept)


def _same_read(later: HistoryLine, earlier: HistoryLine) -> bool:
    return (later.act, later.subject, later.who, later.at.date()) == (
        earlier.act,
        earlier.subject,
        earlier.who,
        earlier.at.date(),
    )


def _line(
    line: JournalLine,
    changes: list[ValueChange],
    names: Mapping[uuid.UUID, str],
    agencies: Mapping[str, str],
) -> HistoryLine:
    second = line.params.get("second")
    return HistoryLine(
        at=line.at,
        act=line.act,
        subject=line.subject,
        who=names.get(line.actor_user_id, "") if line.actor_user_id else "",
        actor_kind=line.actor_kind,
        second=names.get(uuid.UUID(second), "") if second else "",
        params=line.params,
        changes=tuple(
            Changed(
                field=change.field,
                old=agencies.get(change.old or "", change.old),
                new=agencies.get(change.new or "", change.new),
            )
            for change in changes
            if change.at == line.at and line.act in _CORRECTIONS
        ),
    )


_CORRECTIONS = frozenset({"case_corrected", "offences_corrected", "intake_corrected"})
