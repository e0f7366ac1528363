"""Youth Court: case management and time credits for peer-jury youth courts."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from config import Config

__version__ = "0.1.0"


def create_app(config: Config | None = None) -> Flask:
    """Return the application; imported late so that domain modules load without Flask."""
    from youthcourt.app import build_app  # noqa: PLC0415 -- keeps `import youthcourt` light

    return build_app(config)
