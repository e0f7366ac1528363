"""From rows to a plan: nothing twice, nothing lost, companions kept apart."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar, cast

from youthcourt.cases.domain.imports import fields
from youthcourt.cases.domain.imports.fields import CHARGE_FIELDS, ExactCopies, Field
from youthcourt.cases.domain.imports.mapping import Mapping
from youthcourt.cases.domain.imports.opening import (
    PlannedOpening,
    PolicyOn,
    adult_of,
    opening_words,
    read_opening,
)
from youthcourt.cases.domain.imports.plan import (
    ImportPlan,
    LeftOut,
    Merged,
    Outcome,
    PlannedAddition,
    PlannedCase,
    PlannedCharge,
    PlannedPerson,
    RowOutcome,
    Words,
)
from youthcourt.cases.domain.imports.reading import (
    Reason,
    Record,
    Row,
    RowReader,
    RowRefusedError,
)
from youthcourt.cases.domain.imports.words import person_of, words_of
from youthcourt.cases.domain.offence_guess import guess_offence
from youthcourt.cases.domain.offences import OFFENCES
from youthcourt.people.domain import fold, search_key

_MERGED = {why: (Reason(code=why.value),) for why in Merged}
Shared = TypeVar("Shared", PlannedCharge, PlannedPerson, Words)

_KEY_BYTES = 16
_SECRET_BYTES = 64

# Cells that may differ between rows of one youth and one incident and are worth a look.
_COMPARED = (
    Field.INCIDENT_ON,
    Field.INCIDENT_AT,
    Field.ARRESTED_ON,
    Field.ARRESTED_AT,
    Field.BIRTH_DATE,
    Field.AGE,
    Field.SEX,
    Field.RACE,
    Field.ETHNICITY,
    Field.GIVEN_NAMES,
    Field.FAMILY_NAME,
    Field.FULL_NAME,
    Field.RESIDENCE,
    *(field for field in Field if field in fields.OPENING_FIELDS),
)
_UNKNOWN_WORDS = frozenset({"value_not_known", "stage_not_known"})


def plan_import(
    rows: Iterable[Row],
    header: Sequence[str],
    mapping: Mapping,
    *,
    known_keys: Container[str],
    today: date,
    secret: bytes = b"",
    left_out: Iterable[LeftOut] = (),
    policy_on: PolicyOn | None = None,
) -> ImportPlan:
    """Return what importing these rows would do; nothing is stored and nothing is lost.

    ``left_out`` are the rows of the file that are no rows of the table; they are counted too.
    ``known_keys`` are the keys stored by earlier imports.  ``secret`` keys the digests, so that
    stored keys tell nothing about a youth once the file is gone.  ``policy_on`` gives the court's
    policy of a day; a file of cases that are open already needs it.  Raises ``CourtRuleBroken``
    (``import_columns_missing``, ``import_column_twice``) when the mapping does not fit the file.
    """
    reader = RowReader(header, mapping, today=today)
    planner = _Planner(reader=reader, known_keys=known_keys, secret=secret, policy_on=policy_on)
    return planner.plan(rows, left_out)


@dataclass(kw_only=True, slots=True)
class _Draft:
    """A case while its rows are being collected."""

    index: int
    keys: list[str]
    rows: list[int]
    record: Record
    opening: PlannedOpening | None = None
    charges: dict[str, PlannedCharge] = field(default_factory=dict)
    also: list[tuple[Field, str]] = field(default_factory=list)


@dataclass(kw_only=True)
class _Planner:
    reader: RowReader
    known_keys: Container[str]
    secret: bytes
    policy_on: PolicyOn | None = None
    cases: list[PlannedCase] = field(default_factory=list)
    drafts: list[_Draft] = field(default_factory=list)
    by_key: dict[str, _Draft] = field(default_factory=dict)
    contents: set[str] = field(default_factory=set)
    ordinals: Counter[str] = field(default_factory=Counter)
    additions: list[PlannedAddition] = field(default_factory=list)
    added_keys: set[str] = field(default_factory=set)
    shared: dict[object, object] = field(default_factory=dict)

    @property
    def mapping(self) -> Mapping:
        return self.reader.mapping

    def plan(self, rows: Iterable[Row], left_out: Iterable[LeftOut]) -> ImportPlan:
        read = [self._outcome(row) for row in rows]
        self._finish()
        aside = [
            RowOutcome(
                number=row.number,
                outcome=row.outcome,
                reasons=(Reason(code=row.code),) if row.code else (),
            )
            for row in left_out
        ]
        outcomes = tuple(sorted((*read, *aside), key=lambda row: row.number) if aside else read)
        unread: Counter[tuple[str, str]] = Counter()
        for outcome in outcomes:
            for note in (*outcome.notes, *outcome.reasons):
                if note.code in _UNKNOWN_WORDS:
                    unread[str(note.params["field"]), str(note.params["value"])] += 1
        return ImportPlan(
            rows=outcomes,
            cases=tuple(self.cases),
            additions=tuple(self.additions),
            values_not_known=dict(unread),
        )

    def _outcome(self, row: Row) -> RowOutcome:
        if self.reader.is_blank(row):
            return RowOutcome(number=row.number, outcome=Outcome.BLANK)
        try:
            record = self.reader.read(row)
            self._opening(record)
        except RowRefusedError as refused:
            return RowOutcome(number=row.number, outcome=Outcome.REFUSED, reasons=refused.reasons)
        content = self._digest("row", self.reader.content(row))
        if self.mapping.merge or self.mapping.identity:
            return self._keyed(record, content)
        return self._by_content(record, content)

    # Rows that are facts of their own ------------------------------------------------------

    def _by_content(self, record: Record, content: str) -> RowOutcome:
        """Plan a row that is known by its content; one with a count makes so many cases."""
        separate = self.mapping.exact_copies is ExactCopies.SEPARATE
        first = 1
        if separate:
            first += self.ordinals[content]
            self.ordinals[content] += record.count
        keys = [f"{content}#{first + n}" for n in range(record.count)]
        copied = self.by_key.get(keys[0])
        if copied is not None:
            copied.rows.append(record.number)
            return self._merged(record, Merged.EXACT_COPY, copied)
        new = [key for key in keys if key not in self.known_keys]
        if not new:
            return self._merged(record, Merged.ALREADY_IMPORTED, None)
        index = len(self.drafts) + len(self.cases)
        for key in new:
            # Each row is a fact of its own: no other charge can join, so one key does.
            draft = self._start(record, [key], "")
            if separate:
                # Nothing can join it any more, so its record need not be kept.
                self._finish()
            else:
                self.by_key[keys[0]] = draft
        return RowOutcome(
            number=record.number,
            outcome=Outcome.IMPORTED,
            notes=tuple(record.notes),
            case=index,
            cases=len(new),
        )

    # Rows that are known by a number -------------------------------------------------------

    def _keyed(self, record: Record, content: str) -> RowOutcome:
        """Plan a row of a file whose rows of one youth and one incident belong together."""
        mapping = self.mapping
        copy = content in self.contents
        self.contents.add(content)
        case_key = self._digest("case", *self._values(record, mapping.merge or mapping.identity))
        fact_key = content
        if mapping.identity:
            named = self._values(record, mapping.identity)
            fact_key = self._digest("fact", case_key, *named, _charge_key(record))
        elif mapping.exact_copies is ExactCopies.SEPARATE:
            self.ordinals[content] += 1
            fact_key = f"{content}#{self.ordinals[content]}"
            if copy:
                case_key = f"{case_key}#{self.ordinals[content]}"
        draft = self.by_key.get(case_key)
        if fact_key in self.known_keys or fact_key in self.added_keys:
            return self._merged(record, Merged.ALREADY_IMPORTED, draft)
        if draft is not None:
            return self._join(record, draft, fact_key, copy=copy)
        if case_key in self.known_keys:
            self.added_keys.add(fact_key)
            addition = PlannedAddition(
                case_key=case_key,
                keys=(fact_key,),
                row=record.number,
                charge=self._charge(record),
                words=(*words_of(record), *opening_words(record)),
            )
            self.additions.append(addition)
            return self._merged(record, Merged.ADDED_TO_KNOWN_CASE, None)
        draft = self._start(record, [case_key, fact_key], _charge_key(record))
        self.by_key[case_key] = draft
        return RowOutcome(
            number=record.number,
            outcome=Outcome.IMPORTED,
            notes=tuple(record.notes),
            case=draft.index,
            cases=1,
        )

    def _join(self, record: Record, draft: _Draft, fact_key: str, *, copy: bool) -> RowOutcome:
        draft.rows.append(record.number)
        if fact_key not in draft.keys:
            draft.keys.append(fact_key)
        charge, key = self._charge(record), _charge_key(record)
        if copy:
            why = Merged.EXACT_COPY
        elif charge is None or key in draft.charges:
            why = Merged.SAME_CHARGE_AGAIN
        else:
            why = Merged.ANOTHER_CHARGE
        if charge is not None:
            before = draft.charges.setdefault(key, charge)
            if before.severity is None and charge.severity is not None:
                draft.charges[key] = charge
            elif charge.severity not in {before.severity, None}:
                draft.also += [(n, record.raw[n]) for n in sorted(CHARGE_FIELDS & set(record.raw))]
        self._complete(draft, record)
        return self._merged(record, why, draft)

    def _complete(self, draft: _Draft, later: Record) -> None:
        """Fill what the first row of a case left open, and keep what a later one says otherwise."""
        first = draft.record
        differs = tuple(
            name.value
            for name in _COMPARED
            if name in first.raw and name in later.raw and first.raw[name] != later.raw[name]
        )
        if differs:
            later.notes.append(Reason(code="rows_differ", params={"fields": differs}))
        about_all = {n: cell for n, cell in later.raw.items() if n not in CHARGE_FIELDS}
        draft.also += [(n, c) for n, c in about_all.items() if first.raw.get(n, c) != c]
        draft.also += [(n, c) for n, c in words_of(later) if n in CHARGE_FIELDS]
        first.raw = about_all | first.raw
        first.text = later.text | first.text
        first.days = later.days | first.days
        first.times = later.times | first.times
        first.races |= later.races
        first.age = later.age if first.age is None else first.age
        first.sex = first.sex or later.sex
        first.residence = first.residence or later.residence

    def _finish(self) -> None:
        """Turn the drafts into cases, in the order in which they were started."""
        self.cases += [self._case(draft) for draft in self.drafts]
        self.drafts.clear()

    def _opening(self, record: Record) -> PlannedOpening | None:
        return None if self.policy_on is None else read_opening(record, self.policy_on)

    # Drafts --------------------------------------------------------------------------------

    def _start(self, record: Record, keys: list[str], charge_key: str) -> _Draft:
        draft = _Draft(
            index=len(self.cases) + len(self.drafts),
            keys=keys,
            rows=[record.number],
            record=record,
            opening=self._opening(record),
        )
        charge = self._charge(record)
        if charge is not None:
            draft.charges[charge_key] = charge
        self.drafts.append(draft)
        return draft

    def _merged(self, record: Record, why: Merged, draft: _Draft | None) -> RowOutcome:
        return RowOutcome(
            number=record.number,
            outcome=Outcome.MERGED,
            reasons=_MERGED[why],
            notes=tuple(record.notes),
            case=None if draft is None else draft.index,
        )

    def _charge(self, record: Record) -> PlannedCharge | None:
        text, statute = record.text.get(Field.CHARGE_TEXT, ""), record.text.get(Field.STATUTE, "")
        if not (text or statute):
            return None
        code = guess_offence(text, statute)
        charge = PlannedCharge(
            text=text or statute,
            statute=statute,
            severity=record.severity,
            nibrs=OFFENCES[code].nibrs if code else None,
            offence_code=code,
        )
        return self._share(charge)

    def _case(self, draft: _Draft) -> PlannedCase:
        record = draft.record
        text, days, times = record.text, record.days, record.times
        person = self._share(person_of(record))
        words = tuple(dict.fromkeys((*words_of(record), *draft.also)))
        return PlannedCase(
            keys=tuple(draft.keys),
            rows=tuple(draft.rows),
            person=person,
            person_key=self._person_key(person, draft.keys[0]),
            charges=tuple(draft.charges.values()),
            referred_on=days.get(Field.REFERRED_ON, self.reader.today),
            referred_on_assumed=Field.REFERRED_ON not in days,
            incident_key=self._incident_key(text),
            incident_number=text.get(Field.INCIDENT_NUMBER, ""),
            incident_on=days.get(Field.INCIDENT_ON),
            incident_at=times.get(Field.INCIDENT_AT),
            arrested_on=days.get(Field.ARRESTED_ON),
            arrested_at=times.get(Field.ARRESTED_AT),
            reference=text.get(Field.REFERENCE, ""),
            agency=text.get(Field.AGENCY, ""),
            officer=text.get(Field.OFFICER, ""),
            narrative=text.get(Field.NARRATIVE, ""),
            words=self._share(words),
            adult=adult_of(record),
            opening=draft.opening,
            opening_words=opening_words(record),
        )

    def _incident_key(self, text: dict[Field, str]) -> str | None:
        """Return the same key for the same number of the same agency, None without a number."""
        number, agency = text.get(Field.INCIDENT_NUMBER, ""), text.get(Field.AGENCY, "")
        return self._digest("incident", fold(agency), fold(number)) if number else None

    def _person_key(self, person: PlannedPerson, case_key: str) -> str:
        """Return the same key for the same name and birth date; else the case stands alone."""
        if not person.identified or person.birth_date is None:
            return case_key
        name = search_key(person.given_names, person.family_name)
        return self._digest("person", name, person.birth_date.isoformat())

    def _values(self, record: Record, names: Iterable[Field]) -> list[str]:
        return [_key_value(record, name) for name in names]

    def _share(self, value: Shared) -> Shared:
        """Return one object for equal values: most rows of a big file repeat others."""
        return cast("Shared", self.shared.setdefault(value, value))

    def _digest(self, *parts: str) -> str:
        text = "\x1d".join((self.mapping.source, *parts))
        return hashlib.blake2b(
            text.encode("utf-8", "surrogatepass"),
            digest_size=_KEY_BYTES,
            key=self.secret[:_SECRET_BYTES],
        ).hexdigest()


def _charge_key(record: Record) -> str:
    text, statute = record.text.get(Field.CHARGE_TEXT, ""), record.text.get(Field.STATUTE, "")
    return f"{fold(text)}\x1f{fold(statute)}"


def _key_value(record: Record, name: Field) -> str:
    """Return a field as it stands in a key: written alike where it means the same."""
    if name in record.days:
        return record.days[name].isoformat()
    if name is Field.AGE:
        return "" if record.age is None else str(record.age)
    return fold(record.raw.get(name, ""))
