"""Two made-up courts, each with a year of its life up to today."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from faker import Faker
from sqlalchemy import select
from sqlalchemy.orm import Session

from youthcourt.accounts.domain import Role
from youthcourt.accounts.services import add_user, join_court
from youthcourt.audit.domain import SYSTEM, Actor, ActorKind
from youthcourt.cases.domain import CaseState
from youthcourt.cases.models import Case
from youthcourt.courts.domain import preset
from youthcourt.courts.models import Court
from youthcourt.courts.services import create_court
from youthcourt.dashboard.letters import LetterWriter
from youthcourt.db import set_court
from youthcourt.demo.adults import AdultHelpers
from youthcourt.demo.cases import Office
from youthcourt.demo.evenings import NOTICE_DAYS, Bench, Calendar
from youthcourt.demo.followups import Searches
from youthcourt.demo.juries import Juries
from youthcourt.demo.people import PersonMaker
from youthcourt.demo.service import Supervision
from youthcourt.demo.stage import Stage
from youthcourt.hearings.models import CourtSession
from youthcourt.jury.domain.states import SeatState
from youthcourt.jury.models import Seat
from youthcourt.notices.gateways import TestGateway
from youthcourt.notices.outbox import send_due
from youthcourt.people.links import issue_slip
from youthcourt.people.models import Person
from youthcourt.sentences.models import Sanction

PASSWORD = "seven quiet lamps on a hill"  # noqa: S105 -- printed for everybody
SEED = 1996
DOOR = "http://localhost/in"
YEAR = 365
DRAW_DAYS = 6  # before a session; later ones of the calendar are not drawn yet
FRESH, FRESH_DAYS, YESTERDAY = 8, 12, 2
WITH_FACTS = 6
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


def build_world(session: Session, *, now: datetime, courts: Sequence[DemoCourt] = COURTS) -> None:
    """Fill an empty database; the same seed and day give the same people and cases."""
    for place, plan in enumerate(courts):
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
        adults = AdultHelpers(stage=stage, dice=random.Random(SEED + place))
        adults.begin()
        _hold_sessions(stage, adults)
        Supervision(stage=stage).begin()
        Searches(stage=stage).begin()
        stage.live()
        _choose_facts(stage, people)
        session.commit()
        _send_messages(stage)


def _send_messages(stage: Stage) -> None:
    """Let the outbox go out as far as the test gateway, until nothing that is over is left."""
    writer = LetterWriter(door=DOOR, clock=lambda: stage.now)
    post = partial(send_due, renderer=writer, gateway=TestGateway(), clock=lambda: stage.now)
    while post(stage.session).cancelled:
        pass


def _hold_sessions(stage: Stage, adults: AdultHelpers) -> None:
    """Plan the calendar now, and put off what each session of the year needs to its day."""
    calendar, bench = Calendar(stage=stage), Bench(stage=stage)
    juries = Juries(stage=stage, bench=bench)
    lines = sorted(calendar.plan(), key=lambda line: line.held_on)
    held = [line for line in lines if line.held_on <= stage.end]
    calendar.wait_for_a_name(next(line for line in lines if line not in held and line.first_places))
    for line in lines:
        days = (line.held_on - stage.today).days
        stage.later(max(days - NOTICE_DAYS, 0), partial(calendar.fill_docket, line.id))
        stage.later(max(days - DRAW_DAYS, 0), partial(juries.prepare, line.id))
        if line in held:
            # The last one waits for somebody to confirm it.
            act = partial(juries.live_through, line.id, confirm=line is not held[-1])
            stage.later(days, act)
            if line is not held[-1]:
                stage.later(days, partial(adults.helped, line.id))


def juror_slip(session: Session, *, now: datetime) -> str | None:
    """Return a fresh code for the juror of the first court who is to come next, None if nobody is.

    The code of the start before ends; the answer to the question is ``FACT_ANSWER``.
    """
    court = session.scalar(select(Court.id).where(Court.slug == COURTS[0].slug))
    set_court(session, court)
    person_id = session.scalar(
        select(Seat.person_id)
        .join(CourtSession, CourtSession.id == Seat.session_id)
        .join(Person, Person.id == Seat.person_id)
        .where(
            CourtSession.held_on >= now.date(),
            Seat.state == SeatState.PUBLISHED,
            Person.fact_hash.is_not(None),
        )
        .order_by(CourtSession.held_on, Person.number)
        .limit(1)
    )
    if person_id is None:
        return None
    until = now + timedelta(days=FRESH_DAYS)
    code = issue_slip(session, person_id=person_id, valid_until=until, actor=SYSTEM, now=now)
    session.commit()
    return code


def _choose_facts(stage: Stage, people: PersonMaker) -> None:
    """Let a few of those who come next choose the answer that opens a printed code."""
    owing = select(Sanction.person_id).join(Case, Case.id == Sanction.case_id)
    query = (
        select(Seat.person_id)
        .join(CourtSession, CourtSession.id == Seat.session_id)
        .where(
            CourtSession.held_on > stage.end,
            Seat.state == SeatState.PUBLISHED,
            Seat.person_id.in_(owing.where(Case.state == CaseState.SUPERVISED)),
        )
        .order_by(CourtSession.held_on, Seat.sitting_id, Seat.position)
        .limit(WITH_FACTS)
    )
    for person_id in stage.session.scalars(query).all():
        people.choose_fact(person_id)


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
