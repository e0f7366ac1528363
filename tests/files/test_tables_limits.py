"""Limits of a text file, and what a person may choose about its shape."""

from __future__ import annotations

import pytest

from youthcourt.errors import CourtRuleBroken
from youthcourt.files.tables import Limits, Shape, Unreadable, read_table

FILE = b"Case,Age\r\nR-101,15\r\nR-102,16\r\nR-103,13\r\n"


def refusal(data, **how):
    with pytest.raises(CourtRuleBroken) as refused:
        read_table(data, filename="t.csv", **how)
    return refused.value


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (Limits(max_bytes=len(FILE) - 1), Unreadable.TOO_LARGE),
        (Limits(max_rows=3), Unreadable.TOO_MANY_ROWS),
        (Limits(max_columns=1), Unreadable.TOO_MANY_COLUMNS),
        (Limits(max_cell_length=4), Unreadable.CELL_TOO_LONG),
    ],
)
def test_each_limit_refuses_what_is_beyond_it_and_nothing_less(limits, code):
    """A file at the limit is read; one more byte, row, column or character is refused."""
    assert refusal(FILE, limits=limits).code == code
    at = Limits(max_bytes=len(FILE), max_rows=4, max_columns=2, max_cell_length=5)
    assert len(read_table(FILE, filename="t.csv", limits=at).rows) == 3


def test_a_line_of_delimiters_is_refused_before_it_is_taken_apart():
    """A million commas are not turned into a million cells."""
    assert refusal(b"a,b\r\n" + b"," * 1_000_000).code == Unreadable.TOO_MANY_COLUMNS


@pytest.mark.parametrize(
    ("shape", "field"),
    [
        (Shape(header_row=9), "header_row"),
        (Shape(header_row=-1), "header_row"),
        (Shape(header_row=1, header_rows=0), "header_row"),
        (Shape(header_row=1, first_data_row=1), "first_data_row"),
        (Shape(first_data_row=9), "first_data_row"),
        (Shape(first_data_row=0), "first_data_row"),
        (Shape(delimiter="x"), "delimiter"),
        (Shape(delimiter=""), "delimiter"),
        (Shape(quote="`"), "quote"),
    ],
)
def test_a_shape_that_cannot_be_is_refused_at_its_field(shape, field):
    """The page can put the message beside the field."""
    refused = refusal(FILE, shape=shape)
    assert (refused.code, refused.field) == (Unreadable.SHAPE, field)


@pytest.mark.parametrize("encoding", ["rot13", "unicode_escape", "no such", "utf-16"])
def test_an_encoding_that_cannot_be_is_refused(encoding):
    """Only encodings of text that are offered may be chosen, and they must fit."""
    refused = refusal(FILE + b"x", shape=Shape(encoding=encoding))
    assert (refused.code, refused.params["encoding"]) == (Unreadable.ENCODING, encoding)


def test_a_person_can_overrule_header_data_and_delimiter():
    """Each choice stands, whatever detection would say."""
    data = b"Case;Age\r\nyears;of life\r\nR-101;15\r\nR-102;16\r\n"
    table = read_table(
        data, filename="t.csv", shape=Shape(header_row=1, first_data_row=4, delimiter=";")
    )
    assert [row.cells for row in table.rows] == [("R-102", "16")]
    assert [gap.number for gap in table.skipped] == [2, 3]
    whole = read_table(data, filename="t.csv", shape=Shape(header_row=1, delimiter="|"))
    assert whole.header == ("Case;Age",)


def test_control_characters_and_nul_make_no_text():
    """A file of bytes called .csv is refused as no text."""
    assert refusal(b"a,b\r\n1,\x002\r\n").code == Unreadable.NOT_TEXT
    assert refusal(b"a,b\r\n" + b"\x01\x02\x03,\x04\r\n" * 50).code == Unreadable.NOT_TEXT


def test_the_end_mark_of_old_programs_is_passed_over():
    """A last Ctrl-Z is no cell."""
    assert len(read_table(FILE + b"\x1a", filename="t.csv").rows) == 3
