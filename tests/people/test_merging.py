"""What making one person of two entries promises, and undoing it."""

from __future__ import annotations

import uuid
from datetime import date, time, timedelta
from itertools import count
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.fixtures.app import NOW, TODAY, SmallCourt, add_court
from tests.fixtures.sittings import add_sitting
from youthcourt.accounts.domain import FactQuestion
from youthcourt.accounts.models import OneTimeLink
from youthcourt.app import load_models
from youthcourt.cases.models import Case
from youthcourt.courts.queries import policy_on
from youthcourt.credits.domain import AccountKind
from youthcourt.credits.models import Account
from youthcourt.db import Base, set_court
from youthcourt.errors import CourtRuleBroken, NotFound, Stale
from youthcourt.hearings.domain import CourtSessionKind
from youthcourt.hearings.models import CourtSession, Sitting
from youthcourt.jury.domain.states import SeatRole, SeatSource, SeatState
from youthcourt.jury.models import Attendance, DrawNumber, Seat
from youthcourt.people import links, services
from youthcourt.people.domain.kinds import AwayReason, Relation, SaidBy, Tie
from youthcourt.people.merging import Follower, MergePlan, merge_persons, merge_plan, undo_merge
from youthcourt.people.merging.rows import _followers, add_follower
from youthcourt.people.models import Acquaintance, Person, PersonMerge
from youthcourt.people.pointers import pointers_at_persons
from youthcourt.people.queries import (
    find_people,
    ids_of_person,
    live_person,
    persons_by_phone,
    present_person_id,
)
from youthcourt.web.i18n import known_labels

NUMBERS = count(1)
# What a merge leaves traces in on purpose: the journal, the merge itself, ended ways in.
TRACES = {"audit_entries", "field_changes", "person_merges", "one_time_links", "account_events"}


def add(session: Session, court: SmallCourt, given: str | None, **more: Any) -> Person:
    """Add a person of the family Ruiz."""
    return services.add_person(
        session, given_names=given, family_name="Ruiz", **more, actor=court.actor, now=NOW
    )


@pytest.fixture
def two(session, court) -> tuple[Person, Person]:
    """Two entries of one person: the other one knows the phone and the birth date."""
    kept = add(session, court, "Ana", grade="9")
    other = add(
        session, court, "Anna", phone="2025550100", birth_date=date(2011, 5, 17), grade="10"
    )
    return kept, other


def merge(session: Session, court: SmallCourt, kept: Person, other: Person, **take: str):
    """Merge as the page would: look at the plan, then confirm it."""
    plan = merge_plan(session, kept_id=kept.id, other_id=other.id)
    return merge_persons(
        session,
        kept_id=kept.id,
        other_id=other.id,
        take=take,
        seen=plan.seen,
        actor=court.actor,
        now=NOW,
    )


def undo(session: Session, court: SmallCourt, done: PersonMerge) -> None:
    """Undo a merge."""
    undo_merge(session, kept_id=done.kept_id, merge_id=done.id, actor=court.actor, now=NOW)


def everything(session: Session) -> dict[str, list[dict[str, Any]]]:
    """Every row of the database but for the traces; versions count saves and are left out."""
    session.flush()
    rows = {}
    for table in Base.metadata.sorted_tables:
        if table.name not in TRACES:
            key = next(iter(table.primary_key.columns))
            found = session.connection().execute(sa.select(table).order_by(key)).mappings()
            rows[table.name] = [
                {name: value for name, value in row.items() if name != "version_id"}
                for row in found
            ]
    return rows


def sitting_of(session: Session) -> Sitting:
    """A session on its way with one room."""
    evening = CourtSession(
        kind=next(iter(CourtSessionKind)),
        held_on=TODAY,
        starts_at=time(9, 30),
        ends_at=time(12, 30),
        created_at=NOW,
    )
    session.add(evening)
    session.flush()
    return add_sitting(session, evening.id)


def seat(sitting: Sitting, person: Person, position: int, state=SeatState.PUBLISHED) -> Seat:
    """A seat of a person in a sitting."""
    return Seat(
        session_id=sitting.session_id,
        sitting_id=sitting.id,
        person_id=person.id,
        role=SeatRole.JUROR,
        position=position,
        state=state,
        source=next(iter(SeatSource)),
        made_at=NOW,
    )


