"""What acts on service promise: booked once, confirmed once, taken back whole."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from tests.cases.refusing import Refused
from tests.fixtures.app import NOW, TODAY, add_court
from tests.sentences.conftest import HEARD_ON, Bench
from youthcourt.audit.domain import SYSTEM, Actor, ActorKind
from youthcourt.audit.models import AuditEntry
from youthcourt.courts.domain import SanctionKind
from youthcourt.credits.queries import statement_of, verify_credits
from youthcourt.db import set_court
from youthcourt.errors import NotFound, Stale
from youthcourt.files.domain import CheckedUpload, UploadKind
from youthcourt.people.models import Person
from youthcourt.sentences import queries, services
from youthcourt.sentences.domain import ServiceBasis, ServiceState
from youthcourt.sentences.models import Allocation, ServiceEvent, ServiceRecord

SOON = TODAY + timedelta(days=10)
JUROR = Actor(kind=ActorKind.JUROR, person_id=uuid.UUID(int=7))


@pytest.fixture
def ada(bench: Bench) -> uuid.UUID:
    return bench.person()


def parts_of(session: Session, record: ServiceRecord) -> dict[uuid.UUID | None, tuple[int, int]]:
    rows = session.scalars(sa.select(Allocation).where(Allocation.service_id == record.id))
    return {row.sanction_id: (row.sessions, row.minutes) for row in rows}


def moves_of(session: Session, record: ServiceRecord) -> list[tuple[str | None, str, str | None]]:
    rows = session.execute(
        sa.select(ServiceEvent.from_state, ServiceEvent.to_state, ServiceEvent.reason).where(
            ServiceEvent.service_id == record.id
        )
    )
    order = [state.value for state in ServiceState]
    return sorted(((a, b, why) for a, b, why in rows), key=lambda move: order.index(move[1]))


# Booking and reporting -------------------------------------------------------------------------


def test_the_same_seat_books_one_piece_however_often_it_is_sent(bench, ada, session):
    """The first one stands, with one event and one line in the journal."""
    first = bench.book(ada, SOON, source_key="seat:1")
    again = bench.book(ada, SOON, source_key="seat:1")
    assert first.id == again.id
    assert moves_of(session, first) == [(None, "booked", None)]
    acts = session.scalars(sa.select(AuditEntry.act).where(AuditEntry.subject == "service")).all()
    assert acts == ["service_booked"]


@pytest.mark.parametrize(
    "other",
    [
        {"minutes": 90},
        {"sessions": 2},
        {"on": SOON + timedelta(days=1)},
        {"kind": SanctionKind.COMMUNITY_SERVICE},
    ],
)
def test_the_same_key_with_another_content_is_refused(bench, ada, other):
    """Nobody's second evening hides behind the first one's key."""
    bench.book(ada, SOON, source_key="seat:1")
    values = {"on": SOON, "source_key": "seat:1", **other}
    with Refused("source_key_reused"):
        bench.book(ada, **values)
    with Refused("source_key_reused"):
        bench.book(bench.person("Kwame"), SOON, source_key="seat:1")


def test_a_key_whose_piece_was_denied_or_taken_back_is_spent(bench, ada):
    """What was really done is entered under a key of its own."""
    booked = bench.book(ada, source_key="seat:1")
    services.cancel_booking(bench.session, service_id=booked.id, reason="released", **bench.hand)
    served = bench.serve(ada, source_key="seat:2")
    bench.reverse(served)
    for key in ("seat:1", "seat:2"):
        with Refused("service_booking_ended"):
            bench.book(ada, source_key=key)
    assert bench.book(ada, source_key="seat:3").state is ServiceState.BOOKED


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ({"sessions": 0, "minutes": 0}, "service_empty", "minutes"),
        ({"sessions": -1}, "sessions_out_of_range", "sessions"),
        ({"sessions": 21}, "sessions_out_of_range", "sessions"),
        ({"minutes": -1}, "service_not_negative", "minutes"),
        ({"minutes": 24 * 60 + 1}, "service_longer_than_a_day", "minutes"),
    ],
)
def test_amounts_that_cannot_be_are_refused(bench, ada, given, code, field):
    """Nothing, less than nothing, and more than a person can serve."""
    with Refused(code, field):
        bench.book(ada, **given)


def test_one_day_has_24_hours_whatever_was_done_on_it(bench, ada):
    """What was turned down leaves room again; another day, or another person, has its own."""
    first = bench.report(ada, minutes=20 * 60)
    with Refused("service_day_full", "minutes", others_minutes=20 * 60):
        bench.report(ada, minutes=4 * 60 + 1)
    second = bench.report(ada, minutes=4 * 60)
    with Refused("service_day_full", "minutes", others_minutes=20 * 60):
        bench.confirm(second, minutes=5 * 60)
    assert bench.report(ada, TODAY - timedelta(days=1), minutes=24 * 60)
    assert bench.report(bench.person("Kwame"), minutes=24 * 60)
    bench.confirm(first)
    services.deny_service(
        bench.session, service_id=second.id, reason="not_signed", version=None, **bench.hand
    )
    assert bench.report(ada, minutes=4 * 60).state is ServiceState.PENDING


def test_a_session_of_the_jury_is_not_refused_for_what_was_typed_of_its_day(bench, ada):
    """Else one wrong entry would keep a whole evening from being confirmed."""
    bench.report(ada, minutes=23 * 60)
    assert bench.serve(ada).state is ServiceState.CONFIRMED


def test_nobody_served_before_they_could(bench, ada):
    """A day before the birth, or of a small child, is a slip of the year."""
    bench.session.get_one(Person, ada).birth_date = date(2010, 5, 4)
    for day in (date(2009, 1, 1), date(2015, 5, 3)):
        with Refused("day_before_age", "served_on", age=5):
            bench.report(ada, day)
    assert bench.report(ada, date(2015, 5, 4)).state is ServiceState.PENDING


def test_what_was_done_was_done_by_today_in_the_court_s_own_day(bench, ada):
    """A report of tomorrow waits for tomorrow; one of the last century is a slip."""
    with Refused("day_in_future", "served_on"):
        bench.report(ada, TODAY + timedelta(days=1))
    with Refused("day_in_future", "served_on"):
        bench.report(ada, TODAY, now=NOW.replace(hour=3))
    with Refused("day_too_long_ago", "served_on"):
        bench.report(ada, date(1999, 12, 31))
    assert bench.report(ada, TODAY).state is ServiceState.PENDING


def test_service_is_meant_for_an_obligation_of_that_person_and_kind(bench, ada):
    """Another's sentence, another kind, a closed case, a day before the sentence: refused."""
    hours = bench.owes(ada, 600, kind=SanctionKind.COMMUNITY_SERVICE)
    other = bench.owes(bench.person("Kwame"), 600, kind=SanctionKind.COMMUNITY_SERVICE)
    jury = bench.owes(ada)
    for wrong in (other, jury):
        with Refused("sanction_not_of_person", "sanction_id"):
            bench.report(ada, sanction_id=wrong.id)
    with Refused("served_before_sentence", "served_on", on=HEARD_ON):
        bench.report(ada, HEARD_ON - timedelta(days=1), sanction_id=hours.id)
    bench.close(hours.case_id)
    with Refused("case_is_closed"):
        bench.report(ada, sanction_id=hours.id)


