"""Names and definitions of the figures of a report: what is counted, and which day counts."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

SENTENCES = {
    "period_too_early": _l("Please choose a first day after %(earliest)s."),
    "period_ends_first": _l("The last day lies before the first one. Please check both."),
}

_LATER = _l(
    "Cases whose follow-up of that many months ended in these dates, counted from the first day a "
    "hearing was set for, or else the admission."
)

LABELS = {
    "CountUnit": {
        "cases": _l("cases"),
        "people": _l("people"),
        "hearings": _l("hearings"),
        "evenings": _l("sessions"),
        "jury_sessions": _l("jury sessions"),
        "hours": _l("hours"),
        "items": _l("items"),
        "dollars": _l("dollars"),
        "days": _l("days"),
        "percent": _l("percent"),
    },
    "OneCounted": {
        "cases": _l("case"),
        "people": _l("person"),
        "hearings": _l("hearing"),
        "evenings": _l("session"),
        "jury_sessions": _l("jury session"),
        "hours": _l("hour"),
        "items": _l("item"),
        "dollars": _l("dollar"),
        "days": _l("day"),
        "percent": _l("percent"),
    },
    "CountMissing": {
        "not_recorded": _l("not recorded"),
        "not_searched": _l("not searched"),
        "nothing_to_share": _l("none to count"),
    },
    "Subject": {"counts": _l("counts for a report")},
    "CountReport": {
        "grant": _l("Quarterly grant report"),
        "county": _l("County table"),
        "cases": _l("Cases"),
        "hearings": _l("Sessions and hearings"),
        "sentences": _l("What was ordered"),
        "service": _l("What was served"),
        "volunteers": _l("Volunteers"),
        "later": _l("Later offences"),
    },
    "PeriodChoice": {
        "this_quarter": _l("This quarter"),
        "last_quarter": _l("Last quarter"),
        "fiscal_july": _l("Fiscal year from July %(year)s"),
        "last_fiscal_july": _l("Fiscal year from July %(year)s"),
        "fiscal_october": _l("Fiscal year from October %(year)s"),
        "last_fiscal_october": _l("Fiscal year from October %(year)s"),
        "this_year": _l("Calendar year %(year)s"),
        "last_year": _l("Calendar year %(year)s"),
    },
    # What the readers of a report call a figure, where it is not what we call it.
    "GrantName": {
        "youth_carried_over": _l("Youth served: carried over"),
        "youth_new": _l("Youth served: new admissions"),
        "youth_served": _l("Number of youth served"),
        "closed": _l("Youth who left the programme (cases)"),
        "completed": _l("Youth who completed programme requirements (cases)"),
        "completion_rate": _l("Completion rate"),
        "days_intake_to_closing": _l("Average length of stay"),
        "hours_served_ordered_of": _l("Hours of community service completed"),
        "trained": _l("Number of people trained"),
    },
    "CountyName": {
        "adjudicated": _l("Cases adjudicated"),
        "completed": _l("Cases completed"),
        "completion_rate": _l("Rate of completion"),
        "hours_ordered_of": _l("Community service hours: ordered"),
        "hours_served_ordered_of": _l("Community service hours: served"),
        "sessions_ordered": _l("Jury sessions: ordered"),
        "sessions_served_ordered": _l("Jury sessions: served"),
        "hours_served_freely": _l("Youth volunteer hours"),
        "hours_adult": _l("Adult volunteer hours"),
        "hours_service_learning": _l("Service-learning hours"),
        "volunteers_former": _l("Volunteers who are former respondents"),
    },
    "CountCode": {
        "open_at_start": _l("Open on the first day, before anything happened"),
        "referred": _l("Referred"),
        "accepted": _l("Accepted"),
        "heard": _l("Heard"),
        "adjudicated": _l("Adjudicated: a sentence was given"),
        "closed": _l("Closed, all reasons together"),
        "closed_for": _l("Closed: %(of)s"),
        "completed": _l("Completed, in time or late"),
        "closed_after_sentence": _l("Closed after a sentence"),
        "completion_rate": _l("Completion rate: completed, of all closed"),
        "completion_rate_sentenced": _l(
            "Completion rate: completed, of those closed after a sentence"
        ),
        "open_at_end": _l("Open at the end of the last day"),
        "days_intake_to_closing": _l("Average days from intake to closing"),
        "youth_referred": _l("Young people referred"),
        "youth_carried_over": _l("Young people carried over"),
        "youth_new": _l("Young people who are new"),
        "youth_served": _l("Young people served"),
        "hearings_held": _l("Hearings held, all together"),
        "hearings_of_kind": _l("%(of)s, held"),
        "no_shows": _l("Hearings to which the young person did not come"),
        "continued": _l("Hearings put off to another day"),
        "evenings_held": _l("Sessions held"),
        "evenings_unconfirmed": _l("Sessions over but not confirmed"),
        "sessions_ordered": _l("Jury sessions ordered"),
        "hours_ordered": _l("Hours ordered, all together"),
        "hours_ordered_of": _l("Hours ordered: %(of)s"),
        "items_ordered_of": _l("Ordered: %(of)s"),
        "money_ordered": _l("Ordered: paying for the damage"),
        "sessions_served": _l("Jury sessions served, all together"),
        "sessions_served_ordered": _l("Jury sessions served because ordered"),
        "sessions_served_freely": _l("Jury sessions given freely"),
        "hours_served": _l("Hours served, all together"),
        "hours_served_ordered": _l("Hours served because ordered, all together"),
        "hours_served_ordered_of": _l("Hours served because ordered: %(of)s"),
        "hours_served_freely": _l("Hours given freely"),
        "youth_serving_ordered": _l("Young people who served what was ordered"),
        "volunteers_youth": _l("Young volunteers"),
        "volunteers_former": _l("Young volunteers who are former respondents"),
        "volunteers_adult": _l("Adult volunteers"),
        "hours_adult": _l("Hours of adult volunteers"),
        "presiding_names": _l("Adults who presided"),
        "trained": _l("Young people trained"),
        "hours_service_learning": _l("Service-learning hours"),
        "later_searched": _l("Searched to the end of %(of)s months"),
        "later_found": _l("Later offence within %(of)s months"),
        "later_rate": _l("Share with a later offence within %(of)s months"),
        "later_unknown": _l("Not searched to the end of %(of)s months"),
    },
    "CountDefinition": {
        "open_at_start": _l("Cases referred before the first day and not closed before it."),
        "referred": _l("Cases by the day of the referral."),
        "accepted": _l(
            "Cases found eligible, or taken all the same, by the day of the decision that stands; "
            "without one, by the first day on a docket."
        ),
        "heard": _l("Cases by the day of their first hearing that was held."),
        "adjudicated": _l("Cases by the day of their first sentence; withdrawn ones do not count."),
        "closed": _l("Cases by the day of the closing; the sum of the reasons."),
        "closed_for": _l("Cases closed for this reason, by the day of the closing."),
        "completed": _l("Cases closed as completed or completed late, by the day of the closing."),
        "closed_after_sentence": _l(
            "Cases closed in these dates that had a sentence, by the day of the closing."
        ),
        "completion_rate": _l("Completed, divided by all cases closed in these dates."),
        "completion_rate_sentenced": _l(
            "Completed, divided by the cases closed in these dates that had a sentence."
        ),
        "open_at_end": _l(
            "Cases referred by the last day and not closed by then: open on the first day, plus "
            "referred, minus closed."
        ),
        "days_intake_to_closing": _l(
            "Days from intake to closing of the cases closed in these dates that had an intake, "
            "divided by their number."
        ),
        "youth_referred": _l("People with a case referred in these dates; each person once."),
        "youth_carried_over": _l(
            "People with a case accepted before the first day and not closed before it; each once."
        ),
        "youth_new": _l(
            "People with a case accepted in these dates who were not carried over; each once."
        ),
        "youth_served": _l(
            "People with an accepted case that was open on any of these days: carried over plus "
            "new; each once."
        ),
        "hearings_held": _l("Hearings by the day of the session; first, return and review."),
        "hearings_of_kind": _l("Hearings of this kind that were held, by the day of the session."),
        "no_shows": _l("Hearings by the day of the session the young person missed."),
        "continued": _l("Hearings by the day of the session from which they were put off."),
        "evenings_held": _l(
            "Court sessions whose attendance is confirmed, by their day; trainings do not count."
        ),
        "evenings_unconfirmed": _l(
            "Court sessions of these dates that are over; nothing of them counts until somebody "
            "confirms who came."
        ),
        "sessions_ordered": _l(
            "Jury sessions in sentences, by the day of the sentence; later changes do not count."
        ),
        "hours_ordered": _l(
            "Hours in sentences, by the day of the sentence: the sum of all kinds. Jury service "
            "ordered in sessions is counted in sessions, not here."
        ),
        "hours_ordered_of": _l("Hours of this kind in sentences, by the day of the sentence."),
        "items_ordered_of": _l("How often sentences ask for it, by the day of the sentence."),
        "money_ordered": _l("Dollars in sentences, by the day of the sentence."),
        "sessions_served": _l("Confirmed jury sessions of people, by the day served."),
        "sessions_served_ordered": _l(
            "Confirmed jury sessions that count for a sentence, by the day served."
        ),
        "sessions_served_freely": _l(
            "Confirmed jury sessions that count for no sentence, by the day served."
        ),
        "hours_served": _l("Confirmed hours of any kind, by the day served."),
        "hours_served_ordered": _l(
            "Confirmed hours that count for a sentence, jury service included, by the day served."
        ),
        "hours_served_ordered_of": _l(
            "Confirmed hours of this kind that count for a sentence, by the day served."
        ),
        "hours_served_freely": _l(
            "Confirmed hours that count for no sentence, jury service included, by the day served."
        ),
        "youth_serving_ordered": _l(
            "People with confirmed service for a sentence, by the day served; each person once."
        ),
        "volunteers_youth": _l(
            "People with confirmed service that counts for no sentence, by the day served; each "
            "person once."
        ),
        "volunteers_former": _l(
            "Young volunteers whose own case was closed by the day they served; each person once."
        ),
        "volunteers_adult": _l(
            "Different names with hours in these dates; case and spaces make no other name. "
            "Not recorded where nobody had written down hours of adults by the last day."
        ),
        "hours_adult": _l(
            "Hours written down for adult volunteers, by the day they were given; lines taken "
            "back do not count. Not recorded where there were none by the last day."
        ),
        "presiding_names": _l(
            "Different names written as presiding in the sessions held; the same person written "
            "in two ways counts twice."
        ),
        "trained": _l("People who finished a training, by its last day; each person once."),
        "hours_service_learning": _l(
            "Confirmed hours that count for no sentence, of people who collect them for school, "
            "from the day in their entry on, by the day served. Not recorded where nobody "
            "collected any by the last day."
        ),
        "later_searched": _LATER,
        "later_found": _l(
            "Of these, cases with an act within the months that is an offence: any kind of event, "
            "by the day of the act."
        ),
        "later_rate": _l("Later offence, divided by searched to the end."),
        "later_unknown": _l(
            "Cases whose months ended in these dates and whose records were not searched to the "
            "end, or cannot be. They are in no share."
        ),
    },
}
