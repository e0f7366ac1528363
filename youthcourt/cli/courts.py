"""``youthcourt courts``: make a court, and look at the rules it can start from."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from flask import Flask
    from sqlalchemy.orm import Session

    from youthcourt.courts.domain import Policy

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def command() -> None:
    """Make a court, and look at the rules it can start from."""


@command.command()
@click.option("--name", required=True, help="Name of the programme, as staff know it.")
@click.option("--slug", required=True, help="Short name for commands, such as elm-street.")
@click.option("--zone", required=True, help="Time zone of its place, such as America/New_York.")
@click.option("--preset", "preset_name", metavar="NAME", help="Rules that ship with the product.")
@click.option("--policy", type=FILE, help="Rules from a file of your own, instead of a preset.")
@click.option(
    "--phone-name",
    default="Sessions",
    show_default=True,
    help="What stands on jurors' phones; it never says what the programme is.",
)
@click.option(
    "--sender-name",
    default="Sessions office",
    show_default=True,
    help="Who messages come from; neutral as well.",
)
@click.option("--json", "as_json", is_flag=True, help="Tell it to another program.")
def create(
    name: str,
    slug: str,
    zone: str,
    preset_name: str | None,
    policy: Path | None,
    phone_name: str,
    sender_name: str,
    as_json: bool,  # noqa: FBT001 -- click's way
) -> None:
    """Make a court and print a one-time code for its first administrator.

    With the code they choose name, e-mail address and password in the browser.  It works once,
    for three days, and is shown this once; 'youthcourt accounts invite' makes another one.

    Example: youthcourt courts create --name "Elm Street Youth Court" --slug elm-street
    --zone America/New_York --preset dc-time-dollar
    """
    from youthcourt import create_app

    rules = _rules(preset_name, policy)
    names = {"name": name, "phone_name": phone_name, "sender_name": sender_name}
    app = create_app()
    told = _create(app, rules, slug=slug, zone=zone, names=names)
    if as_json:
        click.echo(json.dumps(told))
        return
    click.echo(f"{name} is there, with the rules of {told['policy']}.")
    if told["assumed"]:
        click.echo(
            f"{told['assumed']} settings are stated by no source and were assumed: they are "
            "marked on the page Court rules. Read them before the first evening."
        )
    from youthcourt.cli.accounts import tell_code

    tell_code(told["code"], link=told["link"], whose="The first administrator")


def _rules(preset_name: str | None, path: Path | None) -> Policy:
    from youthcourt.courts.domain import PRESETS, load_policy, preset

    if (preset_name is None) == (path is None):
        raise click.UsageError(
            f"Give one of --preset and --policy. The presets are: {', '.join(PRESETS)}."
        )
    return load_policy(path) if path is not None else preset(str(preset_name))


def _create(
    app: Flask, rules: Policy, *, slug: str, zone: str, names: dict[str, str]
) -> dict[str, Any]:
    from youthcourt import clock
    from youthcourt.accounts.domain import Role, in_groups
    from youthcourt.accounts.invitations import invite
    from youthcourt.audit.domain import SYSTEM
    from youthcourt.cli.accounts import link_of, upgraded
    from youthcourt.courts.domain import assumed_paths, check_zone
    from youthcourt.courts.services import create_court

    check_zone(zone)
    now = clock.now()
    with app.app_context():
        session: Session = upgraded()
        court = create_court(
            session,
            slug=slug,
            name=names["name"],
            phone_name=names["phone_name"],
            sender_name=names["sender_name"],
            time_zone=zone,
            policy=rules,
            in_force_from=clock.today(zone),
            actor=SYSTEM,
            now=now,
        )
        code = invite(session, court_id=court.id, role=Role.ADMINISTRATOR, now=now)
        session.commit()
    return {
        "court": slug,
        "policy": rules.name,
        "assumed": len(assumed_paths(rules)),
        "code": in_groups(code),
        "link": link_of(app, code),
    }


@command.command()
@click.option("--json", "as_json", is_flag=True, help="Tell it to another program.")
def presets(as_json: bool) -> None:  # noqa: FBT001 -- click's way
    """List the rules that ship with the product, each of a real programme.

    Example: youthcourt courts presets
    """
    from youthcourt.courts.domain import PRESETS, assumed_paths, preset

    found = [
        {
            "preset": name,
            "name": rules.name,
            "place": ", ".join(filter(None, (rules.place, rules.state))),
            "as_of": rules.as_of,
            "assumed": len(assumed_paths(rules)),
        }
        for name, rules in ((name, preset(name)) for name in PRESETS)
    ]
    if as_json:
        click.echo(json.dumps(found))
        return
    for row in found:
        click.echo(
            f"{row['preset']:16} {row['name']} ({row['place']}), as of {row['as_of']}; "
            f"{row['assumed']} settings assumed"
        )


@command.group("policy")
def policy_group() -> None:
    """Look at rules in a file."""


@policy_group.command()
@click.argument("file", type=FILE)
@click.option("--json", "as_json", is_flag=True, help="Tell it to another program.")
def check(file: Path, as_json: bool) -> None:  # noqa: FBT001 -- click's way
    """Tell every mistake in a file of rules, with its place and what is allowed.

    Ends with 0 when there is none and with 1 when there is one.

    Example: youthcourt courts policy check elm-street.toml
    """
    from youthcourt.courts.domain import policy_problems, read_document

    problems = policy_problems(read_document(file))
    if as_json:
        found = [{"place": p.place, "message": p.message} for p in problems]
        click.echo(json.dumps({"ok": not problems, "problems": found}))
    for problem in () if as_json else problems:
        click.echo(f"{problem.place or file.name}: {problem.message}")
    if not problems and not as_json:
        click.echo(f"{file.name}: no mistakes.")
    sys.exit(1 if problems else 0)


@policy_group.command("print")
@click.argument("preset_name", metavar="PRESET")
def print_preset(preset_name: str) -> None:
    """Print the rules of a preset as a file to start your own from.

    Example: youthcourt courts policy print dc-time-dollar > elm-street.toml
    """
    from youthcourt.courts.domain import dump_policy, preset

    click.echo(dump_policy(preset(preset_name)), nl=False)
