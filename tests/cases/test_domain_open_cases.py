"""What a sheet of open cases means, and what of it cannot be used."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cases.open_cases import MIA, SHEET, sheet
from tests.fixtures.app import TODAY
from youthcourt.cases.domain import CaseState
from youthcourt.cases.domain.imports import (
    ImportPlan,
    OpenStage,
    Outcome,
    mapping_problems,
    plan_import,
    suggest_mapping,
)
from youthcourt.courts.domain import SanctionKind, Unit, preset
from youthcourt.files.tables import read_table
from youthcourt.people.domain.kinds import Relation


def planned(*rows: dict[str, str], court: str = "dc-time-dollar") -> ImportPlan:
    """Return what taking a sheet over would do in a court on this preset."""
    table = read_table(sheet(*rows), filename="open.csv")
    policy = preset(court)
    return plan_import(
        table.rows,
        table.header,
        SHEET,
        known_keys=set(),
        today=TODAY,
        policy_on=lambda _day: policy,
    )


def refused(*rows: dict[str, str], court: str = "dc-time-dollar") -> list[str]:
    """Return the codes of what is refused."""
    return [reason.code for row in planned(*rows, court=court).refusals for reason in row.reasons]


def test_a_sentenced_case_has_its_items_in_their_units() -> None:
    case = planned(MIA).cases[0]
    opening = case.opening
    assert opening is not None
    assert opening.state is CaseState.SUPERVISED
    assert opening.heard_on == opening.sentenced_on == date(2025, 12, 6)
    items = {item.kind: (item.unit, item.ordered, item.done) for item in opening.items}
    assert items == {
        SanctionKind.JURY: (Unit.SESSIONS, 7, 3),
        SanctionKind.COMMUNITY_SERVICE: (Unit.MINUTES, 720, 270),
        SanctionKind.ESSAY: (Unit.PIECES, 1, 1),
    }
    # 120 days, as the policy says where the sheet names no last day.
    assert {item.due_on for item in opening.items} == {date(2026, 4, 5)}
    assert case.adult is not None
    assert (case.adult.name, case.adult.relation) == ("Ada Okonkwo", Relation.MOTHER)


def test_a_last_day_of_the_sheet_goes_before_the_one_of_the_policy() -> None:
    due = {"Last day of the sentence": "2026-06-01", "Jury service last day": "05/15/2026"}
    opening = planned(MIA | due).cases[0].opening
    assert opening is not None
    assert {item.kind: item.due_on for item in opening.items} == {
        SanctionKind.JURY: date(2026, 5, 15),
        SanctionKind.COMMUNITY_SERVICE: date(2026, 6, 1),
        SanctionKind.ESSAY: date(2026, 6, 1),
    }


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"Stage": "closed"}, "case_is_closed_already"),
        ({"Stage": "who knows"}, "stage_not_known"),
        ({"Stage": ""}, "row_field_missing"),
        ({"Day of the sentence": ""}, "opening_without_sentence"),
        ({"Stage": "screened"}, "opening_sentence_too_early"),
        ({"Day of the sentence": "2025-11-01"}, "opening_day_out_of_order"),
        ({"Day of the first hearing": "2026-01-10"}, "opening_day_out_of_order"),
        ({"Day of the sentence": "2027-01-01"}, "date_in_future"),
        ({"Jury service ordered": "seven"}, "opening_amount_not_readable"),
        ({"Jury service ordered": "2.5"}, "opening_amount_not_readable"),
        ({"Jury service ordered": "0", "Jury service done": "3"}, "opening_done_without_ordered"),
        ({"Community service done": "-3"}, "opening_amount_not_readable"),
        ({"Community service done": "4:75"}, "opening_amount_not_readable"),
        ({"Letter of apology ordered": "yes"}, "opening_item_not_in_policy"),
        ({"Essay ordered": "2", "Essay done": "1"}, "opening_done_in_part"),
        ({"Last day of the sentence": "2025-12-01"}, "opening_due_before_sentence"),
        ({"Day of the referral": ""}, "row_field_missing"),
        ({"Parent or guardian": ""}, "opening_signed_by_nobody"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_reason(change: dict[str, str], code: str) -> None:
    plan = planned(MIA | change)
    assert code in [reason.code for row in plan.refusals for reason in row.reasons]
    assert plan.cases == ()


def test_all_that_is_wrong_with_the_items_is_told_at_once() -> None:
    wrong = {"Jury service done": "some", "Essay done": "half"}
    assert refused(MIA | wrong) == ["opening_amount_not_readable"] * 2


def test_one_of_several_items_of_a_kind_is_named_by_its_label() -> None:
    traffic = {"Class or workshop ordered": "educational seminar; Traffic education class"}
    cells = {"Essay ordered": "", "Essay done": "", **traffic}
    opening = planned(MIA | cells, court="tx-midland").cases[0].opening
    assert opening is not None
    labels = {item.label for item in opening.items if item.kind is SanctionKind.CLASS_}
    assert labels == {"Educational seminar", "Traffic education class"}
    unsaid = {**cells, "Class or workshop ordered": "yes"}
    assert refused(MIA | unsaid, court="tx-midland") == ["opening_item_of_several"]


def test_the_same_person_and_referral_is_one_case_however_much_is_done() -> None:
    later = MIA | {"Jury service done": "5"}
    plan = planned(MIA, later)
    assert [row.outcome for row in plan.rows] == [Outcome.IMPORTED, Outcome.MERGED]
    assert any(note.code == "rows_differ" for note in plan.rows[1].notes)
    other = MIA | {"Day of the referral": "2025-11-04"}
    assert len(planned(MIA, other).cases) == 2


def test_who_has_sat_without_a_training_on_record_is_pointed_out() -> None:
    (row,) = planned(MIA).rows
    assert [note.code for note in row.notes] == ["opening_training_unknown"]
    trained = planned(MIA | {"Juror training on": "2025-09-20"})
    assert trained.rows[0].notes == ()
    opening = trained.cases[0].opening
    assert opening is not None
    assert opening.trained_on == date(2025, 9, 20)


def test_a_mapping_says_what_open_cases_need() -> None:
    document = SHEET.document()
    columns = dict(document["columns"])

    def codes(**changed: Any) -> list[str]:
        return [problem.code for problem in mapping_problems({**document, **changed})]

    without_stage = {name: column for name, column in columns.items() if name != "stage"}
    assert codes(columns=without_stage) == ["mapping_opening_without_stage"]
    without_day = {name: column for name, column in columns.items() if name != "referred_on"}
    assert codes(columns=without_day) == ["mapping_stage_without_referral"]
    assert codes(identity=["given_names", "family_name"]) == ["mapping_key_not_required"]


def test_a_sheet_of_the_courts_own_is_recognised() -> None:
    """The columns a court is likely to have are found by their headers."""
    header = ["First Name", "Last Name", "DOB", "Referral Date", "Status", "Parent Name",
              "Parent Phone", "Jury Sessions Ordered", "Jury Sessions Completed", "Due Date",
              "Sentence Date"]  # fmt: skip
    row = ["Mia", "Okonkwo", "06/01/2010", "11/03/2025", "In progress", "Ada Okonkwo",
           "202 555 0147", "7", "3", "04/01/2026", "12/06/2025"]  # fmt: skip
    text = f"{','.join(header)}\r\n{','.join(row)}\r\n".encode()
    table = read_table(text, filename="ours.csv")
    draft = suggest_mapping(table.header, table.rows, today=TODAY)
    assert mapping_problems(draft.document) == []
    assert draft.document["columns"] == {
        "given_names": "First Name",
        "family_name": "Last Name",
        "birth_date": "DOB",
        "referred_on": "Referral Date",
        "stage": "Status",
        "adult_name": "Parent Name",
        "adult_phone": "Parent Phone",
        "jury_ordered": "Jury Sessions Ordered",
        "jury_done": "Jury Sessions Completed",
        "due_on": "Due Date",
        "sentenced_on": "Sentence Date",
    }
    assert draft.document["values"]["stage"] == {"In progress": "sentenced"}


@given(
    stage=st.sampled_from(
        ["referred", "contacted", "screened", "waiting for hearing", "sentenced"]
    ),
    ordered=st.integers(0, 12),
    done=st.integers(0, 20),
    minutes=st.integers(1, 6000),
)
def test_a_row_is_taken_as_it_says_or_refused(
    stage: str, ordered: int, done: int, minutes: int
) -> None:
    """Whatever stands in a row: a sentence is planned whole, or the row is refused."""
    cells = {
        "Jury service ordered": str(ordered),
        "Jury service done": str(done),
        "Community service ordered": f"{minutes // 60}:{minutes % 60:02d}",
        "Community service done": "",
        "Stage": stage,
    }
    plan = planned(MIA | cells)
    if plan.refusals:
        assert stage != "sentenced" or (ordered == 0 and done > 0)
        return
    opening = plan.cases[0].opening
    assert opening is not None
    assert opening.stage is OpenStage.SENTENCED
    amounts = {item.kind: (item.ordered, item.done) for item in opening.items}
    assert amounts[SanctionKind.COMMUNITY_SERVICE] == (minutes, 0)
    assert amounts.get(SanctionKind.JURY, (0, done)) == (ordered, done)
