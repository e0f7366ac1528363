"""Evaluation: counts for reports, cohorts with their later offences, and a file for research."""
