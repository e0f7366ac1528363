"""What the words of a file mean: its codes for sex, race, ethnicity, severity and residence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from flask_babel import gettext as _
from wtforms import SelectField, SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from youthcourt.cases.domain import Race
from youthcourt.cases.domain.imports import Field, OpenStage, Residence, Severity
from youthcourt.people.domain.kinds import PersonSex, Relation
from youthcourt.web.forms import CourtForm
from youthcourt.web.i18n import choices_of

WORDED: tuple[Field, ...] = (
    Field.STAGE, Field.SEX, Field.RACE, Field.ETHNICITY, Field.SEVERITY, Field.RESIDENCE,
    Field.ADULT_RELATION,
)  # fmt: skip
SEVERAL = frozenset({Field.RACE, Field.ETHNICITY})
_CHOICES: dict[Field, type[StrEnum]] = {
    Field.SEX: PersonSex,
    Field.SEVERITY: Severity,
    Field.RESIDENCE: Residence,
    Field.STAGE: OpenStage,
    Field.ADULT_RELATION: Relation,
}


class WordsForm(CourtForm):
    """The words of one file; each has a question of its own."""

    def meanings(self, words: Mapping[Field, Sequence[str]]) -> dict[str, dict[str, Any]]:
        """Return what each word was said to mean; a word that means nothing here is left out.

        A race or ethnicity without any tick says nothing of either, which is a meaning too.
        """
        found: dict[str, dict[str, Any]] = {}
        for field, cells in words.items():
            given = {word: self[name_of(field, at)].data for at, word in enumerate(cells)}
            found[field.value] = {w: m for w, m in given.items() if m or field in SEVERAL}
        return found


def words_form(
    words: Mapping[Field, Sequence[str]], known: Mapping[str, Mapping[str, Any]], **kwargs: Any
) -> WordsForm:
    """Return the form that asks for every word; ``known`` holds what is known of some."""
    parts: dict[str, Any] = {}
    values: dict[str, Any] = {}
    for field, cells in words.items():
        meant = {word.casefold(): value for word, value in known.get(field.value, {}).items()}
        for at, word in enumerate(cells):
            parts[name_of(field, at)] = _question(field, word)
            value = meant.get(word.casefold())
            if field in SEVERAL:
                value = [value] if isinstance(value, str) else list(value or ())
            values[name_of(field, at)] = value
    form: WordsForm = type("WordsOfThisFileForm", (WordsForm,), parts)(data=values, **kwargs)
    return form


def name_of(field: Field, at: int) -> str:
    """Return the name of the question about the word at a place."""
    return f"word_{field.value}_{at}"


def _question(field: Field, word: str) -> Any:
    if field in SEVERAL:
        return SelectMultipleField(
            word,
            choices=lambda: choices_of(Race),
            option_widget=CheckboxInput(),
            widget=ListWidget(prefix_label=False),
        )
    blank = _("not clear: keep it in a note")
    if field is Field.STAGE:
        blank = _("not clear: leave these rows out")
    return SelectField(word, choices=lambda: choices_of(_CHOICES[field], blank=blank))
