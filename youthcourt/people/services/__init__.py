"""Acts on people: entering, changing, the adults around them, papers, and the jury list."""

from __future__ import annotations

from youthcourt.people.services.adults import (
    AdultEntry,
    add_adult,
    change_adult,
    end_adult,
    resume_adult,
)
from youthcourt.people.services.doors import SLIP_DAYS, Slip, close_door, make_slip
from youthcourt.people.services.jurors import (
    LONGEST_AWAY_DAYS,
    add_acquaintance,
    add_days_away,
    add_training,
    remove_acquaintance,
    remove_days_away,
    remove_training,
    set_fact,
    set_jury_list,
    set_service_learning,
    stop_volunteering,
)
from youthcourt.people.services.papers import record_consent, withdraw_consent
from youthcourt.people.services.persons import (
    PersonEntry,
    add_person,
    change_person,
    check_person,
    school_named,
    subject_of,
)

__all__ = [
    "LONGEST_AWAY_DAYS",
    "SLIP_DAYS",
    "AdultEntry",
    "PersonEntry",
    "Slip",
    "add_acquaintance",
    "add_adult",
    "add_days_away",
    "add_person",
    "add_training",
    "change_adult",
    "change_person",
    "check_person",
    "close_door",
    "end_adult",
    "make_slip",
    "record_consent",
    "remove_acquaintance",
    "remove_days_away",
    "remove_training",
    "resume_adult",
    "school_named",
    "set_fact",
    "set_jury_list",
    "set_service_learning",
    "stop_volunteering",
    "subject_of",
    "withdraw_consent",
]
