"""Choosing which column of a file is what, and what its words mean."""

from __future__ import annotations

import uuid
from collections.abc import Mapping as MappingType
from dataclasses import dataclass
from typing import Any

from flask import redirect, render_template, url_for
from flask_babel import gettext as _

from youthcourt.accounts.session import signed_in
from youthcourt.cases.domain.imports import (
    SHIPPED,
    Field,
    Mapping,
    mapping_problems,
    parse_mapping,
    suggest_mapping,
    suggest_meanings,
)
from youthcourt.cases.domain.imports.fields import VALUE_FIELDS
from youthcourt.cases.forms.imports import (
    GROUPS,
    WORDED,
    ColumnsForm,
    DecisionForm,
    MappingForm,
    WordsForm,
    columns_form,
    document_of,
    name_of_title,
    words_form,
)
from youthcourt.cases.queries.imports import mapping_named, mapping_of, mapping_put_away
from youthcourt.cases.routes.blueprint import Page, bp
from youthcourt.cases.routes.imports.pages import (
    back_to_run,
    files_folder,
    mapping_choices,
    opened_run,
    samples_of,
    stopped_page,
    try_out,
    words_of_column,
)
from youthcourt.cases.services.imports import Prospect, Source, check_name_is_free, source_of
from youthcourt.cases.telling import problem_of
from youthcourt.db import reading
from youthcourt.errors import CourtRuleBroken
from youthcourt.files.tables import MENDABLE, Table
from youthcourt.web.access import Permission, requires
from youthcourt.web.transactions import database

MOST_WORDS = 40


@dataclass(frozen=True, kw_only=True, slots=True)
class Opened:
    """A file whose columns can be looked at."""

    source: Source
    table: Table
    mapping: Mapping | None


@bp.get("/imports/<uuid:run_id>/columns")
@requires(Permission.CASES_IMPORT)
def ask_columns(run_id: uuid.UUID) -> Page:
    """Show the columns of a file with what they probably are, to be put right."""
    opened = _opened(run_id)
    if not isinstance(opened, Opened):
        return opened
    source, table, mapping = opened.source, opened.table, opened.mapping
    document = _document(table, mapping)
    form = columns_form(table.header, samples_of(table), document, formdata=None)
    return _columns_page(form, source, table, mapping)


@bp.post("/imports/<uuid:run_id>/columns")
@requires(Permission.CASES_IMPORT)
def set_columns(run_id: uuid.UUID) -> Page:
    """Save a mapping and try the file out with it."""
    with reading(database()):
        opened = _opened(run_id)
    if not isinstance(opened, Opened):
        return opened
    source, table, mapping = opened.source, opened.table, opened.mapping
    base = _document(table, mapping)
    form = columns_form(table.header, samples_of(table), base)
    if form.validate():
        with form.refusals():
            chosen = _mapping_chosen(form, base, table, mapping)
            prospect = try_out(run_id, table, chosen)
            if _has_open_words(prospect):
                return redirect(url_for("cases.ask_words", run_id=run_id), 303)
            return back_to_run(run_id)
    return _columns_page(form, source, table, mapping), 422


@bp.post("/imports/<uuid:run_id>/mapping")
@requires(Permission.CASES_IMPORT)
def choose_mapping(run_id: uuid.UUID) -> Page:
    """Try a file out with a mapping that is there."""
    session = database()
    with reading(session):
        opened = _opened(run_id)
        form = MappingForm()
        form.mapping.choices = mapping_choices(_("please choose"))
        given = str(form.mapping.data or "")
        mapping = mapping_named(session, given) if form.validate() and given else None
    if not isinstance(opened, Opened):
        return opened
    source, table, before = opened.source, opened.table, opened.mapping
    with form.refusals():
        if mapping is None:
            raise CourtRuleBroken("not_a_choice", "mapping")
        try_out(run_id, table, mapping)
        return back_to_run(run_id)
    columns = columns_form(table.header, samples_of(table), _document(table, before), formdata=None)
    return _columns_page(columns, source, table, before, choice=form), 422


@bp.get("/imports/<uuid:run_id>/words")
@requires(Permission.CASES_IMPORT)
def ask_words(run_id: uuid.UUID) -> Page:
    """Show the words of a file with what they probably mean, to be put right."""
    opened = _opened(run_id)
    if not isinstance(opened, Opened):
        return opened
    source, table, mapping = opened.source, opened.table, opened.mapping
    if mapping is None or mapping.name in SHIPPED or not _words(table, mapping):
        return redirect(url_for("cases.ask_columns", run_id=run_id), 303)
    words, known = _words(table, mapping), mapping.document().get("values", {})
    return _words_page(words_form(words, known, formdata=None), source, words)


@bp.post("/imports/<uuid:run_id>/words")
@requires(Permission.CASES_IMPORT)
def set_words(run_id: uuid.UUID) -> Page:
    """Save what the words mean and try the file out again."""
    with reading(database()):
        opened = _opened(run_id)
    if not isinstance(opened, Opened):
        return opened
    source, table, mapping = opened.source, opened.table, opened.mapping
    if mapping is None or mapping.name in SHIPPED:
        return redirect(url_for("cases.ask_columns", run_id=run_id), 303)
    words, document = _words(table, mapping), mapping.document()
    form = words_form(words, document.get("values", {}))
    if form.validate():
        with form.refusals():
            document["values"] = _merged(document.get("values", {}), words, form.meanings(words))
            try_out(run_id, table, parse_mapping(document))
            return back_to_run(run_id)
    return _words_page(form, source, words), 422


