"""The file for research: read back with plain Python it says what the page says, and no more."""

from __future__ import annotations

import csv
import random
import re
from collections import Counter, defaultdict
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZipFile

import pytest
import sqlalchemy as sa
from cryptography.fernet import Fernet
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from tests.evaluation.conftest import Records
from tests.fixtures.app import NOW, TODAY, add_court
from tests.fixtures.database import KEY
from youthcourt.cases.domain import ClosureReason, Race
from youthcourt.cases.models import Case, Intake
from youthcourt.cases.services import agency_named
from youthcourt.courts.domain import SanctionKind, Unit
from youthcourt.db import (
    Base,
    EncryptedDate,
    EncryptedText,
    lookup_key,
    set_court,
    use_keys,
)
from youthcourt.db.base import CourtScoped
from youthcourt.errors import CourtRuleBroken
from youthcourt.evaluation.domain import (
    MARK,
    CohortChoice,
    CohortFilter,
    Denominator,
    Period,
    StartChoice,
    study_number,
    tally,
)
from youthcourt.evaluation.domain.codebook import SHEETS
from youthcourt.evaluation.queries import read_cohort
from youthcourt.evaluation.services import make_research_file
from youthcourt.followups.domain import Basis, CheckResult, Counted, LaterEventKind, OffenceCategory
from youthcourt.sentences.models import Sentence

SPAN = Period(first=date(2023, 1, 1), last=date(2026, 12, 31))
CHOICE = CohortChoice(entered=SPAN, months=(6, 12, 24))
Row = dict[str, str]


def filled(records: Records, seed: int = 1, cases: int = 40) -> None:
    """Make a court with every kind of case, intake, sentence and search."""
    dice = random.Random(seed)
    people = [
        records.person(birth_date=None, stated_age=15, stated_age_on=date(2024, 1, 1))
        if number % 7 == 0
        else records.person()
        for number in range(cases - 6)
    ]
    agencies = [
        agency_named(records.session, name=f"Agency {n}", kind="police", **records.hand)
        for n in range(3)
    ]
    for number in range(cases):
        start = date(2023, 3, 1) + timedelta(days=dice.randrange(900))
        case = records.case(
            person_id=people[number % len(people)],
            referred=start - timedelta(days=dice.randrange(5, 40)),
            agency_id=dice.choice(agencies).id,
            accepted=start - timedelta(days=3) if dice.random() < 0.8 else None,
            admitted_on=start - timedelta(days=2) if dice.random() < 0.8 else None,
            heard=start if dice.random() < 0.8 else None,
            closed=(start + timedelta(days=90), dice.choice(list(ClosureReason)))
            if dice.random() < 0.6
            else None,
        )
        if dice.random() < 0.7:
            _intake(records, case, dice)
        if case.heard_on is not None and dice.random() < 0.8:
            _sentence(records, case, dice)
        for _ in range(dice.choice((0, 1, 1, 2))):
            _search(records, case, start, dice)
    records.session.flush()


def _intake(records: Records, case: Case, dice: random.Random) -> None:
    answered = dice.random() < 0.7
    records.keep(
        Intake(
            case_id=case.id,
            held_on=case.referred_on + timedelta(days=2),
            admits=True,
            races=sorted(r.value for r in dice.sample(list(Race), 2)) if answered else [],
            races_answered_by="self" if answered else dice.choice(("declined", "not_asked")),
            sex=dice.choice(("female", "male", "x", "unknown", "not_asked")),
            school_status="enrolled",
            grade=dice.choice(("9", "10", "not_asked")),
            priors=dice.choice(("0", "1", "2+", "unknown", "not_asked")),
            language=dice.choice(("en", "es", "not_asked")),
            household="one_parent",
            interpreter="no",
            question_version="2025-1",
            note="=cmd|' /C calc'!A0",
            recorded_at=NOW,
        )
    )


