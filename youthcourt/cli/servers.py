"""The two servers: waitress for plain HTTP behind a proxy, gunicorn where we encrypt ourselves."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flask import Flask

THREADS = 8
PROCESSES = 2
_HANDSHAKE = b"\x16"  # what every encrypted connection begins with
_LONGEST = 8192
_FIRST_WORD = 0.5  # seconds; who is slower is asked again when something came


def serve_plain(app: Flask, *, host: str, port: int, behind_proxy: bool) -> None:
    """Serve over plain HTTP until stopped."""
    import waitress

    waitress.serve(
        app,
        host=host,
        port=port,
        ident=None,
        threads=THREADS,
        # Else waitress drops what the proxy says; ProxyFix then decides how much of it is believed.
        clear_untrusted_proxy_headers=not behind_proxy,
    )


def serve_encrypted(
    app: Flask, *, host: str, port: int, certificate: Path, key: Path, sentence: str
) -> None:
    """Serve over HTTPS until stopped; who comes without encryption is told ``sentence``."""
    from gunicorn.app.base import BaseApplication

    settings: dict[str, Any] = {
        "bind": f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
        "workers": PROCESSES,
        "threads": THREADS // PROCESSES,
        "worker_class": _worker(sentence),
        "timeout": 120,
        "certfile": str(certificate),
        "keyfile": str(key),
        "ssl_context": _at_least_tls_1_2,
        # Headers of a proxy are believed where YOUTHCOURT_PROXY_COUNT says so, nowhere else.
        "forwarded_allow_ips": "",
        "control_socket_disable": True,
        # Its warnings name the addresses people come from.
        "loglevel": "error",
    }

    class Served(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
        def load_config(self) -> None:
            for name, value in settings.items():
                self.cfg.set(name, value)

        def load(self) -> Flask:
            return app

    Served().run()


def _at_least_tls_1_2(_config: object, default: Callable[[], ssl.SSLContext]) -> ssl.SSLContext:
    context = default()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _worker(sentence: str) -> type:
    from gunicorn.workers.gthread import ThreadWorker

    class Worker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
        """Answers a request without encryption in words, where else the line would be cut."""

        def handle(self, conn: Any) -> Any:
            if not conn.initialized and conn.wait_for_data(_FIRST_WORD) and _is_plain(conn.sock):
                _say(conn.sock, sentence)
                return False
            return super().handle(conn)

    return Worker


def _is_plain(connection: socket.socket) -> bool:
    first = connection.recv(1, socket.MSG_PEEK)
    return bool(first) and first != _HANDSHAKE


def _say(connection: socket.socket, sentence: str) -> None:
    body = f"{sentence}\n".encode()
    head = (
        "HTTP/1.1 403 Forbidden\r\nContent-Type: text/plain; charset=utf-8\r\n"
        f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    connection.settimeout(5)
    connection.recv(_LONGEST)  # a line closed on what was not read is an error to a browser
    connection.sendall(head.encode() + body)
