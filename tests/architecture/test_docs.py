"""Settings, roles, permissions and commands are documented, and nothing else is."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from config import PREFIX, Config
from tests.fixtures.house import dictionary
from tests.fixtures.house.commands import PAGE, commands, commands_page, faults_of
from tests.fixtures.world import JUROR
from youthcourt.accounts.access import JUROR_PERMISSIONS, PERMISSIONS
from youthcourt.accounts.domain import Role
from youthcourt.web.access import Permission

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
SETTING = re.compile(rf"`({PREFIX}\w+)`")
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")
ROLES = (*(role.value for role in Role), JUROR)


def text_of(name: str) -> str:
    """Return a page of the documentation."""
    return (DOCS / name).read_text(encoding="utf-8")


def table_of(text: str, first: str) -> list[list[str]]:
    """Return the rows of the table whose first heading is ``first``."""
    lines = text.split(f"| {first} |", 1)[1].splitlines()[2:]
    rows = []
    for line in lines:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows


def settings_in(text: str) -> set[str]:
    """Return the settings that the table of a page names."""
    return {name for row in table_of(text, "variable") for name in SETTING.findall(row[0])}


def roles_in(text: str) -> dict[str, dict[str, str]]:
    """Return permission -> role -> yes or no, as a page says."""
    heads = text.split("| permission |", 1)[1].splitlines()[0].strip(" |").split("|")
    names = [head.strip() for head in heads][1:]
    return {
        row[0].strip("`"): dict(zip(names, row[2:], strict=True))
        for row in table_of(text, "permission")
    }


def roles_that_hold() -> dict[str, dict[str, str]]:
    """Return permission -> role -> yes or no, as the program decides."""
    held = {role.value: permissions for role, permissions in PERMISSIONS.items()}
    held[JUROR] = JUROR_PERMISSIONS
    return {
        permission.value: {role: "yes" if permission in held[role] else "no" for role in ROLES}
        for permission in Permission
    }


def test_every_setting_is_documented_and_nothing_else() -> None:
    """The table of docs/configuration.md has the settings of config.py."""
    assert settings_in(text_of("configuration.md")) == {
        PREFIX + name.upper() for name in Config.__dataclass_fields__
    }


def test_documented_defaults_are_true() -> None:
    """A plain default of a setting stands in the page as it is in the program."""
    for row in table_of(text_of("configuration.md"), "variable"):
        names = SETTING.findall(row[0])
        defaults = [part.strip().strip("`") for part in row[1].split(",")]
        for name, told in zip(names, defaults, strict=False):
            field = Config.__dataclass_fields__[name.removeprefix(PREFIX).lower()]
            if isinstance(field.default, bool | int) or (field.default and "`" in row[1]):
                assert str(field.default).lower() == told, name


def test_every_role_and_permission_is_documented_as_it_is() -> None:
    """Both tables of docs/roles.md: the roles, and each permission with who has it."""
    page = text_of("roles.md")
    assert [row[0].strip("`") for row in table_of(page, "role")] == list(ROLES)
    assert roles_in(page) == roles_that_hold()
    assert all(row[1] for row in table_of(page, "permission"))


def test_the_page_of_commands_is_what_the_program_says() -> None:
    """Each command with its options; `python -m tests.fixtures.house.commands` writes it."""
    assert PAGE.read_text(encoding="utf-8") == commands_page()


def test_the_data_dictionary_is_what_the_tables_say() -> None:
    """Every column has a meaning, every meaning a column, and the page holds them all."""
    assert not list(dictionary.faults())
    assert dictionary.PAGE.read_text(encoding="utf-8") == dictionary.dictionary_page()


def test_a_column_nobody_explains_is_found(monkeypatch) -> None:
    """The planted fault: a meaning is left out, another speaks of no column."""
    known = dictionary.meanings()
    del known["cases"]["narrative"]
    known["cases"]["colour"] = "Its colour."
    monkeypatch.setattr(dictionary, "meanings", lambda: known)
    assert list(dictionary.faults()) == [
        "cases.narrative has no meaning",
        "[cases] colour: there is no such column",
    ]


def test_every_command_tells_how_it_is_used() -> None:
    """An example for each, and words for each option."""
    faults = [fault for path, command in commands() for fault in faults_of(path, command)]
    assert not faults, "\n".join(faults)


def dead_links(page: Path, text: str) -> list[str]:
    """Return the links of a page to files that are not there."""
    return [link for link in LINK.findall(text) if not (page.parent / link).exists()]


@pytest.mark.parametrize(
    "page", [*sorted(ROOT.glob("*.md")), *sorted(DOCS.rglob("*.md"))], ids=lambda p: p.name
)
def test_links_between_the_pages_lead_somewhere(page: Path) -> None:
    """Every relative link names a file that exists."""
    assert dead_links(page, page.read_text(encoding="utf-8")) == []


# Planted faults ------------------------------------------------------------------------------


def test_a_setting_too_few_and_one_too_many_are_noticed() -> None:
    """A row that is gone, and a row for what is not there."""
    page = text_of("configuration.md")
    known = settings_in(page)
    assert settings_in(page.replace(f"{PREFIX}SMTP_HOST", f"{PREFIX}SMTP_HORSE")) != known
    shorter = "\n".join(line for line in page.splitlines() if "PROXY_COUNT" not in line)
    assert settings_in(shorter) == known - {f"{PREFIX}PROXY_COUNT"}


def test_a_wrong_cell_and_a_missing_permission_are_noticed() -> None:
    """One yes turned to no, and one row less."""
    page = text_of("roles.md")
    line = next(line for line in page.splitlines() if line.startswith("| `draw`"))
    assert roles_in(page.replace(line, line.replace("yes", "no", 1))) != roles_that_hold()
    assert roles_in(page.replace(line + "\n", "")) != roles_that_hold()


def test_a_command_without_words_is_noticed() -> None:
    """No example, and an option nobody explains."""

    @click.command()
    @click.option("--loud", is_flag=True)
    def shout(loud: bool) -> None:
        """Shout."""

    assert list(faults_of("youthcourt shout", shout)) == [
        "youthcourt shout: its help gives no example that begins with 'Example: youthcourt shout'",
        "youthcourt shout: --loud has no help",
    ]


def test_a_dead_link_is_noticed() -> None:
    """A page that was renamed."""
    assert dead_links(DOCS / "x.md", "[a](gone.md) [b](roles.md#x) [c](https://x.example)") == [
        "gone.md"
    ]
