"""Cases that are open already when a court begins to keep its records here.

A row says at which step its case is, what was ordered and what of that is done.  What is read is
held against the policy of the court, so that a dry run tells everything that cannot be used.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from youthcourt.cases.domain.imports.fields import (
    ADULT_FIELDS,
    DONE_FIELDS,
    DUE_FIELDS,
    ORDERED_FIELDS,
    STEP_DAYS,
    Field,
    OpenStage,
)
from youthcourt.cases.domain.imports.reading import Reason, Record, RowRefusedError
from youthcourt.cases.domain.kinds import CaseState
from youthcourt.courts.domain import DueDate, Policy, SanctionKind, SanctionRule, Unit, due_date
from youthcourt.people.domain import fold
from youthcourt.people.domain.kinds import Relation, SpokenLanguage

MOST_ORDERED = 1_000_000  # as ``courts.domain.quantities.Amount``, in the unit of the item

PolicyOn = Callable[[date], Policy]
"""Returns the court's policy in force on a day."""

STATES: dict[OpenStage, CaseState] = {
    OpenStage.REFERRED: CaseState.REFERRED,
    OpenStage.CONTACTED: CaseState.CONTACTED,
    OpenStage.SCREENED: CaseState.SCREENED,
    OpenStage.WAITING_FOR_HEARING: CaseState.INTAKE_DONE,
    OpenStage.SENTENCED: CaseState.SUPERVISED,
}
_HOURS = re.compile(r"(\d{1,5})(?:[.,](\d{1,2}))?\s*(?:h|hrs?\.?|hours?)?", re.IGNORECASE)
_CLOCK = re.compile(r"(\d{1,5}):([0-5]\d)")
_NUMBER = re.compile(r"(\d{1,6})(?:[.,]0+)?\s*(?:sessions?|times|x)?", re.IGNORECASE)
_MONEY = re.compile(r"\$?\s*(\d{1,6}(?:,\d{3})*)(?:\.(\d{2}))?")
_YES = frozenset({"yes", "y", "x", "1", "true", "done", "complete", "completed", "finished", "✓"})
_NO = frozenset({"no", "n", "0", "false", "open", "not done", "incomplete", "none", "-"})
_BETWEEN_LABELS = re.compile(r"\s*;\s*")


@dataclass(frozen=True, kw_only=True, slots=True)
class PlannedAdult:
    """An adult tied to the youth, as far as the file tells; ``relation`` may be unknown."""

    name: str
    relation: Relation | None = None
    phone: str = ""
    email: str = ""
    language: SpokenLanguage | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PlannedItem:
    """One item of a sentence given before: ordered and done in ``unit``, with its last day.

    Whole numbers of sessions or pieces, minutes, or cents.  ``due`` is the limit of the policy
    where the file names no last day.
    """

    kind: SanctionKind
    label: str
    unit: Unit
    ordered: int
    done: int
    due_on: date | None
    due: DueDate | None


@dataclass(frozen=True, kw_only=True, slots=True)
class PlannedOpening:
    """Where a case stands that is open already; days are None where the file has none."""

    stage: OpenStage
    admitted_on: date | None = None
    consented_on: date | None = None
    intake_on: date | None = None
    heard_on: date | None = None
    sentenced_on: date | None = None
    trained_on: date | None = None
    items: tuple[PlannedItem, ...] = ()

    @property
    def state(self) -> CaseState:
        """The state the case is opened in."""
        return STATES[self.stage]


def adult_of(record: Record) -> PlannedAdult | None:
    """Return the adult a row names, None where it names none."""
    text = record.text
    name = text.get(Field.ADULT_NAME, "")
    if not name:
        return None
    language = text.get(Field.ADULT_LANGUAGE)
    return PlannedAdult(
        name=name,
        relation=record.relation,
        phone=text.get(Field.ADULT_PHONE, ""),
        email=text.get(Field.ADULT_EMAIL, ""),
        language=None if language is None else SpokenLanguage(language),
    )


def opening_words(record: Record) -> tuple[tuple[Field, str], ...]:
    """Return what a row says of an open case, for where the record is left as it is."""
    said = (*STEP_DAYS, Field.TRAINED_ON, Field.STAGE, *ADULT_FIELDS)
    items = (*ORDERED_FIELDS.values(), *DONE_FIELDS.values(), Field.DUE_ON, *DUE_FIELDS.values())
    return tuple((f, record.raw[f]) for f in Field if f in record.raw and f in {*said, *items})