def _sentence(records: Records, case: Case, dice: random.Random) -> None:
    hearing = records.hearing(case, case.heard_on or TODAY)
    records.sentence(case, hearing, case.heard_on or TODAY)
    jury = records.owes(case, SanctionKind.JURY, Unit.SESSIONS, dice.randrange(1, 8))
    records.owes(case, SanctionKind.ESSAY, Unit.PIECES, 1)
    for _ in range(dice.randrange(4)):
        records.serves(case.person_id, case.heard_on or TODAY, sanction=jury)
    records.serves(case.person_id, case.heard_on or TODAY, minutes=60)


def _search(records: Records, case: Case, start: date, dice: random.Random) -> None:
    if dice.random() < 0.2:
        result = dice.choice((CheckResult.NOT_SEARCHED, CheckResult.CANNOT_BE_SEARCHED))
        records.search(case, through=None, result=result)
        return
    through = min(start + timedelta(days=dice.randrange(100, 1200)), TODAY)
    days = [start + timedelta(days=dice.randrange(1, (through - start).days)) for _ in range(2)]
    found = tuple(
        (dice.choice((None, day)), min(day + timedelta(days=9), through))
        for day in days[: dice.randrange(3)]
    )
    records.search(
        case,
        through=through,
        offences=found,
        kind=dice.choice(list(LaterEventKind)),
        category=dice.choice((OffenceCategory.DELINQUENT, OffenceCategory.TRAFFIC)),
        jurisdiction=dice.choice(("Elm County", "elm  county", "Oak County")),
        adult_records=dice.choice((None, True, False)),
    )


def file_of(records: Records, choice: CohortChoice = CHOICE, as_of: date = TODAY) -> bytes:
    read = read_cohort(records.session, choice=choice, as_of=as_of)
    return make_research_file(records.session, read=read, choice=choice, as_of=as_of).data


def unpacked(data: bytes) -> dict[str, list[Row]]:
    """Return the tables of an archive as R or Python read them."""
    with ZipFile(BytesIO(data)) as packed:
        return {
            name: list(csv.DictReader(StringIO(packed.read(name).decode("utf-8"), newline="")))
            for name in packed.namelist()
            if name.endswith(".csv")
        }


# Reading it back ---------------------------------------------------------------------------------


def known_by_hand(tables: dict[str, list[Row]], basis: Basis) -> dict[tuple[str, int], str]:
    """Return what is known of each window, from searches, events and offsets alone."""
    searches: defaultdict[str, list[Row]] = defaultdict(list)
    events: defaultdict[str, list[Row]] = defaultdict(list)
    for row in tables["searches.csv"]:
        searches[row["case"]].append(row)
    for row in tables["events.csv"]:
        events[row["case"]].append(row)
    known = {}
    for window in tables["windows.csv"]:
        case, end = window["case"], int(window["end_day"])
        reach = max(
            (int(s["data_through_day"]) for s in searches[case] if s["data_through_day"]),
            default=None,
        )
        days = [
            int(e["offence_day"] or e["event_day"] if basis is Basis.OFFENCE else e["event_day"])
            for e in events[case]
            if e["counts"] == "1"
        ]
        happened = any(0 < day <= end for day in days)
        if window["over"] == "0":
            told = "not_over"
        elif reach is not None and reach >= end:
            told = "found" if happened else "nothing_found"
        elif reach is not None:
            told = "found_early" if happened else "incomplete"
        elif any(s["result"] == "cannot_be_searched" for s in searches[case]):
            told = "cannot_be_searched"
        else:
            told = "not_searched"
        known[case, int(window["months"])] = told
    return known


@pytest.mark.parametrize("basis", list(Basis))
@pytest.mark.parametrize("kinds", [tuple(LaterEventKind), (LaterEventKind.ARREST,)])
def test_the_shares_of_the_page_can_be_reckoned_from_the_rows(records, basis, kinds) -> None:
    """Numerator, denominator and every cell of every window, by plain Python."""
    filled(records)
    choice = CohortChoice(
        entered=SPAN, months=(6, 12, 24), counted=Counted(kinds=frozenset(kinds), basis=basis)
    )
    tables = unpacked(file_of(records, choice))
    read = read_cohort(records.session, choice=choice, as_of=TODAY)
    known = known_by_hand(tables, basis)
    assert known == {
        (row["case"], int(row["months"])): row["known"] for row in tables["windows.csv"]
    }
    seen: Counter[str] = Counter()
    for counts in tally(read.followed, choice.months):
        of_window = Counter(
            told for (_case, months), told in known.items() if months == counts.months
        )
        assert of_window == {cell.value: n for cell, n in counts.cells.items() if n}
        found, clean = of_window["found"], of_window["nothing_found"]
        assert counts.below_the_line(Denominator.SEARCHED) == found + clean
        assert counts.with_event(Denominator.SEARCHED) == found
        seen.update(of_window)
    assert len(seen) >= 6
    assert len(tables["persons.csv"]) == len(tables["cases.csv"]) == len(read.followed) > 20


