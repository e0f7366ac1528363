"""Mappings: read, checked with every mistake named, and proposed from a header."""

from __future__ import annotations

import csv
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from youthcourt.cases.domain.imports import (
    DATE_PATTERNS,
    SHIPPED,
    TIME_PATTERNS,
    Mapping,
    load_mapping,
    mapping_problems,
    parse_mapping,
    plan_import,
    shipped_mapping,
    suggest_mapping,
)
from youthcourt.cases.domain.imports.patterns import (
    UnknownPatternError,
    check_date_pattern,
    read_date,
    read_time,
)
from youthcourt.errors import CourtRuleBroken
from youthcourt.files.tables import Row

FILES = Path(__file__).parent / "files"
TODAY = date(2025, 6, 2)


def rows_of(name: str) -> tuple[list[str], list[Row]]:
    """Return the header and rows of a made-up file."""
    with (FILES / name).open(encoding="utf-8", newline="") as text:
        header, *rows = csv.reader(text)
    return header, [Row(number=n, cells=tuple(cells)) for n, cells in enumerate(rows, start=2)]


@pytest.mark.parametrize("name", SHIPPED)
def test_each_shipped_mapping_is_sound_and_survives_storing(name: str) -> None:
    """What is stored as a document is read back as the same mapping."""
    mapping = shipped_mapping(name)
    assert mapping.name == name
    assert mapping.assumed
    assert parse_mapping(mapping.document()) == mapping


def test_a_mapping_that_does_not_ship_is_not_found() -> None:
    """No path can be smuggled in by name."""
    with pytest.raises(CourtRuleBroken) as refused:
        shipped_mapping("../../secrets")
    assert refused.value.code == "mapping_not_found"


def document(**changes: Any) -> dict[str, Any]:
    """Return a small sound document with changes."""
    sound = {
        "name": "police",
        "title": "Police",
        "source": "police",
        "columns": {"incident_number": "No", "arrested_on": "Day", "race": "Race"},
        "dates": {"arrested_on": ["MM/DD/YYYY"]},
    }
    return sound | changes


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"columns": {"race": "Race"}, "dates": {}}, "mapping_without_date"),
        ({"columns": {"arrested_on": "Day", "race": "Day"}}, "mapping_column_twice"),
        ({"dates": {}}, "mapping_date_without_pattern"),
        ({"dates": {"race": ["YYYY-MM-DD"]}}, "mapping_dates_of_no_date"),
        ({"dates": {"arrested_on": ["QQ/DD/YYYY"]}}, "date_pattern_unknown"),
        ({"dates": {"arrested_on": ["MM/YYYY"]}}, "date_pattern_unknown"),
        ({"times": {"arrested_at": ["ss"]}}, "time_pattern_unknown"),
        ({"values": {"race": {"B": ["blue"]}}}, "mapping_value_unknown"),
        ({"values": {"incident_number": {"1": "one"}}}, "mapping_values_of_no_code"),
        ({"require": ["sex"]}, "mapping_field_without_column"),
        ({"merge": ["incident_number"]}, "mapping_key_not_required"),
        ({"merge": ["race"], "require": ["race"]}, "mapping_key_not_required"),
        (
            {"identity": ["incident_number"], "require": ["incident_number"]},
            "mapping_identity_and_separate_copies",
        ),
        ({"columns": {"arrested_on": "Day", "shoe_size": "Shoe"}}, "enum"),
        ({"name": "Not A Slug"}, "string_pattern_mismatch"),
        ({"color": "red"}, "extra_forbidden"),
    ],
)
def test_a_mistake_in_a_mapping_is_named(changes: dict[str, Any], code: str) -> None:
    """Before any file is read by it."""
    assert code in [problem.code for problem in mapping_problems(document(**changes))]
    with pytest.raises(CourtRuleBroken) as refused:
        parse_mapping(document(**changes))
    assert refused.value.code == "mapping_not_usable"


def test_several_mistakes_are_all_named_with_their_places() -> None:
    """The dry-run page marks each field."""
    wrong = document(name="", title="", dates={"arrested_on": ["never"]})
    places = {problem.place for problem in mapping_problems(wrong)}
    assert places == {"name", "title", "dates.arrested_on.0"}


def test_a_grouped_file_can_have_no_incident_key() -> None:
    """A row of several arrests is not one youth."""
    wrong = document(
        columns={"incident_number": "No", "arrested_on": "Day", "count": "N"},
        require=["incident_number"],
        merge=["incident_number"],
    )
    assert [p.code for p in mapping_problems(wrong)] == ["mapping_count_and_key"]


