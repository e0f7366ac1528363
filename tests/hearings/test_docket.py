"""What stands in the way of a hearing, what needs a reason, and who is called when."""

from __future__ import annotations

import uuid

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.cases.refusing import Refused
from tests.fixtures.app import NOW, TODAY
from tests.hearings.conftest import NEXT, SATURDAY, on_the_day
from youthcourt.audit.models import AuditEntry
from youthcourt.cases.domain import CaseState, ClosureReason
from youthcourt.cases.models import CaseNote
from youthcourt.cases.services import withdraw_case_consent
from youthcourt.courts.domain import ConsentKind
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


@pytest.fixture
def app(sqlite_app: Flask) -> Flask:
    """On SQLite alone: nothing here is for a database to decide."""
    return sqlite_app


def test_a_case_closed_while_it_waits_has_nothing_ahead(calendar) -> None:
    """Opened again it waits again."""
    hearing = calendar.waiting()
    case = calendar.case_of(hearing)
    calendar.desk.close(case, ClosureReason.MOVED, on=TODAY)
    assert hearing.state is HearingState.CANCELLED


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
