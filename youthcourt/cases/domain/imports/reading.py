"""One row of a file read by a mapping: the values, or every reason why it cannot be used."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Protocol

from youthcourt.cases.domain.answers import Race, Sex
from youthcourt.cases.domain.imports import patterns
from youthcourt.cases.domain.imports.codes import grade_of, language_of
from youthcourt.cases.domain.imports.fields import (
    DATE_FIELDS,
    LAST_DAYS,
    NAME_FIELDS,
    TEXT_LIMITS,
    TIME_FIELDS,
    VALUE_FIELDS,
    Field,
    OpenStage,
    Residence,
    Severity,
    Transform,
)
from youthcourt.cases.domain.imports.mapping import Mapping as FileMapping
from youthcourt.errors import CourtRuleBroken
from youthcourt.people.domain import age_on, check_age, check_birth_date, tidy_name
from youthcourt.people.domain.contacts import check_mail, check_phone
from youthcourt.people.domain.kinds import Relation

EARLIEST_DAY = date(2000, 1, 1)
"""An older offence, arrest or referral is taken for a slip, as where it is entered by hand."""

MOST_CASES_OF_A_ROW = 1000
_FAR_AHEAD = timedelta(days=10 * 366)
"""How far ahead a year of two digits may lie in a day until which something is to be done."""

_NUMBER = re.compile(r"(\d{1,6})(?:\.0+)?")
_CLASS_SUFFIX = re.compile(r"\s{2,}([FM])$")
_CLASSES = {"F": Severity.FELONY, "M": Severity.MISDEMEANOR}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_EVENT_DAYS = (Field.INCIDENT_ON, Field.ARRESTED_ON, Field.REFERRED_ON)


class Row(Protocol):
    """A row of a table: its number in the file, counted from 1, and its cells."""

    @property
    def number(self) -> int:
        """The row's number as a spreadsheet shows it."""

    @property
    def cells(self) -> Sequence[str]:
        """The cells from the left; trailing ones may be missing."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reason:
    """Why something was refused or needs a look: a code with its values."""

    code: str
    params: Mapping[str, object] = field(default_factory=dict)


class RowRefusedError(Exception):
    """A row cannot be used; ``reasons`` holds all that is wrong with it."""

    def __init__(self, reasons: Sequence[Reason]) -> None:
        super().__init__(", ".join(reason.code for reason in reasons))
        self.reasons = tuple(reasons)


@dataclass(kw_only=True, slots=True)
class Record:
    """What a row says, read; a field that is blank or not known is absent or None.

    ``raw`` holds the filled cells of the mapped columns as they stand, for keys and comparison.
    ``cut`` names those of which a transform left something out.
    """

    number: int
    raw: dict[Field, str]
    text: dict[Field, str]
    days: dict[Field, date]
    times: dict[Field, time]
    age: int | None = None
    count: int = 1
    races: frozenset[Race] = frozenset()
    sex: Sex | None = None
    severity: Severity | None = None
    residence: Residence | None = None
    stage: OpenStage | None = None
    relation: Relation | None = None
    cut: set[Field] = field(default_factory=set)
    notes: list[Reason]

    @property
    def happened_on(self) -> date:
        """The day of the offence as far as the file tells."""
        return next(self.days[f] for f in _EVENT_DAYS if f in self.days)

    @property
    def age_stated_on(self) -> date:
        """The day on which the age was stated: that of the arrest where there is one."""
        return self.days.get(Field.ARRESTED_ON, self.happened_on)


def fold_header(name: str) -> str:
    """Return a column name without case, byte order mark and stray spaces."""
    return " ".join(name.replace("\ufeff", "").split()).casefold()


class RowReader:
    """Reads the rows of one file by one mapping; remembers cells it has read before."""

    def __init__(self, header: Sequence[str], mapping: FileMapping, *, today: date) -> None:
        """Find the columns, or refuse the file.

        Codes: ``import_columns_missing`` (columns), ``import_column_twice`` (column).
        """
        self.mapping = mapping
        self.today = today
        self.width = len(header)
        names = [fold_header(name) for name in header]
        self.places = _places(names, mapping)
        count_place = self.places.get(Field.COUNT)
        ignored = {fold_header(column) for column in mapping.blank_when_only}
        self._filling = [i for i, name in enumerate(names) if name not in ignored]
        # By name, so that the same row in a file with its columns moved is the same content.
        self._by_name = [(n, i) for n, i in sorted(zip(names, range(len(names)), strict=True))
                         if i != count_place]  # fmt: skip
        self._dates: dict[tuple[Field, str], date | None] = {}
        self._unknown = {
            key: frozenset(value.casefold() for value in values)
            for key, values in mapping.unknown.items()
        }

    def is_blank(self, row: Row) -> bool:
        """Return whether the row holds nothing but what the mapping says means nothing."""
        cells = row.cells
        beyond = any(cell.strip() for cell in cells[self.width :])
        return not beyond and not any(cells[i].strip() for i in self._filling if i < len(cells))

    def content(self, row: Row) -> str:
        """Return the filled cells with their column names, without the count column."""
        cells = row.cells
        parts = ((name, cells[i].strip()) for name, i in self._by_name if i < len(cells))
        return "\x1e".join(f"{name}\x1f{cell}" for name, cell in parts if cell)

    def read(self, row: Row) -> Record:
        """Return what the row says, or raise ``RowRefusedError`` with every reason."""
        if any(cell.strip() for cell in row.cells[self.width :]):
            raise RowRefusedError([Reason(code="row_too_many_cells", params={"limit": self.width})])
        raw = self._raw(row.cells)
        record = Record(number=row.number, raw=raw, text={}, days={}, times={}, notes=[])
        problems = [*self._missing(raw), *self._fill(record)]
        problems = problems or [*_contradictions(record, self.today)]
        if problems:
            raise RowRefusedError(problems)
        return record

    def _missing(self, raw: Mapping[Field, str]) -> Iterator[Reason]:
        needed = dict.fromkeys(self.mapping.require)
        if self.mapping.holds_open_cases:
            needed |= {Field.STAGE: None, Field.REFERRED_ON: None}
        fields = tuple(name.value for name in needed if name not in raw)
        if fields:
            yield Reason(code="row_field_missing", params={"fields": fields})

    def _raw(self, cells: Sequence[str]) -> dict[Field, str]:
        raw = dict(self.mapping.constants)
        for name, place in self.places.items():
            cell = cells[place].strip() if place < len(cells) else ""
            if cell and cell.casefold() not in self._unknown.get(name, ()):
                raw[name] = cell
        return raw

    def _fill(self, record: Record) -> Iterator[Reason]:
        for name, raw in tuple(record.raw.items()):
            cell = self._transformed(record, name, raw)
            if _CONTROL.search(cell):
                yield Reason(code="text_has_control_characters", params={"field": name.value})
            elif name in DATE_FIELDS:
                yield from self._fill_date(record, name, cell)
            elif name in TIME_FIELDS:
                self._fill_time(record, name, cell)
            elif name in VALUE_FIELDS:
                yield from self._fill_code(record, name, cell)
            elif name in NAME_FIELDS:
                yield from _fill_name(record, name, cell)
            elif name is Field.AGE:
                yield from self._fill_age(record, cell)
            elif name is Field.COUNT:
                yield from _fill_count(record, cell)
            else:
                yield from _fill_text(record, name, cell)

    def _transformed(self, record: Record, name: Field, cell: str) -> str:
        for transform in self.mapping.transforms.get(name, ()):
            if transform is Transform.CLASS_SUFFIX:
                suffix = _CLASS_SUFFIX.search(cell)
                if suffix:
                    _grade_charge(record, _CLASSES[suffix[1]], by_suffix=True)
                    cell = cell[: suffix.start()]
            elif transform is Transform.BEFORE_DASH and " - " in cell:
                cell = cell.split(" - ", 1)[0].rstrip()
                record.cut.add(name)
        return cell

    def _fill_date(self, record: Record, name: Field, cell: str) -> Iterator[Reason]:
        known = (name, cell)
        if known not in self._dates:
            listed = (*self.mapping.dates.get(name, ()), *patterns.WORKBOOK_DATES)
            latest = self.today + _FAR_AHEAD if name in LAST_DAYS else self.today
            self._dates[known] = patterns.read_date(cell, listed, today=latest)
        day = self._dates[known]
        params = {"field": name.value, "value": cell}
        if day is None:
            yield Reason(code="date_not_readable", params=params)
        elif day > self.today and name not in LAST_DAYS:
            yield Reason(code="date_in_future", params=params)
        elif name is not Field.BIRTH_DATE and day < EARLIEST_DAY:
            yield Reason(code="date_too_early", params=params | {"earliest": EARLIEST_DAY})
        else:
            record.days[name] = day

    def _fill_time(self, record: Record, name: Field, cell: str) -> None:
        listed = (*self.mapping.times.get(name, ()), *patterns.WORKBOOK_TIMES)
        found = patterns.read_time(cell, listed)
        if found is None:
            # The hour is worth less than the row; it is named so that nobody misses it.
            _note(record, "time_not_readable", field=name.value, value=cell)
        else:
            record.times[name] = found

    def _fill_code(self, record: Record, name: Field, cell: str) -> Iterator[Reason]:
        meanings = self.mapping.meaning(name, cell)
        if meanings is None:
            _note(record, "value_not_known", field=name.value, value=cell)
            if name is Field.STAGE:
                # A case at the wrong stage does more harm than a row to be sent in again.
                yield Reason(code="stage_not_known", params={"field": name.value, "value": cell})
            return
        if name in {Field.RACE, Field.ETHNICITY}:
            record.races |= {Race(value) for value in meanings}
        elif name is Field.SEX:
            record.sex = Sex(meanings[0])
        elif name is Field.SEVERITY:
            _grade_charge(record, Severity(meanings[0]), by_suffix=False)
        elif name is Field.STAGE:
            record.stage = OpenStage(meanings[0])
        elif name is Field.ADULT_RELATION:
            record.relation = Relation(meanings[0])
        else:
            record.residence = Residence(meanings[0])

    def _fill_age(self, record: Record, cell: str) -> Iterator[Reason]:
        number = _NUMBER.fullmatch(cell)
        if number is None:
            yield Reason(code="age_not_readable", params={"value": cell})
            return
        age = int(number[1])
        if str(age) in self._unknown.get(Field.AGE, ()):
            del record.raw[Field.AGE]
            return
        try:
            check_age(age)
        except CourtRuleBroken as refused:
            yield Reason(code=refused.code, params=refused.params)
        else:
            record.age = age


def _places(names: Sequence[str], mapping: FileMapping) -> dict[Field, int]:
    wanted = {name: fold_header(column) for name, column in mapping.columns.items()}
    missing = tuple(mapping.columns[n] for n, folded in wanted.items() if folded not in names)
    if missing:
        raise CourtRuleBroken("import_columns_missing", columns=missing)
    for name, folded in wanted.items():
        if names.count(folded) > 1:
            raise CourtRuleBroken("import_column_twice", column=mapping.columns[name])
    return {name: names.index(folded) for name, folded in wanted.items()}


def _grade_charge(record: Record, severity: Severity, *, by_suffix: bool) -> None:
    """Set how a charge is graded; a column of its own counts for more than the charge's ending."""
    if record.severity is not None and record.severity is not severity:
        record.cut.add(Field.CHARGE_TEXT)
    if record.severity is None or not by_suffix:
        record.severity = severity


