"""From the page to the document of a mapping and back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from tests.cases.importing import ANA, HEADER, NAMED
from youthcourt.cases.domain.imports import Field, mapping_problems, parse_mapping, shipped_mapping
from youthcourt.cases.forms.imports import (
    GROUPS,
    columns_form,
    document_of,
    name_of_title,
    words_form,
)
from youthcourt.cases.forms.imports.columns import example_of

SAMPLES = {name: ANA.get(name, "") for name in HEADER}


@pytest.fixture(autouse=True)
def _request(sqlite_app: Flask) -> Iterator[None]:
    sqlite_app.config["WTF_CSRF_ENABLED"] = False
    with sqlite_app.test_request_context():
        yield


def again(document: dict[str, Any], header: Any = HEADER, **changes: Any) -> dict[str, Any]:
    """Return the document that the filled-in form of a document stands for."""
    form = columns_form(header, SAMPLES, document, formdata=None)
    typed = {field.name: field.data for field in form if field.data not in (None, False)}
    typed |= changes
    posted = MultiDict(
        (n, v) for n, vs in typed.items() for v in (vs if isinstance(vs, list) else [vs])
    )
    sent = columns_form(header, SAMPLES, document, formdata=posted)
    return document_of(sent, document, name=document["name"], source=document["source"])


def test_a_mapping_shown_and_saved_is_the_same_mapping() -> None:
    """What the page does not ask is kept."""
    assert parse_mapping(again(NAMED.document())) == NAMED


@pytest.mark.parametrize("name", ["fort-lauderdale-arrests", "chicago-arrests"])
def test_a_shipped_mapping_goes_through_the_page_unharmed(name: str) -> None:
    """Constants, unknown ages, transforms and blank rows as well."""
    mapping = shipped_mapping(name)
    header = [*mapping.columns.values(), *mapping.blank_when_only]
    assert parse_mapping(again(mapping.document(), header)) == mapping


def test_every_field_is_asked_for_once() -> None:
    """None is left out of the page."""
    asked = [field for _key, _legend, fields in GROUPS for field in fields]
    assert sorted(asked) == sorted(Field)


def test_rows_known_by_all_they_say_have_no_key() -> None:
    """And the answer about exact copies counts."""
    document = again(NAMED.document(), known_by="content", exact_copies="separate")
    assert (document["identity"], document["merge"]) == ([], [])
    assert document["exact_copies"] == "separate"
    assert mapping_problems(document) == []


def test_rows_known_by_a_number_need_it() -> None:
    """The number is required, and copies are one."""
    document = again(NAMED.document(), known_by="reference", require=[], exact_copies="separate")
    assert document["identity"][:3] == ["reference", "given_names", "family_name"]
    assert document["require"] == ["reference"]
    assert document["exact_copies"] == "merge"
    assert mapping_problems(document) == []


def test_a_column_that_is_let_go_takes_its_words_and_patterns_with_it() -> None:
    """So that the mapping still hangs together."""
    document = again(NAMED.document(), column_sex="", column_birth_date="")
    assert "sex" not in document["values"]
    assert "birth_date" not in document["dates"]
    assert "birth_date" not in document["identity"]
    assert mapping_problems(document) == []


def test_further_patterns_of_a_mapping_stay_while_the_first_one_does() -> None:
    """A choice of another one replaces them all."""
    document = NAMED.document()
    document["dates"]["referred_on"] = ["YYYY-MM-DD", "MM/DD/YYYY"]
    assert again(document)["dates"]["referred_on"] == ["YYYY-MM-DD", "MM/DD/YYYY"]
    changed = again(document, pattern_referred_on="MM/DD/YY")
    assert changed["dates"]["referred_on"] == ["MM/DD/YY"]


def test_ages_that_stand_for_not_known_are_typed_with_commas() -> None:
    """Blanks do not matter."""
    assert again(NAMED.document(), unknown_age=" 0, 99 ,")["unknown"] == {"age": ["0", "99"]}


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("City police, monthly", "city-police-monthly"),
        ("École Été", "ecole-ete"),
        ("x" * 200, "x" * 50),
    ],
)
def test_a_title_gives_a_name_for_the_command(title: str, name: str) -> None:
    """In plain letters."""
    assert name_of_title(title) == name


def test_a_title_in_another_script_has_a_name_as_well() -> None:
    """The same one each time."""
    assert name_of_title("学校") == name_of_title("学校")
    assert name_of_title("学校").startswith("mapping-")


def test_patterns_are_shown_by_an_example() -> None:
    """That a clerk can compare with the file."""
    assert example_of("MM/DD/YYYY hh:mm:ss AM") == "03/04/2026 03:38:00 PM"
    assert example_of("HHmm") == "1538"
    assert example_of("MON DD, YYYY") == "Mar 04, 2026"


def test_a_race_without_a_tick_says_nothing_and_another_word_is_left_open() -> None:
    """Both are answers."""
    words = {Field.RACE: ("Q", "B"), Field.SEX: ("girl", "?")}
    ticked = [("word_race_1", "black"), ("word_race_1", "hispanic")]
    posted = MultiDict([*ticked, ("word_sex_0", "female"), ("word_sex_1", "")])
    form = words_form(words, {}, formdata=posted)
    assert form.validate(), form.errors
    assert form.meanings(words) == {
        "race": {"Q": [], "B": ["black", "hispanic"]},
        "sex": {"girl": "female"},
    }
