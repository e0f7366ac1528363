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
    "member_already": _l(
        "Somebody with this e-mail address works in this court already. Open their line on the "
        "list of staff to change the role."
    ),
    "last_administrator": _l(
        "A court needs an administrator, and this is the only one. Make somebody else an "
        "administrator first."
    ),
    "not_oneself": _l(
        "This is your own account. Another administrator changes your role or removes you."
    ),
    "password_not_of_one_court": _l(
        "This account is not looked after by this court alone, so its password is not changed from "
        "here. Whoever runs the machine can: youthcourt accounts new-password."
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
    "RoleInFull": {
        "administrator": _l("Administrator: all that a coordinator does, and staff and upkeep"),
        "coordinator": _l("Coordinator: runs the programme and sees all of the court"),
        "clerk": _l("Clerk: helps at a session and sees that session alone"),
        "evaluator": _l("Evaluator: counts and compares, without names"),
    },
    "StaffState": {
        "invited": _l("invited"),
        "over": _l("invitation over"),
        "active": _l("works here"),
        "removed": _l("removed"),
    },
    "Act": {
        "staff_invited": _l("Invited somebody to work here"),
        "staff_invitation_withdrawn": _l("Withdrew an invitation"),
        "staff_role_changed": _l("Changed somebody's role"),
        "staff_removed": _l("Removed somebody from the court"),
        "staff_password_code": _l("Made a link for a new password"),
    },
    "Subject": {"staff": _l("member of staff"), "invitation": _l("invitation")},
    "FactQuestion": {
        "pet": _l("What is the name of a pet you like?"),
        "street": _l("What is the name of a street you know well?"),
        "colour": _l("What is your favourite colour?"),
        "food": _l("What is your favourite food?"),
        "number": _l("What is a number you like?"),
    },
}
