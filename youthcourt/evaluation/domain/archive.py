"""The file for research as one archive: the same bytes for the same rows and key, anywhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from youthcourt.evaluation.domain.codebook import (
    CASES,
    CODEBOOK_HEADER,
    EVENTS,
    FLOW,
    PERSONS,
    SEARCHES,
    SHEETS,
    WINDOWS,
    codebook_rows,
)
from youthcourt.evaluation.domain.cohorts import Cohort, CohortFilter, Denominator, StartChoice
from youthcourt.evaluation.domain.study import (
    Cells,
    Study,
    case_rows,
    event_rows,
    person_rows,
    search_rows,
    window_rows,
)
from youthcourt.files.sheets import write_csv
from youthcourt.followups.domain import Basis

MARK = "internal: re-identifiable"
FILE_NAME = "internal-re-identifiable-evaluation.zip"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the earliest a ZIP can say
_PLAIN_FILE = 0o600 << 16
_UNIX = 3

_STARTS = {
    StartChoice.FIRST_SCHEDULED: (
        "the first day a hearing was set for, held or not; for those never put on a docket the "
        "day of the admission (intention to treat: NC AOC 1995, p. 25)"
    ),
    StartChoice.ADMISSION: "the day of the admission of responsibility",
    StartChoice.HEARD: "the day of the first hearing that was held",
    StartChoice.CLOSED: (
        "the day of the closing; those who never came so far are left out, and the time before "
        "is not at risk"
    ),
}
_FILTERS = {
    CohortFilter.EVERYBODY: "everybody who started",
    CohortFilter.ACCEPTED: "those who started and were accepted",
    CohortFilter.HEARD: "those who started and had a hearing",
    CohortFilter.COMPLETED: "those who started and completed; not to be compared with the others",
    CohortFilter.WITHOUT_COMPLETION: (
        "those who started and were closed without completion; not to be compared with the others"
    ),
}
_DENOMINATORS = {
    Denominator.SEARCHED: (
        "those whose window is over and whose records were searched to its last day or beyond: "
        "known is found or nothing_found (domain rule: only full windows make a share; CJCA 2009, "
        "Wisconsin SAC)"
    ),
    Denominator.KNOWN: (
        "those whose window is over and whose records were searched to its last day or beyond, "
        "and those with an event before the records end: known is found, nothing_found or "
        "found_early; this share is too high, since whoever was searched as far without an event "
        "is left out"
    ),
}
_BASES = {
    Basis.OFFENCE: "the day of the act; an act whose day is not known is taken at its event",
    Basis.EVENT: "the day of the event: of the referral, arrest, charge or decision",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Origin:
    """Where a file comes from: the court's short name, its rules, and the program."""

    court: str
    policy_number: int
    software: str


def archive(study: Study, cohort: Cohort, origin: Origin) -> bytes:
    """Return the archive; nothing in it depends on the clock, the machine or the reader."""
    files = {
        "README.txt": _text(_readme()),
        "definitions.txt": _text(_definitions(study, origin)),
        "codebook.csv": _sheet(codebook_rows(), CODEBOOK_HEADER),
        FLOW.name: _sheet(_flow(cohort), FLOW.header),
        PERSONS.name: _sheet(person_rows(study), PERSONS.header),
        CASES.name: _sheet(case_rows(study), CASES.header),
        SEARCHES.name: _sheet(search_rows(study), SEARCHES.header),
        EVENTS.name: _sheet(event_rows(study), EVENTS.header),
        WINDOWS.name: _sheet(window_rows(study), WINDOWS.header),
    }
    kept = BytesIO()
    # Stored as it is: what a compressor makes of it differs from machine to machine.
    with ZipFile(kept, "w", ZIP_STORED) as packed:
        packed.comment = MARK.encode()
        for name, data in files.items():
            entry = ZipInfo(name, _LONG_AGO)
            entry.create_system, entry.external_attr = _UNIX, _PLAIN_FILE
            packed.writestr(entry, data)
    return kept.getvalue()


def _sheet(rows: Iterable[Cells], header: Iterable[str]) -> bytes:
    return "".join(write_csv(rows, list(header))).encode()


def _text(lines: Iterable[str]) -> bytes:
    return ("\r\n".join(lines) + "\r\n").encode()


def _flow(cohort: Cohort) -> Iterator[Cells]:
    yield "considered", cohort.considered
    yield from ((reason.value, number) for reason, number in cohort.left_out.items())
    yield "cohort", len(cohort.members)


def _readme() -> Iterator[str]:
    yield MARK.upper()
    yield ""
    yield "Each row is about one young person. There are no names, dates, addresses or notes in"
    yield "it, but somebody who knows a person may recognise the row, and whoever knows one day of"
    yield "a person can reckon the others. Keep it where only those may read it who are named in"
    yield "your agreement with the court, do not pass it on, do not print counts under 5, and"
    yield "delete it when the agreement ends (28 CFR 22)."
    yield ""
    yield "Files, all UTF-8 with a comma between columns:"
    yield ""
    yield "codebook.csv: every column of every file, with its unit, values and missing codes"
    yield "definitions.txt: what counts as an event, the start, the windows, who is in a share"
    yield from (f"{sheet.name}: {sheet.meaning}" for sheet in SHEETS)
    yield ""
    yield "A cell of text that a spreadsheet could run as a formula begins with an apostrophe."


def _definitions(study: Study, origin: Origin) -> Iterator[str]:
    choice, counted = study.choice, study.choice.counted
    yield f"marking: {MARK}"
    yield f"court: {origin.court}"
    yield f"rules of the court: version {origin.policy_number}"
    yield f"software: youthcourt {origin.software}"
    yield f"as of: {study.as_of.isoformat()}"
    yield (
        "cohort: each person once, by their first case with a start from "
        f"{choice.entered.first.isoformat()} to {choice.entered.last.isoformat()}, both included"
    )
    yield (
        "looked at: the cases that started in these days and, of those that never started, the "
        "ones referred in them"
    )
    yield f"filter: {_FILTERS[choice.who]}"
    yield f"start: {_STARTS[choice.start]}"
    months = ", ".join(map(str, sorted(choice.months)))
    yield f"windows: {months} calendar months from the start, the last day included"
    yield f"events that count: {', '.join(sorted(kind.value for kind in counted.kinds))}"
    yield f"acts that count: {', '.join(sorted(one.value for one in counted.categories))}"
    yield f"which day decides: {_BASES[counted.basis]}"
    yield "an act on or before the day of the start is no later one"
    yield f"in a share: {_DENOMINATORS[choice.denominator]}"
    yield (
        "not over: the last day of the window lies after the day of the file, whatever was found"
    )
    yield "not searched, cannot be searched, nothing found: three things, never one for another"
    yield (
        "censoring: the last day any search of the case speaks of (searched_through_day); searches "
        "of other cases of the same person do not count"
    )
    yield "searches that were taken back are left out"
