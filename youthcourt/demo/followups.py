"""How a made-up office searches records, and what it finds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from youthcourt.demo.stage import Stage
from youthcourt.followups.domain import (
    CheckEntry,
    CheckResult,
    LaterEventKind,
    LaterOffenceEntry,
    NoSearchReason,
    OffenceCategory,
    RecordSource,
)
from youthcourt.followups.queries import DueLine, due_page
from youthcourt.followups.services import record_check

_MONTH = 30
_BEHIND = timedelta(days=5)  # records are some days old when they are searched
# What comes of a search, and how often.
_LUCK = (
    (CheckResult.NOTHING_FOUND, 70),
    (CheckResult.FOUND, 16),
    (CheckResult.CANNOT_BE_SEARCHED, 8),
    (CheckResult.NOT_SEARCHED, 6),
)
_REASONS = {
    CheckResult.CANNOT_BE_SEARCHED: NoSearchReason.MOVED_AWAY,
    CheckResult.NOT_SEARCHED: NoSearchReason.NO_ANSWER,
}
_WORDS = ("Shoplifting", "Simple assault", "Trespass", "Vandalism")


@dataclass(frozen=True, kw_only=True)
class Searches:
    """Once a month somebody goes through the list of what is due, and does not finish it."""

    stage: Stage

    def begin(self) -> None:
        """Look every month from the first one on."""
        self.stage.later(_MONTH, self._look)

    def _look(self) -> None:
        for line in due_page(self.stage.session, today=self.stage.today).lines:
            if self.stage.chance(0.75):
                self._write(line)
        self.stage.later(_MONTH, self._look)

    def _write(self, line: DueLine) -> None:
        stage = self.stage
        results = [result for result, _weight in _LUCK]
        result = stage.dice.choices(results, [weight for _result, weight in _LUCK])[0]
        reason = _REASONS.get(result)
        offences = (self._offence(line),) if result is CheckResult.FOUND else ()
        record_check(
            stage.session,
            case_id=line.case_id,
            entry=CheckEntry(
                source=RecordSource.JUVENILE_COURT,
                jurisdiction=stage.policy.place,
                result=result,
                reason=reason,
                searched_on=stage.today,
                searched_by="Records desk (made up)",
                data_through=None if reason else max(line.window.ends_on, stage.today - _BEHIND),
                adult_records=False,
                offences=offences,
            ),
            today=stage.today,
            actor=stage.actor,
            now=stage.now,
        )

    def _offence(self, line: DueLine) -> LaterOffenceEntry:
        length = (line.window.ends_on - line.start.on).days
        acted_on = line.start.on + timedelta(days=self.stage.dice.randrange(10, length - 10))
        return LaterOffenceEntry(
            kind=self.stage.dice.choice((LaterEventKind.REFERRAL, LaterEventKind.ARREST)),
            category=OffenceCategory.DELINQUENT,
            offence_on=acted_on,
            event_on=acted_on + timedelta(days=self.stage.dice.randrange(8)),
            text=self.stage.dice.choice(_WORDS),
        )
