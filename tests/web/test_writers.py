"""What one long writing leaves to the others on SQLite."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import sqlalchemy as sa

from youthcourt.db import prepare_engine

ROWS, LENGTH = 400, 20_000  # eight megabytes, four times what SQLite keeps by default


def test_a_long_writing_keeps_nobody_from_reading(tmp_path: Path) -> None:
    """Everybody reads what was there before, at once, until the large import is committed."""
    path = tmp_path / "court.db"
    engine = sa.create_engine(f"sqlite:///{path}")
    prepare_engine(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE rows (text TEXT)")
        connection.exec_driver_sql("INSERT INTO rows VALUES ('before')")
    reader = sqlite3.connect(path, timeout=0)
    with engine.connect().execution_options(writer=True) as writer:
        for _ in range(ROWS):
            writer.exec_driver_sql("INSERT INTO rows VALUES (?)", ("x" * LENGTH,))
        assert reader.execute("SELECT count(*) FROM rows").fetchone() == (1,)
        writer.commit()
    assert reader.execute("SELECT count(*) FROM rows").fetchone() == (ROWS + 1,)
    reader.close()
    engine.dispose()


def test_a_writer_waits_half_a_minute_for_another_one(tmp_path: Path) -> None:
    """On every connection; why so long, and what was measured, is in docs/decisions/0006."""
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'court.db'}")
    prepare_engine(engine)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 30_000
    engine.dispose()
