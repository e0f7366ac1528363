"""Planning one session or a series of them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, TypeVar

from flask_babel import get_locale
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Form, FormField, HiddenField, RadioField, SelectField
from wtforms.validators import InputRequired, Length, Optional

from youthcourt.courts.domain import SittingModel
from youthcourt.hearings.forms.fields import CHOOSE, REQUIRED, TOO_LONG, clock
from youthcourt.people.forms import DayField
from youthcourt.web.forms import CourtForm, TrimmedField, WholeField
from youthcourt.web.i18n import choices_of, label_of

Planned = TypeVar("Planned", bound=CourtForm)
ROOM = "room_"
_NTH = ("1", "2", "3", "4", "5", "-1")


class Rhythm(StrEnum):
    """How a series comes back."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"


def _models() -> list[tuple[str, str]]:
    return choices_of(SittingModel)


def _weekdays() -> list[tuple[str, str]]:
    locale = get_locale()
    names = {} if locale is None else locale.days["stand-alone"]["wide"]
    return [(str(day), str(names.get(day, day))) for day in range(7)]


def _nths() -> list[tuple[str, str]]:
    return [(value, label_of("NthOfMonth", value)) for value in _NTH]


class RoomNumbers(Form):
    """Who presides in a room, how many sit, and how many hearings it takes."""

    presiding = TrimmedField(
        _l("Adult who presides"), validators=[Length(max=120, message=TOO_LONG)]
    )
    model = SelectField(
        _l("How the cases are heard"), choices=_models, validators=[InputRequired(CHOOSE)]
    )
    quorum = WholeField(
        _l("Quorum"),
        description=_l("With fewer jurors nothing is heard."),
        validators=[InputRequired(REQUIRED)],
    )
    panel_target = WholeField(_l("Jurors you aim for"), validators=[InputRequired(REQUIRED)])
    panel_max = WholeField(_l("Most who may sit"), validators=[InputRequired(REQUIRED)])
    max_first_hearings = WholeField(
        _l("Most first hearings"),
        description=_l("Leave it empty for no limit."),
        validators=[Optional()],
    )
    max_return_hearings = WholeField(
        _l("Most return hearings"),
        description=_l("Leave it empty for no limit."),
        validators=[Optional()],
    )


class PlannedRoom(RoomNumbers):
    """A room with the tick that takes it into a session."""

    use = BooleanField(_l("Use this room"))


class SessionForm(CourtForm):
    """One session; its rooms are added by ``with_rooms``."""

    kind = HiddenField()
    held_on = DayField(_l("Day"), validators=[InputRequired(REQUIRED)])
    starts_at = clock(_l("Starts at"))
    ends_at = clock(_l("Ends at"))
    clock_seen = HiddenField()


class SeriesForm(CourtForm):
    """A series of sessions; its rooms are added by ``with_rooms``."""

    kind = HiddenField()
    rhythm = RadioField(
        _l("How often?"),
        choices=lambda: choices_of(Rhythm),
        validators=[InputRequired(CHOOSE)],
    )
    weekday = SelectField(_l("Day of the week"), choices=_weekdays)
    every_weeks = WholeField(
        _l("Every how many weeks"),
        description=_l("For the first choice: 1 is every week, 2 every other week."),
        validators=[Optional()],
    )
    nth_of_month = SelectField(
        _l("Which one of the month"),
        description=_l("For the second choice."),
        choices=_nths,
    )
    starts_on = DayField(_l("From"), validators=[InputRequired(REQUIRED)])
    ends_on = DayField(_l("To"), validators=[InputRequired(REQUIRED)])
    starts_at = clock(_l("Starts at"))
    ends_at = clock(_l("Ends at"))
    seen = HiddenField()


def with_rooms(form: type[Planned], rooms: Mapping[str, str]) -> type[Planned]:
    """Return the form with a part for each room; ``rooms`` maps keys to names."""
    parts: dict[str, Any] = {
        ROOM + key: FormField(PlannedRoom, label=name) for key, name in rooms.items()
    }
    return type(f"Roomed{form.__name__}", (form,), parts)
