"""The small forms of the first steps: contact, screening, papers, files, notes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, MultipleFileField, RadioField, SelectField
from wtforms.validators import InputRequired, Length, Optional

from youthcourt.cases.domain.choices import ContactMethod, ContactOutcome, StaffAnswer
from youthcourt.cases.forms.offences import TOO_LONG
from youthcourt.courts.domain import Outcome, RuleOutcome
from youthcourt.people.domain.kinds import SpokenLanguage
from youthcourt.people.forms import DayField, LinesField
from youthcourt.web.forms import CourtForm, OnceForm, TrimmedField
from youthcourt.web.i18n import choices_of, sentence

REQUIRED = _l("Please fill this in.")
CHOOSE = _l("Please choose one of the answers shown.")


def _choices(enum: Any, blank: Any = None) -> Any:
    return lambda: choices_of(enum, blank=blank)


class ButtonForm(CourtForm):
    """A button that changes something."""


class ContactForm(OnceForm):
    """One try to reach the family."""

    outcome = RadioField(
        _l("What came of it?"),
        choices=_choices(ContactOutcome),
        validators=[InputRequired(CHOOSE)],
    )
    method = SelectField(
        _l("How?"),
        choices=_choices(ContactMethod, _l("please choose")),
        validators=[InputRequired(CHOOSE)],
    )
    adult_id = SelectField(_l("With whom?"), choices=[])
    tried_on = DayField(_l("When?"), validators=[InputRequired(REQUIRED)])
    call_again_on = DayField(
        _l("Call again on"),
        description=_l("On that day the case stands on top of its list on Today."),
        validators=[Optional()],
    )
    note = LinesField(
        _l("Note"),
        description=_l("For example at what time they can be reached."),
        validators=[Length(max=2000, message=TOO_LONG)],
        render_kw={"rows": 3},
    )


class ScreeningForm(CourtForm):
    """The decision on eligibility; the questions of the policy are added to it."""

    decided_on = DayField(_l("Decided on"), validators=[InputRequired(REQUIRED)])
    override = BooleanField(_l("Take the case all the same"))
    override_reason = LinesField(
        _l("Why?"),
        description=_l("This stays on the page of the case for ever."),
        validators=[Length(max=1000, message=TOO_LONG)],
        render_kw={"rows": 3},
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for the reason of an override, and for the tick that belongs to a reason."""
        valid = bool(super().validate(extra_validators))
        if self.override.data and not self.override_reason.data:
            self.override_reason.errors = [sentence("override_reason_missing")]
            return False
        return valid


def screening_form(rules: Sequence[RuleOutcome]) -> ScreeningForm:
    """Return the form with one question for each rule that the records leave open."""
    questions = {
        f"rule_{place}": RadioField(
            rule.text, choices=_choices(StaffAnswer), validators=[InputRequired(CHOOSE)]
        )
        for place, rule in enumerate(rules)
        if rule.outcome is Outcome.ASKED
    }
    form: ScreeningForm = type("AskedScreeningForm", (ScreeningForm,), questions)()
    return form


class CasePaperForm(OnceForm):
    """A paper of the case that was signed."""

    language = SelectField(
        _l("Language in which it was explained"), choices=_choices(SpokenLanguage), default="en"
    )
    interpreter = TrimmedField(
        _l("Interpreter"),
        description=_l("The name of whoever interpreted, if somebody did."),
        validators=[Length(max=200, message=TOO_LONG)],
    )
    adult_id = SelectField(_l("Signed by"), choices=[])
    signed_on = DayField(_l("Signed on"), validators=[InputRequired(REQUIRED)])


class FilesForm(CourtForm):
    """Papers and photos that belong to a case."""

    files = MultipleFileField(
        _l("Files"),
        description=_l("PDF, or photos as JPEG, PNG or WebP. 10 MB together at most."),
        render_kw={"accept": ".pdf,.jpg,.jpeg,.png,.webp"},
    )


class NoteForm(OnceForm):
    """A note in the case file."""

    text = LinesField(
        _l("New note"),
        description=_l("Staff of this court can read it. It cannot be changed later."),
        validators=[InputRequired(REQUIRED), Length(max=4000, message=TOO_LONG)],
        render_kw={"rows": 3},
    )
