"""Time credits: rounding, postings, reversals and the audit of the whole ledger."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    rule,
)

from youthcourt.credits.domain import (
    WAYS,
    Account,
    AccountKind,
    EarningService,
    ProblemCode,
    Rounding,
    Transfer,
    TransferKind,
    already_posted,
    balance,
    check_transfer,
    credit_minutes,
    earned_key,
    reversal_key,
    reversal_of,
    verify,
)
from youthcourt.errors import CourtRuleBroken

DAY = date(2026, 3, 14)


def uid(number: int) -> UUID:
    return UUID(int=number)


COURT = uid(900)
POOL = Account(id=uid(1), court_id=COURT, kind=AccountKind.POOL)
POT = Account(id=uid(2), court_id=COURT, kind=AccountKind.POT)
REWARDS = Account(id=uid(3), court_id=COURT, kind=AccountKind.REWARDS)
ANA = Account(id=uid(11), court_id=COURT, kind=AccountKind.PERSON)
BEN = Account(id=uid(12), court_id=COURT, kind=AccountKind.PERSON, floor=-60)
ACCOUNTS = (POOL, POT, REWARDS, ANA, BEN)


def transfer(number: int, source: Account, target: Account, minutes=120, **facts) -> Transfer:
    facts = {
        "kind": TransferKind.EARNED,
        "source_key": earned_key(uid(number)),
        "court_id": COURT,
        **facts,
    }
    return Transfer(
        id=uid(1000 + number),
        from_account=source.id,
        to_account=target.id,
        minutes=minutes,
        happened_on=DAY,
        **facts,
    )


def earned(number: int, target: Account = ANA, minutes: int = 120) -> Transfer:
    return transfer(number, POOL, target, minutes)


def service(number: int, target: Account = ANA, minutes: int = 120) -> EarningService:
    return EarningService(id=uid(number), account_id=target.id, minutes=minutes)


def undone(original: Transfer, number: int) -> Transfer:
    return reversal_of(original, new_id=uid(1000 + number), happened_on=DAY)


def codes(transfers, services=(), accounts=ACCOUNTS) -> list[ProblemCode]:
    return [problem.code for problem in verify(transfers, accounts, services)]


# -- rounding --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("minutes", "rounding", "credited"),
    [
        (52, "up_to_quarter", 60),
        (70, "up_to_quarter", 75),
        (60, "up_to_quarter", 60),
        (1, "up_to_quarter", 15),
        (52, "nearest_quarter", 45),
        (53, "nearest_quarter", 60),
        (7, "nearest_quarter", 0),
        (119, "down_to_hour", 60),
        (59, "down_to_hour", 0),
        (52, "none", 52),
        (0, "up_to_quarter", 0),
    ],
)
def test_minutes_are_rounded_by_the_rule_that_the_line_shows(minutes, rounding, credited):
    """Up to the quarter hour, 52 minutes are an hour and 70 are an hour and a quarter."""
    line = credit_minutes(minutes, Rounding(rounding))
    assert (line.served, line.credited, line.rounding) == (minutes, credited, rounding)


@given(st.integers(0, 10_000), st.integers(0, 10_000), st.sampled_from(Rounding))
def test_rounding_stays_near_and_never_pays_more_for_less(one, other, rounding):
    """Off by less than the step, the same again when applied twice, in order."""
    credited = credit_minutes(one, rounding).credited
    step = {Rounding.NONE: 1, Rounding.DOWN_TO_HOUR: 60}.get(rounding, 15)
    assert abs(credited - one) < step
    assert credit_minutes(credited, rounding).credited == credited
    if one <= other:
        assert credited <= credit_minutes(other, rounding).credited


def test_negative_minutes_are_no_service():
    """A correction is a reversal."""
    with pytest.raises(CourtRuleBroken, match="minutes_not_positive"):
        credit_minutes(-1, Rounding.NONE)


# -- one transfer ----------------------------------------------------------------------


def refusal(made: Transfer, source: Account, target: Account, funds: int = 0) -> str:
    with pytest.raises(CourtRuleBroken) as found:
        check_transfer(made, source=source, target=target, source_balance=funds)
    return found.value.code


def test_the_pool_may_always_issue():
    """The issuer's account goes below zero; that is what balances the rest."""
    check_transfer(earned(1), source=POOL, target=ANA, source_balance=-(10**6))


def test_rows_that_are_no_transfer_are_refused():
    """Nothing, to oneself, to another court, or a reversal of nothing."""
    foreign = replace(ANA, id=uid(77), court_id=uid(901))
    given_ = {"kind": TransferKind.GIVEN}
    assert refusal(earned(1, minutes=0), POOL, ANA) == "minutes_not_positive"
    assert refusal(transfer(1, ANA, ANA, **given_), ANA, ANA, 500) == "same_account"
    other = transfer(1, ANA, foreign, **given_)
    assert refusal(other, ANA, foreign, 500) == "accounts_of_two_courts"
    bare = transfer(1, ANA, POOL, kind=TransferKind.REVERSED)
    assert refusal(bare, ANA, POOL) == "reversal_needs_its_transfer"
    fake = replace(earned(1), reverses=uid(5))
    assert refusal(fake, POOL, ANA) == "reversal_needs_its_transfer"


