"""What is said of each reading: good, look at it, bad, at the edges between them."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask_babel import Babel
from hypothesis import given
from hypothesis import strategies as st

from youthcourt.courts.domain import PRESETS, preset
from youthcourt.upkeep.domain.health import (
    Finding,
    Mark,
    Reading,
    Readings,
    State,
    findings,
    worst,
)
from youthcourt.upkeep.domain.keeping import rules_on_records
from youthcourt.web.i18n import sentence

NOW = datetime(2026, 3, 4, 15, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
WELL = Readings(
    now=NOW,
    engine="SQLite",
    version="3.51.3",
    journal="wal",
    wal_is_safe=True,
    revision="0011",
    newest_revision="0011",
    free=50 * 10**9,
    total=100 * 10**9,
    began_at=NOW - timedelta(days=100),
    backup=Mark(tried_at=NOW - 10 * HOUR, done_at=NOW - 10 * HOUR),
    missing_files=0,
    jobs=Mark(tried_at=NOW - HOUR / 60, done_at=NOW - HOUR / 60),
    sends_mail=True,
    failed_messages=0,
    held_messages=0,
    oldest_due=None,
    ledger_problems=0,
    ledger_checked_at=NOW,
    database_now=NOW,
    newest_entry=NOW - HOUR,
    zone="America/New_York",
    secure_cookies=True,
)


def found(reading: Reading, **changed: Any) -> Finding:
    """Return what is found of one reading when something is not as in a house that is well."""
    return next(f for f in findings(replace(WELL, **changed)) if f.reading is reading)


def mark(hours: float, *, tried: float | None = None, good: bool = True) -> Mark:
    """Return a mark so many hours old."""
    tried_at = NOW - (hours if tried is None else tried) * HOUR
    return Mark(tried_at=tried_at, done_at=NOW - hours * HOUR if good else None)


def test_a_house_that_is_well_has_nothing_to_look_at() -> None:
    """Every reading is there, once, and good."""
    told = findings(WELL)
    assert sorted(f.reading for f in told) == sorted(Reading)
    assert worst(told) is State.GOOD


@pytest.mark.parametrize(
    ("reading", "changed", "state", "code"),
    [
        (Reading.JOURNAL, {"wal_is_safe": False}, State.BAD, "health_wal_unsafe"),
        (Reading.JOURNAL, {"journal": "delete"}, State.GOOD, "health_journal"),
        (Reading.MIGRATION, {"revision": "0005"}, State.BAD, "health_migration_behind"),
        (Reading.MIGRATION, {"revision": ""}, State.BAD, "health_migration_behind"),
        (Reading.DISK, {"free": 9 * 10**9}, State.LOOK, "health_disk_low"),
        (Reading.DISK, {"free": 10**9, "total": 2 * 10**9}, State.LOOK, "health_disk_low"),
        (Reading.DISK, {"free": 2 * 10**8}, State.BAD, "health_disk_full"),
        (Reading.BACKUP, {"backup": None}, State.BAD, "health_backup_none"),
        (Reading.BACKUP, {"backup": mark(1, good=False)}, State.BAD, "health_backup_none"),
        (
            Reading.BACKUP,
            {"backup": None, "began_at": NOW - HOUR},
            State.LOOK,
            "health_backup_none",
        ),
        (Reading.BACKUP, {"backup": mark(26)}, State.GOOD, "health_backup"),
        (Reading.BACKUP, {"backup": mark(26.1)}, State.LOOK, "health_backup_old"),
        (Reading.BACKUP, {"backup": mark(24 * 7 + 1)}, State.BAD, "health_backup_old"),
        (Reading.BACKUP, {"backup": mark(20, tried=1)}, State.LOOK, "health_backup_failed"),
        (Reading.BACKUP, {"missing_files": 2}, State.LOOK, "health_backup_incomplete"),
        (Reading.JOBS, {"jobs": None}, State.BAD, "health_jobs_never"),
        (Reading.JOBS, {"jobs": mark(0.25)}, State.GOOD, "health_jobs"),
        (Reading.JOBS, {"jobs": mark(0.3)}, State.LOOK, "health_jobs_late"),
        (Reading.JOBS, {"jobs": mark(25)}, State.BAD, "health_jobs_late"),
        (Reading.OUTBOX, {"oldest_due": NOW - HOUR}, State.BAD, "health_outbox_stuck"),
        (Reading.OUTBOX, {"oldest_due": NOW - HOUR / 3}, State.GOOD, "health_outbox"),
        (Reading.OUTBOX, {"failed_messages": 1}, State.LOOK, "health_outbox_failed"),
        (Reading.OUTBOX, {"held_messages": 1}, State.LOOK, "health_outbox_held"),
        (Reading.OUTBOX, {"sends_mail": False}, State.LOOK, "health_outbox_test"),
        (Reading.LEDGER, {"ledger_problems": 1}, State.BAD, "health_ledger_wrong"),
        (Reading.LEDGER, {"ledger_checked_at": None}, State.LOOK, "health_ledger_unchecked"),
        (Reading.CLOCK, {"newest_entry": NOW + HOUR}, State.BAD, "health_clock_back"),
        (Reading.CLOCK, {"newest_entry": None}, State.GOOD, "health_clock"),
        (Reading.CLOCK, {"database_now": NOW + HOUR}, State.LOOK, "health_clocks_apart"),
        (Reading.COOKIES, {"secure_cookies": False}, State.BAD, "health_cookies_open"),
    ],
)
def test_what_is_not_well_is_told_with_what_to_do(reading, changed, state, code) -> None:
    """One sentence, which can be said with what is known; the whole is as bad as its worst."""
    told = found(reading, **changed)
    assert (told.state, told.code) == (state, code)
    assert worst(findings(replace(WELL, **changed))) is state
    app = Flask("health")
    Babel(app)
    with app.test_request_context():
        assert "%(" not in sentence(told.code, **told.params)
        assert sentence(told.code, **told.params)[0].isupper()


def test_postgres_has_no_journal_of_its_own_to_look_at() -> None:
    """The line is left out."""
    told = findings(replace(WELL, engine="PostgreSQL", journal=""))
    assert Reading.JOURNAL not in {f.reading for f in told}


moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 6, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(data=st.data())
def test_what_is_bad_comes_first_whatever_is_read(data) -> None:
    """Bad, then look, then good; each reading once."""
    marks = st.none() | st.builds(Mark, tried_at=moments, done_at=st.none() | moments)
    kinds: dict[str, Any] = {
        "backup": marks,
        "jobs": marks,
        "free": st.integers(0, 10**11),
        "ledger_problems": st.integers(0, 5),
        "oldest_due": st.none() | moments,
        "newest_entry": st.none() | moments,
        "database_now": moments,
    }
    assert kinds.keys() <= {f.name for f in fields(Readings)}
    told = findings(replace(WELL, **{name: data.draw(kind) for name, kind in kinds.items()}))
    order = [[State.BAD, State.LOOK, State.GOOD].index(f.state) for f in told]
    assert order == sorted(order)
    assert len({f.reading for f in told}) == len(told) == len(Reading)


def test_rules_that_speak_of_records_are_found_and_no_others() -> None:
    """In the rules that ship: Midland's on the record; the capital says nothing."""
    topics = {name: [r.topic for r in rules_on_records(preset(name))] for name in PRESETS}
    assert "Record" in topics["tx-midland"]
    assert topics["dc-time-dollar"] == []
