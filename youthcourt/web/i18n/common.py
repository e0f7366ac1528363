"""Sentences that every feature uses."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

SENTENCES = {
    "not_found": _l("We could not find that. It may have been moved, or the address is wrong."),
    "form_expired": _l(
        "This form was open for a long time and can no longer be sent. "
        "Go back, copy what you typed, load the page again and send it once more."
    ),
    "cookie_missing": _l(
        "Your browser did not keep this site's cookie, and without it no form can be sent. "
        "Allow cookies for this site, be sure that the address begins with https://, and try again."
    ),
    "database_not_upgraded": _l(
        "The database is not ready for this program. 'youthcourt db upgrade' brings it up to date."
    ),
    "database_busy": _l(
        "Too much is being written at this moment, and this was not saved. "
        "Go back and send it again in a minute."
    ),
    "saved_by_another": _l(
        "Somebody else saved this record while you were working on it. "
        "Both versions are shown below: nothing you typed is lost."
    ),
    "required": _l("Please fill this in."),
    "not_a_choice": _l("Please choose one of the answers shown."),
    "not_a_whole_number": _l("Please write a whole number."),
    "not_a_day": _l("This is no day of the calendar. Write it like this: 2012-04-30."),
    "not_a_time": _l("This is no time of day. Write it like this: 18:30."),
    "address_not_served": _l(
        "This site does not answer under that address. Please use the address you were given."
    ),
    "too_long": _l("Please use at most %(max)s characters."),
    "day_in_future": _l("This day is still to come. Please check the date."),
    "day_in_past": _l("This day is already over. Please choose a later one."),
    "reason_required": _l("Please write down the reason."),
}
