"""How the office of the demo closes a case: the agency gets its notice soon after."""

from __future__ import annotations

import uuid

from youthcourt.cases.domain import ClosureReason
from youthcourt.cases.services import close_case, mark_paper_printed
from youthcourt.demo.stage import Stage

_WEEK = 7


def close(stage: Stage, case_id: uuid.UUID, reason: ClosureReason) -> None:
    """Close a case today; the notices of the last week still wait to be printed."""
    actor, now = stage.actor, stage.now
    close_case(stage.session, case_id=case_id, reason=reason, on=stage.today, actor=actor, now=now)
    if (stage.end - stage.today).days > _WEEK:
        mark_paper_printed(stage.session, case_id=case_id, actor=actor, now=now)