def full_life(session: Session, court: SmallCourt, person: Person, third: Person) -> None:
    """Give a person rows in many tables."""
    policy = policy_on(session, day=TODAY)
    session.add(
        Case(
            number=f"C-{uuid.uuid4().hex[:8]}",
            person_id=person.id,
            referred_on=TODAY,
            policy_id=policy.id,
            created_at=NOW,
        )
    )
    sitting = sitting_of(session)
    session.add_all(
        [
            seat(sitting, person, 1),
            Attendance(session_id=sitting.session_id, person_id=person.id),
            DrawNumber(person_id=person.id, number=next(NUMBERS)),
        ]
    )
    session.flush()
    services.add_adult(
        session,
        person_id=person.id,
        entry=services.AdultEntry(name="María", relation=Relation.MOTHER),
        actor=court.actor,
        now=NOW,
    )
    services.add_days_away(
        session,
        person_id=person.id,
        starts_on=TODAY,
        ends_on=TODAY,
        reason=AwayReason.WORK,
        actor=court.actor,
        now=NOW,
    )
    tie(session, court, person, third)


def tie(session: Session, court: SmallCourt, one: Person, two: Person) -> None:
    """Note that two know each other."""
    services.add_acquaintance(
        session,
        person_id=one.id,
        other_id=two.id,
        kind=Tie.FRIEND,
        said_by=SaidBy.PERSON,
        actor=court.actor,
        now=NOW,
    )


def rows_of(plan: MergePlan, part: str) -> dict[str, int]:
    """Table -> rows of one part of a plan."""
    return {counted.table: counted.rows for counted in getattr(plan, part)}


def test_no_table_that_points_at_persons_is_forgotten() -> None:
    """Read from the foreign keys themselves, in another way than the product does."""
    load_models()
    pointing = {
        (table.name, column.name)
        for table in Base.metadata.tables.values()
        for column in table.columns
        for key in column.foreign_keys
        if key.target_fullname == "persons.id"
    }
    of_the_merge = {
        ("persons", "merged_into_id"),
        ("person_merges", "kept_id"),
        ("person_merges", "merged_id"),
    }
    covered = {(p.table, column) for p in pointers_at_persons() for column in p.columns}
    assert covered == pointing - of_the_merge
    assert ("cases", "person_id") in covered
    assert {table for table, _ in covered} <= set(known_labels()["PersonTable"])


def test_every_row_of_the_other_goes_to_the_person_kept(session, court, two) -> None:
    """Afterwards nothing of the court names the other one any more."""
    kept, other = two
    full_life(session, court, other, add(session, court, "Third"))
    plan = merge_plan(session, kept_id=kept.id, other_id=other.id)
    merge(session, court, kept, other)
    assert rows_of(plan, "moved") == {
        "acquaintances": 1,
        "adults": 1,
        "attendances": 1,
        "cases": 1,
        "draw_numbers": 1,
        "notices": 2,
        "seats": 1,
        "unavailabilities": 1,
    }
    for pointer in pointers_at_persons():
        for column in pointer.columns:
            named = sa.select(pointer.model.id).where(getattr(pointer.model, column) == other.id)
            assert session.scalars(named).all() == [], pointer.table
    with pytest.raises(NotFound):
        live_person(session, other.id)
    assert present_person_id(session, other.id) == kept.id
    assert set(ids_of_person(session, kept.id)) == {kept.id, other.id}


def test_undoing_a_merge_restores_the_database_to_the_letter(session, court, two) -> None:
    """Rows, fields, ties set aside and what people are found by are again as they were."""
    kept, other = two
    third = add(session, court, "Third")
    full_life(session, court, kept, third)
    full_life(session, court, other, third)
    tie(session, court, kept, other)
    services.set_jury_list(session, person_id=other.id, on_list=True, actor=court.actor, now=NOW)
    services.set_fact(
        session,
        person_id=other.id,
        question=FactQuestion.PET,
        answer="Luna",
        actor=court.actor,
        now=NOW,
    )
    before = everything(session)
    done = merge(session, court, kept, other, given_names="other", grade="other")
    merged = everything(session)
    undo(session, court, done)
    assert merged != before
    assert everything(session) == before


def test_the_values_chosen_stay(session, court, two) -> None:
    """What only one has is taken over, what differs goes as chosen, and search follows."""
    kept, other = two
    plan = merge_plan(session, kept_id=kept.id, other_id=other.id)
    assert {d.field: d.conflict for d in plan.differences} == {
        "given_names": True,
        "birth_date": False,
        "grade": True,
        "phone": False,
    }
    merge(session, court, kept, other, grade="other", birth_date="kept")
    assert (kept.given_names, kept.grade, kept.phone) == ("Ana", "10", "2025550100")
    assert kept.birth_date is None
    assert persons_by_phone(session, "2025550100") == (kept.id,)
    assert [line.id for line in find_people(session, text="anna").lines] == [kept.id]
    assert [line.id for line in find_people(session, text=other.number).lines] == [kept.id]


