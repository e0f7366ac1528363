"""Which days a report is about."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms.validators import InputRequired

from youthcourt.errors import CourtRuleBroken
from youthcourt.evaluation.domain import Period, period
from youthcourt.people.forms import DayField
from youthcourt.web.forms import CourtForm

REQUIRED = _l("Please fill this in.")


class AskedForm(CourtForm):
    """A form that only asks: its answers stand in the address and change nothing."""

    class Meta(CourtForm.Meta):
        """Without a token, since nothing is changed."""

        csrf = False


class PeriodForm(AskedForm):
    """The first and the last day."""

    first = DayField(_l("First day"), validators=[InputRequired(REQUIRED)])
    last = DayField(_l("Last day"), validators=[InputRequired(REQUIRED)])

    def asked_period(self) -> Period | None:
        """Return the span that was asked for, None where something is wrong with it."""
        if not self.validate():
            return None
        assert self.first.data is not None  # noqa: S101 -- InputRequired
        assert self.last.data is not None  # noqa: S101 -- InputRequired
        try:
            return period(self.first.data, self.last.data)
        except CourtRuleBroken as refusal:
            self.refuse(refusal)
            return None
