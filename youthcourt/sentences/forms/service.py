"""Service: writing it down, confirming, refusing and taking it back."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, HiddenField, SelectField
from wtforms.validators import InputRequired

from youthcourt.courts.domain import Unit
from youthcourt.people.forms import DayField
from youthcourt.sentences.domain.reasons import ChangeReason, DenialReason, Proof, ReversalReason
from youthcourt.sentences.forms.fields import (
    CHOOSE,
    REQUIRED,
    CountField,
    choices,
    length,
)
from youthcourt.web.forms import CourtForm, DurationField, Given, TrimmedField, VersionedForm
from youthcourt.web.i18n import label

_FILE_HINT = _l("A photo or PDF of the signed sheet. It is checked and kept with this service.")
_NUMBER = {"inputmode": "numeric", "type": "text", "autocomplete": "off"}


class ReportForm(CourtForm):
    """Service that was done; ``once`` makes a form that is sent twice one piece of service."""

    once = HiddenField()
    served_on = DayField(_l("Done on"), validators=[InputRequired(REQUIRED)])
    minutes = DurationField(_l("How long"), validators=[Given()])
    place = TrimmedField(_l("Where"), validators=[length(200)], render_kw={"autocomplete": "off"})
    supervisor = TrimmedField(
        _l("Who was in charge there"),
        description=_l("The name of whoever can say that it was done."),
        validators=[length(200)],
        render_kw={"autocomplete": "off"},
    )
    proof = SelectField(_l("What shows it?"), choices=choices(Proof, _l("nothing yet")))
    file = FileField(_l("Proof as a file"), description=_FILE_HINT)
    at_once = BooleanField(
        _l("I have seen the proof: confirm it at once"),
        description=_l("Otherwise it waits for confirmation."),
    )

    @classmethod
    def of(cls, unit: Unit) -> type[ReportForm]:
        """Return the form for an obligation in this unit."""
        if unit is not Unit.SESSIONS:
            return cls
        return type("ReportFormOfSessions", (cls,), {"sessions": _sessions()})


class ConfirmForm(VersionedForm):
    """What was served, as it is confirmed."""

    minutes = DurationField(_l("How long"), validators=[Given()])

    @classmethod
    def of(cls, *, in_sessions: bool) -> type[ConfirmForm]:
        """Return the form for service that counts in sessions, or in hours alone."""
        if not in_sessions:
            return cls
        return type(f"{cls.__name__}OfSessions", (cls,), {"sessions": _sessions()})


class DenyForm(VersionedForm):
    """Why a piece of service does not count."""

    reason = SelectField(
        _l("Reason"),
        choices=lambda: _some(
            DenialReason.NOT_THERE,
            DenialReason.EXCUSED,
            DenialReason.NOT_SIGNED,
            DenialReason.NOT_ALLOWED,
            DenialReason.ENTERED_TWICE,
            DenialReason.OTHER,
        ),
        validators=[InputRequired(CHOOSE)],
    )


class BringBackForm(VersionedForm):
    """Why a piece of service that was turned down is looked at again."""

    reason = SelectField(
        _l("Reason"),
        choices=lambda: _some(
            ChangeReason.PROOF_CAME, ChangeReason.TYPED_WRONG, ChangeReason.OTHER
        ),
        validators=[InputRequired(CHOOSE)],
    )


class ReverseForm(VersionedForm):
    """Why a confirmed piece of service is taken back."""

    reason = SelectField(
        _l("Reason"),
        choices=choices(ReversalReason, _l("please choose")),
        validators=[InputRequired(CHOOSE)],
    )


class CorrectForm(ConfirmForm):
    """What a confirmed piece of service should have been, and why it was not."""

    reason = SelectField(
        _l("Reason"),
        choices=lambda: _some(ReversalReason.WRONG_TIME, ReversalReason.OTHER),
        validators=[InputRequired(CHOOSE)],
    )


class ProofForm(CourtForm):
    """The proof of a piece of service that came later."""

    file = FileField(_l("Proof as a file"), description=_FILE_HINT)


def _sessions() -> CountField:
    return CountField(_l("Sessions"), validators=[Given()], render_kw=_NUMBER)


def _some(*reasons: Any) -> list[tuple[str, Any]]:
    return [("", _l("please choose")), *((reason.value, label(reason)) for reason in reasons)]
