"""The blueprint of the jury."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("jury", __name__)