def read_opening(record: Record, policy_on: PolicyOn) -> PlannedOpening | None:
    """Return where an open case stands, None where the file is one of new referrals.

    Raises ``RowRefusedError`` with every reason: ``case_is_closed_already``,
    ``opening_without_sentence``, ``opening_sentence_too_early``, ``opening_day_out_of_order``
    and those of its items.
    """
    if record.stage is None:
        return None
    reasons = [*_days_wrong(record), *_stage_wrong(record)]
    if Field.CONSENTED_ON in record.days and Field.ADULT_NAME not in record.text:
        reasons.append(Reason(code="opening_signed_by_nobody"))
    items: tuple[PlannedItem, ...] = ()
    if record.stage is OpenStage.SENTENCED and not reasons:
        items, wrong = _items(record, policy_on(record.days[Field.SENTENCED_ON]))
        reasons += wrong
    if reasons:
        raise RowRefusedError(reasons)
    if any(i.kind is SanctionKind.JURY and i.done for i in items):
        _note_training(record)
    days = record.days
    sentenced_on = days.get(Field.SENTENCED_ON)
    return PlannedOpening(
        stage=record.stage,
        admitted_on=days.get(Field.ADMITTED_ON),
        consented_on=days.get(Field.CONSENTED_ON),
        intake_on=days.get(Field.INTAKE_ON),
        heard_on=days.get(Field.HEARD_ON, sentenced_on),
        sentenced_on=sentenced_on,
        trained_on=days.get(Field.TRAINED_ON),
        items=items,
    )


def _note_training(record: Record) -> None:
    """Say that somebody who has sat is not trained as far as the file tells; once per row."""
    untold = Reason(code="opening_training_unknown")
    if Field.TRAINED_ON not in record.days and untold not in record.notes:
        record.notes.append(untold)


def _days_wrong(record: Record) -> Iterator[Reason]:
    """Yield the days before the referral, and hearings after the sentence."""
    referred = record.days[Field.REFERRED_ON]
    for name in Field:
        day = record.days.get(name)
        if name in STEP_DAYS and day is not None and day < referred:
            yield _out_of_order(name, day, Field.REFERRED_ON, referred)
    heard, sentenced = (record.days.get(f) for f in (Field.HEARD_ON, Field.SENTENCED_ON))
    if heard is not None and sentenced is not None and sentenced < heard:
        yield _out_of_order(Field.SENTENCED_ON, sentenced, Field.HEARD_ON, heard)


def _out_of_order(later: Field, day: date, earlier: Field, start: date) -> Reason:
    params = {"later": later.value, "day": day, "earlier": earlier.value, "start": start}
    return Reason(code="opening_day_out_of_order", params=params)


def _stage_wrong(record: Record) -> Iterator[Reason]:
    ordered = any(name in record.raw for name in ORDERED_FIELDS.values())
    sentenced = Field.SENTENCED_ON in record.days
    if record.stage is OpenStage.CLOSED:
        yield Reason(code="case_is_closed_already")
    elif record.stage is OpenStage.SENTENCED:
        if not (sentenced and ordered):
            yield Reason(code="opening_without_sentence")
    elif sentenced or ordered or Field.HEARD_ON in record.days:
        params = {"stage": record.raw[Field.STAGE]}
        yield Reason(code="opening_sentence_too_early", params=params)


def _items(record: Record, policy: Policy) -> tuple[tuple[PlannedItem, ...], list[Reason]]:
    items: list[PlannedItem] = []
    reasons: list[Reason] = []
    due = due_date(
        policy,
        heard_on=record.days.get(Field.HEARD_ON, record.days[Field.SENTENCED_ON]),
        sentenced_on=record.days[Field.SENTENCED_ON],
        referred_on=record.days[Field.REFERRED_ON],
        admitted_on=record.days.get(Field.ADMITTED_ON),
    )
    for kind in SanctionKind:
        try:
            items += _items_of_kind(record, policy, kind, due)
        except _ItemRefused as refused:
            reasons.append(refused.reason)
    if not items and not reasons:
        reasons.append(Reason(code="opening_without_sentence"))
    return tuple(items), reasons


class _ItemRefused(Exception):
    """One cell of an item cannot be used."""

    def __init__(self, code: str, name: Field, **params: object) -> None:
        super().__init__(code)
        self.reason = Reason(code=code, params={"field": name.value, **params})