def test_ties_that_would_be_doubled_are_set_aside(session, court, two) -> None:
    """Nobody knows themselves, and nobody is noted twice."""
    kept, other = two
    third = add(session, court, "Third")
    for pair in ((kept, other), (kept, third), (third, other)):
        tie(session, court, *pair)
    plan = merge_plan(session, kept_id=kept.id, other_id=other.id)
    assert rows_of(plan, "set_aside") == {"acquaintances": 1}
    assert rows_of(plan, "moved") == {"acquaintances": 1}
    merge(session, court, kept, other)
    ties = session.scalars(sa.select(Acquaintance)).all()
    assert {frozenset((row.person_id, row.other_id)) for row in ties} == {
        frozenset((kept.id, third.id))
    }


def test_old_draw_numbers_stay_with_the_entry_they_were_given_to(session, court, two) -> None:
    """A number in a stored draw goes on meaning the same entry."""
    kept, other = two
    session.add_all(
        [DrawNumber(person_id=kept.id, number=1), DrawNumber(person_id=other.id, number=2)]
    )
    session.flush()
    assert rows_of(merge_plan(session, kept_id=kept.id, other_id=other.id), "stays") == {
        "draw_numbers": 1
    }
    merge(session, court, kept, other)
    numbers = {row.number: row.person_id for row in session.scalars(sa.select(DrawNumber))}
    assert numbers == {1: kept.id, 2: other.id}


def test_two_who_were_at_the_same_session_are_two_people(session, court, two) -> None:
    """A collision that speaks against the merge refuses it and changes nothing."""
    kept, other = two
    sitting = sitting_of(session)
    for person in two:
        session.add(Attendance(session_id=sitting.session_id, person_id=person.id))
    session.flush()
    assert rows_of(merge_plan(session, kept_id=kept.id, other_id=other.id), "blocked") == {
        "attendances": 1
    }
    before = everything(session)
    with pytest.raises(CourtRuleBroken, match="merge_blocked"):
        merge(session, court, kept, other)
    assert everything(session) == before


def test_only_live_seats_collide(session, court, two) -> None:
    """A seat that was released does not stand in the way of one that is held."""
    kept, other = two
    sitting = sitting_of(session)
    session.add_all([seat(sitting, kept, 1), seat(sitting, other, 2, SeatState.RELEASED)])
    session.flush()
    plan = merge_plan(session, kept_id=kept.id, other_id=other.id)
    assert (plan.blocked, rows_of(plan, "moved")) == ((), {"seats": 1})
    session.add(seat(sitting, other, 3))
    session.flush()
    plan = merge_plan(session, kept_id=kept.id, other_id=other.id)
    assert rows_of(plan, "blocked") == {"seats": 1}


def test_two_accounts_are_joined_by_whoever_keeps_them(session, court, two) -> None:
    """Without a feature that can join them the merge is refused; with one, undone by it too."""
    kept, other = two
    for person in two:
        session.add(Account(kind=AccountKind.PERSON, person_id=person.id, opened_at=NOW))
    session.flush()
    known = _followers.pop("credit_accounts", None)
    blocked = rows_of(merge_plan(session, kept_id=kept.id, other_id=other.id), "blocked")
    parted: list[dict[str, str]] = []
    add_follower(
        Follower(
            table="credit_accounts",
            join=lambda _session, kept_id, _other, _actor, _now: {"kept": str(kept_id)},
            part=lambda _session, note, _actor, _now: parted.append(note),
        )
    )
    try:
        done = merge(session, court, kept, other)
        undo(session, court, done)
    finally:
        _followers.pop("credit_accounts")
        if known is not None:
            add_follower(known)
    assert blocked == {"credit_accounts": 1}
    assert parted == [{"kept": str(kept.id)}]


def test_what_was_changed_since_stays(session, court, two) -> None:
    """Undoing gives back what the merge took, not what somebody wrote afterwards."""
    kept, other = two
    done = merge(session, court, kept, other, grade="other")
    services.change_person(
        session,
        person_id=kept.id,
        version=kept.version_id,
        entry=services.PersonEntry(
            given_names="Anita", family_name="Ruiz", phone=kept.phone, grade=kept.grade
        ),
        actor=court.actor,
        now=NOW,
    )
    undo(session, court, done)
    assert (kept.given_names, kept.grade, kept.phone) == ("Anita", "9", None)
    assert (other.given_names, other.grade, other.phone) == ("Anna", "10", "2025550100")
    with pytest.raises(NotFound):
        undo(session, court, done)


