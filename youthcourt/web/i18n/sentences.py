"""Sentences and labels of sentences, obligations and service."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

SENTENCES = {
    "sentence_rests_on_hearing": _l(
        "A sentence was given in this hearing, so it stays heard. "
        "If it was the wrong hearing, withdraw the sentence first, on the page of the case."
    ),
    # Giving a sentence.
    "hearing_not_heard": _l("Say first that the hearing was held. Then the sentence can be given."),
    "hearing_still_to_come": _l("This hearing is on %(on)s. A sentence is given on that day."),
    "offence_class_needed": _l("Please choose the class of the offence."),
    "agreement_not_allowed": _l("In this court the rule is: %(rule)s. Choose what fits it."),
    "judge_stays_in_range": _l(
        "A judge who decides alone stays within the range. Change the amounts, or choose how else "
        "the panel agreed."
    ),
    "amount_not_positive": _l("Please give an amount above nothing, and no more than can be true."),
    "amount_outside_range": _l(
        "This is outside what is allowed here. Change it, or write down the reason below."
    ),
    "details_without_amount": _l(
        "There are details but no amount. Give the amount, or empty the details."
    ),
    "sanction_given_twice": _l("One part of the sentence is there twice. Give it once."),
    "sanction_mandatory": _l(
        "This is in every sentence of this court: %(label)s. Please fill it in."
    ),
    "sanction_not_in_policy": _l("The rules of this court know no such part of a sentence."),
    "sentence_empty": _l("Please give at least one part of a sentence."),
    "sentence_exists": _l(
        "Somebody has recorded another sentence for this hearing. It stands on the page of the "
        "case. What you typed is still here."
    ),
    "sentence_not_feasible": _l(
        "The jury sessions cannot be served in time, as the calendar stands. Order less, or write "
        "down why it is ordered all the same."
    ),
    "sentence_has_service": _l(
        "Something done counts for this sentence already. Take that back first: it is listed below."
    ),
    "sentence_of_before_stays": _l(
        "This sentence was given before these records were kept here, so it cannot be withdrawn. "
        "Change or waive its parts, or close the case."
    ),
    "sentence_was_withdrawn": _l(
        "This sentence was withdrawn, so nothing of it can be changed or served any more."
    ),
    # Obligations.
    "no_last_day": _l("There is no last day here, so there is nothing to extend."),
    "extension_needs_days": _l("Please choose a day after the present last day."),
    "extension_too_long": _l(
        "The rules of this court allow at most %(limit)s days more at a time. "
        "Choose an earlier day."
    ),
    "extension_too_often": _l(
        "The rules of this court give more time %(limit)s times for one sentence. That is used up."
    ),
    "waiver_out_of_range": _l(
        "Only what is not done yet can be let go of. How much that is stands above."
    ),
    "adjustment_below_done": _l(
        "It cannot be less than what is done or let go of already. How much that is stands above."
    ),
    "adjustment_outside_range": _l(
        "This is outside what the rules of this court allow here. Change it, or tick below that "
        "it is meant so."
    ),
    "adjustment_doubles": _l(
        "This is more than twice what the sentence ordered. Change it, or tick below that it is "
        "meant so."
    ),
    "adjustment_changes_nothing": _l("This is what is ordered now. Give another amount."),
    "stopped_days_out_of_range": _l("Please give between 1 and %(max)s days."),
    "counted_by_service": _l("This is counted in %(unit)s. Record the service instead."),
    "item_finished_already": _l("This was marked as done on %(on)s already."),
    "served_before_sentence": _l("The sentence is of %(on)s. Nothing before that day counts."),
    # Service.
    "service_empty": _l("Please give how long it was."),
    "done_as_a_whole": _l("This is not counted in time. Mark it as done on its own page."),
    "sessions_out_of_range": _l("Please give at most %(max)s sessions at once."),
    "service_longer_than_a_day": _l(
        "One day has 24 hours. Write down hours of several days one day at a time."
    ),
    "service_day_full": _l(
        "%(others_minutes)s of this day are written down already, and one day has 24 hours. "
        "Please check the day and the hours."
    ),
    "service_not_negative": _l("Hours cannot be less than nothing."),
    "service_not_served_yet": _l("This is booked for %(on)s. It can be confirmed on that day."),
    "service_confirmed_already": _l(
        "This is confirmed already, with other hours. Reverse it first, then record what is right."
    ),
    "service_changed_meanwhile": _l(
        "Somebody else has just changed this. Look at it again before you go on."
    ),
    "service_not_booked": _l("Only what is booked can be cancelled. This is: %(state)s."),
    "service_booking_ended": _l("This booking has ended. Book anew."),
    "service_step_not_possible": _l(
        "This is: %(source)s. From there it cannot become: %(target)s. Open it again to see where "
        "it stands."
    ),
    "service_step_not_yours": _l("Only the office can do this."),
    "sanction_not_of_person": _l("This part of a sentence belongs to somebody else."),
    "source_key_reused": _l(
        "The same thing was sent twice with different content. Open the page again and look."
    ),
    "arrival_time_needed": _l("Please give the time of arrival."),
    "leaving_time_needed": _l("Please give the time of leaving."),
}

LABELS = {
    "Agreement": {
        "unanimous": _l("All jurors agreed"),
        "majority": _l("Most jurors agreed"),
        "judge_within_range": _l("The jurors did not agree; the judge decided within the range"),
    },
    "SanctionEventKind": {
        "extended": _l("More time was given"),
        "adjusted": _l("The amount was changed"),
        "excused": _l("An absence was excused"),
        "waived": _l("A part was let go of"),
        "clock_stopped": _l("The clock was stopped"),
        "finished": _l("Marked as done"),
        "reopened": _l("Opened again"),
    },
    "ServiceState": {
        "booked": _l("booked"),
        "pending": _l("waits to be confirmed"),
        "confirmed": _l("confirmed"),
        "denied": _l("does not count"),
        "reversed": _l("taken back"),
    },
    "ServiceBasis": {"ordered": _l("ordered"), "voluntary": _l("voluntary")},
    "CanFinish": {
        "yes": _l("Can be finished in time"),
        "no": _l("Cannot be finished in time"),
        "ask_coordinator": _l("Cannot be promised"),
    },
    "FeasibilityReason": {
        "nothing_owed": _l("nothing is left to book"),
        "enough_sessions": _l("there are enough sessions with free seats"),
        "too_few_sessions": _l("there are too few sessions before the last day"),
        "too_few_free_seats": _l("too few of the sessions have a free seat"),
        "too_few_when_available": _l("too few sessions are on days when they can come"),
        "too_close_together": _l("the sessions lie too close together for one person"),
        "others_due_earlier": _l(
            "not enough free seats before the last day if everyone due earlier takes one first"
        ),
        "calendar_ends_before_due": _l("the calendar is not planned up to the last day yet"),
    },
    "RangePosition": {
        "within": _l("within the range"),
        "below": _l("below the range"),
        "above": _l("above the range"),
        "no_range": _l("without a range"),
    },
    "SentenceState": {
        "satisfied": _l("done"),
        "waiting_for_confirmation": _l("waits to be confirmed"),
        "under_way": _l("under way"),
        "overdue": _l("overdue"),
    },
    "DenialReason": {
        "not_there": _l("did not come"),
        "excused": _l("excused"),
        "not_signed": _l("nobody signed for it"),
        "not_allowed": _l("this place or work does not count"),
        "entered_twice": _l("entered twice"),
        "released": _l("the seat was given up"),
        "session_cancelled": _l("the session was cancelled"),
        "not_served": _l("nothing that counts was served"),
        "other": _l("something else"),
    },
    "ReversalReason": {
        "entered_twice": _l("entered twice"),
        "wrong_person": _l("wrong person"),
        "wrong_time": _l("wrong time"),
        "not_served": _l("not served"),
        "other": _l("something else"),
    },
    "WithdrawalReason": {
        "wrong_case": _l("it belongs to another case"),
        "wrong_amount": _l("an amount was typed wrong"),
        "not_as_decided": _l("it is not what the panel decided"),
        "other": _l("something else"),
    },
    "ChangeReason": {
        "illness": _l("illness"),
        "family": _l("family"),
        "school": _l("school"),
        "transport": _l("no way to get there"),
        "no_seat": _l("there was no seat"),
        "session_cancelled": _l("a session was cancelled"),
        "good_work": _l("good work"),
        "missed": _l("missed without a word"),
        "typed_wrong": _l("typed wrong"),
        "proof_came": _l("the proof came later"),
        "other": _l("something else"),
    },
    "Proof": {
        "signed_sheet": _l("a signed sheet"),
        "phone_call": _l("a phone call to the place"),
        "e_mail": _l("an e-mail from the place"),
        "seen": _l("staff saw it"),
        "certificate": _l("a certificate"),
        "receipt": _l("a receipt"),
        "before": _l("the list the court kept before"),
    },
    "RiskReason": {
        "overdue": _l("the last day is over"),
        "cannot_finish": _l("cannot be finished in time"),
        "no_misses_left": _l("no session may be missed any more"),
        "ask_coordinator": _l("cannot be promised"),
    },
    # What can be done about each of the reasons above.
    "RiskHelp": {
        "overdue": _l("Call them. Give more time where the rules allow it, or close the case."),
        "no_misses_left": _l("Call them and find a seat in each session that is left."),
    },
    "AttendanceOutcome": {
        "present": _l("here"),
        "late": _l("late"),
        "left_early": _l("left early"),
        "sent_home": _l("sent home"),
        "turned_away": _l("turned away, no seat"),
        "absent": _l("did not come"),
        "excused": _l("excused"),
    },
    "Act": {
        "sentence_before_recorded": _l("Took over a sentence given before"),
        "sentence_recorded": _l("Recorded the sentence"),
        "sentence_withdrawn": _l("Withdrew the sentence"),
        "service_booked": _l("Booked service"),
        "service_pending": _l("Noted service that waits to be confirmed"),
        "service_confirmed": _l("Confirmed service"),
        "service_denied": _l("Let service not count"),
        "service_reversed": _l("Took confirmed service back"),
        "sanction_extended": _l("Gave more time"),
        "sanction_adjusted": _l("Changed an amount of the sentence"),
        "sanction_excused": _l("Excused an absence"),
        "sanction_waived": _l("Let go of a part of the sentence"),
        "sanction_clock_stopped": _l("Stopped the clock"),
        "sanction_finished": _l("Marked a part of the sentence as done"),
        "sanction_reopened": _l("Opened a part of the sentence again"),
    },
    "Subject": {
        "sentence": _l("sentence"),
        "sanction": _l("part of the sentence"),
        "service": _l("service"),
        "service_list": _l("list of service"),
    },
}
