"""Recording what a panel decided, once per hearing, within what the policy allows."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from youthcourt.audit.domain import Actor, Subject
from youthcourt.audit.services import record_act
from youthcourt.cases.domain import CaseState
from youthcourt.cases.models import Case
from youthcourt.cases.services import move_case
from youthcourt.courts.domain import DueDate, Policy, SanctionKind, SanctionRule, Unit, due_date
from youthcourt.courts.queries import CourtPolicy, policy_on
from youthcourt.errors import CourtRuleBroken
from youthcourt.hearings.domain import HearingState
from youthcourt.people.calendar import court_day
from youthcourt.people.models import Person
from youthcourt.people.services import set_jury_list
from youthcourt.sentences.domain import (
    Agreement,
    CanFinish,
    Feasibility,
    RangeCheck,
    check_amount,
    check_amount_in_range,
    require_reason_outside_range,
)
from youthcourt.sentences.domain.decision import check_agreement
from youthcourt.sentences.models import Sanction, Sentence
from youthcourt.sentences.queries import HeardCase, feasibility_if, heard_case, sentence_of_hearing
from youthcourt.sentences.queries.ranges import range_of
from youthcourt.sentences.services.rows import check_cases_open, hold_hearing


@dataclass(frozen=True, kw_only=True, slots=True)
class SanctionGiven:
    """One item of a sentence as the panel gave it; the amount in the unit of the policy.

    ``label`` names the item where the policy has several of its kind.  What is done or not done
    has no amount.
    """

    kind: SanctionKind
    amount: int | None = None
    label: str | None = None
    detail: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PlannedSanction:
    """An item checked against the policy; ``field`` is the name of its field in the form."""

    rule: SanctionRule
    field: str
    amount: int
    detail: str | None
    range: RangeCheck
    feasibility: Feasibility | None


@dataclass(frozen=True, kw_only=True, slots=True)
class SentencePlan:
    """A sentence that could be recorded, with its last day and whether it can be finished."""

    policy: CourtPolicy
    items: tuple[PlannedSanction, ...]
    due: DueDate | None

    @property
    def outside_range(self) -> bool:
        """Whether any amount is outside what the class allows."""
        return any(item.range.needs_reason for item in self.items)

    @property
    def impossible(self) -> bool:
        """Whether some jury service cannot be finished in time."""
        answers = (item.feasibility for item in self.items)
        return any(answer and answer.can_finish is CanFinish.NO for answer in answers)


def amount_field(position: int) -> str:
    """Return the name of the field of the policy's item at this place, from 0."""
    return f"amount_{position}"


def due_of(policy: Policy, case: Case, *, sentenced_on: date) -> DueDate | None:
    """Return the last day for a sentence given on a day: the earliest of the policy's limits."""
    return due_date(
        policy,
        # The hearing in which it is given: at a review the first one is long past.
        heard_on=sentenced_on,
        sentenced_on=sentenced_on,
        referred_on=case.referred_on,
        admitted_on=case.admitted_on,
    )


def plan_sentence(
    session: Session,
    *,
    heard: HeardCase,
    items: Sequence[SanctionGiven],
    agreement: Agreement,
    offence_class: str | None,
    outside_range_reason: str | None,
    now: datetime,
) -> SentencePlan:
    """Check a sentence without recording it, or refuse with the first rule it breaks.

    The policy of the day of the hearing counts.
    """
    sentenced_on = heard.held_on or court_day(session, now)
    court = policy_on(session, day=sentenced_on)
    policy = court.policy
    if policy.classes and offence_class is None:
        raise CourtRuleBroken("offence_class_needed", "offence_class")
    due = due_of(policy, heard.case, sentenced_on=sentenced_on)
    planned = tuple(_planned(policy, item, offence_class, outside_range_reason) for item in items)
    _check_items(policy, planned)
    plan = SentencePlan(policy=court, items=planned, due=due)
    check_agreement(agreement, policy.forum.decision, outside_range=plan.outside_range)
    last = due.on if due else None
    return SentencePlan(
        policy=court,
        due=due,
        items=tuple(_foreseen(session, item, heard.case, last, now) for item in planned),
    )


