"""Rooms and closed days."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField
from wtforms.validators import InputRequired, Length

from youthcourt.hearings.forms.fields import REQUIRED, TOO_LONG
from youthcourt.people.forms import DayField, LinesField
from youthcourt.web.forms import CourtForm, TrimmedField, VersionedForm


class RoomForm(VersionedForm):
    """A room and the way to it."""

    name = TrimmedField(
        _l("Name of the room"),
        description=_l(
            "As it stands on the door, such as Room 2. Jurors see it on their phones: "
            "let it not say what is held there."
        ),
        validators=[InputRequired(REQUIRED), Length(max=80, message=TOO_LONG)],
    )
    address = LinesField(
        _l("Address"),
        description=_l("Families and jurors read it."),
        validators=[Length(max=300, message=TOO_LONG)],
        render_kw={"rows": 2},
    )
    directions = LinesField(
        _l("How to find it"),
        description=_l("For example which door, which floor, where the lift is."),
        validators=[Length(max=500, message=TOO_LONG)],
        render_kw={"rows": 3},
    )


class ClosedDayForm(CourtForm):
    """A day on which nothing is held; ``seen`` is the day whose sessions were shown."""

    day = DayField(_l("Day"), validators=[InputRequired(REQUIRED)])
    label = TrimmedField(
        _l("Why"),
        description=_l("For example Independence Day."),
        validators=[InputRequired(REQUIRED), Length(max=80, message=TOO_LONG)],
    )
    seen = HiddenField()
