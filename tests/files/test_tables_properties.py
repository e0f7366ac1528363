"""What holds for every table and for every file, whatever is in it."""

from __future__ import annotations

import csv
import io
import random

import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from youthcourt.errors import CourtRuleBroken
from youthcourt.files.tables import DELIMITERS, QUOTES, Shape, Unreadable, read_table

NAMES = ("case", "referred", "age", "school", "charge", "note")
# Words with everything in them that makes a writer quote; no cell begins or ends with a quote,
# since without escapes nobody could tell 'x' from x in single quotes.
WORDS = st.text(alphabet="abcdeé ,;\t|\"'\n", max_size=12).map(
    lambda text: "w" + text.replace("\\", "") + "w"
)
# A column is of one kind, as columns are.
KINDS = (
    WORDS,
    WORDS | st.just(""),
    st.integers(0, 99_999).map(str),
    st.dates().map(lambda day: f"{day:%d/%m/%Y}"),
    st.just(""),
)
ANYTHING = st.text(
    alphabet=st.characters(blacklist_categories=("Cs", "Cc"), max_codepoint=0x2FFF)
    | st.sampled_from(",;\t|\"'\n"),
    max_size=15,
)


def written(rows, **how):
    out = io.StringIO()
    csv.writer(out, **how).writerows(rows)
    return out.getvalue().encode()


@st.composite
def tables(draw, *kinds):
    width = draw(st.integers(2, 6))
    columns = [kinds[0], *(draw(st.sampled_from(kinds)) for _ in range(1, width))]
    row = st.tuples(*columns).map(list).filter(_is_clear)
    return [list(NAMES[:width]), *draw(st.lists(row, min_size=1, max_size=8))]


def _is_clear(row):
    """Tell whether the row says too much to be blank or a note."""
    return sum(bool(cell.strip()) for cell in row) > 1


@given(
    rows=tables(*KINDS),
    delimiter=st.sampled_from(DELIMITERS),
    quote=st.sampled_from(QUOTES),
)
def test_any_ordinary_table_reads_back_however_it_was_written(rows, delimiter, quote):
    """Delimiter and quote are found and no cell is another one."""
    data = written(rows, delimiter=delimiter, quotechar=quote)
    table = read_table(data, filename="t.csv")
    assert [list(table.header), *(list(row.cells) for row in table.rows)] == rows


@given(
    rows=tables(ANYTHING),
    delimiter=st.sampled_from(DELIMITERS),
    quote=st.sampled_from(QUOTES),
)
def test_any_table_at_all_reads_back_when_a_person_names_delimiter_and_quote(
    rows, delimiter, quote
):
    """With the dialect named nothing in the cells can mislead the reader."""
    data = written(rows, delimiter=delimiter, quotechar=quote, quoting=csv.QUOTE_ALL)
    shape = Shape(delimiter=delimiter, quote=quote, header_row=1)
    table = read_table(data, filename="t.csv", shape=shape)
    # Such words are set aside among numbers, and tested on their own.
    assert not table.blanked
    assert [list(table.header), *(list(row.cells) for row in table.rows)] == rows


@given(data=st.binary(max_size=2_000), name=st.sampled_from(("a.csv", "a.xlsx", "a.txt", "a")))
def test_random_bytes_are_read_or_refused_and_nothing_else(data, name):
    """No bytes make the reader raise anything but a refusal with a known code."""
    _read_or_refuse(data, name, Shape())


@given(
    text=st.text(alphabet=",;\t|\"'\\\r\n ab1é", max_size=400),
    shape=st.builds(
        Shape,
        header_row=st.none() | st.integers(-1, 6),
        header_rows=st.integers(-1, 12),
        first_data_row=st.none() | st.integers(-1, 9),
        delimiter=st.none() | st.sampled_from((",", ";", ", ", "", "x", "::", "\n", '"')),
        quote=st.none() | st.sampled_from(('"', "'", "", "ab")),
        encoding=st.none() | st.sampled_from(("utf-8", "utf-16", "cp437", "rot13", "no such")),
    ),
)
def test_punctuation_and_any_choice_of_shape_are_read_or_refused(text, shape):
    """A person may choose nonsense on the page and gets a refusal."""
    _read_or_refuse(text.encode(), "a.csv", shape)


@given(seed=st.integers(0, 2**32))
def test_a_damaged_workbook_is_read_or_refused(seed):
    """Bytes changed anywhere in a workbook never get past the reader as an error."""
    chance = random.Random(seed)
    data = bytearray(_workbook())
    for _ in range(chance.choice((1, 3, 20))):
        place = chance.randrange(len(data))
        if chance.random() < 0.5:
            data[place] = chance.randrange(256)
        else:
            del data[place : place + chance.randrange(1, 60)]
    _read_or_refuse(bytes(data), "a.xlsx", Shape())


def _workbook():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("cases")
        for column, name in enumerate(NAMES):
            sheet.write(0, column, name)
            sheet.write(1, column, f"{name} one")
            sheet.write(2, column, column)
    return out.getvalue()


def _read_or_refuse(data, name, shape):
    code = None
    try:
        table = read_table(data, filename=name, shape=shape)
    except CourtRuleBroken as refusal:
        code = refusal.code
    else:
        assert {len(row.cells) for row in table.rows} <= {len(table.header)}
    assert code is None or code in set(Unreadable)
