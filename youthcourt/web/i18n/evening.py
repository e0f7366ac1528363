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
    "may_not_sit_here": _l("They may not sit in this room. Choose another room."),
    "room_is_full": _l("Every place in this room is taken. Choose another room."),
    "training_first": _l("They need the training before they can sit. Ask the coordinator."),
    "nobody_here_yet": _l("Nobody is here yet. Check people in first."),
    "evening_changed_meanwhile": _l(
        "Somebody else has changed this meanwhile. Look at how it stands now, then try again."
    ),
    "evening_not_begun": _l("The session begins at %(at)s. Until then everybody may still come."),
    "left_before_coming": _l("That is before they came. Please check both times."),
    "not_as_juror_tonight": _l(
        "They cannot be taken in as a juror of this session. Ask the coordinator."
    ),
    "room_not_chosen": _l("Please choose a room of this session."),
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
        "checked_out": _l("Noted that somebody left"),
        "oath_ticked": _l("Ticked the promise of the session"),
        "oath_taken_back": _l("Took the tick of the promise back"),
        "seats_filled": _l("Filled the seats from who came"),
        "attendance_marked": _l("Wrote down how a session went"),
        "attendance_confirmed": _l("Confirmed who came"),
        "attendance_corrected": _l("Corrected who came"),
    },
    "Subject": {
        "attendance": _l("one person at a session"),
        "attendance_list": _l("who came to a session"),
        "docket": _l("docket of a room"),
    },
}
