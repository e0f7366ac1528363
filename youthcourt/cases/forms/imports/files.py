"""Sending a file in, and saying how it is read."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import HiddenField, SelectField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from youthcourt.files.tables import DELIMITERS, ENCODINGS, Shape
from youthcourt.web.forms import CourtForm, TrimmedField, WholeField
from youthcourt.web.i18n import label_of, sentence

BY_HAND = ""
_ROWS = NumberRange(min=0, max=100_000, message=_l("Please write the number of a row."))


class UploadForm(CourtForm):
    """A file of referrals, and how its columns are read."""

    file = FileField(
        _l("File"),
        description=_l("CSV or Excel (.xlsx), as it comes from the agency. 10 MB at most."),
        render_kw={"accept": ".csv,.tsv,.tab,.txt,.xlsx"},
    )
    mapping = SelectField(
        _l("What kind of file is it?"),
        description=_l("For a kind that came in before, the program knows which column is what."),
        choices=[],
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for a file."""
        valid = bool(super().validate(extra_validators))
        if not getattr(self.file.data, "filename", ""):
            self.file.errors = [sentence("no_file_chosen")]
            return False
        return valid


class MappingForm(CourtForm):
    """Which mapping is used for a file that was sent in."""

    mapping = SelectField(_l("What kind of file is it?"), choices=[])


class TitleForm(CourtForm):
    """What a saved mapping is called."""

    title = TrimmedField(
        _l("Name"),
        validators=[
            InputRequired(_l("Please fill this in.")),
            Length(max=120, message=_l("Please use at most %(max)d characters.")),
        ],
    )


class DecisionForm(CourtForm):
    """A decision on a file; ``seen`` is what its dry run had shown."""

    seen = HiddenField()


class ReadingForm(CourtForm):
    """How a file is read where the program is not sure."""

    header_row = WholeField(
        _l("Row with the names of the columns"),
        description=_l("The number on the left, for example 4. 0 if there is no such row."),
        validators=[Optional(), _ROWS],
    )
    header_rows = WholeField(
        _l("How many rows the names take"),
        validators=[
            Optional(),
            NumberRange(min=1, max=10, message=_l("Please write a number from 1 to 10.")),
        ],
    )
    first_data_row = WholeField(
        _l("First row of data"),
        description=_l("Only if it does not follow right below the names."),
        validators=[Optional(), _ROWS],
    )
    delimiter = SelectField(_l("What stands between the columns"), choices=[])
    encoding = SelectField(_l("Encoding of the letters"), choices=[])
    sheet = SelectField(_l("Sheet"), choices=[], validate_choice=False)

    def offer(self, sheets: tuple[str, ...]) -> None:
        """Fill in the choices; a workbook offers its sheets in place of the first two lists."""
        found = _l("as the program finds it")
        self.delimiter.choices = [
            ("", found),
            *((d, label_of("Delimiter", d)) for d in DELIMITERS),
        ]
        self.encoding.choices = [("", found), *((e, label_of("Encoding", e)) for e in ENCODINGS)]
        self.sheet.choices = [("", found), *((name, name) for name in sheets)]

    def shape(self) -> Shape:
        """Return what was said."""
        return Shape(
            header_row=self.header_row.data,
            header_rows=self.header_rows.data or 1,
            first_data_row=self.first_data_row.data,
            delimiter=self.delimiter.data or None,
            encoding=self.encoding.data or None,
            sheet=self.sheet.data or None,
        )
