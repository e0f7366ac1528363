"""Sentences and labels for codes, in the reader's language.

Each module of this package holds one feature's part of the one catalogue:
``SENTENCES`` maps refusal codes, ``LABELS`` maps ``EnumName`` to its values' names.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from datetime import date, datetime, time
from enum import StrEnum
from functools import cache
from typing import Any

from flask import Flask, g
from flask_babel import Babel, format_date, get_locale, gettext

from youthcourt.numbering import person_no
from youthcourt.web.i18n.formats import (
    born_text,
    date_text,
    instant_text,
    last_day_text,
    long_day_text,
    minutes_text,
    time_text,
)


@cache
def _catalogue() -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    sentences: dict[str, Any] = {}
    labels: dict[str, dict[str, Any]] = {}
    for info in pkgutil.iter_modules(__path__):
        module = importlib.import_module(f"{__name__}.{info.name}")
        sentences.update(getattr(module, "SENTENCES", {}))
        for enum, names in getattr(module, "LABELS", {}).items():
            # Several features add to one list, such as the names of acts in the journal.
            labels[enum] = {**labels.get(enum, {}), **names}
    return sentences, labels


def known_codes() -> frozenset[str]:
    """Return every refusal code that has a sentence."""
    return frozenset(_catalogue()[0])


def known_labels() -> Mapping[str, Mapping[str, Any]]:
    """Return the labels of every enum, by its class name and value."""
    return _catalogue()[1]


def sentence(code: str, **params: object) -> str:
    """Return the sentence of a refusal code; days, times and choices are written out."""
    template = str(_catalogue()[0].get(code, code.replace("_", " ").capitalize() + "."))
    if not params:
        return template
    return template % {
        name: ", ".join(_written(name, item) for item in value)
        if isinstance(value, tuple)
        else _written(name, value)
        for name, value in params.items()
    }


def label(value: StrEnum | None, default: str = "") -> str:
    """Return the name of a choice as a user reads it."""
    if value is None:
        return default
    return str(_catalogue()[1].get(type(value).__name__, {}).get(value.value, value.value))


def label_of(enum_name: str, value: str | None, default: str = "") -> str:
    """Return the name of a stored choice whose enum is known by name only."""
    if value is None:
        return default
    return str(_catalogue()[1].get(enum_name, {}).get(value, value))


def choices_of(enum: type[StrEnum], *, blank: str | None = None) -> list[tuple[str, str]]:
    """Return (value, name) pairs for a select field."""
    pairs = [(member.value, label(member)) for member in enum]
    return pairs if blank is None else [("", blank), *pairs]


def _written(name: str, value: object) -> str:
    if isinstance(value, StrEnum):
        return label(value)
    if isinstance(value, datetime):
        return instant_text(value)
    if isinstance(value, date):
        return date_text(value)
    if isinstance(value, time):
        return time_text(value)
    if isinstance(value, int) and name.endswith("minutes"):
        return minutes_text(value)
    return str(value)


def page_language() -> str:
    """Return the language of the page as a language tag."""
    return str(get_locale() or "en").replace("_", "-")


def init_app(app: Flask) -> Babel:
    """Choose language and zone per request and give templates what they write with."""
    babel = Babel(
        app,
        locale_selector=lambda: g.get("language", "en"),
        timezone_selector=lambda: g.get("time_zone", "UTC"),
    )
    app.jinja_env.filters.update(
        minutes=minutes_text,
        label=label,
        instant=instant_text,
        clock=time_text,
        born=born_text,
        person_no=person_no,
        case_no=lambda number: gettext("Case %(number)s", number=number) if number else "",
        last_day=last_day_text,
        plain_day=date_text,
        day=lambda value: "" if value is None else format_date(value, "EEE d MMM y"),
        long_day=long_day_text,
    )
    app.jinja_env.globals.update(
        page_language=page_language, label_of=label_of, sentence=sentence, gettext=gettext
    )
    return babel
