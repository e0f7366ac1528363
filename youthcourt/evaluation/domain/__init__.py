"""The rules of evaluation: spans of days, figures for reports, cohorts and what they show."""

from __future__ import annotations

from youthcourt.evaluation.domain.counts import (
    NEVER_RECORDED,
    CountCode,
    CountKey,
    CountMissing,
    CountReport,
    CountUnit,
    Figure,
    ReportLine,
    ReportTable,
    counted,
    report_tables,
    shared,
    unit_of,
    unknown,
)
from youthcourt.evaluation.domain.periods import Period, PeriodChoice, chosen_period, period

__all__ = [
    "NEVER_RECORDED",
    "CountCode",
    "CountKey",
    "CountMissing",
    "CountReport",
    "CountUnit",
    "Figure",
    "Period",
    "PeriodChoice",
    "ReportLine",
    "ReportTable",
    "chosen_period",
    "counted",
    "period",
    "report_tables",
    "shared",
    "unit_of",
    "unknown",
]
