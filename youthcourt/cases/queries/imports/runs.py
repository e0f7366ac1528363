"""Files on their way in, and what became of them."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from youthcourt.accounts.models import User
from youthcourt.cases.domain.imports import WAITING, RunState
from youthcourt.cases.models import ImportedRow, ImportMapping, ImportRun
from youthcourt.cases.queries.imports.mappings import title_of
from youthcourt.db import ListPage, page_number
from youthcourt.errors import NotFound
from youthcourt.files.models import StoredFile

PAGE = 50


@dataclass(frozen=True, kw_only=True, slots=True)
class RunLine:
    """One run as a list shows it; ``by`` is empty for the program itself.

    ``read`` = ``imported`` + ``merged`` + ``refused`` + ``blank``; ``cases`` were made, or would
    be while the run waits.
    """

    id: uuid.UUID
    state: RunState
    filename: str
    mapping: str
    read: int
    imported: int
    merged: int
    refused: int
    blank: int
    cases: int
    started_at: datetime
    done_at: datetime | None
    by: str
    file_id: uuid.UUID | None
    file_kept: bool
    file_digest: str

    @property
    def waits(self) -> bool:
        """Whether somebody still has to decide on it."""
        return self.state in WAITING


def runs_page(session: Session, *, page: int = 1) -> ListPage[RunLine]:
    """Return one page of the runs: those that wait first, then the latest."""
    total = session.scalar(select(func.count(ImportRun.id))) or 0
    number = page_number(page, total=total, size=PAGE)
    waits = ImportRun.state.in_(WAITING)
    query = _lines_query().order_by(waits.desc(), ImportRun.started_at.desc(), ImportRun.id)
    rows = session.execute(query.limit(PAGE).offset((number - 1) * PAGE))
    lines = tuple(_line(*row) for row in rows)
    return ListPage(lines=lines, total=total, size=PAGE, number=number)


def waiting_runs(session: Session) -> tuple[RunLine, ...]:
    """Return the runs on which somebody has to decide, the oldest first."""
    query = _lines_query().where(ImportRun.state.in_(WAITING)).order_by(ImportRun.started_at)
    return tuple(_line(*row) for row in session.execute(query))


def count_waiting_runs(session: Session) -> int:
    """Return on how many files somebody has to decide."""
    query = select(func.count(ImportRun.id)).where(ImportRun.state.in_(WAITING))
    return session.scalar(query) or 0


def run_line(session: Session, run_id: uuid.UUID) -> RunLine:
    """Return one run, or raise ``NotFound``."""
    row = session.execute(_lines_query().where(ImportRun.id == run_id)).first()
    if row is None:
        raise NotFound
    return _line(*row)


def run_by_id(session: Session, run_id: uuid.UUID) -> ImportRun:
    """Return the row of a run, or raise ``NotFound``."""
    run = session.scalar(select(ImportRun).where(ImportRun.id == run_id))
    if run is None:
        raise NotFound
    return run


def same_file_before(session: Session, line: RunLine) -> RunLine | None:
    """Return the latest other run that took the very same bytes over, None where none did."""
    query = (
        _lines_query()
        .where(
            ImportRun.file_digest == line.file_digest,
            ImportRun.state == RunState.TAKEN_OVER,
            ImportRun.id != line.id,
        )
        .order_by(ImportRun.done_at.desc())
        .limit(1)
    )
    row = session.execute(query).first()
    return None if row is None else _line(*row)


def known_row_keys(session: Session, source: str) -> frozenset[str]:
    """Return the keys of every row of this kind of file that was taken over before."""
    query = select(ImportedRow.row_key).where(ImportedRow.mapping_name == source)
    return frozenset(session.scalars(query))


def _lines_query() -> Select[ImportRun, StoredFile, ImportMapping, str]:
    return (
        select(ImportRun, StoredFile, ImportMapping, User.name)
        .outerjoin(StoredFile, StoredFile.id == ImportRun.file_id)
        .outerjoin(ImportMapping, ImportMapping.id == ImportRun.mapping_id)
        .outerjoin(User, User.id == ImportRun.started_by)
    )


def _line(
    run: ImportRun, stored: StoredFile | None, mapping: ImportMapping | None, by: str | None
) -> RunLine:
    return RunLine(
        id=run.id,
        state=RunState(run.state),
        filename="" if stored is None else stored.filename,
        mapping="" if mapping is None else title_of(mapping),
        read=run.rows_read,
        imported=run.rows_imported,
        merged=run.rows_merged,
        refused=run.rows_refused,
        blank=run.rows_blank,
        cases=run.cases_made,
        started_at=run.started_at,
        done_at=run.done_at,
        by=by or "",
        file_id=run.file_id,
        file_kept=stored is not None and stored.removed_at is None,
        file_digest=run.file_digest,
    )
