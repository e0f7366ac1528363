"""The forms on people: shapes only, the rules are in the services."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from youthcourt.accounts.domain import FactQuestion
from youthcourt.people.domain.kinds import (
    AdultChannel,
    AuthorityProof,
    AwayReason,
    PersonSex,
    Relation,
    SaidBy,
    SchoolGrade,
    SpokenLanguage,
    Tie,
    TrainingTopic,
)
from youthcourt.web.forms import CourtForm, OnceForm, SaysHow, TrimmedField, VersionedForm
from youthcourt.web.i18n import choices_of, sentence

REQUIRED = _l("Please fill this in.")
CHOOSE = _l("Please choose one of the answers shown.")


class NameField(StringField):
    """A name as it was typed; what it may hold is said by ``people.domain``, not cut away."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Keep everything but blanks at either end."""
        super().process_formdata(valuelist)
        if isinstance(self.data, str):
            self.data = self.data.strip()
            self.raw_data = [self.data]  # blanks alone do not count as filled in


class LinesField(TextAreaField):
    """Several lines of text, with one kind of line end and without control characters."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Keep what can be read."""
        super().process_formdata(valuelist)
        if isinstance(self.data, str):
            lines = self.data.replace("\r\n", "\n").replace("\r", "\n").split("\n")
            kept = ("".join(c for c in line if c.isprintable()).rstrip() for line in lines)
            self.data = "\n".join(kept).strip()
            self.raw_data = [self.data]  # what was cut away does not count as filled in


class DayField(SaysHow, DateField):
    """A day of the calendar; 31 February is told to be none."""

    complaint = _l("This is no day of the calendar. Write it like this: 2012-04-30.")


class AgeField(SaysHow, IntegerField):
    """An age in years."""

    complaint = _l("Please write the age in whole years.")


def _length(longest: int) -> Length:
    return Length(max=longest, message=_l("Please use at most %(max)d characters."))


def _choices(enum: Any, blank: Any = None) -> Any:
    return lambda: choices_of(enum, blank=blank)


class FindForm(CourtForm):
    """Any part of a name, or a number."""

    text = TrimmedField(_l("Name or number"), validators=[_length(100)])


