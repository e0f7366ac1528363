"""What finding people promises."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.fixtures.app import NOW, TODAY, SmallCourt, add_court
from youthcourt.db import set_court
from youthcourt.errors import NotFound
from youthcourt.people import services
from youthcourt.people.domain import Level, Likeness, PersonName, PersonTraits
from youthcourt.people.domain.kinds import AwayReason, SaidBy, Tie
from youthcourt.people.models import Person
from youthcourt.people.queries import (
    Only,
    duplicates_of,
    find_people,
    jury_list,
    known_persons,
    live_person,
    paper_texts,
    person_file,
    person_names,
    persons_by_phone,
    ties_between,
    unavailable_days,
)

BORN = date(2011, 5, 17)


def add(session: Session, court: SmallCourt, given=None, family=None, **more) -> Person:
    """Add a person."""
    return services.add_person(
        session, given_names=given, family_name=family, **more, actor=court.actor, now=NOW
    )


def found(session: Session, text: str, **more) -> list[str]:
    """The given names of those found, in order."""
    page = find_people(session, text=text, **more)
    return [line.name.given or line.name.called for line in page.lines]


@pytest.fixture
def some_people(session, court) -> None:
    """A few people with names that are hard to find."""
    add(session, court, "José Ángel", "Núñez de la Peña", preferred_name="Pepe")
    add(session, court, "Thị Hương", "Nguyễn")
    add(session, court, "Jean-Luc", "O’Brien")
    add(session, court, "محمد", "الأحمد")
    add(session, court, "100%", "Under_score")


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("nunez jose", ["José Ángel"]),
        ("PEÑA", ["José Ángel"]),
        ("pepe", ["José Ángel"]),
        ("ngel", ["José Ángel"]),
        ("huong nguy", ["Thị Hương"]),
        ("obrien", ["Jean-Luc"]),
        ("jeanluc", ["Jean-Luc"]),
        ("jean-luc o'brien", ["Jean-Luc"]),
        ("محمد", ["محمد"]),
        ("2026-0002", ["Thị Hương"]),
        ("0002", ["Thị Hương"]),
        ("P 2026-0002", ["Thị Hương"]),
        ("p\u00a02026-0002", ["Thị Hương"]),
        ("Case 2026-0002", []),
        ("%", []),
        ("_", []),
        ("🙂", []),
        ("100", ["100%"]),
        ("jose obrien", []),
    ],
)
def test_any_part_of_a_name_finds_the_person(session, some_people, typed, names) -> None:
    """Order, case and accents do not matter; signs of the database find nobody."""
    assert found(session, typed) == names


def test_the_list_is_in_the_order_of_family_names(session, court) -> None:
    """Accents and capitals do not put a name at the end; those without a name come last."""
    add(session, court)
    for family in ("zorn", "Ávila", "Baker", "ábalos"):
        add(session, court, "A", family)
    lines = find_people(session).lines
    assert [line.name.family for line in lines] == ["ábalos", "Ávila", "Baker", "zorn", ""]
    assert [line.number for line in find_people(session, only=Only.UNIDENTIFIED).lines] == [
        lines[-1].number
    ]


def test_pages_hold_everybody_once(session, court) -> None:
    """Fifty to a page, none twice and none left out."""
    for at in range(101):
        add(session, court, f"P{at}", "Same")
    pages = [find_people(session, page=number) for number in (1, 2, 3)]
    assert [(p.first, p.last, p.total, p.pages) for p in pages] == [
        (1, 50, 101, 3),
        (51, 100, 101, 3),
        (101, 101, 101, 3),
    ]
    assert len({line.id for page in pages for line in page.lines}) == 101
    assert find_people(session, page=9) == pages[-1]


def test_another_courts_people_are_not_found(session, court) -> None:
    """Neither by name, number, phone nor likeness."""
    person = add(session, court, "Ana", "Ruiz", phone="2025550100", birth_date=BORN)
    person_id = person.id
    session.commit()
    other = add_court(session, slug="fl-charlotte", name="Oak")
    set_court(session, other.id)
    traits = PersonTraits(given="Ana", family="Ruiz", birth_date=BORN, phones=("2025550100",))
    assert find_people(session, text="ana").total == 0
    assert persons_by_phone(session, "2025550100") == ()
    assert duplicates_of(session, traits=traits) == ()
    assert person_names(session, [person_id]) == {}
    with pytest.raises(NotFound):
        live_person(session, person_id)


@pytest.mark.parametrize(
    ("traits", "level", "reason"),
    [
        (PersonTraits(given="Jose", family="Nunez", birth_date=BORN), Level.LIKELY, "same_name"),
        (
            PersonTraits(given="Nunez", family="Jose", birth_date=BORN),
            Level.LIKELY,
            "name_order_swapped",
        ),
        (
            PersonTraits(given="José", family="Núñez", birth_date=date(2011, 5, 27)),
            Level.LIKELY,
            "birth_date_near",
        ),
        (
            PersonTraits(given="Josef", family="Núñez", phones=("+1 (202) 555-0142",)),
            Level.POSSIBLE,
            "same_phone",
        ),
        (PersonTraits(given="José", family="Núñez"), Level.POSSIBLE, "same_name"),
    ],
)
def test_somebody_alike_is_offered_with_the_reason(session, court, traits, level, reason) -> None:
    """A slip in the name or the date does not make a second person unnoticed."""
    add(session, court, "José", "Núñez", birth_date=BORN, phone="202 555 0142")
    add(session, court, "Ana", "Ruiz", birth_date=date(2011, 9, 9))
    (match,) = duplicates_of(session, traits=traits)
    assert match.person.name.given == "José"
    assert match.likelihood.level is level
    assert Likeness(reason) in match.likelihood.reasons


def test_nobody_is_like_nobody(session, court) -> None:
    """People without a name are not offered as each other."""
    add(session, court)
    assert duplicates_of(session, traits=PersonTraits()) == ()


def test_swapped_day_and_month_are_looked_for(session, court) -> None:
    """7 March for 3 July is the commonest slip between two ways of writing dates."""
    add(session, court, "José", "Núñez", birth_date=date(2011, 3, 7))
    traits = PersonTraits(given="José", family="Núñez", birth_date=date(2011, 7, 3))
    (match,) = duplicates_of(session, traits=traits)
    assert Likeness.DAY_AND_MONTH_SWAPPED in match.likelihood.reasons


def test_a_phone_number_is_found_however_it_is_spelt(session, court) -> None:
    """Country code, blanks and brackets do not matter; a few digits find nobody."""
    person = add(session, court, "Ana", phone="+1 202-555-0142")
    assert persons_by_phone(session, "(202) 555 0142") == (person.id,)
    assert persons_by_phone(session, "0142") == ()


def test_days_away_are_found_by_the_time_they_touch(session, court) -> None:
    """Both ends belong to them."""
    person = add(session, court, "Ana")
    services.add_days_away(
        session,
        person_id=person.id,
        starts_on=TODAY,
        ends_on=TODAY + timedelta(days=3),
        reason=AwayReason.TRAVEL,
        actor=court.actor,
        now=NOW,
    )
    last = TODAY + timedelta(days=3)
    assert person.id in unavailable_days(session, first=last, last=last)
    assert unavailable_days(session, first=last + timedelta(days=1)) == {}
    assert unavailable_days(session, last=TODAY - timedelta(days=1)) == {}
    (span,) = unavailable_days(session, person_ids=[person.id])[person.id]
    assert span.covers(last)
    assert not span.covers(last + timedelta(days=1))


def test_ties_are_read_from_both_sides(session, court) -> None:
    """Whoever of the two the tie was noted for, both know each other."""
    a, b = add(session, court, "Ana"), add(session, court, "Ben", "Cole")
    services.add_acquaintance(
        session,
        person_id=a.id,
        other_id=b.id,
        kind=Tie.HOUSEHOLD,
        said_by=SaidBy.FAMILY,
        actor=court.actor,
        now=NOW,
    )
    (known,) = known_persons(session, person_id=b.id)
    assert (known.other_id, known.name) == (a.id, PersonName(given="Ana"))
    assert ties_between(session, person_ids=[b.id]) == {b.id: {a.id: frozenset({"household"})}}


def test_a_persons_file_takes_the_same_number_of_queries_however_full_it_is(session, court) -> None:
    """Thirty entries cost no more statements than one."""
    person = add(session, court, "Ana", "Ruiz", birth_date=BORN)

    def count() -> int:
        seen: list[str] = []
        engine = session.get_bind()
        listen = lambda *args: seen.append(args[2])  # noqa: E731 -- the shape SQLAlchemy calls
        sa.event.listen(engine, "before_cursor_execute", listen)
        person_file(session, person_id=person.id, today=TODAY)
        sa.event.remove(engine, "before_cursor_execute", listen)
        return len(seen)

    def more(times: int) -> None:
        for at in range(times):
            other = add(session, court, f"P{at}", "Friend")
            services.add_acquaintance(
                session,
                person_id=person.id,
                other_id=other.id,
                kind=Tie.FRIEND,
                said_by=SaidBy.PERSON,
                actor=court.actor,
                now=NOW,
            )
            services.add_training(
                session,
                person_id=person.id,
                topic="juror",
                finished_on=TODAY - timedelta(days=at),
                source_key=f"s{times}:{at}",
                actor=court.actor,
                now=NOW,
            )

    more(1)
    few = count()
    assert few <= 8
    more(30)
    assert count() == few


def test_ages_are_computed_on_the_day_asked_for(session, court) -> None:
    """From the birth date, or as a range from what was stated."""
    add(session, court, "Ana", birth_date=date(2011, 3, 5))
    add(session, court, "Ben", stated_age=14, stated_age_on=date(2025, 9, 1))
    ana, ben = find_people(session).lines
    today = ana.age_on(TODAY)
    assert today is not None
    assert today.age == 14
    later = ben.age_on(TODAY)
    assert later is not None
    assert (later.youngest, later.oldest) == (14, 15)


def test_the_jury_list_and_the_texts_to_sign(session, court) -> None:
    """Who may be drawn, and which papers the court's policy names."""
    person = add(session, court, "Ana")
    assert jury_list(session) == ()
    services.set_jury_list(session, person_id=person.id, on_list=True, actor=court.actor, now=NOW)
    assert jury_list(session) == (person.id,)
    assert {text.key for text in paper_texts(session)} >= {"confidentiality|2026-1"}
