"""Grades and languages as files write them, read to the court's own lists."""

from __future__ import annotations

import re

from youthcourt.people.domain.kinds import SchoolGrade, SpokenLanguage

_GRADE = re.compile(r"(?:grade\s*)?0?(\d{1,2})(?:\s*(?:st|nd|rd|th))?(?:\s*grade)?", re.IGNORECASE)
# The usual names of the four years of an American high school.
_YEARS = {"freshman": "9", "sophomore": "10", "junior": "11", "senior": "12"}
_LANGUAGES = {
    "american sign language": "ase",
    "asl": "ase",
    "cantonese": "zh",
    "creole": "ht",
    "farsi dari": "prs",
    "haitian": "ht",
    "mandarin": "zh",
    "filipino": "tl",
    "español": "es",
}


def grade_of(words: str) -> SchoolGrade | None:
    """Return the grade that words such as "9", "09", "9th grade" or "sophomore" mean."""
    folded = words.strip().casefold()
    found = _GRADE.fullmatch(folded)
    value = str(int(found.group(1))) if found else _YEARS.get(folded, folded)
    return SchoolGrade(value) if value in set(SchoolGrade) else None


def language_of(words: str) -> SpokenLanguage | None:
    """Return the language that a code or an English name means."""
    folded = " ".join(words.casefold().split())
    if folded in set(SpokenLanguage):
        return SpokenLanguage(folded)
    if folded in _LANGUAGES:
        return SpokenLanguage(_LANGUAGES[folded])
    named = folded.replace(" ", "_").upper()
    return SpokenLanguage[named] if named in SpokenLanguage.__members__ else None
