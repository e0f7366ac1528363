"""``youthcourt jury``: draws from the command line, without a database."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, TextIO

import click

if TYPE_CHECKING:
    from youthcourt.jury.domain import Draw, DrawInput

LARGEST_SEED = 999_999


@click.group()
def command() -> None:
    """Draw juries."""


@command.command()
@click.argument("instance", type=click.File(encoding="utf-8"))
@click.option(
    "--seed",
    type=click.IntRange(1, LARGEST_SEED),
    default=1,
    help="The number that decides between equals.",
)
@click.option("--json", "as_json", is_flag=True, help="Print what another program reads.")
def solve(instance: TextIO, seed: int, as_json: bool) -> None:  # noqa: FBT001 -- click's way
    """Draw the juries of a file that describes a court's sittings and jurors.

    The file may come from a kept draw or from another program; docs/instances.md describes it.
    The same file and seed give the same juries. Ends with 1 when the file cannot be read or a
    seat fixed in it goes against a rule.

    Example: youthcourt jury solve term.json --seed 7 --json
    """
    from youthcourt.jury.domain import check_seats
    from youthcourt.jury.domain.instance import read_instance
    from youthcourt.jury.domain.solving import solve_draw

    read = read_instance(instance.read())
    given = read.given
    draw = solve_draw(given, seed=seed)
    broken = check_seats(
        draw.seats, sittings=given.sittings, jurors=given.jurors, rules=given.rules
    )
    if as_json:
        click.echo(json.dumps({**read.answer(draw), "rules_broken": len(broken)}, indent=1))
    else:
        _tell(draw, given, len(broken))
    sys.exit(1 if broken else 0)


def _tell(draw: Draw, given: DrawInput, broken: int) -> None:
    seats = len(draw.seats)
    click.echo(f"{seats} seats in {len(given.sittings)} sittings, {draw.label}, seed {draw.seed}.")
    for result in draw.reached:
        bound = "unknown" if result.bound is None else str(result.bound)
        proven = "proven" if result.proven else f"bound {bound}"
        click.echo(f"  {result.goal.value:24} {result.value:8}  {proven}")
    short = [one for one in draw.shortfalls if one.to_target or one.to_quorum]
    rooms = {sitting.id: sitting for sitting in given.sittings}
    for one in short:
        room = rooms[one.sitting_id]
        why = ", ".join(f"{code} {count}" for code, count in one.kept_out)
        click.echo(
            f"  {room.on(given.rules.zone)} {room.room}: {one.to_quorum} to quorum, "
            f"{one.to_target} to target ({why})"
        )
    click.echo(f"Hard rules broken: {broken}.")
