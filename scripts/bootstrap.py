"""Make ready the virtual environment of this checkout and run one of its commands.

    python3 scripts/bootstrap.py [--dev] COMMAND [ARGUMENT...]

Any Python from 3.8 on may run this file: it looks for one from 3.11 to 3.13 itself (``PYTHON=``
names another), builds ``.venv`` only when it is missing or stale, and then becomes the command.
Exit codes: those of the command; 1 when something has to be installed first; 2 for wrong usage.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, Dict, List, NoReturn, Optional

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "youthcourt-stamp.json"
OLDEST, NEWEST = (3, 11), (3, 13)
NAMES = ("python3.13", "python3.12", "python3.11", "python3", "python")
# Prints version, and whether a virtual environment with pip in it can be made.
PROBE = (
    "import sys, importlib.util as u;"
    "print('%d.%d.%d' % sys.version_info[:3],"
    " all(u.find_spec(m) for m in ('venv', 'ensurepip')))"
)
WINDOWS = os.name == "nt"
BIN = VENV / ("Scripts" if WINDOWS else "bin")


class Python:
    """An interpreter that ran: its path, its version and whether it can make environments."""

    def __init__(self, *, path: str, version: str, complete: bool) -> None:
        self.path = path
        self.version = version
        self.complete = complete

    @property
    def fits(self) -> bool:
        """Say whether the product runs on this version."""
        major, minor = self.version.split(".")[:2]
        return OLDEST <= (int(major), int(minor)) <= NEWEST


def stop(sentence: str) -> NoReturn:
    """End with exit code 1 and one sentence that says what to do."""
    sys.stderr.write(sentence + "\n")
    sys.exit(1)


def probe(path: str) -> Optional[Python]:
    """Return what is behind a path, or None when it does not run as a Python."""
    try:
        answer = subprocess.run(
            [path, "-c", PROBE], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True
        )
        version, complete = answer.stdout.decode().split()
    except (OSError, ValueError, subprocess.CalledProcessError):
        return None
    return Python(path=path, version=version, complete=complete == "True")


def find_python() -> Python:
    """Return the interpreter to build with, or end with the sentence that says what to install."""
    wanted = os.environ.get("PYTHON", "")
    if wanted:
        path = shutil.which(wanted)
        chosen = probe(path) if path else None
        if chosen is None or not chosen.fits:
            found = "is no Python" if chosen is None else "is Python " + chosen.version
            stop("PYTHON=%s %s: name a Python 3.11, 3.12 or 3.13." % (wanted, found))
        found_pythons = [chosen]
    else:
        paths = [path for path in map(shutil.which, NAMES) if path]
        found_pythons = [each for each in map(probe, paths) if each and each.fits]
    for python in found_pythons:
        if python.complete:
            return python
    stop(advice(found_pythons))


def advice(incomplete: List[Python]) -> str:
    """Return the one sentence that names the package to install on this system."""
    if incomplete:
        minor = ".".join(incomplete[0].version.split(".")[:2])
        return (
            "Python %s is here without its venv module: install it (Debian, Ubuntu: "
            "sudo apt install python%s-venv) and run this again." % (minor, minor)
        )
    if sys.platform == "darwin":
        how = "brew install python@3.13, or the installer from python.org"
    elif WINDOWS:
        how = "winget install Python.Python.3.13"
    else:
        how = "Debian, Ubuntu: sudo apt install python3 python3-venv"
    return "Youth Court needs Python 3.11, 3.12 or 3.13: install one (%s) and run this again." % how


def digest(name: str) -> str:
    """Return a fingerprint of a file of the project."""
    return hashlib.sha256((ROOT / name).read_bytes()).hexdigest()


def project_digest() -> str:
    """Return a fingerprint of what pyproject.toml says about installing, not of its checkers."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    return hashlib.sha256(text.split("[tool.ruff]")[0].encode()).hexdigest()


