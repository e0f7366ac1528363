"""What an import would do: the outcome of every row and the cases it would make."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time
from enum import StrEnum
from functools import cached_property

from youthcourt.cases.domain.answers import Race, Sex
from youthcourt.cases.domain.imports.fields import Field, OpenStage, Residence, Severity
from youthcourt.cases.domain.imports.opening import PlannedAdult, PlannedOpening
from youthcourt.cases.domain.imports.reading import Reason


class Outcome(StrEnum):
    """What becomes of a row; every row has exactly one."""

    IMPORTED = "imported"
    MERGED = "merged"
    REFUSED = "refused"
    BLANK = "blank"

    @property
    def label_key(self) -> str:
        """The key of its label in the catalogue."""
        return f"import_outcome.{self.value}"


class Merged(StrEnum):
    """Why a row made no case of its own."""

    ANOTHER_CHARGE = "another_charge"
    SAME_CHARGE_AGAIN = "same_charge_again"
    EXACT_COPY = "exact_copy"
    ALREADY_IMPORTED = "already_imported"
    ADDED_TO_KNOWN_CASE = "added_to_known_case"
    CASE_ON_RECORD = "case_on_record"


Words = tuple[tuple[Field, str], ...]
"""What a file says that no column of the court has: the field and the file's own words."""


@dataclass(frozen=True, kw_only=True, slots=True)
class LeftOut:
    """A row that the reader of the table left out; ``code`` is why, empty for an empty row."""

    number: int
    outcome: Outcome
    code: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class RowOutcome:
    """What becomes of one row and why.

    ``case`` is the index of the first case in the plan that the row made or joined, ``cases``
    how many it made.  ``notes`` are things to look at that do not stand in the way.
    """

    number: int
    outcome: Outcome
    reasons: tuple[Reason, ...] = ()
    notes: tuple[Reason, ...] = ()
    case: int | None = None
    cases: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class PlannedCharge:
    """One charge as the file words it; ``nibrs`` is a proposal by rule, None where none fits."""

    text: str
    statute: str = ""
    severity: Severity | None = None
    nibrs: str | None = None
    offence_code: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PlannedPerson:
    """The youth as far as the file tells; empty or None where it does not.

    ``races`` were recorded by an observer, the referrer; ``race_words`` keeps its own words.
    """

    given_names: str = ""
    family_name: str = ""
    birth_date: date | None = None
    stated_age: int | None = None
    stated_age_on: date | None = None
    sex: Sex | None = None
    races: frozenset[Race] = frozenset()
    race_words: str = ""
    school: str = ""
    grade: str = ""
    language: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    city: str = ""
    region: str = ""
    zip: str = ""
    residence: Residence | None = None

    @property
    def identified(self) -> bool:
        """Whether the file names the youth; otherwise the person is "not yet identified"."""
        return bool(self.given_names or self.family_name)

    @property
    def home(self) -> str:
        """The address as it stands on a letter, empty where the file has none."""
        state = " ".join(part for part in (self.region, self.zip) if part)
        place = ", ".join(part for part in (self.city, state) if part)
        return "\n".join(line for line in (self.address, place) if line)


@dataclass(frozen=True, kw_only=True, slots=True)
class PlannedCase:
    """One case the import would make.

    ``keys`` are stored with the case, so that the same rows never make another; the first is
    the key of the case itself.  ``incident_key`` is shared by companion cases, ``person_key``
    by the cases of one named youth.  ``referred_on_assumed`` says that the file has no day of
    referral and the day of the import stands for it.  ``words`` is what else the rows say.
    ``opening`` tells where a case stands that is open already; ``opening_words`` says the same
    in the file's own words.
    """

    keys: tuple[str, ...]
    rows: tuple[int, ...]
    person: PlannedPerson
    person_key: str
    charges: tuple[PlannedCharge, ...]
    referred_on: date
    referred_on_assumed: bool
    incident_key: str | None = None
    incident_number: str = ""
    incident_on: date | None = None
    incident_at: time | None = None
    arrested_on: date | None = None
    arrested_at: time | None = None
    reference: str = ""
    agency: str = ""
    officer: str = ""
    narrative: str = ""
    words: Words = ()
    adult: PlannedAdult | None = None
    opening: PlannedOpening | None = None
    opening_words: Words = ()

    @property
    def key(self) -> str:
        """The key of the case itself."""
        return self.keys[0]


