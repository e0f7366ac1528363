"""A file on its way in: kept, tried out, and let go of on purpose."""

from __future__ import annotations

import uuid
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from youthcourt.audit.domain import Actor, Subject
from youthcourt.audit.services import record_act
from youthcourt.cases.domain.imports import ImportPlan, RunState
from youthcourt.cases.domain.imports import Mapping as FileMapping
from youthcourt.cases.models import ImportRun
from youthcourt.cases.services.imports.mappings import keep_mapping
from youthcourt.cases.services.imports.planning import check_columns, shape_document
from youthcourt.courts.services import next_number
from youthcourt.db import locked_row
from youthcourt.errors import CourtRuleBroken, NotFound
from youthcourt.files.removal import RemovalReason
from youthcourt.files.services import keep_file, remove_file
from youthcourt.files.tables import CheckedTable, Shape

LOCK = "import"
"""The series whose counter one take-over of a court holds at a time."""


def start_run(
    session: Session, *, upload: CheckedTable, folder: Path, actor: Actor, now: datetime
) -> ImportRun:
    """Keep a checked file, encrypted, and begin a run with it."""
    if upload.table is not None:
        check_columns(upload.table)
    next_number(session, series=LOCK)  # so that its row is there when take-overs wait for it
    run = ImportRun(
        file_digest=upload.sha256,
        state=RunState.UPLOADED,
        started_at=now,
        started_by=actor.user_id,
    )
    session.add(run)
    session.flush()
    stored = keep_file(
        session,
        data=upload.data,
        filename=upload.safe_name,
        content_type=upload.content_type,
        sha256=upload.sha256,
        subject=Subject(kind="import_run", id=run.id),
        folder=folder,
        actor=actor,
        now=now,
    )
    run.file_id = stored.id
    session.flush()
    record_act(session, act="import_started", subject=subject_of_run(run), actor=actor, now=now)
    return run


def note_trial(
    session: Session,
    *,
    run_id: uuid.UUID,
    mapping: FileMapping,
    plan: ImportPlan,
    shape: Shape | None = None,
    actor: Actor,
    now: datetime,
) -> ImportRun:
    """Write down what a dry run counted, with the mapping it used; nothing else is written."""
    run = waiting_run(session, run_id)
    run.mapping_id = keep_mapping(session, mapping=mapping, actor=actor, now=now).id
    if shape is not None:
        run.shape = shape_document(shape)
    run.state = RunState.TRIED
    count_rows(run, plan)
    session.flush()
    return run


def note_shape(session: Session, *, run_id: uuid.UUID, shape: Shape) -> ImportRun:
    """Write down how a person says that the file is read; the next dry run reads it so."""
    run = waiting_run(session, run_id)
    run.shape = shape_document(shape)
    session.flush()
    return run


def discard_run(
    session: Session, *, run_id: uuid.UUID, folder: Path, actor: Actor, now: datetime
) -> ImportRun:
    """Let go of a file that was not taken over; its bytes are removed."""
    run = waiting_run(session, run_id)
    if run.file_id is not None:
        try:
            remove_file(
                session,
                file_id=run.file_id,
                folder=folder,
                reason=RemovalReason.NOT_NEEDED,
                actor=actor,
                now=now,
            )
        except NotFound:
            # Somebody removed the file by hand before.
            session.flush()
    run.state, run.done_at = RunState.DISCARDED, now
    session.flush()
    record_act(session, act="import_discarded", subject=subject_of_run(run), actor=actor, now=now)
    return run


def waiting_run(session: Session, run_id: uuid.UUID) -> ImportRun:
    """Return a run as it is stored now and hold it; refuse one that was decided on.

    Codes: ``import_taken_over_already``, ``import_discarded_already``.
    """
    run = locked_row(session, ImportRun, run_id)
    check_waits(run)
    return run


def check_waits(run: ImportRun) -> None:
    """Refuse a run that was decided on."""
    if run.state == RunState.TAKEN_OVER:
        raise CourtRuleBroken("import_taken_over_already")
    if run.state == RunState.DISCARDED:
        raise CourtRuleBroken("import_discarded_already")


def count_rows(run: ImportRun, plan: ImportPlan) -> None:
    """Set the counts of a run; read = imported + merged + refused + blank."""
    run.rows_read, run.rows_imported, run.rows_merged = plan.read, plan.imported, plan.merged
    run.rows_refused, run.rows_blank = plan.refused, plan.blank
    run.cases_made = plan.case_count


def subject_of_run(run: ImportRun) -> Subject:
    """Return a run as the journal names it."""
    return Subject(kind="import_run", id=run.id)