def test_the_flow_of_rows_adds_up(records: Records) -> None:
    """From all that was looked at to the cohort, which is the rows of the file."""
    filled(records)
    for who in CohortFilter:
        tables = unpacked(file_of(records, CohortChoice(entered=SPAN, who=who)))
        flow = {row["step"]: int(row["cases"]) for row in tables["flow.csv"]}
        cohort = flow.pop("cohort")
        assert flow.pop("considered") == cohort + sum(flow.values())
        assert cohort == len(tables["cases.csv"])


def test_files_fit_together_and_to_the_codebook(records: Records) -> None:
    """Every column is explained, every code is one of its values, every key is known."""
    filled(records)
    tables = unpacked(file_of(records))
    book = {(row["file"], row["column"]): row for row in tables["codebook.csv"]}
    assert {name for name, _column in book} == {sheet.name for sheet in SHEETS}
    cases = {row["case"] for row in tables["cases.csv"]}
    for name, rows in tables.items():
        if name == "codebook.csv":
            continue
        assert rows, name
        assert {(name, column) for column in rows[0]} <= book.keys()
        for row in rows:
            assert row.get("case", next(iter(cases))) in cases
            for column, cell in row.items():
                _check_cell(book[name, column], cell)
    assert {row["person"] for row in tables["persons.csv"]} == {
        row["person"] for row in tables["cases.csv"]
    }


def _check_cell(told: Row, cell: str) -> None:
    values = [value.strip() for value in told["values"].split("|")]
    missing = {part.split(":")[0].strip() for part in told["missing"].split(";")}
    if cell == "":
        assert told["missing"].startswith("empty"), told
    elif told["unit"] or "hexadecimal" in told["values"] or not told["values"]:
        assert re.fullmatch(r"-?\d+|[A-Z][0-9a-f]{16}|\w[\w+.-]*", cell), (told, cell)
        if told["unit"]:
            assert re.fullmatch(r"-?\d+", cell), (told, cell)
    elif told["values"] != "0 or more":
        assert cell in values or cell in missing, (told, cell)


def test_missing_answers_have_their_codes(records: Records) -> None:
    """Not asked, unknown, declined and no intake are told apart; no race is nought then."""
    filled(records)
    tables = unpacked(file_of(records))
    said = Counter(row["race_answered_by"] for row in tables["persons.csv"])
    assert {"self", "declined", "not_asked", "no_intake"} <= said.keys()
    for row in tables["persons.csv"]:
        races = {row[f"race_{race.value}"] for race in Race}
        assert races <= ({"0", "1"} if row["race_answered_by"] == "self" else {""})
    priors = {row["priors"] for row in tables["cases.csv"]}
    assert {"unknown", "not_asked", "no_intake", "2+"} <= priors
    assert {row["age_source"] for row in tables["cases.csv"]} == {"birth_date", "stated"}
    ages = [int(r["age_at_start"]) for r in tables["cases.csv"] if r["age_at_start"]]
    assert all(11 <= age <= 18 for age in ages)
    assert len({row["jurisdiction"] for row in tables["searches.csv"]}) == 2


# The same bytes ----------------------------------------------------------------------------------