def test_a_text_that_is_no_toml_is_refused() -> None:
    """With the place the reader stopped at."""
    with pytest.raises(CourtRuleBroken) as refused:
        load_mapping("name = ")
    assert refused.value.code == "mapping_not_toml"


@pytest.mark.parametrize(
    ("text", "pattern", "day"),
    [
        ("03/04/2024 12:00:00 AM", "MM/DD/YYYY hh:mm:ss AM", date(2024, 3, 4)),
        ("3/4/2024", "MM/DD/YYYY", date(2024, 3, 4)),
        ("3/4/2024", "DD/MM/YYYY", date(2024, 4, 3)),
        ("20240304", "YYYYMMDD", date(2024, 3, 4)),
        ("Mar. 4, 2024", "MON DD, YYYY", date(2024, 3, 4)),
        ("04-March-2024", "DD-MON-YYYY", date(2024, 3, 4)),
        ("3/4/09", "MM/DD/YY", date(2009, 3, 4)),
        ("3/4/99", "MM/DD/YY", date(1999, 3, 4)),
        ("2024-03-04 15:38:00", "YYYY-MM-DD HH:mm:ss", date(2024, 3, 4)),
        ("02/31/2024", "MM/DD/YYYY", None),
        ("13/01/2024", "MM/DD/YYYY", None),
        ("03/04/2024 13:00:00 AM", "MM/DD/YYYY hh:mm:ss AM", None),
        ("03/04/2024", "MM/DD/YYYY hh:mm:ss AM", None),
        ("0000-01-01", "YYYY-MM-DD", None),
        ("Foo 4, 2024", "MON DD, YYYY", None),
        ("٣/٤/٢٠٢٤", "MM/DD/YYYY", date(2024, 3, 4)),
        ("", "YYYY-MM-DD", None),
    ],
)
def test_dates_are_read_by_their_pattern_or_not_at_all(
    text: str, pattern: str, day: date | None
) -> None:
    """A day that is not in the calendar is no date; two digits never lie in the future."""
    assert read_date(text, (pattern,), today=TODAY) == day


@pytest.mark.parametrize(
    ("text", "pattern", "clock"),
    [
        ("1538", "HHmm", time(15, 38)),
        ("0001", "HHmm", time(0, 1)),
        ("1", "HHmm", time(0, 1)),
        ("2400", "HHmm", None),
        ("1561", "HHmm", None),
        ("12:05 am", "hh:mm AM", time(0, 5)),
        ("12:05 PM", "hh:mm AM", time(12, 5)),
        ("3:05 p.m.", "hh:mm AM", time(15, 5)),
        ("15:38", "HH:mm", time(15, 38)),
        ("noon", "HH:mm", None),
    ],
)
def test_times_are_read_by_their_pattern_or_not_at_all(
    text: str, pattern: str, clock: time | None
) -> None:
    """Noughts a spreadsheet dropped are put back."""
    assert read_time(text, (pattern,)) == clock


def test_every_pattern_offered_can_be_read() -> None:
    """The list in the form holds nothing that the importer refuses."""
    for pattern in DATE_PATTERNS:
        check_date_pattern(pattern)
    assert all(read_time("x", (pattern,)) is None for pattern in TIME_PATTERNS)
    with pytest.raises(UnknownPatternError):
        check_date_pattern("DD/DD/YYYY")


@given(st.text(max_size=30), st.sampled_from((*DATE_PATTERNS, *TIME_PATTERNS)))
def test_no_cell_breaks_the_reading_of_dates_and_times(text: str, pattern: str) -> None:
    """Whatever a cell holds, the answer is a value or None."""
    if pattern in DATE_PATTERNS:
        assert isinstance(read_date(text, (pattern,), today=TODAY), date | None)
    else:
        assert isinstance(read_time(text, (pattern,)), time | None)


@given(st.dates(date(1926, 1, 1), date(2025, 6, 2)), st.sampled_from(DATE_PATTERNS))
def test_a_date_written_by_a_pattern_is_read_back(day: date, pattern: str) -> None:
    """Each pattern reads what it describes; two digits reach back a hundred years."""
    text = pattern
    for part, value in (
        ("YYYY", f"{day:%Y}"),
        ("YY", f"{day:%y}"),
        ("MON", "JanFebMarAprMayJunJulAugSepOctNovDec"[day.month * 3 - 3 : day.month * 3]),
        ("MM", f"{day.month:02}"),
        ("DD", f"{day.day:02}"),
        ("HH", "13"),
        ("hh", "11"),
        ("mm", "05"),
        ("ss", "09"),
    ):
        text = text.replace(part, value, 1)
    assert read_date(text, (pattern,), today=TODAY) == day


