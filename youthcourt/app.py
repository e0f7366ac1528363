"""The factory; reads like a table of contents and plugs the ports together."""

from __future__ import annotations

import importlib
import importlib.util
from datetime import timedelta
from typing import Any

from flask import Flask, url_for
from flask_bootstrap import Bootstrap5
from flask_migrate import Migrate
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

import config as settings
from config import PROJECT, Config
from youthcourt import __version__
from youthcourt.accounts import session as sign_in
from youthcourt.accounts.domain import SignInKind
from youthcourt.accounts.joining import bp as joining_bp
from youthcourt.accounts.routes import bp as accounts_bp
from youthcourt.accounts.routes import home_url
from youthcourt.accounts.staff_pages import MENU as STAFF_ENTRY
from youthcourt.accounts.staff_pages import bp as staff_bp
from youthcourt.cases import ports as case_ports
from youthcourt.credits import ports as credit_ports
from youthcourt.credits.services import MERGE_FOLLOWER
from youthcourt.db import db, prepare_engine, use_keys
from youthcourt.hearings import ports as hearing_ports
from youthcourt.hearings.queries import docket_facts
from youthcourt.hearings.services import follow_case, tell_newcomers
from youthcourt.jury.queries import (
    panel_has_come,
    seats_held_by,
    seats_taken_in,
    trainings_among,
    unconfirmed_days,
)
from youthcourt.jury.services import follow_reach, follow_session_change
from youthcourt.people import ports as people_ports
from youthcourt.people.merging import add_follower
from youthcourt.sentences import ports as sentence_ports
from youthcourt.sentences.queries import (
    sentence_facts,
    sentence_rests_on,
    service_problems,
    services_that_earn,
)
from youthcourt.sentences.services import record_sentence_before
from youthcourt.web import (
    access,
    errors,
    i18n,
    logs,
    navigation,
    panels,
    safe_way,
    security_headers,
    transactions,
)

FEATURES = (
    "courts",
    "drafts",
    "files",
    "people",
    "cases",
    "hearings",
    "sentences",
    "credits",
    "jury",
    "followups",
    "evaluation",
    "dashboard",
    "upkeep",
)
PHONE_NAME = "Sessions"
MODELS = ("audit", "accounts", "notices", *FEATURES)


def build_app(config: Config | None = None) -> Flask:
    """Return the application for these settings, or for those of the environment."""
    config = config or settings.from_environment()
    config.check()
    app = Flask("youthcourt", template_folder=str(PROJECT / "templates"))
    _configure(app, config)
    logs.init_app()
    use_keys(config.encryption_keys)
    _open_database(app)
    plug_ports()
    safe_way.init_app(app, secure=config.secure_cookies, address=config.public_url)
    CSRFProtect(app)
    Bootstrap5(app)
    transactions.init_app(app)
    i18n.init_app(app)
    sign_in.init_app(app, idle=timedelta(minutes=config.staff_idle_minutes))
    access.init_app(
        app,
        load_user=sign_in.load_user,
        sign_in_endpoint="accounts.sign_in",
        doors={access.Permission.OWN_DUTIES: "people.open_door"},
    )
    security_headers.init_app(app, secure=config.secure_cookies)
    errors.init_app(app)
    app.register_blueprint(accounts_bp)
    app.register_blueprint(joining_bp)
    app.register_blueprint(staff_bp)
    navigation.add_entry(app, STAFF_ENTRY)
    for feature in FEATURES:
        _register(app, feature)
    app.context_processor(_page_context)
    access.needed_permissions(app)
    return app


def _configure(app: Flask, config: Config) -> None:
    app.config.update(
        SECRET_KEY=config.secret_key,
        SQLALCHEMY_DATABASE_URI=config.database_url,
        SESSION_COOKIE_NAME="__Host-sid" if config.secure_cookies else "sid",
        SESSION_COOKIE_SECURE=config.secure_cookies,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        MAX_CONTENT_LENGTH=config.max_upload_mb * 1024 * 1024,
        TRUSTED_HOSTS=list(config.trusted_hosts) or None,
        BOOTSTRAP_SERVE_LOCAL=True,
        WTF_CSRF_TIME_LIMIT=None,
        # Our pages tell browsers to name no page they came from, so none can be asked for;
        # the token and the cookie's SameSite hold.
        WTF_CSRF_SSL_STRICT=False,
        TESTING=config.mode is settings.Mode.TEST,
    )
    app.extensions["youthcourt.config"] = config
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    if config.proxy_count:
        count = config.proxy_count
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]  # the documented way
            app.wsgi_app, x_for=count, x_proto=count, x_host=count
        )


def _open_database(app: Flask) -> None:
    load_models()
    db.init_app(app)
    Migrate(app, db, directory=str(PROJECT / "migrations"))
    with app.app_context():
        prepare_engine(db.engine)


def plug_ports() -> None:
    """Tell lower features what the higher ones know and do."""
    case_ports.use_fact_sources(docket_facts, sentence_facts)
    case_ports.use_case_followers(follow_case)
    case_ports.use_sentence_taker(record_sentence_before)
    credit_ports.use_earning_sources(services_that_earn)
    credit_ports.use_problem_sources(service_problems)
    add_follower(MERGE_FOLLOWER)
    people_ports.use_reach_followers(tell_newcomers, follow_reach)
    hearing_ports.use_session_followers(follow_session_change)
    hearing_ports.use_seat_sources(seats_held_by)
    hearing_ports.use_outcome_keepers(sentence_rests_on)
    hearing_ports.use_presence_sources(panel_has_come)
    sentence_ports.use_seat_counter(seats_taken_in)
    sentence_ports.use_attendance(unconfirmed_days, trainings_among)


def load_models() -> None:
    """Import every feature's tables, so that the metadata is whole."""
    for feature in MODELS:
        name = f"youthcourt.{feature}.models"
        if importlib.util.find_spec(name) is not None:
            importlib.import_module(name)


def _register(app: Flask, feature: str) -> None:
    name = f"youthcourt.{feature}.routes"
    if importlib.util.find_spec(name) is None:
        return
    module = importlib.import_module(name)
    for blueprint in module.BLUEPRINTS:
        app.register_blueprint(blueprint)
    for entry in getattr(module, "MENU", ()):
        navigation.add_entry(app, entry)
    for panel in getattr(module, "PANELS", ()):
        panels.add_panel(app, panel)


def _page_context() -> dict[str, Any]:
    user = access.current_user()
    me = user if isinstance(user, sign_in.SignedIn) else None
    return {
        "signed_in": _page_user(me) if me and me.kind is SignInKind.STAFF else None,
        "frame": "phone.html" if me and me.kind is SignInKind.JUROR else "base.html",
        "home_url": home_url(me.permissions) if me else url_for("accounts.sign_in"),
        "close_url": url_for("accounts.sign_out") if me and me.kind is SignInKind.JUROR else None,
        "court_name": me.court_name if me else "",
        "phone_name": me.phone_name if me else PHONE_NAME,
        "navigation": navigation.links(),
        "may": access.may,
        "panels": panels.render_panels,
        "version": __version__,
    }


def _page_user(me: sign_in.SignedIn) -> dict[str, str]:
    return {
        "name": me.name,
        "role_label": i18n.label(me.role),
        "account_url": url_for("accounts.show_account"),
        "drafts_url": url_for("drafts.list_drafts"),
        "switch_url": url_for("accounts.choose_court"),
        "sign_out_url": url_for("accounts.sign_out"),
    }
