"""Two people at the same moment: no place is given twice, nothing is half done."""

from __future__ import annotations

import uuid
from datetime import time
from functools import partial

import sqlalchemy as sa

from tests.fixtures.app import TODAY
from tests.fixtures.writers import at_once
from tests.hearings.conftest import NEXT, SATURDAY, on_the_day
from youthcourt.cases.domain import CaseState, ClosureReason
from youthcourt.cases.models import Case
from youthcourt.cases.services import close_case
from youthcourt.hearings import services
from youthcourt.hearings.domain import (
    ContinuanceReason,
    CourtSessionKind,
    CourtSessionState,
    HearingKind,
    HearingOutcome,
    HearingState,
    SessionCancelReason,
)
from youthcourt.hearings.models import CourtSession, Hearing, Sitting


def count(session, *where) -> int:
    """How many hearings there are."""
    query = sa.select(sa.func.count()).select_from(Hearing).where(*where)
    return session.scalar(query) or 0


def docket(session, **given) -> uuid.UUID | None:
    """Put a hearing on a docket; return where it is."""
    return services.docket_hearing(session, **given).sitting_id


def plan_from(session, **given) -> CourtSessionState:
    """Plan a session until two o'clock."""
    return services.plan_session(
        session, kind=CourtSessionKind.HEARING, held_on=SATURDAY, ends_at=time(14), **given
    ).state


def test_the_last_place_of_a_room_is_given_once(app, calendar, session) -> None:
    """Four people docket four hearings on a room with one place: one has it."""
    evening = calendar.session_in(calendar.room(), numbers={"max_first_hearings": 1})
    (sitting,) = calendar.sittings(evening)
    hearings = [calendar.waiting().id for _number in range(4)]
    sitting_id, hand = sitting.id, calendar.hand
    session.commit()
    found = at_once(
        app,
        calendar.court.id,
        [partial(docket, hearing_id=key, sitting_id=sitting_id, **hand) for key in hearings],
    )
    assert found.count("docket_needs_reason") == 3
    assert found.count(sitting_id) == 1
    session.expire_all()
    assert count(session, Hearing.sitting_id == sitting_id) == 1


def test_one_hearing_gets_one_place_whoever_is_first(app, calendar, session) -> None:
    """Four people put it into four rooms: in the end it is in one, and everybody was heard."""
    evening = calendar.session_in(*(calendar.room(name) for name in "ABCD"))
    sittings = [row.id for row in calendar.sittings(evening)]
    hearing = calendar.waiting()
    hearing_id, hand = hearing.id, calendar.hand
    version = hearing.version_id
    session.commit()
    found = at_once(
        app,
        calendar.court.id,
        [
            partial(docket, hearing_id=hearing_id, sitting_id=key, version=version, **hand)
            for key in sittings
        ],
    )
    assert found.count("hearing_saved_by_another") == 3
    session.expire_all()
    assert session.get_one(Hearing, hearing_id).sitting_id in found


def test_a_room_is_planned_once_for_one_time(app, calendar, session) -> None:
    """Four people plan a session in it at the same moment."""
    room = calendar.room()
    plan, hand = calendar.plan(room), calendar.hand
    session.commit()
    found = at_once(
        app,
        calendar.court.id,
        [partial(plan_from, starts_at=time(9 + hour), rooms=[plan], **hand) for hour in range(4)],
    )
    assert sorted(found) == sorted(["room_taken"] * 3 + [CourtSessionState.PLANNED])


def test_two_tablets_say_one_outcome(app, calendar, session) -> None:
    """Six times continued: one hearing waits, not six."""
    hearing = calendar.waiting()
    (sitting,) = calendar.sittings(calendar.session_in(calendar.room()))
    calendar.docket(hearing, sitting)
    key, actor = hearing.id, calendar.court.actor
    session.commit()
    found = at_once(
        app,
        calendar.court.id,
        [
            lambda s: (
                services.record_outcome(
                    s,
                    hearing_id=key,
                    outcome=HearingOutcome.CONTINUED,
                    reason=ContinuanceReason.NO_QUORUM,
                    actor=actor,
                    now=on_the_day(),
                ).state
            )
        ]
        * 6,
    )
    assert found == [HearingState.CONTINUED] * 6
    assert count(session, Hearing.state == HearingState.WAITING) == 1


def test_a_session_cancelled_while_it_is_docketed_leaves_nothing_on_it(
    app, calendar, session
) -> None:
    """Whoever is first, no hearing is left on a cancelled session."""
    evening = calendar.session_in(calendar.room())
    (sitting,) = calendar.sittings(evening)
    calendar.docket(calendar.waiting(), sitting)
    hearing_id, session_id, sitting_id = calendar.waiting().id, evening.id, sitting.id
    hand = calendar.hand
    session.commit()
    found = at_once(
        app,
        calendar.court.id,
        [
            lambda s: (
                services.docket_hearing(
                    s, hearing_id=hearing_id, sitting_id=sitting_id, **hand
                ).state
            ),
            lambda s: (
                services.cancel_session(
                    s, session_id=session_id, reason=SessionCancelReason.WEATHER, **hand
                ).state
            ),
        ],
    )
    assert set(found) <= {
        HearingState.DOCKETED,
        CourtSessionState.CANCELLED,
        "docket_refused",
        "docket_changed_meanwhile",
    }
    session.expire_all()
    cancelled = session.get_one(CourtSession, session_id).state is CourtSessionState.CANCELLED
    on_it = count(session, Hearing.sitting_id == sitting_id)
    assert (cancelled, on_it) in {(True, 0), (False, 2)}


def test_a_case_closed_while_it_is_docketed_has_no_hearing(app, calendar, session) -> None:
    """Closing and docketing meet: in the end a closed case has nothing ahead."""
    hearing = calendar.waiting()
    (sitting,) = calendar.sittings(calendar.session_in(calendar.room(), held_on=NEXT))
    case_id, hearing_id, sitting_id = hearing.case_id, hearing.id, sitting.id
    hand = calendar.hand
    session.commit()
    at_once(
        app,
        calendar.court.id,
        [
            lambda s: (
                services.docket_hearing(
                    s, hearing_id=hearing_id, sitting_id=sitting_id, **hand
                ).state
            ),
            lambda s: (
                close_case(s, case_id=case_id, reason=ClosureReason.MOVED, on=TODAY, **hand).state
            ),
        ],
    )
    session.expire_all()
    assert session.get_one(Case, case_id).state is CaseState.CLOSED
    ahead = Hearing.state.in_((HearingState.WAITING, HearingState.DOCKETED))
    assert count(session, ahead) == 0


def test_a_case_has_one_hearing_ahead_whoever_opens_it(app, calendar, session) -> None:
    """Four people open a return hearing at the same moment."""
    hearing = calendar.waiting()
    (sitting,) = calendar.sittings(calendar.session_in(calendar.room()))
    calendar.docket(hearing, sitting)
    calendar.outcome(hearing, HearingOutcome.HEARD)
    case_id, hand = hearing.case_id, calendar.hand
    session.commit()
    found = at_once(
        app,
        calendar.court.id,
        [
            lambda s: (
                services.open_hearing(
                    s, case_id=case_id, kind=HearingKind.RETURN, waiting_since=SATURDAY, **hand
                ).state
            )
        ]
        * 4,
    )
    assert sorted(found) == sorted(["hearing_already_ahead"] * 3 + [HearingState.WAITING])
    assert session.scalar(sa.select(sa.func.count()).select_from(Sitting)) == 1
