"""What reading the ledger promises: one number everywhere, and every fault is found."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.fixtures.app import NOW, TODAY, add_court
from tests.sentences.conftest import Bench
from youthcourt.credits.domain import AccountKind, TransferKind
from youthcourt.credits.models import Account, Transfer
from youthcourt.credits.queries import (
    balance_of,
    balances,
    problem_lines,
    purse_of,
    statement_of,
    verify_credits,
)
from youthcourt.credits.services import own_account
from youthcourt.db import db, set_court
from youthcourt.sentences.models import Allocation, ServiceRecord


@pytest.fixture
def bench(session, court) -> Bench:
    """Service that earns."""
    return Bench(session=session, court=court)


# Balances and statements -----------------------------------------------------------------------


def test_every_figure_is_the_sum_of_its_lines(ledger, ada, session):
    """Earned, got, given, spent and taken back make the balance, here and in every list."""
    kwame = ledger.person("Kwame")
    wrong = ledger.earn(ada, 60)
    ledger.earn(ada, 180)
    ledger.earn(kwame, 120)
    ledger.give(kwame, ada, 45)
    ledger.reserve(ada, 90)
    back = ledger.reserve(ada, 30)
    ledger.reverse(back)
    ledger.reverse(wrong)
    found = statement_of(session, person_id=ada)
    sums = (found.earned, found.received, found.opening, found.given, found.spent)
    assert sums == (180, 45, 0, 0, 90)
    assert found.balance == 180 + 45 - 90
    assert found.balance == sum(line.minutes for line in found.lines)
    assert found.balance == found.lines[-1].balance
    assert found.balance == balance_of(session, person_id=ada) == balances(session)[ada]
    assert statement_of(session, person_id=kwame).given == 45
    assert balances(session) == {ada: 135, kwame: 75}
    assert balances(session, person_ids=[ada]) == {ada: 135}


def test_a_line_says_how_its_minutes_came_about(ledger, ada, session):
    """What was served, by which rule it was counted, when, by whom, and what undid it."""
    first = ledger.earn(ada, 75, rule="up_to_quarter:70", on=TODAY - timedelta(days=3))
    ledger.reverse(first, "wrong_time")
    earned, undone = statement_of(session, person_id=ada).lines
    assert (earned.served, earned.rounding, earned.minutes) == (70, "up_to_quarter", 75)
    assert (earned.happened_on, earned.is_reversed) == (TODAY - timedelta(days=3), True)
    assert (earned.posted_by, earned.other) == ("Coordinator of Elm Street", AccountKind.POOL)
    assert (undone.kind, undone.reverses_id, undone.reason) == ("reversed", first.id, "wrong_time")
    assert (undone.served, undone.rounding) == (None, None)
    assert statement_of(session, person_id=ada).latest(1) == (undone,)


def test_whoever_never_earned_has_an_empty_statement(ledger, ada, session):
    """Nothing, and no account is opened by looking."""
    found = statement_of(session, person_id=ada)
    assert (found.lines, found.balance) == ((), 0)
    assert balances(session, person_ids=[ada]) == {ada: 0}
    assert purse_of(session, person_id=ada) == ()
    assert session.scalar(sa.select(sa.func.count()).select_from(Account)) == 0


def test_another_court_sees_nothing_of_it(ledger, ada, session):
    """Not a balance, not a line, not a problem."""
    ledger.earn(ada, key="service:nothing")
    session.commit()
    assert len(verify_credits(session)) == 1
    stranger = add_court(session, "fl-charlotte", "Pine")
    set_court(session, stranger.id)
    assert balances(session) == {}
    assert statement_of(session, person_id=ada).lines == ()
    assert verify_credits(session) == ()


def test_a_statement_takes_as_many_statements_for_one_line_as_for_thirty(ledger, ada, session, app):
    """Whoever has much costs no more."""
    ledger.earn(ada)
    few = statements_of(app, lambda: statement_of(session, person_id=ada))
    for _line in range(29):
        ledger.earn(ada)
    assert statements_of(app, lambda: statement_of(session, person_id=ada)) == few <= 5
    assert statements_of(app, lambda: verify_credits(session)) <= 30


def statements_of(app, act: Callable[[], object]) -> int:
    """Count what an act asks of the database."""
    seen: list[str] = []

    def note(_conn, _cursor, statement, *_rest) -> None:
        seen.append(statement)

    with app.app_context():
        engine = db.engine
    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        act()
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)
    return len(seen)


# What is wrong is found --------------------------------------------------------------------------


@pytest.fixture
def without_triggers(bench: Bench) -> Iterator[None]:
    """Somebody with a tool of the database: the tables no longer refuse what is wrong."""
    session = bench.session
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        for verb in ("update", "delete"):
            session.execute(sa.text(f"DROP TRIGGER credit_transfers_no_{verb}"))
    else:
        session.execute(sa.text("SET LOCAL session_replication_role = replica"))
    yield
    session.rollback()


def row(bench: Bench, **given) -> Transfer:
    """A line put into the table by hand."""
    pool = own_account(bench.session, AccountKind.POOL, now=NOW)
    values = {
        "id": uuid.uuid4(),
        "court_id": bench.court.id,
        "from_account_id": pool,
        "minutes": 60,
        "kind": TransferKind.EARNED,
        "happened_on": TODAY,
        "source_key": f"by-hand:{uuid.uuid4()}",
        "posted_at": NOW,
        **given,
    }
    found = Transfer(**values)
    bench.session.add(found)
    bench.session.flush()
    return found


def account(session: Session, person_id: uuid.UUID) -> uuid.UUID:
    found: uuid.UUID = session.scalars(
        sa.select(Account.id).where(Account.person_id == person_id)
    ).one()
    return found


def test_a_sound_ledger_has_no_problem(bench, session):
    """Earned, given away, taken back, merged or not: nothing to list."""
    ada = bench.person()
    bench.owes(ada, 1)
    bench.serve(ada)
    bench.reverse(bench.serve(ada))
    assert verify_credits(session) == ()
    assert problem_lines(session) == ()


@pytest.mark.usefixtures("without_triggers")
def test_a_line_changed_by_hand_is_found(bench, session):
    """Three hours became thirty."""
    ada = bench.person()
    record = bench.serve(ada)
    session.execute(sa.update(Transfer).values(minutes=1800))
    session.expire_all()
    (line,) = problem_lines(session)
    assert line.problem.code == "earned_differs"
    assert record.id in line.problem.rows
    assert (line.person_id, line.name and line.name.first) == (ada, "Ada")


@pytest.mark.usefixtures("without_triggers")
def test_a_line_deleted_by_hand_is_found_and_mended_by_taking_the_service_back(bench, session):
    """The service is confirmed and has no credits; taken back and entered anew it has."""
    ada = bench.person()
    record = bench.serve(ada)
    session.execute(sa.delete(Transfer))
    (line,) = problem_lines(session)
    assert (line.problem.code, line.problem.rows) == ("service_without_transfer", (record.id,))
    assert line.person_id == ada
    bench.reverse(record)
    bench.serve(ada)
    assert (verify_credits(session), bench.balance(ada)) == ((), 180)


def test_credits_for_nothing_are_found(bench, session):
    """A line put in by hand, and the state of a piece changed by hand."""
    ada = bench.person()
    record = bench.serve(ada)
    stray = row(bench, to_account_id=account(session, ada))
    assert {(p.code, p.rows) for p in verify_credits(session)} == {
        ("transfer_without_service", (stray.id,))
    }
    session.execute(sa.update(ServiceRecord).values(state="reversed"))
    assert [p.code for p in verify_credits(session)] == ["transfer_without_service"] * 2
    assert record.id


def test_parts_that_do_not_sum_to_their_service_are_found(bench, session):
    """An obligation that was given more than was served."""
    ada = bench.person()
    bench.owes(ada)
    record = bench.serve(ada)
    session.execute(sa.update(Allocation).values(minutes=200))
    (line,) = problem_lines(session)
    assert (line.problem.code, line.problem.rows) == ("parts_differ", (record.id,))
    assert dict(line.problem.params) == {"minutes": 180, "parts_minutes": 200}
    assert line.person_id == ada


def test_credits_of_somebody_else_are_found(bench, session):
    """Ada's evening, Kwame's credits."""
    ada, kwame = bench.person(), bench.person("Kwame")
    record = bench.serve(ada)
    bench.serve(kwame)
    session.execute(
        sa.update(ServiceRecord).where(ServiceRecord.id == record.id).values(person_id=kwame)
    )
    assert [p.code for p in verify_credits(session)] == ["earned_differs"]


def test_a_reversal_of_something_else_is_found(bench, session):
    """One hour back for three."""
    ada = bench.person()
    bench.serve(ada)
    (first,) = session.scalars(sa.select(Transfer))
    row(
        bench,
        kind=TransferKind.REVERSED,
        reverses_id=first.id,
        from_account_id=first.to_account_id,
        to_account_id=first.from_account_id,
        source_key=f"reversal:{first.id}",
    )
    codes = {problem.code for problem in verify_credits(session)}
    assert codes == {"reversal_differs", "service_without_transfer"}
