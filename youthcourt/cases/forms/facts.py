"""Correcting what was written down at the referral."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.validators import InputRequired, Length, Optional

from youthcourt.cases.forms.offences import TOO_LONG, charge_rows
from youthcourt.people.forms import DayField, LinesField
from youthcourt.web.forms import TrimmedField, VersionedForm

REQUIRED = _l("Please fill this in.")


class CaseFactsForm(VersionedForm):
    """The facts of a case that staff may correct."""

    agency_id = SelectField(_l("Referring agency"), choices=[])
    agency_reference = TrimmedField(
        _l("Their number for this referral"), validators=[Length(max=80, message=TOO_LONG)]
    )
    officer = TrimmedField(
        _l("Officer or contact person"), validators=[Length(max=200, message=TOO_LONG)]
    )
    referred_on = DayField(
        _l("Referred on"),
        description=_l("The rules in force on this day decide on eligibility."),
        validators=[InputRequired(REQUIRED)],
    )
    incident_on = DayField(_l("Incident on"), validators=[Optional()])
    incident_reference = TrimmedField(
        _l("Incident number"),
        description=_l("Cases with the same number from the same agency belong together."),
        validators=[Length(max=80, message=TOO_LONG)],
    )
    offence_class = SelectField(_l("Offence class"), choices=[], validators=[Optional()])
    narrative = LinesField(
        _l("Account of the incident"),
        validators=[Length(max=5000, message=TOO_LONG)],
        render_kw={"rows": 8},
    )


class OffencesForm(VersionedForm):
    """The offences of a case, all of them."""

    charges = charge_rows()
