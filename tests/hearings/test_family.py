"""Who is told when of a hearing, and who never is."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from tests.hearings.conftest import NEXT, SATURDAY, on_the_day
from youthcourt.hearings import services
from youthcourt.hearings.domain import (
    HearingOutcome,
    OffDocketReason,
    SessionCancelReason,
)
from youthcourt.hearings.models import CourtSession
from youthcourt.hearings.queries import hearing_line, told_of
from youthcourt.notices.domain import Channel, NoticeKind, NoticeState, Unsent
from youthcourt.notices.models import Notice
from youthcourt.people.domain.kinds import AdultChannel, Relation
from youthcourt.people.models import Adult
from youthcourt.people.services import AdultEntry, add_adult, change_adult


@pytest.fixture
def hearing(calendar):
    """A hearing of a youth and an aunt who have e-mail; others must not be written to."""
    row = calendar.waiting(person={"email": "jose@youth.example"})
    person_id = calendar.case_of(row).person_id
    adults: dict[str, dict[str, Any]] = {
        "aunt": {"email": "aunt@home.example", "channel": AdultChannel.EMAIL},
        "uncle": {"email": "uncle@home.example", "told_schedule": False},
        "father": {"email": "father@home.example", "never_disclose": True},
        "teacher": {"phone": "202-555-0101"},
    }
    for name, given in adults.items():
        calendar.desk.guardian(
            person_id, name=name, may_consent=False, authority_proof=None, **given
        )
    return row


@pytest.fixture
def sitting(calendar):
    (row,) = calendar.sittings(calendar.session_in(calendar.room()))
    return row


def names(calendar) -> list[tuple[str, NoticeKind, NoticeState]]:
    """Whom each notice is for, what it is about and where it is."""
    session = calendar.session
    adults = {row.id: row.name for row in session.scalars(sa.select(Adult))}
    rows = session.scalars(sa.select(Notice).order_by(Notice.created_at, Notice.once_key))
    return sorted((adults.get(row.adult_id, "youth"), row.kind, row.state) for row in rows)


def send_all(calendar) -> None:
    """Say that everything in the outbox has left the house."""
    for row in calendar.session.scalars(sa.select(Notice)):
        if row.state is NoticeState.QUEUED:
            row.state, row.done_at = NoticeState.SENT, row.created_at
    calendar.session.flush()


def queued(calendar) -> list[tuple[str, NoticeKind]]:
    return [(who, kind) for who, kind, state in names(calendar) if state is NoticeState.QUEUED]


def test_those_who_may_know_are_told_by_mail(calendar, hearing, sitting) -> None:
    """The youth and the aunt; not who may not be told, never to be told, or has no address."""
    calendar.docket(hearing, sitting)
    assert queued(calendar) == [
        ("aunt", NoticeKind.HEARING_SET),
        ("youth", NoticeKind.HEARING_SET),
    ]
    rows = calendar.session.scalars(sa.select(Notice)).all()
    assert {row.channel for row in rows} == {Channel.EMAIL}
    assert {row.params["hearing"] for row in rows} == {str(hearing.id)}


def test_a_slip_that_has_not_left_is_never_sent(calendar, hearing, sitting) -> None:
    """Moved at once: the first notices are cancelled, the new ones speak of a first date."""
    calendar.docket(hearing, sitting)
    (other,) = calendar.sittings(calendar.session_in(calendar.room("B"), held_on=NEXT))
    calendar.docket(hearing, other)
    by_hand = ("Rosa Núñez", "teacher")
    assert [line for line in names(calendar) if line[0] not in by_hand] == [
        ("aunt", NoticeKind.HEARING_SET, NoticeState.CANCELLED),
        ("aunt", NoticeKind.HEARING_SET, NoticeState.QUEUED),
        ("youth", NoticeKind.HEARING_SET, NoticeState.CANCELLED),
        ("youth", NoticeKind.HEARING_SET, NoticeState.QUEUED),
    ]
    assert [state for who, _kind, state in names(calendar) if who in by_hand] == [
        NoticeState.CANCELLED,
        NoticeState.NO_ADDRESS,
    ] * 2


def test_who_has_heard_of_a_date_is_told_that_it_moved(calendar, hearing, sitting) -> None:
    """There and back again is a change each time; the former day is named."""
    calendar.docket(hearing, sitting)
    send_all(calendar)
    (other,) = calendar.sittings(calendar.session_in(calendar.room("B"), held_on=NEXT))
    for place, was in ((other, SATURDAY), (sitting, NEXT)):
        calendar.docket(hearing, place)
        assert queued(calendar) == [
            ("aunt", NoticeKind.HEARING_MOVED),
            ("youth", NoticeKind.HEARING_MOVED),
        ]
        rows = calendar.session.scalars(
            sa.select(Notice).where(Notice.state == NoticeState.QUEUED)
        ).all()
        assert {row.params["was_on"] for row in rows} == {was.isoformat()}
        send_all(calendar)


def test_a_moved_session_tells_its_families(calendar, hearing, sitting) -> None:
    """The hearing itself was not touched."""
    calendar.docket(hearing, sitting)
    send_all(calendar)
    evening = calendar.session.get_one(CourtSession, sitting.session_id)
    services.change_session(
        calendar.session,
        session_id=evening.id,
        held_on=NEXT,
        starts_at=evening.starts_at,
        ends_at=evening.ends_at,
        **calendar.hand,
    )
    assert queued(calendar) == [
        ("aunt", NoticeKind.HEARING_MOVED),
        ("youth", NoticeKind.HEARING_MOVED),
    ]


@pytest.mark.parametrize("told", [True, False])
def test_who_has_heard_of_a_date_is_told_that_it_is_off(calendar, hearing, sitting, told) -> None:
    """Whoever heard of nothing hears of nothing."""
    calendar.docket(hearing, sitting)
    if told:
        send_all(calendar)
    services.cancel_session(
        calendar.session,
        session_id=sitting.session_id,
        reason=SessionCancelReason.WEATHER,
        **calendar.hand,
    )
    expected = [("aunt", NoticeKind.HEARING_MOVED), ("youth", NoticeKind.HEARING_MOVED)]
    assert queued(calendar) == (expected if told else [])


def test_of_a_day_that_is_over_nobody_is_told_that_it_is_off(calendar, hearing, sitting) -> None:
    """Taken off the day after, by way of tidying up; nor when it was heard."""
    calendar.docket(hearing, sitting)
    send_all(calendar)
    services.undocket_hearing(
        calendar.session,
        hearing_id=hearing.id,
        reason=OffDocketReason.NOT_READY,
        actor=calendar.court.actor,
        now=on_the_day(NEXT),
    )
    assert queued(calendar) == []


def test_what_has_not_left_by_the_outcome_never_leaves(calendar, hearing, sitting) -> None:
    """A notice of a date that is over would only confuse."""
    calendar.docket(hearing, sitting)
    calendar.outcome(hearing, HearingOutcome.HEARD)
    assert {state for _who, _kind, state in names(calendar)} == {NoticeState.CANCELLED}


def test_another_room_is_a_change_too(calendar, hearing, sitting) -> None:
    """The family would stand before the wrong door."""
    calendar.docket(hearing, sitting)
    send_all(calendar)
    services.change_sitting(
        calendar.session,
        sitting_id=sitting.id,
        plan=calendar.plan(calendar.room("B")),
        **calendar.hand,
    )
    assert [kind for _who, kind in queued(calendar)] == [NoticeKind.HEARING_MOVED] * 2


def test_staff_see_whom_they_have_to_tell_themselves(calendar, hearing, sitting) -> None:
    """As each wants to be told; who may not know is not listed."""
    person_id = calendar.case_of(hearing).person_id
    wishes: dict[str, dict[str, Any]] = {
        "caller": {"email": "caller@home.example"},
        "texter": {"phone": "202-555-0102", "channel": AdultChannel.TEXT},
        "writer": {"channel": AdultChannel.LETTER},
        "sharer": {"email": "father@home.example", "channel": AdultChannel.EMAIL},
    }
    for name, given in wishes.items():
        adult(calendar, person_id, name, **given)
    calendar.docket(hearing, sitting)
    told = told_of(calendar.session, hearing_line(calendar.session, hearing.id))
    assert told[0].whom.name == ""
    assert {one.whom.name: (one.whom.hindered, one.state) for one in told} == {
        "": (None, NoticeState.QUEUED),
        "Rosa Núñez": (Unsent.WANTS_CALL, NoticeState.NO_ADDRESS),
        "aunt": (None, NoticeState.QUEUED),
        "teacher": (Unsent.WANTS_CALL, NoticeState.NO_ADDRESS),
        "caller": (Unsent.WANTS_CALL, NoticeState.NO_ADDRESS),
        "texter": (Unsent.WANTS_TEXT, NoticeState.NO_ADDRESS),
        "writer": (Unsent.ON_PAPER, NoticeState.QUEUED),
        "sharer": (Unsent.READ_BY_OTHERS, NoticeState.NO_ADDRESS),
    }
    papers = sa.select(Notice.adult_id).where(Notice.channel == Channel.PAPER)
    assert len(calendar.session.scalars(papers).all()) == 1


def adult(calendar, person_id, name: str, **given: Any) -> Adult:
    """Enter an adult who decides nothing, as staff do."""
    entry = AdultEntry(name=name, relation=Relation.OTHER, **given)
    return add_adult(calendar.session, person_id=person_id, entry=entry, **calendar.hand)


def change(calendar, row: Adult, **given: Any) -> Adult:
    """Change what is written down of an adult."""
    kept = {"name": row.name, "relation": Relation(row.relation), "email": row.email}
    entry = AdultEntry(**{**kept, "channel": AdultChannel(row.channel), **given})
    return change_adult(
        calendar.session,
        person_id=row.person_id,
        adult_id=row.id,
        version=row.version_id,
        entry=entry,
        **calendar.hand,
    )


def test_who_is_entered_or_given_an_address_later_is_told_too(calendar, hearing, sitting) -> None:
    """Once, and nobody else again; what could not leave before is off the list."""
    calendar.docket(hearing, sitting)
    send_all(calendar)
    person_id = calendar.case_of(hearing).person_id
    uncle = adult(calendar, person_id, "coach", channel=AdultChannel.EMAIL)
    assert queued(calendar) == []
    change(calendar, uncle, email="coach@home.example")
    change(calendar, uncle, note="Always at home.")
    adult(calendar, person_id, "gran", email="gran@home.example", channel=AdultChannel.EMAIL)
    assert queued(calendar) == [
        ("coach", NoticeKind.HEARING_SET),
        ("gran", NoticeKind.HEARING_SET),
    ]
    waits = sa.select(Notice).where(Notice.adult_id == uncle.id, Notice.state == NoticeState.QUEUED)
    for row in calendar.session.scalars(waits):
        row.state = NoticeState.FAILED
    change(calendar, uncle, email="coach@other.example")
    states = [state for who, _kind, state in names(calendar) if who == "coach"]
    assert states == [NoticeState.CANCELLED, NoticeState.CANCELLED, NoticeState.QUEUED]


def test_of_a_hearing_that_waits_or_is_over_no_newcomer_is_told(calendar, hearing, sitting) -> None:
    """There is no day to come to."""
    person_id = calendar.case_of(hearing).person_id
    given = {"email": "gran@home.example", "channel": AdultChannel.EMAIL}
    adult(calendar, person_id, "gran", **given)
    assert queued(calendar) == []
    calendar.docket(hearing, sitting)
    calendar.outcome(hearing, HearingOutcome.HEARD)
    adult(calendar, person_id, "nan", **given)
    assert queued(calendar) == []
