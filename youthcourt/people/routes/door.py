"""The door for young people: by the code of a slip or by a link; nobody is signed in yet.

The pages name no court and answer alike whether a code, number or address is known.
"""

from __future__ import annotations

from flask import Blueprint, current_app, redirect, render_template, url_for
from flask import session as cookie
from flask.blueprints import BlueprintSetupState
from werkzeug.wrappers import Response

from youthcourt import clock
from youthcourt.accounts import session as browser
from youthcourt.accounts.access import JUROR_PERMISSIONS
from youthcourt.accounts.domain import (
    CODE_BY_ADDRESS,
    JUROR_SESSION,
    SignInKind,
    is_code,
    typed_code,
)
from youthcourt.accounts.forms import EmptyForm
from youthcourt.accounts.routes import home_url
from youthcourt.accounts.services import (
    count_failure,
    end_sign_ins,
    is_throttled,
    start_sign_in,
)
from youthcourt.accounts.session import remote_address
from youthcourt.db import reading
from youthcourt.errors import CourtRuleBroken
from youthcourt.people.asking import ask_for_link
from youthcourt.people.forms import AskLinkForm, DoorForm
from youthcourt.people.links import Opened, open_by_code, open_by_link, question_of_code
from youthcourt.web.access import current_user, public
from youthcourt.web.i18n import label
from youthcourt.web.transactions import after_request_do, database

REFUSED, OVER, WAIT = 422, 410, 429


def door_address() -> str:
    """Return the address of the door as it is printed and sent: the installation's own."""
    base: str = current_app.extensions["youthcourt.config"].public_url
    if base:
        return base.rstrip("/") + url_for("people.open_door")
    return url_for("people.open_door", _external=True)


def slip_address(code: str) -> str:
    """Return what the square code of a slip says: the code stays behind the ``#``.

    Browsers do not send that part, so it is in no log (docs/decisions/0005).
    """
    return f"{door_address()}#{code}"


def link_address(token: str) -> str:
    """Return the address of a message link."""
    return f"{door_address()}/{token}"


@public
def open_door() -> str:
    """Ask for the code of a slip."""
    return render_template("phone/door.html", form=DoorForm(formdata=None))


@public
def try_door() -> str | Response | tuple[str, int]:
    """Ask the question that goes with a code, whether it exists or not; then check the answer."""
    form = DoorForm()
    code = typed_code(str(form.code.data or ""))
    if not form.validate() or not is_code(code):
        return _say_how_it_is_typed(form, code), REFUSED
    if _must_wait():
        form.refuse(CourtRuleBroken("door_throttled", minutes=_minutes()))
        return render_template("phone/door.html", form=form), WAIT
    if form.answer.data:
        return _answer(form, code)
    if not form.answer.raw_data:
        return _question(form, code)
    form.refuse(CourtRuleBroken("answer_missing", "answer"))
    return _question(form, code), REFUSED


def _say_how_it_is_typed(form: DoorForm, code: str) -> str:
    if is_code(code) and "code" not in form.errors:
        return _question(form, code)
    if not form.errors:
        form.refuse(CourtRuleBroken("code_shape", "code"))
    return render_template("phone/door.html", form=form)


def _answer(form: DoorForm, code: str) -> Response | tuple[str, int]:
    try:
        opened = open_by_code(database(), code=code, answer=str(form.answer.data), now=clock.now())
    except CourtRuleBroken as refusal:
        database().rollback()
        _count_later()
        form.refuse(CourtRuleBroken(refusal.code))
        return _question(form, code), REFUSED
    return _let_in(opened, "code")


def _question(form: DoorForm, code: str) -> str:
    with reading(database()):
        question = question_of_code(database(), code)
    form.code.data = code
    return render_template("phone/door_question.html", form=form, question=label(question))


@public
def show_link(token: str) -> str:
    """Show the button that spends the link: what only looks at links spends nothing."""
    return render_template("phone/door_link.html", form=EmptyForm(), token=token)


@public
def use_link(token: str) -> Response | tuple[str, int]:
    """Spend the link and open the page, or say what to do when it is over."""
    try:
        opened = open_by_link(database(), token=token, now=clock.now())
    except CourtRuleBroken:
        database().rollback()
        return render_template("phone/door_over.html"), OVER
    return _let_in(opened, "link")


@public
def ask_link() -> str:
    """Ask where a new link may be sent."""
    return render_template("phone/ask.html", form=AskLinkForm(formdata=None))


@public
def send_link() -> Response | tuple[str, int]:
    """Queue a link for whoever is known by this contact; the answer is the same for all."""
    form = AskLinkForm()
    if form.validate():
        with form.refusals():
            ask_for_link(
                database(),
                contact=str(form.contact.data),
                address=remote_address(),
                now=clock.now(),
            )
            return redirect(url_for("people.link_asked"), 303)
        return render_template("phone/ask.html", form=form), WAIT
    return render_template("phone/ask.html", form=form), REFUSED


@public
def link_asked() -> str:
    """Say what happens now, known or not."""
    return render_template("phone/asked.html")


def _let_in(opened: Opened, factor: str) -> Response:
    me = current_user()
    if isinstance(me, browser.SignedIn):
        # One phone, two sisters: whoever comes in now finds nothing of the one before.
        end_sign_ins(database(), sign_in_id=me.sign_in_id, now=clock.now())
    token = start_sign_in(
        database(),
        kind=SignInKind.JUROR,
        person_id=opened.person_id,
        court_id=opened.court_id,
        factors=factor,
        device=browser.device(),
        lives=JUROR_SESSION,
        now=clock.now(),
    )
    cookie.pop("next", None)
    browser.begin(token)
    return redirect(home_url(JUROR_PERMISSIONS), 303)


def _key() -> str:
    return f"code:{remote_address()}"


def _must_wait() -> bool:
    session = database()
    with reading(session):
        return is_throttled(session, key=_key(), rule=CODE_BY_ADDRESS, now=clock.now())


def _count_later() -> None:
    key, now = _key(), clock.now()
    after_request_do(lambda session: count_failure(session, key=key, rule=CODE_BY_ADDRESS, now=now))


def _minutes() -> int:
    return int(CODE_BY_ADDRESS.window.total_seconds() // 60)


_PAGES = (
    ("/in", "open_door", open_door, "GET"),
    ("/in", "try_door", try_door, "POST"),
    ("/in/new", "ask_link", ask_link, "GET"),
    ("/in/new", "send_link", send_link, "POST"),
    ("/in/asked", "link_asked", link_asked, "GET"),
    ("/in/<token>", "show_link", show_link, "GET"),
    ("/in/<token>", "use_link", use_link, "POST"),
)


def at_the_top(state: BlueprintSetupState) -> None:
    """Put the door beside the pages on people, not below them: its address says nothing."""
    for path, name, view, method in _PAGES:
        state.app.add_url_rule(path, f"{state.blueprint.name}.{name}", view, methods=[method])


def add_to(blueprint: Blueprint) -> None:
    """Open the door with the blueprint."""
    blueprint.record(at_the_top)
