"""Sentences and labels of cohorts and their later offences."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

SENTENCES = {
    "file_is_there": _l("%(file)s is there already and is not overwritten. Choose another name."),
    "cohort_empty": _l(
        "Nobody is in this cohort, so there is no file. Choose other dates or other people."
    ),
}

LABELS = {
    "StartChoice": {
        "first_scheduled": _l("the first day a hearing was set for, else the admission"),
        "admission": _l("the day of the admission"),
        "heard": _l("the first hearing that was held"),
        "closed": _l("the closing of the case"),
    },
    "CohortFilter": {
        "everybody": _l("everybody who started"),
        "accepted": _l("those who were accepted"),
        "heard": _l("those who had a hearing"),
        "completed": _l("those who completed"),
        "without_completion": _l("those closed without completion"),
    },
    "Denominator": {
        "searched": _l("those searched to the end of the months"),
        "known": _l("these, and those with an event found before the end"),
    },
    "Basis": {
        "offence": _l("the day of the act"),
        "event": _l("the day of the event, such as the arrest"),
    },
    "LeftOut": {
        "still_open": _l("Left out: no start yet, still open"),
        "closed_before_start": _l("Left out: closed before there was a start"),
        "not_in_filter": _l("Left out: not among those to look at"),
        "same_person": _l("Left out: a later case of somebody who is in already"),
    },
    "Act": {"research_file_made": _l("Made the file for research")},
    "Subject": {
        "research_file": _l("file for research"),
        "follow_up_results": _l("results of follow-up"),
    },
}
