"""The way in for new staff: a one-time code, then name, address and password."""

from __future__ import annotations

from datetime import timedelta

from email_validator import EmailNotValidError, validate_email
from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from youthcourt import clock
from youthcourt.accounts import session as browser
from youthcourt.accounts.access import PERMISSIONS
from youthcourt.accounts.domain import (
    CODE_BY_ADDRESS,
    SIGN_IN_BY_ACCOUNT,
    SignInKind,
    check_password,
)
from youthcourt.accounts.forms import InvitationForm
from youthcourt.accounts.invitations import Given, Invitation, accept, invitation_of
from youthcourt.accounts.models import User
from youthcourt.accounts.routes import count_later, home_url
from youthcourt.accounts.services import (
    end_sign_ins,
    find_user,
    hash_password,
    is_throttled,
    password_fits,
    start_sign_in,
)
from youthcourt.db import reading
from youthcourt.errors import CourtRuleBroken
from youthcourt.web.access import current_user, public
from youthcourt.web.transactions import database

bp = Blueprint("joining", __name__, url_prefix="/join")
REFUSED = 422


@bp.get("/")
@public
def open_invitation() -> str:
    """Ask for the code; script takes it out of the address, where it is behind the ``#``."""
    return render_template("accounts/join.html", form=InvitationForm(formdata=None))


@bp.post("/")
@public
def use_invitation() -> str | Response | tuple[str, int]:
    """Show what a code leads to, then make the account; the code is spent by that alone."""
    form = InvitationForm()
    found: Invitation | None = None
    valid = form.validate()
    if "code" not in form.errors:
        with form.refusals():
            found = _find(str(form.code.data))
            if valid and form.password.raw_data:
                return _let_in(found, _given(form, found))
            if valid:
                return _second_page(form, found)
    if found is not None:
        return _second_page(form, found), REFUSED
    return render_template("accounts/join.html", form=form), REFUSED


def _second_page(form: InvitationForm, found: Invitation) -> str:
    if not form.name.raw_data:
        form.name.data = found.name
    return render_template("accounts/join_account.html", form=form, found=found)


def _find(code: str) -> Invitation:
    """Return what the code leads to; wrong ones are counted by address."""
    now = clock.now()
    key = f"invitation:{browser.remote_address()}"
    with reading(database()):
        if is_throttled(database(), key=key, rule=CODE_BY_ADDRESS, now=now):
            raise CourtRuleBroken("too_many_tries", "code", minutes=15)
        try:
            return invitation_of(database(), code=code, now=now)
        except CourtRuleBroken:
            count_later(key, CODE_BY_ADDRESS, now)
            raise


def _given(form: InvitationForm, found: Invitation) -> Given:
    """Return what was typed, the password hashed; no lock is held meanwhile."""
    password = str(form.password.data or "")
    if found.user_id is not None:
        name, email = found.name, found.email
    else:
        name = str(form.name.data or "")
        email = found.email or _address(str(form.email.data or ""))
    if not password:
        raise CourtRuleBroken("password_missing", "password")
    with reading(database()):
        known = find_user(database(), email=email) if found.user_id is None else None
        stored = known.password_hash if known is not None else None
    if known is not None:
        fits = _is_own(email, stored, password)
        return Given(name=name, email=email, password=password, password_hash="", fits=fits)
    if not name:
        raise CourtRuleBroken("name_missing", "name")
    check_password(password, email=email, name=name)
    return Given(name=name, email=email, password=password, password_hash=hash_password(password))


def _address(typed: str) -> str:
    if not typed:
        raise CourtRuleBroken("email_missing", "email")
    try:
        validate_email(typed, check_deliverability=False, test_environment=True)
    except EmailNotValidError as error:
        raise CourtRuleBroken("email_shape", "email") from error
    return typed.strip().lower()


def _is_own(email: str, stored: str | None, password: str) -> bool:
    """Return whether the password is that of the account; wrong ones are counted as at the door."""
    now, key = clock.now(), f"account:{email}"
    with reading(database()):
        if is_throttled(database(), key=key, rule=SIGN_IN_BY_ACCOUNT, now=now):
            raise CourtRuleBroken("too_many_tries", "password", minutes=15)
    if password_fits(stored, password):
        return True
    count_later(key, SIGN_IN_BY_ACCOUNT, now)
    return False


def _let_in(found: Invitation, given: Given) -> Response:
    session, now = database(), clock.now()
    before = current_user()
    user_id = accept(session, found, given=given, now=now)
    if found.role is None or found.court_id is None:
        browser.end()
        flash(_("Your password is changed. Please sign in with the new one."), "success")
        return redirect(url_for("accounts.sign_in"), 303)
    if isinstance(before, browser.SignedIn):
        end_sign_ins(session, sign_in_id=before.sign_in_id, now=now)
    settings = current_app.extensions["youthcourt.config"]
    token = start_sign_in(
        session,
        kind=SignInKind.STAFF,
        user_id=user_id,
        court_id=found.court_id,
        factors="password",
        device=browser.device(),
        lives=timedelta(hours=settings.staff_session_hours),
        now=now,
    )
    browser.begin(token)
    name = session.get_one(User, user_id).name
    flash(_("Welcome, %(name)s. Your account is ready.", name=name), "success")
    return redirect(home_url(PERMISSIONS[found.role]), 303)
