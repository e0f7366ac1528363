"""What the tests of the pages share: a browser with its token, and pages as people read them."""

from __future__ import annotations

import html
import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.engine import Engine
from werkzeug.test import TestResponse

from tests.fixtures.app import TODAY, SmallCourt, sign_in_as
from tests.sentences.conftest import Bench
from youthcourt.accounts.domain import Role
from youthcourt.sentences.models import Sanction


@dataclass
class Browser:
    """A signed-in browser that sends the token of its forms."""

    client: FlaskClient
    token: str = ""

    @classmethod
    def of(cls, client: FlaskClient) -> Browser:
        found = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/account/").text)
        return cls(client, found.group(1) if found else "")

    def get(self, url: str) -> TestResponse:
        return self.client.get(url)

    def post(self, url: str, **values: Any) -> TestResponse:
        given = {name: value for name, value in values.items() if value is not None}
        return self.client.post(url, data={"csrf_token": self.token, **given})

    def send(self, url: str, **values: Any) -> TestResponse:
        """Open a form, and send it as it stands with what differs."""
        filled = typed_in(self.get(url))
        return self.post(url, **{**filled, **values})

    def read(self, url: str) -> str:
        """Return a page as its reader sees it; it must be there."""
        answer = self.get(url)
        assert answer.status_code == 200, (url, answer.status_code, answer.location)
        return words(answer)


def words(answer: TestResponse) -> str:
    """Return a page as its reader sees it."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", answer.text)))


def error_at(answer: TestResponse, field: str) -> str:
    """Return what stands as the error of one field, empty where nothing does."""
    found = re.search(rf'id="{field}-error">(.*?)</p>', answer.text, re.DOTALL)
    return "" if found is None else html.unescape(re.sub(r"<[^>]+>|\s+", " ", found.group(1)))


def typed_in(page: TestResponse) -> dict[str, Any]:
    """Return what the largest form of a page would send as it stands."""
    form = max(re.findall(r"<form.*?</form>", page.text, re.DOTALL), key=len)
    values: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        given = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        ticked = given.get("type") in {"checkbox", "radio"} and "checked" not in tag.split()
        if given.get("type") == "file" or ticked or "name" not in given:
            continue
        values.setdefault(given["name"], []).append(html.unescape(given.get("value", "")))
    for name, options in re.findall(
        r'<select[^>]*name="(\w+)"[^>]*>(.*?)</select>', form, re.DOTALL
    ):
        chosen = re.search(r'<option selected value="([^"]*)"', options)
        values[name] = [html.unescape(chosen.group(1)) if chosen else ""]
    for name, text in re.findall(
        r'<textarea[^>]*name="(\w+)"[^>]*>(.*?)</textarea>', form, re.DOTALL
    ):
        values[name] = [html.unescape(text).strip()]
    values.pop("csrf_token", None)
    return values


@dataclass
class Office:
    """A court at work: its bench, and its people's browsers."""

    app: Flask
    bench: Bench

    @property
    def court(self) -> SmallCourt:
        return self.bench.court

    def browser(self, role: Role = Role.COORDINATOR) -> Browser:
        self.let_go()
        return Browser.of(sign_in_as(self.app, self.court, role))

    def let_go(self) -> None:
        """Keep what the bench did, and let the pages write."""
        self.bench.session.commit()
        self.bench.session.expire_all()

    @contextmanager
    def looking(self) -> Iterator[Any]:
        """A look at what is stored now; the database is let go of afterwards."""
        self.bench.session.rollback()
        self.bench.session.expire_all()
        yield self.bench.session
        self.bench.session.rollback()

    def sanctions(self) -> dict[str, int]:
        """Every item of every sentence, with its amount."""
        with self.looking() as session:
            rows = session.execute(sa.select(Sanction.label, Sanction.amount))
            return {row.label: row.amount for row in rows}

    def sanction(self, label: str) -> uuid.UUID:
        with self.looking() as session:
            found: uuid.UUID = session.scalars(
                sa.select(Sanction.id).where(Sanction.label == label)
            ).one()
            return found

    def evenings(self, count: int = 12) -> None:
        """Plan an evening in each of the coming weeks."""
        for week in range(1, count + 1):
            self.bench.evening(TODAY + timedelta(days=7 * week))


@contextmanager
def counting() -> Iterator[list[str]]:
    """Collect the statements that are sent to any database meanwhile."""
    sent: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        sent.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(Engine, "before_cursor_execute", note)