def test_nothing_is_booked_for_somebody_of_another_court_or_nobody(bench, session):
    """They are not found."""
    foreign = bench.person()
    stranger = add_court(session, "fl-charlotte", "Pine")
    session.commit()
    set_court(session, stranger.id)
    for person_id in (foreign, uuid.uuid4()):
        with Refused("not_found"):
            bench.book(person_id)
    set_court(session, bench.court.id)
    record = bench.book(foreign)
    session.commit()
    set_court(session, stranger.id)
    session.expunge_all()
    for act in (services.confirm_service, services.deny_service, services.reverse_service):
        more: Any = {} if act is services.confirm_service else {"reason": "other"}
        with pytest.raises(NotFound):
            act(session, service_id=record.id, **more, **bench.hand)


# Who may do what ---------------------------------------------------------------------------------


def test_only_the_office_confirms_and_takes_back(bench, ada):
    """A juror and the program itself are refused; a juror may give a booking back."""
    booked = bench.book(ada)
    for hand in (JUROR, SYSTEM):
        pending: Any = {"service_id": bench.report(ada, actor=hand).id, "actor": hand, "now": NOW}
        with Refused("service_step_not_yours"):
            services.confirm_service(bench.session, **pending)
        with Refused("service_step_not_yours"):
            services.deny_service(bench.session, reason="other", **pending)
    with Refused("service_step_not_yours"):
        bench.reverse(bench.serve(ada), actor=JUROR)
    denied = services.cancel_booking(
        bench.session, service_id=booked.id, reason="released", actor=JUROR, now=NOW
    )
    assert denied.state is ServiceState.DENIED