@dataclass(frozen=True, kw_only=True, slots=True)
class PlannedAddition:
    """A row of a case of an earlier import; ``keys`` are stored with it.

    ``words`` is what the row says beside its charge, if that has no column of the court.
    """

    case_key: str
    keys: tuple[str, ...]
    row: int
    charge: PlannedCharge | None
    words: Words = ()


@dataclass(frozen=True, kw_only=True)
class ImportPlan:
    """Everything an import would do; read = imported + merged + refused + blank.

    ``joined`` are the indexes of planned cases that are on record already: their rows are merged.
    """

    rows: tuple[RowOutcome, ...]
    cases: tuple[PlannedCase, ...]
    additions: tuple[PlannedAddition, ...] = ()
    values_not_known: Mapping[tuple[str, str], int] = field(default_factory=dict)
    joined: frozenset[int] = frozenset()

    @cached_property
    def _counts(self) -> Counter[Outcome]:
        return Counter(row.outcome for row in self.rows)

    @property
    def read(self) -> int:
        """How many rows the file has beside its header."""
        return len(self.rows)

    @property
    def imported(self) -> int:
        """How many rows make at least one case."""
        return self._counts[Outcome.IMPORTED]

    @property
    def merged(self) -> int:
        """How many rows say more of a case, or the same again."""
        return self._counts[Outcome.MERGED]

    @property
    def refused(self) -> int:
        """How many rows cannot be used."""
        return self._counts[Outcome.REFUSED]

    @property
    def blank(self) -> int:
        """How many rows say nothing."""
        return self._counts[Outcome.BLANK]

    @property
    def case_count(self) -> int:
        """How many cases would be made; a grouped row makes several."""
        return len(self.cases) - len(self.joined)

    @cached_property
    def new_cases(self) -> tuple[PlannedCase, ...]:
        """The cases that would be made, in file order."""
        return tuple(case for at, case in enumerate(self.cases) if at not in self.joined)

    @property
    def does_nothing(self) -> bool:
        """Whether taking the file over would change nothing at all."""
        return not (self.cases or self.additions)

    @cached_property
    def stages(self) -> Counter[OpenStage]:
        """How many of the cases that would be made are open already, by where they stand."""
        return Counter(case.opening.stage for case in self.new_cases if case.opening)

    @cached_property
    def incident_sizes(self) -> Counter[str]:
        """How many cases of this plan each incident with a number has."""
        return Counter(case.incident_key for case in self.new_cases if case.incident_key)

    @property
    def incidents(self) -> int:
        """How many incidents with a number there are."""
        return len(self.incident_sizes)

    @property
    def incidents_with_companions(self) -> int:
        """How many incidents have more than one case."""
        return sum(size > 1 for size in self.incident_sizes.values())

    @cached_property
    def merged_counts(self) -> Counter[str]:
        """How often each reason of merging occurs."""
        merged = (row for row in self.rows if row.outcome is Outcome.MERGED)
        return Counter(reason.code for row in merged for reason in row.reasons)

    @cached_property
    def note_counts(self) -> Counter[str]:
        """How often each thing to look at occurs."""
        return Counter(note.code for row in self.rows for note in row.notes)

    @property
    def refusals(self) -> tuple[RowOutcome, ...]:
        """The refused rows, in file order."""
        return tuple(row for row in self.rows if row.outcome is Outcome.REFUSED)

    @property
    def refusal_counts(self) -> Counter[str]:
        """How often each reason of refusal occurs."""
        return Counter(reason.code for row in self.refusals for reason in row.reasons)

    @property
    def left_aside(self) -> tuple[RowOutcome, ...]:
        """The rows that are refused, or say nothing although they are not empty."""
        aside = {Outcome.REFUSED, Outcome.BLANK}
        return tuple(row for row in self.rows if row.outcome in aside and row.reasons)


def with_joined(plan: ImportPlan, joined: Container[int]) -> ImportPlan:
    """Return the plan with these planned cases, by index, joined to cases that are on record."""
    at = frozenset(n for n in range(len(plan.cases)) if n in joined)
    on_record = (Reason(code=Merged.CASE_ON_RECORD.value),)
    rows = tuple(
        replace(row, outcome=Outcome.MERGED, reasons=on_record, cases=0)
        if row.outcome is Outcome.IMPORTED and row.case in at
        else row
        for row in plan.rows
    )
    return replace(plan, rows=rows, joined=at)
