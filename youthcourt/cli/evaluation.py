"""``youthcourt evaluation``: the file for research from the command line."""

from __future__ import annotations

import json
import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from youthcourt.cli.progress import Bar

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from youthcourt.errors import CourtRuleBroken
    from youthcourt.evaluation.domain import CohortChoice

# The values of closed lists, written here so that --help loads nothing heavy.
STARTS = ("first_scheduled", "admission", "heard", "closed")
FILTERS = ("everybody", "accepted", "heard", "completed", "without_completion")
KINDS = ("referral", "arrest", "charge", "adjudication", "confinement")
BASES = ("offence", "event")
SHARES = ("searched", "known")
DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def command() -> None:
    """Hand out what an evaluation needs."""


@command.command()
@click.option("--court", "slug", required=True, metavar="SLUG", help="Short name of the court.")
@click.option("--from", "first", required=True, type=DAY, help="First day of the start.")
@click.option("--to", "last", required=True, type=DAY, help="Last day of the start, included.")
@click.option(
    "--time-zero",
    "start",
    type=click.Choice(STARTS),
    default=STARTS[0],
    help="The day follow-up is counted from.",
)
@click.option("--who", type=click.Choice(FILTERS), default=FILTERS[0], help="Whom to look at.")
@click.option(
    "--months", type=int, multiple=True, help="A window; again for more. Else those of the rules."
)
@click.option(
    "--event",
    "kinds",
    type=click.Choice(KINDS),
    multiple=True,
    help="What counts as a later offence; again for more. Else all.",
)
@click.option(
    "--by", "basis", type=click.Choice(BASES), default=BASES[0], help="Which day decides."
)
@click.option(
    "--share", type=click.Choice(SHARES), default=SHARES[0], help="Who is below the line."
)
@click.option("--as-of", type=DAY, help="The day as of which windows are over; else today.")
@click.option(
    "--out",
    required=True,
    metavar="FILE.zip",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to write it; a file that is there is not overwritten.",
)
@click.option("--json", "as_json", is_flag=True, help="Tell it to another program.")
def export(
    slug: str,
    out: Path,
    as_of: datetime | None,
    as_json: bool,  # noqa: FBT001 -- click's way
    **asked: Any,
) -> None:
    """Write the file for research: a row for each person, without names but re-identifiable.

    The same bytes as the download on the page of follow-up results, for the same day.  It ends
    with 1 when there is nobody in the cohort, when a day cannot be, or when the file is there.
    That it was made is written into the journal.

    Example: youthcourt evaluation export --court elm-street --from 2024-07-01 --to 2025-06-30
    --out study.zip
    """
    from youthcourt import create_app
    from youthcourt.db import db
    from youthcourt.errors import CourtRuleBroken

    app = create_app()
    with app.test_request_context():
        session = db.session()
        try:
            told = _export(session, slug, out, as_of.date() if as_of else None, asked)
        except CourtRuleBroken as refusal:
            session.rollback()
            _refuse(refusal, as_json=as_json)
        except FileExistsError:
            session.rollback()
            _refuse(CourtRuleBroken("file_is_there", "out", file=str(out)), as_json=as_json)
    click.echo(json.dumps(told) if as_json else _in_words(told))


def _export(
    session: Session, slug: str, out: Path, as_of: date | None, asked: dict[str, Any]
) -> dict[str, Any]:
    from youthcourt import clock
    from youthcourt.audit.domain import SYSTEM
    from youthcourt.errors import CourtRuleBroken
    from youthcourt.evaluation.queries import read_cohort
    from youthcourt.evaluation.services import make_research_file, record_research_file
    from youthcourt.people.calendar import court_day

    session.info["writer"] = True
    _choose_court(session, slug)
    now = clock.now()
    today = court_day(session, now)
    choice, day = _choice(session, asked, today=today), as_of or today
    if out.exists():
        raise FileExistsError
    if day > today:
        raise CourtRuleBroken("day_in_future", "as_of")
    read = read_cohort(session, choice=choice, as_of=day)
    with Bar("Making the file", len(read.followed)) as bar:
        made = make_research_file(session, read=read, choice=choice, as_of=day, progress=bar.move)
    record_research_file(session, choice=choice, as_of=day, made=made, actor=SYSTEM, now=now)
    _write(out, made.data)
    session.commit()
    return {
        "ok": True,
        "file": str(out),
        "people": made.people,
        "looked_at": made.considered,
        "as_of": day.isoformat(),
        "sha256": made.digest,
        "marking": "internal: re-identifiable",
    }


def _choose_court(session: Session, slug: str) -> None:
    from youthcourt.courts.queries import court_by_slug
    from youthcourt.db import set_court
    from youthcourt.errors import NotFound

    try:
        set_court(session, court_by_slug(session, slug).id)
    except NotFound:
        raise click.UsageError(f"There is no court with the short name {slug}.") from None


def _choice(session: Session, asked: dict[str, Any], *, today: date) -> CohortChoice:
    from youthcourt.evaluation.domain import (
        CohortChoice,
        CohortFilter,
        Denominator,
        StartChoice,
        period,
    )
    from youthcourt.evaluation.queries import months_offered
    from youthcourt.followups.domain import Basis, Counted, LaterEventKind

    months = months_offered(session, today=today)
    unknown = sorted(set(asked["months"]) - set(months.offered))
    if unknown:
        offered = ", ".join(map(str, months.offered))
        raise click.UsageError(f"--months {unknown[0]} is none of {offered}.")
    return CohortChoice(
        entered=period(asked["first"].date(), asked["last"].date()),
        start=StartChoice(asked["start"]),
        who=CohortFilter(asked["who"]),
        months=tuple(sorted(set(asked["months"]))) or months.usual,
        counted=Counted(
            kinds=frozenset(map(LaterEventKind, asked["kinds"] or KINDS)),
            basis=Basis(asked["basis"]),
        ),
        denominator=Denominator(asked["share"]),
    )


def _write(out: Path, data: bytes) -> None:
    """Write a new file that its owner alone may read; one that is there stays as it is."""
    with out.open("xb") as file:
        out.chmod(0o600)
        file.write(data)


def _in_words(told: dict[str, Any]) -> str:
    return (
        f"{told['file']} is written: {told['people']} people, of {told['looked_at']} cases looked "
        f"at, as of {told['as_of']}.\nIt is {told['marking']}. Keep it where only those named in "
        "the agreement with the court can read it."
    )


def _refuse(refusal: CourtRuleBroken, *, as_json: bool) -> NoReturn:
    from youthcourt.web.i18n import sentence

    said = sentence(refusal.code, **refusal.params)
    if as_json:
        click.echo(json.dumps({"ok": False, "code": refusal.code, "told": said}))
    else:
        click.echo(said, err=True)
    sys.exit(1)