def record_sentence(
    session: Session,
    *,
    hearing_id: uuid.UUID,
    items: Sequence[SanctionGiven],
    agreement: Agreement,
    offence_class: str | None = None,
    outside_range_reason: str | None = None,
    not_feasible_reason: str | None = None,
    panel_words: str | None = None,
    actor: Actor,
    now: datetime,
) -> Sentence:
    """Record what a panel decided; the case comes under supervision.

    Sent twice with the same content it is recorded once.  An amount outside the range, and jury
    service that cannot be finished in time, each need a written reason.
    """
    hold_hearing(session, hearing_id)
    heard = heard_case(session, hearing_id)
    earlier = sentence_of_hearing(session, hearing_id)
    if earlier is not None:
        return _same(session, earlier, items, agreement, offence_class)
    check_cases_open(session, [heard.case.id])
    _check_heard(heard, court_day(session, now))
    plan = plan_sentence(
        session,
        heard=heard,
        items=items,
        agreement=agreement,
        offence_class=offence_class,
        outside_range_reason=outside_range_reason,
        now=now,
    )
    if plan.impossible and not (not_feasible_reason or "").strip():
        raise CourtRuleBroken("sentence_not_feasible", "not_feasible_reason")
    sentence = Sentence(
        case_id=heard.case.id,
        hearing_id=hearing_id,
        policy_id=plan.policy.id,
        sentenced_on=heard.held_on,
        offence_class=offence_class,
        agreement=agreement,
        outside_range_reason=outside_range_reason if plan.outside_range else None,
        not_feasible_reason=not_feasible_reason if plan.impossible else None,
        panel_words=panel_words,
        recorded_at=now,
        recorded_by=actor.user_id,
    )
    _store(session, sentence, plan, heard.case)
    _follow_up(session, sentence, plan, heard, actor=actor, now=now)
    return sentence


def _planned(
    policy: Policy, item: SanctionGiven, offence_class: str | None, reason: str | None
) -> PlannedSanction:
    position, rule = _rule_of(policy, item)
    name = amount_field(position)
    amount = 1 if rule.unit is Unit.NONE else item.amount
    if amount is None:
        raise CourtRuleBroken("amount_not_positive", name)
    check_amount(amount, rule.unit, name)
    allowed = range_of(policy, rule, offence_class)
    checked = (
        check_amount_in_range(amount, None)
        if rule.unit is Unit.NONE
        else require_reason_outside_range(amount, allowed, reason=reason, field=name)
    )
    return PlannedSanction(
        rule=rule,
        field=name,
        amount=amount,
        detail=(item.detail or "").strip() or None,
        range=checked,
        feasibility=None,
    )


def _rule_of(policy: Policy, item: SanctionGiven) -> tuple[int, SanctionRule]:
    fitting = [
        (position, rule)
        for position, rule in enumerate(policy.sanctions)
        if rule.kind is item.kind and item.label in (None, rule.label)
    ]
    if len(fitting) != 1:
        raise CourtRuleBroken("sanction_not_in_policy", kind=item.kind)
    return fitting[0]


def _check_items(policy: Policy, planned: Sequence[PlannedSanction]) -> None:
    given = [item.rule for item in planned]
    if len({id(rule) for rule in given}) != len(given):
        raise CourtRuleBroken("sanction_given_twice")
    for position, rule in enumerate(policy.sanctions):
        if rule.mandatory and not any(rule is one for one in given):
            raise CourtRuleBroken("sanction_mandatory", amount_field(position), label=rule.label)
    if not planned:
        raise CourtRuleBroken("sentence_empty")


