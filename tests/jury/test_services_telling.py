"""Publishing and what follows: everybody is told once, and told again only of a change."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest

from tests.fixtures.app import NOW
from tests.jury.conftest import LATER, SATURDAY
from youthcourt.accounts.domain import FactQuestion
from youthcourt.accounts.models import OneTimeLink
from youthcourt.errors import CourtRuleBroken
from youthcourt.hearings import services as hearings
from youthcourt.hearings.domain import SessionCancelReason, SittingPlan
from youthcourt.jury import services
from youthcourt.jury.domain import ReleaseReason, SeatRole, SeatState
from youthcourt.jury.models import StoredDraw
from youthcourt.jury.queries import telling_of
from youthcourt.jury.services import Told
from youthcourt.notices.domain import NoticeKind, NoticeState, Unsent
from youthcourt.people.domain.kinds import AdultChannel, Relation
from youthcourt.people.links import open_by_code
from youthcourt.people.models import Adult
from youthcourt.people.services import AdultEntry, change_adult, set_fact

EMAIL = AdultChannel.EMAIL
QUEUED, CANCELLED = NoticeState.QUEUED, NoticeState.CANCELLED


def kinds(bench, *, but: NoticeState = CANCELLED) -> list[tuple[NoticeKind, NoticeState]]:
    """Kind and state of every notice that still stands."""
    return [(n.kind, n.state) for n in bench.notices() if n.state is not but]


def let_out(bench) -> None:
    """Let everything that is queued have been sent."""
    for notice in bench.notices():
        if notice.state is QUEUED:
            notice.state, notice.done_at = NoticeState.SENT, NOW
    bench.session.flush()


@pytest.fixture
def seated(bench):
    """A session with one juror who has an address and one adult who has."""
    evening = bench.planned(rooms=2)
    person = bench.juror(email="ada@example.org")
    bench.adult(person, email="maria@example.org", channel=EMAIL)
    seat = bench.seat(bench.sittings(evening)[0], person)
    return evening, person, seat


def test_each_who_is_to_know_gets_one_notice(bench):
    """Juror and adults; nothing for who must never be told; those without address are listed."""
    evening = bench.planned()
    (sitting,) = bench.sittings(evening)
    ada = bench.juror("Ada", email="ada@example.org")
    bea = bench.juror("Bea")
    bench.adult(ada, "María", email="maria@example.org", channel=EMAIL)
    bench.adult(ada, "Secret", email="secret@example.org", never_disclose=True)
    bench.adult(ada, "Untold", email="untold@example.org", told_schedule=False)
    bench.adult(bea, "Luis", phone="2025550100", email="luis@example.org")
    seats = [bench.seat(sitting, ada), bench.seat(sitting, bea)]
    done = bench.publish(evening)
    assert (done.seats, done.told) == (2, Told(queued=2, by_hand=2))
    keys = {notice.once_key for notice in bench.notices()}
    assert {f"duty:{seat.id}:1" for seat in seats} < keys
    assert len(keys) == 4
    assert {notice.params["seat"] for notice in bench.notices()} == {str(s.id) for s in seats}
    telling = telling_of(bench.session, evening.id)
    assert {line.why for line in telling.by_hand} == {Unsent.NO_ADDRESS, Unsent.WANTS_CALL}
    assert (telling.queued, telling.sent) == (2, 0)
    assert {(line.person_id, line.adult) for line in telling.by_hand} == {(bea, ""), (bea, "Luis")}


def test_publishing_twice_tells_nobody_twice(bench, seated):
    """And a seat given later is told of when the jury is published again."""
    evening, _person, seat = seated
    bench.publish(evening)
    assert bench.publish(evening).told == Told()
    assert len(bench.notices()) == 2
    assert seat.state is SeatState.PUBLISHED
    bench.seat(bench.sittings(evening)[1], bench.juror("New", email="new@example.org"))
    done = bench.publish(evening)
    assert (done.seats, done.told) == (1, Told(queued=1))


def test_reserves_are_published_without_a_notice_until_they_are_called(bench):
    """Once a juror, they are told like the others."""
    evening = bench.planned()
    (sitting,) = bench.sittings(evening)
    reserve = bench.seat(sitting, bench.juror(email="rea@example.org"), role=SeatRole.RESERVE)
    assert bench.publish(evening).told == Told()
    services.call_reserve(
        bench.session,
        session_id=evening.id,
        seat_id=reserve.id,
        sitting_id=sitting.id,
        **bench.hand,
    )
    assert reserve.state is SeatState.PROPOSED
    assert bench.publish(evening).told == Told(queued=1)


def test_a_release_before_the_notice_left_takes_it_back(bench, seated):
    """Nobody hears of a duty and its end in two messages."""
    evening, _person, seat = seated
    bench.publish(evening)
    assert bench.release(seat, ReleaseReason.NOT_NEEDED) == Told()
    assert kinds(bench) == []


def test_a_release_after_the_notice_left_tells_whoever_was_told(bench, seated):
    """Once, also when it is released twice."""
    evening, _person, seat = seated
    bench.publish(evening)
    let_out(bench)
    assert bench.release(seat, ReleaseReason.CANNOT_COME) == Told(queued=2)
    assert bench.release(seat, ReleaseReason.CANNOT_COME) == Told()
    assert kinds(bench, but=NoticeState.SENT) == [(NoticeKind.DUTY_WITHDRAWN, QUEUED)] * 2


def test_who_has_no_address_is_listed_again_when_the_duty_is_off(bench):
    """Told by slip or phone, they have to be told by phone that it is off."""
    evening = bench.planned()
    seat = bench.seat(bench.sittings(evening)[0], bench.juror())
    bench.publish(evening)
    assert bench.release(seat, ReleaseReason.NOT_NEEDED) == Told(by_hand=1)
    (line,) = telling_of(bench.session, evening.id).by_hand
    assert line.kind is NoticeKind.DUTY_WITHDRAWN


def test_a_cancelled_session_says_so(bench, seated):
    """One message for the juror and one for the adult, naming the reason for neither."""
    evening, _person, _seat = seated
    bench.publish(evening)
    let_out(bench)
    hearings.cancel_session(
        bench.session, session_id=evening.id, reason=SessionCancelReason.NO_JURY, **bench.hand
    )
    assert kinds(bench, but=NoticeState.SENT) == [(NoticeKind.SESSION_CANCELLED, QUEUED)] * 2


@pytest.mark.parametrize("day", [SATURDAY, LATER])
def test_another_time_is_told_anew_with_the_former_one(bench, seated, day):
    """Moved there and back again is two changes, and each is told."""
    evening, person, _seat = seated
    bench.publish(evening)
    let_out(bench)
    for held_on, starts_at in ((day, time(14, 0)), (SATURDAY, time(9, 30))):
        hearings.change_session(
            bench.session,
            session_id=evening.id,
            held_on=held_on,
            starts_at=starts_at,
            ends_at=time(17, 0),
            **bench.hand,
        )
        fresh = [n for n in bench.notices() if n.state is QUEUED]
        assert [(n.kind, n.person_id) for n in fresh] == [(NoticeKind.DUTY_PUBLISHED, person)] * 2
        before = {("2026-03-14", "09:30"), (f"{day}", "14:00")}
        assert {(n.params["was_on"], n.params["was_at"]) for n in fresh} < before
        let_out(bench)


def test_another_room_is_told_because_messages_name_it(bench, seated):
    """Also at the same address; who was told before the first message left hears of one alone."""
    evening, _person, seat = seated
    first, second = bench.sittings(evening)
    bench.publish(evening)
    let_out(bench)
    move: dict[str, Any] = {"session_id": evening.id, "seat_id": seat.id, **bench.hand}
    services.move_seat(bench.session, sitting_id=second.id, **move)
    assert kinds(bench, but=NoticeState.SENT) == [(NoticeKind.DUTY_PUBLISHED, QUEUED)] * 2
    services.move_seat(bench.session, sitting_id=first.id, **move)
    # What had not left is taken back: everybody still believes what holds again.
    assert kinds(bench, but=NoticeState.SENT) == [(NoticeKind.DUTY_PUBLISHED, CANCELLED)] * 2
    far = hearings.add_room(bench.session, name="Far", address="99 Elm Street", **bench.hand)
    plan = SittingPlan(room_id=far.id, model=first.model, quorum=2, panel_target=3, panel_max=4)
    hearings.change_sitting(bench.session, sitting_id=first.id, plan=plan, **bench.hand)
    assert kinds(bench).count((NoticeKind.DUTY_PUBLISHED, QUEUED)) == 2


def test_who_can_be_told_only_later_is_told_of_what_is_published(bench, seated):
    """An adult entered after that, one given an address, the juror too; once each."""
    evening, person, _seat = seated
    bench.publish(evening)
    let_out(bench)
    late = bench.adult(person, "Late", email="late@example.org", channel=EMAIL)
    bare = bench.adult(person, "Bare", channel=EMAIL)
    waits = {n.adult_id: n.state for n in bench.notices() if n.adult_id in {late, bare}}
    assert waits == {late: QUEUED, bare: NoticeState.NO_ADDRESS}
    let_out(bench)
    row = bench.session.get_one(Adult, bare)
    change_adult(
        bench.session,
        person_id=person,
        adult_id=bare,
        version=row.version_id,
        entry=AdultEntry(
            name="Bare", relation=Relation.MOTHER, email="bare@example.org", channel=EMAIL
        ),
        **bench.hand,
    )
    told = sorted(n.state for n in bench.notices() if n.adult_id == bare)
    assert told == [CANCELLED, QUEUED]
    assert [n.adult_id for n in bench.notices() if n.state is QUEUED] == [bare]


def test_there_must_be_somebody_to_publish_and_time_left(bench):
    """An empty jury and one of yesterday are refused."""
    evening = bench.planned()
    with pytest.raises(CourtRuleBroken, match="nobody_seated"):
        bench.publish(evening)
    bench.seat(bench.sittings(evening)[0], bench.juror())
    with pytest.raises(CourtRuleBroken, match="session_is_over"):
        bench.publish(evening, now=NOW + timedelta(days=30))


def test_the_draw_remembers_when_its_seats_were_published(bench):
    """The first time, whatever comes later."""
    evening = bench.planned()
    bench.jurors(3)
    stored = bench.draw(evening)
    bench.accept(stored)
    bench.publish(evening)
    assert bench.rows(StoredDraw)[0].published_at == NOW


# --- slips --------------------------------------------------------------------------------------


def choose_fact(bench, person_id) -> None:
    """Let somebody have chosen a question."""
    set_fact(
        bench.session,
        person_id=person_id,
        question=FactQuestion.PET,
        answer="Luna",
        **bench.hand,
    )


def slips(bench, evening, *person_ids):
    """Make slips for these people."""
    return services.issue_slips(
        bench.session, session_id=evening.id, person_ids=person_ids, **bench.hand
    )


def test_a_code_opens_with_the_chosen_answer_until_the_session_ends(bench):
    """Who chose no question gets a slip without code; times are those to be there."""
    evening = bench.planned()
    (sitting,) = bench.sittings(evening)
    ada, bea = bench.juror("Ada"), bench.juror("Bea")
    choose_fact(bench, ada)
    for person in (ada, bea):
        bench.seat(sitting, person)
    with_code, without = slips(bench, evening, ada, bea)
    assert (with_code.name, with_code.arrive_at, with_code.place) == (
        "Ada",
        time(9, 15),
        "1 Oak Street",
    )
    assert [len(group) for group in with_code.code_groups.split()] == [4, 4]
    assert (without.name, without.code, without.code_groups) == ("Bea", None, "")
    (link,) = bench.rows(OneTimeLink)
    assert link.expires_at.isoformat() == "2026-03-14T16:30:00+00:00"
    code = with_code.code
    bench.session.commit()
    with pytest.raises(CourtRuleBroken, match="code_refused"):
        open_by_code(bench.session, code=code, answer="Rex", now=NOW)
    assert open_by_code(bench.session, code=code, answer="luna", now=NOW).person_id == ada


def test_printing_again_ends_the_codes_of_those_printed_alone(bench):
    """A slip that got lost is replaced without touching the others."""
    evening = bench.planned()
    (sitting,) = bench.sittings(evening)
    people = [bench.juror("Ada"), bench.juror("Bea")]
    for person in people:
        choose_fact(bench, person)
        bench.seat(sitting, person)
    slips(bench, evening, *people)
    slips(bench, evening, people[0])
    ended = {row.person_id for row in bench.rows(OneTimeLink) if row.ended_at}
    assert ended == {people[0]}
    assert len(bench.rows(OneTimeLink)) == 3


def test_two_of_one_first_name_are_told_apart_by_a_letter(bench):
    """The family name itself stands on no slip."""
    evening = bench.planned()
    (sitting,) = bench.sittings(evening)
    for family in ("Zuniga", "Brown"):
        bench.seat(sitting, bench.juror("Ana", family_name=family))
    bench.seat(sitting, bench.juror("Bea", family_name="Brown"))
    everybody = {seat.person_id for seat in bench.seats(evening)}
    assert {slip.name for slip in slips(bench, evening, *everybody)} == {"Ana Z.", "Ana B.", "Bea"}


def test_slips_are_for_jurors_of_this_session_only(bench):
    """A reserve and a stranger get none, and nothing is printed for nobody."""
    evening = bench.planned()
    (sitting,) = bench.sittings(evening)
    reserve = bench.juror()
    bench.seat(sitting, reserve, role=SeatRole.RESERVE)
    with pytest.raises(CourtRuleBroken, match="nobody_chosen"):
        slips(bench, evening, reserve, bench.juror())
    bench.seat(sitting, bench.juror(due_on=date(2026, 5, 1)))
    with pytest.raises(CourtRuleBroken, match="session_is_over"):
        services.issue_slips(
            bench.session,
            session_id=evening.id,
            person_ids=bench.seated(evening),
            actor=bench.court.actor,
            now=NOW + timedelta(days=30),
        )
