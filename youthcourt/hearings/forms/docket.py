"""Hearings: onto a docket, off it, cancelled, and what became of them."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, SelectField
from wtforms.validators import AnyOf, InputRequired, Optional

from youthcourt.hearings.domain import (
    ContinuanceReason,
    DocketOverride,
    HearingCancelReason,
    HearingOutcome,
    OffDocketReason,
    TakeBackReason,
)
from youthcourt.hearings.forms.fields import CHOOSE, reasons, words
from youthcourt.web.forms import CourtForm, VersionedForm
from youthcourt.web.i18n import choices_of


class Back(StrEnum):
    """The pages from which an outcome may be sent; never a free address."""

    ROOM = "room"
    DOCKET = "docket"
    CASE = "case"
    SESSION = "session"


def _optional_reasons(enum: Any) -> Any:
    return lambda: choices_of(enum, blank=str(_l("please choose")))


class PlaceForm(VersionedForm):
    """Putting a hearing on a docket; the reason where something speaks against it."""

    reason = SelectField(
        _l("Why all the same?"),
        choices=_optional_reasons(DocketOverride),
        validators=[Optional()],
    )
    note = words(_l("In your own words"))


class TakeOffForm(VersionedForm):
    """Why a hearing is taken off its docket."""

    reason = SelectField(
        _l("Why?"), choices=reasons(OffDocketReason), validators=[InputRequired(CHOOSE)]
    )
    note = words(_l("In your own words"))


class CancelHearingForm(VersionedForm):
    """Why a hearing is not held at all."""

    reason = SelectField(
        _l("Why?"), choices=reasons(HearingCancelReason), validators=[InputRequired(CHOOSE)]
    )
    note = words(_l("In your own words"))


class OpenHearingForm(CourtForm):
    """Another hearing for a case; which kinds it may have depends on where it stands."""

    kind = RadioField(_l("What kind of hearing?"), choices=[], validators=[InputRequired(CHOOSE)])


class OutcomeForm(VersionedForm):
    """What became of a hearing."""

    outcome = RadioField(
        _l("What became of it?"),
        choices=lambda: choices_of(HearingOutcome),
        validators=[InputRequired(CHOOSE)],
    )
    reason = SelectField(
        _l("Why, if it is continued?"),
        choices=_optional_reasons(ContinuanceReason),
        validators=[Optional()],
    )
    note = words(_l("Note"), _l("Goes into the case file."))
    panel_later = BooleanField(_l("I write down later who sat on the panel"))
    back = HiddenField(validators=[AnyOf([str(back) for back in Back])])


class TakeBackForm(VersionedForm):
    """Why what was written down of a hearing is taken back."""

    reason = RadioField(
        _l("Why?"),
        choices=lambda: choices_of(TakeBackReason),
        validators=[InputRequired(CHOOSE)],
    )
    note = words(_l("In your own words"))
    back = HiddenField(validators=[AnyOf([str(back) for back in Back])])
