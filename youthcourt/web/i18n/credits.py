"""Sentences and labels of time credits and of what can be wrong with their ledger."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

SENTENCES = {
    "minutes_not_positive": _l("Please give more than nothing."),
    "same_account": _l("Nobody can give to themselves. Choose somebody else."),
    "accounts_of_two_courts": _l("Credits stay within one court. Choose an account of this court."),
    "reversal_needs_its_transfer": _l(
        "Only a line that stands in the ledger can be taken back. Open the statement and choose it."
    ),
    "transfer_not_between_these": _l(
        "Credits of this kind (%(kind)s) do not go between these accounts. Choose another account."
    ),
    "balance_too_low": _l(
        "There is not enough on the account. At most %(available_minutes)s can be given."
    ),
    "reversal_cannot_be_reversed": _l(
        "This line takes another one back and stays. Enter what was served anew in place of it."
    ),
    "transfer_is_sound": _l(
        "Confirmed service stands behind this line. To undo it, take the service back on the page "
        "of the person."
    ),
}

LABELS = {
    "AccountKind": {
        "person": _l("somebody else"),
        "pool": _l("the court"),
        "pot": _l("the community pot"),
        "rewards": _l("rewards"),
    },
    "TransferKind": {
        "earned": _l("Earned"),
        "given": _l("Gift"),
        "pot_gift": _l("Gift to the community pot"),
        "reward_reserved": _l("Set aside for a reward"),
        "returned": _l("Came back from a reward"),
        "reversed": _l("Taken back"),
        "opening": _l("Brought along at the start"),
    },
    "ReturnReason": {"no_service": _l("no confirmed service stands behind it")},
    # What is wrong, in a few words; the sentences below say what it means and what to do.
    "ProblemCode": {
        "wrong_shape": _l("A line that cannot be"),
        "unknown_account": _l("A line with an account that is not there"),
        "sum_not_zero": _l("The accounts do not balance"),
        "key_twice": _l("One act was entered twice"),
        "reversed_twice": _l("One line was taken back twice"),
        "reversal_of_reversal": _l("A line that takes back was itself taken back"),
        "reversal_of_nothing": _l("A line takes back one that is not there"),
        "reversal_differs": _l("A line takes back something else than was given"),
        "posted_below_floor": _l("More was given than there was"),
        "balance_below_floor": _l("A balance is too low"),
        "service_without_transfer": _l("Service without its credits"),
        "transfer_without_service": _l("Credits without service"),
        "earned_differs": _l("Credits and service differ"),
        "parts_differ": _l("The parts of a piece of service do not add up"),
        "seated_twice": _l("Somebody has two seats at one time"),
        "seats_above_capacity": _l("More seats were given than there are"),
    },
    "ProblemMeaning": {
        "damaged": _l(
            "The program never writes such a line. Somebody changed the database by another way, "
            "or it was damaged."
        ),
        "posted_below_floor": _l(
            "At the time of the gift there was less on the account than the rules ask for. Two "
            "entries of one person that were taken apart can bring this about."
        ),
        "balance_below_floor": _l(
            "Service that had earned credits was taken back after the credits were spent, or two "
            "entries of one person were taken apart. Nobody did anything wrong."
        ),
        "service_without_transfer": _l(
            "This service is confirmed and should have earned credits, but the ledger has no line "
            "for it."
        ),
        "transfer_without_service": _l(
            "The ledger has a line for service that is not confirmed any more, or never was."
        ),
        "earned_differs": _l(
            "The line in the ledger has other minutes, or another person, than the service that "
            "is confirmed."
        ),
        "parts_differ": _l(
            "What this service counts for, obligation by obligation, is more or less than what "
            "was served."
        ),
        "seats": _l("The plan of a session does not hold together."),
    },
    "ProblemRemedy": {
        "damaged": _l(
            "Change nothing by hand. Tell whoever looks after the server, with the keys below, "
            "and keep the last backup."
        ),
        "posted_below_floor": _l(
            "Look at the statement. The next hours served even it out; there is nothing to undo."
        ),
        "balance_below_floor": _l(
            "Look at the statement and talk with the person. The next hours served even it out."
        ),
        "service_without_transfer": _l(
            "On the page of the person, take this service back and record it anew. Confirmed "
            "again, it earns its credits."
        ),
        "transfer_without_service": _l(
            "Take the line back here. If the service was real, record it on the page of the person."
        ),
        "earned_differs": _l(
            "On the page of the person, take this service back and record it anew. That undoes "
            "the wrong line too."
        ),
        "parts_differ": _l("On the page of the person, take this service back and record it anew."),
        "seats": _l("Open the session in the calendar and release one of the seats."),
    },
    "Act": {
        "ledger_checked": _l("Checked the whole ledger"),
        "credits_earned": _l("Credited time for service"),
        "credits_given": _l("Moved credits as a gift"),
        "credits_pot_gift": _l("Moved credits to the community pot"),
        "credits_reward_reserved": _l("Set credits aside for a reward"),
        "credits_returned": _l("Brought credits back from a reward"),
        "credits_reversed": _l("Took credits back"),
        "credits_opening": _l("Entered credits brought along"),
        "credit_accounts_joined": _l("Made one purse of two accounts"),
        "credit_accounts_parted": _l("Took two accounts apart"),
    },
    "Subject": {
        "transfer": _l("line of credits"),
        "credit_account": _l("account of credits"),
        "credit_statement": _l("statement of credits"),
        "credit_problems": _l("problems of the ledger"),
    },
}