def test_the_same_rows_make_the_same_bytes(records: Records) -> None:
    """Whatever the clock of the machine says; another day makes another file."""
    filled(records)
    data = file_of(records)
    records.session.expire_all()
    assert file_of(records) == data
    assert file_of(records, as_of=TODAY - timedelta(days=400)) != data
    with ZipFile(BytesIO(data)) as packed:
        assert packed.comment == MARK.encode()
        assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert packed.read("README.txt").startswith(MARK.upper().encode())
        told = packed.read("definitions.txt").decode()
    assert "first day a hearing was set for, held or not" in told
    assert "rules of the court: version 1" in told
    assert "2023-01-01 to 2026-12-31" in told


def test_an_empty_cohort_makes_no_file(records: Records) -> None:
    """It is refused with a sentence."""
    with pytest.raises(CourtRuleBroken, match="cohort_empty"):
        file_of(records)


def test_another_court_has_other_numbers(records: Records) -> None:
    """Also for what is spelled the same; the rows of one are not in the file of the other."""
    filled(records, cases=8)
    here = unpacked(file_of(records))
    other = add_court(records.session, "fl-charlotte", "Oak Hill")
    set_court(records.session, other.id)
    there_records = Records(session=records.session, court=other)
    filled(there_records, cases=8)
    there = unpacked(file_of(there_records))
    for name, column in (("cases.csv", "case"), ("searches.csv", "jurisdiction")):
        ours, theirs = ({row[column] for row in one[name]} for one in (here, there))
        assert ours
        assert not ours & theirs


def test_keys_may_be_rotated_in_front_without_new_numbers(records: Records) -> None:
    """The last key makes them; another last key makes others."""
    filled(records, cases=8)
    before = {row["case"] for row in unpacked(file_of(records))["cases.csv"]}
    try:
        use_keys([Fernet.generate_key().decode(), KEY])
        assert {row["case"] for row in unpacked(file_of(records))["cases.csv"]} == before
        use_keys([KEY, Fernet.generate_key().decode()])
        after = {row["case"] for row in unpacked(file_of(records))["cases.csv"]}
        assert not after & before
    finally:
        use_keys([KEY])


KEYS = st.binary(min_size=16, max_size=32)


@given(KEYS, KEYS, st.lists(st.uuids(), unique=True, max_size=60))
def test_study_numbers_are_stable_apart_and_of_their_key(key, other, people) -> None:
    """The same under one key, never twice, unrelated under another, and no formula."""
    numbers = [study_number(key, "person", one) for one in people]
    assert numbers == [study_number(key, "person", one) for one in people]
    assert len(set(numbers)) == len(people)
    assert all(re.fullmatch(r"P[0-9a-f]{16}", number) for number in numbers)
    assert not set(numbers) & {study_number(key, "case", one).replace("C", "P") for one in people}
    if key != other:
        assert not set(numbers) & {study_number(other, "person", one) for one in people}


# Nothing of anybody ------------------------------------------------------------------------------

BIRD = "Kanarienvogel"


def mark_everything(records: Records) -> int:
    """Put a marked value into every field of every table that holds words, encrypted ones too."""
    marked = 0
    for table in Base.metadata.sorted_tables:
        model = next((m.class_ for m in Base.registry.mappers if m.local_table is table), None)
        if model is None or not issubclass(model, CourtScoped):
            continue
        for column in table.columns:
            kind = column.type
            words = isinstance(kind, EncryptedText) or (
                isinstance(kind, sa.String) and not isinstance(kind, sa.Enum)
            )
            if not words or isinstance(kind, EncryptedDate) or column.foreign_keys:
                continue
            rows = records.session.execute(sa.select(table.c.id)).scalars().all()
            for number, key in enumerate(rows):
                length = getattr(kind, "length", None) or 200
                value = f"{BIRD[: max(length - 6, 4)]}{number}"[:length]
                change = sa.update(table).where(table.c.id == key).values({column.name: value})
                # A few words stand only with another column, such as the reason of a withdrawal.
                with suppress(IntegrityError), records.session.begin_nested():
                    records.session.execute(change)
                    marked += 1
    return marked


