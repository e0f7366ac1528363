"""What the pages on people promise."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.fixtures.app import NOW, SmallCourt, add_court, sign_in_as
from youthcourt.accounts.domain import Role
from youthcourt.audit.models import AuditEntry
from youthcourt.db import set_court
from youthcourt.people import services
from youthcourt.people.domain.kinds import Relation
from youthcourt.people.models import Acquaintance, Adult, Consent, Person, Unavailability
from youthcourt.people.services import AdultEntry

BORN = date(2011, 5, 17)
# What a browser sends of lists in which nothing was chosen.
UNANSWERED = {"sex": "", "grade": "", "adult_id": "", "authority_proof": ""}


@pytest.fixture
def app(sqlite_app: Flask) -> Flask:
    """The application on SQLite alone: what the database decides is tested with the services."""
    return sqlite_app


@pytest.fixture(autouse=True)
def _frozen() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def person(session, court) -> uuid.UUID:
    """José Núñez, stored."""
    return store(session, court, "José", "Núñez", birth_date=BORN, phone="202 555 0142")


@pytest.fixture
def client(browser):
    """The coordinator's browser."""
    return browser(Role.COORDINATOR)


def store(session, court: SmallCourt, given: str | None, family: str | None, **more) -> uuid.UUID:
    """Store a person and let go of the database."""
    row = services.add_person(
        session, given_names=given, family_name=family, **more, actor=court.actor, now=NOW
    )
    session.commit()
    return row.id


