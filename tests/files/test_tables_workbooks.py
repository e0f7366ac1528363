"""XLSX files: read as they are shown, weighed before they are unpacked."""

from __future__ import annotations

import datetime as dt
import io
import struct
import tracemalloc
import zipfile

import pytest
import xlsxwriter

from youthcourt.errors import CourtRuleBroken
from youthcourt.files.tables import Limits, NoteCode, Shape, SkipReason, Unreadable, read_table

HEADER = ["Case", "Referred", "Age", "Charge"]
ROWS = [
    ["R-101", dt.date(2024, 4, 3), 15, "Theft"],
    ["R-102", dt.date(2024, 4, 5), 16, "Fighting"],
    ["R-103", dt.date(2024, 4, 9), 13, "Graffiti"],
]
READ = [
    ("R-101", "2024-04-03", "15", "Theft"),
    ("R-102", "2024-04-05", "16", "Fighting"),
    ("R-103", "2024-04-09", "13", "Graffiti"),
]
SHEET = "xl/worksheets/sheet1.xml"
TEXTS = "xl/sharedStrings.xml"
ROW = '<row r="{row}"><c r="{name}"><v>1</v></c></row>'


def workbook(sheets, *, top=0, left=0):
    """Return an XLSX file with these named lists of rows."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"default_date_format": "yyyy-mm-dd"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    sheet.write(top + number, left + column, value)
    return out.getvalue()


def with_parts(data, parts, *, compression=zipfile.ZIP_DEFLATED):
    """Return the workbook with some of its parts written anew or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", compression) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    return out.getvalue()


def sheet_xml(rows):
    return (
        '<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org'
        f'/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>'
    )


def refusal(data, **how):
    with pytest.raises(CourtRuleBroken) as refused:
        read_table(data, filename=how.pop("filename", "t.xlsx"), **how)
    return refused.value


def test_a_sheet_is_read_as_text_with_iso_dates_and_whole_numbers():
    """What a person sees in the sheet is what the cells say."""
    table = read_table(workbook({"Cases": [HEADER, *ROWS]}), filename="t.xlsx")
    assert (list(table.header), [row.cells for row in table.rows]) == (HEADER, READ)
    assert (table.sheet, table.encoding, table.delimiter) == ("Cases", "", "")
    assert [row.number for row in table.rows] == [2, 3, 4]


def test_every_kind_of_value_has_one_text():
    """Times, moments, long numbers, fractions and truth are written the way people type them."""
    values = [
        dt.datetime.combine(dt.date(2024, 4, 3), dt.time(18, 30)),
        dt.time(9, 5),
        13055550100,
        2.5,
        True,
        "  x ",
        -3,
    ]
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("Values")
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        time = book.add_format({"num_format": "hh:mm"})
        for column, value in enumerate(values):
            sheet.write(0, column, f"column {column}")
            sheet.write(1, column, value, moment if column == 0 else time if column == 1 else None)
    table = read_table(out.getvalue(), filename="t.xlsx")
    texts = ("2024-04-03 18:30:00", "09:05:00", "13055550100", "2.5", "TRUE", "  x ", "-3")
    assert table.rows[0].cells == texts


def test_a_table_away_from_the_corner_keeps_its_row_numbers():
    """Empty rows above and columns to the left are there as in the sheet."""
    table = read_table(workbook({"Cases": [HEADER, *ROWS]}, top=3, left=2), filename="t.xlsx")
    assert table.header == ("", "", *HEADER)
    assert [row.number for row in table.rows] == [5, 6, 7]
    assert {gap.reason for gap in table.skipped} == {SkipReason.BLANK}


