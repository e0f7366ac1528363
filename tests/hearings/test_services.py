"""What the acts on hearings promise: docketing, moving, taking off, outcomes."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
import sqlalchemy as sa

from tests.cases.refusing import Refused
from tests.fixtures.app import NOW, TODAY, add_court
from tests.hearings.conftest import NEXT, SATURDAY, on_the_day
from youthcourt.accounts.domain import Role
from youthcourt.audit.models import AuditEntry
from youthcourt.cases.domain import CaseState, ClosureReason
from youthcourt.cases.domain.choices import ReopenReason
from youthcourt.cases.models import CaseNote
from youthcourt.cases.services import reopen_case, withdraw_case_consent
from youthcourt.courts.domain import ConsentKind
from youthcourt.db import set_court
from youthcourt.errors import NotFound
from youthcourt.hearings import services
from youthcourt.hearings.domain import (
    ContinuanceReason,
    CourtSessionKind,
    DocketOverride,
    DocketProblemCode,
    HearingCancelReason,
    HearingKind,
    HearingOutcome,
    HearingState,
    OffDocketReason,
    SessionCancelReason,
)
from youthcourt.hearings.models import Hearing
from youthcourt.hearings.ports import HeldSeat
from youthcourt.hearings.queries import docket_of, hearings_of_case, placement
from youthcourt.people.models import Adult, Consent


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


def test_a_case_closed_while_it_waits_has_nothing_ahead(calendar) -> None:
    """Opened again it waits again."""
    hearing = calendar.waiting()
    case = calendar.case_of(hearing)
    calendar.desk.close(case, ClosureReason.MOVED, on=TODAY)
    assert hearing.state is HearingState.CANCELLED


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


@pytest.mark.parametrize(
    ("prepare", "problem"),
    [
        ("over", DocketProblemCode.SESSION_IN_PAST),
        ("cancelled", DocketProblemCode.SESSION_NOT_OPEN),
        ("training", DocketProblemCode.NOT_A_HEARING_SESSION),
    ],
)
def test_a_sitting_that_cannot_take_it_refuses_whatever_the_reason(
    calendar, prepare, problem
) -> None:
    """Over, cancelled, or a training."""
    kind = CourtSessionKind.TRAINING if prepare == "training" else CourtSessionKind.HEARING
    evening = calendar.session_in(calendar.room(), kind=kind)
    (sitting,) = calendar.sittings(evening)
    hearing = calendar.waiting()
    if prepare == "cancelled":
        services.cancel_session(
            calendar.session,
            session_id=evening.id,
            reason=SessionCancelReason.WEATHER,
            **calendar.hand,
        )
    now = on_the_day(hours=17) if prepare == "over" else NOW
    with Refused("docket_refused", problem=problem):
        calendar.docket(hearing, sitting, reason=DocketOverride.DEADLINE, now=now)


def test_a_youth_cannot_be_in_two_places(calendar, seats) -> None:
    """Another own hearing is refused, a seat on a jury needs a reason."""
    hearing = calendar.waiting()
    person_id = calendar.case_of(hearing).person_id
    evening = calendar.session_in(calendar.room("A"), calendar.room("B"))
    one, two = calendar.sittings(evening)
    calendar.docket(hearing, one)
    second = calendar.waiting(person_id=person_id)
    with Refused("docket_refused", problem=DocketProblemCode.RESPONDENT_HAS_HEARING):
        calendar.docket(second, two)
    later = calendar.session_in(calendar.room("C"), held_on=NEXT)
    (there,) = calendar.sittings(later)
    seats[person_id] = [HeldSeat(seat_id=uuid.uuid4(), session_id=later.id, sitting_id=there.id)]
    with Refused("docket_needs_reason", "reason"):
        calendar.docket(second, there)
    calendar.docket(second, there, reason=DocketOverride.FAMILY_CANNOT_OTHERWISE)


def test_companions_come_before_different_juries(calendar) -> None:
    """Two youths of one incident in one room need a reason, in two rooms none."""
    evening = calendar.session_in(calendar.room("A"), calendar.room("B"))
    one, two = calendar.sittings(evening)
    first = calendar.waiting(incident_reference="SAME")
    second = calendar.waiting(incident_reference="SAME")
    calendar.docket(first, one)
    with Refused("docket_needs_reason", "reason"):
        calendar.docket(second, one)
    calendar.docket(second, two)


def test_a_closed_day_needs_a_reason(calendar) -> None:
    """A session that is still planned on it."""
    (sitting,) = calendar.sittings(calendar.session_in(calendar.room()))
    services.add_closed_day(calendar.session, day=SATURDAY, label="Works", **calendar.hand)
    with Refused("docket_needs_reason", "reason"):
        calendar.docket(calendar.waiting(), sitting)


def test_what_to_keep_in_mind_needs_no_reason(calendar) -> None:
    """An interpreter and a missing guardian are told, not refused."""
    (sitting,) = calendar.sittings(calendar.session_in(calendar.room()))
    hearing = calendar.waiting(person={"language": "es", "interpreter_needed": True})
    for adult in calendar.session.scalars(sa.select(Adult)):
        adult.never_disclose = True
    calendar.session.flush()
    found = placement(calendar.session, hearing.id, sitting.id, now=NOW)
    assert found is not None
    assert [(p.code, dict(p.params)) for p in found.problems] == [
        (DocketProblemCode.NO_GUARDIAN_KNOWN, {}),
        (DocketProblemCode.INTERPRETER_NEEDED, {"language": "es"}),
    ]
    calendar.docket(hearing, sitting)


def test_words_for_another_reason_go_into_the_case_file(calendar) -> None:
    """The code stays with the hearing, the words with the case."""
    hearing = calendar.waiting()
    (sitting,) = calendar.sittings(calendar.session_in(calendar.room()))
    calendar.docket(hearing, sitting)
    act = {"hearing_id": hearing.id, "reason": OffDocketReason.OTHER, **calendar.hand}
    with Refused("reason_words_missing", "note"):
        services.undocket_hearing(calendar.session, note="  ", **act)
    services.undocket_hearing(calendar.session, note="The bus is on strike.", **act)
    notes = calendar.session.scalars(sa.select(CaseNote.text)).all()
    assert notes == ["The bus is on strike."]


def test_a_hearing_saved_by_somebody_else_is_looked_at_again(calendar) -> None:
    """Each act that knows a version refuses an older one."""
    hearing = calendar.waiting()
    seen = hearing.version_id
    (sitting,) = calendar.sittings(calendar.session_in(calendar.room()))
    calendar.docket(hearing, sitting)
    hand = {"hearing_id": hearing.id, "version": seen}
    with Refused("hearing_saved_by_another"):
        services.undocket_hearing(
            calendar.session, reason=OffDocketReason.NOT_READY, **hand, **calendar.hand
        )
    with Refused("hearing_saved_by_another"):
        services.cancel_hearing(
            calendar.session, reason=HearingCancelReason.NOT_NEEDED, **hand, **calendar.hand
        )
    with Refused("hearing_saved_by_another"):
        calendar.outcome(hearing, HearingOutcome.HEARD, version=seen)
    (other,) = calendar.sittings(calendar.session_in(calendar.room("B")))
    with Refused("hearing_saved_by_another"):
        calendar.docket(hearing, other, version=seen)


def test_return_hearings_are_called_first_and_the_order_is_staff_s(calendar) -> None:
    """Earlier and later within a group; at its ends nothing moves."""
    evening = calendar.session_in(calendar.room())
    (sitting,) = calendar.sittings(evening)
    one, two, three = (calendar.docket(calendar.waiting(), sitting) for _number in range(3))
    back = calendar.waiting()
    back.kind = HearingKind.RETURN
    calendar.session.flush()
    calendar.docket(back, sitting)

    def order() -> list[uuid.UUID]:
        return [line.id for line in docket_of(calendar.session, sitting.id)]

    def call(hearing: Hearing, *, earlier: bool) -> None:
        services.reorder_hearing(
            calendar.session, hearing_id=hearing.id, earlier=earlier, **calendar.hand
        )

    assert order() == [back.id, one.id, two.id, three.id]
    call(three, earlier=True)
    assert order() == [back.id, one.id, three.id, two.id]
    call(one, earlier=True)
    call(two, earlier=False)
    call(back, earlier=False)
    assert order() == [back.id, one.id, three.id, two.id]
    call(one, earlier=False)
    assert order() == [back.id, three.id, one.id, two.id]


def test_a_later_hearing_is_for_a_case_that_was_heard(calendar) -> None:
    """A return hearing before the first one is refused, and so is a second one ahead."""
    hearing = calendar.waiting()
    case = calendar.case_of(hearing)
    act = {"case_id": case.id, "waiting_since": SATURDAY, **calendar.hand}
    with Refused("hearing_already_ahead"):
        services.open_hearing(calendar.session, kind=HearingKind.RETURN, **act)
    (sitting,) = calendar.sittings(calendar.session_in(calendar.room()))
    calendar.docket(hearing, sitting)
    services.cancel_hearing(
        calendar.session,
        hearing_id=hearing.id,
        reason=HearingCancelReason.OPENED_BY_MISTAKE,
        **calendar.hand,
    )
    with Refused("not_heard_yet"):
        services.open_hearing(calendar.session, kind=HearingKind.REVIEW, **act)
    first = services.open_hearing(calendar.session, kind=HearingKind.FIRST, **act)
    calendar.docket(first, sitting)
    calendar.outcome(first, HearingOutcome.HEARD)
    with Refused("first_hearing_already_held"):
        services.open_hearing(calendar.session, kind=HearingKind.FIRST, **act)
    back = services.open_hearing(calendar.session, kind=HearingKind.RETURN, **act)
    (later,) = calendar.sittings(calendar.session_in(calendar.room("B"), held_on=NEXT))
    calendar.docket(back, later)
    calendar.outcome(back, HearingOutcome.HEARD, now=on_the_day(NEXT))
    assert (case.state, case.heard_on) == (CaseState.HEARD, SATURDAY)


def test_a_cancelled_hearing_is_followed_by_none(calendar) -> None:
    """The case goes back to where it waited, without a hearing of its own accord."""
    hearing = calendar.waiting()
    (sitting,) = calendar.sittings(calendar.session_in(calendar.room()))
    calendar.docket(hearing, sitting)
    for _time in range(2):
        services.cancel_hearing(
            calendar.session,
            hearing_id=hearing.id,
            reason=HearingCancelReason.NOT_NEEDED,
            **calendar.hand,
        )
    assert calendar.case_of(hearing).state is CaseState.INTAKE_DONE
    assert hearings_of_case(calendar.session, hearing.case_id)[0].state is HearingState.CANCELLED
    with Refused("hearing_step_not_possible"):
        calendar.docket(hearing, sitting)


@pytest.mark.parametrize(
    ("outcome", "reason", "code"),
    [
        (HearingOutcome.CONTINUED, None, "reason_required"),
        (HearingOutcome.HEARD, ContinuanceReason.WEATHER, "reason_only_for_continuance"),
    ],
)
def test_a_continuance_alone_names_its_reason(calendar, outcome, reason, code) -> None:
    """It is missing, or it does not belong there."""
    hearing = calendar.waiting()
    (sitting,) = calendar.sittings(calendar.session_in(calendar.room()))
    calendar.docket(hearing, sitting)
    with Refused(code, "reason"):
        calendar.outcome(hearing, outcome, reason=reason)


def test_nothing_can_have_become_of_a_hearing_before_its_day(calendar) -> None:
    """On the court's day, which begins at 4 or 5 hours UTC; nor of one that waits."""
    hearing = calendar.waiting()
    (sitting,) = calendar.sittings(calendar.session_in(calendar.room()))
    with Refused("hearing_step_not_possible"):
        calendar.outcome(hearing, HearingOutcome.HEARD)
    calendar.docket(hearing, sitting)
    with Refused("session_not_yet", held_on=SATURDAY):
        calendar.outcome(hearing, HearingOutcome.HEARD, now=on_the_day(hours=3))
    calendar.outcome(hearing, HearingOutcome.HEARD, now=on_the_day(hours=5))