def test_merges_are_undone_from_the_last_to_the_first(session, court, two) -> None:
    """Whoever was merged on into a third comes out of that one first."""
    kept, other = two
    third = add(session, court, "Third")
    tie(session, court, other, add(session, court, "Friend"))
    before = everything(session)
    first = merge(session, court, kept, other)
    second = merge(session, court, third, kept)
    assert present_person_id(session, other.id) == third.id
    with pytest.raises(CourtRuleBroken, match="merge_undo_later_first"):
        undo(session, court, first)
    undo(session, court, second)
    undo(session, court, first)
    assert everything(session) == before


def test_a_plan_that_is_out_of_date_is_not_carried_out(session, court, two) -> None:
    """What somebody confirmed is what happens, or nothing."""
    kept, other = two
    seen = merge_plan(session, kept_id=kept.id, other_id=other.id).seen
    tie(session, court, other, add(session, court, "Friend"))
    with pytest.raises(Stale):
        merge_persons(
            session,
            kept_id=kept.id,
            other_id=other.id,
            take={},
            seen=seen,
            actor=court.actor,
            now=NOW,
        )
    with pytest.raises(CourtRuleBroken, match="same_person_twice"):
        merge_plan(session, kept_id=kept.id, other_id=kept.id)


def test_the_merged_entry_lets_nobody_in(session, court, two) -> None:
    """Slips of the entry that goes end, and it is found neither by phone nor to sit."""
    kept, other = two
    services.set_fact(
        session,
        person_id=other.id,
        question=FactQuestion.PET,
        answer="Luna",
        actor=court.actor,
        now=NOW,
    )
    services.set_jury_list(session, person_id=other.id, on_list=True, actor=court.actor, now=NOW)
    links.issue_slip(
        session,
        person_id=other.id,
        valid_until=NOW + timedelta(days=1),
        actor=court.actor,
        now=NOW,
    )
    merge(session, court, kept, other, phone="kept", jury_list="kept")
    assert session.scalars(sa.select(OneTimeLink.ended_at)).all() == [NOW]
    assert persons_by_phone(session, "2025550100") == ()
    on_list = session.scalars(sa.select(Person.id).where(Person.on_jury_list.is_(True))).all()
    assert on_list == []


def test_what_a_merge_remembers_of_a_person_is_not_readable(session, court, two) -> None:
    """The note for the undoing holds keys; former values are encrypted."""
    kept, other = two
    services.change_person(
        session,
        person_id=kept.id,
        version=kept.version_id,
        entry=services.PersonEntry(given_names="Ana", phone="2025550199"),
        actor=court.actor,
        now=NOW,
    )
    merge(session, court, kept, other, phone="other")
    stored = session.execute(sa.text("SELECT moved FROM person_merges")).scalar_one()
    assert "2025550199" not in stored
    assert "Ana" not in stored


def test_another_courts_people_cannot_be_merged(session, court, two) -> None:
    """A stranger's person is absent, on either side."""
    kept, other = (person.id for person in two)
    session.commit()
    elsewhere = add_court(session, slug="fl-charlotte", name="Oak")
    set_court(session, elsewhere.id)
    own = add(session, elsewhere, "Own")
    for pair in ((own.id, other), (kept, own.id), (kept, other)):
        with pytest.raises(NotFound):
            merge_plan(session, kept_id=pair[0], other_id=pair[1])


def test_service_learning_hours_go_on_being_collected(session, court, two) -> None:
    """The day of the other entry fills an empty one; where both have one, staff choose."""
    kept, other = two
    hand: dict[str, Any] = {"actor": court.actor, "now": NOW}
    services.set_service_learning(session, person_id=other.id, since=date(2025, 9, 1), **hand)
    done = merge(session, court, kept, other)
    assert kept.service_learning_since == date(2025, 9, 1)
    undo(session, court, done)
    assert kept.service_learning_since is None
    services.set_service_learning(session, person_id=kept.id, since=TODAY, **hand)
    plan = merge_plan(session, kept_id=kept.id, other_id=other.id)
    asked = {one.field for one in plan.differences if one.conflict}
    assert "service_learning_since" in asked
    merge(session, court, kept, other, service_learning_since="other")
    assert kept.service_learning_since == date(2025, 9, 1)
