"""What was typed into the form of a sentence, read against the rules of its day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import request
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from wtforms import Field

from youthcourt.accounts.session import signed_in
from youthcourt.courts.domain import Policy, SanctionRule, Unit
from youthcourt.courts.queries import policy_on
from youthcourt.errors import CourtRuleBroken
from youthcourt.sentences.amounts import amount_text, range_text
from youthcourt.sentences.domain import Agreement, require_reason_outside_range
from youthcourt.sentences.forms import SentenceForm, amount_name, detail_name, sentence_form
from youthcourt.sentences.models import Sanction
from youthcourt.sentences.queries import HeardCase
from youthcourt.sentences.services import SanctionGiven, range_of
from youthcourt.web.i18n import label
from youthcourt.web.transactions import database

BUTTONS = frozenset({"csrf_token", "keep", "ranges", "check", "change", "record"})


@dataclass(frozen=True, kw_only=True, slots=True)
class ItemLine:
    """One item of the policy on the form: its fields, and what may be ordered of it.

    ``ranges`` are the words for each class, so that another class shows its own at once.
    """

    rule: SanctionRule
    amount: Field
    detail: Field
    words: str
    ranges: dict[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Typed:
    """The form of one hearing with the rules it is read by."""

    heard: HeardCase
    policy: Policy
    form: SentenceForm

    @property
    def class_code(self) -> str | None:
        """The chosen class, None where none is chosen or the court has none."""
        chosen = self.form.offence_class.data
        return chosen if any(c.code == chosen for c in self.policy.classes) else None

    def amount(self, position: int) -> int | None:
        """Return the amount of an item in its unit, None where it is not given."""
        value: Any = self.form[amount_name(position)].data
        if self.policy.sanctions[position].unit is Unit.NONE:
            return 1 if value else None
        return None if value is None else int(value)

    @property
    def given(self) -> tuple[SanctionGiven, ...]:
        """The items the panel gave."""
        return tuple(
            SanctionGiven(
                kind=rule.kind,
                amount=amount,
                label=rule.label,
                detail=self.form[detail_name(position)].data or None,
            )
            for position, rule in enumerate(self.policy.sanctions)
            if (amount := self.amount(position)) is not None
        )

    @property
    def items(self) -> tuple[ItemLine, ...]:
        """The items as the form shows them."""
        return tuple(self._line(position) for position in range(len(self.policy.sanctions)))

    def _line(self, position: int) -> ItemLine:
        rule = self.policy.sanctions[position]
        return ItemLine(
            rule=rule,
            amount=self.form[amount_name(position)],
            detail=self.form[detail_name(position)],
            words=self._range_words(rule, self.class_code),
            ranges={c.code: self._range_words(rule, c.code) for c in self.policy.classes},
        )

    def _range_words(self, rule: SanctionRule, code: str | None) -> str:
        words = range_text(range_of(self.policy, rule, code), rule.unit)
        if not words or code is None or rule.kind not in self.policy.class_of(code).quantities:
            return words
        return str(_("Class %(code)s: %(range)s", code=code, range=words))

    def refused(self) -> bool:
        """Show what breaks a rule at its field, all of it at once; say whether anything does."""
        found = list(self._refusals())
        for refusal in found:
            self.form.refuse(refusal)
        return bool(found)

    def _refusals(self) -> Iterator[CourtRuleBroken]:
        if self.policy.classes and self.class_code is None:
            yield CourtRuleBroken("offence_class_needed", "offence_class")
        for position, rule in enumerate(self.policy.sanctions):
            name, amount = amount_name(position), self.amount(position)
            if self.form[name].errors:
                continue
            if amount is None and rule.mandatory:
                yield CourtRuleBroken("sanction_mandatory", name, label=rule.label)
            elif amount is None and self.form[detail_name(position)].data:
                yield CourtRuleBroken("details_without_amount", name)
            elif amount and rule.unit is not Unit.NONE:
                yield from self._outside(rule, name, amount)

    def _outside(self, rule: SanctionRule, name: str, amount: int) -> Iterator[CourtRuleBroken]:
        if self.policy.classes and self.class_code is None:
            return
        try:
            require_reason_outside_range(
                amount,
                range_of(self.policy, rule, self.class_code),
                reason=self.form.outside_range_reason.data,
                field=name,
            )
        except CourtRuleBroken as refusal:
            yield refusal

    def values(self) -> dict[str, list[str]]:
        """Return what was sent, by field, without the buttons."""
        return sent_values()

    def differences(self, recorded: Recorded) -> tuple[dict[str, str], ...]:
        """Return each answer that is not the recorded one, with both."""
        pairs = [
            (
                str(self.form[amount_name(position)].label.text),
                recorded.item(rule),
                self._item_words(position),
            )
            for position, rule in enumerate(self.policy.sanctions)
        ]
        agreement = self.form.agreement.data
        pairs += [
            (_("Class of the offence"), recorded.offence_class or "", self.class_code or ""),
            (
                _("How did the panel agree?"),
                label(recorded.agreement) if recorded.agreement else "",
                label(Agreement(agreement)) if agreement in set(Agreement) else "",
            ),
            (_("The panel's own words"), recorded.words, self.form.panel_words.data or ""),
        ]
        return tuple(
            {"label": name, "theirs": theirs, "yours": yours}
            for name, theirs, yours in pairs
            if theirs != yours
        )

    def _item_words(self, position: int) -> str:
        amount = self.amount(position)
        detail = self.form[detail_name(position)].data or ""
        return item_words(self.policy.sanctions[position].unit, amount, detail)


@dataclass(frozen=True, kw_only=True, slots=True)
class Recorded:
    """The sentence that is recorded, to be laid beside what was typed."""

    offence_class: str | None
    agreement: Agreement | None
    words: str
    sanctions: tuple[Sanction, ...]

    def item(self, rule: SanctionRule) -> str:
        """Return what is recorded of an item, empty where it was not given."""
        for row in self.sanctions:
            if (row.kind, row.label) == (rule.kind, rule.label):
                return item_words(row.unit, row.amount, row.detail or "")
        return ""


def item_words(unit: Unit, amount: int | None, detail: str) -> str:
    """Return an item in words, empty where it is not given."""
    if amount is None:
        return detail
    return ", ".join(filter(None, (amount_text(amount, unit) or str(_("yes")), detail)))


def sent_values() -> dict[str, list[str]]:
    """Return what this request sent, by field, without the buttons."""
    return {name: request.form.getlist(name) for name in request.form if name not in BUTTONS}


def typed_of(heard: HeardCase, values: dict[str, list[str]] | None = None) -> Typed:
    """Return the form of a hearing: with these values, else with what this request sent."""
    policy = policy_on(database(), day=heard.held_on or signed_in().today).policy
    make = sentence_form(policy)
    form = make() if values is None else make(formdata=MultiDict(values))
    return Typed(heard=heard, policy=policy, form=form)
