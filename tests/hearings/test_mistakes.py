"""An outcome tapped on the wrong hearing can be taken back while nothing rests on it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from tests.cases.refusing import Refused
from tests.hearings.conftest import NEXT, SATURDAY, on_the_day
from youthcourt.audit.models import AuditEntry
from youthcourt.cases.domain import CaseState
from youthcourt.cases.models import CaseEvent, CaseNote
from youthcourt.errors import CourtRuleBroken, Stale
from youthcourt.hearings import ports, services
from youthcourt.hearings.domain import (
    ContinuanceReason,
    HearingCancelReason,
    HearingKind,
    HearingOutcome,
    HearingState,
    OffDocketReason,
    TakeBackReason,
)
from youthcourt.hearings.models import CourtSession, Hearing

HEARD = HearingOutcome.HEARD


@pytest.fixture
def hearing(calendar) -> Hearing:
    """A first hearing on the docket of Saturday."""
    (sitting,) = calendar.sittings(calendar.session_in(calendar.room()))
    row: Hearing = calendar.docket(calendar.waiting(), sitting)
    return row


def take_back(calendar, hearing: Hearing, **given: Any) -> Hearing:
    values = {
        "reason": TakeBackReason.WRONG_HEARING,
        "actor": calendar.court.actor,
        "now": on_the_day() + timedelta(minutes=5),
        **given,
    }
    return services.take_back_outcome(calendar.session, hearing_id=hearing.id, **values)


@pytest.mark.parametrize(
    ("outcome", "reason"),
    [
        (HearingOutcome.HEARD, None),
        (HearingOutcome.NO_SHOW, None),
        (HearingOutcome.CONTINUED, ContinuanceReason.NO_QUORUM),
        (HearingOutcome.SETTLED, None),
        (HearingOutcome.WITHDRAWN, None),
    ],
)
def test_a_hearing_taken_back_is_as_it_was_and_can_be_decided_anew(
    calendar, hearing, outcome, reason
) -> None:
    """On its docket at its place, its case docketed and not heard; then the true outcome."""
    case, place = calendar.case_of(hearing), (hearing.sitting_id, hearing.position)
    calendar.outcome(hearing, outcome, reason=reason)
    take_back(calendar, hearing)
    assert hearing.state is HearingState.DOCKETED
    assert (hearing.reason, hearing.decided_at, hearing.decided_by) == (None, None, None)
    assert (hearing.sitting_id, hearing.position) == place
    assert (case.state, case.heard_on) == (CaseState.DOCKETED, None)
    assert calendar.ahead(case).id == hearing.id
    calendar.outcome(hearing, HEARD)
    assert (case.state, case.heard_on) == (CaseState.HEARD, SATURDAY)


def test_what_was_said_and_why_it_was_taken_back_stays_on_record(calendar, hearing) -> None:
    """The journal, the moves of the case and the next hearing: nothing is deleted."""
    calendar.outcome(hearing, HEARD)
    take_back(calendar, hearing)
    calendar.outcome(hearing, HearingOutcome.NO_SHOW, now=on_the_day() + timedelta(minutes=9))
    take_back(calendar, hearing, reason=TakeBackReason.CAME_AFTER_ALL, note="Came at ten.")
    session = calendar.session
    lines = session.scalars(
        sa.select(AuditEntry).where(AuditEntry.act == "outcome_taken_back").order_by(AuditEntry.at)
    ).all()
    said = {(line.params["outcome"], line.params["reason"]) for line in lines}
    assert said == {("heard", "wrong_hearing"), ("no_show", "came_after_all")}
    assert {line.case_id for line in lines} == {hearing.case_id}
    moves = session.execute(sa.select(CaseEvent.from_state, CaseEvent.to_state)).all()
    assert (CaseState.HEARD, CaseState.DOCKETED) in {tuple(move) for move in moves}
    assert [note.text for note in session.scalars(sa.select(CaseNote))] == ["Came at ten."]
    following = session.scalars(sa.select(Hearing).where(Hearing.id != hearing.id)).one()
    assert following.state is HearingState.CANCELLED
    assert following.reason == HearingCancelReason.OPENED_BY_MISTAKE


def test_a_confirmed_session_keeps_its_outcomes(calendar, hearing) -> None:
    """Its attendance is posted by then."""
    calendar.outcome(hearing, HEARD)
    evening = calendar.session.scalars(sa.select(CourtSession)).one()
    services.confirm_session(
        calendar.session, session_id=evening.id, actor=calendar.court.actor, now=on_the_day()
    )
    with Refused("outcome_of_confirmed_session"):
        take_back(calendar, hearing)


def test_the_next_hearing_has_to_come_off_its_docket_first(calendar, hearing) -> None:
    """The refusal names the day; off it, the outcome can be taken back."""
    calendar.outcome(hearing, HearingOutcome.NO_SHOW)
    following = calendar.ahead(calendar.case_of(hearing))
    (later,) = calendar.sittings(calendar.session_in(calendar.room("B"), held_on=NEXT))
    calendar.docket(following, later)
    with Refused("next_hearing_on_docket", held_on=NEXT):
        take_back(calendar, hearing)
    services.undocket_hearing(
        calendar.session,
        hearing_id=following.id,
        reason=OffDocketReason.PUT_THERE_BY_MISTAKE,
        **calendar.hand,
    )
    assert take_back(calendar, hearing).state is HearingState.DOCKETED


def test_a_later_outcome_is_taken_back_before_an_earlier_one(calendar, hearing) -> None:
    """A case goes back step by step."""
    calendar.outcome(hearing, HearingOutcome.NO_SHOW)
    following = calendar.ahead(calendar.case_of(hearing))
    (later,) = calendar.sittings(calendar.session_in(calendar.room("B"), held_on=NEXT))
    calendar.docket(following, later)
    calendar.outcome(following, HEARD, now=on_the_day(NEXT))
    with Refused("later_hearing_decided", held_on=NEXT):
        take_back(calendar, hearing, now=on_the_day(NEXT))


def test_a_hearing_opened_by_hand_is_cancelled_by_hand_first(calendar, hearing) -> None:
    """Nobody's decision is undone on the way."""
    calendar.outcome(hearing, HEARD)
    services.open_hearing(
        calendar.session,
        case_id=hearing.case_id,
        kind=HearingKind.REVIEW,
        waiting_since=SATURDAY,
        **calendar.hand,
    )
    with Refused("another_hearing_opened"):
        take_back(calendar, hearing)


def test_what_a_higher_feature_made_of_an_outcome_keeps_it(calendar, hearing, monkeypatch) -> None:
    """As sentences do; the refusal is theirs."""
    monkeypatch.setattr(
        ports._Plugged, "keepers", (lambda _session, _hearing: CourtRuleBroken("kept"),)
    )
    calendar.outcome(hearing, HEARD)
    with Refused("kept"):
        take_back(calendar, hearing)
    assert hearing.state is HearingState.HEARD


def test_another_reason_needs_words_and_an_old_page_is_shown_again(calendar, hearing) -> None:
    """And where nothing is written down there is nothing to undo."""
    with Refused("outcome_not_recorded"):
        take_back(calendar, hearing)
    calendar.outcome(hearing, HEARD)
    with Refused("reason_words_missing", "note"):
        take_back(calendar, hearing, reason=TakeBackReason.OTHER, note=" ")
    with pytest.raises(Stale):
        take_back(calendar, hearing, version=hearing.version_id - 1)
