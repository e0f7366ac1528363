"""The blueprint of the screens over several features."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("dashboard", __name__)
