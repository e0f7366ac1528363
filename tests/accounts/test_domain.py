"""The rules of signing in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from youthcourt.accounts.access import PERMISSIONS
from youthcourt.accounts.domain import (
    CODE_ALPHABET,
    Role,
    ThrottleRule,
    address_key,
    after_failure,
    check_password,
    is_blocked,
    is_code,
    new_code,
    typed_code,
)
from youthcourt.errors import CourtRuleBroken
from youthcourt.web.access import Permission

RULE = ThrottleRule(tries=3, window=timedelta(minutes=15))
START = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("short", "password_too_short"),
        ("passwordpassword", "password_too_common"),
        ("aaaaaaaaaaaaaaaaaaaa", "password_too_common"),
        ("margaret-margaret!", "password_too_common"),
        ("x" * 300, "password_too_long"),
    ],
)
def test_weak_passwords_are_refused(password: str, code: str) -> None:
    """Short, well-known and one's own name are refused with their own reason."""
    with pytest.raises(CourtRuleBroken) as refusal:
        check_password(password, email="margaret@court.example", name="Margaret Oduya")
    assert refusal.value.code == code


def test_a_few_words_are_a_good_password() -> None:
    """Length is what counts; no signs or digits are asked for."""
    check_password("seven quiet lamps on a hill", email="m@court.example", name="Margaret")


def test_codes_survive_being_read_from_paper() -> None:
    """Blanks, dashes and small letters do not matter, and no sign has a look-alike."""
    code = new_code()
    assert typed_code(f" {code[:4].lower()}-{code[4:]} ") == code
    assert not set("01OIL") & set(CODE_ALPHABET)


@given(st.lists(st.integers(min_value=0, max_value=20), min_size=1, max_size=12))
def test_failures_within_the_window_block(gaps: list[int]) -> None:
    """Three failures inside one window block until it has passed; fewer, or spread out, do not."""
    window, now, began, count = None, START, START, 0
    for gap in gaps:
        now += timedelta(minutes=gap)
        if count == 0 or now >= began + RULE.window:
            began, count = now, 0
        count += 1
        window = after_failure(window, RULE, now)
        assert is_blocked(window, RULE, now) is (count >= RULE.tries)
        assert not is_blocked(window, RULE, began + RULE.window)


def test_the_clerk_has_the_evening_only() -> None:
    """A clerk opens no case, person or calendar; the evaluator sees numbers alone."""
    assert PERMISSIONS[Role.CLERK] == {
        Permission.OWN_ACCOUNT,
        Permission.EVENING_DESK,
        Permission.EVENING_DOCKET,
    }
    assert Permission.CASES_READ not in PERMISSIONS[Role.EVALUATOR]
    assert all(Permission.OWN_DUTIES not in held for held in PERMISSIONS.values())


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("fe80::1%eth0", "fe80::2%eth1", True),
        ("", "unix", False),
    ],
)
def test_a_household_on_the_net_is_counted_as_one(one: str, other: str, same: bool) -> None:
    """By the first half of an IPv6 address, by the whole of an IPv4 one."""
    assert (address_key(one) == address_key(other)) is same
    assert address_key(None) == ""


@pytest.mark.parametrize(
    ("typed", "shape"),
    [
        ("k7m2 xq4p", True),
        ("K7M2-XQ4P", True),
        ("K7M2XQ4", False),
        ("K7M2XQ40", False),
        ("", False),
    ],
)
def test_a_code_is_known_by_its_shape(typed: str, shape: bool) -> None:
    """Eight of the letters and digits that are printed; nothing is looked up."""
    assert is_code(typed_code(typed)) is shape
