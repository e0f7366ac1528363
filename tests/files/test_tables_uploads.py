"""What may be kept of a table that is sent in, and its first rows for a person to look at."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pytest
import xlsxwriter

from youthcourt.errors import CourtRuleBroken
from youthcourt.files.tables import (
    MENDABLE,
    Shape,
    SkipReason,
    Unreadable,
    check_table,
    first_rows,
    read_table,
    sheet_names,
)

MESSES = Path(__file__).parent / "messes"


def workbook(*sheets: str) -> bytes:
    """Return a workbook with one small table on each sheet."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    for name in sheets:
        page = book.add_worksheet(name)
        for row, cells in enumerate((("No", "Day"), ("1", "2026-01-02"), ("2", "2026-01-03"))):
            page.write_row(row, 0, cells)
    book.close()
    return out.getvalue()


def test_a_table_is_kept_as_it_came_under_a_safe_name() -> None:
    """With the digest of the bytes that were brought, and the table in them."""
    data = (MESSES / "plain.csv").read_bytes()
    kept = check_table(data, filename="..\\secret/ list\u202evsc.csv")
    assert (kept.data, kept.sha256) == (data, hashlib.sha256(data).hexdigest())
    assert kept.safe_name == "listvsc.csv"
    assert kept.content_type == "text/csv"
    assert kept.table is not None
    assert kept.refusal is None


def test_a_workbook_is_told_by_its_content() -> None:
    """And keeps its kind."""
    kept = check_table(workbook("List"), filename="list.XLSX")
    assert kept.safe_name == "list.xlsx"
    assert kept.content_type.endswith("spreadsheetml.sheet")


def test_a_table_whose_header_is_not_clear_may_be_kept() -> None:
    """A person is asked how it is read."""
    kept = check_table((MESSES / "no_header.csv").read_bytes(), filename="list.csv")
    assert kept.table is None
    assert kept.refusal is not None
    assert kept.refusal.code in MENDABLE


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("program_called.csv", Unreadable.NOT_WHAT_NAME_SAYS),
        ("workbook_called.csv", Unreadable.NOT_WHAT_NAME_SAYS),
        ("pdf_called.csv", Unreadable.NOT_WHAT_NAME_SAYS),
        ("empty.csv", Unreadable.EMPTY),
    ],
)
def test_what_nobody_can_mend_is_refused(name: str, code: Unreadable) -> None:
    """Before anything is kept."""
    with pytest.raises(CourtRuleBroken) as refused:
        check_table((MESSES / name).read_bytes(), filename=name)
    assert refused.value.code == code
    assert code not in MENDABLE


def test_the_first_rows_are_shown_as_they_stand() -> None:
    """Row 1 is the first line, whatever it is; not more than asked for."""
    data = (MESSES / "title_lines.csv").read_bytes()
    rows = first_rows(data, filename="list.csv", count=2)
    assert len(rows) == 2
    assert rows[0] == (data.decode().splitlines()[0].strip('"'),)


def test_lines_without_columns_are_shown_as_lines() -> None:
    """One cell each."""
    text = "a;b|c\td,e\n" * 3 + "word; word| word\n" + "x|y\n" * 2
    rows = first_rows(text.encode(), filename="list.csv", shape=Shape())
    assert rows[0]
    assert all(isinstance(cell, str) for row in rows for cell in row)


def test_the_first_rows_of_the_wanted_sheet_are_shown() -> None:
    """And the sheets that can be chosen are named."""
    data = workbook("List", "Other")
    assert sheet_names(data) == ("List", "Other")
    assert first_rows(data, filename="l.xlsx", shape=Shape(sheet="Other"))[0] == ("No", "Day")
    assert sheet_names(b"PK\x03\x04 broken") == ()


def test_a_short_list_with_more_notes_than_rows_keeps_its_columns() -> None:
    """One referral, a title, an empty line and two notes: the list of a quiet month."""
    text = (
        "Monthly list\n\nNo,Day,Name,Offense,School\n7,2026-01-02,Ana,Theft,Oak\n\n"
        "Note: printed on 2026-02-01\n* see above\n"
    )
    table = read_table(text.encode(), filename="list.csv")
    assert table.header == ("No", "Day", "Name", "Offense", "School")
    assert [row.number for row in table.rows] == [4]
    reasons = [gap.reason for gap in table.skipped]
    assert reasons.count(SkipReason.FOOTNOTE) == 2
    assert reasons[0] is SkipReason.ABOVE_TABLE


def test_a_list_of_one_column_with_a_few_commas_stays_one_column() -> None:
    """Many lone lines are no notes."""
    text = "Remarks\n" + "late\n" * 20 + "late, twice, again, thrice\n" * 2
    with pytest.raises(CourtRuleBroken) as refused:
        read_table(text.encode(), filename="list.csv")
    assert refused.value.code in MENDABLE