def test_no_word_of_anybody_is_in_the_file(records: Records) -> None:
    """With a marked value in every field of words of every table, codes included."""
    filled(records)
    before = file_of(records)
    keep_append_only_tables_open(records)
    assert mark_everything(records) > 500
    records.session.expire_all()
    data = file_of(records)
    assert unpacked(data)["cases.csv"]
    assert BIRD[:4].encode() not in data
    assert b"Elm" not in before
    for word in (b"Okoye", b"Amara", b"Shoplifting", b"R. Diaz", b"Agency 0", b"cmd|"):
        assert word not in before


def keep_append_only_tables_open(records: Records) -> None:
    """Let the test write into tables whose rows never change."""
    if records.session.get_bind().dialect.name == "postgresql":
        records.session.execute(sa.text("SET LOCAL session_replication_role = replica"))
        return
    names = records.session.execute(
        sa.text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    ).scalars()
    for name in names.all():
        records.session.execute(sa.text(f"DROP TRIGGER {name}"))


def test_no_day_of_anybody_is_in_the_file(records: Records) -> None:
    """No birth date, no day of a case or search, and no key of a row, however it is written."""
    filled(records)
    data = file_of(records)
    with ZipFile(BytesIO(data)) as packed:
        text = "".join(
            packed.read(name).decode() for name in packed.namelist() if name != "definitions.txt"
        )
    assert not re.search(r"\d{4}-\d\d-\d\d|\d{1,2}/\d{1,2}/\d{2,4}", text)
    keys = records.session.scalars(sa.select(Case.id)).all()
    assert not [key for key in keys if str(key) in text or key.hex in text]


def test_no_column_turns_days_into_dates(records: Records) -> None:
    """A column that is one and the same day for everybody would give every start away."""
    filled(records)
    read = read_cohort(records.session, choice=CHOICE, as_of=TODAY)
    key = bytes.fromhex(lookup_key(f"study numbers of court {records.court.id}"))
    starts = {
        study_number(key, "case", one.member.life.id): one.member.start_on for one in read.followed
    }
    tables = unpacked(file_of(records))
    checked = 0
    for name in ("cases.csv", "searches.csv", "windows.csv"):
        for column in (column for column in tables[name][0] if column.endswith("day")):
            known = [(starts[r["case"]], int(r[column])) for r in tables[name] if r[column]]
            days = {start + timedelta(days=offset) for start, offset in known}
            assert not known or len(days) > len(known) / 3, column
            checked += bool(known)
    assert checked >= 10


def test_a_sentence_that_was_withdrawn_orders_nothing(records: Records) -> None:
    """Neither in what was ordered nor in what was served for it."""
    filled(records)
    served = sum(int(r["sessions_served"]) for r in unpacked(file_of(records))["cases.csv"])
    assert served
    records.session.execute(
        sa.update(Sentence).values(withdrawn_at=datetime(2026, 1, 1, tzinfo=UTC), withdrawn_for="x")
    )
    rows = unpacked(file_of(records))["cases.csv"]
    for column in ("sessions_ordered", "sessions_served", "other_ordered"):
        assert {row[column] for row in rows} == {"0"}
    assert {row["sentence_day"] for row in rows} == {""}


def test_more_rows_ask_no_more_statements(records: Records, app: Any) -> None:
    """The file of many asks the database as often as that of few."""
    from youthcourt.db import db

    with app.app_context():
        engine = db.engine
    counts = []
    for seed in (3, 4):
        filled(records, seed=seed)
        seen: list[str] = []

        def note(_c, _cur, statement, *_rest, seen=seen) -> None:
            seen.append(statement)

        sa.event.listen(engine, "before_cursor_execute", note)
        try:
            file_of(records)
        finally:
            sa.event.remove(engine, "before_cursor_execute", note)
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 30


def test_a_start_of_each_kind_has_its_offsets(records: Records) -> None:
    """The day of the start is day nought of its own column."""
    filled(records)
    columns = {
        StartChoice.ADMISSION: "admission_day",
        StartChoice.HEARD: "hearing_held_day",
        StartChoice.CLOSED: "closing_day",
    }
    for start, column in columns.items():
        rows = unpacked(file_of(records, CohortChoice(entered=SPAN, start=start)))["cases.csv"]
        assert {row[column] for row in rows} == {"0"}