def test_a_refused_step_leaves_the_piece_as_it_was(bench, ada, session):
    """Not even the amounts of a refused confirmation stay on it."""
    record = bench.report(ada)
    services.deny_service(session, service_id=record.id, reason="not_signed", **bench.hand)
    with Refused("service_step_not_possible"):
        bench.confirm(record, minutes=999)
    with Refused("service_step_not_possible"):
        services.submit_service(session, service_id=bench.serve(ada).id, minutes=999, **bench.hand)
    session.flush()
    session.expire_all()
    minutes = session.scalars(sa.select(ServiceRecord.minutes)).all()
    assert sorted(minutes) == [120, 180]


def test_denied_twice_is_denied_once_and_a_dispute_brings_it_back(bench, ada, session):
    """Each step keeps its reason; without one there is no step."""
    record = bench.report(ada)
    with Refused("reason_required", "reason"):
        services.deny_service(session, service_id=record.id, reason=" ", **bench.hand)
    for _twice in range(2):
        services.deny_service(session, service_id=record.id, reason="not_signed", **bench.hand)
    assert len(moves_of(session, record)) == 2
    services.bring_back_service(session, service_id=record.id, reason="other", **bench.hand)
    assert bench.confirm(record).state is ServiceState.CONFIRMED


def test_only_a_booking_can_be_cancelled(bench, ada):
    """What was confirmed is taken back, not cancelled."""
    with Refused("service_not_booked"):
        services.cancel_booking(
            bench.session, service_id=bench.serve(ada).id, reason="released", **bench.hand
        )


def test_a_booking_waits_once_it_is_said_to_be_served(bench, ada):
    """With the amounts of the evening; said twice it is said once."""
    record = bench.book(ada)
    for _twice in range(2):
        services.submit_service(bench.session, service_id=record.id, minutes=100, **bench.hand)
    assert (record.state, record.minutes) == (ServiceState.PENDING, 100)
    ahead = bench.book(ada, SOON)
    for act in (services.submit_service, services.confirm_service):
        with Refused("service_not_served_yet", on=SOON):
            act(bench.session, service_id=ahead.id, **bench.hand)


def test_a_page_that_shows_an_older_version_is_told(bench, ada, session):
    """Two people decide on the same piece: the second one looks again."""
    record = bench.report(ada)
    seen = record.version_id
    services.submit_service(session, service_id=record.id, **bench.hand)
    assert bench.confirm(record, version=seen).version_id > seen
    with pytest.raises(Stale):
        bench.reverse(record, version=seen)


# Confirming --------------------------------------------------------------------------------------


def test_a_confirmed_evening_counts_and_earns_once(bench, ada, session):
    """Confirmed again nothing happens; with other amounts it is refused."""
    jury = bench.owes(ada)
    record = bench.serve(ada)
    assert parts_of(session, record) == {jury.id: (1, 180)}
    assert (bench.parts(jury), bench.balance(ada)) == ((1, 0, 0, 6), 180)
    assert bench.confirm(record).id == record.id
    with Refused("service_confirmed_already"):
        bench.confirm(record, minutes=120)
    assert (bench.parts(jury), bench.balance(ada)) == ((1, 0, 0, 6), 180)
    assert [line.minutes for line in statement_of(session, person_id=ada).lines] == [180]


