"""What keeping, handing out and removing files promises."""

from __future__ import annotations

import hashlib
import re
import uuid
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from tests.fixtures.app import NOW, SmallCourt, add_court
from youthcourt.accounts.domain import Role
from youthcourt.audit.domain import Subject
from youthcourt.audit.models import AuditEntry
from youthcourt.db import set_court
from youthcourt.errors import NotFound
from youthcourt.files.models import StoredFile
from youthcourt.files.removal import RemovalReason
from youthcourt.files.services import keep_file, read_file, remove_file

DATA = b"%PDF-1.7 what the officer wrote"
CASE = uuid.UUID(int=5)


@pytest.fixture
def folder(app: Flask) -> Path:
    """The folder of files of the application under test."""
    path: Path = app.extensions["youthcourt.config"].files_dir
    return path


@pytest.fixture
def client(browser):
    """The coordinator's browser."""
    return browser(Role.COORDINATOR)


def keep(session: Session, court: SmallCourt, folder: Path, name="report.pdf") -> StoredFile:
    """Keep a file with a case."""
    return keep_file(
        session,
        data=DATA,
        filename=name,
        content_type="application/pdf",
        sha256=hashlib.sha256(DATA).hexdigest(),
        subject=Subject(kind="case", id=CASE, case_id=CASE),
        folder=folder,
        actor=court.actor,
        now=NOW,
    )


def on_disk(folder: Path) -> list[Path]:
    """Every file in the folder."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


def remove(session: Session, court: SmallCourt, folder: Path, file_id: uuid.UUID) -> None:
    """Remove a file."""
    remove_file(
        session,
        file_id=file_id,
        folder=folder,
        reason=RemovalReason.WRONG_FILE,
        actor=court.actor,
        now=NOW,
    )


def test_a_file_comes_back_as_it_was_and_lies_encrypted(session, court, folder) -> None:
    """Neither its name nor its words can be read on the disk or in the database."""
    stored = keep(session, court, folder, name="José Núñez.pdf")
    session.commit()
    (path,) = on_disk(folder)
    assert b"officer" not in path.read_bytes()
    assert "Núñez" not in path.name
    assert path.stat().st_mode & 0o077 == 0
    assert "Núñez" not in str(session.execute(sa.text("SELECT * FROM stored_files")).one())
    again, data = read_file(session, file_id=stored.id, folder=folder)
    assert (again.filename, data) == ("José Núñez.pdf", DATA)


def test_a_rollback_leaves_no_file_behind(session, court, folder) -> None:
    """What was not committed is not on the disk either."""
    keep(session, court, folder)
    assert len(on_disk(folder)) == 1
    session.rollback()
    assert on_disk(folder) == []


def test_a_file_is_gone_only_when_its_removal_is_committed(session, court, folder) -> None:
    """A removal that was taken back takes no bytes, not even with the session's next commit."""
    stored = keep(session, court, folder)
    session.commit()
    file_id = stored.id
    remove(session, court, folder, file_id)
    assert len(on_disk(folder)) == 1
    session.rollback()
    keep(session, court, folder)
    session.commit()
    assert len(on_disk(folder)) == 2
    assert read_file(session, file_id=file_id, folder=folder)[1] == DATA
    remove(session, court, folder, file_id)
    session.commit()
    assert len(on_disk(folder)) == 1
    for act in (read_file, remove_file):
        with pytest.raises(NotFound):
            act(
                session,
                file_id=file_id,
                folder=folder,
                **({} if act is read_file else {"actor": court.actor, "now": NOW}),
            )
    last = session.scalars(sa.select(AuditEntry).where(AuditEntry.act == "file_removed")).one()
    assert (last.case_id, last.params) == (CASE, {"reason": "wrong_file"})


def test_another_courts_file_is_absent(session, court, folder) -> None:
    """Its key alone opens nothing elsewhere."""
    stored = keep(session, court, folder)
    file_id = stored.id
    session.commit()
    session.expunge_all()
    other = add_court(session, slug="fl-charlotte", name="Oak")
    set_court(session, other.id)
    with pytest.raises(NotFound):
        read_file(session, file_id=file_id, folder=folder)
    with pytest.raises(NotFound):
        remove(session, other, folder, file_id)


def test_a_file_is_handed_out_to_be_saved_never_to_be_shown(client, session, court, folder) -> None:
    """Any name arrives (RFC 6266), the browser neither guesses nor runs, and the read is noted."""
    stored = keep(session, court, folder, name="Bericht Núñez 报告.pdf")
    session.commit()
    answer = client.get(f"/files/{stored.id}")
    assert answer.data == DATA
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"
    shown = answer.headers["Content-Disposition"]
    assert shown.startswith("attachment;")
    assert "filename*=UTF-8''Bericht%20N%C3%BA%C3%B1ez%20%E6%8A%A5%E5%91%8A.pdf" in shown
    read = session.scalars(sa.select(AuditEntry).where(AuditEntry.act == "read")).one()
    assert (read.subject, read.subject_id, read.case_id) == ("file", stored.id, CASE)


def test_a_file_is_removed_on_purpose_and_with_a_reason(client, session, court, folder) -> None:
    """The page asks first; afterwards the file is absent for everybody."""
    stored = keep(session, court, folder)
    session.commit()
    url = f"/files/{stored.id}/remove"
    asked = client.get(url)
    found = re.search(r'name="csrf_token" value="([^"]+)"', asked.text)
    assert found is not None
    assert "report.pdf" in asked.text
    form = {"csrf_token": found.group(1)}
    assert client.post(url, data={**form, "reason": ""}).status_code == 422
    assert client.get(f"/files/{stored.id}").status_code == 200
    assert client.post(url, data={**form, "reason": "duplicate"}).status_code == 303
    assert client.get(f"/files/{stored.id}").status_code == 404
    assert client.get(url).status_code == 404
    assert on_disk(folder) == []


def test_only_those_who_may_read_cases_get_files(browser, session, court, folder) -> None:
    """The evening desk does not hand out referral packets."""
    stored = keep(session, court, folder)
    session.commit()
    for role in (Role.CLERK, Role.EVALUATOR):
        assert browser(role).get(f"/files/{stored.id}").status_code == 403