def accepted(name: str) -> tuple[dict[str, Any], Mapping]:
    """Return the draft for a made-up file and the mapping it makes."""
    header, rows = rows_of(name)
    draft = suggest_mapping(header, rows, today=TODAY)
    return draft.document, parse_mapping(draft.document)


def test_a_police_header_is_understood_from_its_words() -> None:
    """Misspelt columns are left for a person; a column that is always 1 says nothing."""
    draft, mapping = accepted("arrests_police.csv")
    assert draft["columns"] == {
        "incident_number": "Incident ID",
        "arrested_on": "Date Arrested",
        "arrested_at": "Time Arrested",
        "charge_text": "Charge",
        "agency": "Agency Code",
        "age": "Age",
        "sex": "Sex",
        "race": "Race",
        "ethnicity": "Ethnicity",
    }
    assert draft["transforms"] == {"charge_text": ["class_suffix"]}
    assert draft["identity"] == draft["merge"] == ["incident_number", "age", "race", "sex"]
    header, rows = rows_of("arrests_police.csv")
    planned = plan_import(rows, header, mapping, known_keys=(), today=TODAY)
    assert planned.case_count == 4


def test_a_grouped_header_is_understood_as_grouped() -> None:
    """A column of numbers other than 1 counts the arrests of a row."""
    draft, mapping = accepted("arrests_grouped.csv")
    assert draft["columns"]["count"] == "TOTAL"
    assert draft["columns"]["statute"] == "STATUTE"
    assert draft["columns"]["charge_text"] == "STATUTE DESCRIPTION"
    assert draft["exact_copies"] == "separate"
    header, rows = rows_of("arrests_grouped.csv")
    assert plan_import(rows, header, mapping, known_keys=(), today=TODAY).case_count == 7


def test_a_school_header_is_understood_and_the_impossible_date_is_left_to_a_person() -> None:
    """What no pattern reads whole is listed as unsure, never dropped."""
    header, rows = rows_of("referrals_school.csv")
    draft = suggest_mapping(header, rows, today=TODAY)
    assert draft.document["columns"]["birth_date"] == "DOB"
    assert draft.document["columns"]["given_names"] == "First Name"
    assert draft.document["identity"][0] == "reference"
    assert draft.document["dates"]["referred_on"] == ["MM/DD/YYYY"]
    assert "birth_date" in draft.unsure
    assert mapping_problems(draft.document) == []


def test_a_date_that_could_be_day_or_month_first_is_unsure() -> None:
    """Month first is proposed, and a person is asked."""
    rows = [Row(number=2, cells=("03/04/2024", "Theft"))]
    draft = suggest_mapping(["Arrest Date", "Charge"], rows, today=TODAY)
    assert draft.document["dates"] == {"arrested_on": ["MM/DD/YYYY"]}
    assert draft.unsure == ("arrested_on",)
    sure = [Row(number=3, cells=("25/04/2024", "Theft"))]
    draft = suggest_mapping(["Arrest Date", "Charge"], sure, today=TODAY)
    assert (draft.document["dates"], draft.unsure) == ({"arrested_on": ["DD/MM/YYYY"]}, ())


def test_an_address_is_a_home_only_in_a_file_that_names_people() -> None:
    """In a file of unnamed arrests it is the place of the arrest."""
    header = ["Arrest Date", "Zip Code"]
    assert "zip" not in suggest_mapping(header, [], today=TODAY).document["columns"]
    named = suggest_mapping([*header, "Last Name"], [], today=TODAY).document["columns"]
    assert named["zip"] == "Zip Code"


def test_a_header_without_a_date_gives_a_draft_that_says_what_it_lacks() -> None:
    """The page can show the draft and the mistake together."""
    draft = suggest_mapping(["Colour", "Name"], [], today=TODAY)
    assert draft.document["columns"] == {"full_name": "Name"}
    assert [p.code for p in mapping_problems(draft.document)] == ["mapping_without_date"]


@given(
    st.lists(st.text(max_size=15) | st.sampled_from(["Age", "Date Arrested", "Sex"]), max_size=8),
    st.lists(st.lists(st.text(max_size=8), max_size=9), max_size=4),
)
def test_no_header_breaks_the_proposal(header: list[str], cells: list[list[str]]) -> None:
    """Whatever the file, there is a draft, and each column serves one field at most."""
    rows = [Row(number=n, cells=tuple(row)) for n, row in enumerate(cells, start=2)]
    draft = suggest_mapping(header, rows, today=TODAY)
    columns = list(draft.document["columns"].values())
    assert len(columns) == len(set(columns))
