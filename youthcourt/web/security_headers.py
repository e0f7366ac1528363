"""The headers of every answer."""

from __future__ import annotations

from flask import Flask, Response, request

POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
FILE_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"
ONE_YEAR = 31_536_000
FAILED = 400


def init_app(app: Flask, *, secure: bool) -> None:
    """Set the headers on every response; strict transport only where HTTPS is promised."""

    def harden(response: Response) -> Response:
        headers = response.headers
        headers.setdefault("Content-Security-Policy", POLICY)
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Referrer-Policy"] = "no-referrer"
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        headers["Cross-Origin-Resource-Policy"] = "same-origin"
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        if is_static() and response.status_code < FAILED:
            headers["Cache-Control"] = "public, max-age=86400"
        else:
            headers["Cache-Control"] = "no-store"
        if secure:
            headers["Strict-Transport-Security"] = f"max-age={ONE_YEAR}"
        return response

    def is_static() -> bool:
        endpoint = request.endpoint or ""
        return endpoint == "static" or endpoint.endswith(".static")

    app.after_request(harden)
