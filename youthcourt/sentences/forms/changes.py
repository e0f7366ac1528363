"""What changes an obligation after the sentence."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SelectField
from wtforms.validators import InputRequired

from youthcourt.courts.domain import Unit
from youthcourt.people.forms import DayField
from youthcourt.sentences.domain.reasons import ChangeReason, Proof, WithdrawalReason
from youthcourt.sentences.forms.fields import CHOOSE, REQUIRED, amount_field, choices
from youthcourt.web.forms import CourtForm
from youthcourt.web.i18n import label


def _reason(*reasons: ChangeReason) -> SelectField:
    return SelectField(
        _l("Reason"),
        choices=lambda: [("", _l("please choose")), *((r.value, label(r)) for r in reasons)],
        validators=[InputRequired(CHOOSE)],
    )


class ChangeForm(CourtForm):
    """What every change asks; ``seen`` is the number of changes its page had shown."""

    seen = HiddenField()

    @classmethod
    def of(cls, _unit: Unit) -> type[ChangeForm]:
        """Return the form for an obligation in this unit."""
        return cls


class ExtendForm(ChangeForm):
    """More time.  The field is named after the days it adds, as the refusals name it."""

    days = DayField(_l("New last day"), validators=[InputRequired(REQUIRED)])
    reason = _reason(
        ChangeReason.ILLNESS,
        ChangeReason.FAMILY,
        ChangeReason.SCHOOL,
        ChangeReason.TRANSPORT,
        ChangeReason.NO_SEAT,
        ChangeReason.SESSION_CANCELLED,
        ChangeReason.OTHER,
    )


class AdjustForm(ChangeForm):
    """Another amount."""

    reason = _reason(
        ChangeReason.TYPED_WRONG, ChangeReason.MISSED, ChangeReason.GOOD_WORK, ChangeReason.OTHER
    )
    on_purpose = BooleanField(_l("I mean this amount, although it is outside"))

    @classmethod
    def of(cls, unit: Unit) -> type[ChangeForm]:
        """Return the form for an obligation in this unit."""
        return _with_amount(cls, unit, _l("What is ordered from now on"), required=True)


class WaiveForm(ChangeForm):
    """Less, or nothing more, of what is still left."""

    reason = _reason(
        ChangeReason.GOOD_WORK,
        ChangeReason.ILLNESS,
        ChangeReason.FAMILY,
        ChangeReason.NO_SEAT,
        ChangeReason.TYPED_WRONG,
        ChangeReason.OTHER,
    )

    @classmethod
    def of(cls, unit: Unit) -> type[ChangeForm]:
        """Return the form for an obligation in this unit; what has no amount is let go of whole."""
        if unit is Unit.NONE:
            return cls
        return _with_amount(
            cls, unit, _l("How much is let go of"), hint=_l("Left empty: everything that is left.")
        )


class ExcuseForm(ChangeForm):
    """An absence that was excused."""

    reason = _reason(
        ChangeReason.ILLNESS,
        ChangeReason.FAMILY,
        ChangeReason.SCHOOL,
        ChangeReason.TRANSPORT,
        ChangeReason.OTHER,
    )


class FinishForm(ChangeForm):
    """Something was done as a whole."""

    finished_on = DayField(_l("Done on"), validators=[InputRequired(REQUIRED)])
    proof = SelectField(
        _l("What shows it?"),
        choices=choices(Proof, _l("please choose")),
        validators=[InputRequired(CHOOSE)],
    )


class ReopenForm(ChangeForm):
    """Something that was marked as done is owed again."""

    reason = _reason(ChangeReason.TYPED_WRONG, ChangeReason.OTHER)


class WithdrawForm(CourtForm):
    """A whole sentence was recorded that should not stand."""

    reason = SelectField(
        _l("Why is it wrong?"),
        choices=choices(WithdrawalReason, _l("please choose")),
        validators=[InputRequired(CHOOSE)],
    )


def _with_amount(
    cls: type[ChangeForm], unit: Unit, words: Any, *, required: bool = False, hint: Any = ""
) -> type[ChangeForm]:
    members = {"amount": amount_field(unit, words, required=required, hint=hint)}
    made: type[ChangeForm] = type(f"{cls.__name__}Of{unit.name.title()}", (cls,), members)
    return made
