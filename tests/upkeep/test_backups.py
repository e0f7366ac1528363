"""Backup and restore: everything comes back, on either engine, or nothing does."""

from __future__ import annotations

import sqlite3
import stat
import threading
import time
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from cryptography.fernet import Fernet
from flask_migrate import downgrade, upgrade

from tests.fixtures.world import NOW
from tests.upkeep.conftest import ENGINES, PASSPHRASE, Home, but_for_what_is_calmed, no_bar
from youthcourt.db import db, newest_revision, present_revision, use_keys
from youthcourt.errors import CourtRuleBroken
from youthcourt.upkeep import snapshot as snapshots
from youthcourt.upkeep.domain import MarkKind
from youthcourt.upkeep.models import UpkeepMark
from youthcourt.upkeep.services import Calmed, note_upkeep, read_backup

CHANGES = (
    "UPDATE audit_entries SET act = 'x'",
    "DELETE FROM credit_transfers",
    "DELETE FROM persons",
    "DELETE FROM courts",
)
"""What triggers and references refuse, in a restored house as in the first."""


def leftovers(folder: Path) -> list[str]:
    """Return what a backup may leave nowhere: unfinished files and copies of the database."""
    return [p.name for p in folder.rglob("*") if p.name.startswith(".")]


@pytest.mark.parametrize("new_home", ENGINES, indirect=True)
def test_a_house_comes_back_on_either_engine(home: Home, new_home: Home, tmp_path: Path) -> None:
    """Rows, files, migration, triggers, and what the check of the ledgers says."""
    before, files = home.rows(), home.files()
    target = tmp_path / "kept.ycbackup"
    written = home.back_up(target)
    assert written.sums.rows == sum(len(rows) for rows in before.values()) > 200
    assert written.sums.files == len(files) > 0
    restored = new_home.restore(target)
    after = new_home.rows()
    assert but_for_what_is_calmed(after) == but_for_what_is_calmed(before)
    assert new_home.files() == files
    assert restored.as_before
    assert restored.calmed.sign_ins_ended > 20
    assert restored.calmed.mails_held == written.sums.queued > 0
    assert restored.problems == written.sums.problems
    assert len(restored.problems) == 3
    with new_home.engine.connect() as connection:
        assert present_revision(connection) == newest_revision()
    for statement in CHANGES:
        with pytest.raises(sa.exc.DBAPIError), new_home.engine.begin() as connection:
            connection.exec_driver_sql(statement)
    assert new_home.rows() == after
    modes = {stat.S_IMODE(p.stat().st_mode) for p in new_home.folder.rglob("files/*/*")}
    assert modes == {0o600}
    assert leftovers(tmp_path) == []


def test_only_its_owner_may_read_a_backup_and_it_shows_nothing(home: Home, tmp_path: Path) -> None:
    """Mode 0600, and no name in clear."""
    target = tmp_path / "kept.ycbackup"
    home.back_up(target)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    for word in (b"Zoraline", b"Quillfeather", b"alembic", b"persons"):
        assert word not in target.read_bytes()


def test_a_backup_takes_the_place_of_no_file(small_home: Home, tmp_path: Path) -> None:
    """Not even of one that comes while it is written."""
    target = tmp_path / "kept.ycbackup"
    target.write_text("dear")
    with pytest.raises(CourtRuleBroken, match="backup_exists"):
        small_home.back_up(target)
    target.unlink()

    def meanwhile(label: str, _length: int):
        if label == "Reading it back":
            target.write_text("dear")
        return lambda _count: None

    with pytest.raises(CourtRuleBroken, match="backup_exists"):
        small_home.back_up(target, phase=meanwhile)
    assert target.read_text() == "dear"
    assert leftovers(tmp_path) == []


@pytest.mark.parametrize("label", ["Writing rows", "Writing files", "Reading it back"])
def test_a_backup_that_is_cut_off_leaves_nothing(
    small_home: Home, tmp_path: Path, label: str
) -> None:
    """No half file under the name, no copy of the database."""

    def fall_over(began: str, _length: int):
        if began == label:
            raise OSError(28, "No space left on device")
        return lambda _count: None

    with pytest.raises(OSError, match="No space"):
        small_home.back_up(tmp_path / "kept.ycbackup", phase=fall_over)
    assert not (tmp_path / "kept.ycbackup").exists()
    assert leftovers(tmp_path) == []