def test_the_first_shown_sheet_with_cells_is_read_unless_one_is_named():
    """Empty sheets are passed over and the others are mentioned."""
    data = workbook({"Empty": [], "Cases": [HEADER, *ROWS], "Sites": [["Site", "Hours"], ["A", 2]]})
    table = read_table(data, filename="t.xlsx")
    assert table.sheet == "Cases"
    assert [(said.code, said.params["names"]) for said in table.notes] == [
        (NoteCode.OTHER_SHEETS, "Sites")
    ]
    assert read_table(data, filename="t.xlsx", shape=Shape(sheet="Sites")).rows[0].cells == (
        "A",
        "2",
    )
    missing = refusal(data, shape=Shape(sheet="Nowhere"))
    assert missing.code == Unreadable.SHEET_MISSING
    assert missing.params == {"sheet": "Nowhere", "sheets": "Empty, Cases, Sites"}


def test_titles_and_notes_in_a_sheet_are_set_aside_as_in_a_text_file():
    """One way of finding the header serves both kinds of file."""
    rows = [["Referrals of spring"], [], HEADER, *ROWS, [], ["Note: ages as stated"]]
    table = read_table(workbook({"Cases": rows}), filename="t.xlsx")
    assert ([row.cells for row in table.rows], table.header_first) == (READ, 3)
    assert [gap.reason for gap in table.skipped if gap.cells] == [
        SkipReason.ABOVE_TABLE,
        SkipReason.FOOTNOTE,
    ]


def test_cells_with_errors_are_counted():
    """An error of a formula is no value, and its loss is said."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("Cases")
        sheet.write_row(0, 0, HEADER)
        sheet.write_row(1, 0, ["R-101", "soon"])
        sheet.write_formula(1, 2, "=1/0", None, "#DIV/0!")
    table = read_table(out.getvalue(), filename="t.xlsx")
    assert table.rows[0].cells[2] == ""
    assert {said.code: said.params.get("count") for said in table.notes} == {
        NoteCode.CELLS_WITH_ERRORS: 1
    }


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("t.xlsx", b"Case,Age\r\nR-101,15\r\n", "text"),
        ("t.xlsx", b"%PDF-1.7\n", "pdf"),
        ("t.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old_office"),
        ("t.xlsx", b"<html><table></table></html>", "html"),
        ("t.csv", b"PK\x03\x04" + bytes(30), "zip"),
        ("t.tsv", b"MZ\x90\x00\x03\x00", "program"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_refused(name, content, found):
    """The content decides, and the refusal names what it is."""
    refused = refusal(content, filename=name)
    assert refused.code == Unreadable.NOT_WHAT_NAME_SAYS
    assert refused.params == {"named": name[2:].replace("tsv", "csv"), "found": found}


def test_a_zip_of_other_things_is_no_workbook():
    """A zip called .xlsx is refused as one."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("photo.txt", "no sheet")
    assert refusal(out.getvalue()).code == Unreadable.NOT_WHAT_NAME_SAYS


@pytest.mark.parametrize("name", ["t.xls", "t.ods", "t.exe", "t", "", ".csv.png"])
def test_other_kinds_of_name_are_refused(name):
    """Only names of kinds that are read are looked into."""
    assert refusal(b"a,b\r\n1,2\r\n", filename=name).code == Unreadable.KIND_UNKNOWN


# --- bombs --------------------------------------------------------------------------------------


def test_a_zip_bomb_is_refused_in_little_memory():
    """200 MB of one letter packed small is never unpacked into memory."""
    bomb = with_parts(workbook({"Cases": [HEADER, *ROWS]}), {TEXTS: b"<a>" + b"a" * 200_000_000})
    assert len(bomb) < 1_000_000
    tracemalloc.start()
    try:
        assert refusal(bomb).code == Unreadable.WORKBOOK_BOMB
        assert tracemalloc.get_traced_memory()[1] < 10_000_000
    finally:
        tracemalloc.stop()


