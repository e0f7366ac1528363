"""Which days a report is about, and which cohort an evaluation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from wtforms import SelectField, SelectMultipleField
from wtforms.validators import InputRequired, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from youthcourt.errors import CourtRuleBroken
from youthcourt.evaluation.domain import (
    CohortChoice,
    CohortFilter,
    Denominator,
    Period,
    StartChoice,
    period,
)
from youthcourt.followups.domain import Basis, Counted, LaterEventKind
from youthcourt.people.forms import DayField
from youthcourt.web.forms import CourtForm
from youthcourt.web.i18n import choices_of, sentence

REQUIRED = _l("Please fill this in.")
CHOOSE = _l("Please choose at least one.")


class _Spanning(CourtForm):
    """The first and the last day."""

    first = DayField(_l("First day"), validators=[InputRequired(REQUIRED)])
    last = DayField(_l("Last day"), validators=[InputRequired(REQUIRED)])

    def asked_period(self) -> Period | None:
        """Return the span that was asked for, None where something is wrong with the form."""
        if not self.validate():
            return None
        assert self.first.data is not None  # noqa: S101 -- InputRequired
        assert self.last.data is not None  # noqa: S101 -- InputRequired
        try:
            return period(self.first.data, self.last.data)
        except CourtRuleBroken as refusal:
            self.refuse(refusal)
            return None


class PeriodForm(_Spanning):
    """A question in the address: without a token, since nothing is changed."""

    class Meta(CourtForm.Meta):
        """How the library treats it."""

        csrf = False


def _one(label: Any, enum: Any, description: Any = None) -> SelectField:
    return SelectField(label, choices=lambda: choices_of(enum), description=description or "")


def _offered(_form: Any, field: Any) -> None:
    """Refuse what is none of the choices, in the words of the house."""
    if set(field.data or ()) - {value for value, _label in field.iter_pairs()}:
        raise ValidationError(sentence("not_a_choice"))


class _SeveralField(SelectMultipleField):
    """Boxes to tick, at least one of them."""

    def iter_pairs(self) -> list[tuple[str, str]]:
        """Return the choices as they are now."""
        return [(str(value), str(label)) for value, label, *_more in self.iter_choices()]


def _several(label: Any, description: Any = None, **given: Any) -> SelectMultipleField:
    return _SeveralField(
        label,
        description=description or "",
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        validators=[InputRequired(CHOOSE), _offered],
        validate_choice=False,
        **given,
    )


class ChoiceForm(_Spanning):
    """A cohort and what counts as a later offence."""

    start = _one(_l("Counted from"), StartChoice)
    who = _one(_l("Whom to look at"), CohortFilter)
    months = _several(_l("Months of follow-up"), choices=[])
    kinds = _several(
        _l("What counts as a later offence"),
        _l("Only acts that are offences: no status offence, traffic, infraction or condition."),
        choices=lambda: choices_of(LaterEventKind),
    )
    basis = _one(_l("Which day decides"), Basis)
    denominator = _one(_l("Who is in the share"), Denominator)

    def offer(self, months: Sequence[int]) -> None:
        """Offer these months."""
        self.months.choices = [
            (str(length), ngettext("%(num)d month", "%(num)d months", length)) for length in months
        ]

    def asked_choice(self) -> CohortChoice | None:
        """Return the choice, None where something is wrong with the form."""
        entered = self.asked_period()
        if entered is None:
            return None
        return CohortChoice(
            entered=entered,
            start=StartChoice(self.start.data),
            who=CohortFilter(self.who.data),
            months=tuple(sorted({int(length) for length in self.months.data or ()})),
            counted=Counted(
                kinds=frozenset(LaterEventKind(kind) for kind in self.kinds.data or ()),
                basis=Basis(self.basis.data),
            ),
            denominator=Denominator(self.denominator.data),
        )


class AskedChoiceForm(ChoiceForm):
    """The same in the address."""

    class Meta(ChoiceForm.Meta):
        """How the library treats it."""

        csrf = False
