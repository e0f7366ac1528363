"""What entering and changing people promises."""

from __future__ import annotations

import uuid
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.fixtures.app import NOW, TODAY, SmallCourt, add_court
from youthcourt.accounts.domain import FactQuestion, folded_answer
from youthcourt.accounts.services import password_fits
from youthcourt.audit.models import AuditEntry, FieldChange
from youthcourt.cases.domain import Language, Sex
from youthcourt.courts.domain import ConsentKind
from youthcourt.db import set_court
from youthcourt.errors import CourtRuleBroken, NotFound, Stale
from youthcourt.people import services
from youthcourt.people.domain.kinds import (
    AuthorityProof,
    AwayReason,
    PersonSex,
    Relation,
    SaidBy,
    SpokenLanguage,
    Telling,
    Tie,
)
from youthcourt.people.models import Consent, Person, School, Training
from youthcourt.people.queries import adults_of, adults_to_tell
from youthcourt.people.services import AdultEntry, PersonEntry


def add(session: Session, court: SmallCourt, **given) -> Person:
    """Add a person with a name and whatever else is given."""
    values = {"given_names": "José", "family_name": "Núñez", **given}
    return services.add_person(session, **values, actor=court.actor, now=NOW)


def entry_of(person: Person) -> PersonEntry:
    """What is stored of a person, as it would be saved again."""
    return PersonEntry(**{f.name: getattr(person, f.name) for f in fields(PersonEntry)})


def change(session: Session, court: SmallCourt, person: Person, **new) -> Person:
    """Save a person with some fields changed."""
    return services.change_person(
        session,
        person_id=person.id,
        version=new.pop("version", person.version_id),
        entry=replace(entry_of(person), **new),
        actor=court.actor,
        now=new.pop("now", NOW),
    )


def refused(code: str, field: str | None = None):
    """Expect a refusal with this code and field."""

    class _Refused:
        def __enter__(self):
            return None

        def __exit__(self, _kind, error, _trace) -> bool:
            assert isinstance(error, CourtRuleBroken), f"nothing refused, expected {code}"
            assert (error.code, error.field) == (code, field)
            return True

    return _Refused()


def test_people_get_readable_numbers_in_order(session, court) -> None:
    """The number names the year, then counts."""
    assert [add(session, court).number for _ in range(2)] == ["2026-0001", "2026-0002"]


def test_contacts_and_birth_dates_are_not_readable_in_the_database(session, court) -> None:
    """A stolen database shows neither birth date nor phone, mail or address."""
    add(
        session,
        court,
        birth_date=date(2011, 5, 17),
        phone="(202) 555-0142",
        email="pepe@example.org",
        address="12 Elm Street",
    )
    row = session.execute(sa.text("SELECT * FROM persons")).one()
    stored = " ".join(str(value) for value in row)
    for secret in ("2011-05-17", "555-0142", "pepe@example.org", "Elm Street"):
        assert secret not in stored


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ({"given_names": "x" * 201}, "name_too_long", "given_names"),
        ({"family_name": "x" * 10_000}, "name_too_long", "family_name"),
        ({"given_names": "Jo\u202eesoJ"}, "name_has_control_characters", "given_names"),
        ({"birth_date": date(2026, 3, 5)}, "birth_date_in_future", "birth_date"),
        ({"birth_date": date(1986, 3, 4)}, "age_implausible", "birth_date"),
        ({"birth_date": date(2026, 3, 3)}, "age_implausible", "birth_date"),
        ({"stated_age": 40}, "age_implausible", "stated_age"),
        ({"stated_age": 14, "stated_age_on": date(2026, 3, 5)}, "day_in_future", "stated_age_on"),
        ({"phone": "12"}, "phone_unreadable", "phone"),
        ({"email": "pepe at home"}, "email_unreadable", "email"),
        ({"grade": "x" * 21}, "too_long", "grade"),
        ({"address": "x" * 301}, "too_long", "address"),
    ],
)
def test_what_cannot_be_right_is_refused_at_its_field(session, court, given, code, field) -> None:
    """Each refusal names the field it belongs to."""
    with refused(code, field):
        add(session, court, **given)


@pytest.mark.parametrize("name", ["x" * 200, "🙂", "=cmd()|' /C calc'!A0", "محمد", "O’Brien-Ñandú"])
def test_unusual_names_are_kept_to_the_letter(session, court, name) -> None:
    """What somebody is called is not ours to correct."""
    assert add(session, court, given_names=name).given_names == name


