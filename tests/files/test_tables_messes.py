"""Every kind of mess seen in real files, in small made-up copies: read whole, or refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from youthcourt.errors import CourtRuleBroken
from youthcourt.files.tables import NoteCode, Shape, SkipReason, Table, Unreadable, read_table

MESSES = Path(__file__).parent / "messes"

HEADER = ("Case", "Referred", "Age", "School", "Charge", "Note")
ROWS = [
    ("R-101", "03/04/2024", "15", "Harbor Middle", "Theft, petty", ""),
    ("R-102", "05/04/2024", "16", "St. Anne's, Lower", "Fighting", 'said "sorry" at once'),
    ("R-103", "09/04/2024", "13", "Northfield", "Graffiti", ""),
    ("R-104", "12/04/2024", "17", "Harbor High", "Curfew", 'wall 10" high'),
]
NAMES = ("Case", "Name", "City")
NAMED = [
    ("R-101", "Zoë Núñez", "Saint-Étienne"),
    ("R-102", "Håkon Ødegård", "Tromsø"),
    ("R-103", "Siobhán O’Neill", "Doire"),
]

REFUSED = [
    ("empty.csv", Unreadable.EMPTY, {}),
    ("only_blank_lines.csv", Unreadable.EMPTY, {}),
    ("grouped_header.csv", Unreadable.HEADER_UNCLEAR, {"first": 1, "last": 2}),
    ("prose_above_data.csv", Unreadable.HEADER_UNCLEAR, {"first": 1, "last": 1}),
    ("no_header.csv", Unreadable.NO_HEADER, {"row": 1}),
    ("ragged.csv", Unreadable.RAGGED, {"row": 2, "count": 2}),
    ("quote_never_closes.csv", Unreadable.QUOTES, {"row": 3}),
    ("quote_swallows_rows.csv", Unreadable.QUOTES, {"row": 3}),
    ("prose.csv", Unreadable.COLUMNS, {}),
    ("bytes_called.csv", Unreadable.ENCODING, {"encoding": None}),
    ("pdf_called.csv", Unreadable.NOT_WHAT_NAME_SAYS, {"named": "csv", "found": "pdf"}),
    ("page_called.csv", Unreadable.NOT_WHAT_NAME_SAYS, {"named": "csv", "found": "html"}),
    ("program_called.csv", Unreadable.NOT_WHAT_NAME_SAYS, {"named": "csv", "found": "program"}),
    ("workbook_called.csv", Unreadable.NOT_WHAT_NAME_SAYS, {"named": "csv", "found": "zip"}),
    (
        "old_excel_called.csv",
        Unreadable.NOT_WHAT_NAME_SAYS,
        {"named": "csv", "found": "old_office"},
    ),
]


def read(name: str, shape: Shape | None = None) -> Table:
    return read_table((MESSES / name).read_bytes(), filename=name, shape=shape or Shape())


def cells(table: Table) -> list[tuple[str, ...]]:
    return [row.cells for row in table.rows]


def notes(table: Table) -> dict[str, dict[str, object]]:
    return {said.code: dict(said.params) for said in table.notes}


def skipped(table: Table) -> list[tuple[int, str]]:
    return [(gap.number, gap.reason) for gap in table.skipped]


@pytest.mark.parametrize(
    ("name", "delimiter", "quote", "encoding"),
    [
        ("plain.csv", ",", '"', "ascii"),
        ("double_trailing_newline.csv", ",", '"', "ascii"),
        ("line_feed_only.csv", ",", '"', "ascii"),
        ("carriage_return_only.csv", ",", '"', "ascii"),
        ("tabs.csv", "\t", '"', "ascii"),
        ("semicolons.csv", ";", '"', "ascii"),
        ("pipes.csv", "|", '"', "ascii"),
        ("separator_line.csv", ";", '"', "ascii"),
        ("comma_and_space.csv", ", ", '"', "ascii"),
        ("backslash_escapes.csv", ",", '"', "ascii"),
        ("single_quotes.csv", ",", "'", "ascii"),
        ("byte_order_mark.csv", ",", '"', "utf-8"),
        ("utf16.csv", ",", '"', "utf-16-le"),
        ("utf16_without_mark.csv", ",", '"', "utf-16-be"),
        ("title_lines.csv", ",", '"', "ascii"),
        ("title_padded.csv", ",", '"', "ascii"),
        ("footnotes.csv", ",", '"', "ascii"),
        ("footnotes_padded.csv", ",", '"', "ascii"),
        ("blank_rows_inside.csv", ",", '"', "ascii"),
        ("trailing_delimiter.csv", ",", '"', "ascii"),
        ("another_table_below.csv", ",", '"', "ascii"),
        ("another_table_after_blank.csv", ",", '"', "ascii"),
        ("same_table_twice.csv", ",", '"', "ascii"),
    ],
)
def test_however_it_is_written_the_same_table_is_read(name, delimiter, quote, encoding):
    """Delimiter, quote, escape, line end, encoding and what surrounds a table change no cell."""
    table = read(name)
    assert table.header == HEADER
    assert cells(table) == ROWS
    assert (table.delimiter, table.quote, table.encoding) == (delimiter, quote, encoding)


@pytest.mark.parametrize(
    "name", sorted({path.name for path in MESSES.glob("*.csv")} - {case[0] for case in REFUSED})
)
def test_every_row_of_a_file_is_accounted_for(name):
    """Each row of a file that is read is in exactly one place."""
    table = read(name)
    numbers = [row.number for row in table.rows] + [gap.number for gap in table.skipped]
    numbers += range(table.header_first, table.header_last + 1)
    assert sorted(numbers) == list(range(1, max(numbers) + 1))
    assert {len(row.cells) for row in table.rows} <= {len(table.header)}


@pytest.mark.parametrize(("name", "code", "params"), REFUSED)
def test_what_cannot_be_read_for_sure_is_refused_with_its_reason(name, code, params):
    """A refusal names the rule and the row, so that a person can mend the file or choose."""
    with pytest.raises(CourtRuleBroken) as refusal:
        read(name)
    assert (refusal.value.code, refusal.value.params) == (code, params)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("separator_line.csv", [(1, SkipReason.SEPARATOR_LINE)]),
        ("double_trailing_newline.csv", [(6, SkipReason.BLANK)]),
        ("title_lines.csv", [(1, SkipReason.ABOVE_TABLE), (2, SkipReason.ABOVE_TABLE)]),
        (
            "title_padded.csv",
            [(1, SkipReason.ABOVE_TABLE), (2, SkipReason.ABOVE_TABLE), (3, SkipReason.BLANK)],
        ),
        (
            "footnotes.csv",
            [(6, SkipReason.BLANK), (7, SkipReason.FOOTNOTE), (8, SkipReason.FOOTNOTE)],
        ),
        ("footnotes_padded.csv", [(6, SkipReason.BLANK), (7, SkipReason.FOOTNOTE)]),
        ("blank_rows_inside.csv", [(n, SkipReason.BLANK) for n in (3, 5, 7)]),
        ("another_table_below.csv", [(n, SkipReason.ANOTHER_TABLE) for n in (6, 7, 8)]),
        ("same_table_twice.csv", [(n, SkipReason.COPY_OF_TABLE) for n in range(6, 11)]),
        ("page_headers.csv", [(6, SkipReason.REPEATED_HEADER)]),
        ("one_long_row.csv", [(17, SkipReason.TOO_MANY_CELLS)]),
    ],
)
def test_what_is_no_row_is_kept_with_its_number_and_reason(name, expected):
    """Nothing is dropped silently: a person can see each row that was left out, and why."""
    table = read(name)
    assert skipped(table) == expected
    for gap in table.skipped:
        assert bool(gap.cells) == (gap.reason != SkipReason.BLANK)


def test_pages_with_their_own_header_are_one_table():
    """A repeated header between different rows is a page break, and all pages are read."""
    table = read("page_headers.csv")
    assert [row.cells[0] for row in table.rows] == [f"R-10{n}" for n in range(1, 7)]
    assert [row.number for row in table.rows] == [2, 3, 4, 5, 7, 8]


def test_another_table_can_be_read_by_pointing_at_its_header():
    """What was left out as another table is read when a person chooses its header row."""
    table = read("another_table_after_blank.csv", Shape(header_row=8))
    assert table.header == ("Site", "Hours")
    assert cells(table) == [("Food bank", "12"), ("Library", "9")]


def test_several_header_rows_are_joined_column_by_column():
    """Full header rows above each other make one name a column."""
    table = read("header_three_times.csv")
    assert table.header == tuple(f"{name} {name} {name}" for name in HEADER)
    assert cells(table) == ROWS
    units = read("units_below_header.csv")
    assert units.header == ("Case number", "Referred day", "Age years", "Hours owed hours")
    assert notes(units)[NoteCode.HEADER_ROWS_JOINED] == {"first": 1, "last": 2}
    assert len(units.rows) == 3


def test_a_grouped_header_is_read_once_a_person_says_so():
    """A group stands over each column it spans, and over no column that has its own."""
    table = read("grouped_header.csv", Shape(header_row=1, header_rows=2))
    assert table.header == (
        "Number",
        "Young person Age",
        "Young person School",
        "Case Referred",
        "Case Charge",
        "Case Note",
    )
    assert len(table.rows) == 3


def test_a_file_without_header_is_read_once_a_person_says_so():
    """Columns are then named by their number and the first row is data."""
    table = read("no_header.csv", Shape(header_row=0))
    assert table.header == ("1", "2", "3", "4", "5", "6")
    assert cells(table) == ROWS


def test_header_only_and_one_row_files_are_tables():
    """No rows is an answer, with a note; one row is a row."""
    assert cells(read("one_row.csv")) == ROWS[:1]
    empty = read("header_only.csv")
    assert (empty.header, empty.rows) == (HEADER, ())
    assert NoteCode.NO_ROWS in notes(empty)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("accents_utf8.csv", None),
        ("windows_1252.csv", NoteCode.ENCODING_GUESSED),
        ("windows_quotes_in_utf8.csv", NoteCode.CHARACTERS_MENDED),
    ],
)
def test_accents_survive(name, code):
    """Names keep their letters, and a guess or a mend is said."""
    table = read(name)
    assert (table.header, cells(table)) == (NAMES, NAMED)
    assert list(notes(table)) == ([code] if code else [])


def test_a_person_can_choose_the_encoding():
    """Bytes do not tell Western from Cyrillic; the guess is said and can be overruled."""
    assert NoteCode.ENCODING_GUESSED in notes(read("windows_1251.csv"))
    table = read("windows_1251.csv", Shape(encoding="windows-1251"))
    assert table.rows[0].cells == ("Р-101", "Ярослав Щукин", "Казань")


def test_a_last_row_that_may_be_data_stays_a_row():
    """Only a marked or bare last line is taken for a footnote; a doubtful one is kept and said."""
    table = read("last_row_alone.csv")
    assert table.rows[-1].cells[0] == "All referrals above came by post"
    assert notes(table)[NoteCode.MAY_BE_FOOTNOTE] == {"first": 7}


def test_a_word_for_missing_is_empty_among_numbers_only():
    """The word is kept aside; a person called Null keeps the name."""
    table = read("word_for_missing.csv")
    assert [row.cells[2] for row in table.rows] == ["12", "", "9", "", "14", "3", "8"]
    assert [row.cells[1] for row in table.rows].count("Null") == 2
    assert [(gap.number, gap.column, gap.text) for gap in table.blanked] == [
        (3, 2, "missing"),
        (5, 2, "NaN"),
    ]


def test_short_rows_are_filled_up_and_long_ones_set_aside():
    """A row never shifts into columns that are not its own."""
    short = read("short_rows.csv")
    assert short.rows[1].cells == ("R-105", "15/04/2024", "14", "", "", "")
    assert notes(short)[NoteCode.SHORT_ROWS] == {"count": 1, "first": 3}
    long = read("one_long_row.csv")
    assert len(long.rows) == 15
    assert long.skipped[0].cells[4:] == ("Theft", " petty", "late")


def test_line_ends_inside_a_cell_stay_and_do_not_count_as_rows():
    """The number of a row is the one a spreadsheet shows."""
    table = read("lines_in_cells.csv")
    assert table.rows[0].cells[5] == "first line\nsecond line\n"
    assert [row.number for row in table.rows] == [2, 3]


def test_quotes_left_open_inside_a_cell_are_text():
    """A quote that does not stand before a delimiter ends nothing, if every row then fits."""
    table = read("stray_quotes.csv")
    assert table.rows[1].cells[3] == 'St. Anne\'s, "Lower" site'
    assert notes(table) == {NoteCode.QUOTES_IRREGULAR: {"quote": '"'}}