class PersonForm(VersionedForm):
    """What is written down of a person; everything may be left out."""

    given_names = NameField(
        _l("Given names"), validators=[_length(200)], render_kw={"autocomplete": "off"}
    )
    family_name = NameField(
        _l("Family name"), validators=[_length(200)], render_kw={"autocomplete": "off"}
    )
    preferred_name = NameField(
        _l("Called"),
        description=_l("What they want to be called, if it is not the first given name."),
        validators=[_length(200)],
        render_kw={"autocomplete": "off"},
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
    stated_age_on = DayField(
        _l("Stated on"),
        description=_l("The day on which they were that old. Left empty: today."),
        validators=[Optional()],
    )
    sex = SelectField(_l("Sex"), choices=_choices(PersonSex, _l("not recorded")))
    language = SelectField(_l("Language"), choices=_choices(SpokenLanguage), default="en")
    interpreter_needed = BooleanField(_l("Needs an interpreter"))
    school = NameField(
        _l("School"),
        description=_l("Choose one that is offered, or write a new one."),
        validators=[_length(120)],
        render_kw={"list": "schools", "autocomplete": "off"},
    )
    grade = SelectField(_l("Grade"), choices=_choices(SchoolGrade, _l("not recorded")))
    phone = TrimmedField(
        _l("Phone"),
        validators=[_length(40)],
        render_kw={"type": "tel", "autocomplete": "off"},
    )
    email = TrimmedField(
        _l("E-mail"),
        validators=[_length(254)],
        render_kw={"type": "email", "autocomplete": "off", "spellcheck": "false"},
    )
    address = LinesField(
        _l("Address"), validators=[_length(300)], render_kw={"rows": 3, "autocomplete": "off"}
    )
    seen = HiddenField(validators=[_length(2000)])


class NewPersonForm(OnceForm, PersonForm):
    """Somebody new: named, or said on purpose not to be identified yet."""

    unidentified = BooleanField(
        _l("Nobody knows yet who it is"),
        description=_l("The person then stands under a number until a name is known."),
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for a name unless it is said that there is none."""
        valid = bool(super().validate(extra_validators))
        names = (self.given_names, self.family_name, self.preferred_name)
        if self.unidentified.data or any(field.data or field.errors for field in names):
            return valid
        self.given_names.errors = [sentence("person_not_named")]
        return False


class AdultForm(OnceForm, VersionedForm):
    """An adult tied to a youth."""

    name = NameField(
        _l("Name"),
        validators=[InputRequired(REQUIRED), _length(200)],
        render_kw={"autocomplete": "off"},
    )
    relation = SelectField(
        _l("What they are to the young person"),
        choices=_choices(Relation, _l("please choose")),
        validators=[InputRequired(CHOOSE)],
    )
    never_disclose = BooleanField(
        _l("Never contact, never tell anything"),
        description=_l(
            "For example where a court has forbidden contact, or the young person would be in "
            "danger. No page offers a way to reach this adult, and nothing is sent or printed "
            "for them."
        ),
    )
    may_consent = BooleanField(_l("May decide and sign for the young person"))
    authority_proof = SelectField(
        _l("How do we know?"),
        choices=_choices(AuthorityProof, _l("not asked yet")),
        description=_l("Needed when this adult may decide and sign."),
    )
    told_schedule = BooleanField(_l("Days and times"), default=True)
    told_progress = BooleanField(_l("How much is done and what is left"), default=True)
    told_outcome = BooleanField(_l("How the case ended"), default=True)
    language = SelectField(_l("Language"), choices=_choices(SpokenLanguage), default="en")
    channel = SelectField(_l("Best way to reach them"), choices=_choices(AdultChannel))
    phone = TrimmedField(
        _l("Phone"), validators=[_length(40)], render_kw={"type": "tel", "autocomplete": "off"}
    )
    email = TrimmedField(
        _l("E-mail"),
        validators=[_length(254)],
        render_kw={"type": "email", "autocomplete": "off", "spellcheck": "false"},
    )
    note = LinesField(
        _l("Note"),
        description=_l("For staff only, for example when to call."),
        validators=[_length(2000)],
        render_kw={"rows": 3},
    )


class ConsentForm(OnceForm):
    """A paper that was signed."""

    paper = SelectField(
        _l("Paper"),
        description=_l("The number is the version printed on the paper."),
        validators=[InputRequired(CHOOSE)],
    )
    language = SelectField(
        _l("Language of the paper"), choices=_choices(SpokenLanguage), default="en"
    )
    interpreter = TrimmedField(
        _l("Interpreter"),
        description=_l("The name of whoever interpreted, if somebody did."),
        validators=[_length(200)],
    )
    adult_id = SelectField(_l("Signed by"))
    signed_on = DayField(_l("Signed on"), validators=[InputRequired(REQUIRED)])


class WithdrawForm(CourtForm):
    """A paper is taken back."""

    withdrawn_on = DayField(_l("Taken back on"), validators=[InputRequired(REQUIRED)])


class DaysAwayForm(CourtForm):
    """Days on which somebody cannot come."""

    starts_on = DayField(_l("First day away"), validators=[InputRequired(REQUIRED)])
    ends_on = DayField(
        _l("Last day away"),
        description=_l("Left empty: only that one day."),
        validators=[Optional()],
    )
    reason = SelectField(
        _l("Reason"),
        choices=_choices(AwayReason, _l("please choose")),
        validators=[InputRequired(CHOOSE)],
    )


class TrainingForm(CourtForm):
    """A training that was finished elsewhere or earlier."""

    topic = SelectField(_l("Training"), choices=_choices(TrainingTopic))
    finished_on = DayField(_l("Finished on"), validators=[InputRequired(REQUIRED)])


class JuryListForm(CourtForm):
    """Whether somebody may be drawn for juries."""

    on_list = RadioField(
        _l("May they be asked to sit on juries?"),
        choices=lambda: [("yes", _l("Yes, they are on the jury list")), ("no", _l("No, not now"))],
        validators=[InputRequired(CHOOSE)],
    )
    volunteer_since = DayField(
        _l("Volunteer since"),
        description=_l("The day they first came of their own accord. Empty: not a volunteer."),
        validators=[Optional()],
    )
    service_learning_since = DayField(
        _l("Collects service-learning hours for school since"),
        description=_l(
            "Hours given freely from that day on count as service learning; what a sentence asks "
            "for never does. Empty: never collected any."
        ),
        validators=[Optional()],
    )


class KnowsForm(CourtForm):
    """Whom a person knows, and how."""

    other_id = HiddenField()
    kind = SelectField(
        _l("How do they know each other?"),
        choices=_choices(Tie, _l("please choose")),
        validators=[InputRequired(CHOOSE)],
    )
    said_by = SelectField(
        _l("Who told us?"),
        choices=_choices(SaidBy, _l("please choose")),
        validators=[InputRequired(CHOOSE)],
    )


class FactForm(CourtForm):
    """The fact that opens a printed code."""

    question = SelectField(
        _l("Question"),
        choices=_choices(FactQuestion, _l("please choose")),
        validators=[InputRequired(CHOOSE)],
    )
    answer = TrimmedField(
        _l("Answer"),
        description=_l(
            "The young person chooses it. Capital letters and spaces do not matter. Nobody, not "
            "even you, can read it again later."
        ),
        validators=[InputRequired(REQUIRED), _length(60)],
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )


class DoorForm(CourtForm):
    """The code of a slip, and on the second page the answer that goes with it."""

    code = TrimmedField(
        _l("Code"),
        description=_l("Eight letters and digits, as they stand on your slip."),
        validators=[InputRequired(_l("Please type the code from your slip.")), _length(40)],
        render_kw={
            "autocomplete": "off",
            "autocapitalize": "characters",
            "spellcheck": "false",
        },
    )
    answer = TrimmedField(
        _l("Your answer"),
        description=_l("Capital letters and spaces do not matter."),
        validators=[_length(60)],
        render_kw={"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"},
    )


class AskLinkForm(CourtForm):
    """By which number or address somebody is known."""

    contact = TrimmedField(
        _l("Your phone number or e-mail address"),
        validators=[
            InputRequired(_l("Please type your phone number or your e-mail address.")),
            _length(254),
        ],
        render_kw={"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"},
    )


class SlipForm(CourtForm):
    """How long a printed code is to be good for."""

    last_day = DayField(
        _l("Good to the end of"),
        validators=[InputRequired(REQUIRED)],
    )
