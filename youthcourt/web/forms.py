"""The base of all forms: shapes only, and a place for refusals."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import time
from typing import Any, ClassVar

from flask import request
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, IntegerField, StringField
from wtforms.fields import TimeField
from wtforms.validators import StopValidation
from wtforms.widgets import TextInput

from youthcourt.errors import CourtRuleBroken
from youthcourt.web.i18n import sentence
from youthcourt.web.transactions import database

REQUIRED = lazy_gettext("Please fill this in.")
HOUR = 60
_DIGITS = 7  # more than any amount has; longer text is no number anybody means
_MADE = uuid.UUID("5b9f9f0e-3a53-4f0a-9d53-0d1f1a3d5c11")  # the name space of what forms make


class _HouseWords:
    """The sentences of the form library in the words of the house."""

    longest = lazy_gettext("Please use at most %(max)d characters.")
    codes: ClassVar = {
        "Not a valid choice.": "not_a_choice",
        "Invalid Choice: could not coerce.": "not_a_choice",
        "Not a valid integer value.": "not_a_whole_number",
        "Not a valid date value.": "not_a_day",
        "Not a valid time value.": "not_a_time",
    }

    def gettext(self, text: str) -> str:
        """Return the sentence in the reader's language."""
        return sentence(self.codes[text]) if text in self.codes else text

    def ngettext(self, one: str, many: str, count: int) -> str:
        """Return the form for a number."""
        if one.startswith("Field cannot be longer than %(max)d"):
            return str(self.longest)
        return one if count == 1 else many


class CourtForm(FlaskForm):
    """A form with CSRF protection whose refusals are shown at the field they belong to."""

    class Meta(FlaskForm.Meta):
        """How the library speaks."""

        def get_translations(self, _form: object) -> _HouseWords:
            """Return the sentences of the house for those of the library."""
            return _HouseWords()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # Flask-WTF's own has no type hints, which would make every form untyped.
        super().__init__(*args, **kwargs)  # type: ignore[no-untyped-call]

    def refuse(self, refusal: CourtRuleBroken) -> None:
        """Show the sentence of a refusal at its field, or above the form."""
        text = sentence(refusal.code, **refusal.params)
        target: Field | None = self._fields.get(refusal.field or "")
        if target is None:
            self.form_errors.append(text)
        else:
            target.errors = [*target.errors, text]

    @contextmanager
    def refusals(self) -> Iterator[None]:
        """Turn a refusal of the block into an error of this form and undo its writes.

        After the block the caller renders the form again with status 422; inside it the
        caller returns on success.
        """
        try:
            yield
        except CourtRuleBroken as refusal:
            database().rollback()
            self.refuse(refusal)

    def given(self, *names: str) -> dict[str, Any]:
        """Return the values of the named fields, empty text as None."""
        return {name: _none_if_blank(self._fields[name].data) for name in names}


class OnceForm(CourtForm):
    """A form that makes something: sent twice, it makes it once."""

    once = HiddenField(default=lambda: uuid.uuid4().hex)

    def key(self) -> uuid.UUID:
        """Return the key of what is made: the same for one form, its address and its content."""
        if not self.once.data:
            return uuid.uuid4()
        typed = sorted(
            (name, field.data) for name, field in self._fields.items() if name != "csrf_token"
        )
        return uuid.uuid5(_MADE, repr((request.path, typed)))


class VersionedForm(CourtForm):
    """A form on a record that two people may save at once."""

    version = HiddenField()


class TrimmedField(StringField):
    """Text without blanks at either end and without control characters."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Keep what can be read."""
        super().process_formdata(valuelist)
        if isinstance(self.data, str):
            kept = "".join(c for c in self.data if c.isprintable())
            self.data = kept.strip()
            self.raw_data = [self.data]  # what was cut away does not count as filled in


class SaysHow:
    """Put before a field: nothing typed is None, and ``complaint`` tells how it is written."""

    complaint: Any
    data: Any
    process_errors: Any

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read what was typed, or say how it is written."""
        if not valuelist or not valuelist[0].strip():
            self.data = None
            return
        try:
            super().process_formdata(valuelist)  # type: ignore[misc]
        except ValueError as error:
            raise ValueError(self.complaint) from error

    def pre_validate(self, form: Any) -> None:
        """Say nothing more about what could not be read."""
        if self.process_errors:
            raise StopValidation
        super().pre_validate(form)  # type: ignore[misc]


class WholeField(SaysHow, IntegerField):
    """A whole number; what is none is told in words."""

    complaint = lazy_gettext("Please write a whole number.")


class Given:
    """Asks for an amount; zero is one, nothing is not."""

    field_flags: ClassVar[dict[str, bool]] = {"required": True}

    def __init__(self, message: Any = REQUIRED) -> None:
        self.message = message

    def __call__(self, _form: object, field: Field) -> None:
        """Refuse an empty field; what could not be read has said so itself."""
        if field.data is None:
            raise StopValidation("" if field.errors else str(self.message))


class DurationField(Field):
    """Hours and minutes in two boxes of one name; ``data`` are minutes, None when both are empty.

    The macro ``duration`` draws it.
    """

    widget = TextInput()
    data: int | None

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read both boxes, or say how they are filled in."""
        self.typed = tuple(text.strip() for text in (*valuelist, "", "")[:2])
        self.data = None
        if not any(self.typed):
            return
        if not all(text.isdecimal() and len(text) <= _DIGITS for text in self.typed if text):
            raise ValueError(
                lazy_gettext("Please write whole hours in the first box and minutes in the second.")
            )
        hours, minutes = (int(text or 0) for text in self.typed)
        if minutes >= HOUR:
            raise ValueError(lazy_gettext("Please write 0 to 59 minutes, and the rest as hours."))
        self.data = hours * HOUR + minutes

    @property
    def hours(self) -> str:
        """What stands in the box for hours."""
        return self._boxes()[0]

    @property
    def minutes(self) -> str:
        """What stands in the box for minutes."""
        return self._boxes()[1]

    def _boxes(self) -> tuple[str, str]:
        typed: tuple[str, str] | None = getattr(self, "typed", None)
        if typed is not None:
            return typed
        if self.data is None:
            return "", ""
        hours, minutes = divmod(self.data, HOUR)
        return str(hours), str(minutes) if minutes else ""


class WallTimeField(TimeField):
    """A time of day as the clock on the wall shows it."""

    data: time | None


def _none_if_blank(value: object) -> object:
    return None if isinstance(value, str) and not value.strip() else value