def test_the_amounts_of_the_evening_replace_those_of_the_booking(bench, ada):
    """Came late: two of three hours, still a session."""
    jury = bench.owes(ada)
    record = bench.confirm(bench.book(ada), sessions=1, minutes=120)
    assert (record.minutes, bench.balance(ada)) == (120, 120)
    assert bench.item(jury).minutes_served == 120


def test_what_is_beyond_the_sentence_is_voluntary(bench, ada, session):
    """The eighth of seven counts for nothing owed, earns all the same, and says so."""
    jury = bench.owes(ada, 1)
    first, second = bench.serve(ada), bench.serve(ada, TODAY - timedelta(days=7))
    assert (first.basis, second.basis) == (ServiceBasis.ORDERED, ServiceBasis.VOLUNTARY)
    assert parts_of(session, second) == {None: (1, 180)}
    assert bench.parts(jury) == (1, 0, 0, 0)
    assert bench.balance(ada) == 360


def test_hours_are_split_where_the_sentence_ends(bench, ada, session):
    """Of three hours the last one was a gift; the parts sum to the piece."""
    site = bench.owes(ada, 120, kind=SanctionKind.COMMUNITY_SERVICE)
    record = bench.confirm(bench.report(ada, minutes=180))
    assert parts_of(session, record) == {site.id: (0, 120), None: (0, 60)}
    assert record.basis is ServiceBasis.ORDERED


def test_the_earliest_last_day_comes_first_unless_staff_said_otherwise(bench, ada):
    """Across cases too; a closed case and a later sentence take nothing."""
    late = bench.owes(ada, 2, due_on=date(2026, 6, 1))
    early = bench.owes(ada, 1, due_on=date(2026, 5, 1))
    closed = bench.owes(ada, 5, due_on=date(2026, 4, 1))
    bench.close(closed.case_id)
    after = bench.owes(ada, 5, on=TODAY, due_on=date(2026, 4, 2))
    on = TODAY - timedelta(days=1)
    bench.confirm(bench.book(ada, on, sanction_id=late.id))
    bench.serve(ada, on)
    bench.serve(ada, on)
    done = [bench.item(one).confirmed for one in (early, late, closed, after)]
    assert done == [1, 2, 0, 0]


def test_service_given_freely_counts_for_no_sentence(bench, ada, session):
    """It earns, and the sentence stays as it is."""
    jury = bench.owes(ada)
    record = bench.volunteer(ada)
    assert (bench.parts(jury), bench.balance(ada)) == ((0, 0, 0, 7), 180)
    assert parts_of(session, record) == {None: (1, 180)}


@pytest.mark.parametrize(
    ("rules", "ordered", "voluntary"),
    [
        ({"ordered_earns": True, "voluntary_earns": False}, 180, 0),
        ({"ordered_earns": False, "voluntary_earns": True}, 0, 180),
        ({"earns": ["community_service"]}, 0, 0),
    ],
)
def test_what_earns_is_told_by_the_policy(bench, ada, rules, ordered, voluntary):
    """One ordered and one beyond; nothing is posted where nothing is earned."""
    bench.policy(date(2026, 1, 1), credits=rules)
    bench.owes(ada, 1)
    bench.serve(ada)
    assert bench.balance(ada) == ordered
    bench.serve(ada)
    assert bench.balance(ada) == ordered + voluntary
    lines = statement_of(bench.session, person_id=ada).lines
    assert len(lines) == (ordered > 0) + (voluntary > 0)


def test_each_policy_of_its_own_day(bench, ada):
    """The sentence's policy tells whether ordered time earns, the evening's how it is rounded."""
    jury = bench.owes(ada, 1)
    bench.policy(TODAY, credits={"ordered_earns": False, "rounding": "up_to_quarter"})
    record = bench.confirm(bench.book(ada), minutes=70)
    assert (bench.item(jury).confirmed, bench.balance(ada)) == (1, 75)
    (line,) = statement_of(bench.session, person_id=ada).lines
    assert (line.served, line.rounding, line.happened_on) == (70, "up_to_quarter", record.served_on)
    # Ordered by a sentence of the newer policy: nothing.
    later = bench.owes(ada, 1, on=TODAY)
    bench.serve(ada)
    assert (bench.item(later).confirmed, bench.balance(ada)) == (1, 75)