def _foreseen(
    session: Session, item: PlannedSanction, case: Case, due_on: date | None, now: datetime
) -> PlannedSanction:
    if item.rule.kind is not SanctionKind.JURY:
        return item
    return PlannedSanction(
        rule=item.rule,
        field=item.field,
        amount=item.amount,
        detail=item.detail,
        range=item.range,
        feasibility=feasibility_if(
            session,
            person_id=case.person_id,
            unit=item.rule.unit,
            amount=item.amount,
            due_on=due_on,
            now=now,
        ),
    )


def _check_heard(heard: HeardCase, today: date) -> None:
    if heard.hearing.state is not HearingState.HEARD or heard.held_on is None:
        raise CourtRuleBroken("hearing_not_heard")
    if heard.held_on > today:
        raise CourtRuleBroken("hearing_still_to_come", on=heard.held_on)


def _same(
    session: Session,
    earlier: Sentence,
    items: Iterable[SanctionGiven],
    agreement: Agreement,
    offence_class: str | None,
) -> Sentence:
    """Return the sentence that is there when this is the same one sent again."""
    stored = session.execute(
        select(Sanction.kind, Sanction.amount, Sanction.unit, Sanction.label).where(
            Sanction.sentence_id == earlier.id
        )
    ).all()
    labels = {(row.kind, row.label) for row in stored}
    before = sorted((row.kind, row.label, row.amount) for row in stored)
    again = sorted(
        (
            item.kind,
            item.label or next((text for kind, text in labels if kind is item.kind), ""),
            item.amount or 1,
        )
        for item in items
    )
    if (before, earlier.agreement, earlier.offence_class) != (again, agreement, offence_class):
        raise CourtRuleBroken("sentence_exists")
    return earlier


def _store(session: Session, sentence: Sentence, plan: SentencePlan, case: Case) -> None:
    session.add(sentence)
    session.flush()
    session.add_all(
        Sanction(
            sentence_id=sentence.id,
            case_id=case.id,
            person_id=case.person_id,
            kind=item.rule.kind,
            unit=item.rule.unit,
            label=item.rule.label,
            amount=item.amount,
            due_on=plan.due.on if plan.due else None,
            due_rule=rule_text(plan.due),
            detail=item.detail,
        )
        for item in plan.items
    )
    session.flush()


def rule_text(due: DueDate | None) -> str | None:
    """Return the limit that set the last day as it is stored, such as ``120_days:hearing``."""
    if due is None:
        return None
    rule = due.rule
    length = f"{rule.days}_days" if rule.months is None else f"{rule.months}_months"
    return f"{length}:{rule.counted_from.value}"


def _follow_up(
    session: Session,
    sentence: Sentence,
    plan: SentencePlan,
    heard: HeardCase,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Do what a sentence brings along: the journal, the jury list, the next state of the case."""
    case = heard.case
    record_act(
        session,
        act="sentence_recorded",
        subject=Subject(kind="sentence", id=sentence.id, case_id=case.id, person_id=case.person_id),
        actor=actor,
        now=now,
        items=len(plan.items),
        agreement=sentence.agreement,
        offence_class=sentence.offence_class,
        outside_range=plan.outside_range,
        not_feasible=plan.impossible,
    )
    if any(item.rule.kind is SanctionKind.JURY for item in plan.items):
        put_on_jury_list(session, case.person_id, actor=actor, now=now)
    if case.state is not CaseState.SUPERVISED:
        move_case(
            session,
            case_id=case.id,
            to=CaseState.SUPERVISED,
            on=sentence.sentenced_on,
            actor=actor,
            now=now,
            sentence_recorded=True,
        )


def put_on_jury_list(
    session: Session, person_id: uuid.UUID, *, actor: Actor, now: datetime
) -> None:
    """Let the draw find who has to sit; whose name nobody knows yet is put there by hand."""
    person = session.get_one(Person, person_id)
    named = person.given_names or person.family_name or person.preferred_name
    if named and not person.on_jury_list:
        set_jury_list(session, person_id=person_id, on_list=True, actor=actor, now=now)
