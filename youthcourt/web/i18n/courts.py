"""Sentences and labels of the policy of a court."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

SENTENCES = {
    "policy_invalid": _l(
        "The policy has mistakes (%(count)s). The first is at %(place)s: %(message)s "
        "Please correct them and try again."
    ),
    "policy_unreadable": _l(
        "This file cannot be read as a policy: %(reason)s. Please check how it is written."
    ),
    "policy_version_unknown": _l(
        "The policy has schema_version %(version)s. This program reads 1 to %(newest)s. "
        "Please correct it, or install the newer program."
    ),
    "preset_unknown": _l(
        "No policy called %(slug)s ships with the product. Please choose one of these: %(allowed)s."
    ),
    "slug_shape": _l(
        "The short name has small letters, digits and hyphens only, begins with a letter and has "
        "at most %(max)s of them, for example elm-street."
    ),
    "court_name_shape": _l("Please give the court a name of 1 to %(max)s letters."),
    "phone_name_shape": _l(
        "The names that stand on phones and in messages have 1 to %(max)s letters, for example "
        "Saturday sessions."
    ),
    "zone_unknown": _l(
        "%(zone)s is not the time zone of a place. Write the continent and a city, for example "
        "America/New_York; the evenings would be planned an hour wrong otherwise."
    ),
    "offence_class_unknown": _l(
        "This court has no offence class %(class_code)s. Please choose one from the list."
    ),
}

LABELS = {
    "Act": {"policy_stored": _l("Stored a version of the court's rules")},
    "SanctionKind": {
        "jury": _l("Jury service"),
        "community_service": _l("Community service"),
        "apology_letter": _l("Letter of apology"),
        "essay": _l("Essay"),
        "class_": _l("Class or seminar"),
        "restitution": _l("Paying for the damage"),
        "counselling": _l("Counselling"),
        "other": _l("Something else"),
    },
    "Unit": {
        "sessions": _l("sessions"),
        "minutes": _l("minutes"),
        "pieces": _l("pieces"),
        "money": _l("money"),
        "none": _l("done or not done"),
    },
    "Effect": {
        "full": _l("counts as a whole session"),
        "as_served": _l("counts the time that was served"),
        "none": _l("counts nothing"),
        "stops_clock": _l("counts nothing, but the time limit stops"),
    },
    "Rounding": {
        "none": _l("to the minute"),
        "up_to_quarter": _l("up to the next quarter of an hour"),
        "nearest_quarter": _l("to the nearest quarter of an hour"),
        "down_to_hour": _l("down to the whole hour"),
    },
    "ConflictEffect": {
        "may_not_sit": _l("does not sit in that room at all"),
        "steps_aside": _l("steps aside for that hearing"),
    },
    "SittingModel": {
        "peer_jury": _l("Peer jury: young jurors ask and decide"),
        "adult_judge": _l("Adult judge with a young jury"),
        "youth_judge": _l("Young judge with a young jury"),
        "tribunal": _l("Tribunal of young judges"),
    },
    "DecisionRule": {
        "unanimous": _l("all have to agree"),
        "majority": _l("most have to agree"),
        "judge_within_range": _l("the judge decides within the range"),
        "unstated": _l("not stated"),
    },
    "IntakeStep": {
        "contacted": _l("Reach the family"),
        "screened": _l("Decide on eligibility"),
        "intake_done": _l("Intake interview"),
    },
    "WhenUnknown": {
        "ask": _l("staff are asked"),
        "pass": _l("does not hold the case up"),
    },
    "ClassChoice": {
        "staff": _l("staff choose it"),
        "rule": _l("the lists of offences decide"),
    },
    "SignUp": {
        "draw": _l("a jury is drawn before the session"),
        "walk_in": _l("jurors walk in and are seated at the session"),
    },
    "CountedFrom": {
        "hearing": _l("the first hearing"),
        "sentence": _l("the sentence"),
        "referral": _l("the referral"),
        "admission": _l("the admission of responsibility"),
    },
    "ExtendedBy": {"coordinator": _l("the coordinator")},
    "ConsentKind": {
        "admission": _l("Admission of responsibility"),
        "guardian_consent": _l("Consent of a parent or guardian"),
        "release": _l("Release of information"),
        "confidentiality": _l("Promise of confidentiality"),
    },
    "ShowAt": {
        "eligibility": _l("when deciding on eligibility"),
        "intake": _l("at the intake"),
        "draw": _l("when a jury is drawn"),
        "tonight": _l("at the session"),
        "sentence": _l("at the sentence"),
        "closure": _l("when a case is closed"),
        "always": _l("always"),
    },
    "Outcome": {
        "met": _l("Met"),
        "not_met": _l("Not met"),
        "unknown": _l("Not known yet"),
        "asked": _l("To be answered"),
    },
    "Op": {
        "eq": _l("is"),
        "ne": _l("is not"),
        "lt": _l("is less than"),
        "le": _l("is at most"),
        "gt": _l("is more than"),
        "ge": _l("is at least"),
        "in": _l("is one of"),
        "not_in": _l("is none of"),
    },
    "Weekday": {
        "0": _l("Monday"),
        "1": _l("Tuesday"),
        "2": _l("Wednesday"),
        "3": _l("Thursday"),
        "4": _l("Friday"),
        "5": _l("Saturday"),
        "6": _l("Sunday"),
    },
}
