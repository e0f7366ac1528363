"""Where cookies are for HTTPS alone, a page over plain HTTP says so instead of a form in vain."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import Flask, current_app, render_template, request

REFUSED = 403


def init_app(app: Flask, *, secure: bool, address: str) -> None:
    """Answer every page asked for over plain HTTP from elsewhere with what to do.

    A browser does not send such a cookie back, so whoever signed in would be asked to again and
    again.  On this machine itself browsers take it for safe.
    """
    if not secure:
        return

    def explain() -> tuple[str, int] | None:
        if request.is_secure or _is_static() or is_this_machine(request.host):
            return None
        safe = address if address.startswith("https://") else ""
        here = urlsplit(f"//{request.host}").hostname
        return render_template("errors/plain_http.html", safe=safe, here=here), REFUSED

    app.before_request(explain)


def _is_static() -> bool:
    endpoint = request.endpoint or ""
    view = current_app.view_functions.get(endpoint)
    return view is not None and (endpoint == "static" or endpoint.endswith(".static"))


def is_this_machine(host: str) -> bool:
    """Return whether the name in the address bar is one of this machine for itself."""
    name = urlsplit(f"//{host}").hostname or ""
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return name == "localhost" or name.endswith(".localhost")
