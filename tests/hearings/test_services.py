"""What the acts on hearings promise: docketing, moving, taking off, outcomes."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from tests.cases.refusing import Refused
from tests.fixtures.app import NOW, TODAY, add_court
from tests.hearings.conftest import NEXT, SATURDAY
from youthcourt.accounts.domain import Role
from youthcourt.cases.domain import CaseState, ClosureReason
from youthcourt.cases.domain.choices import ReopenReason
from youthcourt.cases.services import reopen_case
from youthcourt.db import set_court
from youthcourt.errors import NotFound
from youthcourt.hearings import services
from youthcourt.hearings.domain import (
    ContinuanceReason,
    DocketOverride,
    HearingCancelReason,
    HearingKind,
    HearingOutcome,
    HearingState,
    OffDocketReason,
    SessionCancelReason,
)
from youthcourt.hearings.models import Hearing
from youthcourt.hearings.queries import docket_of


def test_a_case_that_is_ready_waits_for_its_first_hearing(calendar) -> None:
    """The last early step opens it, on the day of that step."""
    hearing = calendar.waiting()
    case = calendar.case_of(hearing)
    assert case.state is CaseState.INTAKE_DONE
    assert (hearing.kind, hearing.state) == (HearingKind.FIRST, HearingState.WAITING)
    assert hearing.waiting_since == case.intake_on


def test_a_docketed_hearing_takes_its_case_along(calendar) -> None:
    """The case is docketed; the hearing has its place."""
    hearing = calendar.waiting()
    evening = calendar.session_in(calendar.room())
    (sitting,) = calendar.sittings(evening)
    calendar.docket(hearing, sitting)
    case = calendar.case_of(hearing)
    assert (hearing.state, hearing.position) == (HearingState.DOCKETED, 1)
    assert (case.state, str(case.first_docketed_on)) == (CaseState.DOCKETED, "2026-03-04")


def test_taken_off_its_docket_a_hearing_waits_as_long_as_before(calendar) -> None:
    """The case goes back to where it waited."""
    hearing = calendar.waiting()
    (sitting,) = calendar.sittings(calendar.session_in(calendar.room()))
    since = hearing.waiting_since
    calendar.docket(hearing, sitting)
    services.undocket_hearing(
        calendar.session,
        hearing_id=hearing.id,
        reason=OffDocketReason.YOUTH_CANNOT_COME,
        **calendar.hand,
    )
    assert (hearing.state, hearing.sitting_id) == (HearingState.WAITING, None)
    assert hearing.waiting_since == since
    assert calendar.case_of(hearing).state is CaseState.INTAKE_DONE


@pytest.mark.parametrize(
    ("outcome", "reason", "state"),
    [
        (HearingOutcome.CONTINUED, ContinuanceReason.NO_QUORUM, HearingState.CONTINUED),
        (HearingOutcome.NO_SHOW, None, HearingState.NO_SHOW),
    ],
)
def test_a_hearing_put_off_leaves_another_that_waits(calendar, outcome, reason, state) -> None:
    """It waits since the day that came to nothing; the case stays docketed."""
    hearing = calendar.waiting()
    (sitting,) = calendar.sittings(calendar.session_in(calendar.room()))
    calendar.docket(hearing, sitting)
    calendar.outcome(hearing, outcome, reason=reason)
    case = calendar.case_of(hearing)
    following = calendar.ahead(case)
    assert (hearing.state, hearing.reason) == (state, reason)
    assert (following.state, following.waiting_since) == (HearingState.WAITING, SATURDAY)
    assert case.state is CaseState.DOCKETED
    # To another day and off it again: still a case that had its day.
    (later,) = calendar.sittings(calendar.session_in(calendar.room("B"), held_on=NEXT))
    calendar.docket(following, later)
    services.undocket_hearing(
        calendar.session,
        hearing_id=following.id,
        reason=OffDocketReason.NOT_READY,
        **calendar.hand,
    )
    assert case.state is CaseState.DOCKETED


def test_a_heard_first_hearing_makes_its_case_heard(calendar) -> None:
    """On the day of the session, also when written down the day after."""
    hearing = calendar.waiting()
    (sitting,) = calendar.sittings(calendar.session_in(calendar.room()))
    calendar.docket(hearing, sitting)
    calendar.outcome(hearing, HearingOutcome.HEARD)
    case = calendar.case_of(hearing)
    assert (case.state, case.heard_on) == (CaseState.HEARD, SATURDAY)
    assert hearing.decided_by == calendar.court.actor.user_id


def test_an_outcome_said_twice_is_said_once(calendar, session) -> None:
    """Two tablets: the second changes nothing; another outcome is refused."""
    hearing = calendar.waiting()
    (sitting,) = calendar.sittings(calendar.session_in(calendar.room()))
    calendar.docket(hearing, sitting)
    for _tablet in range(2):
        calendar.outcome(hearing, HearingOutcome.NO_SHOW)
    assert session.scalar(sa.select(sa.func.count()).select_from(Hearing)) == 2
    with Refused("hearing_already_decided", state=HearingState.NO_SHOW):
        calendar.outcome(hearing, HearingOutcome.HEARD)


@pytest.mark.parametrize("outcome", [HearingOutcome.SETTLED, HearingOutcome.WITHDRAWN])
def test_what_ends_at_a_hearing_waits_to_be_closed(calendar, outcome) -> None:
    """No other hearing is opened; the case is off the docket."""
    hearing = calendar.waiting()
    (sitting,) = calendar.sittings(calendar.session_in(calendar.room()))
    calendar.docket(hearing, sitting)
    calendar.outcome(hearing, outcome)
    calendar.outcome(hearing, outcome)
    case = calendar.case_of(hearing)
    assert (hearing.state, hearing.reason) == (HearingState.CANCELLED, outcome.value)
    assert case.state is CaseState.INTAKE_DONE


def test_the_last_place_is_given_with_a_reason_only(calendar) -> None:
    """A full room refuses without a reason and takes it with one."""
    evening = calendar.session_in(calendar.room(), numbers={"max_first_hearings": 1})
    (sitting,) = calendar.sittings(evening)
    calendar.docket(calendar.waiting(), sitting)
    second = calendar.waiting()
    with Refused("docket_needs_reason", "reason"):
        calendar.docket(second, sitting)
    with Refused("reason_words_missing", "note"):
        calendar.docket(second, sitting, reason=DocketOverride.OTHER)
    calendar.docket(second, sitting, reason=DocketOverride.DEADLINE)
    assert second.reason == DocketOverride.DEADLINE


def test_a_closed_case_has_no_hearing_ahead_and_waits_when_it_is_opened_again(calendar) -> None:
    """Closed, its hearing is cancelled; opened again it is where it waited."""
    hearing = calendar.waiting()
    (sitting,) = calendar.sittings(calendar.session_in(calendar.room()))
    calendar.docket(hearing, sitting)
    case = calendar.case_of(hearing)
    calendar.desk.close(case, ClosureReason.WITHDREW, on=TODAY)
    assert (hearing.state, hearing.reason) == (
        HearingState.CANCELLED,
        HearingCancelReason.CASE_CLOSED,
    )
    assert docket_of(calendar.session, sitting.id) == ()
    reopen_case(
        calendar.session,
        case_id=case.id,
        reason=ReopenReason.FAMILY_CAME_BACK,
        note="They called.",
        second_user_id=calendar.court.users[Role.ADMINISTRATOR],
        on=TODAY,
        **calendar.hand,
    )
    assert case.state is CaseState.INTAKE_DONE
    again = calendar.ahead(case)
    assert (again.state, again.waiting_since) == (HearingState.WAITING, TODAY)


def test_a_hearing_moves_to_another_sitting_in_one_step(calendar) -> None:
    """The case never lacks its hearing; the same place again changes nothing."""
    hearing = calendar.waiting()
    (first,) = calendar.sittings(calendar.session_in(calendar.room()))
    (second,) = calendar.sittings(calendar.session_in(calendar.room("B"), held_on=NEXT))
    calendar.docket(hearing, first)
    version = hearing.version_id
    calendar.docket(hearing, first)
    assert hearing.version_id == version
    calendar.docket(hearing, second)
    assert hearing.sitting_id == second.id
    assert calendar.case_of(hearing).state is CaseState.DOCKETED


def test_another_court_s_records_do_not_exist_here(calendar, session) -> None:
    """A hearing, a sitting, a session, a room and a case of somebody else."""
    hearing = calendar.waiting()
    evening = calendar.session_in(calendar.room())
    (sitting,) = calendar.sittings(evening)
    session.commit()
    other = add_court(session, "fl-charlotte", "Oak")
    set_court(session, other.id)
    session.expunge_all()
    hand: dict[str, Any] = {"actor": other.actor, "now": NOW}
    for act in (
        lambda: services.docket_hearing(
            session, hearing_id=hearing.id, sitting_id=sitting.id, **hand
        ),
        lambda: services.cancel_session(
            session, session_id=evening.id, reason=SessionCancelReason.WEATHER, **hand
        ),
        lambda: services.remove_sitting(session, sitting_id=sitting.id, **hand),
        lambda: services.close_room(session, room_id=sitting.room_id, **hand),
        lambda: services.record_outcome(
            session, hearing_id=hearing.id, outcome=HearingOutcome.HEARD, **hand
        ),
        lambda: services.open_hearing(
            session,
            case_id=hearing.case_id,
            kind=HearingKind.FIRST,
            waiting_since=SATURDAY,
            **hand,
        ),
        lambda: services.reorder_hearing(session, hearing_id=hearing.id, earlier=True, **hand),
    ):
        with pytest.raises(NotFound):
            act()