def read_stamp() -> Dict[str, Any]:
    """Return what the environment was last made from; empty when it is not known or broken."""
    python = BIN / ("python.exe" if WINDOWS else "python")
    if not python.exists():
        return {}
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def is_ready(stamp: Dict[str, Any], *, dev: bool) -> bool:
    """Say whether nothing needs to be installed."""
    asked = os.environ.get("PYTHON", "")
    if asked:
        path = shutil.which(asked)
        other = probe(path) if path else None
        if other is None or other.version != stamp.get("python"):
            return False
    if stamp.get("root") != str(ROOT) or stamp.get("project") != project_digest():
        return False
    if stamp.get("runtime") != digest("requirements.txt"):
        return False
    return not dev or stamp.get("dev") == digest("requirements-dev.txt")


def remove_environment() -> None:
    """Remove an environment that cannot be mended, and nothing that is not an environment."""
    if not VENV.exists() and not VENV.is_symlink():
        return
    if VENV.is_symlink() or not (VENV / "pyvenv.cfg").is_file():
        stop("There is a .venv here that is no virtual environment: move it away, then go on.")
    shutil.rmtree(str(VENV))


def pip(*arguments: str) -> None:
    """Run the environment's own pip, silent unless it fails."""
    # A user's pip settings must neither ask questions nor install elsewhere.
    settings = {"PIP_NO_INPUT": "1", "PIP_USER": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    command = [str(BIN / "python"), "-m", "pip", "install", "-qq", *arguments]
    if subprocess.call(command, cwd=str(ROOT), env={**os.environ, **settings}) != 0:
        stop("The libraries could not be installed (reason above): check the network, try again.")


def make_ready(*, dev: bool) -> None:
    """Build or mend the environment; does nothing and says nothing when it is up to date."""
    stamp = read_stamp()
    if is_ready(stamp, dev=dev):
        return
    python = find_python()
    dev = dev or bool(stamp.get("dev"))
    kept = stamp.get("python") == python.version and stamp.get("root") == str(ROOT)
    if not kept:
        remove_environment()
    name = "requirements-dev.txt" if dev else "requirements.txt"
    sys.stderr.write(
        "Installing the libraries of %s into .venv with Python %s; this takes a minute or two, "
        "once.\n" % (name, python.version)
    )
    sys.stderr.flush()
    # Whatever interrupts the work leaves an environment that is known to be unfinished.
    if STAMP.exists():
        STAMP.unlink()
    if not kept and subprocess.call([python.path, "-m", "venv", str(VENV)]) != 0:
        stop("Python %s could not make .venv (reason above)." % python.version)
    pip("--require-hashes", "-r", name)
    pip("--no-deps", "--no-build-isolation", "-e", ".")
    made = {
        "python": python.version,
        "root": str(ROOT),
        "project": project_digest(),
        "runtime": digest("requirements.txt"),
        "dev": digest("requirements-dev.txt") if dev else None,
    }
    STAMP.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")


def become(command: str, arguments: List[str]) -> NoReturn:
    """Hand the terminal over to a command of the environment."""
    found = shutil.which(command, path=str(BIN))
    if found is None:
        sys.stderr.write("There is no command %s in .venv.\n" % command)
        sys.exit(2)
    os.environ["VIRTUAL_ENV"] = str(VENV)
    os.environ["PATH"] = str(BIN) + os.pathsep + os.environ.get("PATH", "")
    if WINDOWS:
        sys.exit(subprocess.call([found, *arguments]))
    os.chdir(str(ROOT))
    os.execv(found, [found, *arguments])


def main(arguments: List[str]) -> NoReturn:
    """Run the file as a command."""
    dev = arguments[:1] == ["--dev"]
    rest = arguments[1:] if dev else arguments
    if not rest or rest[0].startswith("-"):
        sys.stderr.write("usage: bootstrap.py [--dev] COMMAND [ARGUMENT...]\n")
        sys.exit(2)
    make_ready(dev=dev)
    become(rest[0], rest[1:])


if __name__ == "__main__":
    main(sys.argv[1:])
