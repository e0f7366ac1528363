"""What taking a file over promises: all or nothing, once, and nothing lost on the way."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from tests.cases.importing import ANA, FILES, NAMED, Inbox, table_of
from tests.cases.refusing import Refused
from tests.fixtures.app import NOW, TODAY, add_court
from youthcourt.audit.models import AuditEntry, FieldChange
from youthcourt.cases import services
from youthcourt.cases.domain import CaseState, ClosureReason
from youthcourt.cases.domain.imports import RunState, parse_mapping, shipped_mapping
from youthcourt.cases.models import (
    Agency,
    Case,
    CaseNote,
    Charge,
    ImportedRow,
    ImportMapping,
    ImportRun,
    Incident,
)
from youthcourt.cases.queries.imports import cases_of_run, look_alikes, waiting_runs
from youthcourt.cases.services import imports
from youthcourt.cases.services.imports import taking
from youthcourt.courts.domain import preset
from youthcourt.courts.services import store_policy
from youthcourt.db import db, set_court
from youthcourt.errors import CourtRuleBroken, NotFound
from youthcourt.files.models import StoredFile
from youthcourt.files.services import read_file
from youthcourt.files.tables import check_table
from youthcourt.people.models import Person
from youthcourt.people.services import add_person

POLICE = shipped_mapping("fort-lauderdale-arrests")
GROUPED = shipped_mapping("chicago-arrests")
BO = ANA | {"First Name": "Bo", "Last Name": "Reyes", "DOB": "2009-01-02", "Race": "B"}


def police() -> bytes:
    """Return the made-up police file."""
    return (FILES / "arrests_police.csv").read_bytes()


def count(session: Session, model: Any) -> int:
    """Return how many rows of a table the court has."""
    return session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def notes_of(session: Session, case_id: object) -> list[str]:
    """Return the notes of a case, the first one first."""
    query = sa.select(CaseNote).where(CaseNote.case_id == case_id).order_by(CaseNote.written_at)
    return [note.text for note in session.scalars(query)]


def numbered(session: Session, number: str) -> Case:
    """Return the case with this number."""
    return session.scalars(sa.select(Case).where(Case.number == number)).one()


def test_a_police_file_is_taken_over_row_by_row(inbox: Inbox) -> None:
    """12 rows: 4 cases under readable numbers, 3 merged, 3 refused, 2 blank."""
    run = inbox.take(police(), POLICE)
    session = inbox.session
    counted = (run.rows_imported, run.rows_merged, run.rows_refused, run.rows_blank)
    assert (run.rows_read, counted, run.cases_made) == (12, (4, 3, 3, 2), 4)
    assert run.state == RunState.TAKEN_OVER
    numbers = sorted(session.scalars(sa.select(Case.number)))
    assert numbers == [f"2026-000{n}" for n in range(1, 5)]
    assert count(session, Person) == 4
    assert count(session, Charge) == 5
    assert session.scalars(sa.select(Agency.name)).all() == ["Fort Lauderdale Police Department"]
    assert session.scalars(sa.select(Agency.kind)).one() == "police"


def test_companions_share_their_incident(inbox: Inbox) -> None:
    """Three incidents for four cases; two youths of one incident are companions."""
    inbox.take(police(), POLICE)
    cases = inbox.session.scalars(sa.select(Case)).all()
    shared = Counter(case.incident_id for case in cases)
    assert sorted(shared.values()) == [1, 1, 2]
    references = set(inbox.session.scalars(sa.select(Incident.reference)))
    assert references == {"24-0001", "24-0002", "24-0005"}


def test_a_youth_without_a_name_is_not_yet_identified(inbox: Inbox) -> None:
    """The age counts on the day of the arrest."""
    inbox.take(police(), POLICE)
    person = inbox.session.scalars(sa.select(Person).where(Person.stated_age == 9)).one()
    assert (person.given_names, person.family_name, person.birth_date) == (None, None, None)
    assert (person.stated_age_on, person.sex) == (date(2024, 3, 4), "female")


def test_the_files_own_words_without_a_field_are_kept_in_a_note(inbox: Inbox) -> None:
    """Under the names the file gives its columns; what a later row says otherwise as well."""
    inbox.take(police(), POLICE)
    (note,) = notes_of(inbox.session, numbered(inbox.session, "2026-0001").id)
    assert note.split("\n") == [
        "Fort Lauderdale Police: juvenile arrests (city open data) [3, 4, 5]",
        "Date Arrested: 03/04/2024 12:00:00 AM",
        "Time Arrested: 1538",
        "Disposition Description: CLEARED BY ARREST",
        "Race: B = black",
        "Ethnicity: N",
        "Reisdence: R = resident",
        "Time Arrested: 1602",
    ]


def test_words_that_nothing_knows_are_kept_in_the_note(inbox: Inbox) -> None:
    """An hour that is none, a race code, a phone, a language: said, not dropped."""
    row = ANA | {"Race": "Q", "Sex": "?", "Phone": "none", "Language": "Elvish", "Level": "X9"}
    inbox.take(table_of(row))
    case = inbox.session.scalars(sa.select(Case)).one()
    (note,) = notes_of(inbox.session, case.id)
    said = set(note.split("\n")[1:])
    assert said == {"Level: X9", "Sex: ?", "Race: Q", "Language: Elvish", "Phone: none"}


def test_the_same_file_again_makes_no_second_case(inbox: Inbox) -> None:
    """Nothing at all is written, and the run says so."""
    inbox.take(police(), POLICE)
    before = {m: count(inbox.session, m) for m in (Case, Person, Charge, CaseNote, ImportedRow)}
    again = inbox.send(police(), POLICE)
    assert (again.rows_merged, again.cases_made) == (7, 0)
    with Refused("import_does_nothing"):
        inbox.ready(again)
    assert before == {m: count(inbox.session, m) for m in before}


def test_a_grouped_row_makes_so_many_cases(inbox: Inbox) -> None:
    """Seven cases of four rows, each with a key of its own."""
    run = inbox.take((FILES / "arrests_grouped.csv").read_bytes(), GROUPED)
    assert (run.rows_read, run.rows_imported, run.rows_refused, run.cases_made) == (6, 4, 2, 7)
    assert count(inbox.session, ImportedRow) == 7
    assert count(inbox.session, Incident) == 0


def test_somebody_on_record_under_the_same_name_and_birth_date_is_the_same_person(
    inbox: Inbox,
) -> None:
    """Accents do not matter; the record stays as it is, what differs goes into the note."""
    known = add_person(
        inbox.session,
        given_names="ANA",
        family_name="Nunez",
        birth_date=date(2010, 5, 17),
        phone="202 555 0100",
        **inbox.hand,
    )
    inbox.session.commit()
    run = inbox.take(table_of(ANA | {"Phone": "202 555 0199"}))
    case = inbox.session.scalars(sa.select(Case)).one()
    assert case.person_id == known.id
    assert (known.given_names, known.phone, known.sex) == ("ANA", "202 555 0100", None)
    (note,) = notes_of(inbox.session, case.id)
    assert "Phone: 202 555 0199" in note
    assert "First Name: Ana" in note
    assert look_alikes(inbox.session, run.id) == ()


def test_two_referrals_of_one_youth_in_a_file_are_one_person(inbox: Inbox) -> None:
    """A second incident is a second case of the same person."""
    inbox.take(table_of(ANA, ANA | {"Incident": "26-0002", "Offense": "Vandalism"}))
    assert (count(inbox.session, Person), count(inbox.session, Case)) == (1, 2)


def test_somebody_who_only_looks_alike_is_new_and_listed(inbox: Inbox) -> None:
    """Another spelling with the same birth date is for a person to judge."""
    other = add_person(
        inbox.session,
        given_names="Anna",
        family_name="Núñez",
        birth_date=date(2010, 5, 17),
        **inbox.hand,
    )
    inbox.session.commit()
    run = inbox.take(table_of(ANA, BO))
    assert count(inbox.session, Person) == 3
    (pair,) = look_alikes(inbox.session, run.id)
    assert (pair.brought.given_names, pair.other.id) == ("Ana", other.id)


def test_a_referral_that_was_typed_in_before_is_joined_not_doubled(inbox: Inbox) -> None:
    """As the referral page would: no second case of one person for one incident."""
    session = inbox.session
    person = add_person(
        session, given_names="Ana", family_name="Núñez", birth_date=date(2010, 5, 17), **inbox.hand
    )
    agency = services.agency_named(session, name="Oak Police", **inbox.hand)
    case = services.open_case(
        session,
        person_id=person.id,
        referred_on=date(2026, 1, 12),
        incident_on=date(2026, 1, 10),
        incident_reference="26-0001",
        agency_id=agency.id,
        charges=(services.ChargeGiven(text="Retail theft"),),
        **inbox.hand,
    )
    session.commit()
    run = inbox.take(table_of(ANA | {"Offense": "Trespassing", "Officer": "Lee"}, BO))
    assert (run.rows_imported, run.rows_merged, run.cases_made) == (1, 1, 1)
    assert count(session, Case) == 2
    query = sa.select(Charge.text).where(Charge.case_id == case.id).order_by(Charge.position)
    assert session.scalars(query).all() == ["Retail theft", "Trespassing"]
    assert "Officer: Lee" in notes_of(session, case.id)[0]
    cases = {row.case_id for row in session.scalars(sa.select(ImportedRow))}
    assert case.id in cases


def test_one_youth_twice_in_one_incident_of_a_file_is_one_case(inbox: Inbox) -> None:
    """Two rows that the mapping takes for two youths, but who are one by name and birth date."""
    told_apart = [*NAMED.document()["merge"], "sex"]
    mapping = parse_mapping(NAMED.document() | {"identity": [], "merge": told_apart})
    run = inbox.take(table_of(ANA, ANA | {"Sex": "", "Offense": "Vandalism"}), mapping)
    assert (run.rows_imported, run.rows_merged) == (1, 1)
    assert (count(inbox.session, Case), count(inbox.session, Charge)) == (1, 2)


def test_a_later_charge_is_added_to_the_case_of_the_earlier_import(inbox: Inbox) -> None:
    """In its place behind the others, with the history of what was changed."""
    inbox.take(table_of(ANA))
    run = inbox.take(table_of(ANA, ANA | {"Offense": "Vandalism", "Race": "B"}))
    assert (run.rows_imported, run.rows_merged, run.cases_made) == (0, 2, 0)
    charges = inbox.session.scalars(sa.select(Charge).order_by(Charge.position)).all()
    assert [(c.position, c.text) for c in charges] == [(1, "Retail theft"), (2, "Vandalism")]
    change = inbox.session.scalars(sa.select(FieldChange)).one()
    assert (change.field, change.new) == ("offences", "Retail theft; Vandalism")
    case = inbox.session.scalars(sa.select(Case)).one()
    assert "Race: B = black" in notes_of(inbox.session, case.id)[-1]
    third = inbox.send(table_of(ANA, ANA | {"Offense": "Vandalism", "Race": "B"}))
    with Refused("import_does_nothing"):
        inbox.ready(third)


def test_a_later_charge_of_a_closed_case_goes_into_a_note(inbox: Inbox) -> None:
    """The record of a closed case is not changed behind anybody's back."""
    inbox.take(table_of(ANA))
    case = inbox.session.scalars(sa.select(Case)).one()
    services.close_case(
        inbox.session, case_id=case.id, reason=ClosureReason.MOVED, on=TODAY, **inbox.hand
    )
    inbox.session.commit()
    inbox.take(table_of(ANA | {"Offense": "Vandalism"}))
    assert case.state is CaseState.CLOSED
    assert count(inbox.session, Charge) == 1
    assert "Offense: Vandalism" in notes_of(inbox.session, case.id)[-1]


