"""Sentences and labels of signing in."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

SENTENCES = {
    "too_many_tries": _l(
        "Too many tries. Please wait %(minutes)s and try again, or ask the administrator."
    ),
    "sign_in_refused": _l(
        "This address and password do not fit together. Check both and try again."
    ),
    "password_wrong": _l("This is not your present password. Please try again."),
    "password_too_short": _l(
        "Please use at least %(min)s characters. Four or five words are easy to remember."
    ),
    "password_too_long": _l("Please use at most %(max)s characters."),
    "password_too_common": _l(
        "This password is too easy to guess. Use a few words that have nothing to do with "
        "your name or your work."
    ),
    "email_taken": _l("Somebody with this e-mail address is already there."),
    "email_shape": _l("This is no e-mail address. It looks like name@example.org."),
    "email_missing": _l("Please type your e-mail address."),
    "name_missing": _l("Please type your name."),
    "password_missing": _l("Please choose a password."),
    "email_has_account": _l(
        "Somebody with this e-mail address has an account here. Type the password of that account, "
        "or use another address."
    ),
    "no_account": _l("Nobody with this e-mail address has an account here."),
    "invitation_refused": _l(
        "This code opens nothing. It was typed wrong, was used before, or its three days are over. "
        "Check it, or ask whoever gave it to you for a new one."
    ),
    "phone_name_not_neutral": _l(
        "This name is read on juror's phones by bystanders. Please leave out the word court."
    ),
    "slug_taken": _l("There is already a court with the short name %(slug)s."),
    "no_court": _l("There is no court with the short name %(slug)s."),
    "no_policy": _l("This court has no policy yet. Please ask the administrator."),
}

LABELS = {
    "Role": {
        "administrator": _l("Administrator"),
        "coordinator": _l("Coordinator"),
        "clerk": _l("Clerk"),
        "evaluator": _l("Evaluator"),
    },
    "FactQuestion": {
        "pet": _l("What is the name of a pet you like?"),
        "street": _l("What is the name of a street you know well?"),
        "colour": _l("What is your favourite colour?"),
        "food": _l("What is your favourite food?"),
        "number": _l("What is a number you like?"),
    },
}
