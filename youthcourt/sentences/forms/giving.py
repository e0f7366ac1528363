"""What a panel decided, one input per item of the court's rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DecimalField, IntegerField, RadioField, SelectField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from youthcourt.courts.domain import SanctionRule, Unit
from youthcourt.people.forms import CHOOSE, LinesField
from youthcourt.sentences.domain import Agreement
from youthcourt.web.forms import CourtForm, TrimmedField
from youthcourt.web.i18n import label

TOO_LONG = _l("Please use at most %(max)d characters.")
NUMBER = _l("Please type a number such as 3.")
MOST = 100_000
_HOUR = 60
_WHOLE = [Optional(), NumberRange(min=0, max=MOST, message=NUMBER)]


class SentenceForm(CourtForm):
    """The sentence as a whole; the items of the policy are added to it."""

    offence_class = SelectField(_l("Class of the offence"), choices=[], validate_choice=False)
    agreement = RadioField(
        _l("How did the panel agree?"),
        choices=[],
        validators=[InputRequired(CHOOSE)],
        description=_l("Nobody's vote is written down."),
    )
    panel_words = LinesField(
        _l("What the panel wants to say to the young person"),
        validators=[Length(max=2000, message=TOO_LONG)],
        render_kw={"rows": 3},
    )
    outside_range_reason = LinesField(
        _l("Why is an amount outside the range?"),
        description=_l("Only needed where it is. It stays on the page of the case."),
        validators=[Length(max=1000, message=TOO_LONG)],
        render_kw={"rows": 2},
    )
    not_feasible_reason = LinesField(
        _l("Why is it ordered although it cannot be finished in time?"),
        description=_l("Only needed where the check below says so."),
        validators=[Length(max=1000, message=TOO_LONG)],
        render_kw={"rows": 2},
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class ItemInput:
    """The fields of one item: its amount, the rest of it (minutes of hours), its details."""

    rule: SanctionRule
    amount: str
    rest: str
    detail: str

    def given(self, form: SentenceForm) -> int | None:
        """Return the amount as typed in the unit of the policy, None where nothing was."""
        value: Any = form[self.amount].data
        if self.rule.unit is Unit.NONE:
            return 1 if value else None
        if self.rule.unit is Unit.MINUTES:
            rest = form[self.rest].data or 0
            return None if value is None and not rest else int(value or 0) * _HOUR + rest
        if self.rule.unit is Unit.MONEY:
            return None if value is None else int(Decimal(value) * 100)
        return None if value is None else int(value)


def sentence_form(
    rules: Sequence[SanctionRule],
    *,
    classes: Sequence[tuple[str, str]],
    agreements: Sequence[Agreement],
    **values: Any,
) -> tuple[SentenceForm, tuple[ItemInput, ...]]:
    """Return the form of this court's rules with the inputs of its items, in their order."""
    inputs = tuple(
        ItemInput(rule=rule, amount=f"amount_{place}", rest=f"rest_{place}", detail=f"d_{place}")
        for place, rule in enumerate(rules)
    )
    fields = {name: made for item in inputs for name, made in _fields_of(item).items()}
    form: SentenceForm = type("SentenceFormOfCourt", (SentenceForm,), fields)(**values)
    form.offence_class.choices = [("", _l("please choose")), *classes]
    form.agreement.choices = [(way.value, label(way)) for way in agreements]
    return form, inputs


def _fields_of(item: ItemInput) -> dict[str, Any]:
    rule = item.rule
    fields: dict[str, Any] = {
        item.detail: TrimmedField(_l("Details"), validators=[Length(max=300, message=TOO_LONG)])
    }
    if rule.unit is Unit.NONE:
        fields[item.amount] = BooleanField(rule.label)
    elif rule.unit is Unit.MONEY:
        fields[item.amount] = DecimalField(
            _l("Dollars"), places=2, validators=[Optional(), NumberRange(min=0, max=MOST)]
        )
    elif rule.unit is Unit.MINUTES:
        fields[item.amount] = IntegerField(_l("Hours"), validators=_WHOLE)
        fields[item.rest] = IntegerField(
            _l("Minutes"), validators=[Optional(), NumberRange(min=0, max=_HOUR - 1)]
        )
    else:
        name = _l("Sessions") if rule.unit is Unit.SESSIONS else _l("How many")
        fields[item.amount] = IntegerField(name, validators=_WHOLE)
    return fields
