"""The guide "Start on Monday", walked as it stands: its own commands, from nothing to a restore."""

from __future__ import annotations

import configparser
import hashlib
import http.cookiejar
import json
import re
import shlex
import shutil
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import click
import pytest

from tests.fixtures.app import PASSWORD
from tests.fixtures.served import PROGRAM, environment, free_port
from youthcourt.cli import group

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "guides" / "start.md"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
HERE = "127.0.0.2"
END = "--- end of block"
LONGEST = 300

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the guide is for a Unix shell")


def blocks(kind: str, text: str | None = None) -> list[str]:
    """Return the code blocks of a kind in the order of the guide."""
    guide = GUIDE.read_text(encoding="utf-8") if text is None else text
    return [body for name, body in BLOCK.findall(guide) if name == kind]


def commands_in(text: str) -> Iterator[list[str]]:
    """Yield the words after ``youthcourt`` of every command in a block."""
    for line in text.splitlines():
        found = re.search(r"(?:^|[\s/;=])youthcourt (?!keys new >)(\w.*)$", line)
        if found and not line.startswith(("#", "Description", "sudo")):
            yield shlex.split(found.group(1))


def faults_of(words: list[str]) -> str | None:
    """Return what the program says against a command as it is written, or None."""
    command: click.Command = group
    rest = list(words)
    while isinstance(command, click.Group):
        found = command.get_command(click.Context(command), rest.pop(0)) if rest else None
        if found is None:
            return f"{' '.join(words)}: there is no such command"
        command = found
    try:
        command.make_parser(click.Context(command)).parse_args(rest)
    except click.UsageError as error:
        return f"{' '.join(words)}: {error.format_message()}"
    return None


class Shell:
    """One terminal, as the reader of the guide has it."""

    def __init__(self, home: Path, checkout: Path) -> None:
        kept = environment({"HOME": str(home)})
        self._bash = subprocess.Popen(
            ["bash", "--norc"],
            cwd=checkout,
            env=kept,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            bufsize=1,
        )

    def run(self, block: str) -> str:
        """Type a block, and return what it printed; every line has to end well."""
        assert self._bash.stdin is not None
        assert self._bash.stdout is not None
        self._bash.stdin.write(f"set -e\n{block}\nset +e\necho '{END}'\n")
        self._bash.stdin.flush()
        told: list[str] = []
        for line in self._bash.stdout:
            if line.startswith(END):
                return "".join(told)
            told.append(line)
        raise AssertionError(f"{block}\nfailed:\n{''.join(told)}")

    def close(self) -> None:
        """End what is running in it, then the terminal."""
        with suppress(AssertionError, BrokenPipeError):  # it has ended by itself
            self.run("for job in $(jobs -p); do kill $job; done; wait")
        assert self._bash.stdin is not None
        assert self._bash.stdout is not None
        with suppress(BrokenPipeError):
            self._bash.stdin.close()
        self._bash.stdout.close()
        self._bash.wait(60)


