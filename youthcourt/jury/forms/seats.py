"""What staff type about a draw, about seats, slips and invitations."""

from __future__ import annotations

from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, NumberRange
from wtforms.widgets import CheckboxInput, ListWidget

from youthcourt.jury.domain import BY_HAND, ReasonCode, SeatRole
from youthcourt.web.forms import CourtForm, WholeField
from youthcourt.web.i18n import choices_of, label

LARGEST_SEED = 999_999
_MISSING = _l("Please choose one.")


def _reasons() -> list[tuple[str, str]]:
    return [
        ("", str(_l("Choose a reason"))),
        *((reason.value, label(reason)) for reason in BY_HAND),
    ]


class DrawForm(CourtForm):
    """The number from which the lottery of a draw is worked out."""

    seed = WholeField(
        _l("Number of the lottery"),
        description=_l(
            "People who stand level are told apart by a lottery worked out from this number: the "
            "same number and the same people give the same draw. It was picked for you; leave it, "
            "or type the number of an earlier draw to repeat it."
        ),
        validators=[
            InputRequired(_l("Please type a whole number.")),
            NumberRange(
                min=1,
                max=LARGEST_SEED,
                message=_l("Please use a whole number from %(min)s to %(max)s."),
            ),
        ],
    )


class PlaceForm(CourtForm):
    """A room, and the rules that staff decide to go against there."""

    sitting_id = RadioField(_l("Room"), validators=[InputRequired(_MISSING)], choices=[])
    confirm = SelectMultipleField(
        _l("All the same"),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        validate_choice=False,
        choices=[],
    )

    @property
    def confirmed(self) -> frozenset[ReasonCode]:
        """The rules that were ticked; anything else that was sent is left out."""
        known = {code.value: code for code in ReasonCode}
        return frozenset(known[value] for value in self.confirm.data or () if value in known)

    def offer_to_confirm(self, codes: object) -> None:
        """Show these rules to be ticked, nothing ticked yet."""
        wanted = codes if isinstance(codes, tuple) else ()
        self.confirm.choices = {code.value: label(code) for code in wanted}
        self.confirm.data = []


class SeatForm(PlaceForm):
    """A room and whether somebody sits there or stands by."""

    role = RadioField(
        _l("As"),
        validators=[InputRequired(_MISSING)],
        choices=lambda: choices_of(SeatRole),
        default=SeatRole.JUROR.value,
    )


class ReleaseForm(CourtForm):
    """Why a seat is given back."""

    reason = SelectField(
        _l("Reason"),
        validators=[InputRequired(_l("Please choose a reason."))],
        choices=_reasons,
    )


class ChosenForm(CourtForm):
    """People ticked in a list."""

    people = SelectMultipleField(_l("People"), validate_choice=False, choices=[])
    act = HiddenField()

    @property
    def chosen(self) -> frozenset[UUID]:
        """The keys that were ticked; what is no key is left out."""
        found = set()
        for value in self.people.data or ():
            try:
                found.add(UUID(value))
            except ValueError:
                continue
        return frozenset(found)