def test_what_cannot_be_read_back_gets_no_name(small_home: Home, tmp_path: Path) -> None:
    """A disk that forgets a byte is noticed before the old backups are thrown away."""
    part = tmp_path / ".kept.ycbackup.part"

    def forget(began: str, _length: int):
        if began == "Reading it back":
            data = bytearray(part.read_bytes())
            data[-20] ^= 1
            part.write_bytes(data)
        return lambda _count: None

    with pytest.raises(CourtRuleBroken, match="backup_damaged"):
        small_home.back_up(tmp_path / "kept.ycbackup", phase=forget)
    assert not (tmp_path / "kept.ycbackup").exists()
    assert leftovers(tmp_path) == []


def test_a_damaged_database_is_not_backed_up_as_if_it_were_whole(
    small_home: Home, tmp_path: Path
) -> None:
    """Rows that point nowhere are told before anything is written over."""
    with closing(sqlite3.connect(str(small_home.engine.url.database))) as raw, raw:
        raw.execute("INSERT INTO rooms (id, name, court_id) VALUES ('a', 'Hall', 'nobody')")
    with pytest.raises(CourtRuleBroken, match="database_loose_rows"):
        small_home.back_up(tmp_path / "kept.ycbackup")
    assert leftovers(tmp_path) == []


def test_a_missing_file_is_told_and_one_removed_on_purpose_is_not(
    home: Home, new_home: Home, tmp_path: Path
) -> None:
    """The backup is made all the same, and says how many are missing."""
    gone = next(p for p in (home.folder / "files").rglob("*") if p.is_file())
    kept = gone.rename(tmp_path / "kept away")
    try:
        assert home.back_up(tmp_path / "one.ycbackup").sums.missing == 1
        note_removed(home, gone.name, NOW.replace(tzinfo=None))
        assert home.back_up(tmp_path / "two.ycbackup").sums.missing == 0
        new_home.restore(tmp_path / "one.ycbackup")
        assert new_home.files() == home.files()
    finally:
        kept.rename(gone)
        note_removed(home, gone.name, None)


def note_removed(home: Home, name: str, when: datetime | None) -> None:
    """Write down that a stored file was removed on purpose, or that it was not."""
    with home.engine.execution_options(writer=True).begin() as connection:
        table = sa.Table("stored_files", sa.MetaData(), autoload_with=connection)
        named = table.c.stored_name == name
        connection.execute(table.update().where(named).values(removed_at=when))


# Restoring into what is not empty, or from what does not fit ------------------------------------


def test_it_is_read_into_an_empty_place_only(home: Home, tmp_path: Path) -> None:
    """Records, or files, are never mixed with those of a backup."""
    target = tmp_path / "kept.ycbackup"
    home.back_up(target)
    before = home.rows()
    with pytest.raises(CourtRuleBroken, match="restore_not_empty"):
        home.restore(target)
    assert home.rows() == before


def test_a_folder_with_files_is_left_alone(new_home: Home, tmp_path: Path) -> None:
    """Files of another house lie there."""
    kept = new_home.folder / "files" / "ab" / "abcd"
    kept.parent.mkdir(parents=True)
    kept.write_text("dear")
    with pytest.raises(CourtRuleBroken, match="restore_files_not_empty"):
        new_home.restore(tmp_path / "none.ycbackup")
    assert kept.read_text() == "dear"


FAULTS = {
    "passphrase": "backup_passphrase_wrong",
    "keys": "backup_other_keys",
    "damaged": "backup_damaged",
    "cut off": "backup_damaged",
}


