"""What a referral file becomes: every row accounted for, nothing twice, nothing lost."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from youthcourt.cases.domain import Race, Sex
from youthcourt.cases.domain.imports import (
    ImportPlan,
    Mapping,
    Outcome,
    Residence,
    Severity,
    parse_mapping,
    plan_import,
    shipped_mapping,
)
from youthcourt.errors import CourtRuleBroken

FILES = Path(__file__).parent / "files"
TODAY = date(2025, 6, 2)
POLICE = shipped_mapping("fort-lauderdale-arrests")
GROUPED = shipped_mapping("chicago-arrests")
SCHOOL = parse_mapping(
    {
        "name": "school",
        "title": "School referrals",
        "source": "school",
        "require": ["reference", "referred_on"],
        "identity": ["reference"],
        "exact_copies": "merge",
        "columns": {
            "reference": "Referral No",
            "given_names": "First Name",
            "family_name": "Last Name",
            "birth_date": "DOB",
            "incident_on": "Offense Date",
            "charge_text": "Offense",
            "referred_on": "Date Referred",
            "agency": "Referring Agency",
            "school": "School",
            "phone": "Phone",
        },
        "dates": {
            "birth_date": ["MM/DD/YYYY"],
            "incident_on": ["MM/DD/YYYY"],
            "referred_on": ["MM/DD/YYYY"],
        },
    }
)


@dataclass(frozen=True)
class Line:
    """A row as a reader hands it over."""

    number: int
    cells: Sequence[str]


def lines_of(name: str) -> tuple[list[str], list[Line]]:
    """Return the header and the rows of a made-up file."""
    with (FILES / name).open(encoding="utf-8", newline="") as text:
        header, *rows = csv.reader(text)
    return header, [Line(number, cells) for number, cells in enumerate(rows, start=2)]


def plan(
    rows: Iterable[Line], header: Sequence[str], mapping: Mapping, known: Collection[str] = ()
) -> ImportPlan:
    """Return the plan for rows, with the keys of earlier imports."""
    return plan_import(rows, header, mapping, known_keys=frozenset(known), today=TODAY)


def keys_of(done: ImportPlan) -> set[str]:
    """Return every key an import would store."""
    keys = {key for case in done.cases for key in case.keys}
    return keys | {key for addition in done.additions for key in addition.keys}


def counts(done: ImportPlan) -> tuple[int, int, int, int, int]:
    """Return read, imported, merged, refused and blank."""
    return (done.read, done.imported, done.merged, done.refused, done.blank)


def reasons(done: ImportPlan, outcome: Outcome) -> dict[int, list[str]]:
    """Return the reason codes by row number."""
    rows = [row for row in done.rows if row.outcome is outcome]
    return {row.number: [reason.code for reason in row.reasons] for row in rows}


def test_a_police_file_gives_one_case_for_each_youth_of_each_incident() -> None:
    """Another charge joins the case; another youth of the incident is a companion."""
    header, rows = lines_of("arrests_police.csv")
    done = plan(rows, header, POLICE)
    assert counts(done) == (12, 4, 3, 3, 2)
    assert (done.case_count, done.incidents, done.incidents_with_companions) == (4, 3, 1)
    first, companion, *_ = done.cases
    assert [(c.text, c.severity) for c in first.charges] == [
        ("BATTERY-TOUCH OR STRIKE", Severity.MISDEMEANOR),
        ("RESIST OFFICER-OBSTRUCT WO VIOLENCE", Severity.MISDEMEANOR),
    ]
    assert (first.rows, companion.rows) == ((3, 4, 5), (6,))
    assert first.incident_key == companion.incident_key
    assert first.person_key != companion.person_key


def test_a_youth_without_a_name_is_not_yet_identified_and_has_the_age_as_stated() -> None:
    """The age counts on the day of the arrest; 09 is nine; race is what an observer wrote."""
    header, rows = lines_of("arrests_police.csv")
    youth = plan(rows, header, POLICE).cases[1].person
    assert not youth.identified
    assert (youth.stated_age, youth.stated_age_on) == (9, date(2024, 3, 4))
    assert youth.sex is Sex.FEMALE
    assert youth.races == {Race.WHITE, Race.HISPANIC}
    assert (youth.race_words, youth.residence) == ("W / H", Residence.NON_RESIDENT)


def test_each_row_of_the_police_file_has_its_reason() -> None:
    """31 February, a man of forty and a charge with nothing else are refused by name."""
    header, rows = lines_of("arrests_police.csv")
    done = plan(rows, header, POLICE)
    assert reasons(done, Outcome.REFUSED) == {
        10: ["row_field_missing"],
        11: ["date_not_readable"],
        12: ["age_implausible"],
    }
    assert done.refusals[0].reasons[0].params == {"fields": ("incident_number", "arrested_on")}
    assert reasons(done, Outcome.MERGED) == {
        4: ["another_charge"],
        5: ["same_charge_again"],
        8: ["exact_copy"],
    }


def test_what_is_odd_but_usable_is_noted() -> None:
    """Another hour within one case may be another youth; an unknown code or hour is named."""
    header, rows = lines_of("arrests_police.csv")
    done = plan(rows, header, POLICE)
    notes = {row.number: [note.code for note in row.notes] for row in done.rows if row.notes}
    assert notes == {5: ["rows_differ"], 13: ["time_not_readable", "value_not_known"]}
    assert done.values_not_known == {("race", "Z"): 1}
    differing = next(row for row in done.rows if row.number == 5).notes[0]
    assert differing.params == {"fields": ("arrested_at",)}


def test_what_the_first_row_leaves_open_a_later_row_of_the_case_fills() -> None:
    """The ethnicity of row 4 belongs to the youth of row 3."""
    header, rows = lines_of("arrests_police.csv")
    case = plan(rows, header, POLICE).cases[0]
    assert case.person.race_words == "B / N"
    assert (case.arrested_at, case.arrested_on) == (time(15, 38), date(2024, 3, 4))
    assert (case.referred_on, case.referred_on_assumed) == (TODAY, True)


def test_a_grouped_row_stands_for_so_many_cases() -> None:
    """Equal rows are separate arrests; TOTAL 3 is three; TOTAL 0 is refused."""
    header, rows = lines_of("arrests_grouped.csv")
    done = plan(rows, header, GROUPED)
    assert counts(done) == (6, 4, 0, 2, 0)
    assert done.case_count == 7
    assert [row.cases for row in done.rows] == [1, 1, 3, 2, 0, 0]
    assert [row.case for row in done.rows] == [0, 1, 2, 5, None, None]
    assert len(keys_of(done)) == 7
    assert reasons(done, Outcome.REFUSED) == {6: ["count_not_usable"], 7: ["row_field_missing"]}
    assert done.incidents == 0


def test_an_age_of_nought_is_not_known() -> None:
    """In this file 0, 1 and 2 stand for no age; nobody is refused for it."""
    header, rows = lines_of("arrests_grouped.csv")
    person = plan(rows, header, GROUPED).cases[5].person
    assert (person.stated_age, person.stated_age_on) == (None, None)
    assert person.races == {Race.ASIAN}


def test_a_named_youth_with_two_referrals_is_one_person() -> None:
    """Accents and apostrophes are kept; the cases stay two."""
    header, rows = lines_of("referrals_school.csv")
    done = plan(rows, header, SCHOOL)
    assert counts(done) == (7, 3, 0, 4, 0)
    first, formula, again = done.cases
    assert first.person.family_name == "Núñez-O’Brien"
    assert first.person_key == again.person_key
    assert first.key != again.key
    assert formula.person.given_names == "=cmd()|'x'"


def test_birth_dates_and_days_that_cannot_be_are_refused() -> None:
    """Born after the offence, forty years old, referred in the future, 29 February 2009."""
    header, rows = lines_of("referrals_school.csv")
    assert reasons(plan(rows, header, SCHOOL), Outcome.REFUSED) == {
        5: ["birth_date_after_offence"],
        6: ["age_implausible"],
        7: ["date_in_future"],
        8: ["date_not_readable"],
    }


def test_a_name_of_ten_thousand_letters_or_with_hidden_direction_marks_is_refused() -> None:
    """An emoji is no reason to turn a youth away."""
    header, rows = lines_of("long_name.csv")
    mapping = parse_mapping(
        {
            "name": "names",
            "title": "Names",
            "source": "names",
            "columns": {
                "reference": "Referral No",
                "given_names": "First Name",
                "family_name": "Last Name",
                "referred_on": "Date Referred",
            },
            "dates": {"referred_on": ["YYYY-MM-DD"]},
        }
    )
    done = plan(rows, header, mapping)
    assert reasons(done, Outcome.REFUSED) == {
        2: ["name_too_long"],
        3: ["name_has_control_characters"],
    }
    assert done.cases[0].person.given_names == "Zoë 🌟"


def test_every_reason_of_a_refused_row_is_listed() -> None:
    """Whoever mends the file sees all of it at once."""
    header = ["Incident ID", "Charge", "Date Arrested", "Time Arrested", "Age", "Race", "Sex",
              "Ethnicity", "Reisdence", "Disposition Description"]  # fmt: skip
    row = Line(2, ["", "x" * 301, "yesterday", "", "old", "", "", "", "", ""])
    done = plan([row], header, POLICE)
    assert reasons(done, Outcome.REFUSED)[2] == [
        "row_field_missing",
        "text_too_long",
        "date_not_readable",
        "age_not_readable",
    ]


def test_a_row_wider_than_the_header_is_refused_and_a_shorter_one_is_not() -> None:
    """A cell without a column cannot be lost; a cell left out is empty."""
    header, rows = lines_of("arrests_grouped.csv")
    wide = Line(2, [*rows[0].cells, "and more"])
    narrow = Line(3, rows[0].cells[:6])
    done = plan([wide, narrow], header, GROUPED)
    assert reasons(done, Outcome.REFUSED) == {2: ["row_too_many_cells"]}
    assert done.case_count == 1


def test_a_file_that_lacks_a_column_is_refused_before_any_row() -> None:
    """All missing columns are named; a column that is there twice cannot be chosen."""
    header, rows = lines_of("arrests_grouped.csv")
    with pytest.raises(CourtRuleBroken) as refused:
        plan(rows, header[2:], GROUPED)
    assert refused.value.code == "import_columns_missing"
    assert refused.value.params == {"columns": ("ARREST_DATE", "RACE")}
    with pytest.raises(CourtRuleBroken) as twice:
        plan(rows, [*header, "Race "], GROUPED)
    assert (twice.value.code, twice.value.params) == ("import_column_twice", {"column": "RACE"})


def test_columns_are_found_whatever_their_case_order_and_byte_order_mark() -> None:
    """A spreadsheet saved again makes no second case."""
    header, rows = lines_of("arrests_grouped.csv")
    known = keys_of(plan(rows, header, GROUPED))
    moved = [Line(row.number, list(reversed(row.cells))) for row in rows]
    names = ["\ufeff " + name.lower() for name in reversed(header)]
    again = plan(moved, names, GROUPED, known)
    assert (again.case_count, again.refused) == (0, 2)


@pytest.mark.parametrize(
    ("name", "mapping"),
    [
        ("arrests_police.csv", POLICE),
        ("arrests_grouped.csv", GROUPED),
        ("referrals_school.csv", SCHOOL),
    ],
)
def test_the_same_file_twice_makes_no_second_case(name: str, mapping: Mapping) -> None:
    """What was imported is merged the second time; refused rows stay refused."""
    header, rows = lines_of(name)
    first = plan(rows, header, mapping)
    again = plan(rows, header, mapping, keys_of(first))
    assert (again.case_count, again.additions) == (0, ())
    assert again.merged == first.imported + first.merged
    assert (again.refused, again.blank) == (first.refused, first.blank)


def test_a_later_file_with_another_charge_adds_it_to_the_case_it_belongs_to() -> None:
    """The charge is not lost and no second case is made; a third import adds nothing."""
    header, rows = lines_of("arrests_police.csv")
    first = plan(rows[:2], header, POLICE)
    second = plan(rows, header, POLICE, keys_of(first))
    assert [(a.case_key, a.row) for a in second.additions] == [(first.cases[0].key, 4)]
    charge = second.additions[0].charge
    assert charge is not None
    assert charge.text.startswith("RESIST")
    assert reasons(second, Outcome.MERGED)[4] == ["added_to_known_case"]
    third = plan(rows, header, POLICE, keys_of(first) | keys_of(second))
    assert (third.case_count, third.additions) == (0, ())


def test_a_total_that_has_grown_makes_only_the_cases_that_are_new() -> None:
    """Grouped files are published again with larger counts."""
    header, rows = lines_of("arrests_grouped.csv")
    first = plan(rows, header, GROUPED)
    grown = [Line(4, [*rows[2].cells[:-1], "5"])]
    assert plan(grown, header, GROUPED, keys_of(first)).case_count == 2


def test_keys_depend_on_the_secret_and_on_the_source() -> None:
    """A stored key does not tell whose it is, and two agencies' numbers never meet."""
    header, rows = lines_of("arrests_police.csv")
    plain = keys_of(plan(rows, header, POLICE))
    keyed = plan_import(
        rows, header, POLICE, known_keys=frozenset(), today=TODAY, secret=b"of the court"
    )
    other = POLICE.model_copy(update={"source": "another-force"})
    assert not plain & keys_of(keyed)
    assert not plain & keys_of(plan(rows, header, other))
    assert all(len(key) <= 64 for key in plain)


