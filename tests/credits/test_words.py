"""Everything credits and service can say has its words."""

from __future__ import annotations

import importlib
import inspect
from enum import StrEnum

import pytest

from tests.fixtures.house.words import acts_of, refusal_faults, refusals_of, sources
from youthcourt.credits.domain import (
    ProblemCode,
    TransferKind,
)
from youthcourt.sentences.domain import SanctionEventKind, ServiceState
from youthcourt.web import i18n

OURS = ("credits/", "sentences/")
ENUMS = tuple(
    sorted(
        {
            found
            for name in (
                "credits.domain.kinds",
                "credits.domain.verify",
                "sentences.domain.kinds",
                "sentences.domain.reasons",
            )
            for found in vars(importlib.import_module(f"youthcourt.{name}")).values()
            if inspect.isclass(found) and issubclass(found, StrEnum) and found is not StrEnum
        },
        key=lambda enum: enum.__name__,
    )
)


@pytest.fixture
def catalogue(sqlite_app) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """All sentences and labels, in English."""
    with sqlite_app.test_request_context():
        sentences, labels = i18n._catalogue()
        return (
            {code: str(text) for code, text in sentences.items()},
            {enum: {k: str(v) for k, v in names.items()} for enum, names in labels.items()},
        )


def test_every_refusal_of_credits_and_sentences_has_a_sentence_that_can_be_said(catalogue):
    """With every parameter its sentence needs."""
    raised = [
        one
        for place, tree in sources()
        if place.startswith(OURS)
        for one in refusals_of(place, tree)
    ]
    assert len(raised) > 50
    assert [fault for one in raised for fault in refusal_faults(one, catalogue[0])] == []


@pytest.mark.parametrize("enum", ENUMS, ids=lambda enum: enum.__name__)
def test_every_choice_has_a_label(catalogue, enum):
    """Also one that is shown nowhere yet."""
    labels = catalogue[1].get(enum.__name__, {})
    assert [member.value for member in enum if not labels.get(member.value)] == []


def test_every_act_of_the_journal_has_a_label(catalogue):
    """Those named in the code, and those put together from a state, a change or a kind."""
    named = {
        act
        for place, tree in sources()
        if place.startswith(OURS)
        for act, _where in acts_of(place, tree)
    }
    made = {f"service_{state.value}" for state in ServiceState}
    made |= {f"sanction_{kind.value}" for kind in SanctionEventKind}
    made |= {f"credits_{kind.value}" for kind in TransferKind}
    assert named
    assert {act for act in named | made if act not in catalogue[1]["Act"]} == set()


def test_every_kind_of_problem_has_its_meaning_and_its_remedy(catalogue):
    """What is not explained by itself is a damaged row."""
    from youthcourt.credits.routes.problems import _KINDS

    kinds = {"damaged", *_KINDS.values()}
    for of in ("ProblemMeaning", "ProblemRemedy"):
        assert set(catalogue[1][of]) == kinds
    assert set(_KINDS) <= set(ProblemCode)
