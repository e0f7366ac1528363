"""The rows in which offences are written down."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import FieldList, Form, FormField, SelectField
from wtforms.validators import Length

from youthcourt.cases.domain import offences_to_choose
from youthcourt.cases.domain.offences import USUAL
from youthcourt.web.forms import TrimmedField
from youthcourt.web.i18n import sentence

ROWS = 6
TOO_LONG = _l("Please use at most %(max)d characters.")


def offence_choices() -> Any:
    """Return the list of offences in two groups, the usual ones first."""
    pairs = [(o.code, gettext(o.label)) for o in offences_to_choose()]
    usual = [pair for pair in pairs if pair[0] in USUAL]
    rest = [pair for pair in pairs if pair[0] not in USUAL]
    return {
        "": [("", gettext("not sorted in yet"))],
        gettext("Usual here"): usual,
        gettext("All others"): rest,
    }


class ChargeForm(Form):
    """One offence; a row without any entry is no offence."""

    text = TrimmedField(
        _l("Offence in words"),
        description=_l("As the referral says it."),
        validators=[Length(max=300, message=TOO_LONG)],
        render_kw={"autocomplete": "off"},
    )
    statute = TrimmedField(
        _l("Statute"),
        description=_l("The paragraph or local number."),
        validators=[Length(max=120, message=TOO_LONG)],
        render_kw={"autocomplete": "off"},
    )
    nibrs = SelectField(
        _l("Kind of offence"),
        description=_l("For counting. Leave it if you are not sure."),
        choices=offence_choices,
    )

    @property
    def is_blank(self) -> bool:
        """Whether nothing was written into this row."""
        return not (self.text.data or self.statute.data or self.nibrs.data)

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for the words of a row that has anything else."""
        valid = bool(super().validate(extra_validators))
        if valid and not self.is_blank and not self.text.data:
            self.text.errors = [sentence("offence_words_missing")]
            return False
        return valid


def charge_rows() -> FieldList[Any]:
    """Return the field with the rows of offences."""
    return FieldList(FormField(ChargeForm), min_entries=ROWS, max_entries=2 * ROWS)


def charges_given(rows: FieldList[Any]) -> tuple[dict[str, str | None], ...]:
    """Return the offences written down, each as text, statute and nibrs, blank rows left out."""
    return tuple(
        {
            "text": row.form.text.data,
            "statute": row.form.statute.data or None,
            "nibrs": row.form.nibrs.data or None,
        }
        for row in rows
        if not row.form.is_blank
    )
