"""Every refusal, act and choice has its words, and the words can be said."""

from __future__ import annotations

import ast

import pytest
from flask import Flask
from flask_babel import Babel

from tests.fixtures.house.words import (
    acts_of,
    choices,
    label_faults,
    refusal_faults,
    refusals_of,
    sources,
)
from youthcourt.web import i18n

BANNED = ("offender", "criminal", "delinquent", "inmate")


@pytest.fixture
def catalogue() -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """All sentences and labels, in English."""
    app = Flask("words")
    Babel(app)
    with app.test_request_context():
        sentences, labels = i18n._catalogue()
        return (
            {code: str(text) for code, text in sentences.items()},
            {enum: {k: str(v) for k, v in names.items()} for enum, names in labels.items()},
        )


def test_every_refusal_has_a_sentence_that_can_be_said(catalogue) -> None:
    """Each code raised anywhere has a sentence, and brings what its sentence needs."""
    faults = [
        fault
        for place, tree in sources()
        for raised in refusals_of(place, tree)
        for fault in refusal_faults(raised, catalogue[0])
    ]
    assert not faults, "\n".join(faults)


def test_every_act_of_the_journal_has_a_label(catalogue) -> None:
    """A history is read by people."""
    acts = catalogue[1]["Act"]
    faults = [
        f"{place}: the act {act} has no label in youthcourt/web/i18n"
        for name, tree in sources()
        for act, place in acts_of(name, tree)
        if act not in acts
    ]
    assert not faults, "\n".join(faults)


def test_a_list_with_labels_has_one_for_each_choice(catalogue) -> None:
    """No choice is shown by its code."""
    faults = [
        fault
        for enum in choices()
        for fault in label_faults(enum.__name__, [m.value for m in enum], catalogue[1])
    ]
    assert not faults, "\n".join(faults)


def test_sentences_are_whole_and_kind(catalogue) -> None:
    """A sentence begins with a capital letter, ends with a stop, and hurts nobody."""
    for code, text in catalogue[0].items():
        assert text[:1] in {"%", text[:1].upper()}, (code, text)
        assert text.endswith((".", "?", "!")), (code, text)
    said = [*catalogue[0].values(), *(v for names in catalogue[1].values() for v in names.values())]
    assert not [text for text in said if any(word in text.casefold() for word in BANNED)]


# Planted faults ------------------------------------------------------------------------------


def test_a_refusal_without_words_or_without_what_they_need_is_noticed() -> None:
    """An unknown code, and a known one whose sentence would fail."""
    tree = ast.parse(
        "raise CourtRuleBroken('unheard_of')\n"
        "raise Stale('too_many', 'field', most=3)\n"
        "raise NotFound('too_many')\n"
        "raise CourtRuleBroken('too_many', **params)\n"
        "raise CourtRuleBroken(code)\n"
    )
    sentences = {"too_many": "No more than %(most)s."}
    faults = [f for r in refusals_of("x.py", tree) for f in refusal_faults(r, sentences)]
    assert faults == [
        "x.py:1: unheard_of has no sentence in youthcourt/web/i18n",
        "x.py:3: too_many lacks ['most']",
    ]


def test_an_act_is_found_however_it_is_chosen() -> None:
    """A word, or one of two; what is put together is not known before it runs."""
    tree = ast.parse("record_act(session, act='a' if x else 'b')\nnote(act=f'c_{name}')\n")
    assert [act for act, _place in acts_of("x.py", tree)] == ["a", "b"]


def test_a_choice_without_label_is_noticed() -> None:
    """A list of which nothing has a label is never shown."""
    labels = {"Colour": {"red": "Red"}}
    told = list(label_faults("Colour", ["red", "green"], labels))
    assert told == ["Colour.green has no label in youthcourt/web/i18n"]
    assert list(label_faults("Inner", ["x"], labels)) == []