def _items_of_kind(
    record: Record, policy: Policy, kind: SanctionKind, due: DueDate | None
) -> Iterator[PlannedItem]:
    """Yield the items of one kind: one, or as many as the cell names of the policy's labels."""
    name, done_name = ORDERED_FIELDS[kind], DONE_FIELDS[kind]
    ordered, done = record.text.get(name, ""), record.text.get(done_name, "")
    if not ordered or fold(ordered) in _NO:
        if done and fold(done) not in _NO:
            raise _ItemRefused("opening_done_without_ordered", done_name)
        return
    rules = [rule for rule in policy.sanctions if rule.kind is kind]
    if not rules:
        raise _ItemRefused("opening_item_not_in_policy", name)
    last = _last_day(record, kind)
    for rule, cell in _rules_meant(rules, ordered, name):
        amount = _amount(rule.unit, cell, name)
        if not 0 < amount <= MOST_ORDERED:
            raise _ItemRefused("opening_amount_not_readable", name, value=cell, unit=rule.unit)
        yield PlannedItem(
            kind=kind,
            label=rule.label,
            unit=rule.unit,
            ordered=amount,
            done=_done(rule, done, amount, done_name),
            due_on=last or (due.on if due else None),
            due=None if last else due,
        )


def _last_day(record: Record, kind: SanctionKind) -> date | None:
    name = DUE_FIELDS.get(kind, Field.DUE_ON)
    if name not in record.days:
        name = Field.DUE_ON
    day = record.days.get(name)
    sentenced = record.days[Field.SENTENCED_ON]
    if day is not None and day < sentenced:
        raise _ItemRefused("opening_due_before_sentence", name, day=day, start=sentenced)
    return day


def _rules_meant(
    rules: list[SanctionRule], cell: str, name: Field
) -> list[tuple[SanctionRule, str]]:
    """Return the policy's items that a cell means, each with its own part of the cell."""
    if len(rules) == 1:
        alone = fold(cell) == fold(rules[0].label)
        return [(rules[0], "1" if alone else cell)]
    by_label = {fold(rule.label): rule for rule in rules}
    parts = [fold(part) for part in _BETWEEN_LABELS.split(cell) if part]
    if not parts or any(part not in by_label for part in parts) or len({*parts}) < len(parts):
        labels = tuple(rule.label for rule in rules)
        raise _ItemRefused("opening_item_of_several", name, value=cell, labels=labels)
    return [(by_label[part], "1") for part in parts]


def _amount(unit: Unit, cell: str, name: Field) -> int:
    """Return an amount in its unit: hours as 7.5 or 7:30, money as 25 or 25.50."""
    folded = fold(cell)
    if unit in {Unit.NONE, Unit.PIECES} and folded in _YES:
        return 1
    if folded in _NO:
        return 0
    readers: Mapping[Unit, Callable[[str], int | None]] = {
        Unit.MINUTES: _minutes,
        Unit.MONEY: _cents,
        Unit.SESSIONS: _whole,
        Unit.PIECES: _whole,
        Unit.NONE: lambda _cell: None,
    }
    found = readers[unit](cell)
    if found is None:
        raise _ItemRefused("opening_amount_not_readable", name, value=cell, unit=unit)
    return found


def _minutes(cell: str) -> int | None:
    clock = _CLOCK.fullmatch(cell)
    if clock is not None:
        return int(clock[1]) * 60 + int(clock[2])
    hours = _HOURS.fullmatch(cell)
    if hours is None:
        return None
    return int(Decimal(f"{hours[1]}.{hours[2] or 0}") * 60)


def _cents(cell: str) -> int | None:
    money = _MONEY.fullmatch(cell)
    return None if money is None else int(money[1].replace(",", "")) * 100 + int(money[2] or 0)


def _whole(cell: str) -> int | None:
    number = _NUMBER.fullmatch(cell)
    return None if number is None else int(number[1])


def _done(rule: SanctionRule, cell: str, ordered: int, name: Field) -> int:
    """Return how much is done; what is done as a whole is done in full or not at all."""
    if not cell:
        return 0
    counted = {Unit.SESSIONS, Unit.MINUTES}
    if rule.unit not in counted and fold(cell) in _YES - {"1"}:
        return ordered
    done = _amount(rule.unit, cell, name)
    if rule.unit in counted:
        if done > MOST_ORDERED:
            raise _ItemRefused("opening_amount_not_readable", name, value=cell, unit=rule.unit)
        return done
    if done not in {0, ordered}:
        raise _ItemRefused("opening_done_in_part", name, value=cell)
    return done
