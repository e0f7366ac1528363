"""The choices that a court's own lists give: agencies and offence classes."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from youthcourt.cases.models import Agency
from youthcourt.courts.domain import ClassChoice, Policy


def agency_choices(session: Session) -> list[tuple[str, str]]:
    """Return the agencies of the court by name."""
    rows = session.execute(select(Agency.id, Agency.name).order_by(Agency.name))
    return [(str(row.id), row.name) for row in rows]


def class_choices(policy: Policy) -> list[tuple[str, str]]:
    """Return the offence classes from the lightest; empty where the court has none."""
    if not policy.classes:
        return []
    by_rule = policy.class_chosen_by is ClassChoice.RULE
    first = _("as the court's list says") if by_rule else _("not chosen yet")
    classes = sorted(policy.classes, key=lambda class_: class_.order)
    return [
        ("", first),
        *((c.code, f"{c.code}: {c.label}" if c.label else c.code) for c in classes),
    ]
