"""One file on its way in: what it would do, taking it over, letting it go, and what it made."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from flask import Response as FlaskResponse
from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from youthcourt import clock
from youthcourt.accounts.session import signed_in
from youthcourt.cases.domain import OFFENCES
from youthcourt.cases.domain.imports import ImportPlan, Mapping, PlannedCase, Reason, RunState
from youthcourt.cases.forms.imports import DecisionForm
from youthcourt.cases.queries.imports import (
    RunLine,
    cases_of_run,
    companion_incidents,
    look_alikes,
    same_file_before,
)
from youthcourt.cases.routes.blueprint import Page, bp
from youthcourt.cases.routes.imports.pages import (
    back_to_run,
    files_folder,
    opened_run,
    say_refusal,
    stopped_page,
)
from youthcourt.cases.services.imports import (
    Prospect,
    discard_run,
    note_lines,
    plan_run,
    prepare_take_over,
    take_over,
)
from youthcourt.cases.telling import (
    aside_header,
    aside_rows,
    field_text,
    reason_text,
    table_note_text,
    wording,
)
from youthcourt.db import reading
from youthcourt.errors import CourtRuleBroken
from youthcourt.files.sheets import csv_bytes
from youthcourt.files.tables import Table
from youthcourt.people.queries import person_lines
from youthcourt.web.access import Permission, requires
from youthcourt.web.pager import page_wanted, pager_of
from youthcourt.web.transactions import database

_FIRST_CASES = 10
_FIRST_ROWS = 40
_FIRST_WORDS = 40


@dataclass(frozen=True, kw_only=True, slots=True)
class RowShown:
    """One row of a file with what is said of it."""

    number: int
    reasons: tuple[str, ...]


@bp.get("/imports/<uuid:run_id>")
@requires(Permission.CASES_IMPORT)
def show_import(run_id: uuid.UUID) -> Page:
    """Show what taking a file over would do, or what it did."""
    line = opened_run(run_id)
    if line.state is RunState.UPLOADED:
        return redirect(url_for("cases.ask_columns", run_id=run_id), 303)
    if line.state is RunState.DISCARDED:
        return stopped_page(line)
    if line.state is RunState.TAKEN_OVER:
        return _result_page(line)
    try:
        _source, table, prospect = plan_run(
            database(), run_id=run_id, folder=files_folder(), today=signed_in().today
        )
    except CourtRuleBroken as refusal:
        return stopped_page(line, refusal)
    return _dry_run_page(line, table, prospect)


@bp.post("/imports/<uuid:run_id>/take-over")
@requires(Permission.CASES_IMPORT)
def take_import_over(run_id: uuid.UUID) -> Page:
    """Make the cases of a file, once; planning is done before the lock is taken."""
    opened_run(run_id, part="take_over")
    form, session, me = DecisionForm(), database(), signed_in()
    try:
        with reading(session):
            ready = prepare_take_over(
                session,
                run_id=run_id,
                folder=files_folder(),
                today=me.today,
                seen=form.seen.data or "",
            )
        run = take_over(session, ready=ready, actor=me.actor, now=clock.now(), wording=wording())
    except CourtRuleBroken as refusal:
        say_refusal(refusal)
        return back_to_run(run_id)
    flash(_("The file is taken over. New cases: %(count)s.", count=run.cases_made), "success")
    return back_to_run(run_id)


@bp.post("/imports/<uuid:run_id>/discard")
@requires(Permission.CASES_IMPORT)
def discard_import(run_id: uuid.UUID) -> Page:
    """Let go of a file that was not taken over."""
    opened_run(run_id, part="discard")
    try:
        discard_run(
            database(),
            run_id=run_id,
            folder=files_folder(),
            actor=signed_in().actor,
            now=clock.now(),
        )
    except CourtRuleBroken as refusal:
        say_refusal(refusal)
        return back_to_run(run_id)
    flash(_("The file is discarded. No case was made."), "success")
    return redirect(url_for("cases.list_imports"), 303)


@bp.get("/imports/<uuid:run_id>/rows.csv")
@requires(Permission.CASES_IMPORT)
def download_rows(run_id: uuid.UUID) -> Page | FlaskResponse:
    """Hand out the rows that make no case, each with its reason."""
    line = opened_run(run_id, part="rows")
    try:
        _source, table, prospect = plan_run(
            database(), run_id=run_id, folder=files_folder(), today=signed_in().today
        )
    except CourtRuleBroken as refusal:
        return stopped_page(line, refusal)
    data = csv_bytes(aside_rows(table, prospect.plan), aside_header(table))
    response = FlaskResponse(data, mimetype="text/csv")
    response.headers["Content-Disposition"] = "attachment; filename=rows-left-aside.csv"
    return response


def _dry_run_page(line: RunLine, table: Table, prospect: Prospect) -> str:
    plan = prospect.plan
    shown = plan.new_cases[:_FIRST_CASES]
    known = {case.key: prospect.on_record.person_of(case) for case in shown}
    on_record = person_lines(
        database(), tuple({person for person in known.values() if person is not None})
    )
    return render_template(
        "cases/imports/dry_run.html",
        run=line,
        plan=plan,
        mapping=prospect.mapping,
        before=same_file_before(database(), line),
        form=DecisionForm(formdata=None, data={"seen": prospect.digest}),
        notes=[table_note_text(note) for note in table.notes],
        merged=[(reason_text(Reason(code=c)), n) for c, n in plan.merged_counts.most_common()],
        refused=list(_rows_shown(plan)),
        refused_more=max(len(plan.left_aside) - _FIRST_ROWS, 0),
        odd=list(_odd_rows(plan)),
        words=_words_not_known(plan),
        cases=[_case_shown(case, plan, prospect.mapping) for case in shown],
        known=known,
        on_record=on_record,
        not_taken=_columns_not_taken(table, prospect.mapping),
        offences=OFFENCES,
        known_persons=len({p for c in plan.new_cases if (p := prospect.on_record.person_of(c))}),
    )


def _case_shown(case: PlannedCase, plan: ImportPlan, mapping: Mapping) -> dict[str, object]:
    """Return a planned case as the page shows it."""
    said = note_lines(case.words, mapping=mapping, wording=wording())
    companions = plan.incident_sizes[case.incident_key] - 1 if case.incident_key else 0
    return {"case": case, "words": said, "companions": companions}


def _rows_shown(plan: ImportPlan) -> Iterator[RowShown]:
    for row in plan.left_aside[:_FIRST_ROWS]:
        yield RowShown(number=row.number, reasons=tuple(map(reason_text, row.reasons)))


def _odd_rows(plan: ImportPlan) -> Iterator[RowShown]:
    """Yield the first rows with something to look at; words not known have a list of their own."""
    count = 0
    for row in plan.rows:
        notes = tuple(reason_text(n) for n in row.notes if n.code != "value_not_known")
        if notes:
            yield RowShown(number=row.number, reasons=notes)
            count += 1
        if count == _FIRST_ROWS:
            return


def _words_not_known(plan: ImportPlan) -> list[tuple[str, str, int]]:
    counted = sorted(plan.values_not_known.items(), key=lambda item: (-item[1], item[0]))
    return [(field_text(name), word, n) for (name, word), n in counted[:_FIRST_WORDS]]


def _columns_not_taken(table: Table, mapping: Mapping) -> list[str]:
    taken = {" ".join(column.split()).casefold() for column in mapping.columns.values()}
    return [
        name.strip()
        for name in table.header
        if name.strip() and " ".join(name.split()).casefold() not in taken
    ]


def _result_page(line: RunLine) -> str:
    session = database()
    made = cases_of_run(session, line.id, page=page_wanted())
    return render_template(
        "cases/imports/result.html",
        run=line,
        made=made,
        companions=companion_incidents(session, line.id),
        pairs=look_alikes(session, line.id),
        pager=pager_of(made, "cases.show_import", run_id=line.id),
    )
