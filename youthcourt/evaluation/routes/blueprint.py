"""The blueprint of counts and evaluation, and how their files are handed out."""

from __future__ import annotations

from flask import Blueprint
from flask import Response as FlaskResponse

from youthcourt.evaluation.telling import definition, figure_name, value_text
from youthcourt.web.i18n.formats import date_text

bp = Blueprint("evaluation", __name__)
bp.add_app_template_filter(definition, "count_definition")
bp.add_app_template_filter(value_text, "count_value")
bp.add_app_template_filter(date_text, "written_day")
bp.add_app_template_global(figure_name, "count_name")


def file_answer(data: bytes, *, name: str, kind: str) -> FlaskResponse:
    """Return a file to be kept; its name tells nothing of anybody."""
    answer = FlaskResponse(data, mimetype=kind)
    answer.headers["Content-Disposition"] = f"attachment; filename={name}"
    return answer
