"""Somebody who uses the product as a person does: opens pages, follows links, fills in forms."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

from flask import Flask
from flask.testing import FlaskClient

CHOSEN = ("radio", "checkbox")


@dataclass
class Form:
    """One form of a page: where it goes, its fields with what stands in them, its buttons."""

    action: str
    values: dict[str, list[str]] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    buttons: list[tuple[str, str, str]] = field(default_factory=list)


class _Reader(HTMLParser):
    """Reads links, forms and the words of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[Form] = []
        self.links: list[tuple[str, str]] = []
        self.words: list[str] = []
        self._form: Form | None = None
        self._link: list[str] | None = None
        self._button: list[str] | None = None
        self._select = self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = Form(action=at.get("action", ""))
            self.forms.append(self._form)
        elif tag == "a" and "href" in at:
            self._link = [at["href"]]
        elif self._form is not None:
            self._field(tag, at, self._form)

    def _field(self, tag: str, at: dict[str, str], form: Form) -> None:
        name = at.get("name", "")
        if tag == "button":
            self._button = [name, at.get("value", "")]
        elif tag == "select":
            self._select = name
            form.choices.setdefault(name, [])
        elif tag == "option" and self._select:
            form.choices[self._select].append(at.get("value", ""))
            if "selected" in at or self._select not in form.values:
                form.values[self._select] = [at.get("value", "")]
        elif tag == "textarea":
            self._area = name
            form.values[name] = [""]
        elif tag == "input" and at.get("type") in CHOSEN:
            form.choices.setdefault(name, []).append(at.get("value", "y"))
            if "checked" in at:
                form.values.setdefault(name, []).append(at.get("value", "y"))
        elif tag == "input" and at.get("type") == "hidden":
            form.values.setdefault(name, []).append(at.get("value", ""))
        elif tag == "input" and name:
            form.values[name] = [at.get("value", "")]

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        if self._link is not None:
            self._link.append(data)
        if self._button is not None:
            self._button.append(data)
        if self._area and self._form is not None:
            self._form.values[self._area][0] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "a" and self._link is not None:
            self.links.append((_tidy("".join(self._link[1:])), self._link[0]))
            self._link = None
        elif tag == "button" and self._button is not None and self._form is not None:
            name, value, *words = self._button
            self._form.buttons.append((_tidy("".join(words)), name, value))
            self._button = None
        elif tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._area = ""


def _tidy(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


class Walker:
    """A browser without a screen; every act ends on a page that answered well."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.url = "/"
        self.markup = ""
        self.status = 0
        self._sent: tuple[str, dict[str, list[str]]] | None = None

    @property
    def text(self) -> str:
        """The page as it reads."""
        return _tidy(" ".join(self._read().words))

    def _read(self) -> _Reader:
        reader = _Reader()
        start = self.markup.find("<main")
        reader.feed(self.markup[max(start, 0) :])
        return reader

    def open(self, url: str) -> Walker:
        """Open an address, following where it leads."""
        answer = self.client.get(url, follow_redirects=True)
        return self._arrived(answer)

    def _arrived(self, answer: Any, *, expected: int = 200) -> Walker:
        self.url = answer.request.path
        self.markup, self.status = answer.get_data(as_text=True), answer.status_code
        assert self.status == expected, f"{self.url}: {self.status}\n{self.text[:600]}"
        return self

    def follow(self, words: str) -> Walker:
        """Follow the first link that has these words."""
        for text, href in self._read().links:
            if words in text:
                return self.open(urljoin(self.url, href))
        raise AssertionError(f"{self.url} has no link {words!r}: {self._read().links}")

    def follow_to(self, ending: str) -> Walker:
        """Follow the first link whose address ends like this, whatever its words."""
        for _text, href in self._read().links:
            if href.endswith(ending):
                return self.open(urljoin(self.url, href))
        raise AssertionError(f"{self.url} has no link to {ending!r}: {self._read().links}")

    def link(self, words: str) -> str:
        """Return where the first link with these words leads."""
        found = [href for text, href in self._read().links if words in text]
        assert found, f"{self.url} has no link {words!r}"
        return found[0]

    def press(self, words: str, *, expected: int = 200, **values: str | list[str]) -> Walker:
        """Fill in the form with this button and press it; a field that is not there is a fault."""
        for form in self._read().forms:
            for text, name, value in form.buttons:
                if words in text:
                    return self._send(form, (name, value), values, expected=expected)
        raise AssertionError(f"{self.url} has no button {words!r}\n{self.text[:600]}")

    def _send(
        self,
        form: Form,
        button: tuple[str, str],
        values: dict[str, str | list[str]],
        *,
        expected: int,
    ) -> Walker:
        data = dict(form.values)
        for name, value in values.items():
            given = value if isinstance(value, list) else [value]
            assert name in form.values or name in form.choices, f"{self.url} has no field {name}"
            if name in form.choices and given != [""]:
                unknown = [one for one in given if one not in form.choices[name]]
                assert not unknown, f"{name} offers {form.choices[name]}, not {unknown}"
            data[name] = given
        if button[0]:
            data[button[0]] = [button[1]]
        files = {name for name in data if name in ("files", "file")}
        sent = {name: value for name, value in data.items() if name not in files}
        self._sent = (urljoin(self.url, form.action or self.url), sent)
        return self.again(expected=expected)

    def download(self, words: str) -> bytes:
        """Press a button that hands out a file, and return the file."""
        for form in self._read().forms:
            for text, name, value in form.buttons:
                if words in text:
                    sent = {**form.values, **({name: [value]} if name else {})}
                    answer = self.client.post(urljoin(self.url, form.action), data=sent)
                    assert answer.status_code == 200, f"{self.url}: {answer.status_code}"
                    assert "attachment" in answer.headers["Content-Disposition"]
                    return bytes(answer.data)
        raise AssertionError(f"{self.url} has no button {words!r}")

    def again(self, *, expected: int = 200) -> Walker:
        """Send the last form once more, as a second tap or a page reloaded does."""
        assert self._sent is not None, "no form was sent yet"
        url, values = self._sent
        answer = self.client.post(url, data=values, follow_redirects=True)
        return self._arrived(answer, expected=expected)

    def sees(self, *words: str) -> Walker:
        """Hold the page to what it has to say."""
        for word in words:
            assert word in self.text, f"{self.url} does not say {word!r}:\n{self.text[:2500]}"
        return self


def walker_of(app: Flask, email: str, password: str) -> Walker:
    """Sign a member of staff in through the page."""
    walker = Walker(app.test_client())
    walker.open("/account/sign-in").press("Sign in", email=email, password=password)
    return walker
