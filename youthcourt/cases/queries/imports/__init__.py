"""Reading what the import of files knows: mappings, runs and what they made."""

from __future__ import annotations

from youthcourt.cases.queries.imports.mappings import (
    MappingLine,
    latest_mapping,
    mapping_lines,
    mapping_named,
    mapping_of,
    mapping_put_away,
    own_mapping,
    title_of,
)
from youthcourt.cases.queries.imports.results import (
    LookAlike,
    MadeCase,
    cases_of_run,
    companion_incidents,
    look_alikes,
)
from youthcourt.cases.queries.imports.runs import (
    RunLine,
    count_waiting_runs,
    known_row_keys,
    run_by_id,
    run_line,
    runs_page,
    same_file_before,
    waiting_runs,
)

__all__ = [
    "LookAlike",
    "MadeCase",
    "MappingLine",
    "RunLine",
    "cases_of_run",
    "companion_incidents",
    "count_waiting_runs",
    "known_row_keys",
    "latest_mapping",
    "look_alikes",
    "mapping_lines",
    "mapping_named",
    "mapping_of",
    "mapping_put_away",
    "own_mapping",
    "run_by_id",
    "run_line",
    "runs_page",
    "same_file_before",
    "title_of",
    "waiting_runs",
]
