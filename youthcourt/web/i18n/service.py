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
        "training_first": _l("not trained yet, and no training with a free place is sure"),
        "last_day_over": _l("the last day is over"),
    },
    # What the office can do about each of them.
    "FeasibilityHelp": {
        "too_few_sessions": _l("Give more time, let go of a part, or add a session."),
        "too_few_free_seats": _l("Add a room or a session, or give more time."),
        "too_few_when_available": _l("Ask about the days away, give more time, or add a session."),
        "too_close_together": _l("Give more time, or let go of a part."),
        "others_due_earlier": _l("Give them the seats by hand, give more time, or add a session."),
        "calendar_ends_before_due": _l(
            "Plan the sessions up to the last day, then it can be said."
        ),
        "training_first": _l("Invite them to a training, or write down the one they had."),
        "last_day_over": _l("Give more time, or close the case."),
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
