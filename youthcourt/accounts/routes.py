"""Signing in and out, one's own account, and the choice of court."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from youthcourt import clock
from youthcourt.accounts import services
from youthcourt.accounts import session as browser
from youthcourt.accounts.access import PERMISSIONS
from youthcourt.accounts.domain import (
    SIGN_IN_BY_ACCOUNT,
    SIGN_IN_BY_ADDRESS,
    Role,
    SignInKind,
    ThrottleRule,
)
from youthcourt.accounts.forms import (
    EmptyForm,
    NewPasswordForm,
    PasswordAgainForm,
    SignInForm,
)
from youthcourt.accounts.models import SignIn, User
from youthcourt.accounts.queries import CourtChoice, courts_of, open_sign_ins
from youthcourt.db import reading
from youthcourt.errors import CourtRuleBroken, NotFound
from youthcourt.web.access import (
    Permission,
    current_user,
    next_page,
    public,
    requires,
)
from youthcourt.web.transactions import after_request_do, database

bp = Blueprint("accounts", __name__, url_prefix="/account")

FIRST_PAGES = (
    (Permission.TODAY, "dashboard.today"),
    (Permission.EVENING_DESK, "dashboard.tonight"),
    (Permission.NUMBERS, "dashboard.numbers"),
    (Permission.OWN_DUTIES, "dashboard.juror_home"),
)


def home_url(permissions: frozenset[Permission]) -> str:
    """Return the first page of somebody with these permissions."""
    for permission, endpoint in FIRST_PAGES:
        if permission in permissions and endpoint in current_app.view_functions:
            return url_for(endpoint)
    return url_for("accounts.show_account")


@bp.get("/sign-in")
@public
def sign_in() -> str | BaseResponse:
    """Show the form, or go on to where somebody signed in was heading."""
    user = current_user()
    if user is not None:
        return redirect(home_url(user.permissions))
    return render_template("accounts/sign_in.html", form=SignInForm())


@bp.post("/sign-in")
@public
def submit_sign_in() -> str | BaseResponse | tuple[str, int]:
    """Check address and password, slowly and alike for known and unknown accounts."""
    form = SignInForm()
    if not form.validate():
        return render_template("accounts/sign_in.html", form=form), 422
    try:
        user_id, courts = _check(str(form.email.data), str(form.password.data))
    except CourtRuleBroken as refusal:
        form.refuse(refusal)
        return render_template("accounts/sign_in.html", form=form), 422
    settings = current_app.extensions["youthcourt.config"]
    token = services.start_sign_in(
        database(),
        kind=SignInKind.STAFF,
        user_id=user_id,
        court_id=courts[0].court_id if courts else None,
        factors="password",
        device=browser.device(),
        lives=timedelta(hours=settings.staff_session_hours),
        now=clock.now(),
    )
    browser.begin(token)
    if len(courts) > 1:
        return redirect(url_for("accounts.choose_court"))
    role = courts[0].role if courts else None
    return redirect(next_page(home_url(PERMISSIONS[role] if role else frozenset())))


def _check(email: str, password: str) -> tuple[uuid.UUID, tuple[CourtChoice, ...]]:
    """Return the user and their courts, or refuse; a failure is counted in any case."""
    now = clock.now()
    session = database()
    keys = (
        (f"account:{email.lower()}", SIGN_IN_BY_ACCOUNT),
        (f"address:{browser.remote_address()}", SIGN_IN_BY_ADDRESS),
    )
    with reading(session):
        if any(services.is_throttled(session, key=key, rule=rule, now=now) for key, rule in keys):
            raise CourtRuleBroken("too_many_tries", minutes=15)
        user = services.find_user(session, email=email)
        known = user is not None and user.disabled_at is None
        stored = user.password_hash if user is not None and known else None
        user_id = user.id if user is not None else None
        courts = courts_of(session, user_id=user_id) if user_id else ()
    if not services.password_fits(stored, password) or user_id is None:
        for key, rule in keys:
            count_later(key, rule, now)
        raise CourtRuleBroken("sign_in_refused")
    services.forget_failures(session, key=keys[0][0])
    if stored and services.needs_new_hash(stored):
        session.get_one(User, user_id).password_hash = services.hash_password(password)
    return user_id, courts


def count_later(key: str, rule: ThrottleRule, now: datetime) -> None:
    """Count a failure once the request has ended, whatever becomes of its own writes."""
    after_request_do(lambda session: services.count_failure(session, key=key, rule=rule, now=now))


@bp.post("/sign-out")
@public
def sign_out() -> Response:
    """End this sign-in and have the browser forget what it kept; a phone learns it is closed."""
    user = current_user()
    target = "accounts.sign_in"
    if isinstance(user, browser.SignedIn):
        services.end_sign_ins(database(), sign_in_id=user.sign_in_id, now=clock.now())
        target = "people.open_door" if user.kind is SignInKind.JUROR else target
    browser.end()
    if target == "people.open_door":
        flash(_("Your page is closed. You can put the phone away."), "success")
    response = make_response(redirect(url_for(target), 303))
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@bp.get("/")
@requires(Permission.OWN_ACCOUNT)
def show_account() -> str:
    """Show one's own name, courts, password form and signed-in browsers."""
    return _account_page(NewPasswordForm())


