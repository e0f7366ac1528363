"""Hours of adult volunteers: several lines at once, and which days to look at."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.validators import InputRequired, Length

from youthcourt.errors import CourtRuleBroken
from youthcourt.hearings.domain import AdultGiven, AdultRole, DaySpan, day_span, line_field
from youthcourt.hearings.forms.fields import REQUIRED, TOO_LONG
from youthcourt.people.domain import NAME_LIMIT
from youthcourt.people.forms import DayField
from youthcourt.web.forms import CourtForm, DurationField, OnceForm, TrimmedField
from youthcourt.web.i18n import choices_of, sentence

MOST_LINES = 30
NAME, ROLE, MINUTES = "name", "role", "minutes"


def _roles() -> list[tuple[str, str]]:
    return choices_of(AdultRole, blank=str(_l("please choose")))


class AdultsForm(OnceForm):
    """Lines of name, role and time; a line with neither name nor time is none.

    ``adults_form`` adds the lines.  ``usual_minutes`` stand for a time that is left empty.
    """

    lines: int = 0
    usual_minutes: int | None = None

    def of_line(self, line: int) -> tuple[Any, Any, Any]:
        """Return the three questions of a line."""
        name, role, minutes = (self[line_field(part, line)] for part in (NAME, ROLE, MINUTES))
        return name, role, minutes

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask in each line that was begun for what is missing there."""
        valid = bool(super().validate(extra_validators))
        for line in range(self.lines):
            name, role, minutes = self.of_line(line)
            if not name.data and minutes.data is None:
                continue
            for field, missing, code in (
                (name, not name.data, "adult_name_missing"),
                (role, not role.data, "adult_role_missing"),
                (minutes, self._minutes(minutes) is None, "adult_minutes_missing"),
            ):
                if missing and not field.errors:
                    field.errors = [sentence(code)]
                    valid = False
        return valid

    def given_lines(self) -> tuple[AdultGiven, ...]:
        """Return the lines that were filled in, after ``validate``."""
        found = []
        for line in range(self.lines):
            name, role, minutes = self.of_line(line)
            if name.data or minutes.data is not None:
                given = AdultGiven(
                    name=name.data,
                    role=AdultRole(role.data),
                    minutes=self._minutes(minutes) or 0,
                    line=line,
                )
                found.append(given)
        return tuple(found)

    def _minutes(self, field: Any) -> int | None:
        typed: int | None = field.data
        return self.usual_minutes if typed is None else typed


class AdultsOfDayForm(AdultsForm):
    """The same for a day outside a session."""

    given_on = DayField(_l("Day"), validators=[InputRequired(REQUIRED)])


def adults_form(
    base: type[AdultsForm], lines: int, *, usual_minutes: int | None = None
) -> type[AdultsForm]:
    """Return the form with so many lines."""
    parts: dict[str, Any] = {"lines": lines, "usual_minutes": usual_minutes}
    for line in range(lines):
        parts[line_field(NAME, line)] = TrimmedField(
            _l("Adult %(number)s, name", number=line + 1),
            validators=[Length(max=NAME_LIMIT, message=TOO_LONG)],
            render_kw={"list": "adult-names", "autocomplete": "off"},
        )
        parts[line_field(ROLE, line)] = SelectField(
            _l("Adult %(number)s, did what", number=line + 1), choices=_roles, default=""
        )
        parts[line_field(MINUTES, line)] = DurationField(
            _l("Adult %(number)s, how long", number=line + 1)
        )
    return type(f"{base.__name__}Of{lines}", (base,), parts)


class SpanForm(CourtForm):
    """A question in the address: without a token, since nothing is changed."""

    class Meta(CourtForm.Meta):
        """How the library treats it."""

        csrf = False

    first = DayField(_l("First day"), validators=[InputRequired(REQUIRED)])
    last = DayField(_l("Last day"), validators=[InputRequired(REQUIRED)])

    def asked_span(self) -> DaySpan | None:
        """Return the span that was asked for, None where something is wrong with the form."""
        if not self.validate() or self.first.data is None or self.last.data is None:
            return None
        try:
            return day_span(self.first.data, self.last.data)
        except CourtRuleBroken as refusal:
            self.refuse(refusal)
            return None