def test_a_restore_that_fails_leaves_the_place_empty(
    home: Home, new_home: Home, tmp_path: Path
) -> None:
    """Whatever the fault; after it is mended the same restore goes through."""
    target, bad = tmp_path / "kept.ycbackup", tmp_path / "bad.ycbackup"
    home.back_up(target)
    whole = target.read_bytes()
    own = home.app.extensions["youthcourt.config"].encryption_keys
    for fault, expected in FAULTS.items():
        data = bytearray(whole)
        if fault == "damaged":
            data[len(data) - 100] ^= 1
        bad.write_bytes(data[: len(data) // 2] if fault == "cut off" else data)
        use_keys([Fernet.generate_key().decode()] if fault == "keys" else own)
        try:
            with pytest.raises(CourtRuleBroken, match=expected):
                new_home.restore(bad, "another passphrase" if fault == "passphrase" else PASSPHRASE)
        finally:
            use_keys(own)
        assert not any(new_home.rows().values())
        assert new_home.files() == {}
    assert new_home.restore(target).as_before
    assert but_for_what_is_calmed(new_home.rows()) == but_for_what_is_calmed(home.rows())


def test_a_backup_of_an_older_program_is_brought_up_to_date(
    small_home: Home, new_home: Home, tmp_path: Path
) -> None:
    """It is read into tables as they were; the migrations do the rest."""
    with small_home.app.app_context():
        downgrade(revision="0008")
        with db.engine.execution_options(writer=True).begin() as connection:
            connection.exec_driver_sql(
                "INSERT INTO throttles (key, failures, started_at)"
                " VALUES ('k', 3, '2026-03-04 15:00:00.000000')"
            )
    written = small_home.back_up(tmp_path / "old.ycbackup")
    assert written.head.revision == "0008"
    assert written.sums.problems == {}
    restored = new_home.restore(tmp_path / "old.ycbackup")
    assert restored.as_before
    assert new_home.rows()["throttles"] == [[3, "k", "2026-03-04T15:00:00.000000+00:00"]]
    assert restored.calmed == Calmed()
    assert "upkeep_marks" in new_home.rows()
    with new_home.engine.connect() as connection:
        assert present_revision(connection) == newest_revision()


def test_a_backup_of_a_newer_program_is_refused(
    small_home: Home, new_home: Home, tmp_path: Path
) -> None:
    """Its migration is not known here."""
    with small_home.engine.execution_options(writer=True).begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    small_home.back_up(tmp_path / "new.ycbackup")
    with pytest.raises(CourtRuleBroken, match="backup_newer"):
        new_home.restore(tmp_path / "new.ycbackup")


def test_empty_tables_do_not_stand_in_the_way(home: Home, new_home: Home, tmp_path: Path) -> None:
    """Whoever ran 'youthcourt db upgrade' first need not begin again."""
    home.back_up(tmp_path / "kept.ycbackup")
    with new_home.app.app_context():
        upgrade()
    new_home.restore(tmp_path / "kept.ycbackup")
    assert but_for_what_is_calmed(new_home.rows()) == but_for_what_is_calmed(home.rows())


# While others write ------------------------------------------------------------------------------


def test_a_backup_is_one_moment_while_others_write(
    home: Home, new_home: Home, tmp_path: Path
) -> None:
    """Two rows that are always written together are both in it or neither is."""
    stop = threading.Event()
    written: list[int] = []

    def write() -> None:
        number = 0
        engine = home.engine.execution_options(writer=True)
        while not stop.is_set():
            number += 1
            with engine.begin() as connection:
                for side in ("a", "b"):
                    statement = sa.text(
                        "INSERT INTO throttles (key, failures, started_at)"
                        " VALUES (:key, 1, '2026-03-04 15:00:00.000000')"
                    )
                    connection.execute(statement, {"key": f"{side}{number}"})
            written.append(number)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        while len(written) < 3:
            time.sleep(0.05)
        first = len(written)
        content = home.back_up(tmp_path / "kept.ycbackup")
        last = len(written)
    finally:
        stop.set()
        writer.join()
        with home.engine.execution_options(writer=True).begin() as connection:
            connection.exec_driver_sql("DELETE FROM throttles")
    new_home.restore(tmp_path / "kept.ycbackup")
    keys = [str(row[1]) for row in new_home.rows()["throttles"] if str(row[1])[0] in "ab"]
    assert sorted(k[1:] for k in keys if k[0] == "a") == sorted(k[1:] for k in keys if k[0] == "b")
    assert 2 * first <= len(keys) <= 2 * (last + 1)
    assert content.sums.problems == dict.fromkeys(content.sums.problems, 0)


def test_a_copy_that_a_power_cut_left_is_cleared_away(small_home: Home, tmp_path: Path) -> None:
    """It would hold names in clear."""
    left = small_home.folder / f"{snapshots._COPY}old.db"
    left.write_text("names")
    small_home.back_up(tmp_path / "kept.ycbackup")
    assert not left.exists()


# Marks -------------------------------------------------------------------------------------------


def test_a_failed_try_does_not_hide_the_last_good_one(session) -> None:
    """The health page tells both."""
    note_upkeep(session, kind=MarkKind.BACKUP, went_well=True, now=NOW, size=5)
    later = NOW + timedelta(days=1)
    note_upkeep(session, kind=MarkKind.BACKUP, went_well=False, now=later)
    session.commit()
    row = session.get(UpkeepMark, MarkKind.BACKUP)
    assert (row.tried_at, row.done_at) == (later, NOW)


def test_reading_changes_nothing_and_tells_the_sums(small_home: Home, tmp_path: Path) -> None:
    """What --check shows."""
    written = small_home.back_up(tmp_path / "kept.ycbackup")
    read = read_backup(tmp_path / "kept.ycbackup", passphrase=PASSPHRASE, phase=no_bar)
    assert read == written
