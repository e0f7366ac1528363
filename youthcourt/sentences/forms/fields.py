"""Fields for amounts: typed as people write them, held as whole numbers of the smallest unit."""

from __future__ import annotations

import re
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, IntegerField
from wtforms.validators import Length
from wtforms.widgets import TextInput

from youthcourt.courts.domain import Unit
from youthcourt.web.forms import DurationField, Given, TrimmedField
from youthcourt.web.i18n import choices_of

REQUIRED = _l("Please fill this in.")
CHOOSE = _l("Please choose one of the answers shown.")
CENTS = 100
_DIGITS = 7  # more than any amount has; longer text is no number anybody means
_MONEY = re.compile(r"\$?\s*(\d{1,7}|\d{1,3}(?:,\d{3})+)(?:\.(\d{1,2}))?")


def length(longest: int) -> Length:
    """Return the check that a text is not longer than this."""
    return Length(max=longest, message=_l("Please use at most %(max)d characters."))


def choices(enum: Any, blank: Any = None) -> Any:
    """Return what makes the choices of a list when the form is made."""
    return lambda: choices_of(enum, blank=blank)


class MoneyField(Field):
    """Dollars, with or without cents; ``data`` are cents, None when empty."""

    widget = TextInput()
    data: int | None

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read an amount such as 12, 12.50 or $1,200."""
        text = valuelist[0].strip() if valuelist else ""
        self.data = None
        if not text:
            return
        found = _MONEY.fullmatch(text)
        if found is None:
            raise ValueError(_l("Please write dollars and cents like this: 12.50."))
        dollars = int(found.group(1).replace(",", ""))
        self.data = dollars * CENTS + int((found.group(2) or "0").ljust(2, "0"))

    def _value(self) -> str:
        """Return what stands in the box, as WTForms asks for it."""
        if self.raw_data:
            return str(self.raw_data[0])
        if self.data is None:
            return ""
        return f"{self.data // CENTS}.{self.data % CENTS:02d}"


class CountField(IntegerField):
    """A whole number, None when empty."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read a whole number, or say what one is."""
        text = valuelist[0].strip() if valuelist else ""
        self.data = None
        if not text:
            return
        if not text.isdecimal() or len(text) > _DIGITS:
            raise ValueError(_l("Please write a whole number, such as 3."))
        self.data = int(text)


def amount_field(unit: Unit, label: Any, *, required: bool = False, hint: Any = "") -> Any:
    """Return the field for an amount in a unit; what has no amount is ticked."""
    if unit is Unit.NONE:
        return BooleanField(label, description=hint)
    validators = [Given()] if required else []
    if unit is Unit.MINUTES:
        return DurationField(label, validators=validators, description=hint)
    render = {"autocomplete": "off"}
    if unit is Unit.MONEY:
        render["inputmode"] = "decimal"
        return MoneyField(label, validators=validators, description=hint, render_kw=render)
    render |= {"inputmode": "numeric", "type": "text"}
    return CountField(label, validators=validators, description=hint, render_kw=render)


def detail_field(label: Any, **more: Any) -> TrimmedField:
    """Return the field for what belongs to an item in words."""
    return TrimmedField(label, validators=[length(300)], **more)
