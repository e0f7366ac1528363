"""What several forms of the calendar share."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms.validators import InputRequired, Length, Optional

from youthcourt.hearings.domain import BY_ANOTHER_ACT
from youthcourt.people.forms import LinesField
from youthcourt.web.forms import SaysHow, WallTimeField
from youthcourt.web.i18n import choices_of

REQUIRED = _l("Please fill this in.")
CHOOSE = _l("Please choose one of the answers shown.")
TOO_LONG = _l("Please use at most %(max)d characters.")


class ClockField(SaysHow, WallTimeField):
    """A time of day; 25:00 is told to be none."""

    complaint = _l("This is no time of day. Write it like this: 18:30.")


def clock(label: Any) -> ClockField:
    """Return the question for a time of day."""
    return ClockField(label, format=["%H:%M", "%H:%M:%S"], validators=[InputRequired(REQUIRED)])


def words(label: Any, hint: Any = None) -> LinesField:
    """Return the question for a few words that go into the case file."""
    return LinesField(
        label,
        description=hint or _l("Goes into the case file as a note. Needed for another reason."),
        validators=[Optional(), Length(max=1000, message=TOO_LONG)],
        render_kw={"rows": 2},
    )


def reasons(enum: Any) -> Any:
    """Return the reasons of a list that somebody may choose by hand."""
    chosen_elsewhere = {str(reason) for reason in BY_ANOTHER_ACT}

    def choices() -> list[tuple[str, str]]:
        blank = str(_l("please choose"))
        return [p for p in choices_of(enum, blank=blank) if p[0] not in chosen_elsewhere]

    return choices
