"""Nothing a row says is lost: words without a field, rows the reader left out, known cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from tests.cases.importing import ANA, HEADER, NAMED
from youthcourt.cases.domain.imports import (
    Field,
    ImportPlan,
    LeftOut,
    Mapping,
    Outcome,
    barred_columns,
    parse_mapping,
    plan_import,
    suggest_meanings,
    with_joined,
    youth_key,
)
from youthcourt.cases.domain.imports.codes import grade_of, language_of

TODAY = date(2026, 3, 4)


@dataclass(frozen=True)
class Line:
    """A row as a reader hands it over."""

    number: int
    cells: Sequence[str]


def plan(*rows: dict[str, str], mapping: Mapping = NAMED, **more: Any) -> ImportPlan:
    """Return the plan for rows, the first one being row 2."""
    lines = [Line(n, [row.get(h, "") for h in HEADER]) for n, row in enumerate(rows, start=2)]
    return plan_import(lines, HEADER, mapping, known_keys=(), today=TODAY, **more)


def changed(**changes: Any) -> Mapping:
    """Return the mapping with changes in its document."""
    return parse_mapping(NAMED.document() | changes)


def test_a_row_without_anything_odd_leaves_only_what_has_no_field() -> None:
    """Race is asked at intake; until then the referrer's word for it is kept."""
    (case,) = plan(ANA).cases
    assert case.words == ((Field.RACE, "W"),)
    assert case.narrative == ""


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"Sex": "girl"}, (Field.SEX, "girl")),
        ({"Phone": "none"}, (Field.PHONE, "none")),
        ({"Language": "Elvish"}, (Field.LANGUAGE, "Elvish")),
        ({"Level": "Class 3"}, (Field.SEVERITY, "Class 3")),
        ({"Level": "M", "Offense": ""}, (Field.SEVERITY, "M")),
    ],
)
def test_a_cell_that_fits_no_field_is_kept_as_it_stands(changes: Any, word: Any) -> None:
    """Once."""
    (case,) = plan(ANA | changes).cases
    assert case.words.count(word) == 1


def test_what_a_later_row_of_the_case_says_otherwise_is_kept() -> None:
    """The first row counts; the other words are there to be looked at."""
    first = ANA | {"Officer": "Lee", "Level": "M"}
    later = ANA | {"Officer": "Cho", "Level": "X", "School": "Oak High", "Story": "Ran."}
    (case,) = plan(first, later).cases
    assert case.officer == "Lee"
    assert case.person.school == "Oak High"
    assert case.narrative == "Ran."
    assert set(case.words) == {(Field.RACE, "W"), (Field.OFFICER, "Cho"), (Field.SEVERITY, "X")}


def test_the_same_charge_graded_otherwise_keeps_both_grades() -> None:
    """The charge has the first one."""
    mapping = changed(values={"severity": {"M": "misdemeanor", "F": "felony"}})
    (case,) = plan(ANA, ANA | {"Level": "F"}, mapping=mapping).cases
    assert [str(charge.severity) for charge in case.charges] == ["misdemeanor"]
    assert (Field.SEVERITY, "F") in case.words


def test_what_a_transform_cuts_off_is_kept() -> None:
    """The whole cell, as it stands."""
    mapping = changed(transforms={"charge_text": ["before_dash"]})
    (case,) = plan(ANA | {"Offense": "Theft - second degree"}, mapping=mapping).cases
    assert case.charges[0].text == "Theft"
    assert (Field.CHARGE_TEXT, "Theft - second degree") in case.words
    mapping = changed(transforms={"charge_text": ["class_suffix"]})
    (case,) = plan(ANA | {"Offense": "Theft  F", "Level": "M"}, mapping=mapping).cases
    assert str(case.charges[0].severity) == "misdemeanor"
    assert (Field.CHARGE_TEXT, "Theft  F") in case.words


def test_what_cannot_be_used_is_noted_for_the_dry_run() -> None:
    """With the column and the word."""
    done = plan(ANA | {"Phone": "none", "Language": "Elvish", "Race": "Q"})
    codes = [note.code for note in done.rows[0].notes]
    assert sorted(codes) == ["contact_not_usable", "value_not_known", "value_not_known"]
    assert done.values_not_known == {("language", "Elvish"): 1, ("race", "Q"): 1}


