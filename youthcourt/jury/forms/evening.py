"""The forms of the evening's desk."""

from __future__ import annotations

from enum import StrEnum

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField
from wtforms.validators import InputRequired, Length, Optional

from youthcourt.people.forms import CHOOSE, REQUIRED, DayField, NameField
from youthcourt.sentences.domain import AttendanceOutcome
from youthcourt.sentences.domain.reasons import ReversalReason
from youthcourt.web.forms import CourtForm, TrimmedField, WallTimeField
from youthcourt.web.i18n import choices_of, label

TOO_LONG = _l("Please use at most %(max)d characters.")


class Back(StrEnum):
    """The pages of the evening from which an act is sent; never a free address."""

    DOOR = "door"
    ROOM = "room"
    PERSON = "person"


class DeskForm(CourtForm):
    """One tap at the desk."""

    back = HiddenField()
    sitting = HiddenField(validators=[Length(max=36)])


class CodeForm(DeskForm):
    """The code of a slip."""

    code = TrimmedField(
        _l("Code on the slip"),
        # A scanner sends the whole address the square of a slip stands for.
        validators=[InputRequired(REQUIRED), Length(max=300, message=TOO_LONG)],
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )


class UndoForm(DeskForm):
    """A wrong tap, and the version of the entry the page showed."""

    version = HiddenField()


class MarkForm(DeskForm):
    """How somebody's evening went, with the time where it needs one."""

    version = HiddenField()
    outcome = RadioField(
        _l("How did it go?"),
        choices=lambda: [(one.value, label(one)) for one in AttendanceOutcome],
        validators=[InputRequired(CHOOSE)],
    )
    at = WallTimeField(
        _l("At what time?"),
        description=_l("Only for late, left early and sent home. Empty means now."),
        validators=[Optional()],
    )


class WalkInForm(CourtForm):
    """Somebody who was not expected, in three fields."""

    known = RadioField(_l("Is it one of these people?"), choices=[], validate_choice=False)
    given_names = NameField(
        _l("First name"),
        validators=[InputRequired(REQUIRED), Length(max=200, message=TOO_LONG)],
        render_kw={"autocomplete": "off"},
    )
    family_name = NameField(
        _l("Family name"),
        validators=[InputRequired(REQUIRED), Length(max=200, message=TOO_LONG)],
        render_kw={"autocomplete": "off"},
    )
    birth_date = DayField(_l("Born on"), validators=[InputRequired(REQUIRED)])


class CorrectForm(MarkForm):
    """What is right of a confirmed evening, and why it was wrong."""

    came_at = WallTimeField(_l("Came at"), validators=[Optional()])
    reason = SelectField(
        _l("Why was it wrong?"),
        choices=lambda: choices_of(ReversalReason, blank=_l("please choose")),
        validators=[InputRequired(CHOOSE)],
    )
