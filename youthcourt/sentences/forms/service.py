"""Service that was done at a site, and what the office says of it."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import FileField, HiddenField, IntegerField, SelectField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from youthcourt.people.forms import CHOOSE, REQUIRED, DayField
from youthcourt.sentences.domain.reasons import DenialReason, Proof, ReversalReason
from youthcourt.sentences.forms.giving import TOO_LONG
from youthcourt.web.forms import CourtForm, TrimmedField
from youthcourt.web.i18n import choices_of

_HOUR = 60


class ServiceForm(CourtForm):
    """One piece of service: when, how long, where, and what shows it."""

    once = HiddenField(validators=[Length(max=40)])
    served_on = DayField(_l("Served on"), validators=[InputRequired(REQUIRED)])
    minutes = IntegerField(_l("Hours"), validators=[Optional(), NumberRange(min=0, max=100)])
    rest = IntegerField(_l("Minutes"), validators=[Optional(), NumberRange(min=0, max=_HOUR - 1)])
    place = TrimmedField(
        _l("Where"),
        description=_l("The name of the place, such as a food bank."),
        validators=[InputRequired(REQUIRED), Length(max=160, message=TOO_LONG)],
    )
    supervisor = TrimmedField(
        _l("Who was in charge there"), validators=[Length(max=160, message=TOO_LONG)]
    )
    proof = SelectField(
        _l("What shows it?"),
        choices=lambda: choices_of(Proof, blank=_l("please choose")),
        validators=[InputRequired(CHOOSE)],
    )
    file = FileField(
        _l("The signed sheet"), description=_l("PDF, or a photo as JPEG, PNG or WebP.")
    )


def served_minutes(form: ServiceForm) -> int:
    """Return the minutes that were typed as hours and minutes."""
    return int(form.minutes.data or 0) * _HOUR + int(form.rest.data or 0)


class ConfirmForm(CourtForm):
    """That a piece of service counts; ``version`` is the one that was read."""

    version = HiddenField()


class DenyForm(ConfirmForm):
    """Why a piece of service does not count."""

    reason = SelectField(
        _l("Why does it not count?"),
        choices=lambda: choices_of(DenialReason, blank=_l("please choose")),
        validators=[InputRequired(CHOOSE)],
    )


class ReverseForm(ConfirmForm):
    """Why confirmed service is taken back, or denied service waits again."""

    reason = SelectField(
        _l("Why?"),
        choices=lambda: choices_of(ReversalReason, blank=_l("please choose")),
        validators=[InputRequired(CHOOSE)],
    )
