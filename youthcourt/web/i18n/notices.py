"""Sentences and labels of the outbox; the words of the messages are in the letters."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

SENTENCES = {
    "notice_settled_already": _l(
        "This message is %(state)s already. Open the list of messages again to see where it stands."
    ),
}

LABELS = {
    "NoticeKind": {
        "duty_published": _l("Coming to a session"),
        "duty_withdrawn": _l("No longer needed at a session"),
        "session_cancelled": _l("A session is cancelled"),
        "hearing_set": _l("An appointment"),
        "hearing_moved": _l("An appointment has changed"),
        "sign_in_link": _l("Link to their own page"),
        "case_closed": _l("Notice to the agency"),
    },
    "Receiver": {
        "youth": _l("Young people"),
        "adult": _l("Parents and other adults"),
        "agency": _l("Agencies"),
    },
    "NoticeState": {
        "queued": _l("about to leave"),
        "sent": _l("sent"),
        "printed": _l("told by hand"),
        "failed": _l("did not get through"),
        "cancelled": _l("not needed any more"),
        "no_address": _l("cannot go by e-mail"),
    },
    "Channel": {"email": _l("e-mail"), "paper": _l("paper")},
    "Unsent": {
        "no_address": _l("no e-mail address is on record"),
        "wants_call": _l("wants to be called"),
        "wants_text": _l("wants a text message, which we cannot send: please call"),
        "read_by_others": _l(
            "somebody who must never be told anything reads this address too: tell them another way"
        ),
        "on_paper": _l("wants a letter"),
        "reason_gone": _l("what it was about has changed since"),
    },
    "MailProblem": {
        "no_connection": _l("the mail server does not answer; it is tried again"),
        "not_safe": _l(
            "the way to the mail server is not safe, so nothing was sent: please tell whoever "
            "looks after the computer"
        ),
        "sign_in_failed": _l(
            "the mail server does not know our name and password: please tell whoever looks "
            "after the computer"
        ),
        "address_refused": _l("the address was refused: please check it"),
        "message_refused": _l("the mail server refused the message"),
        "not_written": _l(
            "the program could not write it: please tell whoever looks after the computer"
        ),
    },
    "Held": {
        "restored": _l(
            "a backup was restored, and it may have left before that: send it or take it off the "
            "list"
        ),
    },
    "ByHand": {"paper": _l("printed"), "phone": _l("told by phone")},
    "Act": {
        "notice_by_hand": _l("Printed a message or told it by phone"),
        "notice_dropped": _l("Took a message off the list"),
        "notice_sent_after_all": _l("Let a message leave that was kept back"),
    },
    "Subject": {"notice": _l("message"), "notice_list": _l("list of messages")},
}