def test_a_case_that_lacks_a_paper_by_then_is_not_docketed(calendar) -> None:
    """A consent taken back after the intake."""
    hearing = calendar.waiting()
    case = calendar.case_of(hearing)
    consent = calendar.session.scalars(
        sa.select(Consent).where(Consent.kind == ConsentKind.ADMISSION)
    ).one()
    withdraw_case_consent(
        calendar.session,
        case_id=case.id,
        consent_id=consent.id,
        withdrawn_on=TODAY,
        **calendar.hand,
    )
    (sitting,) = calendar.sittings(calendar.session_in(calendar.room()))
    with Refused("admission_missing"):
        calendar.docket(hearing, sitting)


def test_every_act_leaves_its_line_in_the_journal(calendar) -> None:
    """Who put which hearing where, by keys and codes alone."""
    hearing = calendar.waiting()
    (sitting,) = calendar.sittings(calendar.session_in(calendar.room()))
    calendar.docket(hearing, sitting)
    calendar.outcome(hearing, HearingOutcome.CONTINUED, reason=ContinuanceReason.NO_QUORUM)
    rows = calendar.session.scalars(
        sa.select(AuditEntry).where(
            AuditEntry.subject == "hearing", AuditEntry.subject_id == hearing.id
        )
    ).all()
    assert {(row.act, row.case_id) for row in rows} == {
        (act, hearing.case_id) for act in ("hearing_opened", "hearing_docketed", "hearing_decided")
    }
    decided = next(row for row in rows if row.act == "hearing_decided")
    assert decided.params == {"outcome": "continued", "reason": "no_quorum"}


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
