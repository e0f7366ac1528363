"""What posting promises: each act once, nobody gives what is not there, no row ever changes."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, IntegrityError

from tests.cases.refusing import Refused
from tests.credits.giving import transfer
from tests.fixtures.app import NOW, TODAY, add_court
from tests.sentences.conftest import changed_policy
from youthcourt.audit.models import AuditEntry
from youthcourt.courts.services import store_policy
from youthcourt.credits import services
from youthcourt.credits.domain import AccountKind, TransferKind
from youthcourt.credits.models import Account, Transfer
from youthcourt.credits.queries import verify_credits
from youthcourt.db import set_court
from youthcourt.errors import NotFound


def count(session, model) -> int:
    found: int = session.scalar(sa.select(sa.func.count()).select_from(model))
    return found


def test_an_act_sent_again_is_posted_once(ledger, ada, session):
    """The same key with the same content gives the line that is there, and one journal line."""
    first = ledger.earn(ada, key="service:1")
    assert ledger.earn(ada, key="service:1").id == first.id
    assert (ledger.balance(ada), count(session, Transfer)) == (180, 1)
    acts = session.scalars(sa.select(AuditEntry.act).where(AuditEntry.subject == "transfer")).all()
    assert acts == ["credits_earned"]


def test_the_same_key_with_another_content_is_refused(ledger, ada):
    """Other minutes or another person is another act."""
    ledger.earn(ada, key="service:1")
    with Refused("source_key_reused"):
        ledger.earn(ada, 60, key="service:1")
    with Refused("source_key_reused"):
        ledger.earn(ledger.person("Kwame"), key="service:1")


def test_nothing_and_less_cannot_be_earned(ledger, ada, session):
    """Not a line without minutes."""
    for minutes in (0, -60):
        with Refused("minutes_not_positive", "minutes"):
            ledger.earn(ada, minutes)
    assert count(session, Transfer) == 0


def test_each_person_has_one_account_and_the_court_one_of_each_kind(ledger, ada, session):
    """Opened when they are needed first."""
    for _twice in range(2):
        services.account_of(session, ada, now=NOW)
        for kind in (AccountKind.POOL, AccountKind.POT, AccountKind.REWARDS):
            services.own_account(session, kind, now=NOW)
        services.prepare_earning(session, now=NOW)
    assert count(session, Account) == 4
    with pytest.raises(ValueError, match="belongs to a person"):
        services.own_account(session, AccountKind.PERSON, now=NOW)


def test_nobody_gives_or_spends_below_the_floor(ledger, ada):
    """Three hours are three hours; the refusal says how much there is."""
    kwame = ledger.person("Kwame")
    ledger.earn(ada)
    with Refused("balance_too_low", "minutes", available_minutes=180):
        ledger.give(ada, kwame, 181)
    ledger.give(ada, kwame, 120)
    with Refused("balance_too_low", "minutes", available_minutes=60):
        ledger.reserve(ada, 61)
    ledger.reserve(ada, 60)
    assert (ledger.balance(ada), ledger.balance(kwame)) == (0, 120)
    with Refused("same_account", "to_account"):
        ledger.give(ada, ada, 1)


def test_the_floor_is_that_of_the_policy_of_the_day(ledger, ada, session, court):
    """Ten hours of debt from today on; yesterday's act still meets yesterday's floor."""
    store_policy(
        session,
        policy=changed_policy(credits={"floor_minutes": -600}),
        in_force_from=TODAY,
        actor=court.actor,
        now=NOW,
    )
    giver = services.account_of(session, ada, now=NOW)
    taker = services.own_account(session, AccountKind.REWARDS, now=NOW)
    kind = TransferKind.REWARD_RESERVED
    with Refused("balance_too_low", "minutes", available_minutes=0):
        transfer(session, giver, taker, 60, kind, on=TODAY - timedelta(days=1), **ledger.hand)
    ledger.reserve(ada, 600)
    with Refused("balance_too_low", "minutes", available_minutes=0):
        ledger.reserve(ada, 1)
    assert verify_credits(session) == ()


@pytest.mark.parametrize(
    ("kind", "source", "target"),
    [
        (TransferKind.EARNED, AccountKind.POT, AccountKind.REWARDS),
        (TransferKind.POT_GIFT, AccountKind.POT, AccountKind.REWARDS),
        (TransferKind.RETURNED, AccountKind.POOL, AccountKind.POT),
    ],
)
def test_credits_go_only_the_ways_there_are(ledger, session, kind, source, target):
    """No kind of line goes between accounts it does not belong to."""
    giver, taker = (services.own_account(session, one, now=NOW) for one in (source, target))
    with Refused("transfer_not_between_these", kind=kind):
        transfer(session, giver, taker, 60, kind, **ledger.hand)


def test_a_line_is_undone_once_the_way_it_came(ledger, ada, session):
    """Asked twice it is undone once; the undoing itself stays."""
    first = ledger.earn(ada)
    back = ledger.reverse(first)
    assert ledger.reverse(first).id == back.id
    assert (back.from_account_id, back.to_account_id) == (
        first.to_account_id,
        first.from_account_id,
    )
    assert (back.minutes, back.reason, ledger.balance(ada)) == (180, "entered_twice", 0)
    with Refused("reversal_cannot_be_reversed"):
        ledger.reverse(back)
    with pytest.raises(NotFound):
        services.reverse_transfer(session, transfer_id=uuid.uuid4(), reason="other", **ledger.hand)
    with pytest.raises(NotFound):
        services.reverse_transfer(session, reason="other", **ledger.hand)


def test_an_undoing_happens_on_the_day_it_is_in_the_court(ledger, ada, session):
    """At three in the morning UTC it is still the evening before in Washington."""
    first = ledger.earn(ada)
    back = services.reverse_transfer(
        session,
        source_key=first.source_key,
        reason="other",
        actor=ledger.court.actor,
        now=NOW.replace(hour=3),
    )
    assert back.happened_on == date(2026, 3, 3)


def test_an_undoing_may_go_below_the_floor_and_puts_the_account_on_the_list(ledger, ada, session):
    """Spent first, taken back then: nobody is stopped, somebody is told."""
    first = ledger.earn(ada)
    ledger.reserve(ada, 120)
    ledger.reverse(first)
    assert ledger.balance(ada) == -120
    codes = [problem.code for problem in verify_credits(session)]
    assert codes == ["balance_below_floor"]


def test_what_was_set_aside_comes_back_by_undoing_it(ledger, ada):
    """A reward that is not given after all."""
    ledger.earn(ada)
    aside = ledger.reserve(ada, 120)
    ledger.reverse(aside)
    assert ledger.balance(ada) == 180
    ledger.reserve(ada, 180)


def test_only_a_line_nobody_stands_behind_can_be_taken_back_alone(ledger, ada, session):
    """Confirmed service keeps its line; a stray one goes, a foreign or unknown one is not found."""
    from tests.sentences.conftest import Bench

    bench = Bench(session=session, court=ledger.court)
    record = bench.serve(ada)
    sound = session.scalars(
        sa.select(Transfer).where(Transfer.source_key == f"service:{record.id}")
    ).one()
    stray = ledger.earn(ada, 60, key="service:nothing")
    with Refused("transfer_is_sound"):
        services.take_back_stray(session, transfer_id=sound.id, **ledger.hand)
    services.take_back_stray(session, transfer_id=stray.id, **ledger.hand)
    assert (ledger.balance(ada), verify_credits(session)) == (180, ())
    with Refused("transfer_is_sound"):
        services.take_back_stray(session, transfer_id=stray.id, **ledger.hand)
    with pytest.raises(NotFound):
        services.take_back_stray(session, transfer_id=uuid.uuid4(), **ledger.hand)
    session.commit()
    add_court(session, "fl-charlotte", "Pine")
    with pytest.raises(NotFound):
        services.take_back_stray(session, transfer_id=sound.id, **ledger.hand)
    with pytest.raises(NotFound):
        services.post_earning(
            session,
            person_id=ada,
            minutes=60,
            happened_on=TODAY,
            source_key="service:foreign",
            rule="none:60",
            **ledger.hand,
        )
    set_court(session, ledger.court.id)


@pytest.mark.parametrize(
    "verb", ["UPDATE credit_transfers SET minutes = 1", "DELETE FROM credit_transfers"]
)
def test_no_line_is_ever_changed_or_deleted(ledger, ada, session, verb):
    """The database refuses it, whoever asks."""
    ledger.earn(ada)
    session.commit()
    with pytest.raises(DBAPIError, match="append-only"):
        session.execute(sa.text(verb.format(Transfer.__tablename__)))
    session.rollback()


def test_the_database_itself_refuses_what_cannot_be(ledger, ada, session):
    """Two lines under one key, no minutes, one account, a second undoing."""
    first = ledger.earn(ada, key="service:1")
    ledger.reverse(first)
    session.commit()
    good = {
        "court_id": ledger.court.id,
        "from_account_id": first.from_account_id,
        "to_account_id": first.to_account_id,
        "minutes": 60,
        "kind": TransferKind.EARNED,
        "happened_on": TODAY,
        "source_key": "service:2",
        "posted_at": NOW,
    }
    undoing = {"kind": TransferKind.REVERSED, "reverses_id": first.id}
    for wrong in (
        {"source_key": "service:1"},
        {"minutes": 0},
        {"to_account_id": first.from_account_id},
        undoing,
        {"kind": TransferKind.REVERSED},
        {"to_account_id": uuid.uuid4()},
    ):
        session.add(Transfer(**{**good, **wrong}))
        with pytest.raises(IntegrityError):
            session.flush()
        session.rollback()
    session.add(Transfer(**good))
    session.flush()
