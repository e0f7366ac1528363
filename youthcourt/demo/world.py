"""Two made-up courts, each with a year of its life up to today."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from faker import Faker
from sqlalchemy.orm import Session

from youthcourt.accounts.domain import Role
from youthcourt.accounts.services import add_user, join_court
from youthcourt.audit.domain import SYSTEM, Actor, ActorKind
from youthcourt.courts.domain import preset
from youthcourt.courts.services import create_court
from youthcourt.db import set_court
from youthcourt.demo.cases import Office
from youthcourt.demo.evenings import NOTICE_DAYS, Bench, Calendar
from youthcourt.demo.people import PersonMaker
from youthcourt.demo.stage import Stage

PASSWORD = "seven quiet lamps on a hill"  # noqa: S105 -- printed for everybody
SEED = 1996
YEAR = 365
FRESH, FRESH_DAYS, YESTERDAY = 8, 12, 2
LOCALES = ("en_US", "es_MX", "pl_PL", "vi_VN", "fr_FR", "tr_TR", "en_NG", "pt_BR", "cs_CZ")


@dataclass(frozen=True, kw_only=True, slots=True)
class DemoCourt:
    """What differs between the two courts of the demo."""

    preset: str
    slug: str
    name: str
    phone_name: str
    time_zone: str
    office: str
    cases: int
    volunteers: int
    domain: str


COURTS = (
    DemoCourt(
        preset="dc-time-dollar",
        slug="river-street",
        name="River Street Youth Court",
        phone_name="Saturday sessions",
        time_zone="America/New_York",
        office="12 River Street, second floor",
        cases=80,
        volunteers=24,
        domain="river.example",
    ),
    DemoCourt(
        preset="fl-charlotte",
        slug="harbour-county",
        name="Harbour County Teen Court",
        phone_name="Evening sessions",
        time_zone="America/New_York",
        office="4 Harbour Road",
        cases=40,
        volunteers=16,
        domain="harbour.example",
    ),
)


def build_world(session: Session, *, now: datetime) -> None:
    """Fill an empty database; the same seed and day give the same people and cases."""
    for place, plan in enumerate(COURTS):
        stage = _stage(session, plan, place=place, now=now)
        people = PersonMaker(stage=stage)
        office = Office(stage=stage, people=people)
        for _number in range(plan.volunteers):
            stage.later(stage.dice.randrange(20), people.volunteer)
        for number in range(plan.cases):
            # Some came in the last few days, so that every step of the office waits for a hand.
            first, last = (YEAR - FRESH_DAYS, YEAR + 1) if number < FRESH else (0, YEAR)
            first = YEAR if number < YESTERDAY else first
            stage.later(stage.dice.randrange(first, last), office.take_referral)
        _hold_sessions(stage, end=stage.end)
        stage.live()
        session.commit()


def _hold_sessions(stage: Stage, *, end: date) -> None:
    """Plan the calendar now, and put off what each session of the year needs to its day."""
    calendar, bench = Calendar(stage=stage), Bench(stage=stage)
    for line in calendar.plan():
        before = max((line.held_on - stage.today).days - NOTICE_DAYS, 0)
        stage.later(before, partial(calendar.fill_docket, line.id))
        if line.held_on > end:
            continue
        for sitting in line.sittings:
            act = partial(bench.hear, sitting.id, quorum=True)
            stage.later((line.held_on - stage.today).days, act)


def sign_ins() -> list[tuple[str, str, str]]:
    """Return (court, role, address) of everybody who may sign in to the demo."""
    return [
        (plan.name, role.value, f"{role.value}@{plan.domain}") for plan in COURTS for role in Role
    ]


def _stage(session: Session, plan: DemoCourt, *, place: int, now: datetime) -> Stage:
    actor = _open_court(session, plan, now=now)
    fakers = [Faker(locale) for locale in LOCALES]
    for number, faker in enumerate(fakers):
        faker.seed_instance(SEED + 100 * place + number)
    yesterday = now.astimezone(ZoneInfo(plan.time_zone)).date() - timedelta(days=1)
    return Stage(
        session=session,
        dice=random.Random(SEED + place),
        fakers=fakers,
        policy=preset(plan.preset),
        zone=plan.time_zone,
        actor=actor,
        today=yesterday - timedelta(days=YEAR),
        end=yesterday,
    )


def _open_court(session: Session, plan: DemoCourt, *, now: datetime) -> Actor:
    court = create_court(
        session,
        slug=plan.slug,
        name=plan.name,
        phone_name=plan.phone_name,
        sender_name=plan.phone_name,
        time_zone=plan.time_zone,
        policy=preset(plan.preset),
        in_force_from=now.date() - timedelta(days=2 * YEAR),
        actor=SYSTEM,
        now=now,
        is_demo=True,
    )
    court.office_phone, court.office_address = "202-555-0100", plan.office
    court.office_email = f"office@{plan.domain}"
    coordinator = None
    for role in Role:
        user = add_user(
            session,
            email=f"{role.value}@{plan.domain}",
            name=f"{role.value.title()} (made up)",
            password=PASSWORD,
            now=now,
        )
        join_court(session, user_id=user.id, court_id=court.id, role=role, now=now)
        coordinator = user.id if role is Role.COORDINATOR else coordinator
    set_court(session, court.id)
    return Actor(kind=ActorKind.STAFF, user_id=coordinator)
