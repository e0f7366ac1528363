"""The intake interview with the minimum evaluation row."""

from __future__ import annotations

import uuid
from dataclasses import fields, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from youthcourt.audit.domain import Actor
from youthcourt.audit.services import record_act, record_changes
from youthcourt.cases.domain import (
    QUESTIONS_VERSION,
    SINGLE_ANSWERS,
    EvaluationRow,
    Grade,
    Language,
    Sex,
    YesNo,
    evaluation_problems,
)
from youthcourt.cases.models import Intake
from youthcourt.cases.services.life import live_case, subject_of
from youthcourt.errors import CourtRuleBroken
from youthcourt.people.queries import live_person
from youthcourt.people.services import PersonEntry, change_person


def save_intake(
    session: Session,
    *,
    case_id: uuid.UUID,
    held_on: date,
    admits: bool | None,
    answers: EvaluationRow,
    note: str | None = None,
    actor: Actor,
    now: datetime,
) -> Intake:
    """Save the intake of a case, its only one; every question is answered or "not asked".

    What an earlier saving said stays in the history of values.
    """
    case = live_case(session, case_id)
    if held_on < case.referred_on:
        raise CourtRuleBroken("before_referral", "held_on", referred_on=case.referred_on)
    for problem in evaluation_problems(answers):
        raise problem
    values = _values(held_on=held_on, admits=admits, answers=answers, note=note)
    intake = session.scalar(select(Intake).where(Intake.case_id == case.id))
    act = "intake_recorded" if intake is None else "intake_corrected"
    if intake is None:
        intake = Intake(case_id=case.id, recorded_at=now, **values)
        session.add(intake)
        session.flush()
    subject = subject_of(case, kind="intake", key=intake.id)
    before = {name: getattr(intake, name) for name in values}
    for name in record_changes(
        session,
        subject=subject,
        before={**before, "races": " ".join(before["races"])},
        after={**values, "races": " ".join(values["races"])},
        actor=actor,
        now=now,
    ):
        setattr(intake, name, values[name])
    intake.recorded_at, intake.recorded_by = now, actor.user_id
    if case.intake_on is None:
        case.intake_on = held_on
    session.flush()
    record_act(session, act=act, subject=subject, actor=actor, now=now)
    _write_to_person(session, case.person_id, answers, actor=actor, now=now)
    return intake


def _values(
    *, held_on: date, admits: bool | None, answers: EvaluationRow, note: str | None
) -> dict[str, Any]:
    return {
        "held_on": held_on,
        "admits": admits,
        "races": sorted(race.value for race in answers.races),
        "note": note,
        "question_version": QUESTIONS_VERSION,
        **{name: getattr(answers, name).value for name in SINGLE_ANSWERS},
    }


def _write_to_person(
    session: Session, person_id: uuid.UUID, answers: EvaluationRow, *, actor: Actor, now: datetime
) -> None:
    """Carry what was answered over to the person, so that nobody types it again."""
    person = live_person(session, person_id)
    entry = PersonEntry(
        **{field.name: getattr(person, field.name) for field in fields(PersonEntry)}
    )
    known: dict[str, Any] = {}
    if answers.sex not in {None, Sex.UNKNOWN, Sex.NOT_ASKED}:
        known["sex"] = answers.sex
    if answers.language not in {None, Language.NOT_ASKED}:
        known["language"] = answers.language
    if answers.interpreter in {YesNo.YES, YesNo.NO}:
        known["interpreter_needed"] = answers.interpreter is YesNo.YES
    if answers.grade not in {None, Grade.UNKNOWN, Grade.NOT_ASKED}:
        known["grade"] = answers.grade
    plain = {name: getattr(value, "value", value) for name, value in known.items()}
    change_person(
        session,
        person_id=person_id,
        version=person.version_id,
        entry=replace(entry, **plain),
        actor=actor,
        now=now,
    )
