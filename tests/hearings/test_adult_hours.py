"""Hours of adult volunteers: what a line needs, once per session, and taking one back."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask.testing import FlaskClient
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.fixtures.app import NOW, TODAY, SmallCourt, add_court
from tests.hearings.conftest import SATURDAY, Calendar, on_the_day
from youthcourt.audit.models import AuditEntry
from youthcourt.db import set_court
from youthcourt.errors import CourtRuleBroken, NotFound
from youthcourt.hearings import services
from youthcourt.hearings.domain import (
    AdultGiven,
    AdultRole,
    DaySpan,
    HoursKnown,
    SessionCancelReason,
    check_given_day,
    checked_lines,
    day_span,
    last_months,
    month_of,
    name_key,
    year_of,
)
from youthcourt.hearings.models import AdultHours, CourtSession
from youthcourt.hearings.queries import (
    adult_hours_page,
    adult_names,
    adult_totals,
    adults_of_session,
    has_adult_hours,
)

DAY = 24 * 60


def line(name: str = "Adv. Judge M. Okafor", minutes: int = 180, **given: Any) -> AdultGiven:
    return AdultGiven(**{"name": name, "role": AdultRole.PRESIDING, "minutes": minutes, **given})


def refused(lines: list[AdultGiven], *known: HoursKnown, one_session: bool = True) -> tuple:
    with pytest.raises(CourtRuleBroken) as refusal:
        checked_lines(lines, known, one_session=one_session)
    return refusal.value.code, refusal.value.field


# The rules ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "code", "field"),
    [
        ([], "adult_hours_empty", "name_0"),
        ([line(), line(" -- ", line=1)], "adult_name_missing", "name_1"),
        ([line(minutes=0)], "adult_minutes_missing", "minutes_0"),
        ([line(minutes=-5)], "adult_minutes_missing", "minutes_0"),
        ([line(minutes=DAY + 1)], "adult_minutes_too_many", "minutes_0"),
        ([line("x" * 201)], "name_too_long", "name_0"),
        ([line("Ada\u202eB")], "name_has_control_characters", "name_0"),
        ([line("Ann Lee"), line("ann  LEE ", line=3)], "adult_twice_in_session", "name_3"),
    ],
)
def test_a_line_that_cannot_be_is_refused_at_its_field(lines, code: str, field: str) -> None:
    """The first of them, at the question it is about."""
    assert refused(lines) == (code, field)


def test_one_line_in_a_session_and_24_hours_on_a_day() -> None:
    """Whoever stands there already is refused; another line of the day adds up."""
    here = HoursKnown(key=name_key("Ann Lee"), minutes=60, here=True)
    elsewhere = HoursKnown(key=name_key("Ann Lee"), minutes=DAY - 60, here=False)
    assert refused([line("Ann Lee")], here) == ("adult_twice_in_session", "name_0")
    assert checked_lines([line("Ann Lee", 60)], [elsewhere], one_session=True)
    assert refused([line("Ann Lee", 61)], elsewhere) == ("adult_day_too_long", "minutes_0")
    twice = [line("Ann Lee", 60), line("Ann Lee", 60, role=AdultRole.OFFICE, line=1)]
    assert len(checked_lines(twice, [], one_session=False)) == 2


def test_names_are_kept_as_written_with_single_spaces() -> None:
    """And told apart without case and spaces."""
    (checked,) = checked_lines([line("  María   José  ")], [], one_session=True)
    assert checked.name == "María José"
    assert checked.key == "maría josé" == name_key("MARÍA JOSÉ")


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (TODAY + timedelta(days=1), "day_in_future"),
        (date(1026, 3, 1), "day_too_long_ago"),
    ],
)
def test_a_day_on_which_nobody_gave_hours(day: date, code: str) -> None:
    """A day to come, and a slip in the year."""
    with pytest.raises(CourtRuleBroken) as refusal:
        check_given_day(day, today=TODAY)
    assert (refusal.value.code, refusal.value.field) == (code, "given_on")
    check_given_day(TODAY, today=TODAY)


def test_months_and_years_are_whole() -> None:
    """Over the turn of a year as well."""
    assert month_of(date(2025, 12, 9)) == DaySpan(first=date(2025, 12, 1), last=date(2025, 12, 31))
    assert month_of(date(2028, 2, 1)).last == date(2028, 2, 29)
    firsts = [span.first for span in last_months(date(2026, 2, 28))]
    assert firsts == [date(2026, 2, 1), date(2026, 1, 1), date(2025, 12, 1)]
    assert year_of(TODAY) == DaySpan(first=date(2026, 1, 1), last=date(2026, 12, 31))
    with pytest.raises(CourtRuleBroken):
        day_span(TODAY, TODAY - timedelta(days=1))


# The acts, on each database -------------------------------------------------------------------


def record(calendar: Calendar, evening: CourtSession, *lines: AdultGiven, **given: Any):
    values = {"actor": calendar.court.actor, "now": on_the_day(hours=20), **given}
    return services.record_session_adults(
        calendar.session, session_id=evening.id, lines=lines, **values
    )


@pytest.fixture
def evening(calendar: Calendar) -> CourtSession:
    """A session with one room."""
    return calendar.session_in(calendar.room())


def test_several_adults_of_a_session_in_one_act(calendar: Calendar, evening, court) -> None:
    """Each with the day of the session, its writer, and a line in the journal without a name."""
    rows = record(calendar, evening, line(), line("Bo Lind", 90, line=1))
    assert {row.given_on for row in rows} == {SATURDAY}
    assert {row.recorded_by for row in rows} == {court.actor.user_id}
    shown = adults_of_session(calendar.session, evening.id)
    assert [(one.name, one.minutes) for one in shown] == [
        ("Adv. Judge M. Okafor", 180),
        ("Bo Lind", 90),
    ]
    acts = calendar.session.scalars(
        sa.select(AuditEntry).where(AuditEntry.act == "adult_hours_added")
    ).all()
    assert len(acts) == 2
    assert "Lind" not in str([act.params for act in acts])


def test_a_form_sent_twice_writes_once(calendar: Calendar, evening) -> None:
    """The same key gives the rows that are there."""
    key = uuid.uuid4()
    first = record(calendar, evening, line(), key=key)
    assert [row.id for row in record(calendar, evening, line(), key=key)] == [first[0].id]
    with pytest.raises(CourtRuleBroken) as refusal:
        record(calendar, evening, line("adv. judge m. okafor"))
    assert refusal.value.code == "adult_twice_in_session"


def test_the_database_itself_keeps_one_line_per_adult_and_session(
    calendar: Calendar, evening
) -> None:
    """Also where two write at the same moment."""
    (row,) = record(calendar, evening, line())
    calendar.session.add(
        AdultHours(
            given_on=SATURDAY,
            name="x",
            name_key=row.name_key,
            role=AdultRole.OTHER,
            minutes=1,
            session_id=evening.id,
            recorded_at=NOW,
        )
    )
    with pytest.raises(IntegrityError):
        calendar.session.flush()


def test_nothing_is_written_before_a_session_or_for_a_cancelled_one(
    calendar: Calendar, evening
) -> None:
    """The hours of a cancelled evening belong to the day alone."""
    with pytest.raises(CourtRuleBroken) as early:
        record(calendar, evening, line(), now=NOW)
    assert early.value.code == "session_not_yet"
    services.cancel_session(
        calendar.session,
        session_id=evening.id,
        reason=SessionCancelReason.WEATHER,
        **calendar.hand,
    )
    with pytest.raises(CourtRuleBroken) as cancelled:
        record(calendar, evening, line())
    assert cancelled.value.code == "adult_session_cancelled"


def test_a_line_taken_back_stays_and_counts_no_more(calendar: Calendar, evening) -> None:
    """With who took it back and when; the right one can be written then."""
    (row,) = record(calendar, evening, line(minutes=1000))
    hand: dict[str, Any] = {"actor": calendar.court.actor, "now": on_the_day(hours=21)}
    services.take_back_adult_hours(calendar.session, hours_id=row.id, **hand)
    later = {**hand, "now": on_the_day(hours=22)}
    again = services.take_back_adult_hours(calendar.session, hours_id=row.id, **later)
    assert again.withdrawn_at == on_the_day(hours=21)
    record(calendar, evening, line(minutes=180))
    span = month_of(SATURDAY)
    shown = adult_hours_page(calendar.session, span=span).lines
    assert sorted((one.minutes, bool(one.withdrawn_by)) for one in shown) == [
        (180, False),
        (1000, True),
    ]
    (total,) = adult_totals(calendar.session, span=span)
    assert (total.times, total.minutes) == (1, 180)
    with pytest.raises(NotFound):
        services.take_back_adult_hours(calendar.session, hours_id=uuid.uuid4(), **hand)


def test_a_session_with_hours_keeps_its_day(calendar: Calendar, evening) -> None:
    """Taken back, it can be moved."""
    (row,) = record(calendar, evening, line())
    move: dict[str, Any] = {
        "session_id": evening.id,
        "held_on": SATURDAY + timedelta(days=7),
        "starts_at": evening.starts_at,
        "ends_at": evening.ends_at,
        **calendar.hand,
    }
    with pytest.raises(CourtRuleBroken) as refusal:
        services.change_session(calendar.session, **move)
    assert refusal.value.code == "session_has_adult_hours"
    services.take_back_adult_hours(calendar.session, hours_id=row.id, **calendar.hand)
    services.change_session(calendar.session, **move)


def test_hours_of_a_day_outside_a_session(session: Session, court: SmallCourt) -> None:
    """By span, page and name; another court sees none of them."""
    hand: dict[str, Any] = {"actor": court.actor, "now": NOW}
    assert not has_adult_hours(session)
    for back, name in ((0, "Ann Lee"), (1, "ANN  LEE"), (40, "Bo Lind")):
        services.record_adult_hours(
            session,
            lines=[line(name, 90, role=AdultRole.OFFICE)],
            given_on=TODAY - timedelta(days=back),
            **hand,
        )
    with pytest.raises(CourtRuleBroken):
        services.record_adult_hours(
            session, lines=[line()], given_on=TODAY + timedelta(days=1), **hand
        )
    span = day_span(TODAY - timedelta(days=1), TODAY)
    (total,) = adult_totals(session, span=span)
    assert (total.times, total.minutes) == (2, 180)
    assert adult_hours_page(session, span=span).total == 2
    assert [name_key(name) for name in adult_names(session)] == ["ann lee", "bo lind"]
    other = add_court(session, name="Oak Street")
    set_court(session, other.id)
    assert not has_adult_hours(session)


# The pages ------------------------------------------------------------------------------------


@pytest.fixture
def client(
    calendar: Calendar, evening: CourtSession, browser: Callable[..., FlaskClient]
) -> FlaskClient:
    """The coordinator after the session, in whose room somebody presided."""
    sitting = calendar.sittings(evening)[0]
    sitting.presiding = "Adv. Judge M. Okafor"
    calendar.session.commit()
    return browser()


@pytest.fixture(autouse=True)
def _later():
    with time_machine.travel(on_the_day(hours=20), tick=False):
        yield


def token(html: str) -> str:
    return html.split('name="csrf_token" value="')[1].split('"', maxsplit=1)[0]


def test_after_a_session_its_adults_are_half_filled_in(client: FlaskClient, evening) -> None:
    """From its page: day, who presided and how long stand there; the sum is on the list."""
    url = f"/calendar/sessions/{evening.id}/adult-volunteers"
    assert url in client.get(f"/calendar/sessions/{evening.id}").text
    page = client.get(url).text
    assert 'value="Adv. Judge M. Okafor"' in page
    typed: dict[str, Any] = {"csrf_token": token(page), "once": "one"}
    typed |= {"name_0": "Adv. Judge M. Okafor", "role_0": "presiding", "minutes_0": ["3", ""]}
    typed |= {"name_1": "Bo Lind", "role_1": "", "minutes_1": ["", ""]}
    wrong = client.post(url, data=typed)
    assert wrong.status_code == 422
    assert "Please choose what this adult did." in wrong.text
    more = client.post(url, data={**typed, "more": "1"})
    assert more.text.count("<legend>Adult ") == 6
    assert 'value="Bo Lind"' in more.text
    typed["role_1"] = "jury_monitor"
    for _time in range(2):  # sent twice, written once
        saved = client.post(url, data=typed, follow_redirects=True)
        assert "The hours of 2 adults are written down." in saved.text
    assert "Bo Lind" in saved.text
    shown = " ".join(client.get("/calendar/adult-volunteers").text.split())
    assert "2 adults, 6 h" in shown
    assert shown.count("Bo Lind") == 2
    assert 'value="Adv. Judge M. Okafor"' not in client.get(url).text.split("<datalist")[0]


def test_a_day_outside_a_session_and_a_line_taken_back(client: FlaskClient) -> None:
    """On the page of the month in which it was given."""
    page = client.get("/calendar/adult-volunteers/new").text
    typed: dict[str, Any] = {
        "csrf_token": token(page),
        "given_on": "2026-02-10",
        "name_0": "Ann Lee",
        "role_0": "office",
        "minutes_0": ["25", ""],
    }
    wrong = client.post("/calendar/adult-volunteers/new", data=typed)
    assert (wrong.status_code, "A day has 24 hours." in wrong.text) == (422, True)
    typed["minutes_0"] = ["2", "30"]
    saved = client.post("/calendar/adult-volunteers/new", data=typed, follow_redirects=True)
    assert "1 adult, 2 h 30 min" in " ".join(saved.text.split())
    path = saved.text.split('/take-back"')[0].rpartition('"')[2] + "/take-back"
    back = client.post(path, data={"csrf_token": token(page)}, follow_redirects=True)
    assert "0 adults, 0 min" in " ".join(back.text.split())
    assert "<del>2 h 30 min</del>" in back.text
    wrong = client.get("/calendar/adult-volunteers?first=2026-02-10&last=2026-02-01")
    assert (wrong.status_code, "The last day is before the first." in wrong.text) == (422, True)
