"""In which language a paper for a family is printed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask import request
from flask_babel import force_locale

from youthcourt.courts.domain import PaperLanguage


def language_asked(family_speaks: str) -> PaperLanguage:
    """Return the language asked for in the address, else that of the family, else English."""
    known = {language.value: language for language in PaperLanguage}
    asked = request.args.get("language", family_speaks)
    return known.get(asked, PaperLanguage.ENGLISH)


@contextmanager
def on_paper(language: PaperLanguage) -> Iterator[None]:
    """Write sentences, days and amounts in the language of a paper."""
    with force_locale(language.value):
        yield