def _opened(run_id: uuid.UUID) -> Opened | Page:
    """Return a run with its table and mapping, or the page that says what has to be done first."""
    session = database()
    line = opened_run(run_id, part="columns")
    if not line.waits:
        return back_to_run(run_id)
    try:
        source = source_of(session, run_id=run_id, folder=files_folder())
        table = source.table()
    except CourtRuleBroken as refusal:
        if refusal.code in MENDABLE:
            return redirect(url_for("cases.ask_reading", run_id=run_id), 303)
        return stopped_page(line, refusal)
    try:
        mapping = mapping_of(session, source.mapping_id)
    except CourtRuleBroken:
        # A mapping that a newer version of the product cannot read any more is made anew.
        mapping = None
    return Opened(source=source, table=table, mapping=mapping)


def _document(table: Table, mapping: Mapping | None) -> dict[str, Any]:
    """Return the mapping's document, or what the columns probably are."""
    if mapping is not None:
        return mapping.document()
    draft = suggest_mapping(table.header, table.rows, today=signed_in().today)
    return draft.document | {"title": ""}


def _mapping_chosen(
    form: ColumnsForm, base: dict[str, Any], table: Table, before: Mapping | None
) -> Mapping:
    """Return the mapping that the form stands for, or refuse it with every mistake shown.

    Another title makes another mapping, unless it is that of one put away.  One that comes with
    the product is never changed.
    """
    title = str(form.title.data)
    same = before is not None and before.name not in SHIPPED and before.title == title
    again = None
    if not same:
        with reading(database()):
            again = mapping_put_away(database(), title)
            name = name_of_title(title) if again is None else again.name
            check_name_is_free(database(), name=name, title=title)
        # One that was put away comes back with the rows it knows.
        before = before if again is None else again
    name = before.name if before is not None and (same or again) else name_of_title(title)
    shipped = before is not None and before.name in SHIPPED
    kept = before is not None and (same or shipped or again is not None)
    source = before.source if kept and before is not None else name
    document = document_of(form, base, name=name, source=source)
    document["values"] |= _guessed_words(document, base, table)
    problems = mapping_problems(document)
    if problems:
        first, *others = (problem_of(each, _field_of(each.place)) for each in problems)
        for other in others:
            form.refuse(other)
        raise first
    return parse_mapping(document)


def _field_of(place: str) -> str | None:
    """Return the field of the form that a mistake in a mapping belongs to."""
    part, _dot, rest = place.partition(".")
    field = rest.split(".", maxsplit=1)[0]
    names = {"columns": f"column_{field}", "dates": f"pattern_{field}", "times": f"pattern_{field}"}
    return names.get(part, part or None)


def _guessed_words(
    document: MappingType[str, Any], base: MappingType[str, Any], table: Table
) -> dict[str, dict[str, Any]]:
    """Return what the words of newly chosen columns probably mean."""
    before = base.get("columns", {})
    return {
        name: suggest_meanings(Field(name), words_of_column(table, column, MOST_WORDS))
        for name, column in document["columns"].items()
        if Field(name) in VALUE_FIELDS
        and (before.get(name) != column or name not in base.get("values", {}))
    }


def _has_open_words(prospect: Prospect) -> bool:
    return any(Field(name) in VALUE_FIELDS for name, _word in prospect.plan.values_not_known)


def _words(table: Table, mapping: Mapping) -> dict[Field, tuple[str, ...]]:
    """Return the words of the file in each column of codes, the commonest ones first."""
    found = {
        field: words_of_column(table, mapping.columns[field], MOST_WORDS)
        for field in WORDED
        if field in mapping.columns
    }
    return {field: words for field, words in found.items() if words}


def _merged(
    before: MappingType[str, Any],
    asked: MappingType[Field, tuple[str, ...]],
    said: MappingType[str, dict[str, Any]],
) -> dict[str, dict[str, Any]]:
    """Return the tables of words with the answers in them; words of other files stay."""
    merged = {name: dict(table) for name, table in before.items()}
    for field, cells in asked.items():
        folded = {cell.casefold() for cell in cells}
        others = {
            w: m for w, m in merged.get(field.value, {}).items() if w.casefold() not in folded
        }
        merged[field.value] = others | said[field.value]
    return merged


def _columns_page(
    form: ColumnsForm,
    source: Source,
    table: Table,
    mapping: Mapping | None,
    *,
    choice: MappingForm | None = None,
) -> str:
    if choice is None:
        choice = MappingForm(formdata=None)
    choice.mapping.choices = mapping_choices(_("please choose"))
    return render_template(
        "cases/imports/columns.html",
        form=form,
        choice=choice,
        run_id=source.run_id,
        filename=source.filename,
        groups=GROUPS,
        unfolded=[
            key for key, _legend, names in GROUPS if any(form.column_of(name) for name in names)
        ],
        mapping=mapping,
        shipped=mapping is not None and mapping.name in SHIPPED,
        rows=len(table.rows),
        decision=DecisionForm(formdata=None),
    )


def _words_page(form: WordsForm, source: Source, words: MappingType[Field, tuple[str, ...]]) -> str:
    return render_template(
        "cases/imports/words.html",
        form=form,
        run_id=source.run_id,
        filename=source.filename,
        words=words,
    )
