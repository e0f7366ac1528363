"""Counts between any two days: on the screen, on paper, and as a file."""

from __future__ import annotations

from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from youthcourt.accounts.reads import note_read
from youthcourt.accounts.session import signed_in
from youthcourt.audit.domain import Subject
from youthcourt.courts.models import Court
from youthcourt.evaluation.domain import (
    Period,
    PeriodChoice,
    ReportTable,
    chosen_period,
    report_tables,
)
from youthcourt.evaluation.forms import PeriodForm
from youthcourt.evaluation.queries import count_period
from youthcourt.evaluation.routes.blueprint import bp, file_answer
from youthcourt.evaluation.telling import choice_name, sheet_header, sheet_rows
from youthcourt.files.sheets import csv_bytes
from youthcourt.web.access import Permission, requires
from youthcourt.web.transactions import database

Page = str | Response | tuple[str, int]
USUAL = PeriodChoice.LAST_QUARTER


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """A usual span, and whether it is the one shown."""

    name: str
    period: Period
    current: bool


@bp.get("/counts")
@requires(Permission.REPORTS)
def counts() -> Page:
    """Show every figure between two days, by default of the last quarter."""
    form = _form()
    period = form.asked_period()
    page = render_template(
        "evaluation/counts.html",
        form=form,
        period=period,
        choices=_choices(period),
        tables=_counted(period) if period else (),
        today=signed_in().today,
    )
    return page if period else (page, 422)


@bp.get("/counts/paper")
@requires(Permission.REPORTS)
def counts_paper() -> Page:
    """Show the same on paper."""
    period = _form().asked_period()
    if period is None:
        return _back()
    court = database().get_one(Court, signed_in().court_id)
    return render_template(
        "evaluation/counts_paper.html",
        tables=_counted(period),
        period=period,
        court=court,
        today=signed_in().today,
    )


@bp.get("/counts/sheet.csv")
@requires(Permission.REPORTS)
def counts_sheet() -> Page:
    """Hand out the same as a file for a spreadsheet."""
    period = _form().asked_period()
    if period is None:
        return _back()
    data = csv_bytes(sheet_rows(_counted(period), period), sheet_header())
    name = f"counts-{period.first.isoformat()}-{period.last.isoformat()}.csv"
    return file_answer(data, name=name, kind="text/csv")


def _form() -> PeriodForm:
    if request.args:
        return PeriodForm(formdata=request.args)
    usual = chosen_period(USUAL, today=signed_in().today)
    asked = {"first": usual.first.isoformat(), "last": usual.last.isoformat()}
    return PeriodForm(formdata=MultiDict(asked))


def _back() -> Response:
    """Return the way to the page that says what is wrong with the days."""
    first, last = request.args.get("first"), request.args.get("last")
    return redirect(url_for("evaluation.counts", first=first, last=last), 303)


def _counted(period: Period) -> tuple[ReportTable, ...]:
    figures = count_period(database(), period=period, today=signed_in().today)
    note_read(subject=Subject(kind="counts"), filter_used=f"{period.first}/{period.last}")
    return report_tables(figures)


def _choices(shown: Period | None) -> list[Choice]:
    today = signed_in().today
    spans = ((choice, chosen_period(choice, today=today)) for choice in PeriodChoice)
    return [
        Choice(name=choice_name(choice, span), period=span, current=span == shown)
        for choice, span in spans
    ]