# Properties ------------------------------------------------------------------------------------

HEADER = ["No", "Day", "Charge", "Age", "Race", "Sex", "Count"]
CELLS = st.tuples(
    st.sampled_from(["", "1", "2"]),
    st.sampled_from(["", "2024-01-05", "2024-02-30", "2099-01-01"]),
    st.sampled_from(["", "BATTERY", "THEFT"]),
    st.sampled_from(["", "0", "15", "016", "40", "x"]),
    st.sampled_from(["", "B", "?"]),
    st.sampled_from(["", "M"]),
    st.sampled_from(["", "1", "2", "0"]),
)
TABLES = st.lists(CELLS, max_size=12).map(
    lambda cells: [Line(number, row) for number, row in enumerate(cells, start=2)]
)


def made_up(kind: str) -> Mapping:
    """Return one of the four ways in which rows can be known again."""
    keyed = ["incident_number", "age", "race", "sex"]
    ways: dict[str, dict[str, Any]] = {
        "named": {"identity": keyed, "merge": keyed, "exact_copies": "merge"},
        "merged_by_content": {"merge": keyed, "exact_copies": "merge"},
        "copies_are_facts": {"merge": keyed, "exact_copies": "separate"},
        "content": {"exact_copies": "separate"},
        "copies_are_one": {"exact_copies": "merge"},
    }
    columns = {
        "incident_number": "No",
        "arrested_on": "Day",
        "charge_text": "Charge",
        "age": "Age",
        "race": "Race",
        "sex": "Sex",
    }
    if "merge" not in ways[kind]:
        columns["count"] = "Count"
    return parse_mapping(
        {
            "name": "made-up",
            "title": "Made up",
            "source": "made-up",
            "columns": columns,
            "require": ["incident_number", "arrested_on"],
            "dates": {"arrested_on": ["YYYY-MM-DD"]},
            "unknown": {"age": ["0"]},
            "values": {"race": {"B": ["black"]}, "sex": {"M": "male"}},
            "blank_when_only": ["Count"],
            **ways[kind],
        }
    )


