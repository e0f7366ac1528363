"""Sentences and labels of a young person's own pages; a bystander may read every one of them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

SENTENCES = {
    "code_shape": _l(
        "A code has eight letters and digits. There is no O, I or L and no 0 or 1 in it. "
        "Please look at your slip again."
    ),
    "door_throttled": _l(
        "There were too many tries from here. Please wait %(minutes)s and try again, or ask the "
        "office for help."
    ),
    "own_days_too_many": _l(
        "That is more than a year. Please tell us a shorter time, or talk to the office."
    ),
    "slip_too_long": _l("A slip is good for at most %(days)s days. Please choose an earlier day."),
    "no_mail_on_record": _l(
        "No e-mail address is on record, so nothing can be sent. Please make a slip instead."
    ),
}

LABELS = {
    # What somebody does for others, in words that tell a bystander nothing about why.
    "OwnKind": {
        "jury": _l("Sessions"),
        "community_service": _l("Service"),
        "apology_letter": _l("A letter"),
        "essay": _l("An essay"),
        "class_": _l("A class"),
        "restitution": _l("A payment"),
        "counselling": _l("Meetings"),
        "other": _l("Something else"),
    },
    "OwnTransfer": {
        "earned": _l("Earned"),
        "given": _l("Gift"),
        "pot_gift": _l("Gift to everybody"),
        "reward_reserved": _l("Set aside for a reward"),
        "returned": _l("Came back from a reward"),
        "reversed": _l("Taken back"),
        "opening": _l("Brought along"),
    },
    "Act": {
        "door_closed": _l("Ended all codes and links, and closed the page on every phone"),
    },
}
