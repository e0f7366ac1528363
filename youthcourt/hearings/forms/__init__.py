"""The forms of the calendar and the docket: shapes only, the rules are in the services."""

from __future__ import annotations

from youthcourt.hearings.forms.adults import (
    MOST_LINES,
    AdultsForm,
    AdultsOfDayForm,
    SpanForm,
    adults_form,
)
from youthcourt.hearings.forms.docket import (
    Back,
    CancelHearingForm,
    OpenHearingForm,
    OutcomeForm,
    PlaceForm,
    TakeBackForm,
    TakeOffForm,
)
from youthcourt.hearings.forms.planning import (
    Rhythm,
    RoomNumbers,
    SeriesForm,
    SessionForm,
    with_rooms,
)
from youthcourt.hearings.forms.rooms import ClosedDayForm, RoomForm
from youthcourt.hearings.forms.sessions import (
    CancelSessionForm,
    MoveSessionForm,
    RemoveSittingForm,
    SittingForm,
)

__all__ = [
    "MOST_LINES",
    "AdultsForm",
    "AdultsOfDayForm",
    "Back",
    "CancelHearingForm",
    "CancelSessionForm",
    "ClosedDayForm",
    "MoveSessionForm",
    "OpenHearingForm",
    "OutcomeForm",
    "PlaceForm",
    "RemoveSittingForm",
    "Rhythm",
    "RoomForm",
    "RoomNumbers",
    "SeriesForm",
    "SessionForm",
    "SittingForm",
    "SpanForm",
    "TakeBackForm",
    "TakeOffForm",
    "adults_form",
    "with_rooms",
]