def test_old_records_may_hold_people_who_have_grown_up(session, court) -> None:
    """The age must fit the day the court came to know of the youth, not today."""
    person = add(session, court, birth_date=date(1998, 1, 1), known_on=date(2013, 6, 1))
    assert change(session, court, person, phone="2025550100").phone == "2025550100"
    assert change(session, court, person, birth_date=date(1998, 2, 1)).birth_date
    with refused("birth_date_in_future", "birth_date"):
        change(session, court, person, birth_date=date(2030, 1, 1))


def test_an_age_is_stated_today_unless_said_otherwise(session, court) -> None:
    """The day counts in the court's own zone."""
    late = datetime(2026, 3, 5, 1, 0, tzinfo=UTC)  # still 4 March in New York
    person = services.add_person(
        session, given_names=None, family_name=None, stated_age=14, actor=court.actor, now=late
    )
    assert person.stated_age_on == TODAY


def test_a_change_keeps_the_former_value_and_says_who(session, court) -> None:
    """Old and new value are kept apart from the journal, which holds no values."""
    person = add(session, court, phone="2025550100")
    change(session, court, person, phone="2025550111", family_name="Peña")
    kept = {row.field: (row.old, row.new) for row in session.scalars(sa.select(FieldChange))}
    assert kept == {"phone": ("2025550100", "2025550111"), "family_name": ("Núñez", "Peña")}
    acts = session.scalars(sa.select(AuditEntry).where(AuditEntry.subject == "person")).all()
    assert {act.act for act in acts} == {"person_added", "person_changed"}
    assert all("2025550" not in str(act.params) for act in acts)


def test_the_second_of_two_savers_is_told(session, court) -> None:
    """Nobody overwrites what they have not seen."""
    person = add(session, court)
    seen = person.version_id
    change(session, court, person, grade="9")
    with pytest.raises(Stale):
        change(session, court, person, grade="10", version=seen)


def test_a_school_is_one_school_however_it_is_typed(session, court) -> None:
    """Case, accents and blanks do not make a second school."""
    first = services.school_named(session, name="École  Élémentaire")
    assert services.school_named(session, name="ecole elementaire").id == first.id
    assert session.scalar(sa.select(sa.func.count(School.id))) == 1
    with refused("required", "school"):
        services.school_named(session, name=" ")


def test_another_courts_person_is_absent(session, court) -> None:
    """No service finds, changes or ties a person of another court."""
    person = add(session, court)
    entry, version = entry_of(person), person.version_id
    session.commit()
    other = add_court(session, slug="fl-charlotte", name="Oak")
    set_court(session, other.id)
    with pytest.raises(NotFound):
        services.change_person(
            session,
            person_id=person.id,
            version=version,
            entry=entry,
            actor=other.actor,
            now=NOW,
        )
    with pytest.raises(NotFound):
        services.set_jury_list(
            session, person_id=person.id, on_list=True, actor=other.actor, now=NOW
        )
    with pytest.raises(NotFound):
        add(session, other, school_id=uuid.uuid4())


def adult(session: Session, court: SmallCourt, person: Person, **given):
    """Add an adult."""
    values = {"name": "María Peña", "relation": Relation.MOTHER, **given}
    return services.add_adult(
        session, person_id=person.id, entry=AdultEntry(**values), actor=court.actor, now=NOW
    )


def test_authority_needs_its_proof(session, court) -> None:
    """Who may decide is never only ticked, and never somebody who may not be told."""
    person = add(session, court)
    with refused("authority_proof_needed", "authority_proof"):
        adult(session, court, person, may_consent=True)
    proof = AuthorityProof.COURT_ORDER
    with refused("never_told_cannot_consent", "may_consent"):
        adult(session, court, person, may_consent=True, authority_proof=proof, never_disclose=True)


def test_nothing_reaches_an_adult_who_must_never_be_told(session, court) -> None:
    """Of what is sent or printed, marked and ended adults are no part, whatever is ticked."""
    person = add(session, court)
    mother = adult(session, court, person, told_outcome=False)
    adult(session, court, person, name="Luis", relation=Relation.FATHER, never_disclose=True)
    gone = adult(session, court, person, name="Rosa", relation=Relation.GRANDPARENT)
    services.end_adult(session, person_id=person.id, adult_id=gone.id, actor=court.actor, now=NOW)
    assert len(adults_of(session, person.id)) == 3
    told = [line.id for line in adults_to_tell(session, person.id, about=Telling.SCHEDULE)]
    assert told == [mother.id]
    assert adults_to_tell(session, person.id, about=Telling.OUTCOME) == ()
    services.resume_adult(
        session, person_id=person.id, adult_id=gone.id, actor=court.actor, now=NOW
    )
    assert len(adults_to_tell(session, person.id, about=Telling.SCHEDULE)) == 2