MAPPINGS = st.sampled_from(
    [
        made_up(kind)
        for kind in ("named", "merged_by_content", "copies_are_facts", "content", "copies_are_one")
    ]
)


@given(TABLES, MAPPINGS)
def test_every_row_has_exactly_one_outcome(rows: list[Line], mapping: Mapping) -> None:
    """Rows read = imported + merged + refused + blank; every case comes from rows that say so."""
    done = plan(rows, HEADER, mapping)
    read, *parts = counts(done)
    assert read == sum(parts) == len(rows)
    assert sum(row.cases for row in done.rows) == done.case_count
    assert sum(row.cases > 0 for row in done.rows) == done.imported
    used = {number for case in done.cases for number in case.rows}
    joined = {Outcome.IMPORTED, Outcome.MERGED}
    assert used == {row.number for row in done.rows if row.outcome in joined}
    assert all(row.reasons for row in done.rows if row.outcome is Outcome.REFUSED)


@given(TABLES, MAPPINGS)
def test_no_two_cases_share_a_key(rows: list[Line], mapping: Mapping) -> None:
    """A stored key leads to one case."""
    keys = [key for case in plan(rows, HEADER, mapping).cases for key in case.keys]
    assert len(keys) == len(set(keys))


@given(TABLES, TABLES, MAPPINGS)
def test_a_file_with_rows_appended_makes_only_the_new_cases(
    rows: list[Line], more: list[Line], mapping: Mapping
) -> None:
    """In two goes or in one, the same keys are stored; a third go stores none."""
    both = [Line(number, row.cells) for number, row in enumerate([*rows, *more], start=2)]
    whole = plan(both, HEADER, mapping)
    first = plan(rows, HEADER, mapping)
    second = plan(both, HEADER, mapping, keys_of(first))
    stored = keys_of(first) | keys_of(second)
    assert stored == keys_of(whole)
    assert first.case_count + second.case_count == whole.case_count
    third = plan(both, HEADER, mapping, stored)
    assert (third.case_count, third.additions) == (0, ())


@given(TABLES, MAPPINGS, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_change_what_is_stored(
    rows: list[Line], mapping: Mapping, shuffler: Random
) -> None:
    """A file sorted otherwise is the same file."""
    mixed = list(rows)
    shuffler.shuffle(mixed)
    one, other = plan(rows, HEADER, mapping), plan(mixed, HEADER, mapping)
    assert counts(one) == counts(other)
    assert keys_of(one) == keys_of(other)
