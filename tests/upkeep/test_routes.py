"""The pages of upkeep: what an administrator reads there, from rows that are there."""

from __future__ import annotations

import sqlalchemy as sa
import time_machine

from tests.fixtures.app import NOW, add_court, sign_in_as
from youthcourt.accounts.domain import Role
from youthcourt.courts.models import Court
from youthcourt.db import set_court
from youthcourt.people.services import add_person
from youthcourt.upkeep.domain import MarkKind
from youthcourt.upkeep.queries.keeping import kept_records
from youthcourt.upkeep.services import note_upkeep


def test_the_page_of_health_tells_what_was_read(app, session, court) -> None:
    """The engine, the last backup, and jobs that have never run."""
    note_upkeep(session, kind=MarkKind.BACKUP, went_well=True, now=NOW, size=9, missing=0)
    session.commit()
    with time_machine.travel(NOW, tick=False):
        page = sign_in_as(app, court, Role.ADMINISTRATOR).get("/upkeep/").text
    assert "Is everything well?" in page
    on_server = session.get_bind().dialect.name == "postgresql"
    engine = "PostgreSQL" if on_server else "SQLite"
    assert f"{engine} " in page
    assert "The last one was made and read back on 4 Mar 2026, 10:00 am." in page
    assert "They have never run" in page
    # The clock of this test was stopped, that of the server was not, and that is noticed.
    clocks = " here and " if on_server else " in America/New_York."
    assert f"It is 4 Mar 2026, 10:00 am{clocks}" in page
    assert page.index("They have never run") < page.index("The last one was made")


def test_only_an_administrator_sees_it(app, court) -> None:
    """It tells of the whole machine."""
    for role in (Role.COORDINATOR, Role.CLERK, Role.EVALUATOR):
        for path in ("/upkeep/", "/upkeep/records"):
            assert sign_in_as(app, court, role).get(path).status_code == 403


def test_records_are_counted_for_the_own_court_alone(app, session, court) -> None:
    """Another court on the same machine is not counted, and removed files are not kept."""
    other = add_court(session, slug="tx-midland", name="Oak")
    for place, names in ((court, ("Ada", "Bo")), (other, ("Cy",))):
        set_court(session, place.id)
        for name in names:
            add_person(session, given_names=name, family_name="Lee", actor=place.actor, now=NOW)
    session.commit()
    counts = {
        place.slug: {k.kind.value: k.count for k in kept_records(session, court_id=place.id)}
        for place in (court, other)
    }
    assert counts[court.slug]["people"] == 2
    assert counts[other.slug]["people"] == 1
    assert counts[court.slug]["cases"] == 0
    session.rollback()
    page = sign_in_as(app, court, Role.ADMINISTRATOR).get("/upkeep/records").text
    assert "4 Mar 2026" in page
    assert "say nothing about how long records are kept" in page
    told = sign_in_as(app, other, Role.ADMINISTRATOR).get("/upkeep/records").text
    assert "After completion the ticket comes off the record" in told


def test_every_kind_is_counted_as_the_table_has_it(session, court) -> None:
    """The sums are those of the tables, for a court that has nothing but its rules."""
    kept = {line.kind.value: line for line in kept_records(session, court_id=court.id)}
    assert kept["journal"].count == session.scalar(sa.text("SELECT count(*) FROM audit_entries"))
    assert kept["cases"].oldest is None
    assert session.get_one(Court, court.id).created_at == NOW
