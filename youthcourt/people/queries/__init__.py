"""Reading people: finding them, their names, their files, and who may be told what."""

from __future__ import annotations

from youthcourt.people.queries.adults import AdultLine, adult_of, adults_of, adults_to_tell
from youthcourt.people.queries.doors import DoorState, door_state
from youthcourt.people.queries.file import MergeLine, PersonFile, person_file
from youthcourt.people.queries.finding import (
    Only,
    PersonLine,
    find_people,
    person_lines,
)
from youthcourt.people.queries.jurors import (
    AwaySpan,
    KnownPerson,
    TrainingLine,
    jury_list,
    known_persons,
    ties_between,
    trainings_of,
    unavailable_days,
)
from youthcourt.people.queries.likeness import Match, duplicates_of, traits_of
from youthcourt.people.queries.papers import ConsentLine, PaperText, consents_of, paper_texts
from youthcourt.people.queries.persons import (
    LastSaved,
    NumberedName,
    ages_of,
    ids_of_person,
    last_saved,
    live_person,
    name_of,
    numbered_names,
    person_made,
    person_names,
    persons_by_phone,
    present_person_id,
)
from youthcourt.people.queries.reaching import adult_hindered, youth_hindered
from youthcourt.people.queries.schools import school_name, school_names

__all__ = [
    "AdultLine",
    "AwaySpan",
    "ConsentLine",
    "DoorState",
    "KnownPerson",
    "LastSaved",
    "Match",
    "MergeLine",
    "NumberedName",
    "Only",
    "PaperText",
    "PersonFile",
    "PersonLine",
    "TrainingLine",
    "adult_hindered",
    "adult_of",
    "adults_of",
    "adults_to_tell",
    "ages_of",
    "consents_of",
    "door_state",
    "duplicates_of",
    "find_people",
    "ids_of_person",
    "jury_list",
    "known_persons",
    "last_saved",
    "live_person",
    "name_of",
    "numbered_names",
    "paper_texts",
    "person_file",
    "person_lines",
    "person_made",
    "person_names",
    "persons_by_phone",
    "present_person_id",
    "school_name",
    "school_names",
    "ties_between",
    "trainings_of",
    "traits_of",
    "unavailable_days",
    "youth_hindered",
]