class Visitor:
    """A browser on the office network that trusts the file for the tablets."""

    def __init__(self, base: str, authority: Path) -> None:
        self.base = base
        context = ssl.create_default_context(cafile=str(authority))
        self._open = urllib.request.build_opener(
            urllib.request.ProxyHandler({}),
            urllib.request.HTTPSHandler(context=context),
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()),
        )
        self.page, self.address = "", ""

    def get(self, path: str) -> str:
        """Open a page."""
        return self._read(urllib.request.Request(self.base + path))

    def send(self, path: str, **typed: str) -> str:
        """Send the form of the page that is open."""
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', self.page)
        assert found, self.page
        data = urllib.parse.urlencode({"csrf_token": found.group(1), **typed}).encode()
        return self._read(urllib.request.Request(self.base + path, data=data))

    def _read(self, request: urllib.request.Request) -> str:
        try:
            with self._open.open(request, timeout=60) as answer:
                self.page, self.address = answer.read().decode(), answer.url
        except urllib.error.HTTPError as refused:
            with refused:
                self.page, self.address = refused.read().decode(), refused.url
        return self.page


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The folder of the program with an environment that is ready."""
    root = tmp_path / "program"
    (root / "scripts").mkdir(parents=True)
    for name in ("Makefile", "pyproject.toml", "requirements.txt", "requirements-dev.txt"):
        shutil.copy(ROOT / name, root)
    shutil.copy(ROOT / "scripts" / "bootstrap.py", root / "scripts")
    folder = root / ".venv" / "bin"
    folder.mkdir(parents=True)
    (root / ".venv" / "pyvenv.cfg").touch()
    for name, words in (("youthcourt", f'-c "{PROGRAM}"'), ("python", "")):
        path = folder / name
        path.write_text(f'#!/bin/sh\nexec "{sys.executable}" {words} "$@"\n', encoding="utf-8")
        path.chmod(0o755)
    (folder / "activate").write_text(f'PATH="{folder}:$PATH"\n', encoding="utf-8")
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8").split("[tool.ruff]")[0]
    stamp = {
        "python": ".".join(map(str, sys.version_info[:3])),
        "root": str(root),
        "project": hashlib.sha256(text.encode()).hexdigest(),
        "runtime": hashlib.sha256((root / "requirements.txt").read_bytes()).hexdigest(),
        "dev": None,
    }
    (root / ".venv" / "youthcourt-stamp.json").write_text(json.dumps(stamp), encoding="utf-8")
    return root


@pytest.fixture
def shell(tmp_path: Path, checkout: Path) -> Iterator[Shell]:
    """A terminal in that folder, with a home of its own."""
    home = tmp_path / "home"
    home.mkdir()
    opened = Shell(home, checkout)
    yield opened
    opened.close()


def typed_here(block: str, port: int, log: Path) -> str:
    """Return a block with the address and port of this test; what goes on runs behind."""
    block = block.replace("ADDRESS=192.168.1.20", f"ADDRESS={HERE}").replace("8443", str(port))
    lines = [
        f"{line} > '{log}' 2>&1 &" if line.startswith("youthcourt serve") else line
        for line in block.splitlines()
    ]
    return "\n".join(lines)


def wait_until(log: Path, word: str) -> None:
    """Return once the program has said something."""
    for _ in range(LONGEST * 5):
        if log.exists() and word in log.read_text(encoding="utf-8"):
            return
        time.sleep(0.2)
    raise AssertionError(log.read_text(encoding="utf-8"))


def connected(visitor: Visitor, path: str) -> str:
    """Open a page as soon as somebody listens."""
    for _ in range(LONGEST * 5):
        try:
            return visitor.get(path)
        except urllib.error.URLError as error:
            if not isinstance(error.reason, ConnectionRefusedError):
                raise
            time.sleep(0.2)
    raise AssertionError("nobody listens")


def test_the_guide_leads_from_nothing_to_a_restored_backup(shell: Shell, tmp_path: Path) -> None:
    """Every box of the guide, in its order, on an address of the network and over HTTPS."""
    port, log = free_port("0.0.0.0"), tmp_path / "serve.log"
    told: list[str] = [shell.run("make install")]
    assert "youthcourt, version" in told[0]
    visitor: Visitor | None = None
    page, code = "", ""
    for block in blocks("sh"):
        told.append(shell.run(typed_here(block, port, log)))
        if "courts create" in block:
            link = re.search(rf"https://{re.escape(HERE)}:{port}(/join/)#(\w{{16}})", told[-1])
            assert link, told[-1]
            page, code = link.groups()
        if "serve" in block:
            wait_until(log, f"listens on https://{HERE}:{port}")
            authority = tmp_path / "home" / "youthcourt" / "data" / "tls" / "for-tablets.crt"
            visitor = Visitor(f"https://{HERE}:{port}", authority)
            connected(visitor, page)
            joins(visitor, code)
    assert visitor is not None
    everything = "".join(told)
    assert "Written, read back and found whole." in everything
    assert "Restored; every row and file arrived as it was." in everything
    assert "elm-street: everything is as it must be." in everything
    assert not (tmp_path / "home" / "youthcourt-drill").exists()
    health = visitor.get("/upkeep/")
    for words in (
        "Is everything well?",
        "They last ran on",
        "The last one was made and read back on",
        "Sign-ins travel over encrypted connections only.",
    ):
        assert words in health
    assert 'class="status status-problem"' not in health
    secrets = [code, PASSWORD]
    assert not [word for word in secrets if word in log.read_text(encoding="utf-8")]


def joins(visitor: Visitor, code: str) -> None:
    """Make the first administrator's account, once, and sign in again with it."""
    assert "You join Elm Street Youth Court as: Administrator." in visitor.send("/join/", code=code)
    kim = {"name": "Kim Doe", "email": "kim@elm.example", "password": PASSWORD}
    visitor.send("/join/", code=code, **kim)
    assert visitor.address.endswith("/today")
    visitor.send("/account/sign-out")
    visitor.get("/join/")
    assert "This code opens nothing." in visitor.send("/join/", code=code, **kim)
    visitor.get("/account/sign-in")
    visitor.send("/account/sign-in", email=kim["email"], password=PASSWORD)
    assert visitor.address.endswith("/today")


