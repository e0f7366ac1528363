"""The form of one search of records."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import FieldList, Form, FormField, RadioField, SelectField
from wtforms.validators import InputRequired, Length, Optional

from youthcourt.cases.forms.offences import offence_choices
from youthcourt.followups.domain import (
    CheckEntry,
    CheckResult,
    LaterEventKind,
    LaterOffenceEntry,
    NoSearchReason,
    OffenceCategory,
    RecordSource,
    WithdrawalReason,
)
from youthcourt.people.forms import DayField, LinesField
from youthcourt.web.forms import CourtForm, TrimmedField
from youthcourt.web.i18n import choices_of

REQUIRED = _l("Please fill this in.")
CHOOSE = _l("Please choose an answer.")
TOO_LONG = _l("Please use at most %(max)d characters.")
ROWS = 3
ADULT_RECORDS = {"yes": True, "no": False, "": None}


def _choices(enum: Any, blank: Any = None) -> Any:
    return lambda: choices_of(enum, blank=blank)


class LaterOffenceForm(Form):
    """One later offence; a row without any entry is none."""

    kind = SelectField(
        _l("What happened"),
        choices=_choices(LaterEventKind, _l("please choose")),
        default="",
        validators=[Optional()],
    )
    category = SelectField(
        _l("Kind of act"), choices=_choices(OffenceCategory), default=OffenceCategory.DELINQUENT
    )
    offence_on = DayField(
        _l("Day of the act"), description=_l("If the record has it."), validators=[Optional()]
    )
    event_on = DayField(
        _l("Day of the event"),
        description=_l("Of the referral, arrest, charge or decision."),
        validators=[Optional()],
    )
    nibrs = SelectField(_l("Kind of offence"), choices=offence_choices, default="")
    text = TrimmedField(
        _l("Statute or words of the record"),
        validators=[Length(max=300, message=TOO_LONG)],
        render_kw={"autocomplete": "off"},
    )

    @property
    def is_blank(self) -> bool:
        """Whether nothing was written into this row."""
        typed = (self.kind, self.offence_on, self.event_on, self.nibrs, self.text)
        return not any(field.data or any(field.raw_data or ()) for field in typed)

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for kind and day of a row that has anything."""
        valid = bool(super().validate(extra_validators))
        if self.is_blank:
            return valid
        for field, complaint in ((self.kind, CHOOSE), (self.event_on, REQUIRED)):
            if not field.data and not field.errors:
                field.errors = [str(complaint)]
                valid = False
        return valid

    @property
    def entry(self) -> LaterOffenceEntry:
        """What was written into a row that is not blank, once it is valid."""
        assert self.event_on.data is not None  # noqa: S101 -- asked for in validate
        return LaterOffenceEntry(
            kind=LaterEventKind(self.kind.data),
            category=OffenceCategory(self.category.data),
            offence_on=self.offence_on.data,
            event_on=self.event_on.data,
            nibrs=self.nibrs.data or None,
            text=self.text.data or None,
        )


class CheckForm(CourtForm):
    """One search, or why there was none."""

    source = SelectField(
        _l("Whose records"),
        choices=_choices(RecordSource, _l("please choose")),
        validators=[InputRequired(CHOOSE)],
    )
    jurisdiction = TrimmedField(
        _l("Where"),
        description=_l("The county, city or state these records speak of."),
        validators=[InputRequired(REQUIRED), Length(max=120, message=TOO_LONG)],
    )
    adult_records = SelectField(
        _l("Adult records too?"),
        description=_l("Matters once somebody has turned 18."),
        # WTForms warns of a list of pairs, not of what returns one.
        choices=lambda: [
            ("", gettext("not known")),
            ("yes", gettext("Yes")),
            ("no", gettext("No")),
        ],
    )
    result = RadioField(
        _l("What came of it?"),
        choices=_choices(CheckResult),
        validators=[InputRequired(CHOOSE)],
    )
    reason = SelectField(
        _l("Why was it not searched?"),
        choices=_choices(NoSearchReason, _l("it was searched")),
        default="",
    )
    searched_on = DayField(_l("Day of the search"), validators=[InputRequired(REQUIRED)])
    data_through = DayField(
        _l("Records go up to"),
        description=_l("The last day the records speak of, often earlier than today."),
        validators=[Optional()],
    )
    searched_by = TrimmedField(
        _l("Who looked"), validators=[InputRequired(REQUIRED), Length(max=120, message=TOO_LONG)]
    )
    note = LinesField(
        _l("Note"),
        description=_l("Only what the next search needs. It is never exported."),
        validators=[Length(max=2000, message=TOO_LONG)],
        render_kw={"rows": 3},
    )
    offences = FieldList(FormField(LaterOffenceForm), min_entries=ROWS, max_entries=2 * ROWS)

    @property
    def entry(self) -> CheckEntry:
        """What was typed, once it is valid."""
        assert self.searched_on.data is not None  # noqa: S101 -- InputRequired
        return CheckEntry(
            source=RecordSource(self.source.data),
            jurisdiction=self.jurisdiction.data or "",
            adult_records=ADULT_RECORDS[self.adult_records.data or ""],
            result=CheckResult(self.result.data),
            reason=NoSearchReason(self.reason.data) if self.reason.data else None,
            searched_on=self.searched_on.data,
            data_through=self.data_through.data,
            searched_by=self.searched_by.data or "",
            note=self.note.data or None,
            offences=tuple(row.form.entry for row in self.offences if not row.form.is_blank),
        )


class WithdrawCheckForm(CourtForm):
    """Why a search does not stand."""

    reason = RadioField(
        _l("Why does it not stand?"),
        choices=_choices(WithdrawalReason),
        validators=[InputRequired(CHOOSE)],
    )