def test_two_savers_of_an_adult(session, court) -> None:
    """The mark "never tell" is not lost to somebody who saved an older page."""
    person = add(session, court)
    row = adult(session, court, person)
    entry = AdultEntry(name="María Peña", relation=Relation.MOTHER)

    def save(version: int, **new):
        return services.change_adult(
            session,
            person_id=person.id,
            adult_id=row.id,
            version=version,
            entry=replace(entry, **new),
            actor=court.actor,
            now=NOW,
        )

    seen = row.version_id
    save(seen, never_disclose=True)
    with pytest.raises(Stale):
        save(seen, phone="2025550100")
    with pytest.raises(NotFound):
        services.end_adult(
            session,
            person_id=add(session, court).id,
            adult_id=row.id,
            actor=court.actor,
            now=NOW,
        )


def sign(session: Session, court: SmallCourt, person: Person, **given) -> Consent:
    """Record the promise of confidentiality, or what is given."""
    values = {
        "case_id": None,
        "kind": ConsentKind.CONFIDENTIALITY,
        "text_version": "2026-1",
        "language": "es",
        "interpreter": "Ana Ruiz",
        "adult_id": None,
        "signed_on": TODAY,
        **given,
    }
    return services.record_consent(
        session, person_id=person.id, **values, actor=court.actor, now=NOW
    )


def test_papers_have_their_signer_and_their_day(session, court) -> None:
    """A paper is signed by somebody who may, not in the future, and not for a stranger's case."""
    person = add(session, court)
    hidden = adult(session, court, person, name="Luis", never_disclose=True)
    with refused("day_in_future", "signed_on"):
        sign(session, court, person, signed_on=TODAY + timedelta(days=1))
    with refused("day_too_long_ago", "signed_on"):
        sign(session, court, person, signed_on=date(1900, 1, 1))
    with refused("never_told_cannot_sign", "adult_id"):
        sign(session, court, person, adult_id=hidden.id)
    with refused("consent_needs_case", "paper"):
        sign(session, court, person, kind=ConsentKind.RELEASE)
    with pytest.raises(NotFound):
        sign(session, court, person, kind=ConsentKind.RELEASE, case_id=uuid.uuid4())
    with pytest.raises(NotFound):
        sign(session, court, add(session, court), adult_id=hidden.id)
    assert sign(session, court, person, case_id=uuid.uuid4()).case_id is None


def test_a_paper_is_taken_back_once_and_not_before_it_was_signed(session, court) -> None:
    """The day of the withdrawal is kept; a second withdrawal changes nothing."""
    person = add(session, court)
    paper = sign(session, court, person)

    def withdraw(day: date) -> Consent:
        return services.withdraw_consent(
            session,
            person_id=person.id,
            consent_id=paper.id,
            withdrawn_on=day,
            actor=court.actor,
            now=NOW,
        )

    with refused("withdrawn_before_signed", "withdrawn_on"):
        withdraw(TODAY - timedelta(days=1))
    assert withdraw(TODAY).withdrawn_on == TODAY
    assert withdraw(TODAY - timedelta(days=5)).withdrawn_on == TODAY


def test_the_jury_list_knows_when_somebody_left_it(session, court) -> None:
    """Off the list since a day, on it again without one; nobody without a name is on it."""
    person = add(session, court)
    nobody = add(session, court, given_names=None, family_name=None)

    def put(who: Person, on_list: bool, **more) -> Person:
        return services.set_jury_list(
            session, person_id=who.id, on_list=on_list, actor=court.actor, now=NOW, **more
        )

    assert put(person, True, volunteer_since=TODAY).volunteer_since == TODAY
    assert put(person, False).left_jury_on == TODAY
    assert put(person, True).left_jury_on is None
    assert person.volunteer_since == TODAY
    with refused("jury_list_needs_name"):
        put(nobody, True)