def token(page: TestResponse) -> str:
    """The token of the page's forms."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
    assert found is not None
    return found.group(1)


def hidden(page: TestResponse, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'name="{name}"[^>]* value="([^"]*)"', page.text)
    assert found is not None, name
    return found.group(1)


def send(client: FlaskClient, url: str, **values: Any) -> TestResponse:
    """Send a form with a token."""
    page = client.get("/people/new")
    return client.post(url, data={"csrf_token": token(page), **UNANSWERED, **values})


def everybody(session) -> list[Person]:
    """Everybody stored, by number; the database is let go of."""
    rows = list(session.scalars(sa.select(Person).order_by(Person.number)))
    session.expunge_all()
    session.rollback()
    return rows


def test_a_person_is_entered(client, session, court) -> None:
    """All that was typed is stored, a new school with it."""
    answer = send(
        client,
        "/people/new",
        given_names="Thị Hương",
        family_name="Nguyễn",
        birth_date="2010-02-03",
        language="vi",
        school="Oak School",
        grade="10",
        address="1 Oak Street\r\nWashington",
    )
    assert answer.status_code == 303
    (row,) = everybody(session)
    assert (row.given_names, row.language, row.grade) == ("Thị Hương", "vi", "10")
    assert row.address == "1 Oak Street\nWashington"
    page = client.get(answer.location)
    assert "Oak School" in page.text
    assert "Nguyễn" in page.text


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"birth_date": "2011-02-31"}, "This is no day of the calendar"),
        ({"birth_date": "2026-03-05"}, "is still to come"),
        ({"birth_date": "1986-03-04"}, "That makes an age of 40"),
        ({"given_names": "x" * 10_000}, "Please use at most 200 characters"),
        ({"given_names": "Jo\u202eesoJ"}, "invisible characters"),
        ({"stated_age": "fourteen"}, "Please write the age in whole years."),
        ({"phone": "12"}, "at least 7 digits"),
        ({"stated_age": "15,5"}, "Please write the age in whole years."),
        ({"sex": "robot"}, "Please choose one of the answers shown."),
    ],
)
def test_what_cannot_be_right_is_said_in_a_sentence(
    client, session, court, values, sentence
) -> None:
    """The page says what to do and still holds what was typed."""
    answer = send(client, "/people/new", **{"family_name": "Ruiz", "language": "en", **values})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'value="Ruiz"' in answer.text
    assert everybody(session) == []


def test_an_empty_form_makes_nobody(client, session) -> None:
    """An age or a phone is no name; whoever is not identified yet is so on purpose."""
    for typed in ({}, {"stated_age": "14", "phone": "202 555 0123"}):
        answer = send(client, "/people/new", language="en", **typed)
        assert answer.status_code == 422
        assert "Write down a name, or tick" in answer.text
    assert everybody(session) == []
    answer = send(client, "/people/new", language="en", unidentified="y")
    assert "not yet identified" in client.get(answer.location).text
    assert len(everybody(session)) == 1


@pytest.mark.parametrize("typed", [{"unidentified": "y"}, {"family_name": "Ruiz"}])
def test_a_person_sent_twice_is_entered_once(client, session, typed) -> None:
    """The second click leads to whom the first one made."""
    once = hidden(client.get("/people/new"), "once")
    first, second = (
        send(client, "/people/new", language="en", once=once, **typed) for _click in range(2)
    )
    assert (first.status_code, first.location) == (second.status_code, second.location)
    assert first.status_code == 303
    assert len(everybody(session)) == 1


def test_what_is_wrong_is_said_once(client) -> None:
    """An age in words gets one sentence at its field, not two."""
    answer = send(client, "/people/new", family_name="Ruiz", language="en", stated_age="ten")
    at_field = answer.text.split("Age as stated: ")[1].split("</li>")[0]
    assert at_field.count("Please") == 1
    assert "Not a valid" not in answer.text


def test_an_adult_or_a_paper_sent_twice_is_there_once(client, session, person) -> None:
    """The second of two clicks finds what the first one made."""
    once = uuid.uuid4().hex
    for url, typed, made in (
        ("adults/new", {"name": "Rosa", "relation": "mother", "channel": "phone"}, Adult),
        ("consents/new", {"paper": "confidentiality|2026-1", "signed_on": "2026-03-01"}, Consent),
    ):
        values = {"language": "en", "once": once, **typed}
        for _ in range(2):
            answer = send(client, f"/people/{person}/{url}", **values)
            assert answer.status_code == 303, answer.text
        assert session.scalar(sa.select(sa.func.count()).select_from(made)) == 1
        session.rollback()


@pytest.mark.parametrize("name", ["", "   ", "\u00a0"])
def test_an_adult_of_blanks_alone_has_no_name(client, person, name) -> None:
    """A name that is only looked for and not there is asked for."""
    url = f"/people/{person}/adults/new"
    answer = send(
        client, url, name=name, relation="mother", channel="phone", language="en", note="called us"
    )
    assert answer.status_code == 422
    assert "Name: Please fill this in." in answer.text
    assert "called us" in answer.text


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "=cmd()|'A0", "🙂", '"><b>'])
def test_names_are_shown_as_text(client, session, court, name) -> None:
    """Nothing typed into a name becomes part of a page."""
    person = store(session, court, name, "Ruiz")
    for url in ("/people/", f"/people/{person}", f"/people/{person}/edit"):
        page = client.get(url).text
        assert "<script>alert" not in page
        assert '"><b>' not in page


def test_somebody_alike_is_offered_before_a_second_is_made(client, session, court, person) -> None:
    """Both answers lead on, and nothing typed is lost on the way."""
    typed = {
        "given_names": "Jose",
        "family_name": "Nunez",
        "birth_date": "2011-05-17",
        "language": "en",
        "email": "jose@example.org",
    }
    asked = send(client, "/people/new", **typed)
    assert asked.status_code == 422
    assert "Likely the same" in asked.text
    assert "same birth date" in asked.text
    assert 'value="jose@example.org"' in asked.text
    assert len(everybody(session)) == 1

    back = send(client, "/people/new", **typed, decision="change")
    assert 'value="jose@example.org"' in back.text

    same = send(client, "/people/new", **typed, decision=f"same:{person}")
    assert same.status_code == 200
    assert f"/people/{person}/edit" in same.text
    assert 'value="jose@example.org"' in same.text
    assert "202 555 0142" in same.text
    assert len(everybody(session)) == 1

    seen = hidden(asked, "seen")
    once = hidden(client.get("/people/new"), "once")
    assert f'name="once" value="{once}"' in send(client, "/people/new", **typed, once=once).text
    decided = {**typed, "decision": "new", "seen": seen}
    made = send(client, "/people/new", **decided, once=once)
    assert made.status_code == 303
    again = send(client, "/people/new", **decided, once=once)
    assert (again.status_code, again.location) == (303, made.location)
    other = send(client, "/people/new", **decided)
    assert other.status_code == 422, "a form of its own meets the one that was made"
    assert len(everybody(session)) == 2


def test_two_who_save_the_same_person_see_both_versions(client, browser, session, person) -> None:
    """Nothing typed is lost, and saving again is a decision."""
    mine, theirs = client, browser(Role.ADMINISTRATOR)
    url = f"/people/{person}/edit"
    pages = [one.get(url) for one in (mine, theirs)]
    typed = {"given_names": "José", "family_name": "Núñez", "birth_date": "2011-05-17"}
    typed |= {"language": "en", "sex": ""}
    first = theirs.post(
        url,
        data={
            **typed,
            "csrf_token": token(pages[1]),
            "version": hidden(pages[1], "version"),
            "grade": "9",
        },
    )
    assert first.status_code == 303
    data = {**typed, "csrf_token": token(pages[0]), "grade": "10", "address": "1 Oak Street"}
    second = mine.post(url, data={**data, "version": hidden(pages[0], "version")})
    assert second.status_code == 422
    assert "Administrator of Elm Street saved it" in second.text
    assert "Grade 9" in second.text
    assert "1 Oak Street" in second.text
    third = mine.post(url, data={**data, "version": hidden(second, "version")})
    assert third.status_code == 303
    (row,) = everybody(session)
    assert (row.grade, row.address) == ("10", "1 Oak Street")


def test_a_name_searched_for_is_in_no_address(client, session, court, person) -> None:
    """What was typed travels encrypted, also to the next page of the list."""
    for at in range(60):
        store(session, court, f"Ana{at}", "Many")
    answer = send(client, "/people/find", text="many ANA")
    assert answer.status_code == 303
    page = client.get(answer.location)
    assert "1 to 50 of 60" in page.text
    links = re.findall(r'(?:href|action)="([^"]*)"', page.text)
    assert not [link for link in links if "many" in link.lower()]
    following = next(link for link in links if "page=2" in link).replace("&amp;", "&")
    assert "51 to 60 of 60" in client.get(following).text
    assert client.get("/people/?find=made-up").status_code == 200
    assert client.get("/people/?page=99999999999999999999").status_code == 200


def test_opening_a_file_and_a_list_is_written_down(client, session, court, person) -> None:
    """Who read what, and the filter but not what was searched for."""
    client.get(f"/people/{person}")
    client.get(send(client, "/people/find?only=jury", text="nunez").location)
    reads = session.scalars(
        sa.select(AuditEntry).where(AuditEntry.act == "read").order_by(AuditEntry.at)
    ).all()
    assert [(r.subject, r.person_id) for r in reads] == [("person", person), ("person_list", None)]
    assert reads[1].params == {"filter": "only=jury search"}
    assert {r.actor_user_id for r in reads} == {court.users[Role.COORDINATOR]}


def test_an_adult_who_must_never_be_told_cannot_be_reached_from_the_page(
    client, session, court, person
) -> None:
    """Staff are warned; neither number nor address is shown or printed, those of others link."""
    for name, hidden_one in (("Luis", True), ("María", False)):
        services.add_adult(
            session,
            person_id=person,
            entry=AdultEntry(
                name=name,
                relation=Relation.OTHER,
                phone="2025550666" if hidden_one else "2025550100",
                email=f"{'x' if hidden_one else 'y'}@example.org",
                never_disclose=hidden_one,
            ),
            actor=court.actor,
            now=NOW,
        )
    session.commit()
    page = client.get(f"/people/{person}").text
    assert "Never contact, never tell anything" in page
    assert 'href="tel:2025550142">202 555 0142</a>' in page
    assert 'href="tel:2025550100"' in page
    assert 'href="mailto:y@example.org"' in page
    assert "2025550666" not in page
    assert "x@example.org" not in page
    assert re.search(r'd-print-none">\s*<h3[^>]*><bdi>Luis<', page)
    assert not re.search(r'd-print-none">\s*<h3[^>]*><bdi>María<', page)
    assert re.search(r'd-print-none">\s*<div class="notice[^>]*>(?s:.)*?Luis', page)


def pages_of(person: uuid.UUID, other: uuid.UUID) -> list[str]:
    """Every page on one person that is opened with GET."""
    below: tuple[str, ...] = (
        "",
        "edit",
        "adults/new",
        "consents/new",
        "jury-list",
        "days-away",
        "training",
    )
    below += ("fact", "knows", f"knows/{other}", "merge", f"merge/{other}")
    return [f"/people/{person}/{part}".rstrip("/") for part in below]


def test_every_page_opens_with_one_heading_and_labels(client, session, court, person) -> None:
    """One h1 equal to the title, and no inline style or script."""
    other = store(session, court, None, None, stated_age=14)
    for url in ["/people/", "/people/new", *pages_of(person, other), *pages_of(other, person)]:
        page = client.get(url)
        assert page.status_code == 200, url
        (heading,) = re.findall(r"<h1[^>]*>(.*?)</h1>", page.text, re.DOTALL)
        (title,) = re.findall(r"<title>(.*?)</title>", page.text, re.DOTALL)
        assert title.startswith(heading.strip()), url
        assert not re.search(r"style=|<script>| on[a-z]+=", page.text), url


def test_a_foreign_person_answers_as_an_absent_one(client, app, session, court, person) -> None:
    """Nobody learns from the answer that somebody is known to another court."""
    session.rollback()
    other = add_court(session, slug="fl-charlotte", name="Oak")
    set_court(session, other.id)
    foreign = store(session, other, "Ana", "Ruiz")
    absent = uuid.uuid4()
    for there, here in zip(pages_of(foreign, person), pages_of(absent, person), strict=True):
        one, two = client.get(there), client.get(here)
        assert one.status_code == two.status_code == 404
        # The token of a form holds the second it was made in.
        first, second = (re.sub(r'(csrf_token" value=)"[^"]*"', r"\1", x.text) for x in (one, two))
        assert first == second.replace(str(absent), str(foreign))
    acts = ("edit", "fact", "jury-list", "days-away", "training", "adults/new", "consents/new")
    for act in acts:
        assert send(client, f"/people/{foreign}/{act}").status_code == 404
    assert sign_in_as(app, other, Role.COORDINATOR).get(f"/people/{foreign}").status_code == 200


@pytest.mark.parametrize("role", [Role.CLERK, Role.EVALUATOR])
def test_others_see_no_people(browser, person, role) -> None:
    """The evening and the numbers need no files."""
    for url in ("/people/", f"/people/{person}"):
        assert browser(role).get(url).status_code == 403


def test_two_entries_are_made_one_and_two_again(client, session, court, person) -> None:
    """The preview shows what differs; undoing leads to the one that was taken out."""
    other = store(session, court, "Josef", "Núñez", birth_date=BORN)
    chosen = client.get(f"/people/{person}/merge")
    assert f"/people/{person}/merge/{other}" in chosen.text
    preview = client.get(f"/people/{person}/merge/{other}")
    assert "Josef" in preview.text
    data = {
        "csrf_token": token(preview),
        "seen": hidden(preview, "seen"),
        "take_given_names": "other",
    }
    stale = client.post(f"/people/{person}/merge/{other}", data={**data, "seen": "0.0."})
    assert stale.status_code == 422
    assert "has changed since" in stale.text
    merged = client.post(f"/people/{person}/merge/{other}", data=data)
    assert merged.status_code == 303
    page = client.get(f"/people/{person}")
    assert "Josef Núñez" in page.text
    assert client.get(f"/people/{other}").location.endswith(f"/people/{person}")
    undo = re.search(rf"/people/{person}/merges/[0-9a-f-]+/undo", page.text)
    assert undo is not None
    assert send(client, undo.group()).location.endswith(f"/people/{other}")
    assert [row.given_names for row in everybody(session)] == ["José", "Josef"]


def test_what_a_juror_brings_along_is_entered_on_its_pages(client, session, court, person) -> None:
    """Days away, training, the jury list, a tie, a paper and the chosen fact."""
    other = store(session, court, "Ben", "Cole")
    sent = [
        ("days-away", {"starts_on": "2026-03-10", "reason": "work"}),
        ("training", {"topic": "juror", "finished_on": "2026-03-01"}),
        (
            "jury-list",
            {
                "on_list": "yes",
                "volunteer_since": "2026-02-01",
                "service_learning_since": "2026-02-02",
            },
        ),
        (f"knows/{other}", {"kind": "friend", "said_by": "family"}),
        ("fact", {"question": "pet", "answer": "Luna"}),
        (
            "consents/new",
            {"paper": "confidentiality|2026-1", "language": "en", "signed_on": "2026-03-01"},
        ),
        (
            "adults/new",
            {"name": "María", "relation": "mother", "channel": "text", "language": "es"},
        ),
    ]
    for part, values in sent:
        answer = send(client, f"/people/{person}/{part}", **values)
        assert answer.status_code == 303, (part, answer.text)
    page = client.get(f"/people/{person}").text
    for words in (
        "Juror training",
        "Work",
        "Cole, Ben",
        "a pet you like",
        "María",
        "in force",
        "since Mon 2 Feb 2026",
    ):
        assert words in page
    assert "Luna" not in page
    away = session.scalars(sa.select(Unavailability.id)).one()
    known = session.scalars(sa.select(Acquaintance.id)).one()
    session.rollback()
    assert send(client, f"/people/{other}/days-away/{away}/remove").status_code == 404
    assert send(client, f"/people/{person}/days-away/{away}/remove").status_code == 303
    assert send(client, f"/people/{other}/knows/{known}/remove").status_code == 303
    assert session.scalars(sa.select(Unavailability.id)).all() == []


@pytest.mark.parametrize(
    "part", ["days-away", "training", "jury-list", "fact", "consents/new", "adults/new"]
)
def test_an_empty_form_is_shown_again_with_sentences(client, person, part) -> None:
    """Nothing is stored and each page says what is missing."""
    answer = send(client, f"/people/{person}/{part}")
    assert answer.status_code == 422
    assert "Please look at this again" in answer.text
