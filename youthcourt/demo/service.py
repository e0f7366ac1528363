"""What made-up respondents do between the evenings, and how their cases end."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import select

from youthcourt.cases.domain import CaseState, ClosureReason
from youthcourt.cases.models import Case
from youthcourt.courts.domain import SanctionKind, Unit
from youthcourt.demo.closing import close
from youthcourt.demo.stage import Stage
from youthcourt.errors import CourtRuleBroken
from youthcourt.sentences.domain.reasons import ChangeReason, DenialReason, Proof
from youthcourt.sentences.queries import SanctionProgress, progress_of
from youthcourt.sentences.services import (
    confirm_service,
    deny_service,
    extend_sanction,
    finish_item,
    report_service,
)

PLACES = ("Food bank", "Animal shelter", "Public library", "Community garden")
_WEEK = 7
_PATIENCE = 21  # days after the last day before a case is given up


@dataclass(kw_only=True)
class Supervision:
    """Looks at every case under supervision once a week."""

    stage: Stage
    slow: set[uuid.UUID] = field(default_factory=set)
    seen: set[uuid.UUID] = field(default_factory=set)

    def begin(self) -> None:
        """Look every week from the first one on."""
        self.stage.later(_WEEK, self._look)

    def _look(self) -> None:
        stage = self.stage
        cases = stage.session.scalars(
            select(Case).where(Case.state == CaseState.SUPERVISED).order_by(Case.number)
        ).all()
        owed = progress_of(
            stage.session, person_ids=[case.person_id for case in cases], now=stage.now
        )
        for case in cases:
            if case.id not in self.seen:
                self.seen.add(case.id)
                if stage.chance(0.12):
                    self.slow.add(case.id)
            self._go_on(case, [i for i in owed[case.person_id] if i.case_id == case.id])
        stage.later(_WEEK, self._look)

    def _go_on(self, case: Case, items: list[SanctionProgress]) -> None:
        if items and all(item.satisfied for item in items):
            late = any(item.finished_late for item in items)
            reason = ClosureReason.COMPLETED_LATE if late else ClosureReason.COMPLETED
            close(self.stage, case.id, reason)
            return
        last = [item.due_on for item in items if item.due_on and not item.satisfied]
        if last and min(last) + timedelta(days=_PATIENCE) < self.stage.today:
            close(self.stage, case.id, ClosureReason.NON_COMPLIANT)
            return
        for item in items:
            if item.satisfied or case.id in self.slow:
                continue
            if item.kind is SanctionKind.COMMUNITY_SERVICE and self.stage.chance(0.45):
                self._serve(item)
            elif item.unit not in {Unit.MINUTES, Unit.SESSIONS} and self.stage.chance(0.2):
                self._finish(item)
            elif item.due_on and self._is_close(item) and self.stage.chance(0.15):
                self._extend(item)

    def _is_close(self, item: SanctionProgress) -> bool:
        return item.due_on is not None and (item.due_on - self.stage.today).days < 2 * _WEEK

    def _serve(self, item: SanctionProgress) -> None:
        stage = self.stage
        minutes = min(stage.dice.choice((120, 180, 240, 300)), item.left)
        piece = report_service(
            stage.session,
            person_id=item.person_id,
            kind=item.kind,
            minutes=minutes,
            served_on=stage.today - timedelta(days=stage.dice.randrange(3)),
            place=stage.dice.choice(PLACES),
            supervisor="the shift leader",
            proof=Proof.SIGNED_SHEET,
            source_key=f"site:{uuid.UUID(int=stage.dice.getrandbits(128)).hex}",
            sanction_id=item.id,
            actor=stage.actor,
            now=stage.now,
        )
        if (stage.end - stage.today).days < _WEEK and stage.chance(0.6):
            return  # waits to be confirmed on the day the demo opens
        if stage.chance(0.03):
            deny_service(
                stage.session,
                service_id=piece.id,
                reason=DenialReason.NOT_SIGNED,
                actor=stage.actor,
                now=stage.now,
            )
        else:
            confirm_service(stage.session, service_id=piece.id, actor=stage.actor, now=stage.now)

    def _finish(self, item: SanctionProgress) -> None:
        stage = self.stage
        finish_item(
            stage.session,
            sanction_id=item.id,
            finished_on=stage.today,
            proof=Proof.SEEN,
            actor=stage.actor,
            now=stage.now,
        )

    def _extend(self, item: SanctionProgress) -> None:
        stage = self.stage
        try:
            extend_sanction(
                stage.session,
                sanction_id=item.id,
                days=14,
                reason=ChangeReason.ILLNESS,
                actor=stage.actor,
                now=stage.now,
            )
        except CourtRuleBroken as refusal:
            if refusal.code != "extension_too_often":
                raise