# Taking back -------------------------------------------------------------------------------------


def test_what_is_taken_back_is_owed_again_and_its_credits_go(bench, ada, session):
    """Reversed twice it is reversed once; the parts stay to be read and count no more."""
    jury = bench.owes(ada)
    record = bench.serve(ada)
    for _twice in range(2):
        assert bench.reverse(record).state is ServiceState.REVERSED
    assert (bench.parts(jury), bench.balance(ada)) == ((0, 0, 0, 7), 0)
    assert parts_of(session, record) == {jury.id: (1, 180)}
    lines = statement_of(session, person_id=ada).lines
    assert [(line.minutes, line.is_reversed, line.reason) for line in lines] == [
        (180, True, None),
        (-180, False, "entered_twice"),
    ]
    assert verify_credits(session) == ()


def test_a_reversal_may_leave_less_than_nothing_and_is_listed(bench, ada, session):
    """Ada gave her hours away; taking them back puts her on the list, not in the way."""
    record = bench.serve(ada)
    give_away(bench, ada, 180)
    bench.reverse(record)
    assert bench.balance(ada) == -180
    assert [problem.code for problem in verify_credits(session)] == ["balance_below_floor"]


def test_service_beyond_the_sentence_fills_what_is_open_again(bench, ada, session):
    """Eight served, seven owed; one was somebody else's: the eighth counts now, under its key."""
    jury = bench.owes(ada, 2)
    wrong = bench.serve(ada, TODAY - timedelta(days=9))
    bench.serve(ada, TODAY - timedelta(days=8))
    beyond = bench.serve(ada, TODAY - timedelta(days=7), source_key="seat:beyond")
    gift = bench.volunteer(ada, TODAY - timedelta(days=6))
    bench.reverse(wrong, "wrong_person")
    assert (bench.parts(jury), bench.balance(ada)) == ((2, 0, 0, 0), 3 * 180)
    again = session.scalars(
        sa.select(ServiceRecord).where(ServiceRecord.source_key == "seat:beyond")
    ).one()
    assert again.id != beyond.id
    assert (again.state, again.basis) == (ServiceState.CONFIRMED, ServiceBasis.ORDERED)
    session.refresh(beyond)
    assert moves_of(session, beyond)[-1] == ("confirmed", "reversed", "counted_again")
    assert (gift.state, gift.basis) == (ServiceState.CONFIRMED, ServiceBasis.VOLUNTARY)
    # One more is wrong: a gift stays a gift, and the session is owed.
    bench.reverse(again)
    assert bench.parts(jury) == (1, 0, 0, 1)
    assert verify_credits(session) == ()


def test_counting_anew_takes_nothing_from_a_closed_case(bench, ada):
    """The piece whose other half finished a closed case stays as it is."""
    first = bench.owes(ada, 120, kind=SanctionKind.COMMUNITY_SERVICE, due_on=date(2026, 4, 1))
    both = bench.confirm(bench.report(ada, TODAY - timedelta(days=3), minutes=180))
    bench.close(first.case_id)
    second = bench.owes(ada, 60, kind=SanctionKind.COMMUNITY_SERVICE, on=TODAY - timedelta(days=4))
    bench.reverse(bench.confirm(bench.report(ada, minutes=60)))
    assert both.state is ServiceState.CONFIRMED
    assert (bench.item(first).confirmed, bench.item(second).confirmed) == (120, 0)


def test_what_counts_for_a_closed_case_stays_until_it_is_opened_again(bench, ada):
    """The referrer was told it was completed; nothing becomes owed behind their back."""
    jury = bench.owes(ada, 1)
    record = bench.serve(ada)
    bench.close(jury.case_id)
    with Refused("case_is_closed"):
        bench.reverse(record)
    with Refused("case_is_closed"):
        services.correct_service(
            bench.session, service_id=record.id, minutes=60, reason="wrong_time", **bench.hand
        )
    assert bench.balance(ada) == 180


