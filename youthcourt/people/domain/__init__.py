"""What is true of persons whatever stores them: names, birth dates, likeness, merging."""

from __future__ import annotations

from youthcourt.people.domain.births import (
    OLDEST_RESPONDENT,
    YOUNGEST_RESPONDENT,
    AgeRange,
    age_on,
    age_range_on,
    check_age,
    check_birth_date,
)
from youthcourt.people.domain.days import EARLIEST_DAY, check_past_day
from youthcourt.people.domain.duplicates import (
    Level,
    Likelihood,
    Likeness,
    PersonTraits,
    likely_duplicate,
)
from youthcourt.people.domain.merging import FieldDifference, MergePreview, merge_preview
from youthcourt.people.domain.names import (
    NAME_LIMIT,
    PersonName,
    fold,
    search_key,
    search_words,
    tidy_name,
)

__all__ = [
    "EARLIEST_DAY",
    "NAME_LIMIT",
    "OLDEST_RESPONDENT",
    "YOUNGEST_RESPONDENT",
    "AgeRange",
    "FieldDifference",
    "Level",
    "Likelihood",
    "Likeness",
    "MergePreview",
    "PersonName",
    "PersonTraits",
    "age_on",
    "age_range_on",
    "check_age",
    "check_birth_date",
    "check_past_day",
    "fold",
    "likely_duplicate",
    "merge_preview",
    "search_key",
    "search_words",
    "tidy_name",
]