def test_a_part_that_unpacks_to_more_than_it_declares_is_refused():
    """The declared size is not believed: bytes are counted as they come."""
    bomb = bytearray(
        with_parts(workbook({"Cases": [HEADER, *ROWS]}), {TEXTS: b"<a>" + b"a" * 9_000_000})
    )
    size = struct.pack("<I", 9_000_003)
    assert bomb.count(size) == 2
    lying = bytes(bomb).replace(size, struct.pack("<I", 300))
    refused = refusal(lying)
    assert refused.code == Unreadable.WORKBOOK_BOMB
    assert refused.params["unpacked"] < 100_000


def test_too_many_parts_or_too_large_a_sum_are_refused():
    """Limits hold for the archive as a whole."""
    data = workbook({"Cases": [HEADER, *ROWS]})
    many = with_parts(data, {f"xl/media/{n}.txt": b"x" for n in range(600)})
    assert refusal(many).code == Unreadable.WORKBOOK_BOMB
    assert refusal(data, limits=Limits(max_unpacked_bytes=500)).code == Unreadable.WORKBOOK_BOMB


@pytest.mark.parametrize(
    ("row", "name", "code"),
    [
        (1_048_576, "A1048576", Unreadable.TOO_MANY_ROWS),
        (1, "XFD1", Unreadable.TOO_MANY_COLUMNS),
    ],
)
def test_one_cell_in_the_far_corner_is_refused_before_the_sheet_is_reserved(row, name, code):
    """A few bytes cannot make the reader reserve billions of cells."""
    far = sheet_xml(ROW.format(row=row, name=name))
    assert refusal(with_parts(workbook({"C": [HEADER]}), {SHEET: far})).code == code


def test_formatted_but_empty_cells_far_out_do_no_harm():
    """People colour whole rows; only cells with a value count."""
    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>Case</t></is></c><c r="B1" t="inlineStr">'
    rows += '<is><t>Age</t></is></c><c r="XFD1" s="1"/></row>'
    data = with_parts(workbook({"C": [HEADER]}), {SHEET: sheet_xml(rows)})
    assert read_table(data, filename="t.xlsx").header == ("Case", "Age")


def test_one_long_text_in_every_cell_is_refused():
    """Shared texts are weighed by how often they are used."""
    texts = f'<?xml version="1.0"?><sst><si><t>{"a" * 30_000}</t></si></sst>'
    cells = "".join(
        f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(1, 4_000)
    )
    parts = {TEXTS: texts, SHEET: sheet_xml(cells)}
    assert refusal(with_parts(workbook({"C": [HEADER]}), parts)).code == Unreadable.WORKBOOK_BOMB


def test_a_document_type_in_a_workbook_is_refused():
    """Entities that multiply need one; no honest workbook has one."""
    laughs = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]>' + sheet_xml("")[38:]
    data = with_parts(workbook({"C": [HEADER]}), {SHEET: laughs})
    assert refusal(data).code == Unreadable.WORKBOOK_BOMB


def test_two_parts_of_one_name_are_refused():
    """Two readers could see two different sheets."""
    out = io.BytesIO(workbook({"C": [HEADER, *ROWS]}))
    with zipfile.ZipFile(out, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(SHEET, sheet_xml(""))
    assert refusal(out.getvalue()).code == Unreadable.WORKBOOK_DAMAGED


def test_a_locked_workbook_says_so():
    """An encrypted part is named as the reason."""
    data = bytearray(workbook({"C": [HEADER, *ROWS]}))
    place = data.find(b"PK\x01\x02")
    while place >= 0:
        data[place + 8] |= 1
        place = data.find(b"PK\x01\x02", place + 4)
    assert refusal(bytes(data)).code == Unreadable.WORKBOOK_LOCKED


def test_a_cut_off_workbook_is_refused():
    """Half a file is no file."""
    data = workbook({"C": [HEADER, *ROWS]})
    assert refusal(data[: len(data) // 2]).code == Unreadable.WORKBOOK_DAMAGED


def test_a_workbook_without_cells_is_empty():
    """Empty sheets make an empty file."""
    assert refusal(workbook({"One": [], "Two": []})).code == Unreadable.EMPTY