@pytest.mark.parametrize("kind", [kind for kind in TransferKind if kind in WAYS])
def test_each_kind_goes_only_between_its_accounts(kind):
    """Nobody earns from a friend, and a reward is not paid out to the pot."""
    for source in ACCOUNTS:
        for target in ACCOUNTS:
            if source is target:
                continue
            made = transfer(1, source, target, 10, kind=kind)
            if (source.kind, target.kind) in WAYS[kind]:
                check_transfer(made, source=source, target=target, source_balance=10)
            else:
                code = refusal(made, source, target, 10)
                assert code == "transfer_not_between_these"


def test_nobody_gives_more_than_the_floor_allows():
    """At zero a balance of 60 can give 60; with a floor of minus one hour, two hours."""
    gift = transfer(1, ANA, BEN, 61, kind=TransferKind.GIVEN)
    with pytest.raises(CourtRuleBroken) as found:
        check_transfer(gift, source=ANA, target=BEN, source_balance=60)
    assert (found.value.code, found.value.params) == ("balance_too_low", {"available_minutes": 60})
    check_transfer(replace(gift, minutes=60), source=ANA, target=BEN, source_balance=60)
    back = transfer(2, BEN, ANA, 120, kind=TransferKind.GIVEN)
    check_transfer(back, source=BEN, target=ANA, source_balance=60)
    assert refusal(replace(back, minutes=121), BEN, ANA, 60) == "balance_too_low"


def test_a_reversal_may_go_below_the_floor():
    """What was wrongly credited is taken back even if it is spent."""
    undo = undone(earned(1), 2)
    check_transfer(undo, source=ANA, target=POOL, source_balance=0)


def test_a_reversal_goes_back_the_way_it_came_once():
    """Same minutes, accounts changed over, a key that only this reversal can have."""
    first = earned(1)
    undo = undone(first, 2)
    assert (undo.from_account, undo.to_account) == (ANA.id, POOL.id)
    assert (undo.minutes, undo.reverses) == (120, first.id)
    assert undo.source_key == reversal_key(first.id) == undone(first, 3).source_key
    with pytest.raises(CourtRuleBroken, match="reversal_cannot_be_reversed"):
        undone(undo, 3)


def test_the_same_act_sent_twice_is_one_and_another_act_under_its_key_is_refused():
    """A retry has a new row id; its content is the same."""
    first = earned(1)
    assert already_posted(first, replace(first, id=uid(5)))
    assert not already_posted(None, first)
    assert not already_posted(first, earned(2))
    with pytest.raises(CourtRuleBroken, match="source_key_reused"):
        already_posted(first, replace(first, minutes=119))


# -- the whole ledger ------------------------------------------------------------------


def test_a_sound_ledger_has_no_problem():
    """Earned, given, put into the pot, spent, returned, reversed, opened."""
    wrong = earned(2)
    ledger = [
        earned(1),
        wrong,
        undone(wrong, 3),
        transfer(4, ANA, BEN, 30, kind=TransferKind.GIVEN),
        transfer(5, ANA, POT, 15, kind=TransferKind.POT_GIFT),
        transfer(6, ANA, REWARDS, 60, kind=TransferKind.REWARD_RESERVED),
        transfer(7, REWARDS, ANA, 60, kind=TransferKind.RETURNED),
        transfer(8, BEN, POOL, 45, kind=TransferKind.OPENING),
    ]
    assert codes(ledger, [service(1)]) == []
    assert balance(ledger, ANA.id) == 75
    assert sum(balance(ledger, account.id) for account in ACCOUNTS) == 0


GIFT = transfer(9, ANA, BEN, 30, kind=TransferKind.GIVEN)
UNDO = undone(earned(1), 2)


@pytest.mark.parametrize(
    ("ledger", "services", "found"),
    [
        ([earned(1, minutes=0)], [service(1, minutes=0)], {"wrong_shape"}),
        ([transfer(1, POOL, POOL)], [], {"wrong_shape", "transfer_without_service"}),
        (
            [transfer(1, POOL, replace(ANA, id=uid(66)))],
            [],
            {"unknown_account", "sum_not_zero", "transfer_without_service"},
        ),
        (
            [earned(1), replace(earned(1), id=uid(5))],
            [service(1)],
            {"key_twice"},
        ),
        (
            [earned(1), UNDO, replace(UNDO, id=uid(6), source_key="other")],
            [],
            {"reversed_twice", "balance_below_floor"},
        ),
        (
            [
                earned(1),
                UNDO,
                replace(earned(1), id=uid(7), kind=TransferKind.REVERSED, reverses=UNDO.id),
            ],
            [],
            {"reversal_of_reversal", "key_twice"},
        ),
        (
            [earned(1), replace(UNDO, reverses=uid(8))],
            [service(1)],
            {"reversal_of_nothing"},
        ),
        ([earned(1), replace(UNDO, minutes=119)], [], {"reversal_differs"}),
        ([GIFT], [], {"posted_below_floor", "balance_below_floor"}),
        ([GIFT, earned(1)], [service(1)], {"posted_below_floor"}),
        (
            [earned(1), replace(GIFT, minutes=120), UNDO],
            [],
            {"balance_below_floor"},
        ),
        ([], [service(1)], {"service_without_transfer"}),
        ([earned(1), UNDO], [service(1)], {"service_without_transfer"}),
        ([earned(1)], [], {"transfer_without_service"}),
        ([earned(1, minutes=60)], [service(1)], {"earned_differs"}),
        ([earned(1, BEN)], [service(1)], {"earned_differs"}),
    ],
)
def test_each_kind_of_damage_is_found(ledger, services, found):
    """One planted fault, found by its name; and nothing else is blamed."""
    assert set(codes(ledger, services)) == {ProblemCode(code) for code in found}


