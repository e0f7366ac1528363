"""A referral on one page."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, MultipleFileField, RadioField, SelectField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from youthcourt.cases.domain.choices import AgencyKind
from youthcourt.cases.forms.offences import TOO_LONG, charge_rows
from youthcourt.people.domain.kinds import Relation, SchoolGrade, SpokenLanguage
from youthcourt.people.forms import AgeField, DayField, LinesField, NameField
from youthcourt.web.forms import CourtForm, TrimmedField
from youthcourt.web.i18n import choices_of, sentence

NEW = "new"
REQUIRED = _l("Please fill this in.")


def _length(longest: int) -> Length:
    return Length(max=longest, message=TOO_LONG)


def _choices(enum: Any, blank: Any = None) -> Any:
    return lambda: choices_of(enum, blank=blank)


class WhoForm(CourtForm):
    """Whom a referral is about: somebody on record, or somebody new and an adult of theirs."""

    person_id = HiddenField(validators=[_length(36)])
    known = RadioField(_l("Is it one of these people?"), choices=[], validate_choice=False)
    given_names = NameField(
        _l("Given names"), validators=[_length(200)], render_kw={"autocomplete": "off"}
    )
    family_name = NameField(
        _l("Family name"), validators=[_length(200)], render_kw={"autocomplete": "off"}
    )
    birth_date = DayField(_l("Birth date"), validators=[Optional()])
    stated_age = AgeField(
        _l("Age as stated"),
        description=_l("Only when the birth date is not known."),
        validators=[
            Optional(),
            NumberRange(min=0, max=120, message=AgeField.complaint),
        ],
    )
    phone = TrimmedField(
        _l("Phone of the young person"),
        validators=[_length(40)],
        render_kw={"type": "tel", "autocomplete": "off"},
    )
    language = SelectField(
        _l("Language"), choices=_choices(SpokenLanguage), default="en", validators=[Optional()]
    )
    school = NameField(
        _l("School"),
        validators=[_length(120)],
        render_kw={"list": "schools", "autocomplete": "off"},
    )
    grade = SelectField(
        _l("Grade"), choices=_choices(SchoolGrade, _l("not recorded")), validators=[Optional()]
    )
    adult_name = NameField(_l("Name"), validators=[_length(200)], render_kw={"autocomplete": "off"})
    adult_relation = SelectField(
        _l("What they are to the young person"),
        choices=_choices(Relation, _l("not known")),
        validators=[Optional()],
    )
    adult_phone = TrimmedField(
        _l("Phone"), validators=[_length(40)], render_kw={"type": "tel", "autocomplete": "off"}
    )


class AgencyForm(CourtForm):
    """Who refers; one from the list, or a new one."""

    agency_id = SelectField(_l("Referring agency"), choices=[])
    agency_name = TrimmedField(
        _l("Name of the new agency"), validators=[_length(160)], render_kw={"autocomplete": "off"}
    )
    agency_kind = SelectField(_l("What it is"), choices=_choices(AgencyKind))
    agency_address = LinesField(
        _l("Its address"),
        description=_l("The notice at the end of the case is sent there."),
        validators=[_length(300)],
        render_kw={"rows": 3, "autocomplete": "off"},
    )
    agency_reference = TrimmedField(
        _l("Their number for this referral"),
        validators=[_length(80)],
        render_kw={"autocomplete": "off"},
    )
    officer = TrimmedField(
        _l("Officer or contact person"),
        validators=[_length(200)],
        render_kw={"autocomplete": "off"},
    )


class ReferralForm(WhoForm, AgencyForm):
    """Who, by whom, what and when, with the papers that came along."""

    once = HiddenField(validators=[_length(64)])
    referred_on = DayField(_l("Referred on"), validators=[InputRequired(REQUIRED)])
    incident_on = DayField(_l("Incident on"), validators=[Optional()])
    incident_reference = TrimmedField(
        _l("Incident number"),
        description=_l("Cases with the same number from the same agency belong together."),
        validators=[_length(80)],
        render_kw={"autocomplete": "off"},
    )
    charges = charge_rows()
    offence_class = SelectField(_l("Offence class"), choices=[], validators=[Optional()])
    narrative = LinesField(
        _l("Account of the incident"),
        description=_l("Short and plain. Leave out the names of others who were there."),
        validators=[_length(5000)],
        render_kw={"rows": 6},
    )
    files = MultipleFileField(
        _l("Files"),
        description=_l("PDF, or photos as JPEG, PNG or WebP. 10 MB together at most."),
        render_kw={"accept": ".pdf,.jpg,.jpeg,.png,.webp"},
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for what belongs together: the name of a new agency, the name of an adult."""
        valid = bool(super().validate(extra_validators))
        if not self.agency_id.data:
            self.agency_id.errors = [sentence("agency_not_chosen")]
            valid = False
        elif self.agency_id.data == NEW and not self.agency_name.data:
            self.agency_name.errors = [sentence("required")]
            valid = False
        if (self.adult_phone.data or self.adult_relation.data) and not self.adult_name.data:
            self.adult_name.errors = [sentence("adult_name_missing")]
            valid = False
        if not self.person_id.data and not self._somebody:
            self.given_names.errors = [sentence("nobody_described")]
            valid = False
        return valid

    @property
    def _somebody(self) -> bool:
        named = self.given_names.data or self.family_name.data
        return bool(named) or self.stated_age.data is not None
