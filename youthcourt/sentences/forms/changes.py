"""One form for each way in which an obligation changes after the sentence."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DecimalField, IntegerField, SelectField
from wtforms.validators import InputRequired, NumberRange, Optional

from youthcourt.courts.domain import Unit
from youthcourt.people.forms import CHOOSE, REQUIRED, DayField
from youthcourt.sentences.domain.reasons import ChangeReason, Proof
from youthcourt.web.forms import CourtForm
from youthcourt.web.i18n import choices_of

_HOUR = 60


class ChangeForm(CourtForm):
    """Why something changes; what changes is added to it."""

    reason = SelectField(
        _l("Why?"),
        choices=lambda: choices_of(ChangeReason, blank=_l("please choose")),
        validators=[InputRequired(CHOOSE)],
    )

    def typed_amount(self, unit: Unit) -> int | None:
        """Return the typed amount in a unit, None where nothing was typed."""
        value: Any = self["amount"].data
        rest = self["rest"].data if "rest" in self else None
        if value is None and not rest:
            return None
        if unit is Unit.MINUTES:
            return int(value or 0) * _HOUR + (rest or 0)
        return int(value * 100) if unit is Unit.MONEY else int(value)


class FinishForm(CourtForm):
    """That something done as a whole is done."""

    finished_on = DayField(_l("Done on"), validators=[InputRequired(REQUIRED)])
    reason = SelectField(
        _l("What shows it?"),
        choices=lambda: choices_of(Proof, blank=_l("please choose")),
        validators=[InputRequired(CHOOSE)],
    )


def change_form(act: str, unit: Unit, **values: Any) -> CourtForm:
    """Return the form of an act: ``extend``, ``waive``, ``adjust``, ``excuse``, ``finish``, ..."""
    if act == "finish":
        return FinishForm(**values)
    fields: dict[str, Any] = {}
    if act == "extend":
        fields["days"] = IntegerField(
            _l("How many days more?"),
            validators=[InputRequired(REQUIRED), NumberRange(min=1, max=366)],
        )
    elif act in {"waive", "adjust"}:
        fields |= _amount_fields(act, unit)
    made: CourtForm = type("ChangeFormOfAct", (ChangeForm,), fields)(**values)
    return made


def _amount_fields(act: str, unit: Unit) -> dict[str, Any]:
    needed = [InputRequired(REQUIRED)] if act == "adjust" else [Optional()]
    if unit is Unit.MONEY:
        return {"amount": DecimalField(_l("Dollars"), places=2, validators=needed)}
    if unit is Unit.MINUTES:
        return {
            "amount": IntegerField(_l("Hours"), validators=[*needed, NumberRange(min=0)]),
            "rest": IntegerField(
                _l("Minutes"), validators=[Optional(), NumberRange(min=0, max=_HOUR - 1)]
            ),
        }
    return {"amount": IntegerField(_l("How many"), validators=[*needed, NumberRange(min=0)])}
