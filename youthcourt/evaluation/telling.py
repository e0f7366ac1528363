"""What a figure is called and what it means, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import gettext as _

from youthcourt.cases.domain import ClosureReason
from youthcourt.courts.domain import SanctionKind
from youthcourt.evaluation.domain import (
    CountCode,
    CountReport,
    Figure,
    Period,
    PeriodChoice,
    ReportTable,
)
from youthcourt.hearings.domain import HearingKind
from youthcourt.web.i18n import label, label_of

_FAMILIES = {
    CountCode.CLOSED_FOR: ClosureReason,
    CountCode.HEARINGS_OF_KIND: HearingKind,
    CountCode.HOURS_ORDERED_OF: SanctionKind,
    CountCode.HOURS_SERVED_ORDERED_OF: SanctionKind,
    CountCode.ITEMS_ORDERED_OF: SanctionKind,
}
_NAMES = {CountReport.GRANT: "GrantName", CountReport.COUNTY: "CountyName"}


def figure_name(report: CountReport, figure: Figure) -> str:
    """Return what the readers of a table call a figure."""
    code, of = figure.key.code, figure.key.of
    named = label_of(_NAMES[report], code.value) if report in _NAMES else code.value
    usual = label(code) if named == code.value else named
    if "%(of)s" not in usual:
        return usual
    family = _FAMILIES.get(code)
    return usual % {"of": label(family(of)) if family else of or _("any number of")}


def choice_name(choice: PeriodChoice, span: Period) -> str:
    """Return what a usual span is called, with the year it starts in where that tells it."""
    name = label(choice)
    return name % {"year": span.first.year} if "%" in name else name


def definition(figure: Figure) -> str:
    """Return in one sentence what a figure counts and which day decides."""
    return label_of("CountDefinition", figure.key.code.value)


def value_text(figure: Figure) -> str:
    """Return a figure as it is read, or why there is none."""
    if figure.missing is not None:
        return label(figure.missing)
    return figure.number


def sheet_header() -> list[str]:
    """Return the names of the columns of the file."""
    return [
        _("Table"),
        _("Line"),
        _("Number"),
        _("Counts"),
        _("Why there is no number"),
        _("Numerator"),
        _("Denominator"),
        _("First day"),
        _("Last day"),
        _("Definition"),
    ]


def sheet_rows(tables: tuple[ReportTable, ...], period: Period) -> Iterator[list[object]]:
    """Yield every line of every table; what has no number has an empty cell, never nought."""
    for table in tables:
        for line in table.lines:
            figure = line.figure
            yield [
                label(table.report),
                figure_name(table.report, figure),
                _typed(figure.number),
                label(figure.unit),
                label(figure.missing),
                figure.part,
                figure.whole,
                period.first,
                period.last,
                definition(figure),
            ]


def _typed(number: str) -> float | int | None:
    """Return digits as a number, so that a spreadsheet can go on with it."""
    if not number:
        return None
    return float(number) if "." in number else int(number)