def test_a_confirmed_piece_is_put_right_without_editing_it(bench, ada, session):
    """The old one is taken back, the new one bears its key, its place and its proof."""
    site = bench.owes(ada, 600, kind=SanctionKind.COMMUNITY_SERVICE)
    old = bench.confirm(
        bench.report(ada, minutes=300, place="Food bank", proof="signed_sheet", source_key="site:1")
    )
    with Refused("reason_required", "reason"):
        services.correct_service(session, service_id=old.id, minutes=180, reason="", **bench.hand)
    new = services.correct_service(
        session, service_id=old.id, minutes=180, reason="wrong_time", **bench.hand
    )
    assert (new.source_key, new.place, new.proof) == ("site:1", "Food bank", "signed_sheet")
    assert (old.state, new.state) == (ServiceState.REVERSED, ServiceState.CONFIRMED)
    assert bench.parts(site) == (180, 0, 0, 420)
    with Refused("service_step_not_possible"):
        services.correct_service(
            session, service_id=old.id, minutes=60, reason="wrong_time", **bench.hand
        )
    same = services.correct_service(
        session, service_id=new.id, minutes=180, reason="wrong_time", **bench.hand
    )
    assert same.id == new.id
    assert verify_credits(session) == ()


def test_a_freely_given_evening_put_right_stays_freely_given(bench, ada):
    """However much is owed."""
    jury = bench.owes(ada)
    gift = bench.volunteer(ada)
    new = services.correct_service(
        bench.session, service_id=gift.id, minutes=60, reason="wrong_time", **bench.hand
    )
    assert (new.basis, bench.parts(jury)) == (ServiceBasis.VOLUNTARY, (0, 0, 0, 7))


# What the database itself refuses ---------------------------------------------------------------


@pytest.mark.parametrize("verb", ["UPDATE {table} SET reason = 'other'", "DELETE FROM {table}"])
@pytest.mark.parametrize("table", ["service_events", "sanction_events"])
def test_the_history_cannot_be_changed_or_deleted(bench, ada, session, table, verb):
    """Not by this program and not by another one."""
    jury = bench.owes(ada)
    bench.serve(ada)
    services.excuse_absence(session, sanction_id=jury.id, reason="illness", **bench.hand)
    session.commit()
    with pytest.raises(DBAPIError, match="append-only"):
        session.execute(sa.text(verb.format(table=table)))
    session.rollback()


def test_a_proof_is_kept_with_the_piece(bench, ada, tmp_path):
    """The checked file of a signed sheet."""
    record = bench.report(ada)
    data = b"%PDF-1.7 made up"
    upload = CheckedUpload(
        kind=UploadKind.PDF,
        content_type="application/pdf",
        extension=".pdf",
        size=len(data),
        sha256="0" * 64,
        received_sha256="0" * 64,
        safe_name="sheet.pdf",
        data=data,
    )
    services.attach_proof(
        bench.session, service_id=record.id, upload=upload, folder=tmp_path, **bench.hand
    )
    assert record.proof_file_id is not None


def give_away(bench: Bench, person_id: uuid.UUID, minutes: int) -> None:
    """Set a person's credits aside, as spending will."""
    from tests.credits.giving import reserve

    reserve(bench.session, person_id, minutes, **bench.hand)


@pytest.mark.parametrize(("ordered_earns", "voluntary_earns"), [*product((True, False), repeat=2)])
def test_what_is_foretold_of_a_piece_is_what_is_posted(
    bench: Bench, ordered_earns: bool, voluntary_earns: bool
) -> None:
    """Part ordered, part beyond it: credits as told before, by the rules of sentence and day."""
    both = {"earns": ["community_service"], "rounding": "down_to_hour"}
    bench.policy(HEARD_ON, credits={**both, "ordered_earns": ordered_earns})
    bench.policy(TODAY, credits={**both, "voluntary_earns": voluntary_earns})
    person_id = bench.person()
    bench.owes(person_id, 90, kind=SanctionKind.COMMUNITY_SERVICE)
    record = bench.report(person_id, minutes=240)
    parts = queries.counted_parts(bench.session, record)
    told = queries.credit_of(bench.session, record, parts)
    assert [part.minutes for part in parts] == [90, 150]
    assert told.served == 90 * ordered_earns + 150 * voluntary_earns
    bench.confirm(record)
    assert bench.balance(person_id) == told.credited