def test_timers_and_services_start_what_the_program_knows() -> None:
    """Each unit and each line of cron calls a command with options that are there."""
    called = [w for kind in ("ini", "cron") for text in blocks(kind) for w in commands_in(text)]
    assert [words[0] for words in called] == ["serve", "jobs", "backup", "jobs", "backup"]
    assert [fault for words in called if (fault := faults_of(words))] == []


def test_the_units_are_whole_and_those_that_are_started_are_there() -> None:
    """Named, with what systemd needs, and the timer has its service."""
    units = {}
    for text in blocks("ini"):
        name = text.splitlines()[0].removeprefix("# /etc/systemd/system/")
        parser = configparser.ConfigParser(interpolation=None)
        parser.optionxform = str  # type: ignore[assignment,method-assign]
        parser.read_string(text)
        units[name] = parser
        assert parser["Unit"]["Description"]
    for name in units:
        if name.endswith(".timer"):
            assert name.replace(".timer", ".service") in units
    (start,) = blocks("console")
    started = start.split("--now ")[1].split()
    assert set(started) <= units.keys()
    assert all(units[name].has_section("Install") for name in started)


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
def test_systemd_finds_no_fault_in_the_units(tmp_path: Path) -> None:
    """With a user and a program that are there."""
    paths = []
    for text in blocks("ini"):
        name = text.splitlines()[0].rsplit("/", 1)[1]
        path = tmp_path / name
        there = re.sub(r"/srv/court/program/\S+/youthcourt", sys.executable, text)
        path.write_text(there.replace("User=court", "User=root"), encoding="utf-8")
        paths.append(str(path))
    ended = subprocess.run(
        ["systemd-analyze", "verify", *paths], capture_output=True, text=True, check=False
    )
    assert [line for line in ended.stderr.splitlines() if str(tmp_path) in line] == []


# Planted faults ------------------------------------------------------------------------------


def test_a_command_that_is_not_there_is_noticed() -> None:
    """A renamed command, a missing option, in a cron line and in a unit."""
    lines = (
        "* * * * * ~/program/.venv/bin/youthcourt jobs walk",
        "ExecStart=/x/youthcourt serve --hots 1",
    )
    found = [faults_of(words) for line in lines for words in commands_in(line)]
    assert found[0] == "jobs walk: there is no such command"
    assert found[1] is not None
    assert "--hots" in found[1]


def test_a_box_that_fails_is_noticed(shell: Shell) -> None:
    """Also one whose last line ends well."""
    with pytest.raises(AssertionError, match="no-such-word"):
        shell.run("no-such-word\ntrue")
