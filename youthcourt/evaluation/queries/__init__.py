"""Counting for reports, and the cohorts of an evaluation."""

from __future__ import annotations

from youthcourt.evaluation.queries.counts import count_period

__all__ = ["count_period"]
