"""Papers for families in English and Spanish: consents, the questions of the intake."""

from __future__ import annotations

import html
import re
import uuid
from collections.abc import Iterator
from typing import cast

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import force_locale
from wtforms.fields.choices import SelectFieldBase

from tests.cases.conftest import Desk
from tests.fixtures.app import NOW
from tests.fixtures.house import spanish
from youthcourt.accounts.domain import Role
from youthcourt.cases.forms import IntakeForm
from youthcourt.cases.routes.printing import ASKED
from youthcourt.courts.domain import PRESETS, ConsentKind, PaperLanguage, PaperWords, preset

SPANISH = PaperWords(policy=preset("dc-time-dollar"), language=PaperLanguage.SPANISH)
ENGLISH = PaperWords(policy=preset("dc-time-dollar"), language=PaperLanguage.ENGLISH)


@pytest.fixture
def app(sqlite_app: Flask) -> Flask:
    """What is printed does not depend on the database."""
    return sqlite_app


@pytest.fixture(autouse=True)
def _frozen() -> Iterator[None]:
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def client(browser) -> FlaskClient:
    """The coordinator's browser."""
    client: FlaskClient = browser(Role.COORDINATOR)
    return client


def text(page: str) -> str:
    """Return the words of a page."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def case_of(desk: Desk, language: str) -> uuid.UUID:
    """Return a new case of a young person whose family speaks this language."""
    case_id: uuid.UUID = desk.case(person_id=desk.person(language=language)).id
    desk.session.commit()
    return case_id


def answers(name: str) -> list[str]:
    """Return what can be answered to a question of the intake, in the language of now."""
    field = cast("SelectFieldBase", IntakeForm(formdata=None)[name])
    return [str(choice[1]) for choice in field.iter_choices()]


def test_every_paper_of_a_family_is_printed_in_its_language(client, desk: Desk) -> None:
    case_id = case_of(desk, "es")
    page = client.get(f"/cases/{case_id}/papers/print").text
    assert '<html lang="es"' in page
    words = text(page)
    for kind in ConsentKind:
        assert SPANISH.consent(kind) in words
    assert "miércoles, 4 de marzo de 2026" in words
    assert "Firma" in words
    english = text(client.get(f"/cases/{case_id}/papers/print?language=en").text)
    assert ENGLISH.consent(ConsentKind.RELEASE) in english
    assert "Signature" in english


def test_one_paper_is_printed_alone_and_an_unknown_one_is_not_found(client, desk: Desk) -> None:
    case_id = case_of(desk, "en")
    words = text(client.get(f"/cases/{case_id}/papers/print?kind=release").text)
    assert words.count("Signature") == 1
    assert client.get(f"/cases/{case_id}/papers/print?kind=poem").status_code == 404
    assert client.get(f"/cases/{case_id}/papers/print?language=xx").status_code == 200


def test_the_questions_of_the_intake_are_printed_in_both_languages(client, desk: Desk) -> None:
    case_id = case_of(desk, "es")
    words = text(client.get(f"/cases/{case_id}/intake/print").text)
    assert "¿Se necesita intérprete?" in words
    assert "Hispano o latino" in words
    assert "No se preguntó" not in words.partition("Preguntas de la primera conversación")[2][400:]
    english = text(client.get(f"/cases/{case_id}/intake/print?language=en").text)
    assert "Is an interpreter needed?" in english


def test_the_page_of_a_paper_shows_both_languages_to_a_family_that_speaks_spanish(
    client, desk: Desk
) -> None:
    case_id = case_of(desk, "es")
    words = text(client.get(f"/cases/{case_id}/papers/release").text)
    for said in (SPANISH, ENGLISH):
        assert said.consent(ConsentKind.RELEASE) in words


def test_everything_on_papers_is_said_in_spanish(app: Flask) -> None:
    """Each sentence of their templates, and every answer of the intake."""
    known = spanish.catalogue()
    missing = [message for message in spanish.said_on_papers() if message not in known]
    assert missing == []
    with app.test_request_context():
        for name in ASKED:
            for said in answers(name):
                assert said in known or said == "please choose" or said.startswith("Grade "), said
        with force_locale("es"):
            assert answers("grade")[1] == "Grado 4"


def test_a_sentence_without_spanish_is_found() -> None:
    """The planted fault: a sentence is taken out of the catalogue."""
    known = spanish.catalogue()
    known.delete("Signature")
    assert {said for said in spanish.said_on_papers() if said not in known} == {"Signature"}


def test_the_compiled_catalogue_is_that_of_the_text() -> None:
    assert spanish.COMPILED.read_bytes() == spanish.compiled(spanish.catalogue())


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_says_all_that_families_read_in_spanish(name: str) -> None:
    policy = preset(name)
    places = [f"consents.{n}.text" for n in range(1, len(policy.consents) + 1)]
    places += [f"sanctions.{n}.label" for n in range(1, len(policy.sanctions) + 1)]
    assert sorted(policy.spanish) == sorted([*places, "session.bring", "session.dress"])


def test_a_policy_stored_before_has_the_spanish_of_the_presets_words() -> None:
    """Words of its own stay in English, and the paper says so."""
    older = preset("dc-time-dollar").model_copy(update={"spanish": {}})
    words = PaperWords(policy=older, language=PaperLanguage.SPANISH)
    assert words.consent(ConsentKind.RELEASE) == SPANISH.consent(ConsentKind.RELEASE)
    assert (words.bring, words.sanction("Essay")) == (SPANISH.bring, "Ensayo")
    assert words.sanction("Sweeping the yard") == "Sweeping the yard"
    rule = older.consents[0].model_copy(update={"text": "Our own words."})
    own = older.model_copy(update={"consents": (rule, *older.consents[1:])})
    changed = PaperWords(policy=own, language=PaperLanguage.SPANISH)
    assert changed.consent(rule.kind) == "Our own words."
    assert not changed.has_consent(rule.kind)
