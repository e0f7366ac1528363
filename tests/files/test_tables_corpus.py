"""Real government files, each with its clean answer, where the folder of real data is at hand."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

import pytest

from youthcourt.errors import CourtRuleBroken
from youthcourt.files.tables import Limits, NoteCode, Shape, SkipReason, Unreadable, read_table

pytestmark = pytest.mark.shared

FOLDERS = ("pollock_polluted", "pollock_survey")
EQUAL = 23
# Detection reads these only with a person's word; the second value says what reading then gives.
NEED_A_PERSON = {
    "Note_4_Staff_costs_-_Average_number_of_persons_employed_13-14.csv": (1, 5, 0),
    "nati-clin-audi-bowe-canc-2017-tran-main-fiel-list.csv": (3, 1, 0),
    # Its clean answer was typed by hand: a comma dropped twice, one group name left out.
    "workforce-management-information-dft_201706.csv": (1, 3, 3),
}


def clean_answer(path: Path) -> list[tuple[str, ...]]:
    """Return the rows of the clean answer beside a file."""
    answer = path.parent.parent / "clean" / path.name
    with answer.open(encoding="utf-8", newline="") as file:
        return [tuple(row) for row in csv.reader(file)]


def corpus(shared: Path) -> list[Path]:
    """Return the 28 damaged and real files."""
    root = shared / "data" / "import_torture"
    return sorted(path for folder in FOLDERS for path in (root / folder / "csv").iterdir())


def test_the_corpus_is_read_equal_to_its_clean_answers_or_refused(shared, capsys):
    """Every file gives exactly the clean cells or a refusal that a person can act on."""
    equal: list[str] = []
    different: list[str] = []
    refused = {}
    for path in corpus(shared):
        try:
            table = read_table(path.read_bytes(), filename=path.name)
        except CourtRuleBroken as refusal:
            refused[path.name] = (refusal.code, refusal.params)
            continue
        got = [table.header, *(row.cells for row in table.rows)]
        (equal if got == clean_answer(path) else different).append(path.name)
    said = [f"\n{len(equal)} of {len(corpus(shared))} files read equal to the clean answer"]
    said += [f"  refused {name}: {code} {json.dumps(p)}" for name, (code, p) in refused.items()]
    with capsys.disabled():
        sys.stdout.write("\n".join(said) + "\n")
    assert different == []
    assert len(equal) == EQUAL
    assert len(equal) + len(refused) == len(corpus(shared))
    empty = {name for name, (code, _) in refused.items() if code == Unreadable.EMPTY}
    assert all(clean_answer(path) == [] for path in corpus(shared) if path.name in empty)
    unclear = {name for name, (code, _) in refused.items() if code == Unreadable.HEADER_UNCLEAR}
    assert unclear == set(NEED_A_PERSON)
    assert empty | unclear == set(refused)


def test_what_was_unclear_is_read_once_a_person_points_at_the_header(shared):
    """Rows are then those of the clean answer, and so are the headers but for known slips."""
    for path in corpus(shared):
        if path.name not in NEED_A_PERSON:
            continue
        row, count, slips = NEED_A_PERSON[path.name]
        shape = Shape(header_row=row, header_rows=count)
        table = read_table(path.read_bytes(), filename=path.name, shape=shape)
        answer = clean_answer(path)
        assert [read.cells for read in table.rows] == answer[1:]
        pairs = zip(table.header, answer[0], strict=True)
        assert sum(ours != theirs for ours, theirs in pairs) == slips


def test_a_file_of_many_rows_keeps_every_repeated_row(shared):
    """35,950 rows come back, the 3,126 exact duplicates included."""
    path = shared / "data" / "chicago_juvenile_arrests" / "arrests_2013_2014.csv"
    table = read_table(path.read_bytes(), filename=path.name)
    assert len(table.rows) == 35_950
    assert len({row.cells for row in table.rows}) == 35_950 - 3_126
    assert sum(int(row.cells[-1]) for row in table.rows) == 38_834
    assert (table.skipped, table.notes) == ((), ())


def test_a_file_of_rows_that_say_only_one_thing_keeps_them(shared):
    """Rows with nothing but a count are rows: the import decides what they mean."""
    path = shared / "data" / "fort_lauderdale_juvenile" / "arrests_2015_2017_and_blank_rows.csv"
    table = read_table(path.read_bytes(), filename=path.name)
    assert (len(table.rows), table.skipped, len(table.header)) == (2_031, (), 41)


def test_a_published_table_with_titles_and_notes_is_read(shared):
    """Ten title rows above and two notes below are set aside, each with its text."""
    path = shared / "data" / "bjs_2008_cohort" / "rpr24s0810yfup0818f01.csv"
    table = read_table(path.read_bytes(), filename=path.name)
    assert (table.header, len(table.rows)) == (("Year after release", "Percent", ""), 10)
    reasons = [gap.reason for gap in table.skipped]
    assert reasons.count(SkipReason.ABOVE_TABLE) == 9
    assert reasons.count(SkipReason.FOOTNOTE) == 2
    assert NoteCode.ENCODING_GUESSED in {said.code for said in table.notes}


def test_a_police_sample_with_a_byte_order_mark_is_read(shared):
    """The mark is no part of the first name."""
    path = shared / "data" / "import_torture" / "dc_mpd_adult_arrests_sample.csv"
    table = read_table(path.read_bytes(), filename=path.name, limits=Limits(max_rows=100))
    assert (table.header[0], len(table.rows)) == ("TYPE", 99)
