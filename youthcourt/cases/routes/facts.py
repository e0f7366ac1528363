"""Correcting the facts and the offences of a case; two who do so at once lose nothing."""

from __future__ import annotations

import uuid
import zlib
from typing import Any

from flask import flash, render_template, request
from flask_babel import gettext as _

from youthcourt import clock
from youthcourt.accounts.session import signed_in
from youthcourt.cases.forms import CaseFactsForm, OffencesForm, charges_given
from youthcourt.cases.queries import CaseFile
from youthcourt.cases.routes.agencies import agency_choices, class_choices
from youthcourt.cases.routes.blueprint import Page, back_to, bp, opened_file
from youthcourt.cases.routes.conflict import Conflict, found_conflict
from youthcourt.cases.services import (
    ChargeGiven,
    charges_on_record,
    edit_case,
    facts_on_record,
    live_case,
    replace_charges,
)
from youthcourt.web.access import Permission, requires
from youthcourt.web.transactions import database

_KEYS = ("agency_id",)


@bp.route("/<uuid:case_id>/facts", methods=["GET", "POST"])
@requires(Permission.CASES_WRITE)
def edit_facts(case_id: uuid.UUID) -> Page:
    """Correct what was written down at the referral."""
    me = signed_in()
    session = database()
    file = opened_file(case_id)
    if request.method == "GET":
        form = CaseFactsForm(data=_as_typed(facts_on_record(session, file.case)))
        form.version.data = str(file.case.version_id)
        return _facts_page(file, form)
    form = _with_choices(CaseFactsForm(), file)
    case = live_case(session, case_id)
    conflict = found_conflict(
        form,
        saved=_as_typed(facts_on_record(session, case)),
        version=case.version_id,
        subject="case",
        subject_id=case_id,
    )
    if conflict is None and form.validate():
        with form.refusals():
            edit_case(
                session, case_id=case_id, values=_values(form), actor=me.actor, now=clock.now()
            )
            flash(_("The facts are saved."), "success")
            return back_to(case_id, "facts")
    return _facts_page(file, form, conflict), 422


def _as_typed(facts: dict[str, Any]) -> dict[str, Any]:
    """Return the facts as the fields of the form hold them."""
    typed = {name: str(facts[name]) if facts[name] else "" for name in _KEYS}
    return {**facts, **typed, "offence_class": facts["offence_class"] or ""}


def _values(form: CaseFactsForm) -> dict[str, Any]:
    values: dict[str, Any] = form.given(
        "agency_reference",
        "officer",
        "referred_on",
        "incident_on",
        "incident_reference",
        "offence_class",
        "narrative",
    )
    key = form.agency_id.data
    return {**values, "agency_id": uuid.UUID(key) if key else None}


def _with_choices(form: CaseFactsForm, file: CaseFile) -> CaseFactsForm:
    form.agency_id.choices = [("", _("nobody")), *agency_choices(database())]
    form.offence_class.choices = class_choices(file.policy.policy)
    return form


def _facts_page(file: CaseFile, form: CaseFactsForm, conflict: Conflict | None = None) -> str:
    return render_template(
        "cases/facts.html", file=file, form=_with_choices(form, file), conflict=conflict
    )


@bp.route("/<uuid:case_id>/offences", methods=["GET", "POST"])
@requires(Permission.CASES_WRITE)
def edit_offences(case_id: uuid.UUID) -> Page:
    """Correct the offences of a case, all on one page."""
    session = database()
    file = opened_file(case_id)
    stored = charges_on_record(session, case_id)
    if request.method == "GET":
        form = OffencesForm(data={"charges": [_row(charge) for charge in stored]})
        form.version.data = str(_version(stored))
        return _offences_page(file, form)
    form = OffencesForm()
    live_case(session, case_id)
    stored = charges_on_record(session, case_id)
    meanwhile = form.version.data != str(_version(stored))
    if meanwhile:
        form.version.data = str(_version(stored))
        form.version.raw_data = [form.version.data]
    elif form.validate():
        with form.refusals():
            replace_charges(
                session,
                case_id=case_id,
                charges=[ChargeGiven(**row) for row in charges_given(form.charges)],  # type: ignore[arg-type]  # a row that is not blank has a text
                actor=signed_in().actor,
                now=clock.now(),
            )
            flash(_("The offences are saved."), "success")
            return back_to(case_id, "offences")
    return _offences_page(file, form, stored if meanwhile else ()), 422


def _row(charge: ChargeGiven) -> dict[str, str]:
    return {
        "text": charge.text,
        "statute": charge.statute or "",
        "nibrs": charge.nibrs or "",
    }


def _version(charges: tuple[ChargeGiven, ...]) -> int:
    """Return a number that changes with the offences on record."""
    return zlib.crc32(repr(charges).encode())


def _offences_page(file: CaseFile, form: OffencesForm, stored: tuple[ChargeGiven, ...] = ()) -> str:
    return render_template("cases/offences.html", file=file, form=form, stored=stored)