def test_an_address_is_written_as_on_a_letter() -> None:
    """And always fits the field of the court."""
    header = ["No", "Day", "Last Name", "Street", "Town", "State", "Zip"]
    mapping = parse_mapping(
        {
            "name": "homes",
            "title": "Homes",
            "source": "homes",
            "columns": {
                "reference": "No",
                "referred_on": "Day",
                "family_name": "Last Name",
                "address": "Street",
                "city": "Town",
                "region": "State",
                "zip": "Zip",
            },
            "dates": {"referred_on": ["YYYY-MM-DD"]},
        }
    )
    longest = ["1", "2026-01-02", "Ruiz", "s" * 200, "t" * 60, "r" * 20, "z" * 16]
    rows = [
        Line(2, ["1", "2026-01-02", "Ruiz", "1 Oak St", "Elm", "NY", "10001"]),
        Line(3, longest),
    ]
    cases = plan_import(rows, header, mapping, known_keys=(), today=TODAY).cases
    assert cases[0].person.home == "1 Oak St\nElm, NY 10001"
    assert len(cases[1].person.home) <= 300


# Rows, keys, columns --------------------------------------------------------------------------


def test_rows_the_reader_left_out_are_counted_in_their_place() -> None:
    """Read is every row beside the header; an empty one needs no reason."""
    aside = [
        LeftOut(number=1, outcome=Outcome.BLANK, code="table_row_above_table"),
        LeftOut(number=4, outcome=Outcome.BLANK),
        LeftOut(number=5, outcome=Outcome.REFUSED, code="table_row_too_many_cells"),
    ]
    done = plan(ANA, ANA | {"DOB": "never"}, left_out=aside)
    assert (done.read, done.imported, done.merged, done.refused, done.blank) == (5, 1, 0, 2, 2)
    assert [row.number for row in done.rows] == [1, 2, 3, 4, 5]
    assert [row.number for row in done.left_aside] == [1, 3, 5]


def test_a_case_that_is_on_record_is_merged_and_the_sum_still_comes_out() -> None:
    """Its rows are counted as merged, and it is no companion of the plan."""
    other = ANA | {"First Name": "Bo", "DOB": "2009-01-02"}
    done = with_joined(plan(ANA, other), {0})
    assert (done.read, done.imported, done.merged, done.case_count) == (2, 1, 1, 1)
    assert done.merged_counts == {"case_on_record": 1}
    assert done.incidents_with_companions == 0
    assert [case.person.given_names for case in done.new_cases] == ["Bo"]


def test_a_number_of_another_agency_is_another_incident() -> None:
    """Two police departments both have a number 26-0001."""
    mapping = changed(identity=[], merge=[], exact_copies="separate")
    elsewhere = ANA | {"First Name": "Bo", "Agency": "Elm Police"}
    done = plan(ANA, elsewhere, mapping=mapping)
    assert (done.incidents, done.incidents_with_companions) == (2, 0)


def test_an_incident_later_than_its_referral_is_refused() -> None:
    """As on the referral page."""
    done = plan(ANA | {"Offense Date": "2026-02-01"})
    assert [r.code for r in done.refusals[0].reasons] == ["row_incident_after_referral"]


@pytest.mark.parametrize(
    ("name", "barred"),
    [
        ("FBI Number", True),
        ("fbi_no", True),
        ("SID", True),
        ("NCIC hit", True),
        ("Fingerprint ID", True),
        ("State", False),
        ("Incident ID", False),
        ("Residence", False),
        ("Student ID", False),
    ],
)
def test_columns_with_keys_of_police_records_are_known(name: str, barred: bool) -> None:
    """And others are left alone."""
    assert (barred_columns([name]) == (name,)) is barred


@pytest.mark.parametrize(
    ("words", "grade"),
    [("9", "9"), ("09", "9"), ("9th Grade", "9"), ("Grade 12", "12"), ("Sophomore", "10"),
     ("ungraded", "ungraded"), ("13", None), ("K", None), ("", None)],
)  # fmt: skip
def test_grades_are_read_however_they_are_written(words: str, grade: str | None) -> None:
    """Or not at all."""
    assert grade_of(words) == grade


@pytest.mark.parametrize(
    ("words", "language"),
    [("en", "en"), ("Spanish", "es"), ("HAITIAN CREOLE", "ht"), ("ASL", "ase"),
     ("Sign language", "ase"), ("Elvish", None), ("", None)],
)  # fmt: skip
def test_languages_are_read_by_code_or_name(words: str, language: str | None) -> None:
    """Or not at all."""
    assert language_of(words) == language


def test_a_youth_is_known_by_a_number_and_what_the_file_tells() -> None:
    """In the order of how sure each is."""
    fields = {Field.AGE, Field.RACE, Field.FAMILY_NAME, Field.CHARGE_TEXT}
    key = youth_key(Field.INCIDENT_NUMBER, fields)
    assert key == ["incident_number", "family_name", "age", "race"]


def test_codes_that_mean_the_same_everywhere_are_suggested() -> None:
    """Others are left to a person."""
    assert suggest_meanings(Field.SEX, ["F", "q"]) == {"F": "female"}
    assert suggest_meanings(Field.RACE, ["White Hispanic"]) == {
        "White Hispanic": ["white", "hispanic"]
    }
