"""Eligibility: each rule of the policy asked of one youth, each with its outcome."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import Field

from youthcourt.courts.domain.conditions import Condition, evaluate
from youthcourt.courts.domain.kinds import Outcome, WhenUnknown
from youthcourt.courts.domain.part import Code, Part, Prose

if TYPE_CHECKING:
    from youthcourt.courts.domain.policy import Policy


class EligibilityRule(Part):
    """One thing that has to be so for the programme to take a case."""

    code: Code = Field(description="a short name, unique among the rules")
    text: Prose = Field(description="the rule as staff and families read it")
    when: Condition | None = Field(
        default=None,
        description="the rule is met when this holds; a rule without it is asked of staff",
    )
    unknown: WhenUnknown = Field(
        default=WhenUnknown.ASK, description="what follows when a fact it needs is not known"
    )
    src: str = Field(default="", description="where the rule comes from")


@dataclass(frozen=True, kw_only=True, slots=True)
class RuleOutcome:
    """How one rule came out: ``asked`` waits for staff, ``unknown`` does not hold a case up."""

    code: str
    text: str
    outcome: Outcome
    src: str

    @property
    def holds_up(self) -> bool:
        """Say whether the case cannot go on without an answer or an override."""
        return self.outcome in (Outcome.NOT_MET, Outcome.ASKED)


def _outcome(rule: EligibilityRule, facts: Mapping[str, object]) -> Outcome:
    if rule.when is None:
        return Outcome.ASKED
    answer = evaluate(rule.when, facts)
    if answer is None:
        return Outcome.ASKED if rule.unknown is WhenUnknown.ASK else Outcome.UNKNOWN
    return Outcome.MET if answer else Outcome.NOT_MET


def screen(policy: Policy, facts: Mapping[str, object]) -> tuple[RuleOutcome, ...]:
    """Return the outcome of every rule, in the policy's order.

    A rule without a condition, and one that lacks a fact and says ``ask``, comes out as
    ``asked``; one that lacks a fact and says ``pass`` as ``unknown``.
    """
    return tuple(
        RuleOutcome(code=rule.code, text=rule.text, outcome=_outcome(rule, facts), src=rule.src)
        for rule in policy.eligibility
    )
