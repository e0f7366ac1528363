"""The rows that hand-entered referrals are made of, made by the thousand.

One by one the services would take half an hour for a large city's year; here the same rows are
written in batches.  ``tests/cases/test_imports_like_by_hand.py`` holds the two together.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, FromClause, Table, inspect, select
from sqlalchemy.orm import Session

from youthcourt.audit.domain import Actor
from youthcourt.audit.models import AuditEntry
from youthcourt.cases.domain import CaseState
from youthcourt.cases.domain.imports import PlannedCase, PlannedCharge, PlannedPerson
from youthcourt.cases.models import Case, CaseEvent, CaseNote, Charge, ImportedRow, Incident
from youthcourt.cases.services.referrals import ChargeGiven
from youthcourt.courts.models import Counter
from youthcourt.courts.services import next_number
from youthcourt.db import Base
from youthcourt.people.domain.kinds import PersonSex
from youthcourt.people.models import Person
from youthcourt.people.services.persons import found_by

TABLES: tuple[type[Base], ...] = (
    Person, Incident, Case, Charge, CaseEvent, CaseNote, AuditEntry, ImportedRow,
)  # fmt: skip
"""The tables that get rows, those first that others point at."""

SOURCE = "imported"


class Batch:
    """Rows that wait to be written together."""

    def __init__(self, court_id: uuid.UUID) -> None:
        self._court_id = court_id
        self._rows: dict[type[Base], list[dict[str, Any]]] = {model: [] for model in TABLES}

    def add(self, model: type[Base], **values: Any) -> uuid.UUID:
        """Keep one row for the next writing and return its key."""
        key: uuid.UUID = values.setdefault("id", uuid.uuid4())
        self._rows[model].append(values | {"court_id": self._court_id})
        return key

    def write(self, session: Session) -> None:
        """Write what waits, in the order of the tables, within the transaction of the session."""
        if session.info.get("read_only") or session.info.get("court_id") != self._court_id:
            raise RuntimeError("rows of an import belong into a writing session of their court")
        for model, rows in self._rows.items():
            if rows:
                _insert(session.connection(), model.__table__, rows)
                rows.clear()


def _insert(connection: Connection, table: FromClause, rows: list[dict[str, Any]]) -> None:
    """Write rows that all have the same columns: one COPY, or one statement run many times."""
    assert isinstance(table, Table)  # noqa: S101 -- narrows the type for mypy
    dialect, columns = connection.dialect, [table.c[name] for name in rows[0]]
    writers = [column.type.dialect_impl(dialect).bind_processor(dialect) for column in columns]
    given = zip(*(row.values() for row in rows), strict=True)
    # Column by column: most need no conversion, and asking each value costs a third of the time.
    written = (
        column if write is None else map(write, column)
        for write, column in zip(writers, given, strict=True)
    )
    stored = list(zip(*written, strict=True))
    names = ", ".join(column.name for column in columns)
    if dialect.name != "postgresql":
        places = ", ".join("?" * len(columns))
        # The names are those of our own tables.
        insert = f"INSERT INTO {table.name} ({names}) VALUES ({places})"  # noqa: S608
        connection.exec_driver_sql(insert, stored)
        return
    driver: Any = connection.connection.driver_connection  # psycopg's own, for it alone can COPY
    with (
        driver.cursor() as cursor,
        cursor.copy(f"COPY {table.name} ({names}) FROM STDIN") as copy,
    ):
        for values in stored:
            copy.write_row(values)


def freshen_statistics(session: Session) -> None:
    """Let PostgreSQL count tables that were empty until now.

    It looks up each row that others point at.  For an empty table it may choose an index that
    holds one court together, and keeps to it while the table grows: minutes for seconds.
    """
    if session.get_bind().dialect.name == "postgresql":
        names = ", ".join(model.__tablename__ for model in (Person, Incident, Case))
        session.connection().exec_driver_sql(f"ANALYZE {names}")


class Numbers:
    """Readable numbers, reserved in one go; whoever else wants one waits until the end."""

    def __init__(self, session: Session, *, series: str, years: Iterable[int]) -> None:
        wanted: dict[int, int] = {}
        for year in years:
            wanted[year] = wanted.get(year, 0) + 1
        self._next = {
            year: reserve_numbers(session, series=f"{series}-{year}", count=count)
            for year, count in sorted(wanted.items())
        }

    def take(self, year: int) -> str:
        """Return the next number of a year, as ``readable_number`` writes it."""
        number = self._next[year]
        self._next[year] += 1
        return f"{year}-{number:04d}"


def reserve_numbers(session: Session, *, series: str, count: int) -> int:
    """Reserve so many numbers of a series that follow each other, and return the first."""
    first = next_number(session, series=series)
    counter = session.scalars(select(Counter).where(Counter.series == series)).one()
    counter.last += count - 1
    session.flush()
    return first


def person_made_of(
    planned: PlannedPerson, *, school_id: uuid.UUID | None, number: str = "", now: datetime
) -> Person:
    """Return the row of a youth as ``add_person`` would make it; it is in no session."""
    known_sex = planned.sex is not None and planned.sex.value in set(PersonSex)
    person = Person(
        number=number,
        given_names=planned.given_names or None,
        family_name=planned.family_name or None,
        birth_date=planned.birth_date,
        stated_age=planned.stated_age,
        stated_age_on=planned.stated_age_on,
        sex=planned.sex.value if planned.sex is not None and known_sex else None,
        language=planned.language or "en",
        interpreter_needed=False,
        school_id=school_id,
        grade=planned.grade or None,
        phone=planned.phone or None,
        email=planned.email or None,
        address=planned.home or None,
        on_jury_list=False,
        created_at=now,
        version_id=1,
    )
    found_by(person)
    return person


_PERSON_COLUMNS = tuple(
    attribute.key
    for attribute in inspect(Person).column_attrs
    if attribute.key not in {"id", "court_id"}
)


def add_person_row(batch: Batch, person: Person) -> uuid.UUID:
    """Keep the row of a new person for writing."""
    return batch.add(Person, **{name: getattr(person, name) for name in _PERSON_COLUMNS})


def add_case_rows(
    batch: Batch,
    planned: PlannedCase,
    *,
    case_id: uuid.UUID,
    run_id: uuid.UUID,
    person_id: uuid.UUID,
    actor: Actor,
    now: datetime,
    **columns: Any,
) -> None:
    """Keep the rows of a case: itself, its charges, its opening and the line in the journal.

    ``columns`` are those that the plan does not hold: number, policy, class, agency, incident.
    """
    opening = planned.opening
    state = CaseState.REFERRED if opening is None else opening.state
    batch.add(
        Case,
        id=case_id,
        person_id=person_id,
        state=state,
        intake_on=opening.intake_on if opening else None,
        admitted_on=opening.admitted_on if opening else None,
        # When a first hearing was planned is not in the file; it was held, which is later or then.
        first_docketed_on=opening.heard_on if opening else None,
        heard_on=opening.heard_on if opening else None,
        agency_reference=planned.reference or None,
        officer=planned.officer or None,
        narrative=planned.narrative or None,
        referred_on=planned.referred_on,
        incident_on=planned.incident_on,
        source=SOURCE,
        version_id=1,
        created_at=now,
        **columns,
    )
    for position, charge in enumerate(planned.charges, start=1):
        add_charge_row(batch, case_id=case_id, position=position, charge=charge)
    _note_opening(
        batch,
        case_id=case_id,
        person_id=person_id,
        run_id=run_id,
        state=state,
        on=_came_on(planned),
        actor=actor,
        now=now,
    )


def _came_on(planned: PlannedCase) -> date:
    """Return the day on which a case came to the state it is opened in, as far as is known."""
    opening = planned.opening
    if opening is None:
        return planned.referred_on
    return opening.sentenced_on or opening.intake_on or planned.referred_on


def add_charge_row(
    batch: Batch, *, case_id: uuid.UUID, position: int, charge: PlannedCharge
) -> None:
    """Keep the row of one charge; its kind is the one that the rules propose."""
    batch.add(
        Charge,
        case_id=case_id,
        position=position,
        statute=charge.statute or None,
        text=charge.text,
        nibrs=charge.offence_code,
        severity=charge.severity,
    )


def _note_opening(
    batch: Batch,
    *,
    case_id: uuid.UUID,
    person_id: uuid.UUID,
    run_id: uuid.UUID,
    state: CaseState,
    on: date,
    actor: Actor,
    now: datetime,
) -> None:
    batch.add(
        CaseEvent,
        case_id=case_id,
        from_state=None,
        to_state=state,
        happened_on=on,
        at=now,
        by=actor.user_id,
        params={},
    )
    batch.add(
        AuditEntry,
        at=now,
        actor_kind=actor.kind,
        actor_user_id=actor.user_id,
        actor_person_id=actor.person_id,
        act="case_opened",
        subject="case",
        subject_id=case_id,
        case_id=case_id,
        person_id=person_id,
        params={
            "source": SOURCE,
            "run": str(run_id),
            **({} if state is CaseState.REFERRED else {"state": state.value}),
        },
    )


def add_note_row(
    batch: Batch, *, case_id: uuid.UUID, text: str, actor: Actor, now: datetime
) -> None:
    """Keep the row of a note in a case file."""
    batch.add(CaseNote, case_id=case_id, text=text, written_at=now, written_by=actor.user_id)


def add_row_keys(
    batch: Batch, *, keys: Sequence[str], run_id: uuid.UUID, case_id: uuid.UUID | None, source: str
) -> None:
    """Keep the identities of rows, so that they are never taken over twice."""
    for key in keys:
        batch.add(ImportedRow, run_id=run_id, case_id=case_id, mapping_name=source, row_key=key)


def charges_given(charges: Iterable[PlannedCharge]) -> tuple[ChargeGiven, ...]:
    """Return planned charges as the services on referrals take them."""
    return tuple(
        ChargeGiven(text=c.text, statute=c.statute or None, nibrs=c.offence_code) for c in charges
    )
