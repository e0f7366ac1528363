"""Sentences and labels of persons, the adults around them, papers and merging."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

SENTENCES = {
    "name_too_long": _l("This name has %(length)s characters. Please use at most %(limit)s."),
    "name_has_control_characters": _l(
        "This name holds invisible characters that can make it read as another. "
        "Please type it again instead of pasting it."
    ),
    "day_before_age": _l(
        "On this day the young person was not %(age)s years old yet. Please check the year."
    ),
    "person_not_named": _l("Write down a name, or tick “Nobody knows yet who it is”."),
    "age_implausible": _l(
        "That makes an age of %(age)s. Young people here are %(youngest)s to %(oldest)s years "
        "old. Please check the date or the age."
    ),
    "birth_date_in_future": _l("%(birth_date)s is still to come. Please check the birth date."),
    "birth_date_after_offence": _l(
        "The birth date, %(birth_date)s, is after the day of the offence, %(offence_on)s. "
        "Please check both."
    ),
    "phone_unreadable": _l(
        "A phone number has at least %(least)s digits. Please check it, or leave it empty."
    ),
    "email_unreadable": _l(
        "This is no e-mail address. It looks like name@example.org. "
        "Please check it, or leave it empty."
    ),
    "authority_proof_needed": _l(
        "Please say how we know that this adult may decide, or untick the box above."
    ),
    "never_told_cannot_consent": _l(
        "Somebody who must never be contacted cannot sign. Please untick one of the two boxes."
    ),
    "never_told_cannot_sign": _l(
        "This adult is marked as never to be contacted or told anything. "
        "Please choose somebody else, or change the mark first."
    ),
    "adult_may_not_consent": _l(
        "It is not recorded that this adult may decide for the young person. "
        "Please choose another adult, or record it with the adult first."
    ),
    "adult_must_sign": _l("A parent or guardian signs this paper. Please choose who signed."),
    "consent_needs_case": _l(
        "This paper belongs to a case. Please open the case and record the paper there."
    ),
    "withdrawn_before_signed": _l(
        "The paper was signed on %(signed_on)s. Please choose that day or a later one."
    ),
    "jury_list_needs_name": _l(
        "Somebody without a name cannot be called to sit. Please add the name first."
    ),
    "ends_before_start": _l("The last day is before the first. Please check both."),
    "away_too_long": _l(
        "Please enter at most %(days)s days at a time. "
        "Somebody who stays away longer can be taken off the jury list."
    ),
    "training_from_session": _l(
        "This training was recorded at a session. Please correct it there."
    ),
    "same_person_twice": _l("These are one and the same person. Please choose somebody else."),
    "tie_already_noted": _l("It is already noted that these two know each other."),
    "answer_unreadable": _l("Please use at least one letter or digit."),
    "no_fact_chosen": _l(
        "A printed code needs a question and an answer. "
        "Please let the young person choose them first."
    ),
    "code_already_over": _l("This code would be over at once. Please choose a later end."),
    "code_refused": _l(
        "This code and this answer do not open anything. Check both. After five wrong answers a "
        "code stops working: then ask the office for a new slip."
    ),
    "answer_missing": _l("Please type your answer."),
    "link_refused": _l("This link was used before or is too old. Please ask for a new one."),
    "merge_blocked": _l(
        "These two cannot be made one as long as the points below stand. Nothing has been changed."
    ),
    "merge_changed_meanwhile": _l(
        "Something about these two has changed since this page was made. "
        "Please look at it again before you go on."
    ),
    "merge_undo_later_first": _l(
        "This person was made part of a third one later. Please undo that first."
    ),
}

LABELS = {
    "PersonSex": {
        "female": _l("Female"),
        "male": _l("Male"),
        "x": _l("Another or none (X)"),
        "unknown": _l("Unknown"),
        "not_asked": _l("Not asked"),
    },
    "SpokenLanguage": {
        "en": _l("English"),
        "es": _l("Spanish"),
        "am": _l("Amharic"),
        "ar": _l("Arabic"),
        "bn": _l("Bengali"),
        "my": _l("Burmese"),
        "zh": _l("Chinese"),
        "prs": _l("Dari"),
        "fr": _l("French"),
        "ht": _l("Haitian Creole"),
        "hi": _l("Hindi"),
        "hmn": _l("Hmong"),
        "kar": _l("Karen"),
        "ko": _l("Korean"),
        "mh": _l("Marshallese"),
        "nv": _l("Navajo"),
        "ne": _l("Nepali"),
        "ps": _l("Pashto"),
        "pl": _l("Polish"),
        "pt": _l("Portuguese"),
        "pa": _l("Punjabi"),
        "ru": _l("Russian"),
        "ase": _l("American Sign Language"),
        "so": _l("Somali"),
        "sw": _l("Swahili"),
        "tl": _l("Tagalog"),
        "ti": _l("Tigrinya"),
        "uk": _l("Ukrainian"),
        "ur": _l("Urdu"),
        "vi": _l("Vietnamese"),
        "other": _l("Another language"),
        "not_asked": _l("Not asked"),
    },
    "SchoolGrade": {
        **{str(grade): _l("Grade %(grade)s", grade=grade) for grade in range(4, 13)},
        "ungraded": _l("A school without grades"),
        "none": _l("Not at school"),
        "unknown": _l("Unknown"),
        "not_asked": _l("Not asked"),
    },
    "Relation": {
        "mother": _l("Mother"),
        "father": _l("Father"),
        "step_parent": _l("Step-parent"),
        "grandparent": _l("Grandparent"),
        "aunt_or_uncle": _l("Aunt or uncle"),
        "brother_or_sister": _l("Grown-up brother or sister"),
        "foster_parent": _l("Foster parent"),
        "legal_guardian": _l("Legal guardian"),
        "case_worker": _l("Case worker"),
        "mentor": _l("Mentor"),
        "other": _l("Somebody else"),
    },
    "AuthorityProof": {
        "birth_certificate": _l("Birth certificate seen"),
        "court_order": _l("Court order seen"),
        "power_of_attorney": _l("Power of attorney seen"),
        "agency_letter": _l("Letter of an agency seen"),
        "school_record": _l("School record seen"),
        "word_only": _l("They said so, no paper seen"),
    },
    "AdultChannel": {
        "phone": _l("Phone call"),
        "text": _l("Text message"),
        "email": _l("E-mail"),
        "letter": _l("Letter"),
    },
    "Telling": {
        "schedule": _l("days and times"),
        "progress": _l("how much is done and left"),
        "outcome": _l("how the case ended"),
    },
    "AwayReason": {
        "school": _l("School"),
        "work": _l("Work"),
        "family": _l("Family"),
        "travel": _l("Away from town"),
        "health": _l("Health"),
        "faith": _l("Religious day"),
        "other": _l("Another reason"),
    },
    "TrainingTopic": {
        "juror": _l("Juror training"),
        "foreperson": _l("Foreperson training"),
        "other": _l("Another training"),
    },
    "Tie": {
        "friend": _l("Friends"),
        "family": _l("Family"),
        "household": _l("Live together"),
        "classmate": _l("Same class"),
        "neighbour": _l("Neighbours"),
        "team": _l("Same team or club"),
        "trouble": _l("Trouble between them"),
        "other": _l("Another way"),
    },
    "SaidBy": {
        "person": _l("This person"),
        "other_person": _l("The other person"),
        "family": _l("The family"),
        "staff": _l("Staff"),
    },
    "ConsentKind": {
        "admission": _l("Admission of responsibility"),
        "guardian_consent": _l("Consent of a parent or guardian"),
        "release": _l("Release of information"),
        "confidentiality": _l("Promise of confidentiality"),
    },
    "Likeness": {
        "same_name": _l("same name"),
        "name_order_swapped": _l("same names in another order"),
        "nickname": _l("one name is short for the other"),
        "one_letter": _l("one letter of the name differs"),
        "name_left_out": _l("same name, one part left out"),
        "same_birth_date": _l("same birth date"),
        "day_and_month_swapped": _l("day and month of birth swapped"),
        "birth_date_near": _l("one digit of the birth date differs"),
        "same_phone": _l("same phone number"),
    },
    "Level": {
        "likely": _l("Likely the same"),
        "possible": _l("Possibly the same"),
        "none": _l("Not the same"),
    },
    "MergeField": {
        "given_names": _l("Given names"),
        "family_name": _l("Family name"),
        "preferred_name": _l("Called"),
        "birth_date": _l("Birth date"),
        "stated_age": _l("Age as stated"),
        "sex": _l("Sex"),
        "language": _l("Language"),
        "interpreter_needed": _l("Needs an interpreter"),
        "school": _l("School"),
        "grade": _l("Grade"),
        "phone": _l("Phone"),
        "email": _l("E-mail"),
        "address": _l("Address"),
        "fact": _l("Question for printed codes"),
        "jury_list": _l("On the jury list"),
        "volunteer_since": _l("Volunteer since"),
        "service_learning_since": _l("Collects service-learning hours since"),
    },
    "PersonTable": {
        "acquaintances": _l("people they know"),
        "adults": _l("adults"),
        "attendances": _l("sessions they came to"),
        "cases": _l("cases"),
        "consents": _l("signed papers"),
        "credit_accounts": _l("time credit accounts"),
        "draw_numbers": _l("numbers in past draws"),
        "notices": _l("messages and letters"),
        "sanctions": _l("parts of sentences"),
        "seats": _l("seats on juries"),
        "service_records": _l("pieces of service"),
        "trainings": _l("trainings"),
        "unavailabilities": _l("days away"),
    },
    "MergeBlock": {
        "attendances": _l(
            "Both are recorded at the same session. If this is right they are two people; "
            "if not, correct the attendance of that session first."
        ),
        "seats": _l(
            "Both hold a seat at the same coming session. Release one of the two seats first."
        ),
        "credit_accounts": _l("Both have a time credit account. Two accounts cannot be made one."),
    },
    "Act": {
        "person_added": _l("Entered the person"),
        "person_changed": _l("Changed the person"),
        "persons_merged": _l("Made one person of two entries"),
        "merge_undone": _l("Took merged entries apart"),
        "adult_added": _l("Entered an adult"),
        "adult_changed": _l("Changed an adult"),
        "adult_ended": _l("Noted that an adult is no longer involved"),
        "adult_resumed": _l("Noted that an adult is involved again"),
        "consent_recorded": _l("Recorded a signed paper"),
        "consent_withdrawn": _l("Recorded that a paper was taken back"),
        "days_away_added": _l("Entered days away"),
        "days_away_removed": _l("Removed days away"),
        "training_added": _l("Recorded a training"),
        "training_removed": _l("Removed a training"),
        "tie_noted": _l("Noted whom they know"),
        "tie_removed": _l("Removed whom they know"),
        "fact_set": _l("Set the question for printed codes"),
        "jury_list_joined": _l("Put them on the jury list"),
        "jury_list_left": _l("Took them off the jury list"),
        "volunteering_ended": _l("Noted that they are no volunteer"),
        "service_learning_set": _l("Noted since when they collect service-learning hours"),
        "service_learning_ended": _l("Noted that they collect no service-learning hours"),
        "slip_issued": _l("Made a sign-in slip"),
        "link_issued": _l("Made a sign-in link"),
    },
    "Subject": {
        "person": _l("person"),
        "person_list": _l("list of people"),
        "adult": _l("adult of a young person"),
        "consent": _l("signed paper"),
        "days_away": _l("days away"),
        "training": _l("training"),
        "acquaintance": _l("people who know each other"),
    },
}
