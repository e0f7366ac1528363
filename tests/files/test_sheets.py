"""CSV that no spreadsheet runs, and that says what it said."""

from __future__ import annotations

import csv
import datetime as dt
import enum
import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from youthcourt.files.sheets import csv_bytes, is_formula_like, plain_cell, safe_cell, write_csv
from youthcourt.files.tables import Shape, read_table

STARTS = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"]
BEFORE = ["", " ", "\ufeff", "'", '"', "\u00a0", "\u200b", "“", " '\ufeff\""]


@pytest.mark.parametrize("before", BEFORE)
@pytest.mark.parametrize("start", STARTS)
def test_text_that_begins_like_a_formula_is_escaped(before, start):
    """Marks, spaces and quotes before it do not hide a formula."""
    text = f"{before}{start}cmd|' /C calc'!A0"
    assert safe_cell(text) == f"'{text}"
    assert plain_cell(safe_cell(text)) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (0, "0"),
        (-90, "-90"),
        (-2.5, "-2.5"),
        (float("nan"), ""),
        (float("-inf"), ""),
        (Decimal("-1.50"), "-1.50"),
        (Decimal("NaN"), ""),
        (True, "TRUE"),
        (False, "FALSE"),
        (dt.date(2026, 3, 1), "2026-03-01"),
        (dt.time(9, 5), "09:05:00"),
        ("Ann-Marie = x", "Ann-Marie = x"),
        ("a@b.org", "a@b.org"),
        ("", ""),
        ("   ", "   "),
        ("O'Neill", "O'Neill"),
        ("'Ofa", "'Ofa"),
        ("-5", "'-5"),
        ("+1 555 0100", "'+1 555 0100"),
        ("(555) 555-0100", "(555) 555-0100"),
    ],
)
def test_numbers_stay_numbers_and_text_stays_text(value, text):
    """Negative minutes are a number; a phone number is text and is never added up."""
    assert safe_cell(value) == text


def test_enums_are_what_they_stand_for():
    """A number's enum is its number, a text's enum its text."""
    number = enum.IntEnum("number", {"two": 2})
    word = enum.StrEnum("word", {"late": "late", "trap": "=late"})
    assert [safe_cell(value) for value in (number.two, word.late, word.trap)] == [
        "2",
        "late",
        "'=late",
    ]


@given(text=st.text())
def test_no_text_can_run_and_every_text_comes_back(text):
    """Escaping leaves nothing dangerous but its own mark, and is undone exactly."""
    cell = safe_cell(text)
    assert not is_formula_like(cell) or cell.startswith("'")
    assert cell.lstrip('\ufeff "')[:1] not in {"=", "+", "-", "@", "\t", "\r", "\n"}
    assert plain_cell(cell) == text


@given(
    rows=st.lists(
        st.tuples(
            st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")),
            st.integers(),
            st.none() | st.floats(allow_nan=False, allow_infinity=False),
        ),
        max_size=6,
    )
)
def test_what_is_written_is_read_back(rows):
    """Any reader of CSV gets the cells, row by row."""
    lines = "".join(write_csv(rows, ("name", "minutes", "rate")))
    read = list(csv.reader(io.StringIO(lines, newline="")))
    assert read[0] == ["name", "minutes", "rate"]
    assert [(plain_cell(name), int(minutes)) for name, minutes, _ in read[1:]] == [
        (name, minutes) for name, minutes, _ in rows
    ]
    assert [float(rate) if rate else None for _, _, rate in read[1:]] == [r[2] for r in rows]


def test_the_products_own_reader_reads_what_it_writes():
    """An export with accents, quotes and line ends comes back through the import."""
    rows = [("Zoë, “Z”", "=1+1", "two\nlines"), ('say "hi"', "+1 555", ";")]
    data = csv_bytes(rows, ("name", "phone", "note"))
    assert data.startswith(b"\xef\xbb\xbf")
    table = read_table(data, filename="export.csv", shape=Shape(header_row=1))
    assert [tuple(map(plain_cell, row.cells)) for row in table.rows] == rows


def test_headers_are_escaped_and_rows_must_fit():
    """A header is a cell like others; a row of another width is a mistake, not a file."""
    assert list(write_csv([], ("=name",))) == ["'=name\r\n"]
    with pytest.raises(ValueError, match="a row of 1 cells under a header of 2"):
        list(write_csv([("one",)], ("a", "b")))
