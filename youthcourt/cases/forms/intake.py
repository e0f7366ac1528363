"""The intake interview."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from youthcourt.accounts.domain import FactQuestion
from youthcourt.cases.domain import (
    AnsweredBy,
    Grade,
    Household,
    Language,
    Priors,
    Race,
    SchoolStatus,
    Sex,
    YesNo,
)
from youthcourt.cases.forms.offences import TOO_LONG
from youthcourt.people.forms import DayField, LinesField
from youthcourt.web.forms import TrimmedField, VersionedForm
from youthcourt.web.i18n import choices_of

REQUIRED = _l("Please fill this in.")
CHOOSE = _l("Please choose an answer.")
ADMITS = {"yes": True, "no": False, "unknown": None}


def _choices(enum: Any, blank: Any = None) -> Any:
    return lambda: choices_of(enum, blank=blank)


def _answer(label: Any, enum: Any, hint: Any = None) -> SelectField:
    return SelectField(
        label, choices=_choices(enum, _l("please choose")), description=hint or "", default=""
    )


class IntakeForm(VersionedForm):
    """What is asked at the intake; whether every question is dealt with is said by the domain."""

    held_on = DayField(_l("Interview on"), validators=[InputRequired(REQUIRED)])
    admits = RadioField(
        _l("Does the young person admit responsibility?"),
        # WTForms warns of a list of pairs, not of what returns one.
        choices=lambda: [("yes", _l("Yes")), ("no", _l("No")), ("unknown", _l("Not said yet"))],
        validators=[InputRequired(CHOOSE)],
    )
    races = SelectMultipleField(
        _l("Race and ethnicity"),
        description=_l("Ask the young person. Tick all that apply."),
        choices=_choices(Race),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        validate_choice=False,
    )
    races_answered_by = _answer(_l("Who said so?"), AnsweredBy)
    sex = _answer(_l("Sex"), Sex)
    household = _answer(_l("Lives with"), Household)
    school_status = _answer(_l("School"), SchoolStatus)
    grade = _answer(_l("Grade"), Grade)
    priors = _answer(
        _l("Earlier offences on record"),
        Priors,
        _l("If nobody looked it up, choose Not known. That is not the same as none."),
    )
    language = _answer(_l("Language the family wants to speak"), Language)
    interpreter = _answer(_l("Is an interpreter needed?"), YesNo)
    fact_question = SelectField(
        _l("Question"), choices=_choices(FactQuestion, _l("not now")), default=""
    )
    fact_answer = TrimmedField(
        _l("Answer"),
        description=_l("Nobody can read it again later. Capital letters and spaces do not matter."),
        validators=[Length(max=60, message=TOO_LONG)],
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )
    note = LinesField(
        _l("Note on the interview"),
        description=_l("Only what the programme needs. Staff of this court can read it."),
        validators=[Length(max=4000, message=TOO_LONG)],
        render_kw={"rows": 5},
    )
