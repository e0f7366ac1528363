"""Looking ahead: what taking a file over would do, with what is on record taken into account."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from youthcourt.cases.domain.imports import (
    ImportPlan,
    LeftOut,
    Outcome,
    PlannedCase,
    barred_columns,
    plan_import,
    with_joined,
)
from youthcourt.cases.domain.imports import Mapping as FileMapping
from youthcourt.cases.models import ImportRun
from youthcourt.cases.queries.imports import known_row_keys, mapping_of, run_by_id
from youthcourt.cases.services.imports.on_record import OnRecord, find_on_record
from youthcourt.courts.queries import policy_on
from youthcourt.db import lookup_key
from youthcourt.errors import CourtRuleBroken, NotFound
from youthcourt.files.services import read_file
from youthcourt.files.tables import Shape, SkipReason, Table, read_table

Item = TypeVar("Item")
Progress = Callable[[int], None]
"""Told how many rows or cases are done since it was last told."""

_SAYS_NOTHING = frozenset(
    {
        SkipReason.ABOVE_TABLE,
        SkipReason.SEPARATOR_LINE,
        SkipReason.FOOTNOTE,
        SkipReason.REPEATED_HEADER,
    }
)
_TELL_EVERY = 500


@dataclass(frozen=True, kw_only=True)
class Prospect:
    """A plan with what is on record.

    ``joins`` leads from a planned case, by index, to the case it belongs to: one on record, or
    an earlier planned one of the same youth and incident.  ``digest`` is that of everything a
    person is shown, so that nothing else is taken over.
    """

    mapping: FileMapping
    plan: ImportPlan
    known_keys: frozenset[str]
    on_record: OnRecord
    joins: Mapping[int, uuid.UUID | int]
    digest: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """An uploaded file as it is read for one run."""

    run_id: uuid.UUID
    mapping_id: uuid.UUID | None
    filename: str
    data: bytes
    file_digest: str
    shape: Shape

    def table(self) -> Table:
        """Return the table in the file, or raise CourtRuleBroken."""
        return read_table(self.data, filename=self.filename, shape=self.shape)


def source_of(session: Session, *, run_id: uuid.UUID, folder: Path) -> Source:
    """Return the file of a run; ``import_file_gone`` where it was removed."""
    run = run_by_id(session, run_id)
    if run.file_id is None:
        raise CourtRuleBroken("import_file_gone")
    try:
        stored, data = read_file(session, file_id=run.file_id, folder=folder)
    except NotFound as gone:
        raise CourtRuleBroken("import_file_gone") from gone
    return Source(
        run_id=run.id,
        mapping_id=run.mapping_id,
        filename=stored.filename,
        data=data,
        file_digest=run.file_digest,
        shape=shape_of(run),
    )


def shape_of(run: ImportRun) -> Shape:
    """Return what a person said of how the file is read."""
    return Shape(**(run.shape or {}))


def shape_document(shape: Shape) -> dict[str, Any] | None:
    """Return what is stored of a shape, None where all is detected."""
    said = {name: value for name, value in asdict(shape).items() if value is not None}
    return None if said == {"header_rows": 1} else said


def check_columns(table: Table) -> None:
    """Refuse a table with keys of criminal history records: ``import_column_barred``."""
    barred = barred_columns(table.header)
    if barred:
        raise CourtRuleBroken("import_column_barred", "file", columns=barred)


def plan_run(
    session: Session,
    *,
    run_id: uuid.UUID,
    folder: Path,
    today: date,
    progress: Progress | None = None,
) -> tuple[Source, Table, Prospect]:
    """Return the file of a run, its table, and what taking it over would do.

    Refused: ``import_without_mapping``, and whatever the reader or the mapping refuses.
    """
    source = source_of(session, run_id=run_id, folder=folder)
    mapping = mapping_of(session, source.mapping_id)
    if mapping is None:
        raise CourtRuleBroken("import_without_mapping")
    table = source.table()
    return source, table, look_ahead(session, table, mapping, today=today, progress=progress)


def look_ahead(
    session: Session,
    table: Table,
    mapping: FileMapping,
    *,
    today: date,
    progress: Progress | None = None,
) -> Prospect:
    """Return what taking this table over would do; nothing is written."""
    check_columns(table)
    known = known_row_keys(session, mapping.source)
    plan = plan_import(
        told(table.rows, progress),
        table.header,
        mapping,
        known_keys=known,
        today=today,
        secret=_row_secret(session),
        left_out=left_out(table),
        policy_on=lambda day: policy_on(session, day=day).policy,
    )
    on_record = find_on_record(session, plan.cases)
    joins = _joins(plan.cases, on_record)
    plan = with_joined(plan, joins)
    return Prospect(
        mapping=mapping,
        plan=plan,
        known_keys=known,
        on_record=on_record,
        joins=joins,
        digest=_digest(mapping, plan, on_record, joins),
    )


def left_out(table: Table) -> Iterator[LeftOut]:
    """Yield the rows the reader left out: titles and notes say nothing, the others are refused."""
    for row in table.skipped:
        if row.reason is SkipReason.BLANK:
            yield LeftOut(number=row.number, outcome=Outcome.BLANK)
        else:
            outcome = Outcome.BLANK if row.reason in _SAYS_NOTHING else Outcome.REFUSED
            yield LeftOut(number=row.number, outcome=outcome, code=f"table_row_{row.reason}")


def told(items: Iterable[Item], progress: Progress | None) -> Iterator[Item]:
    """Yield the items and tell from time to time how many more are done."""
    count = 0
    for item in items:
        yield item
        count += 1
        if progress is not None and count == _TELL_EVERY:
            progress(count)
            count = 0
    if progress is not None:
        progress(count)


def _row_secret(session: Session) -> bytes:
    """Return what the keys of rows are made with, so that a stored key tells nothing of a youth."""
    return bytes.fromhex(lookup_key(f"imported rows of {session.info['court_id']}"))


def _joins(cases: tuple[PlannedCase, ...], on_record: OnRecord) -> dict[int, uuid.UUID | int]:
    """Return which planned cases are a second case of one person for one incident."""
    joins: dict[int, uuid.UUID | int] = {}
    first: dict[tuple[str, str], int] = {}
    for at, case in enumerate(cases):
        known = on_record.case_of(case)
        if known is not None:
            joins[at] = known
        elif case.incident_key is not None:
            earlier = first.setdefault((case.person_key, case.incident_key), at)
            if earlier != at:
                joins[at] = earlier
    return joins


def _digest(
    mapping: FileMapping,
    plan: ImportPlan,
    on_record: OnRecord,
    joins: Mapping[int, uuid.UUID | int],
) -> str:
    digest = hashlib.sha256(json.dumps(mapping.document(), sort_keys=True).encode())
    for row in plan.rows:
        codes = ",".join(reason.code for reason in row.reasons)
        digest.update(f"{row.number} {row.outcome} {codes}\n".encode())
    for case in plan.cases:
        digest.update(f"{case.key} {on_record.person_of(case)} {case.opening}\n".encode())
    for addition in plan.additions:
        digest.update(f"{addition.case_key} {addition.keys}\n".encode())
    digest.update(repr(sorted((at, str(to)) for at, to in joins.items())).encode())
    return digest.hexdigest()
