"""How a panel may come to its sentence under the court's rule."""

from __future__ import annotations

from youthcourt.courts.domain.kinds import DecisionRule
from youthcourt.errors import CourtRuleBroken
from youthcourt.sentences.domain.kinds import Agreement

_ALLOWED = {
    DecisionRule.UNANIMOUS: (Agreement.UNANIMOUS,),
    DecisionRule.MAJORITY: (Agreement.UNANIMOUS, Agreement.MAJORITY),
    DecisionRule.JUDGE_WITHIN_RANGE: (Agreement.UNANIMOUS, Agreement.JUDGE_WITHIN_RANGE),
    DecisionRule.UNSTATED: tuple(Agreement),
}


def agreements_allowed(rule: DecisionRule) -> tuple[Agreement, ...]:
    """Return how a sentence may come about, the usual way first.

    Where a judge decides on deadlock it is within the jury's own range (Buncombe County NC).
    """
    return _ALLOWED[rule]


def check_agreement(agreement: Agreement, rule: DecisionRule, *, outside_range: bool) -> None:
    """Raise ``CourtRuleBroken`` unless the rule allows it; a judge alone stays in the range."""
    if agreement not in agreements_allowed(rule):
        raise CourtRuleBroken("agreement_not_allowed", "agreement", rule=rule)
    if agreement is Agreement.JUDGE_WITHIN_RANGE and outside_range:
        raise CourtRuleBroken("judge_stays_in_range", "agreement")
