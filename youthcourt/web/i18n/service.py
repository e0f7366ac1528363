"""Sentences and labels of what changes an obligation, and of service put right."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

SENTENCES = {
    "waiver_minutes_out_of_range": _l(
        "Only what is not done yet can be waived: at most %(limit_minutes)s."
    ),
    "adjustment_minutes_below_done": _l(
        "It cannot be less than what is done already: %(least_minutes)s."
    ),
    "item_has_no_amount": _l(
        "This is done or not done, so it has no amount. Mark it as done, or waive it."
    ),
    "sanction_changed_meanwhile": _l(
        "This was changed while your page was open. Look at what is owed now, then decide again."
    ),
}

LABELS = {
    "FeasibilityReason": {
        "training_first": _l("no training with a free place is sure before they can sit"),
    },
    # Besides the reasons staff choose: the program itself confirms a piece anew.
    "ReversalReason": {
        "counted_again": _l("counted anew, because part of the sentence was open again"),
    },
    "RecountReason": {
        "counted_again": _l("counted anew, because part of the sentence was open again"),
    },
    "ServiceActor": {
        "staff": _l("the office"),
        "supervisor": _l("the supervisor at the site"),
        "juror": _l("the juror"),
        "system": _l("the program"),
    },
}
