"""Closing a case and opening it again."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import PasswordField, RadioField, SelectField
from wtforms.validators import InputRequired, Length

from youthcourt.cases.domain.choices import ReopenReason
from youthcourt.cases.forms.offences import TOO_LONG
from youthcourt.people.forms import DayField, LinesField
from youthcourt.web.forms import CourtForm, TrimmedField
from youthcourt.web.i18n import choices_of

REQUIRED = _l("Please fill this in.")
CHOOSE = _l("Please choose one of the answers shown.")


def _reopen_reasons() -> Any:
    return choices_of(ReopenReason, blank=str(_l("please choose")))


class CloseForm(CourtForm):
    """Why and when a case is closed."""

    reason = RadioField(
        _l("Why is the case closed?"), choices=[], validators=[InputRequired(CHOOSE)]
    )
    on = DayField(_l("Closed on"), validators=[InputRequired(REQUIRED)])
    text = LinesField(
        _l("Note for the file"),
        description=_l("Stays in this court. The agency is not told."),
        validators=[Length(max=4000, message=TOO_LONG)],
        render_kw={"rows": 3},
    )


class ReopenForm(CourtForm):
    """Why a case is opened again, signed by a second person."""

    reason = SelectField(_l("Reason"), choices=_reopen_reasons, validators=[InputRequired(CHOOSE)])
    reopening_note = LinesField(
        _l("In your own words"),
        description=_l("This stays in the file as a note."),
        validators=[InputRequired(REQUIRED), Length(max=2000, message=TOO_LONG)],
        render_kw={"rows": 3},
    )
    agreed_by = TrimmedField(
        _l("E-mail address of the second person"),
        validators=[InputRequired(_l("Please type the address.")), Length(max=254)],
        render_kw={"type": "email", "autocomplete": "off", "spellcheck": "false"},
    )
    password = PasswordField(
        _l("Password of the second person"),
        description=_l("They type it here themselves. You stay signed in."),
        validators=[InputRequired(_l("Please type the password.")), Length(max=256)],
        render_kw={"autocomplete": "off"},
    )
