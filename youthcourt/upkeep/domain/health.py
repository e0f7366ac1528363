"""Whether the house is well: each reading with a word for it and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

DAILY = timedelta(hours=26)  # a daily backup, and two hours for one that ran late
WEEK = timedelta(days=7)
JOBS_LATE = timedelta(minutes=15)
JOBS_STOPPED = timedelta(days=1)
MAIL_LATE = timedelta(minutes=30)
CLOCKS_APART = timedelta(minutes=1)
CLOCK_BACK = timedelta(minutes=5)
GIGA = 10**9
LOW, VERY_LOW = 2 * GIGA, 300 * 10**6
LOW_SHARE = 0.1
NEW = timedelta(days=1)


class State(StrEnum):
    """How it is."""

    GOOD = "good"
    LOOK = "look"
    BAD = "bad"


class Reading(StrEnum):
    """What is looked at."""

    DATABASE = "database"
    JOURNAL = "journal"
    MIGRATION = "migration"
    DISK = "disk"
    BACKUP = "backup"
    JOBS = "jobs"
    OUTBOX = "outbox"
    LEDGER = "ledger"
    CLOCK = "clock"
    COOKIES = "cookies"


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One reading, its state, and the code of the sentence that tells both and what to do."""

    reading: Reading
    state: State
    code: str
    params: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """When something was tried last, and when it went well last."""

    tried_at: datetime
    done_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Readings:
    """What was read off the house; sizes in bytes, ``journal`` and ``wal_is_safe`` of SQLite."""

    now: datetime
    engine: str
    version: str
    journal: str
    wal_is_safe: bool
    revision: str
    newest_revision: str
    free: int
    total: int
    began_at: datetime
    backup: Mark | None
    missing_files: int
    jobs: Mark | None
    sends_mail: bool
    failed_messages: int
    held_messages: int
    oldest_due: datetime | None
    ledger_problems: int
    ledger_checked_at: datetime | None
    database_now: datetime
    newest_entry: datetime | None
    zone: str
    secure_cookies: bool


def findings(read: Readings) -> tuple[Finding, ...]:
    """Return what is found of each reading, what is bad first and what is good last."""
    order = (State.BAD, State.LOOK, State.GOOD)
    return tuple(sorted(_all(read), key=lambda finding: order.index(finding.state)))


def worst(found: tuple[Finding, ...]) -> State:
    """Return the state of the whole."""
    states = {finding.state for finding in found}
    return next((s for s in (State.BAD, State.LOOK) if s in states), State.GOOD)


def _all(read: Readings) -> Iterator[Finding]:
    yield Finding(
        reading=Reading.DATABASE,
        state=State.GOOD,
        code="health_database",
        params={"engine": read.engine, "version": read.version},
    )
    if read.journal:
        yield _journal(read)
    yield _migration(read)
    yield _disk(read)
    yield _backup(read)
    yield _jobs(read)
    yield _outbox(read)
    yield _ledger(read)
    yield _clock(read)
    yield _cookies(read)


def _journal(read: Readings) -> Finding:
    journal = read.journal.upper()
    if journal == "WAL":
        state = State.GOOD if read.wal_is_safe else State.BAD
        code = "health_wal" if read.wal_is_safe else "health_wal_unsafe"
    else:
        state, code = State.GOOD, "health_journal"
    params: dict[str, object] = {"journal": journal, "version": read.version}
    return Finding(reading=Reading.JOURNAL, state=state, code=code, params=params)


def _migration(read: Readings) -> Finding:
    fits = read.revision == read.newest_revision
    return Finding(
        reading=Reading.MIGRATION,
        state=State.GOOD if fits else State.BAD,
        code="health_migration" if fits else "health_migration_behind",
        params={"present": read.revision or "?", "newest": read.newest_revision},
    )


