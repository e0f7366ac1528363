"""Files of referrals: kept, tried out, taken over whole or discarded."""

from __future__ import annotations

from youthcourt.cases.services.imports.mappings import (
    check_name_is_free,
    keep_mapping,
    put_mapping_away,
    rename_mapping,
)
from youthcourt.cases.services.imports.planning import (
    Prospect,
    Source,
    check_columns,
    look_ahead,
    plan_run,
    shape_of,
    source_of,
)
from youthcourt.cases.services.imports.runs import (
    discard_run,
    note_shape,
    note_trial,
    start_run,
)
from youthcourt.cases.services.imports.taking import Ready, prepare_take_over, take_over
from youthcourt.cases.services.imports.wording import Wording, note_lines

__all__ = [
    "Prospect",
    "Ready",
    "Source",
    "Wording",
    "check_columns",
    "check_name_is_free",
    "discard_run",
    "keep_mapping",
    "look_ahead",
    "note_lines",
    "note_shape",
    "note_trial",
    "plan_run",
    "prepare_take_over",
    "put_mapping_away",
    "rename_mapping",
    "shape_of",
    "source_of",
    "start_run",
    "take_over",
]