def _note(record: Record, code: str, **params: object) -> None:
    record.notes.append(Reason(code=code, params=params))


def _fill_name(record: Record, name: Field, cell: str) -> Iterator[Reason]:
    try:
        tidy = tidy_name(cell)
    except CourtRuleBroken as refused:
        yield Reason(code=refused.code, params=refused.params | {"field": name.value})
        return
    if name is not Field.FULL_NAME:
        record.text[name] = tidy
        return
    family, comma, given = (part.strip() for part in tidy.partition(","))
    if not comma:
        # Without a comma the last word is taken for the family name, as files in English do.
        given, _, family = tidy.rpartition(" ")
        given, family = (given, family) if given else (family, "")
    record.text[Field.GIVEN_NAMES] = given
    record.text[Field.FAMILY_NAME] = family


def _fill_count(record: Record, cell: str) -> Iterator[Reason]:
    number = _NUMBER.fullmatch(cell)
    if number is None or not 1 <= int(number[1]) <= MOST_CASES_OF_A_ROW:
        params = {"value": cell, "most": MOST_CASES_OF_A_ROW}
        yield Reason(code="count_not_usable", params=params)
    else:
        record.count = int(number[1])


def _fill_text(record: Record, name: Field, cell: str) -> Iterator[Reason]:
    # As in the forms: invisible characters could make a text read as another.
    text = "".join(c for c in " ".join(cell.split()) if c.isprintable())
    limit = TEXT_LIMITS[name]
    if len(text) > limit:
        params = {"field": name.value, "limit": limit, "length": len(text)}
        yield Reason(code="text_too_long", params=params)
    elif name in {Field.SCHOOL, Field.ADULT_NAME}:
        yield from _fill_name(record, name, cell)
    elif name in _READ_TO_A_LIST:
        found = _READ_TO_A_LIST[name](text)
        if found is None:
            _note(record, "value_not_known", field=name.value, value=cell)
        else:
            record.text[name] = found
    elif name in _CHECKED and _is_refused(_CHECKED[name], text):
        _note(record, "contact_not_usable", field=name.value, value=cell)
    else:
        record.text[name] = text


