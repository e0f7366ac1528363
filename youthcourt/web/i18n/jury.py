"""Sentences and labels of the draw, of seats and of slips."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

SENTENCES = {
    "seat_refused": _l(
        "They may not sit there: %(reasons)s. Please choose another room or somebody else."
    ),
    "seat_needs_confirming": _l(
        "A rule is against it: %(reasons)s. If they are to sit there all the same, tick it and "
        "send again."
    ),
    "person_has_seat": _l(
        "They have a seat in this session already. Open that seat to move them, or to make a "
        "reserve a juror."
    ),
    "place_taken": _l(
        "Somebody else gave this place, or gave this person a seat, a moment ago. "
        "Look at the panels as they are now, then try again."
    ),
    "seat_not_held": _l("This seat was given back meanwhile. Look at the panels as they are now."),
    "reserve_leads_nobody": _l(
        "A reserve has no place on the panel yet. Make them a juror first, then let them lead."
    ),
    "draw_input_changed": _l(
        "Something this draw was made from has changed meanwhile: a seat, a hearing, what "
        "somebody owes or the days they can come. Please draw again."
    ),
    "draw_made_by_another_version": _l(
        "This draw was made by another version of this program, which draws in another way. "
        "It cannot be checked here."
    ),
    "walk_in_draws_nobody": _l(
        "This court draws nobody in advance. The panels are filled at the session from those who "
        "come."
    ),
    "training_draws_nobody": _l(
        "This is a training. Invite people by name instead of drawing a jury."
    ),
    "not_a_training": _l("This is no training. Seat people on the page of its jury."),
    "session_is_over": _l("This session is over. Choose one that is still to come."),
    "nobody_seated": _l("Nobody has a seat yet. Draw a jury or seat people first, then announce."),
    "nobody_chosen": _l("Please choose at least one person."),
    "seed_out_of_range": _l("Please use a whole number from 1 to %(most)s."),
    "slips_printed_already": _l(
        "These slips were made already and are shown only once. If the printer failed, go back "
        "and make new ones. The old codes end then."
    ),
    "panel_full": _l(
        "More seats are fixed in one room than the panel holds: %(limit)s. Release one of them, "
        "or let the room hold more, then draw again."
    ),
    "locked_seats_clash": _l(
        "Two fixed seats contradict each other. Release one of them, then draw again."
    ),
    "locked_seat_unknown": _l(
        "A fixed seat is in a room that is no longer part of the session. Release it, then draw "
        "again."
    ),
    "dues_do_not_add_up": _l(
        "The last days of somebody's sessions do not add up to what they owe."
    ),
    "instance_not_json": _l(
        "The file is no JSON: line %(line)s, column %(column)s. docs/instances.md has an example."
    ),
    "instance_unreadable": _l(
        "The file does not describe a draw: %(faults)s. docs/instances.md has every field."
    ),
    "person_twice_in_pool": _l("Somebody is in the pool twice. Please reload the page."),
    "sitting_twice_in_draw": _l("A room is in the draw twice. Please reload the page."),
    "chance_out_of_range": _l("A chance is a number from 0 to 1."),
    "panel_numbers_out_of_order": _l(
        "The numbers of a room do not fit each other: quorum, target and most must rise. "
        "Correct the room, then draw again."
    ),
}

LABELS = {
    "DrawWay": {
        "breadth_first": _l("whoever has the nearest last day first, seat by seat"),
    },
    "ReasonCode": {
        "off_list": _l("not on the jury list any more"),
        "not_available": _l("cannot come that day"),
        "not_trained": _l("not trained yet"),
        "no_oath": _l("has not given the standing promise"),
        "not_sworn_tonight": _l("has not given the promise of the session"),
        "suspended": _l("is suspended"),
        "curfew": _l("must be home before it ends"),
        "nothing_owed": _l("has no session left to book and is no volunteer"),
        "own_hearing": _l("their own case is heard at that time"),
        "holds_another_seat": _l("has another seat at that time"),
        "session_cap": _l("has as many sessions in four weeks as the court allows"),
        "rest": _l("needs days off between two sessions"),
        "same_school": _l("goes to the same school"),
        "companion": _l("was part of the same incident"),
        "household": _l("is family or lives with them"),
        "acquaintance": _l("knows them"),
        "earlier_role": _l("one of the two has sat on the other's jury"),
        "travels_together": _l("comes only together with somebody who cannot come"),
        "too_many_step_aside": _l("too many would have to step aside for one hearing"),
        "reserve": _l("stands by as reserve"),
        "not_needed": _l("all places are filled"),
    },
    "PassedOver": {
        "experience": _l(
            "somebody behind them sits, because nobody else on that panel has sat before"
        ),
        "fixed": _l("somebody behind them has a seat that was fixed or announced before"),
        "quorum": _l(
            "somebody behind them sits, because a hearing would have too few jurors otherwise"
        ),
        "rule": _l("somebody behind them sits in a room that a rule keeps them out of"),
    },
    "PanelFault": {
        "panel_full": _l("the panel is full"),
        "seated_twice": _l("somebody sits there twice"),
        "position_twice": _l("a place is given twice"),
        "two_forepersons": _l("two lead the questions"),
        "unknown_seat": _l("the room is not part of the session"),
    },
    "SeatRole": {"juror": _l("Juror"), "reserve": _l("Reserve")},
    "SeatState": {
        "proposed": _l("proposed"),
        "published": _l("announced"),
        "released": _l("given back"),
    },
    "SeatSource": {
        "draw": _l("drawn"),
        "hand": _l("seated by hand"),
        "walk_in": _l("came to the door"),
    },
    "CheckInMethod": {
        "tap": _l("tapped at the desk"),
        "code": _l("code of the slip"),
        "walk_in": _l("came without being asked"),
        "paper": _l("taken from paper"),
    },
    "ReleaseReason": {
        "cannot_come": _l("Cannot come"),
        "not_reached": _l("Could not be reached"),
        "knows_somebody": _l("Has to do with a case"),
        "not_needed": _l("Not needed"),
        "seated_by_mistake": _l("Seated by mistake"),
        "other": _l("Another reason"),
        "drawn_again": _l("The jury was drawn again"),
        "session_cancelled": _l("The session was cancelled"),
        "session_moved": _l("The session was moved"),
        "room_removed": _l("The room was taken out of the session"),
    },
    "DrawLabel": {
        "greedy": _l("a good draw, not proven to be the best"),
        "bounded": _l("a good draw, close to what is proven to be possible"),
        "optimal": _l("proven to be the best"),
    },
    "Act": {
        "jury_drawn": _l("Drew a jury"),
        "draw_accepted": _l("Accepted a draw"),
        "draw_checked": _l("Checked a draw again"),
        "seat_given": _l("Gave a seat"),
        "seat_released": _l("Took a seat back"),
        "seat_moved": _l("Moved a seat to another room"),
        "seat_locked": _l("Fixed a seat"),
        "seat_unlocked": _l("Let a seat be drawn again"),
        "reserve_called": _l("Made a reserve a juror"),
        "foreperson_chosen": _l("Chose who leads the questions"),
        "jury_published": _l("Announced a jury"),
        "slips_printed": _l("Made sign-in slips for a session"),
    },
    "Subject": {
        "jury": _l("jury of a session"),
        "seat": _l("seat on a jury"),
    },
}
