"""Sentences and labels of the evening."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

SENTENCES = {
    "evening_confirmed_already": _l(
        "This session is confirmed. Ask a coordinator to correct it from its review."
    ),
    "evening_still_to_come": _l("This session is on %(on)s. Come back on that day."),
    "evening_not_confirmed": _l("This session is not confirmed yet. Change it at the door."),
    "not_here_yet": _l("Check them in first, then tick the promise."),
    "time_still_to_come": _l("This time is still to come. Please check it."),
    "time_outside_evening": _l("This time is not within the session. Please check it."),
    "slip_unknown": _l(
        "This code is not known, or it is over. Look for the first name in the list instead."
    ),
}

LABELS = {
    "Act": {
        "checked_in": _l("Checked somebody in"),
        "check_in_undone": _l("Took a check-in back"),
        "oath_ticked": _l("Ticked the promise of the evening"),
        "oath_taken_back": _l("Took the tick of the promise back"),
        "attendance_marked": _l("Wrote down how an evening went"),
        "attendance_confirmed": _l("Confirmed an evening"),
        "attendance_corrected": _l("Corrected a confirmed evening"),
    },
    "Subject": {
        "attendance": _l("evening of a person"),
        "attendance_list": _l("who came to a session"),
        "docket": _l("docket of a room"),
    },
}