def test_the_grade_of_an_offence_outlives_a_correction_of_the_others(inbox: Inbox) -> None:
    """No page asks for it, so it stays with the words it came with."""
    inbox.take(table_of(ANA))
    case = inbox.session.scalars(sa.select(Case)).one()
    charges = (
        services.ChargeGiven(text="Vandalism"),
        services.ChargeGiven(text="Retail theft", nibrs="23H"),
    )
    services.replace_charges(inbox.session, case_id=case.id, charges=charges, **inbox.hand)
    query = sa.select(Charge.text, Charge.severity).order_by(Charge.position)
    assert inbox.session.execute(query).all() == [
        ("Vandalism", None),
        ("Retail theft", "misdemeanor"),
    ]


def test_the_policy_is_that_of_the_day_of_referral(inbox: Inbox) -> None:
    """Two referrals on either side of a new version."""
    before = inbox.session.scalars(sa.text("SELECT id FROM policies")).all()
    store_policy(
        inbox.session,
        policy=preset("fl-charlotte"),
        in_force_from=date(2026, 2, 1),
        **inbox.hand,
    )
    inbox.session.commit()
    inbox.take(table_of(ANA, BO | {"Incident": "26-0002", "Referral Date": "2026-02-03"}))
    policies = [numbered(inbox.session, f"2026-000{n}").policy_id for n in (1, 2)]
    assert len(before) == 1
    assert policies[0] != policies[1]


