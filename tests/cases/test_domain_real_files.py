"""The two real files laid beside the checkout, counted."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from youthcourt.cases.domain.imports import ImportPlan, Outcome, plan_import, shipped_mapping
from youthcourt.files.tables import Row

TODAY = date(2025, 6, 2)
POLICE = "fort_lauderdale_juvenile/arrests_2015_2017_and_blank_rows.csv"
GROUPED = "chicago_juvenile_arrests/arrests_2013_2014.csv"
MAPPINGS = {POLICE: "fort-lauderdale-arrests", GROUPED: "chicago-arrests"}

pytestmark = pytest.mark.shared


def rows_of(shared: Path, name: str) -> tuple[list[str], list[Row]]:
    """Return the header and the rows of a real file."""
    with (shared / "data" / name).open(encoding="utf-8-sig", newline="") as text:
        header, *rows = csv.reader(text)
    return header, [Row(number=n, cells=tuple(cells)) for n, cells in enumerate(rows, start=2)]


def plan(
    shared: Path, name: str, known: frozenset[str] = frozenset(), end: int | None = None
) -> ImportPlan:
    """Return the plan for a real file, or for its rows up to ``end``."""
    header, rows = rows_of(shared, name)
    mapping = shipped_mapping(MAPPINGS[name])
    return plan_import(rows[:end], header, mapping, known_keys=known, today=TODAY)


def keys_of(done: ImportPlan) -> frozenset[str]:
    """Return every key an import would store."""
    keys = {key for case in done.cases for key in case.keys}
    return frozenset(keys | {key for added in done.additions for key in added.keys})


def test_fort_lauderdale_row_by_row(shared: Path) -> None:
    """2,031 rows: 171 blank, 8 with a charge and nothing else, 1,852 usable.

    The usable rows name 1,681 youths (incident, age, race, sex) in 1,409 incidents, so 1,681 are
    imported and 171 merged: 38 with another charge, 125 with the same charge again, 8 exact
    copies.  218 incidents have more than one youth.
    """
    done = plan(shared, POLICE)
    assert (done.read, done.imported, done.merged) == (2031, 1681, 171)
    assert (done.refused, done.blank) == (8, 171)
    assert (done.case_count, done.incidents, done.incidents_with_companions) == (1681, 1409, 218)
    merged = Counter(row.reasons[0].code for row in done.rows if row.outcome is Outcome.MERGED)
    assert merged == {"another_charge": 38, "same_charge_again": 125, "exact_copy": 8}
    assert done.refusal_counts == {"row_field_missing": 8}
    assert sum(len(case.charges) for case in done.cases) == 1681 + 38
    assert not done.values_not_known


def test_fort_lauderdale_youths_are_not_identified_and_keep_the_age_as_stated(
    shared: Path,
) -> None:
    """No name in the file; ages 8 to 17, the one of eight from a cell '08'."""
    done = plan(shared, POLICE)
    assert not any(case.person.identified for case in done.cases)
    ages = {case.person.stated_age for case in done.cases}
    assert ages == {8, *range(10, 18)}
    assert all(case.person.stated_age_on == case.arrested_on for case in done.cases)
    assert not any(charge.text.endswith(("  F", "  M")) for c in done.cases for charge in c.charges)


def test_chicago_row_by_row(shared: Path) -> None:
    """35,950 rows, all usable, each at least one arrest; TOTAL sums to 38,834 cases.

    3,126 rows repeat another exactly and are arrests of their own.  167 cases have the age 0,
    which is not known.  5,409 rows have no charge type.  The file again makes no second case.
    """
    done = plan(shared, GROUPED)
    assert (done.read, done.imported, done.merged) == (35950, 35950, 0)
    assert (done.refused, done.blank, done.case_count) == (0, 0, 38834)
    assert len(keys_of(done)) == 38834
    header, rows = rows_of(shared, GROUPED)
    assert len(rows) - len({row.cells for row in rows}) == 3126
    assert sum(case.person.stated_age is None for case in done.cases) == 167
    without_type = sum(not row.cells[header.index("CHARGE TYPE")] for row in rows)
    assert without_type == 5409
    assert done.incidents == 0
    again = plan(shared, GROUPED, keys_of(done))
    assert (again.merged, again.case_count) == (35950, 0)


@pytest.mark.parametrize(("name", "end"), [(POLICE, None), (GROUPED, 2000)])
def test_a_real_file_in_two_goes_is_the_same_as_in_one(
    shared: Path, name: str, end: int | None
) -> None:
    """A file that has grown makes the new cases only; a third go makes none."""
    whole = plan(shared, name, end=end)
    half = plan(shared, name, end=whole.read // 2)
    rest = plan(shared, name, keys_of(half), end=end)
    stored = keys_of(half) | keys_of(rest)
    assert stored == keys_of(whole)
    assert half.case_count + rest.case_count == whole.case_count
    again = plan(shared, name, stored, end=end)
    assert (again.case_count, again.additions) == (0, ())
    assert again.merged == whole.imported + whole.merged