def test_collecting_service_learning_hours_begins_on_a_day_and_ends(session, court) -> None:
    """Each change is in the journal, nothing else is; the jury list has no part in it."""
    person = add(session, court)

    def collect(since: date | None) -> date | None:
        return services.set_service_learning(
            session, person_id=person.id, since=since, actor=court.actor, now=NOW
        ).service_learning_since

    assert collect(None) is None
    assert collect(TODAY) == collect(TODAY) == TODAY
    assert collect(None) is None
    acts = session.scalars(
        sa.select(AuditEntry.act).where(AuditEntry.act.startswith("service_learning"))
    ).all()
    assert sorted(acts) == ["service_learning_ended", "service_learning_set"]


def test_a_day_of_a_training_or_of_volunteering_can_be_true(session, court) -> None:
    """Not of another century, and not of a small child."""
    person = add(session, court, birth_date=date(2010, 5, 4))
    hand = {"person_id": person.id, "actor": court.actor, "now": NOW}
    for day, code in (
        (date(1900, 1, 1), "day_too_long_ago"),
        (date(2015, 5, 3), "day_before_age"),
        (TODAY + timedelta(days=1), "day_in_future"),
    ):
        with refused(code, "finished_on"):
            services.add_training(session, topic="juror", finished_on=day, **hand)
        with refused(code, "volunteer_since"):
            services.set_jury_list(session, on_list=True, volunteer_since=day, **hand)
        with refused(code, "service_learning_since"):
            services.set_service_learning(session, since=day, **hand)
    with refused("day_too_long_ago", "stated_age_on"):
        add(session, court, stated_age=14, stated_age_on=date(1900, 1, 1))


def test_a_training_is_recorded_once_per_source(session, court) -> None:
    """The same session confirmed twice, or the same line typed twice, is one training."""
    person = add(session, court)

    def train(**more) -> Training:
        return services.add_training(
            session,
            person_id=person.id,
            topic="juror",
            finished_on=TODAY,
            actor=court.actor,
            now=NOW,
            **more,
        )

    from_session = train(source_key="session:1")
    assert train(source_key="session:1").id == from_session.id
    by_hand = train()
    assert train().id == by_hand.id != from_session.id

    def remove(training_id: uuid.UUID) -> None:
        services.remove_training(
            session, person_id=person.id, training_id=training_id, actor=court.actor, now=NOW
        )

    with refused("training_from_session"):
        remove(from_session.id)
    remove(by_hand.id)
    assert session.scalars(sa.select(Training.id)).all() == [from_session.id]


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [(5, 4, "ends_before_start"), (0, 366, "away_too_long"), (-9, -1, "day_in_past")],
)
def test_days_away_that_make_no_sense_are_refused(session, court, first, last, code) -> None:
    """The order, the length and the past are checked."""
    person = add(session, court)
    with refused(code, "ends_on"):
        services.add_days_away(
            session,
            person_id=person.id,
            starts_on=TODAY + timedelta(days=first),
            ends_on=TODAY + timedelta(days=last),
            reason=AwayReason.WORK,
            actor=court.actor,
            now=NOW,
        )


def test_a_tie_holds_both_ways_and_is_noted_once(session, court) -> None:
    """A knows B is the same as B knows A, and nobody knows themselves."""
    a, b = add(session, court), add(session, court)

    def tie(one: Person, two: Person) -> None:
        services.add_acquaintance(
            session,
            person_id=one.id,
            other_id=two.id,
            kind=Tie.FRIEND,
            said_by=SaidBy.PERSON,
            actor=court.actor,
            now=NOW,
        )

    tie(a, b)
    with refused("tie_already_noted"):
        tie(b, a)
    with refused("same_person_twice"):
        tie(a, a)


def test_only_a_hash_of_the_answer_is_kept(session, court) -> None:
    """The answer fits however it is spelt, and cannot be read."""
    person = add(session, court)

    def choose(answer: str) -> Person:
        return services.set_fact(
            session,
            person_id=person.id,
            question=FactQuestion.PET,
            answer=answer,
            actor=court.actor,
            now=NOW,
        )

    choose("  Lu-Na ")
    assert "luna" not in str(person.fact_hash).lower()
    assert password_fits(person.fact_hash, folded_answer("LUNA"))
    assert not password_fits(person.fact_hash, folded_answer("Lunas"))
    with refused("answer_unreadable", "answer"):
        choose("!?")
    with refused("too_long", "answer"):
        choose("x" * 61)


def test_the_lists_of_the_case_file_are_known_here() -> None:
    """Whatever the intake writes into a person has a name on the person's page."""
    assert {sex.value for sex in Sex} - {"not_asked"} == {sex.value for sex in PersonSex}
    languages = {language.value for language in SpokenLanguage}
    assert {language.value for language in Language} - {"not_asked"} == languages
