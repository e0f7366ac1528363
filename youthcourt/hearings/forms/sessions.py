"""Changing a session and its rooms."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, SelectField
from wtforms.validators import InputRequired

from youthcourt.hearings.domain import SessionCancelReason
from youthcourt.hearings.forms.fields import CHOOSE, REQUIRED, clock, reasons
from youthcourt.hearings.forms.planning import RoomNumbers
from youthcourt.people.forms import DayField
from youthcourt.web.forms import CourtForm, VersionedForm


class MoveSessionForm(VersionedForm):
    """Another day or time for a session."""

    held_on = DayField(_l("Day"), validators=[InputRequired(REQUIRED)])
    starts_at = clock(_l("Starts at"))
    ends_at = clock(_l("Ends at"))
    hearings_come = BooleanField(
        _l("Its hearings come along"),
        description=_l("Families are told the new time. Without the tick their hearings wait."),
    )
    seats_come = BooleanField(
        _l("Its jurors keep their seats"),
        description=_l("They are told the new time. Without the tick their seats are released."),
    )
    clock_seen = HiddenField()


class CancelSessionForm(VersionedForm):
    """Why a session is not held."""

    reason = SelectField(
        _l("Why?"), choices=reasons(SessionCancelReason), validators=[InputRequired(CHOOSE)]
    )


class SittingForm(VersionedForm, RoomNumbers):
    """A room of a session."""

    room_id = SelectField(_l("Room"), choices=[], validators=[InputRequired(CHOOSE)])


class RemoveSittingForm(CourtForm):
    """Where the hearings of a room go that is taken out of a session."""

    hearings_to = RadioField(_l("What happens to its hearings?"), choices=[])