def _account_page(form: NewPasswordForm) -> str:
    me = browser.signed_in()
    session = database()
    assert me.user_id is not None  # noqa: S101 -- only staff have this permission
    user = session.get_one(User, me.user_id)
    return render_template(
        "accounts/account.html",
        form=form,
        button=EmptyForm(),
        user=user,
        me=me,
        courts=courts_of(session, user_id=me.user_id),
        sign_ins=open_sign_ins(session, user_id=me.user_id, now=clock.now()),
    )


@bp.post("/password")
@requires(Permission.OWN_ACCOUNT)
def change_password() -> str | BaseResponse | tuple[str, int]:
    """Set a new password; every browser of the user is signed out by it."""
    form = NewPasswordForm()
    me = browser.signed_in()
    session = database()
    assert me.user_id is not None  # noqa: S101 -- only staff have this permission
    if form.validate():
        with form.refusals():
            with reading(session):
                stored = session.get_one(User, me.user_id).password_hash
            if not services.password_fits(stored, str(form.present.data)):
                raise CourtRuleBroken("password_wrong", "present")
            services.change_password(
                session,
                user=session.get_one(User, me.user_id),
                new=str(form.password.data),
                new_hash=services.hash_password(str(form.password.data)),
                now=clock.now(),
            )
            browser.end()
            flash(_("Your password is changed. Please sign in with the new one."), "success")
            return redirect(url_for("accounts.sign_in"), 303)
    return _account_page(form), 422


@bp.post("/sign-ins/<uuid:sign_in_id>/end")
@requires(Permission.OWN_ACCOUNT)
def end_sign_in(sign_in_id: uuid.UUID) -> BaseResponse:
    """Sign out another browser of one's own."""
    me = browser.signed_in()
    session = database()
    row = session.get(SignIn, sign_in_id)
    if row is None or row.user_id != me.user_id:
        raise NotFound
    services.end_sign_ins(session, sign_in_id=sign_in_id, now=clock.now())
    flash(_("That browser is signed out."), "success")
    return redirect(url_for("accounts.show_account"), 303)


@bp.get("/court")
@requires(Permission.OWN_ACCOUNT)
def choose_court() -> str:
    """Show the courts of the signed-in user."""
    me = browser.signed_in()
    assert me.user_id is not None  # noqa: S101 -- only staff have this permission
    return render_template(
        "accounts/choose_court.html",
        courts=courts_of(database(), user_id=me.user_id),
        me=me,
        button=EmptyForm(),
    )


@bp.post("/court/<uuid:court_id>")
@requires(Permission.OWN_ACCOUNT)
def switch_court(court_id: uuid.UUID) -> BaseResponse:
    """Work in another of one's own courts from now on, under a new token."""
    me = browser.signed_in()
    session = database()
    assert me.user_id is not None  # noqa: S101 -- only staff have this permission
    roles = {c.court_id: c.role for c in courts_of(session, user_id=me.user_id)}
    role: Role | None = roles.get(court_id)
    if role is None:
        raise NotFound
    old = session.get_one(SignIn, me.sign_in_id)
    now = clock.now()
    token = services.start_sign_in(
        session,
        kind=SignInKind.STAFF,
        user_id=me.user_id,
        court_id=court_id,
        factors=old.factors,
        device=old.device,
        lives=old.expires_at - now,
        now=now,
    )
    services.end_sign_ins(session, sign_in_id=me.sign_in_id, now=now)
    browser.begin(token)
    return redirect(next_page(home_url(PERMISSIONS[role])), 303)


@bp.route("/again", methods=["GET", "POST"])
@requires(Permission.OWN_ACCOUNT)
def step_up() -> str | BaseResponse | tuple[str, int]:
    """Ask for the password again, for what must not be open on a tablet left alone."""
    form = PasswordAgainForm()
    if request.method == "GET":
        return render_template("accounts/step_up.html", form=form)
    me = browser.signed_in()
    session = database()
    if form.validate():
        with form.refusals():
            with reading(session):
                stored = session.get_one(User, me.user_id).password_hash
                email = session.get_one(User, me.user_id).email
            _again(email, stored, str(form.password.data))
            session.get_one(SignIn, me.sign_in_id).stepped_up_at = clock.now()
            return redirect(next_page(home_url(me.permissions)), 303)
    return render_template("accounts/step_up.html", form=form), 422


def _again(email: str, stored: str | None, password: str) -> None:
    now = clock.now()
    key = f"account:{email}"
    session = database()
    with reading(session):
        blocked = services.is_throttled(session, key=key, rule=SIGN_IN_BY_ACCOUNT, now=now)
    if blocked:
        raise CourtRuleBroken("too_many_tries", minutes=15)
    if not services.password_fits(stored, password):
        count_later(key, SIGN_IN_BY_ACCOUNT, now)
        raise CourtRuleBroken("password_wrong", "password")


@bp.post("/lock")
@requires(Permission.OWN_ACCOUNT)
def lock() -> BaseResponse:
    """Close again what the password had opened."""
    me = browser.signed_in()
    database().get_one(SignIn, me.sign_in_id).stepped_up_at = None
    return redirect(home_url(me.permissions), 303)
