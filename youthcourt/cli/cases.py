"""``youthcourt cases``: files of referrals taken over from the command line."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from youthcourt.cli.progress import Bar

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from youthcourt.cases.domain.imports import ImportPlan, Mapping
    from youthcourt.cases.services.imports import Prospect
    from youthcourt.errors import CourtRuleBroken
    from youthcourt.files.tables import CheckedTable


@click.group()
def command() -> None:
    """Take over files of referrals."""


@command.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--court", "slug", required=True, metavar="SLUG", help="Short name of the court.")
@click.option("--mapping", "name", required=True, metavar="NAME", help="How its columns are read.")
@click.option("--dry-run", is_flag=True, help="Tell what would be done, and write nothing.")
@click.option(
    "--report",
    metavar="OUT.csv",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Write the rows that make no case, with their reasons.",
)
@click.option("--json", "as_json", is_flag=True, help="Tell it to another program.")
def take_in(
    file: Path,
    slug: str,
    name: str,
    dry_run: bool,  # noqa: FBT001 -- click's way
    report: Path | None,
    as_json: bool,  # noqa: FBT001 -- click's way
) -> None:
    """Make cases of a table of referrals (CSV or XLSX), all of them or none.

    The same file again makes no second case.  A mapping is one that comes with the product
    (chicago-arrests, fort-lauderdale-arrests; open-cases for cases that are open already) or
    one the court has saved.  It ends with 0 when every row could be used, with 1 when the file
    or some of its rows were refused (the others are taken over), and with 2 when it was called
    wrongly.

    Example: youthcourt cases import arrests.csv --court elm-street --mapping police --dry-run
    """
    from youthcourt import create_app
    from youthcourt.db import db
    from youthcourt.errors import CourtRuleBroken

    app = create_app()
    with app.test_request_context():
        session = db.session()
        try:
            told = _import(session, file, slug, name, dry_run=dry_run, report=report)
        except CourtRuleBroken as refusal:
            session.rollback()
            _refuse(refusal, as_json=as_json)
    click.echo(json.dumps(told) if as_json else _in_words(told))
    sys.exit(0 if told["ok"] else 1)


def _import(
    session: Session, file: Path, slug: str, name: str, *, dry_run: bool, report: Path | None
) -> dict[str, Any]:
    """Return what was done, or would be."""
    from youthcourt import clock
    from youthcourt.cases.services.imports import look_ahead
    from youthcourt.db import reading
    from youthcourt.files.tables import check_table
    from youthcourt.people.calendar import court_day

    session.info["writer"] = True
    now = clock.now()
    with reading(session):
        _choose_court(session, slug)
        mapping = _mapping(session, name)
        upload = check_table(file.read_bytes(), filename=file.name)
        if upload.table is None:
            raise upload.refusal or ValueError("a file that is read neither way")
        rows = len(upload.table.rows)
        with Bar("Reading rows", rows) as bar:
            prospect = look_ahead(
                session,
                upload.table,
                mapping,
                today=court_day(session, now),
                progress=bar.move,
            )
    if report is not None:
        _write_report(report, upload, prospect.plan)
    if dry_run or prospect.plan.does_nothing:
        return _told(prospect.plan, "dry_run" if dry_run else "nothing_new")
    _take_over(session, upload, prospect)
    return _told(prospect.plan, "taken_over")


def _choose_court(session: Session, slug: str) -> None:
    from youthcourt.courts.queries import court_by_slug
    from youthcourt.db import set_court
    from youthcourt.errors import NotFound

    try:
        set_court(session, court_by_slug(session, slug).id)
    except NotFound:
        raise click.UsageError(f"There is no court with the short name {slug}.") from None


def _mapping(session: Session, name: str) -> Mapping:
    from youthcourt.cases.queries.imports import mapping_lines, mapping_named
    from youthcourt.errors import NotFound

    try:
        return mapping_named(session, name)
    except NotFound:
        names = ", ".join(line.name for line in mapping_lines(session))
        raise click.UsageError(f"There is no mapping {name}. There are: {names}.") from None


def _take_over(session: Session, upload: CheckedTable, prospect: Prospect) -> None:
    """Keep the file and make its cases in one transaction; a failure leaves neither."""
    from flask import current_app

    from youthcourt import clock
    from youthcourt.audit.domain import SYSTEM
    from youthcourt.cases.services.imports import (
        Ready,
        Source,
        note_trial,
        shape_of,
        start_run,
        take_over,
    )
    from youthcourt.cases.telling import wording

    folder = current_app.extensions["youthcourt.config"].files_dir
    hand: dict[str, Any] = {"actor": SYSTEM, "now": clock.now()}
    try:
        run = start_run(session, upload=upload, folder=folder, **hand)
        note_trial(session, run_id=run.id, mapping=prospect.mapping, plan=prospect.plan, **hand)
        source = Source(
            run_id=run.id,
            mapping_id=run.mapping_id,
            filename=upload.safe_name,
            data=upload.data,
            file_digest=upload.sha256,
            shape=shape_of(run),
        )
        ready = Ready(source=source, prospect=prospect)
        with Bar("Making cases", len(prospect.plan.cases)) as bar:
            take_over(session, ready=ready, wording=wording(), progress=bar.move, **hand)
        session.commit()
    except BaseException:
        session.rollback()
        raise


def _write_report(path: Path, upload: CheckedTable, plan: ImportPlan) -> None:
    """Write the rows left aside, readable for the owner alone: they tell of young people."""
    from youthcourt.cases.telling import aside_header, aside_rows
    from youthcourt.files.sheets import csv_bytes

    assert upload.table is not None  # noqa: S101 -- checked before
    path.touch(mode=0o600)
    path.write_bytes(csv_bytes(aside_rows(upload.table, plan), aside_header(upload.table)))


def _told(plan: ImportPlan, done: str) -> dict[str, Any]:
    return {
        "ok": plan.refused == 0,
        "done": done,
        "rows": {
            "read": plan.read,
            "imported": plan.imported,
            "merged": plan.merged,
            "refused": plan.refused,
            "blank": plan.blank,
        },
        "cases": plan.case_count,
        "incidents": plan.incidents,
        "incidents_with_companions": plan.incidents_with_companions,
        "charges_added_to_known_cases": len(plan.additions),
        "refused_because": dict(plan.refusal_counts),
        "merged_because": dict(plan.merged_counts),
    }


def _in_words(told: dict[str, Any]) -> str:
    rows, cases = told["rows"], told["cases"]
    first = {
        "dry_run": f"Nothing was written. Cases it would make: {cases}.",
        "nothing_new": "Nothing was written: all that can be used is on record already.",
        "taken_over": f"The file is taken over. New cases: {cases}.",
    }[told["done"]]
    sum_of_rows = " + ".join(f"{what} {rows[what]}" for what in list(rows)[1:])
    companions = told["incidents_with_companions"]
    lines = [
        first,
        f"Rows read: {rows['read']} = {sum_of_rows}.",
        f"Incidents with a number: {told['incidents']}, with companions: {companions}.",
    ]
    if rows["refused"]:
        lines.append("Rows were refused; --report OUT.csv writes them with their reasons.")
    return "\n".join(lines)


def _refuse(refusal: CourtRuleBroken, *, as_json: bool) -> NoReturn:
    from youthcourt.cases.telling import reason_text

    said = reason_text(refusal)
    if as_json:
        click.echo(json.dumps({"ok": False, "done": "refused", "code": refusal.code, "told": said}))
    else:
        click.echo(said, err=True)
    sys.exit(1)