def test_a_problem_names_its_rows():
    """The clerk can look them up."""
    (problem,) = verify([earned(1)], ACCOUNTS, [])
    assert problem.rows == (earned(1).id,)
    low = verify([earned(1), replace(GIFT, minutes=120), UNDO], ACCOUNTS, [])[0]
    assert (low.rows, low.params) == ((ANA.id,), (("balance", -120), ("floor", 0)))


PEOPLE = tuple(
    Account(id=uid(20 + n), court_id=COURT, kind=AccountKind.PERSON, floor=-15 * n)
    for n in range(3)
)
LEDGER_ACCOUNTS = {a.id: a for a in (POOL, POT, REWARDS, *PEOPLE)}


class Ledger(RuleBasedStateMachine):
    """Any order of confirmed service, gifts, rewards, retries and reversals."""

    posted = Bundle("posted")

    def __init__(self):
        super().__init__()
        self.rows: list[Transfer] = []
        self.confirmed: dict[UUID, EarningService] = {}
        self.taken_back: set[UUID] = set()
        self.balances = dict.fromkeys(LEDGER_ACCOUNTS, 0)
        self.numbers = iter(range(5000, 10**9))

    def post(self, made: Transfer) -> bool:
        """Post as a service does: the same key once, refused below the floor."""
        earlier = next((row for row in self.rows if row.source_key == made.source_key), None)
        if already_posted(earlier, made):
            return False
        source, target = (
            LEDGER_ACCOUNTS[made.from_account],
            LEDGER_ACCOUNTS[made.to_account],
        )
        before = balance(self.rows, source.id)
        check_transfer(made, source=source, target=target, source_balance=before)
        self.rows.append(made)
        self.balances[source.id] -= made.minutes
        self.balances[target.id] += made.minutes
        return True

    def new(self, source: Account, target: Account, minutes: int, kind: TransferKind) -> Transfer:
        number = next(self.numbers)
        made = transfer(number, source, target, minutes, kind=kind)
        return made if kind is TransferKind.EARNED else replace(made, source_key=f"act:{number}")

    @initialize(target=posted)
    def opening(self):
        made = self.new(POOL, PEOPLE[0], 45, TransferKind.OPENING)
        self.post(made)
        return made

    @rule(target=posted, person=st.sampled_from(PEOPLE), minutes=st.integers(1, 200))
    def confirm_service(self, person, minutes):
        made = self.new(POOL, person, minutes, TransferKind.EARNED)
        self.post(made)
        key = UUID(made.source_key.removeprefix("service:"))
        self.confirmed[made.id] = EarningService(id=key, account_id=person.id, minutes=minutes)
        return made

    @rule(
        target=posted,
        source=st.sampled_from((POT, REWARDS, *PEOPLE)),
        goal=st.sampled_from((POT, REWARDS, *PEOPLE)),
        minutes=st.integers(1, 200),
    )
    def move(self, source, goal, minutes):
        way = (source.kind, goal.kind)
        kind = next((k for k in WAYS if way in WAYS[k] and source is not goal), None)
        if kind is None:
            return multiple()
        made = self.new(source, goal, minutes, kind)
        if self.balances[source.id] - minutes < source.floor:
            with pytest.raises(CourtRuleBroken, match="balance_too_low"):
                self.post(made)
            return multiple()
        self.post(made)
        return made

    @rule(made=posted)
    def send_again(self, made):
        assert not self.post(replace(made, id=uid(next(self.numbers))))

    @rule(made=consumes(posted))
    def reverse(self, made):
        undo = reversal_of(made, new_id=uid(next(self.numbers)), happened_on=DAY)
        assert self.post(undo)
        assert not self.post(replace(undo, id=uid(next(self.numbers))))
        self.confirmed.pop(made.id, None)
        self.taken_back.add(undo.from_account)

    @invariant()
    def everything_holds(self):
        """Nothing is wrong but balances that a reversal took below the floor."""
        accounts = tuple(LEDGER_ACCOUNTS.values())
        for problem in verify(self.rows, accounts, self.confirmed.values()):
            assert problem.code is ProblemCode.BALANCE_BELOW_FLOOR
            assert set(problem.rows) <= self.taken_back
        assert sum(self.balances.values()) == 0
        for account in accounts:
            assert balance(self.rows, account.id) == self.balances[account.id]


TestLedger = Ledger.TestCase
