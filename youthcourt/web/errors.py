"""Every failure ends on a page that says what to do, never in a traceback."""

from __future__ import annotations

import secrets

import structlog
from flask import Flask, Response, current_app, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import BadRequest, HTTPException, InternalServerError, SecurityError

from youthcourt.db import is_busy
from youthcourt.errors import CourtRuleBroken, NotFound
from youthcourt.web.i18n import sentence
from youthcourt.web.typed import typed_values

log = structlog.get_logger()
PAGES = frozenset({400, 401, 403, 404, 405, 409, 413, 429, 500, 503})


def init_app(app: Flask) -> None:
    """Register the pages for refusals, HTTP errors and everything unforeseen."""
    app.register_error_handler(CourtRuleBroken, _on_refusal)
    app.register_error_handler(HTTPException, _on_http)
    app.register_error_handler(CSRFError, _on_csrf)
    app.register_error_handler(SecurityError, _on_strange_host)
    app.register_error_handler(Exception, _on_surprise)


def page(status: int, message: str = "", error_id: str = "") -> tuple[str, int]:
    """Return the page for a status; ``message`` replaces its usual sentence."""
    name = status if status in PAGES else (400 if status < InternalServerError.code else 500)
    return (
        render_template(
            f"errors/{name}.html", message=message, error_id=error_id, typed=typed_values()
        ),
        status,
    )


def _on_refusal(refusal: CourtRuleBroken) -> tuple[str, int]:
    if isinstance(refusal, NotFound):
        return page(404)
    return page(409, sentence(refusal.code, **refusal.params))


def _on_http(error: HTTPException) -> tuple[str, int] | HTTPException:
    if error.code is None or error.response is not None:
        return error
    if is_busy(getattr(error, "original_exception", None)):
        return page(503, sentence("database_busy"))
    return page(error.code)


def _on_csrf(_error: CSRFError) -> tuple[str, int]:
    # Without the cookie no form can be sent, however often the page is loaded again.
    came = current_app.config["SESSION_COOKIE_NAME"] in request.cookies
    return page(400, sentence("form_expired" if came else "cookie_missing"))


def _on_strange_host(_error: SecurityError) -> Response:
    # Under a name the site does not serve there are no addresses to build a page with.
    return Response(sentence("address_not_served"), BadRequest.code, mimetype="text/plain")


def _on_surprise(error: Exception) -> tuple[str, int]:
    if is_busy(error):
        return page(503, sentence("database_busy"))
    error_id = secrets.token_hex(4)
    # The type and the place, never the message: it may quote what somebody typed.
    log.error(
        "unforeseen",
        error_id=error_id,
        kind=type(error).__name__,
        endpoint=request.endpoint,
        place=_place(error),
    )
    return page(500, error_id=error_id)


def _place(error: Exception) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return ""
    return f"{trace.tb_frame.f_code.co_name}:{trace.tb_lineno}"
