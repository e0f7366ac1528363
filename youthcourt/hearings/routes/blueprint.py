"""The blueprint of the calendar, and what its pages share."""

from __future__ import annotations

import uuid
from datetime import date, time
from typing import Any

from flask import Blueprint, url_for
from werkzeug.wrappers import Response

from youthcourt.accounts.reads import note_read
from youthcourt.audit.domain import Subject
from youthcourt.courts.domain import Policy, SittingModel
from youthcourt.courts.queries import policy_on
from youthcourt.errors import CourtRuleBroken
from youthcourt.hearings.domain import (
    NO_LIMIT,
    ClockChange,
    DocketProblem,
    SittingPlan,
    planned_span,
)
from youthcourt.hearings.forms import RoomNumbers
from youthcourt.hearings.queries import HearingLine
from youthcourt.web.forms import VersionedForm
from youthcourt.web.i18n import label, label_of
from youthcourt.web.transactions import database

bp = Blueprint("hearings", __name__)

Page = str | Response | tuple[str, int]
LONGEST_VERSION = 10


def policy_today(today: date) -> Policy:
    """Return the policy in force today."""
    return policy_on(database(), day=today).policy


def note_session_read(session_id: uuid.UUID) -> None:
    """Note that a session with the names on its dockets was read."""
    note_read(subject=Subject(kind="court_session", id=session_id))


def note_hearing_read(line: HearingLine) -> None:
    """Note that a hearing was read."""
    note_read(
        subject=Subject(kind="hearing", id=line.id, case_id=line.case_id, person_id=line.person_id)
    )


def seen_version(form: VersionedForm) -> int:
    """Return the version that was shown; what is no number was never shown."""
    text = str(form.version.data or "")
    return int(text) if text.isdecimal() and len(text) < LONGEST_VERSION else 0


def now_seen(form: VersionedForm, version: int) -> None:
    """Let a form that is shown carry the version of now, so that sending it is a decision."""
    form.version.data = str(version)
    form.version.raw_data = [str(version)]


def session_url(session_id: uuid.UUID) -> str:
    """Return the address of a session's page."""
    return url_for("hearings.show_session", session_id=session_id)


def problem_text(problem: DocketProblem) -> str:
    """Return what stands against a place, in words."""
    params: dict[str, object] = dict(problem.params)
    if "language" in params:
        params["language"] = label_of("SpokenLanguage", str(params["language"]))
    text = label(problem.code)
    return text % params if "%(" in text else text


def plan_of(form: RoomNumbers, room_id: uuid.UUID) -> SittingPlan:
    """Return what was typed about a room; an empty limit is none."""
    first, others = form.max_first_hearings.data, form.max_return_hearings.data
    return SittingPlan(
        room_id=room_id,
        model=SittingModel(form.model.data),
        presiding=form.presiding.data or None,
        quorum=_whole(form.quorum.data),
        panel_target=_whole(form.panel_target.data),
        panel_max=_whole(form.panel_max.data),
        max_first_hearings=NO_LIMIT if first is None else first,
        max_return_hearings=NO_LIMIT if others is None else others,
    )


def typed_plan(plan: SittingPlan) -> dict[str, Any]:
    """Return a room's plan as the fields of its form hold it."""
    return {
        "presiding": plan.presiding or "",
        "model": plan.model.value,
        "quorum": plan.quorum,
        "panel_target": plan.panel_target,
        "panel_max": plan.panel_max,
        "max_first_hearings": _limit(plan.max_first_hearings),
        "max_return_hearings": _limit(plan.max_return_hearings),
    }


def _limit(value: int) -> int | None:
    return None if value >= NO_LIMIT else value


def _whole(value: int | None) -> int:
    return 0 if value is None else value


def clock_change_on(
    held_on: date | None, starts_at: time | None, ends_at: time | None, zone: str
) -> ClockChange | None:
    """Return what the clocks do to a planned time, None also where nothing can be planned."""
    if held_on is None or starts_at is None or ends_at is None:
        return None
    try:
        return planned_span(held_on, starts_at, ends_at, zone).clock_change
    except (CourtRuleBroken, OverflowError):
        return None  # The service refuses it with its own words.
