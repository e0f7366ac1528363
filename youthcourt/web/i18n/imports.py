"""Sentences and labels of the import of referral files."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

SENTENCES = {
    # A run.
    "import_file_gone": _l("The file of this import was removed. Please send it again."),
    "import_without_mapping": _l("Please choose first which column of the file is what."),
    "import_changed": _l(
        "Something has changed since you looked: the mapping, or what is on record. "
        "Nothing was taken over. Please look at the dry run again."
    ),
    "import_does_nothing": _l(
        "There is nothing in this file that is not on record already, so nothing was taken over."
    ),
    "import_taken_over_already": _l("This file was taken over already. Nothing was done twice."),
    "import_discarded_already": _l("This import was discarded. Please send the file again."),
    "import_column_barred": _l(
        "This file has columns for FBI or state identification numbers or police records "
        "(%(columns)s). This program must never hold them. Delete these columns and send the "
        "file again."
    ),
    "import_columns_missing": _l(
        "The file does not have these columns: %(columns)s. Choose another mapping, or choose "
        "the columns anew."
    ),
    "import_column_twice": _l(
        "The file has several columns called %(column)s, so it is not clear which one is meant. "
        "Give them different names in the file."
    ),
    # A mapping.
    "mapping_not_found": _l("There is no mapping called %(name)s."),
    "mapping_not_toml": _l("This mapping cannot be read: %(detail)s."),
    "mapping_not_usable": _l(
        "This mapping has mistakes. Open it, look at what is marked and save it again."
    ),
    "mapping_name_taken": _l("Another kind of file has this name. Please choose a different one."),
    "mapping_without_date": _l(
        "Choose a column for at least one day: of the incident, the arrest or the referral."
    ),
    "mapping_column_twice": _l(
        "One column can be one thing only. Chosen more than once: %(columns)s."
    ),
    "mapping_dates_of_no_date": _l("These hold no days: %(fields)s."),
    "mapping_times_of_no_time": _l("These hold no times of day: %(fields)s."),
    "mapping_values_of_no_code": _l("These have no list of words: %(fields)s."),
    "mapping_date_without_pattern": _l("Choose how the days are written: %(fields)s."),
    "mapping_time_without_pattern": _l("Choose how the times are written: %(fields)s."),
    "mapping_value_unknown": _l("Please choose what %(cell)s stands for (%(fields)s)."),
    "mapping_field_without_column": _l("Choose a column for these, or leave them out: %(fields)s."),
    "mapping_key_not_required": _l(
        "Rows can only be known by a number, or by name, birth date and day of referral together. "
        "Choose their columns, or choose that each row is known by all it says."
    ),
    "mapping_identity_and_separate_copies": _l(
        "Where rows are known by a number, rows with the same content are one fact. "
        "Choose that exact copies are one."
    ),
    "mapping_count_and_key": _l(
        "A row that counts several arrests has no number of one incident. Leave out the column "
        "that counts, or choose that each row is known by all it says."
    ),
    "mapping_stage_without_referral": _l(
        "Cases that are open already need their day of referral. Choose its column."
    ),
    "mapping_stage_and_count": _l(
        "A file of open cases has one case in each row. Leave out the column that counts arrests."
    ),
    "mapping_opening_without_stage": _l(
        "These are only known of cases that are open already: %(fields)s. Choose the column that "
        "says where each case stands, or leave these out."
    ),
    "date_pattern_unknown": _l("Days cannot be read like this: %(pattern)s. Choose from the list."),
    "time_pattern_unknown": _l(
        "Times cannot be read like this: %(pattern)s. Choose from the list."
    ),
    "mapping_part_not_understood": _l("This part of the mapping cannot be read."),
    # A row that is refused.
    "row_too_many_cells": _l(
        "This row has more cells than there are columns (%(limit)s). Check for a comma or a "
        "quotation mark too many."
    ),
    "row_field_missing": _l("Not filled in: %(fields)s."),
    "row_without_date": _l("No day of the incident, the arrest or the referral is filled in."),
    "row_incident_after_referral": _l(
        "The incident (%(incident_on)s) is later than the referral (%(referred_on)s)."
    ),
    "text_has_control_characters": _l(
        "%(field)s: there are characters that cannot be shown. Type it again."
    ),
    "text_too_long": _l(
        "%(field)s: %(length)s characters are too many. At most %(limit)s are possible."
    ),
    "date_not_readable": _l("%(field)s: “%(value)s” is no day of the calendar in this format."),
    "date_in_future": _l("%(field)s: “%(value)s” is still to come."),
    "date_too_early": _l("%(field)s: “%(value)s” is before %(earliest)s. Check the year."),
    "age_not_readable": _l("Age: “%(value)s” is no number of years."),
    "count_not_usable": _l("How many arrests: “%(value)s” is no number from 1 to %(most)s."),
    # A row of a case that is open already.
    "stage_not_known": _l(
        "%(field)s: what “%(value)s” means is not known. Say it under “What the words mean”."
    ),
    "case_is_closed_already": _l(
        "The case is closed already. Only cases that are still open are taken over."
    ),
    "opening_without_sentence": _l(
        "The case is said to be sentenced. Fill in the day of the sentence and what was ordered."
    ),
    "opening_sentence_too_early": _l(
        "The row has a hearing or a sentence, but the case is said to be “%(stage)s”. Put one of "
        "both right."
    ),
    "opening_day_out_of_order": _l(
        "%(later)s: %(day)s is before %(start)s (%(earlier)s). Check both days."
    ),
    "opening_signed_by_nobody": _l(
        "A day is given on which a parent or guardian signed, but not who. Fill in the name."
    ),
    "opening_item_not_in_policy": _l(
        "%(field)s: the court's rules have nothing of this kind. Add it to the rules, or leave "
        "the cell empty."
    ),
    "opening_item_of_several": _l(
        "%(field)s: “%(value)s” does not say which one. Write one or more of these, with “;” "
        "between them: %(labels)s."
    ),
    "opening_amount_not_readable": _l(
        "%(field)s: “%(value)s” cannot be read. Write sessions as 7, hours as 7.5 or 7:30, money "
        "as 25.50, other things as yes."
    ),
    "opening_done_without_ordered": _l(
        "%(field)s is filled in, but nothing of this kind is ordered. Fill in what was ordered."
    ),
    "opening_done_in_part": _l(
        "%(field)s: “%(value)s” is a part. This is done in full or not at all: write yes or no."
    ),
    "opening_due_before_sentence": _l(
        "%(field)s: %(day)s is before the day of the sentence, %(start)s."
    ),
    # A row to look at.
    "time_not_readable": _l(
        "%(field)s: “%(value)s” is no time of day. It is kept in a note of the case."
    ),
    "value_not_known": _l(
        "%(field)s: what “%(value)s” means is not known. It is kept in a note of the case."
    ),
    "contact_not_usable": _l(
        "%(field)s: “%(value)s” cannot be used to reach anybody. It is kept in a note of the case."
    ),
    "opening_training_unknown": _l(
        "Jury sessions are done, but no day of a juror training is filled in. Until it is recorded "
        "the draw takes this person for not trained."
    ),
    "dates_out_of_order": _l("The days are not in their usual order. Check them in the case."),
    "age_disagrees": _l("The age is %(stated)s, but the birth date makes it %(computed)s."),
    "rows_differ": _l(
        "This row says something else than the first row of the case: %(fields)s. The first row "
        "counts, the other is kept in a note. Check that it is the same young person."
    ),
    # A row that makes no case of its own.
    "another_charge": _l("Another charge of a case in this file."),
    "same_charge_again": _l("The same charge of the same case again."),
    "exact_copy": _l("An exact copy of a row above."),
    "already_imported": _l("Imported before."),
    "added_to_known_case": _l("A new charge of a case that was imported before."),
    "case_on_record": _l("This young person already has a case for this incident."),
}

LABELS = {
    "Act": {
        "import_started": _l("Sent in a file of referrals"),
        "import_taken_over": _l("Took over a file of referrals"),
        "import_discarded": _l("Discarded a file of referrals"),
        "import_mapping_saved": _l("Saved how a kind of file is read"),
        "import_mapping_put_away": _l("Put away how a kind of file is read"),
        "charges_imported": _l("Added offences from a file"),
    },
    "Subject": {
        "import_run": _l("import of a file"),
        "import_list": _l("list of imports"),
        "import_mapping": _l("mapping of a kind of file"),
    },
    "Field": {
        "reference": _l("Referral number"),
        "incident_number": _l("Incident number"),
        "incident_on": _l("Day of the incident"),
        "incident_at": _l("Time of the incident"),
        "arrested_on": _l("Day of the arrest"),
        "arrested_at": _l("Time of the arrest"),
        "referred_on": _l("Day of the referral"),
        "charge_text": _l("Offence in words"),
        "statute": _l("Statute"),
        "severity": _l("How grave the law says it is"),
        "agency": _l("Referring agency"),
        "officer": _l("Officer or contact person"),
        "narrative": _l("Account of the incident"),
        "referrer_note": _l("Note of the referrer"),
        "given_names": _l("Given names"),
        "family_name": _l("Family name"),
        "full_name": _l("Whole name in one column"),
        "birth_date": _l("Birth date"),
        "age": _l("Age"),
        "sex": _l("Sex"),
        "race": _l("Race"),
        "ethnicity": _l("Ethnicity"),
        "school": _l("School"),
        "grade": _l("Grade"),
        "language": _l("Language"),
        "phone": _l("Phone"),
        "email": _l("E-mail"),
        "address": _l("Address"),
        "city": _l("City"),
        "region": _l("State"),
        "zip": _l("ZIP code"),
        "residence": _l("Lives in the area"),
        "count": _l("How many arrests a row stands for"),
        "stage": _l("Where the case stands"),
        "admitted_on": _l("Day of the admission"),
        "consented_on": _l("Day a parent or guardian signed"),
        "intake_on": _l("Day of the intake"),
        "heard_on": _l("Day of the first hearing"),
        "sentenced_on": _l("Day of the sentence"),
        "trained_on": _l("Day of the juror training"),
        "due_on": _l("Last day of the sentence"),
        "adult_name": _l("Name of a parent or guardian"),
        "adult_relation": _l("What this adult is to the youth"),
        "adult_phone": _l("Phone of this adult"),
        "adult_email": _l("E-mail of this adult"),
        "adult_language": _l("Language of this adult"),
        "jury_ordered": _l("Jury service ordered"),
        "jury_done": _l("Jury service done"),
        "jury_due_on": _l("Last day of the jury service"),
        "community_service_ordered": _l("Community service ordered"),
        "community_service_done": _l("Community service done"),
        "community_service_due_on": _l("Last day of the community service"),
        "apology_letter_ordered": _l("Letter of apology ordered"),
        "apology_letter_done": _l("Letter of apology done"),
        "essay_ordered": _l("Essay ordered"),
        "essay_done": _l("Essay done"),
        "class_ordered": _l("Class or workshop ordered"),
        "class_done": _l("Class or workshop done"),
        "restitution_ordered": _l("Restitution ordered"),
        "restitution_done": _l("Restitution done"),
        "counselling_ordered": _l("Counselling ordered"),
        "counselling_done": _l("Counselling done"),
        "other_ordered": _l("Something else ordered"),
        "other_done": _l("Something else done"),
    },
    "OpenStage": {
        "referred": _l("Referred, nobody reached yet"),
        "contacted": _l("Family reached"),
        "screened": _l("Eligibility decided"),
        "waiting_for_hearing": _l("Intake done, waits for its hearing"),
        "sentenced": _l("Sentenced, something is still to do"),
        "closed": _l("Closed: not taken over"),
    },
    "Severity": {
        "felony": _l("Felony"),
        "misdemeanor": _l("Misdemeanor"),
        "ordinance": _l("City ordinance"),
        "infraction": _l("Infraction"),
        "status": _l("Status offence"),
    },
    "Residence": {
        "resident": _l("Lives in the area"),
        "non_resident": _l("Lives elsewhere"),
    },
    "Outcome": {
        "imported": _l("Makes a case"),
        "merged": _l("Belongs to a case that is there"),
        "refused": _l("Refused"),
        "blank": _l("Says nothing"),
    },
    "RunState": {
        "uploaded": _l("Needs its columns chosen"),
        "tried": _l("Ready to take over"),
        "taken_over": _l("Taken over"),
        "discarded": _l("Discarded"),
    },
    "ExactCopies": {
        "merge": _l("They are one fact that was written twice"),
        "separate": _l("They are as many facts"),
    },
}
