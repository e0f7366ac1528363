"""Who and what of a planned import is on record already."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from youthcourt.cases.domain.imports import PlannedCase, PlannedPerson
from youthcourt.cases.models import Agency, Case, Incident
from youthcourt.db import lookup_key
from youthcourt.people.domain import search_key
from youthcourt.people.models import Person
from youthcourt.people.queries.persons import present_person_id

Value = TypeVar("Value")
IN_ONE_QUERY = 500


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownIncident:
    """An incident that is on record, with the agency whose number it bears."""

    id: uuid.UUID
    agency_id: uuid.UUID | None
    happened_on: date | None


@dataclass(frozen=True, kw_only=True)
class OnRecord:
    """What is known of a plan: persons by person key, agencies and incidents by name and number.

    ``cases`` are the cases on record by (incident, person).
    """

    persons: Mapping[str, uuid.UUID]
    agencies: Mapping[str, uuid.UUID]
    incidents: Mapping[str, tuple[KnownIncident, ...]]
    cases: Mapping[tuple[uuid.UUID, uuid.UUID], uuid.UUID]

    def person_of(self, planned: PlannedCase) -> uuid.UUID | None:
        """Return the person on record with this name and birth date."""
        return self.persons.get(planned.person_key)

    def incident_of(self, planned: PlannedCase) -> KnownIncident | None:
        """Return the incident of this number: of the same agency, or of none."""
        agency_id = self.agencies.get(agency_key(planned.agency)) if planned.agency else None
        known = self.incidents.get(planned.incident_number, ())
        return next((one for one in known if one.agency_id in {agency_id, None}), None)

    def case_of(self, planned: PlannedCase) -> uuid.UUID | None:
        """Return the case this person has for this incident."""
        person_id, incident = self.person_of(planned), self.incident_of(planned)
        if person_id is None or incident is None:
            return None
        return self.cases.get((incident.id, person_id))


def agency_key(name: str) -> str:
    """Return the name of an agency as ``agency_named`` compares it."""
    return " ".join(name.split()).lower()


def find_on_record(session: Session, cases: Sequence[PlannedCase]) -> OnRecord:
    """Return what is on record of these planned cases, with few queries for many cases."""
    agencies = _agencies(session, cases)
    incidents = _incidents(session, cases)
    persons = _persons(session, cases)
    return OnRecord(
        persons=persons,
        agencies=agencies,
        incidents=incidents,
        cases=_cases(session, incidents, set(persons.values())),
    )


def in_parts(values: Iterable[Value]) -> Iterator[list[Value]]:
    """Yield the values in lists short enough for one query."""
    whole = list(values)
    for start in range(0, len(whole), IN_ONE_QUERY):
        yield whole[start : start + IN_ONE_QUERY]


def _agencies(session: Session, cases: Sequence[PlannedCase]) -> dict[str, uuid.UUID]:
    wanted = sorted({agency_key(case.agency) for case in cases if case.agency})
    found: dict[str, uuid.UUID] = {}
    for part in in_parts(wanted):
        query = select(Agency.id, Agency.name).where(func.lower(Agency.name).in_(part))
        found |= {agency_key(row.name): row.id for row in session.execute(query)}
    return found


def _incidents(
    session: Session, cases: Sequence[PlannedCase]
) -> dict[str, tuple[KnownIncident, ...]]:
    wanted = dict.fromkeys(case.incident_number for case in cases if case.incident_number)
    found: dict[str, tuple[KnownIncident, ...]] = {}
    for part in in_parts(wanted):
        query = (
            select(Incident.id, Incident.reference, Incident.agency_id, Incident.happened_on)
            .where(Incident.reference.in_(part))
            .order_by(Incident.agency_id.is_(None), Incident.id)
        )
        for row in session.execute(query):
            known = KnownIncident(id=row.id, agency_id=row.agency_id, happened_on=row.happened_on)
            found[row.reference] = (*found.get(row.reference, ()), known)
    return found


def _persons(session: Session, cases: Sequence[PlannedCase]) -> dict[str, uuid.UUID]:
    """Return the persons with the same name, in any order of its words, and birth date."""
    named = {case.person_key: case.person for case in cases if _can_be_known(case.person)}
    keys: dict[str, list[str]] = {}
    for person_key, person in named.items():
        keys.setdefault(_birth_key(person), []).append(person_key)
    found: dict[str, Person] = {}
    for part in in_parts(keys):
        query = select(Person).where(Person.birth_key.in_(part)).order_by(Person.number)
        for stored in session.scalars(query):
            stored_name = search_key(stored.given_names or "", stored.family_name or "")
            for person_key in keys[str(stored.birth_key)]:
                if stored_name == _name_key(named[person_key]):
                    known = found.get(person_key)
                    # Somebody who was merged into another counts only where nobody else does.
                    if known is None or (known.merged_into_id and not stored.merged_into_id):
                        found[person_key] = stored
    return {
        key: present_person_id(session, person.id) if person.merged_into_id else person.id
        for key, person in found.items()
    }


def _can_be_known(person: PlannedPerson) -> bool:
    return person.identified and person.birth_date is not None and bool(_name_key(person))


def _name_key(person: PlannedPerson) -> str:
    return search_key(person.given_names, person.family_name)


def _birth_key(person: PlannedPerson) -> str:
    return lookup_key("" if person.birth_date is None else person.birth_date.isoformat())


def _cases(
    session: Session, incidents: Mapping[str, tuple[KnownIncident, ...]], persons: set[uuid.UUID]
) -> dict[tuple[uuid.UUID, uuid.UUID], uuid.UUID]:
    if not persons:
        return {}
    found: dict[tuple[uuid.UUID, uuid.UUID], uuid.UUID] = {}
    for part in in_parts(one.id for known in incidents.values() for one in known):
        query = (
            select(Case.id, Case.incident_id, Case.person_id)
            .where(Case.incident_id.in_(part))
            .order_by(Case.number.desc())
        )
        found |= {
            (row.incident_id, row.person_id): row.id
            for row in session.execute(query)
            if row.incident_id is not None and row.person_id in persons
        }
    return found