def _disk(read: Readings) -> Finding:
    state, code = State.GOOD, "health_disk"
    if read.free < VERY_LOW:
        state, code = State.BAD, "health_disk_full"
    elif read.free < LOW or read.free < LOW_SHARE * read.total:
        state, code = State.LOOK, "health_disk_low"
    params: dict[str, object] = {
        "free": f"{read.free / GIGA:.1f} GB",
        "total": f"{read.total / GIGA:.1f} GB",
    }
    return Finding(reading=Reading.DISK, state=state, code=code, params=params)


def _backup(read: Readings) -> Finding:
    mark = read.backup
    if mark is None or mark.done_at is None:
        new = read.now - read.began_at < NEW
        state = State.LOOK if new else State.BAD
        return Finding(reading=Reading.BACKUP, state=state, code="health_backup_none")
    age = read.now - mark.done_at
    params: dict[str, object] = {"when": mark.done_at, "missing": read.missing_files}
    state, code = State.GOOD, "health_backup"
    if age > DAILY:
        state, code = State.BAD if age > WEEK else State.LOOK, "health_backup_old"
    elif mark.tried_at > mark.done_at:
        state, code = State.LOOK, "health_backup_failed"
    elif read.missing_files:
        state, code = State.LOOK, "health_backup_incomplete"
    return Finding(reading=Reading.BACKUP, state=state, code=code, params=params)


def _jobs(read: Readings) -> Finding:
    if read.jobs is None:
        return Finding(reading=Reading.JOBS, state=State.BAD, code="health_jobs_never")
    last = read.jobs.tried_at
    state, code = State.GOOD, "health_jobs"
    if read.now - last > JOBS_LATE:
        state = State.BAD if read.now - last > JOBS_STOPPED else State.LOOK
        code = "health_jobs_late"
    return Finding(reading=Reading.JOBS, state=state, code=code, params={"when": last})


def _outbox(read: Readings) -> Finding:
    params: dict[str, object] = {"failed": read.failed_messages, "held": read.held_messages}
    state, code = State.GOOD, "health_outbox"
    if read.oldest_due is not None and read.now - read.oldest_due > MAIL_LATE:
        state, code = State.BAD, "health_outbox_stuck"
        params["since"] = read.oldest_due
    elif read.held_messages:
        state, code = State.LOOK, "health_outbox_held"
    elif read.failed_messages:
        state, code = State.LOOK, "health_outbox_failed"
    elif not read.sends_mail:
        state, code = State.LOOK, "health_outbox_test"
    return Finding(reading=Reading.OUTBOX, state=state, code=code, params=params)


def _ledger(read: Readings) -> Finding:
    if read.ledger_checked_at is None:
        return Finding(reading=Reading.LEDGER, state=State.LOOK, code="health_ledger_unchecked")
    params: dict[str, object] = {"count": read.ledger_problems, "when": read.ledger_checked_at}
    wrong = read.ledger_problems > 0
    return Finding(
        reading=Reading.LEDGER,
        state=State.BAD if wrong else State.GOOD,
        code="health_ledger_wrong" if wrong else "health_ledger",
        params=params,
    )


def _clock(read: Readings) -> Finding:
    params: dict[str, object] = {"now": read.now, "zone": read.zone}
    state, code = State.GOOD, "health_clock"
    if read.newest_entry is not None and read.newest_entry - read.now > CLOCK_BACK:
        state, code = State.BAD, "health_clock_back"
        params["newest"] = read.newest_entry
    elif abs(read.database_now - read.now) > CLOCKS_APART:
        state, code = State.LOOK, "health_clocks_apart"
        params["database"] = read.database_now
    return Finding(reading=Reading.CLOCK, state=state, code=code, params=params)


def _cookies(read: Readings) -> Finding:
    return Finding(
        reading=Reading.COOKIES,
        state=State.GOOD if read.secure_cookies else State.BAD,
        code="health_cookies" if read.secure_cookies else "health_cookies_open",
    )
