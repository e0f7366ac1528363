"""Sentences and labels of the calendar and the docket."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

SENTENCES = {
    # Rooms and closed days.
    "room_name_taken": _l("There is a room of this name already. Please choose another name."),
    "room_still_planned": _l(
        "A session is planned in this room on %(held_on)s. "
        "Put it into another room first, then come back."
    ),
    "room_is_closed": _l("%(room)s is no longer used. Choose another room, or use it again first."),
    "room_twice": _l("A room was chosen twice. Please choose each room once."),
    "no_room_chosen": _l("Please tick at least one room."),
    "room_already_in_session": _l("This room is or was part of this session. Choose another one."),
    "last_room_of_session": _l(
        "A session needs a room. To call it off, cancel the session in place of its last room."
    ),
    "other_room_full": _l(
        "The other room does not have enough places. Choose another, or let the hearings wait."
    ),
    "day_already_closed": _l("This day is closed already: %(label)s."),
    # Planning.
    "weekday_out_of_range": _l("Please choose a day of the week."),
    "series_needs_one_rhythm": _l(
        "Please choose either every so many weeks or a week of the month."
    ),
    "weeks_out_of_range": _l("Please write a whole number of weeks from 1 to 53."),
    "nth_out_of_range": _l("Please choose which week of the month."),
    "ends_before_it_starts": _l("The last day is before the first. Please check both days."),
    "night_too_long": _l(
        "From %(starts_at)s to %(ends_at)s on the next day is more than twelve hours. "
        "Please check both times."
    ),
    "series_too_long": _l("Please plan at most three years (%(days)s days) at once."),
    "day_too_far": _l("This day is after %(latest)s. Please check the year."),
    "no_day_left": _l(
        "No day is left to plan: each one is closed, taken or over. Check the days and the rooms."
    ),
    "preview_changed": _l(
        "The days are not the ones you saw any more. Look at the list below and plan again."
    ),
    "clocks_skip_session": _l(
        "The clocks change on the night of %(on)s and leave no time between start and end. "
        "Please choose other times."
    ),
    "court_closed_that_day": _l(
        "The court is closed on that day (%(label)s). "
        "Choose another day, or remove the closed day first."
    ),
    "room_taken": _l(
        "%(room)s is taken on %(held_on)s from %(starts_at)s to %(ends_at)s by another session. "
        "Choose another room or time."
    ),
    "seats_out_of_range": _l("Please write a number from 1 to %(most)s."),
    "quorum_above_target": _l("With this quorum the panel you aim for could not sit. Lower it."),
    "target_above_most": _l("This is more than the most who may sit. Lower it, or raise the most."),
    "cap_out_of_range": _l("Please write a number from 0 to %(most)s, or leave it empty."),
    # Sessions.
    "session_not_open": _l("This session is %(state)s, so it cannot be changed any more."),
    "session_has_begun": _l(
        "What became of a hearing is on record for this session, so it cannot be moved, "
        "cancelled or lose a room any more."
    ),
    "session_not_yet": _l("The session is on %(held_on)s. Come back when it has begun."),
    "hearings_undecided": _l(
        "Hearings without an outcome: %(count)s. Say what became of each of them first."
    ),
    "docket_changed_meanwhile": _l(
        "Somebody changed this docket at the same moment. Nothing was saved: please try again."
    ),
    "move_clashes": _l(
        "At that time these youths have another hearing: cases %(numbers)s. "
        "Choose another time, or let the hearings of this session wait."
    ),
    # Adult volunteers.
    "adult_hours_empty": _l("Please fill in at least one line."),
    "adult_name_missing": _l("Please write who gave these hours, or empty this line."),
    "adult_role_missing": _l("Please choose what this adult did."),
    "adult_minutes_missing": _l("Please write how long, at least one minute."),
    "adult_minutes_too_many": _l("A day has 24 hours. Please check how long it was."),
    "adult_day_too_long": _l(
        "With this line %(name)s would have given %(sum_minutes)s on one day. Please check the "
        "lines of that day."
    ),
    "adult_twice_in_session": _l(
        "%(name)s already has a line for this session. Take that line back first if it is wrong."
    ),
    "adult_session_cancelled": _l(
        "This session was cancelled. Write down what adults gave that day without a session."
    ),
    "session_has_adult_hours": _l(
        "Hours of adult volunteers are on record for this session, so its day stays. "
        "Take them back first if they are wrong."
    ),
    # The docket.
    "hearing_already_ahead": _l("This case already has a hearing that is still to come."),
    "not_heard_yet": _l("This case has not had its first hearing yet, so it waits for that one."),
    "docket_refused": _l("This is not possible: %(problem)s. Choose another session."),
    "docket_needs_reason": _l(
        "Something speaks against this place. Please say why it is done all the same."
    ),
    "reason_words_missing": _l("Please say in a few words what the other reason is."),
    "hearing_step_not_possible": _l(
        "The hearing stands at: %(source)s. From there it cannot go to: %(target)s. "
        "Load the page again to see where it is."
    ),
    "hearing_step_not_yours": _l("You may not do this: %(target)s. Ask a coordinator."),
    "nobody_checked_in": _l(
        "Nobody is checked in for this room. Check the panel in first, or tick below that you "
        "write down later who sat."
    ),
    "hearing_already_decided": _l(
        "Somebody already wrote down what became of this hearing: %(state)s. "
        "If that is wrong, take it back first."
    ),
    "outcome_not_recorded": _l("Nothing is written down of this hearing, so nothing is to undo."),
    "outcome_of_confirmed_session": _l(
        "The session is confirmed, so what became of its hearings stays as it is. "
        "If it is wrong, open another hearing on the page of the case."
    ),
    "later_hearing_decided": _l(
        "What became of a later hearing of this case (%(held_on)s) is on record. "
        "Take that back first."
    ),
    "next_hearing_on_docket": _l(
        "The next hearing of this case is on the docket of %(held_on)s. "
        "Take it off that docket first."
    ),
    "another_hearing_opened": _l(
        "Another hearing of this case was opened since. Cancel that one first."
    ),
    "reason_only_for_continuance": _l(
        "A reason belongs to a hearing that is continued. Leave it empty, or choose Continued."
    ),
    "session_saved_by_another": _l(
        "Somebody else changed this session while you were looking at it. "
        "Look at how it is now, then decide again."
    ),
    "hearing_saved_by_another": _l(
        "Somebody else changed this hearing while you were looking at it. "
        "Look at how it is now, then decide again."
    ),
}

LABELS = {
    "CourtSessionKind": {"hearing": _l("Hearings"), "training": _l("Training")},
    "CourtSessionState": {
        "planned": _l("planned"),
        "cancelled": _l("cancelled"),
        "confirmed": _l("confirmed"),
    },
    "AdultRole": {
        "presiding": _l("Presiding adult"),
        "jury_monitor": _l("Jury-room monitor"),
        "trainer": _l("Trainer"),
        "door": _l("Help at the door"),
        "interpreter": _l("Interpreter"),
        "mentor": _l("Mentor or leader of a class"),
        "office": _l("Office helper"),
        "other": _l("Another task"),
    },
    "HearingKind": {
        "first": _l("First hearing"),
        "return": _l("Return hearing"),
        "review": _l("Review hearing"),
    },
    "HearingState": {
        "waiting": _l("Waits for a session"),
        "docketed": _l("On the docket"),
        "heard": _l("Heard"),
        "continued": _l("Continued"),
        "no_show": _l("Did not come"),
        "cancelled": _l("Cancelled"),
    },
    "HearingOutcome": {
        "heard": _l("Heard"),
        "continued": _l("Continued to another day"),
        "no_show": _l("The youth did not come"),
        "settled": _l("Settled without a hearing"),
        "withdrawn": _l("Withdrawn by the youth or the family"),
    },
    "ContinuanceReason": {
        "respondent_absent": _l("The youth could not be there"),
        "guardian_absent": _l("No parent or guardian was there"),
        "no_quorum": _l("Too few jurors"),
        "conflict": _l("Too many jurors have to do with the case"),
        "interpreter": _l("No interpreter"),
        "weather": _l("Weather"),
        "court_closed": _l("The building was closed"),
        "other": _l("Another reason"),
    },
    "ClockChange": {
        "skipped": _l(
            "The clocks go forward that night: a planned time does not exist. "
            "It is taken as one hour later."
        ),
        "repeated": _l(
            "The clocks go back that night: a planned time comes twice. The first of both is meant."
        ),
    },
    "DocketProblemCode": {
        "session_in_past": _l("The session is over"),
        "session_not_open": _l("The session is cancelled or confirmed"),
        "not_a_hearing_session": _l("It is a training"),
        "closed_day": _l("The court is closed on that day"),
        "sitting_full_first": _l("All %(limit)s places for first hearings are taken"),
        "sitting_full_return": _l("All %(limit)s places for return hearings are taken"),
        "respondent_has_hearing": _l("The youth has another hearing at that time"),
        "respondent_has_seat": _l("The youth sits on a jury at that time"),
        "companion_in_sitting": _l("Somebody from the same incident is heard in that room"),
        "no_guardian_known": _l("No parent or guardian is known who may be contacted"),
        "interpreter_needed": _l("An interpreter is needed: %(language)s"),
    },
    "SessionCancelReason": {
        "weather": _l("Weather"),
        "building_closed": _l("The building is closed"),
        "holiday": _l("Holiday"),
        "no_jury": _l("Too few jurors"),
        "no_presiding_adult": _l("Nobody can preside"),
        "no_hearings": _l("There is nothing to hear"),
        "planned_by_mistake": _l("Planned by mistake"),
        "other": _l("Another reason"),
    },
    "OffDocketReason": {
        "session_cancelled": _l("The session was cancelled"),
        "session_moved": _l("The session was moved without it"),
        "room_removed": _l("The room was taken out of the session"),
        "youth_cannot_come": _l("The youth cannot come"),
        "guardian_cannot_come": _l("The parent or guardian cannot come"),
        "interpreter": _l("No interpreter that day"),
        "not_ready": _l("The case is not ready"),
        "put_there_by_mistake": _l("It was put there by mistake"),
        "other": _l("Another reason"),
    },
    "HearingCancelReason": {
        "case_closed": _l("The case was closed"),
        "settled": _l("Settled without a hearing"),
        "withdrawn": _l("Withdrawn by the youth or the family"),
        "not_needed": _l("It is not needed any more"),
        "opened_by_mistake": _l("It was opened by mistake"),
        "other": _l("Another reason"),
    },
    "TakeBackReason": {
        "wrong_hearing": _l("It was meant for another hearing"),
        "wrong_outcome": _l("Something else became of it"),
        "came_after_all": _l("The youth came after all"),
        "other": _l("Another reason"),
    },
    "DocketOverride": {
        "deadline": _l("Otherwise it comes too late"),
        "family_cannot_otherwise": _l("The family cannot come at another time"),
        "no_other_room": _l("No other session has room"),
        "agreed_with_presiding": _l("Agreed with whoever presides"),
        "other": _l("Another reason"),
    },
    "DayOutcome": {
        "planned": _l("will be planned"),
        "closed_day": _l("left out: the court is closed"),
        "room_taken": _l("left out: a room is taken"),
        "in_past": _l("left out: it is over"),
        "no_time_left": _l("left out: the clocks change and leave no time"),
    },
    "Rhythm": {
        "weekly": _l("Every week, or every so many weeks"),
        "monthly": _l("Once a month"),
    },
    "NthOfMonth": {
        "1": _l("first"),
        "2": _l("second"),
        "3": _l("third"),
        "4": _l("fourth"),
        "5": _l("fifth, where there is one"),
        "-1": _l("last"),
    },
    "Act": {
        "room_added": _l("Added a room"),
        "room_changed": _l("Changed a room"),
        "room_closed": _l("Took a room out of use"),
        "room_reopened": _l("Took a room into use again"),
        "closed_day_added": _l("Closed the court for a day"),
        "closed_day_removed": _l("Removed a closed day"),
        "series_planned": _l("Planned a series of sessions"),
        "session_planned": _l("Planned a session"),
        "session_moved": _l("Moved a session"),
        "session_cancelled": _l("Cancelled a session"),
        "session_confirmed": _l("Confirmed a session"),
        "room_added_to_session": _l("Added a room to a session"),
        "session_room_changed": _l("Changed a room of a session"),
        "room_removed_from_session": _l("Took a room out of a session"),
        "hearing_opened": _l("Opened a hearing"),
        "hearing_docketed": _l("Put a hearing on a docket"),
        "hearing_moved": _l("Moved a hearing to another docket"),
        "hearing_undocketed": _l("Took a hearing off its docket"),
        "hearing_reordered": _l("Changed the order of a docket"),
        "hearing_cancelled": _l("Cancelled a hearing"),
        "hearing_decided": _l("Wrote down what became of a hearing"),
        "outcome_taken_back": _l("Took back what was written down of a hearing"),
        "adult_hours_added": _l("Wrote down hours of an adult volunteer"),
        "adult_hours_taken_back": _l("Took back hours of an adult volunteer"),
    },
    "Subject": {"adult_hours": _l("hours of adult volunteers")},
}
