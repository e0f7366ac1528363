"""Every form refuses a foreign hand, every answer carries its headers, no address leads away."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask, Response, make_response, redirect, request
from itsdangerous import URLSafeTimedSerializer
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.fixtures.app import make_app
from tests.fixtures.database import make_config
from tests.fixtures.house import House, HouseMaker, values_of
from tests.fixtures.house.access import written_matrix
from tests.fixtures.house.answers import FOREIGN, header_faults, redirect_faults
from tests.fixtures.house.walk import is_unsafe, methods_of
from tests.fixtures.world import JUROR, NOBODY, ROLES
from youthcourt import create_app
from youthcourt.web.access import next_page, public

# Ways to write an address of another site, and the names by which a page might take one.
AWAY = (
    f"https://{FOREIGN}/",
    f"//{FOREIGN}",
    f"/\\{FOREIGN}",
    f"/\t/{FOREIGN}",
    f"https:{FOREIGN}",
    f"/%0d%0aLocation:%20https://{FOREIGN}",
    f"javascript:location='https://{FOREIGN}'",
    f"/..//{FOREIGN}",
)
NAMES = ("next", "back", "back_url", "return", "return_to", "url", "target", "to", "r", "redirect")


def unsafe_routes(house: House) -> Iterator[tuple[Rule, str, str]]:
    """Yield each unsafe route with its method and a role that may use it."""
    matrix = written_matrix()
    for rule in house.rules:
        for method in filter(is_unsafe, methods_of(rule)):
            row = matrix.get(rule.endpoint)
            allowed = [role for role in ROLES if row is None or row.roles[role] == "yes"]
            yield rule, method, "coordinator" if "coordinator" in allowed else allowed[0]


def csrf_faults(house: House) -> list[str]:
    """Return the routes that act without the token of this very browser."""
    serializer = URLSafeTimedSerializer(str(house.app.secret_key), salt="wtf-csrf-token")
    tokens = {
        "no token": None,
        "a made-up token": "x" * 60,
        "the token of another browser": str(serializer.dumps("1" * 40)),
    }
    faults = []
    for rule, method, role in unsafe_routes(house):
        url = house.url(rule, values_of(rule, house.world.here, role))
        for told, token in tokens.items():
            answer = house.ask(role, url, method=method, token=token)
            if answer.status != 400 or answer.changed:
                faults.append(f"{method} {rule.endpoint} with {told}: {answer.status}")
    return faults


def test_every_unsafe_route_wants_the_token_of_this_browser(house: House) -> None:
    """Missing, made up or of another browser: refused with 400 and nothing is changed."""
    faults = csrf_faults(house)
    assert not faults, "\n".join(faults)


def every_answer(house: House) -> Iterator[tuple[str, TestResponse]]:
    """Yield an answer of each route to somebody let in, refused and unknown, and of no route."""
    for rule in house.rules:
        for role in ("coordinator", JUROR, NOBODY):
            url = house.url(rule, values_of(rule, house.world.here, role))
            for method in methods_of(rule):
                answer = house.ask(role, url, method=method)
                yield f"{method} {rule.endpoint} as {role}", answer.response
        yield f"TRACE {rule.endpoint}", house.ask(NOBODY, url, method="TRACE").response
    for url in ("/nowhere", "/people/nobody", "/static/nothing.css"):
        yield url, house.ask("coordinator", url).response


def test_every_answer_carries_its_headers(house: House) -> None:
    """Pages, refusals, redirects, files, and the pages of errors."""
    faults = [
        f"{told}: {fault}"
        for told, response in every_answer(house)
        for fault in header_faults(response, static=False, secure=False)
    ]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("url", ["/static/look.css", "/static/once.js", "/static/icons/mark.svg"])
def test_files_of_the_program_may_be_kept_and_are_guarded_too(house: House, url: str) -> None:
    """They carry the same policy; only they may be cached."""
    answer = house.ask(NOBODY, url)
    assert answer.status == 200
    assert list(header_faults(answer.response, static=True, secure=False)) == []


def test_over_https_cookies_are_bound_to_the_host(tmp_path, sqlite_url) -> None:
    """With secure cookies the session is __Host-, Secure, and HTTPS is insisted on."""
    config = make_config(tmp_path, sqlite_url)
    app = create_app(type(config)(**{**vars(config), "secure_cookies": True}))
    response = app.test_client().get("/account/sign-in", base_url="https://localhost")
    assert response.headers.getlist("Set-Cookie")
    assert list(header_faults(response, static=False, secure=True)) == []
    plain = make_app(tmp_path, sqlite_url).test_client().get("/account/sign-in")
    assert len(list(header_faults(plain, static=False, secure=True))) == 3


def away_faults(house: House, rules: list[Rule]) -> list[str]:
    """Return the routes that lead to another site when asked to by any usual name."""
    faults = []
    for number, rule in enumerate(rules):
        # Each route meets two of the spellings; together they meet all of them many times.
        for spelling in range(2):
            value = AWAY[(2 * number + spelling) % len(AWAY)]
            names = dict.fromkeys(NAMES, value)
            url = house.url(rule, values_of(rule, house.world.here, "coordinator") | names)
            for method in methods_of(rule):
                headers = {"Referer": f"https://{FOREIGN}/"}
                answer = house.ask("coordinator", url, method=method, data=names, headers=headers)
                faults += [
                    f"{method} {rule.endpoint} asked for {value!r}: {fault}"
                    for fault in redirect_faults(answer.response)
                ]
    return faults


def test_no_address_leads_away(house: House) -> None:
    """Whatever a link or form says, a redirect stays on this site and no link leaves it."""
    faults = away_faults(house, house.rules)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("value", AWAY)
def test_after_signing_in_one_stays_here(house: House, value: str) -> None:
    """The page somebody wanted is kept in the cookie; even there another site is refused."""
    with house.app.test_request_context("/"):
        from flask import session

        session["next"] = value
        target = next_page("/today")
        assert target.startswith("/")
        assert not target.startswith(("//", "/\\"))
        assert "\t" not in target
        session["next"] = "/people/?find=x"
        assert next_page("/today") == "/people/?find=x"


# Planted faults ------------------------------------------------------------------------------


def test_a_form_that_asks_for_no_token_is_noticed(open_house: HouseMaker) -> None:
    """A route that was exempted from the check."""

    def plant(app: Flask) -> None:
        view = public(lambda: "done")
        app.add_url_rule("/planted", "planted", view, methods=["POST"])
        app.extensions["csrf"].exempt(f"{view.__module__}.{view.__name__}")
        view.__module__ = __name__

    faults = csrf_faults(open_house(plant))
    assert len(faults) == 3
    assert all(fault.startswith("POST planted with") for fault in faults)


@pytest.mark.parametrize(
    ("header", "value", "fault"),
    [
        ("Content-Security-Policy", "script-src 'self'; frame-ancestors 'none'", "no strict"),
        (
            "Content-Security-Policy",
            "default-src 'none'; script-src 'unsafe-inline'; frame-ancestors 'none'",
            "allows too much",
        ),
        ("X-Content-Type-Options", "", "X-Content-Type-Options"),
        ("Cache-Control", "public", "may be kept"),
        ("Access-Control-Allow-Origin", "*", "open to scripts"),
        ("Set-Cookie", "sid=1; Path=/", "lacks ['httponly', 'samesite=lax']"),
    ],
)
def test_a_weak_header_is_noticed(open_house: HouseMaker, header, value, fault) -> None:
    """Each header, weakened on the answer of the real application."""
    response = open_house().ask(NOBODY, "/account/sign-in").response
    assert list(header_faults(response, static=False, secure=False)) == []
    response.headers[header] = value
    found = list(header_faults(response, static=False, secure=False))
    assert len(found) == 1
    assert fault in found[0]


def test_an_open_redirect_is_noticed(open_house: HouseMaker) -> None:
    """A route that goes where it is told, and one that makes a link of it."""

    @public
    def follow() -> Response:
        return redirect(request.args["next"])  # type: ignore[return-value]

    @public
    def link() -> Response:
        return make_response(f'<a href="{request.args["back"]}">back</a>')

    def plant(app: Flask) -> None:
        app.add_url_rule("/planted", "planted.follow", follow)
        app.add_url_rule("/planted/link", "planted.link", link)

    house = open_house(plant)
    rules = [rule for rule in house.rules if rule.endpoint.startswith("planted")]
    faults = away_faults(house, rules)
    assert any("planted.follow" in fault for fault in faults)
    assert any("planted.link" in fault for fault in faults)
