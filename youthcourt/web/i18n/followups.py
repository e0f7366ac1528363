"""Sentences and labels of follow-up."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

SENTENCES = {
    "follow_up_not_started": _l(
        "This case is not followed yet: it needs a hearing on the docket, or a signed admission."
    ),
    "search_before_start": _l(
        "Follow-up of this case starts on %(start)s. Write a day of the search after that."
    ),
    "no_search_needs_reason": _l("Please choose why, so that nobody takes it for nothing found."),
    "found_needs_offence": _l("Please write down below what was found, or choose another answer."),
    "offence_without_found": _l(
        "A later offence is written below. Choose that something was found, or empty the rows."
    ),
    "search_needs_data_through": _l(
        "Please write down the last day these records speak of. Without it nobody can tell how far "
        "the search reaches."
    ),
    "data_through_after_search": _l(
        "The records cannot go further than the day of the search. Check both days."
    ),
    "reason_without_need": _l(
        "It was searched, so there is no reason why not. Choose that it was searched."
    ),
    "event_after_data": _l(
        "Later offence %(number)s lies after the last day these records speak of. Check both days."
    ),
    "offence_after_event": _l(
        "Later offence %(number)s: the act cannot be later than what followed it. Check both days."
    ),
    "event_before_start": _l(
        "Later offence %(number)s is not later: follow-up of this case starts on %(start)s. "
        "Earlier offences belong to the intake."
    ),
    "check_withdrawn_already": _l("Somebody has taken this search back already."),
}

LABELS = {
    "CheckResult": {
        "nothing_found": _l("Searched, nothing found"),
        "found": _l("Searched, something found"),
        "not_searched": _l("Not searched"),
        "cannot_be_searched": _l("Cannot be searched"),
    },
    "RecordSource": {
        "own_records": _l("our own cases"),
        "police": _l("the police"),
        "juvenile_court": _l("the juvenile court"),
        "adult_court": _l("an adult court"),
        "state_records": _l("the records of the state"),
        "school": _l("a school"),
    },
    "NoSearchReason": {
        "no_answer": _l("not searched: no answer yet"),
        "no_agreement": _l("not searched: no agreement with whoever keeps the records"),
        "no_time": _l("not searched: nobody had time"),
        "sealed": _l("cannot be: the record is sealed"),
        "not_identified": _l("cannot be: name or birth date is not known"),
        "moved_away": _l("cannot be: moved where nobody answers us"),
        "law_forbids": _l("cannot be: the law forbids it"),
        "deceased": _l("cannot be: the person has died"),
    },
    "LaterEventKind": {
        "referral": _l("Referral"),
        "arrest": _l("Arrest"),
        "charge": _l("Charge"),
        "adjudication": _l("Adjudication or conviction"),
        "confinement": _l("Confinement"),
    },
    "OffenceCategory": {
        "delinquent": _l("an offence"),
        "status": _l("a status offence, such as truancy"),
        "traffic": _l("traffic"),
        "infraction": _l("an infraction"),
        "technical": _l("a broken condition, no new offence"),
    },
    "WithdrawalReason": {
        "wrong_person": _l("It was about somebody else"),
        "wrong_case": _l("It belongs to another case"),
        "typing_error": _l("It was typed wrongly"),
        "record_corrected": _l("The records were corrected since"),
    },
    "StartKind": {
        "first_hearing": _l("the first day a hearing was set for"),
        "admission": _l("the day of the admission"),
    },
    "WindowState": {
        "not_due": _l("not due yet"),
        "nothing_found": _l("searched to the end, nothing found"),
        "found": _l("a later offence"),
        "incomplete": _l("searched, but not to the end"),
        "not_searched": _l("not searched"),
        "cannot_be_searched": _l("cannot be searched"),
    },
    "Act": {
        "records_searched": _l("Wrote down a search of records"),
        "search_withdrawn": _l("Took back a search of records"),
    },
    "Subject": {
        "follow_up": _l("follow-up"),
        "follow_up_list": _l("list of searches that are due"),
        "record_check": _l("search of records"),
    },
}
