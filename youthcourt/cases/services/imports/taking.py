"""Taking a file over: all of it or nothing, once."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from youthcourt.audit.domain import Actor
from youthcourt.audit.services import record_act
from youthcourt.cases.domain.choices import AgencyKind
from youthcourt.cases.domain.imports import Field, PlannedCase, RunState, Words
from youthcourt.cases.models import ImportedRow, ImportRun, Incident
from youthcourt.cases.queries.imports import known_row_keys, run_by_id
from youthcourt.cases.services.imports.later import Later, add_later
from youthcourt.cases.services.imports.on_record import agency_key, find_on_record, in_parts
from youthcourt.cases.services.imports.opening import add_beyond_referral
from youthcourt.cases.services.imports.planning import Progress, Prospect, Source, plan_run, told
from youthcourt.cases.services.imports.rows import (
    Batch,
    Numbers,
    add_case_rows,
    add_note_row,
    add_person_row,
    add_row_keys,
    charges_given,
    freshen_statistics,
    person_made_of,
)
from youthcourt.cases.services.imports.runs import (
    LOCK,
    check_waits,
    count_rows,
    subject_of_run,
    waiting_run,
)
from youthcourt.cases.services.imports.wording import (
    PLAIN,
    Wording,
    differing_words,
    note_text,
)
from youthcourt.cases.services.referrals import agency_named, class_of
from youthcourt.courts.queries import CourtPolicy, policy_on
from youthcourt.courts.services import next_number
from youthcourt.errors import CourtRuleBroken
from youthcourt.people.calendar import court_day
from youthcourt.people.models import Person
from youthcourt.people.queries.schools import school_name
from youthcourt.people.services.persons import school_named

_CASES_A_BATCH = 500
_FRESHEN_AFTER = (0, 7)
_KINDS = (
    (("police", "sheriff", "marshal", "constable", "patrol"), AgencyKind.POLICE),
    (("school", "academy", "college"), AgencyKind.SCHOOL),
    (("attorney", "prosecutor"), AgencyKind.PROSECUTOR),
    (("probation", "juvenile services"), AgencyKind.JUVENILE_SERVICES),
    (("court",), AgencyKind.COURT),
)


@dataclass(frozen=True, kw_only=True)
class Ready:
    """A file that was looked at whole and can be taken over if nothing changes meanwhile."""

    source: Source
    prospect: Prospect


def prepare_take_over(
    session: Session,
    *,
    run_id: uuid.UUID,
    folder: Path,
    today: date,
    seen: str | None = None,
    progress: Progress | None = None,
) -> Ready:
    """Return what taking over needs; reads only, so that no lock is held meanwhile.

    ``seen`` is the digest of what a person was shown.  Codes: ``import_changed`` where that is
    no longer so, ``import_does_nothing`` where nothing would be made, and those of a run that
    was decided on.
    """
    check_waits(run_by_id(session, run_id))
    source, _table, prospect = plan_run(
        session, run_id=run_id, folder=folder, today=today, progress=progress
    )
    if seen is not None and seen != prospect.digest:
        raise CourtRuleBroken("import_changed")
    if prospect.plan.does_nothing:
        raise CourtRuleBroken("import_does_nothing")
    return Ready(source=source, prospect=prospect)


def take_over(
    session: Session,
    *,
    ready: Ready,
    actor: Actor,
    now: datetime,
    wording: Wording = PLAIN,
    progress: Progress | None = None,
) -> ImportRun:
    """Make the cases of a file, all of them, or refuse and make none.

    Codes: ``import_taken_over_already``, ``import_discarded_already``, and ``import_changed``
    where something that the plan relied on was changed since.
    """
    run = waiting_run(session, ready.source.run_id)
    next_number(session, series=LOCK)
    _check_unchanged(session, run, ready)
    writer = _Writer(
        session=session,
        prospect=ready.prospect,
        run_id=run.id,
        actor=actor,
        now=now,
        wording=wording,
    )
    writer.write(progress)
    plan = ready.prospect.plan
    count_rows(run, plan)
    run.state, run.done_at = RunState.TAKEN_OVER, now
    session.flush()
    record_act(
        session,
        act="import_taken_over",
        subject=subject_of_run(run),
        actor=actor,
        now=now,
        cases=plan.case_count,
        read=plan.read,
        imported=plan.imported,
        merged=plan.merged,
        refused=plan.refused,
        blank=plan.blank,
    )
    return run


def _check_unchanged(session: Session, run: ImportRun, ready: Ready) -> None:
    """Refuse where the file, its mapping, or anything that is on record has changed since."""
    source, prospect = ready.source, ready.prospect
    if (run.mapping_id, run.file_digest) != (source.mapping_id, source.file_digest):
        raise CourtRuleBroken("import_changed")
    if known_row_keys(session, prospect.mapping.source) != prospect.known_keys:
        raise CourtRuleBroken("import_changed")
    if find_on_record(session, prospect.plan.cases) != prospect.on_record:
        raise CourtRuleBroken("import_changed")


@dataclass(kw_only=True)
class _Writer:
    """Writes one plan; remembers what it has made so far."""

    session: Session
    prospect: Prospect
    run_id: uuid.UUID
    actor: Actor
    now: datetime
    wording: Wording
    batch: Batch = field(init=False)
    case_ids: list[uuid.UUID] = field(init=False)
    persons: dict[str, tuple[uuid.UUID, Person]] = field(default_factory=dict)
    agencies: dict[str, uuid.UUID] = field(default_factory=dict)
    schools: dict[str, uuid.UUID] = field(default_factory=dict)
    incidents: dict[str, uuid.UUID] = field(default_factory=dict)
    policies: dict[date, CourtPolicy] = field(default_factory=dict)
    classes: dict[tuple[uuid.UUID, tuple[str, ...]], str | None] = field(default_factory=dict)
    later: list[Later] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Give each case its key, so that rows can point at cases that are not written yet."""
        self.batch = Batch(self.session.info["court_id"])
        cases, joins = self.prospect.plan.cases, self.prospect.joins
        self.case_ids = [uuid.uuid4() for _ in cases]
        for at, joined in sorted(joins.items()):
            self.case_ids[at] = self.case_ids[joined] if isinstance(joined, int) else joined

    def write(self, progress: Progress | None) -> None:
        """Write everything; the order of the numbers is that of the file."""
        plan = self.prospect.plan
        self._add_names()
        self._reserve_numbers()
        for at, planned in enumerate(told(plan.cases, progress)):
            if at in plan.joined:
                self._join(at, planned)
            else:
                self._add(at, planned)
            if at % _CASES_A_BATCH == _CASES_A_BATCH - 1:
                self.batch.write(self.session)
                if at // _CASES_A_BATCH in _FRESHEN_AFTER:
                    freshen_statistics(self.session)
        self._add_to_known()
        self.batch.write(self.session)
        self._add_beyond()
        for later in self.later:
            add_later(
                self.session,
                later,
                mapping=self.prospect.mapping,
                wording=self.wording,
                actor=self.actor,
                now=self.now,
            )

    # What cases point at -------------------------------------------------------------------

    def _add_names(self) -> None:
        """Add the agencies and schools that are new; there are few of them in any file."""
        cases = self.prospect.plan.new_cases
        for name in dict.fromkeys(case.agency for case in cases if case.agency):
            agency = agency_named(
                self.session, name=name, kind=_kind_of(name), actor=self.actor, now=self.now
            )
            self.agencies[agency_key(name)] = agency.id
        for name in dict.fromkeys(case.person.school for case in cases if case.person.school):
            self.schools[name] = school_named(self.session, name=name).id

    def _reserve_numbers(self) -> None:
        plan, on_record = self.prospect.plan, self.prospect.on_record
        self.this_year = court_day(self.session, self.now).year
        new = {c.person_key for c in plan.new_cases if on_record.person_of(c) is None}
        self.person_numbers = Numbers(
            self.session, series="person", years=[self.this_year] * len(new)
        )
        self.case_numbers = Numbers(
            self.session, series="case", years=[c.referred_on.year for c in plan.new_cases]
        )

    def _person(self, planned: PlannedCase) -> tuple[uuid.UUID, Words]:
        """Return the person of a case, made where new, and what the file says of them besides."""
        known_id = self.prospect.on_record.person_of(planned)
        if known_id is not None and planned.person_key not in self.persons:
            stored = self.session.get_one(Person, known_id)
            self.persons[planned.person_key] = (known_id, stored)
        made = self.persons.get(planned.person_key)
        school = planned.person.school
        row = person_made_of(planned.person, school_id=self.schools.get(school), now=self.now)
        if made is not None:
            person_id, known = made
            known_school = school_name(self.session, known.school_id) if school else None
            return person_id, differing_words(row, known, school, known_school)
        row.number = self.person_numbers.take(self.this_year)
        person_id = add_person_row(self.batch, row)
        if planned.person.identified:
            self.persons[planned.person_key] = (person_id, row)
        return person_id, ()

    def _incident(self, planned: PlannedCase) -> uuid.UUID | None:
        """Return the incident of a case, made where new; companions share it."""
        if planned.incident_key is None:
            return None
        known = self.prospect.on_record.incident_of(planned)
        if known is not None:
            if known.happened_on is None and planned.incident_on is not None:
                self.session.get_one(Incident, known.id).happened_on = planned.incident_on
            return known.id
        if planned.incident_key not in self.incidents:
            self.incidents[planned.incident_key] = self.batch.add(
                Incident,
                agency_id=self._agency(planned),
                reference=planned.incident_number,
                happened_on=planned.incident_on,
            )
        return self.incidents[planned.incident_key]

    def _agency(self, planned: PlannedCase) -> uuid.UUID | None:
        return self.agencies[agency_key(planned.agency)] if planned.agency else None

    def _policy(self, day: date) -> CourtPolicy:
        if day not in self.policies:
            self.policies[day] = policy_on(self.session, day=day)
        return self.policies[day]

    def _class(self, stored: CourtPolicy, planned: PlannedCase) -> str | None:
        key = (stored.id, tuple(charge.text for charge in planned.charges))
        if key not in self.classes:
            charges = charges_given(planned.charges)
            self.classes[key] = class_of(stored.policy, charges, chosen=None)
        return self.classes[key]

    # Cases ---------------------------------------------------------------------------------

    def _add(self, at: int, planned: PlannedCase) -> None:
        case_id = self.case_ids[at]
        person_id, differing = self._person(planned)
        stored = self._policy(planned.referred_on)
        add_case_rows(
            self.batch,
            planned,
            case_id=case_id,
            run_id=self.run_id,
            person_id=person_id,
            number=self.case_numbers.take(planned.referred_on.year),
            incident_id=self._incident(planned),
            agency_id=self._agency(planned),
            policy_id=stored.id,
            offence_class=self._class(stored, planned),
            actor=self.actor,
            now=self.now,
        )
        self._note(case_id, (*differing, *planned.words), planned.rows)
        self._keys(planned.keys, case_id)

    def _add_beyond(self) -> None:
        """Add the adults, and what was done before in cases that are open already."""
        plan = self.prospect.plan
        for at, planned in enumerate(plan.cases):
            if at not in plan.joined and (planned.adult or planned.opening):
                add_beyond_referral(
                    self.session,
                    planned,
                    case_id=self.case_ids[at],
                    actor=self.actor,
                    now=self.now,
                )

    def _note(self, case_id: uuid.UUID, words: Words, rows: Sequence[int]) -> None:
        text = note_text(words, rows, mapping=self.prospect.mapping, wording=self.wording)
        if text is not None:
            add_note_row(self.batch, case_id=case_id, text=text, actor=self.actor, now=self.now)

    def _keys(self, keys: Sequence[str], case_id: uuid.UUID | None) -> None:
        source = self.prospect.mapping.source
        add_row_keys(self.batch, keys=keys, run_id=self.run_id, case_id=case_id, source=source)

    def _join(self, at: int, planned: PlannedCase) -> None:
        """Let a planned case be part of the case its youth has for this incident already."""
        _person_id, differing = self._person(planned)
        self._keys(planned.keys, self.case_ids[at])
        self.later.append(
            Later(
                case_id=self.case_ids[at],
                rows=planned.rows,
                charges=planned.charges,
                words=(*differing, *_facts_of(planned), *planned.words, *planned.opening_words),
            )
        )

    def _add_to_known(self) -> None:
        """Add rows to the cases of earlier imports; a case that is gone stays gone."""
        additions = self.prospect.plan.additions
        of_key: dict[str, uuid.UUID | None] = {}
        for part in in_parts(dict.fromkeys(addition.case_key for addition in additions)):
            query = select(ImportedRow.row_key, ImportedRow.case_id).where(
                ImportedRow.mapping_name == self.prospect.mapping.source,
                ImportedRow.row_key.in_(part),
            )
            of_key |= {row.row_key: row.case_id for row in self.session.execute(query)}
        for addition in additions:
            case_id = of_key[addition.case_key]
            self._keys(addition.keys, case_id)
            if case_id is not None:
                charges = () if addition.charge is None else (addition.charge,)
                self.later.append(
                    Later(
                        case_id=case_id,
                        rows=(addition.row,),
                        charges=charges,
                        words=addition.words,
                    )
                )


def _facts_of(planned: PlannedCase) -> Words:
    """Return what a row says of a case that is on record, where the record is left as it is."""
    said = (
        (Field.REFERENCE, planned.reference),
        (Field.INCIDENT_ON, planned.incident_on or ""),
        (Field.REFERRED_ON, "" if planned.referred_on_assumed else planned.referred_on),
        (Field.OFFICER, planned.officer),
        (Field.NARRATIVE, planned.narrative),
    )
    return tuple((name, str(value)) for name, value in said if value)


def _kind_of(agency: str) -> AgencyKind:
    """Return what kind of body a name speaks of, for an agency that is new."""
    folded = agency.casefold()
    return next(
        (kind for words, kind in _KINDS if any(word in folded for word in words)), AgencyKind.OTHER
    )
