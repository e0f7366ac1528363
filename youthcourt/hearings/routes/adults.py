"""Adult volunteers: their hours by any dates, new lines, and wrong ones taken back."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import format_date, ngettext
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from youthcourt import clock
from youthcourt.accounts.reads import note_read
from youthcourt.accounts.session import signed_in
from youthcourt.audit.domain import Subject
from youthcourt.hearings import services
from youthcourt.hearings.domain import (
    AdultRole,
    CourtSessionKind,
    DaySpan,
    last_months,
    line_field,
    month_of,
    name_key,
    year_of,
)
from youthcourt.hearings.forms import (
    MOST_LINES,
    AdultsForm,
    AdultsOfDayForm,
    SpanForm,
    adults_form,
)
from youthcourt.hearings.queries import (
    SessionLine,
    adult_hours_page,
    adult_names,
    adult_totals,
    adults_of_session,
    has_adult_hours,
    session_line,
)
from youthcourt.hearings.routes.blueprint import Page, bp, session_url
from youthcourt.web.access import Permission, requires
from youthcourt.web.pager import page_wanted, pager_of
from youthcourt.web.transactions import database

LINES, MORE = 3, 3


@dataclass(frozen=True, kw_only=True, slots=True)
class SpanChoice:
    """A usual span, and whether it is the one shown."""

    name: str
    span: DaySpan
    current: bool


@bp.get("/calendar/adult-volunteers")
@requires(Permission.CALENDAR)
def list_adult_hours() -> Page:
    """Show the hours of adults between two days with their sum, by default of this month."""
    session, today = database(), signed_in().today
    form = _span_form(today)
    span = form.asked_span()
    shown: dict[str, Any] = {"page": None, "pager": None, "totals": ()}
    if span is not None:
        note_read(subject=Subject(kind="adult_hours"), filter_used=f"{span.first}/{span.last}")
        page = adult_hours_page(session, span=span, page=page_wanted())
        days = {"first": span.first.isoformat(), "last": span.last.isoformat()}
        shown = {
            "page": page,
            "pager": pager_of(page, "hearings.list_adult_hours", **days),
            "totals": adult_totals(session, span=span),
        }
    html = render_template(
        "hearings/adult_hours.html",
        form=form,
        span=span,
        choices=list(_choices(span, today)),
        anything=has_adult_hours(session),
        **shown,
    )
    return html if span else (html, 422)


@bp.route("/calendar/adult-volunteers/new", methods=["GET", "POST"])
@requires(Permission.CALENDAR_WRITE)
def add_adult_hours() -> Page:
    """Write down hours that adults gave on a day outside a session."""
    form = adults_form(AdultsOfDayForm, _lines_sent())(data={"given_on": signed_in().today})
    if request.method == "GET" or request.form.get("more"):
        return _add_page(form)
    if form.validate():
        with form.refusals():
            rows = services.record_adult_hours(
                database(),
                lines=form.given_lines(),
                **form.given("given_on"),
                key=form.key(),
                actor=signed_in().actor,
                now=clock.now(),
            )
            _say_added(len(rows))
            span = month_of(rows[0].given_on)
            return redirect(_list_url(span), 303)
    return _add_page(form), 422


@bp.route("/calendar/sessions/<uuid:session_id>/adult-volunteers", methods=["GET", "POST"])
@requires(Permission.CALENDAR_WRITE)
def add_session_adults(session_id: uuid.UUID) -> Page:
    """Write down the hours of the adults of a session, those who presided filled in already."""
    line = session_line(database(), session_id)
    form = _session_form(line)
    if request.method == "GET" or request.form.get("more"):
        return _add_page(form, line)
    if form.validate():
        with form.refusals():
            rows = services.record_session_adults(
                database(),
                session_id=session_id,
                lines=form.given_lines(),
                key=form.key(),
                actor=signed_in().actor,
                now=clock.now(),
            )
            _say_added(len(rows))
            return redirect(session_url(session_id) + "#adults", 303)
    return _add_page(form, line), 422


@bp.post("/calendar/adult-volunteers/<uuid:adult_hours_id>/take-back")
@requires(Permission.CALENDAR_WRITE)
def take_back_adult_hours(adult_hours_id: uuid.UUID) -> Response:
    """Take back a line that is wrong."""
    row = services.take_back_adult_hours(
        database(), hours_id=adult_hours_id, actor=signed_in().actor, now=clock.now()
    )
    flash(_("The line is taken back. It stays readable and counts no more."), "success")
    return redirect(_list_url(month_of(row.given_on)), 303)


def _session_form(line: SessionLine) -> AdultsForm:
    """Return what was sent; else lines for those who preside and have none, and some empty ones."""
    minutes = line.span.minutes
    if request.method == "POST":
        return adults_form(AdultsForm, _lines_sent(), usual_minutes=minutes)()
    there = {name_key(one.name) for one in adults_of_session(database(), line.id)}
    names = {name_key(one.presiding): one.presiding for one in line.sittings if one.presiding}
    missing = [name for key, name in names.items() if key and key not in there]
    training = line.kind is CourtSessionKind.TRAINING
    role = AdultRole.TRAINER if training else AdultRole.PRESIDING
    typed: dict[str, object] = {}
    for number, name in enumerate(missing):
        typed |= {
            line_field("name", number): name,
            line_field("role", number): role.value,
            line_field("minutes", number): minutes,
        }
    return adults_form(AdultsForm, len(missing) + LINES, usual_minutes=minutes)(data=typed)


def _add_page(form: AdultsForm, line: SessionLine | None = None) -> str:
    session = database()
    return render_template(
        "hearings/add_adult_hours.html",
        form=form,
        line=line,
        known=adults_of_session(session, line.id) if line else (),
        names=adult_names(session),
    )


def _lines_sent() -> int:
    """Return how many lines the form that was sent has, with more if it asks for more."""
    sent = sum(name.startswith("name_") for name in request.form)
    more = MORE if request.form.get("more") else 0
    return min(max(sent, LINES) + more, MOST_LINES)


def _say_added(count: int) -> None:
    said = ngettext(
        "The hours are written down.", "The hours of %(num)d adults are written down.", count
    )
    flash(said, "success")


def _span_form(today: date) -> SpanForm:
    if "first" in request.args or "last" in request.args:
        return SpanForm(formdata=request.args)
    usual = month_of(today)
    asked = {"first": usual.first.isoformat(), "last": usual.last.isoformat()}
    return SpanForm(formdata=MultiDict(asked))


def _list_url(span: DaySpan) -> str:
    return url_for("hearings.list_adult_hours", first=span.first, last=span.last)


def _choices(shown: DaySpan | None, today: date) -> Iterator[SpanChoice]:
    for span in last_months(today):
        name = str(format_date(span.first, "MMMM y"))
        yield SpanChoice(name=name, span=span, current=span == shown)
    for year in (today.year, today.year - 1):
        span = year_of(date(year, 1, 1))
        yield SpanChoice(name=_("Year %(year)s", year=year), span=span, current=span == shown)