# All or nothing -------------------------------------------------------------------------------


class _Broken(Exception):
    """The machine stops in the middle."""


def test_an_interrupted_take_over_leaves_nothing(inbox: Inbox) -> None:
    """Half of the cases were on their way; afterwards the run waits as before."""
    run = inbox.send(police(), POLICE)
    ready = inbox.ready(run)
    tables = (Case, Person, Incident, Agency, Charge, CaseNote, ImportedRow)
    told = []

    def stop(done: int) -> None:
        told.append(done)
        raise _Broken

    with pytest.raises(_Broken):
        imports.take_over(inbox.session, ready=ready, progress=stop, **inbox.hand)
    inbox.session.rollback()
    assert told == [4]
    assert {count(inbox.session, table) for table in tables} == {0}
    assert [line.id for line in waiting_runs(inbox.session)] == [run.id]
    done = imports.take_over(inbox.session, ready=ready, **inbox.hand)
    assert (done.cases_made, count(inbox.session, Case)) == (4, 4)


def test_batches_are_written_in_order(inbox: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of several batches has its numbers in the order of its rows, companions together."""
    monkeypatch.setattr(taking, "_CASES_A_BATCH", 2)
    rows = [ANA | {"Incident": f"26-{n // 2:04}", "First Name": f"Ana{n}"} for n in range(7)]
    run = inbox.take(table_of(*rows))
    page = cases_of_run(inbox.session, run.id)
    assert [line.name.given for line in page.lines] == [f"Ana{n}" for n in range(7)]
    assert count(inbox.session, Incident) == 4


def test_a_run_is_taken_over_once(inbox: Inbox) -> None:
    """Whoever comes second with the same preparation is told."""
    run = inbox.send(police(), POLICE)
    first, second = inbox.ready(run), inbox.ready(run)
    imports.take_over(inbox.session, ready=first, **inbox.hand)
    inbox.session.commit()
    with Refused("import_taken_over_already"):
        imports.take_over(inbox.session, ready=second, **inbox.hand)
    inbox.session.rollback()
    assert count(inbox.session, Case) == 4


def test_the_same_rows_sent_in_twice_are_taken_over_once(inbox: Inbox) -> None:
    """Two people send the same file in; the second plan no longer holds."""
    one, other = inbox.send(police(), POLICE), inbox.send(police(), POLICE)
    first, second = inbox.ready(one), inbox.ready(other)
    imports.take_over(inbox.session, ready=first, **inbox.hand)
    inbox.session.commit()
    with Refused("import_changed"):
        imports.take_over(inbox.session, ready=second, **inbox.hand)
    inbox.session.rollback()
    assert count(inbox.session, Case) == 4


def test_two_at_the_same_moment_make_the_cases_once(app: Flask, inbox: Inbox) -> None:
    """Both have prepared and press the button together; one of them is told."""
    runs = [inbox.send(police(), POLICE), inbox.send(police(), POLICE)]
    ready = [inbox.ready(run) for run in runs]
    inbox.session.close()
    barrier = threading.Barrier(2)
    told: list[str] = []

    def press(which: int) -> None:
        with app.app_context():
            session = db.session()
            session.info["writer"] = True
            set_court(session, inbox.court.id)
            barrier.wait()
            try:
                imports.take_over(session, ready=ready[which], **inbox.hand)
                session.commit()
                told.append("done")
            except CourtRuleBroken as refusal:
                session.rollback()
                told.append(str(refusal))

    threads = [threading.Thread(target=press, args=(n,)) for n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["done", "import_changed"]
    assert count(inbox.session, Case) == 4


def test_what_was_not_seen_is_not_taken_over(inbox: Inbox) -> None:
    """A person entered meanwhile changes what would happen, so it is shown again."""
    run = inbox.send(table_of(ANA))
    seen = inbox.ready(run).prospect.digest
    assert inbox.ready(run, seen=seen).prospect.digest == seen
    add_person(
        inbox.session,
        given_names="Ana",
        family_name="Núñez",
        birth_date=date(2010, 5, 17),
        **inbox.hand,
    )
    inbox.session.commit()
    with Refused("import_changed"):
        inbox.ready(run, seen=seen)


# Runs, files, mappings ------------------------------------------------------------------------


def test_a_dry_run_writes_nothing_but_the_run(inbox: Inbox) -> None:
    """The file lies encrypted, and its counts are on the list."""
    run = inbox.send(police(), POLICE)
    assert {count(inbox.session, table) for table in (Case, Person, Incident, ImportedRow)} == {0}
    (line,) = waiting_runs(inbox.session)
    assert (line.id, line.read, line.cases, line.filename) == (run.id, 12, 4, "list.csv")
    stored = inbox.session.scalars(sa.select(StoredFile)).one()
    on_disk = [path.read_bytes() for path in inbox.folder.rglob("*") if path.is_file()]
    assert len(on_disk) == 1
    assert b"BATTERY" not in on_disk[0]
    assert read_file(inbox.session, file_id=stored.id, folder=inbox.folder)[1] == police()


def test_a_discarded_run_keeps_no_file_and_cannot_be_taken_over(inbox: Inbox) -> None:
    """The bytes are gone; the list still says what was sent in."""
    run = inbox.send(police(), POLICE)
    ready = inbox.ready(run)
    imports.discard_run(inbox.session, run_id=run.id, folder=inbox.folder, **inbox.hand)
    inbox.session.commit()
    assert [path for path in inbox.folder.rglob("*") if path.is_file()] == []
    for act in (
        lambda: imports.take_over(inbox.session, ready=ready, **inbox.hand),
        lambda: imports.discard_run(
            inbox.session, run_id=run.id, folder=inbox.folder, **inbox.hand
        ),
    ):
        with Refused("import_discarded_already"):
            act()
        inbox.session.rollback()


def test_a_run_of_another_court_is_not_found(inbox: Inbox) -> None:
    """Neither its file nor its cases can be reached."""
    run = inbox.send(police(), POLICE)
    other = add_court(inbox.session, name="Pine")
    set_court(inbox.session, other.id)
    with pytest.raises(NotFound):
        inbox.ready(run)
    with pytest.raises(NotFound):
        imports.discard_run(inbox.session, run_id=run.id, folder=inbox.folder, **inbox.hand)


def test_rows_of_one_court_are_no_second_case_in_another(inbox: Inbox) -> None:
    """Both import the same file; the keys of the two have nothing in common."""
    inbox.take(police(), POLICE)
    keys = set(inbox.session.scalars(sa.select(ImportedRow.row_key)))
    inbox.court = add_court(inbox.session, name="Pine")
    set_court(inbox.session, inbox.court.id)
    assert inbox.take(police(), POLICE).cases_made == 4
    assert not keys & set(inbox.session.scalars(sa.select(ImportedRow.row_key)))


def test_a_mapping_that_is_changed_gets_a_new_version(inbox: Inbox) -> None:
    """What is saved unchanged stays one version; the runs keep the one they used."""
    inbox.send(table_of(ANA))
    inbox.send(table_of(ANA))
    changed = NAMED.model_copy(update={"title": "Named youths, new list"})
    inbox.send(table_of(ANA), changed)
    stored = inbox.session.scalars(sa.select(ImportMapping).order_by(ImportMapping.number)).all()
    assert [(m.name, m.number) for m in stored] == [("named", 1), ("named", 2)]
    used = Counter(run.mapping_id for run in inbox.session.scalars(sa.select(ImportRun)))
    assert used == {stored[0].id: 2, stored[1].id: 1}


@pytest.mark.parametrize("column", ["FBI Number", "SID", "State Identification No.", "FBI_NO"])
def test_a_file_with_keys_of_police_records_is_refused_whole(inbox: Inbox, column: str) -> None:
    """It is not even kept."""
    data = table_of(ANA | {column: "123"}, header=(*ANA, column))
    with Refused("import_column_barred", "file", columns=(column,)):
        imports.start_run(
            inbox.session,
            upload=check_table(data, filename="list.csv"),
            folder=inbox.folder,
            **inbox.hand,
        )
    assert count(inbox.session, ImportRun) == 0


def test_the_journal_has_one_act_for_the_run_and_one_for_each_case(inbox: Inbox) -> None:
    """With keys and numbers only."""
    run = inbox.take(police(), POLICE)
    lines = inbox.session.scalars(sa.select(AuditEntry)).all()
    acts = Counter(line.act for line in lines)
    assert (acts["case_opened"], acts["import_taken_over"], acts["import_started"]) == (4, 1, 1)
    taken = next(line for line in lines if line.act == "import_taken_over")
    assert (taken.subject_id, taken.at) == (run.id, NOW)
    assert taken.params == {
        "cases": 4, "read": 12, "imported": 4, "merged": 3, "refused": 3, "blank": 2,
    }  # fmt: skip
    words = " ".join(str(line.params) for line in lines)
    assert "BATTERY" not in words
