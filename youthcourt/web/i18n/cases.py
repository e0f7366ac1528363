"""Sentences and labels of the case file."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

SENTENCES = {
    # The table of moves.
    "family_not_reached": _l("The family has not been reached yet. Write down each try."),
    "eligibility_not_decided": _l("Nobody has decided yet whether the programme takes this case."),
    "case_not_eligible": _l(
        "The case was found not eligible. Decide again with a reason to take it all the same, "
        "or close it."
    ),
    "case_not_found_ineligible": _l(
        "Only a case that was found not eligible can be closed for this. Decide on that first."
    ),
    "admission_missing": _l("The admission of responsibility is not signed yet."),
    "consents_missing": _l("Papers are not signed yet: %(kinds)s."),
    "evaluation_row_open": _l("The intake is not written down yet."),
    "no_hearing_on_docket": _l("There is no hearing on a docket yet."),
    "hearing_still_on_docket": _l("The hearing is still on a docket. Take it off first."),
    "first_hearing_not_held": _l("The first hearing has not been held yet."),
    "first_hearing_already_held": _l(
        "The first hearing has been held, so this can no longer be said of the case."
    ),
    "no_finding_of_not_responsible": _l(
        "No hearing has found that the youth is not responsible. Record that outcome first."
    ),
    "sentence_not_recorded": _l("The sentence is not written down yet."),
    "obligations_open": _l(
        "Parts of the sentence are still open (%(count)s). Confirm or waive them first."
    ),
    "finished_after_due_date": _l(
        "Part of the sentence was finished after its last day. Choose Completed late."
    ),
    "finished_by_due_date": _l("Everything was finished in time. Choose Completed."),
    "no_contact_tried": _l("No try to reach the family is written down yet."),
    "reopens_to_another_state": _l("The case can only go back to where it was: %(state)s."),
    "reopening_reason_missing": _l("Please write down why the case is opened again."),
    "second_name_missing": _l("A second person has to agree. Ask a colleague to sign below."),
    "second_name_is_the_same": _l(
        "The second person must be somebody else than you. Ask a colleague to sign."
    ),
    "second_name_not_of_this_court": _l("This person does not work in this court."),
    "second_name_may_not_close": _l(
        "This person may not open or close cases. Ask a coordinator or the administrator."
    ),
    "second_signature_refused": _l(
        "This address and password do not fit together. Ask the second person to try again."
    ),
    "no_file_chosen": _l("Please choose a file first."),
    "closure_reason_missing": _l("Please choose why the case is closed."),
    "closure_reason_not_here": _l(
        "Where the case stands (%(state)s) it cannot be closed for this: %(reason)s. "
        "Choose another reason."
    ),
    "case_move_not_possible": _l(
        "The case stands at %(state)s and cannot go to %(to)s now. Its page shows what is next."
    ),
    "sentence_stands": _l(
        "There is a sentence in this case. Withdraw it first, on the page of the case."
    ),
    "case_is_closed": _l("This case is closed. To work on it again, open it again first."),
    "case_is_not_closed": _l("This case is not closed. It stands at: %(state)s."),
    "no_paper_owed": _l("There is no notice to print: the case is open or names no agency."),
    # Referral.
    "incident_after_referral": _l(
        "The incident cannot be later than the referral of %(referred_on)s. Check both days."
    ),
    "day_too_long_ago": _l("This day is before %(earliest)s. Please check the year."),
    "before_referral": _l("This day is before the referral of %(referred_on)s. Check the date."),
    "incident_on_another_day": _l(
        "Another case of this incident number says %(happened_on)s. Check the number and the day."
    ),
    "case_known_for_incident": _l(
        "This person already has a case for this incident: %(number)s. "
        "Open that case in place of making a second one."
    ),
    "offence_missing": _l("Please write down at least one offence."),
    "offence_words_missing": _l("Please write down the offence in words."),
    "offence_code_unknown": _l("Please choose an offence from the list."),
    "person_not_chosen": _l("Please choose one of these people, or say that it is somebody else."),
    "nobody_described": _l(
        "Please write down a name, or the age as stated if the name is not known yet."
    ),
    "agency_not_chosen": _l("Please choose who referred the case, or type a new name."),
    "adult_name_missing": _l("Please write down the name of the parent or guardian."),
    # Contact, screening, intake, papers, notes.
    "adult_not_of_this_youth": _l("Please choose one of the adults shown."),
    "call_again_before_try": _l("Choose a day after the day of this try, or leave it empty."),
    "call_again_too_late": _l("This day is more than a year away. Check the year."),
    "adult_never_contacted": _l(
        "This adult must never be contacted or told anything. Choose somebody else."
    ),
    "rule_not_answered": _l("Please answer Yes, No or Not known yet."),
    "override_not_needed": _l(
        "Every rule is met or still open, so the case can be taken without a reason. "
        "Leave this empty."
    ),
    "override_reason_missing": _l("Please write down why the case is taken all the same."),
    "question_open": _l("Please choose an answer. If nobody asked, choose Not asked."),
    "races_missing": _l("Please tick what was said, or change who said it."),
    "races_without_source": _l("Something is ticked above. Please say who said it."),
    "grade_without_school": _l(
        "The youth does not go to school. Choose None for the grade, or correct the school."
    ),
    "choice_unknown": _l("Please choose one of the answers shown."),
    "note_empty": _l("Please write something before you save the note."),
    "day_not_real": _l("This day does not exist. Please check day, month and year."),
}

LABELS = {
    "CaseState": {
        "referred": _l("Referred"),
        "contacted": _l("Contacted"),
        "screened": _l("Screened"),
        "intake_done": _l("Intake done"),
        "docketed": _l("On the docket"),
        "heard": _l("Heard"),
        "supervised": _l("Supervised"),
        "closed": _l("Closed"),
    },
    "ClosureReason": {
        "completed": _l("Completed"),
        "completed_late": _l("Completed late"),
        "settled_without_hearing": _l("Settled without a hearing"),
        "not_responsible": _l("Found not responsible"),
        "non_compliant": _l("Did not do what was agreed"),
        "new_offence": _l("New offence"),
        "withdrew": _l("Youth or family withdrew"),
        "declined_sentence": _l("Declined the sentence"),
        "ineligible": _l("Not eligible"),
        "no_contact": _l("Family could not be reached"),
        "moved": _l("Moved away"),
        "referrer_recalled": _l("Called back by the referring agency"),
        "transferred": _l("Handed over to another programme"),
        "deceased": _l("Died"),
    },
    "ReferrerTold": {
        "completed": _l("The young person has completed the programme."),
        "settled": _l("The matter was settled without a hearing. The programme has ended it."),
        "not_responsible": _l(
            "After a hearing the young person was not found responsible. "
            "The programme has ended the matter."
        ),
        "returned_without_completion": _l(
            "The young person has not completed the programme. "
            "The matter is returned to you for your decision."
        ),
        "returned_unheard": _l(
            "The programme has not heard the matter. It is returned to you for your decision."
        ),
        "recall_confirmed": _l("As you asked, the matter is returned to you."),
        "ended": _l("The programme has ended the matter without completion and without a finding."),
    },
    "ReopenReason": {
        "closed_by_mistake": _l("Closed by mistake"),
        "family_came_back": _l("The family came back"),
        "referrer_asks": _l("The referring agency asks for it"),
        "new_information": _l("There is new information"),
        "other": _l("Another reason"),
    },
    "AgencyKind": {
        "police": _l("Police"),
        "school": _l("School"),
        "prosecutor": _l("Prosecutor"),
        "juvenile_services": _l("Juvenile services or probation"),
        "court": _l("Court"),
        "family": _l("Parents or family"),
        "other": _l("Other"),
    },
    "ContactMethod": {
        "phone": _l("Phone call"),
        "text": _l("Text message"),
        "email": _l("E-mail"),
        "letter": _l("Letter"),
        "visit": _l("Visit at home"),
        "in_office": _l("Came to the office"),
        "through_school": _l("Through the school"),
    },
    "ContactOutcome": {
        "reached": _l("Reached: we spoke"),
        "declined": _l("Reached: they do not want to take part"),
        "message_left": _l("Message left"),
        "sent": _l("Letter or message sent, no answer yet"),
        "no_answer": _l("No answer"),
        "wrong_address": _l("Wrong number or address"),
    },
    "Tried": {
        "reached": _l("spoken with"),
        "declined": _l("does not want to take part"),
        "message_left": _l("message left"),
        "sent": _l("letter or message sent"),
        "no_answer": _l("no answer"),
        "wrong_address": _l("wrong number or address"),
    },
    "StaffAnswer": {"yes": _l("Yes"), "no": _l("No"), "unknown": _l("Not known yet")},
    "CaseSource": {
        "entered": _l("Entered by hand"),
        "imported": _l("Imported from a file"),
        "demo": _l("Made up for the demo"),
    },
}
