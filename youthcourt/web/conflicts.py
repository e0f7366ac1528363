"""When two people saved the same record: both versions side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import Any

from flask_babel import gettext

from youthcourt.web.forms import VersionedForm
from youthcourt.web.i18n import label
from youthcourt.web.i18n.formats import date_text, time_text


@dataclass(frozen=True, kw_only=True, slots=True)
class FieldConflict:
    """One field whose saved value is not what was typed."""

    field: str
    label: str
    saved: str
    typed: str


def conflicts(
    form: VersionedForm, saved: Mapping[str, Any], version: int
) -> tuple[FieldConflict, ...] | None:
    """Return the fields that differ when the record was saved meanwhile, None when it was not.

    The form then carries the new version, so that sending it again is a decision.
    """
    if str(form.version.data or "") == str(version):
        return None
    form.version.data = str(version)
    form.version.raw_data = [str(version)]
    return tuple(
        FieldConflict(
            field=name,
            label=str(form[name].label.text),
            saved=_shown(form, name, value),
            typed=_shown(form, name, form[name].data),
        )
        for name, value in saved.items()
        if name in form and _shown(form, name, value) != _shown(form, name, form[name].data)
    )


def _shown(form: VersionedForm, name: str, value: object) -> str:
    if value is None or value == "":
        return gettext("(empty)")
    choices = dict(getattr(form[name], "choices", None) or ())
    if isinstance(value, list | tuple | set):
        return ", ".join(str(choices.get(item, item)) for item in sorted(value, key=str))
    return str(choices[value]) if value in choices else _written(value)


def _written(value: object) -> str:
    match value:
        case bool():
            text = gettext("yes") if value else gettext("no")
        case StrEnum():
            text = label(value)
        case date():
            text = date_text(value)
        case time():
            text = time_text(value)
        case _:
            text = str(value)
    return text