_READ_TO_A_LIST: Mapping[Field, Callable[[str], str | None]] = {
    Field.GRADE: grade_of,
    Field.LANGUAGE: language_of,
    Field.ADULT_LANGUAGE: language_of,
}
_CHECKED: Mapping[Field, Callable[[str], None]] = {
    Field.PHONE: check_phone,
    Field.EMAIL: check_mail,
    Field.ADULT_PHONE: check_phone,
    Field.ADULT_EMAIL: check_mail,
}


def _is_refused(check: Callable[[str], None], text: str) -> bool:
    try:
        check(text)
    except CourtRuleBroken:
        return True
    return False


def _contradictions(record: Record, today: date) -> Iterator[Reason]:
    """Yield what makes the row unusable as a whole, and note what is only odd."""
    days = [record.days[name] for name in _EVENT_DAYS if name in record.days]
    if not days:
        if not any(name in record.raw for name in _EVENT_DAYS):
            yield Reason(code="row_without_date")
        return
    incident, referred = (record.days.get(f) for f in (Field.INCIDENT_ON, Field.REFERRED_ON))
    if incident and referred and incident > referred:
        yield Reason(
            code="row_incident_after_referral",
            params={"incident_on": incident, "referred_on": referred},
        )
    elif days != sorted(days):
        _note(record, "dates_out_of_order")
    born = record.days.get(Field.BIRTH_DATE)
    if born is None:
        return
    try:
        check_birth_date(born, today=today, offence_on=record.happened_on)
    except CourtRuleBroken as refused:
        yield Reason(code=refused.code, params=refused.params)
        return
    age = age_on(born, record.age_stated_on)
    if record.age is not None and record.age != age:
        _note(record, "age_disagrees", stated=record.age, computed=age)
