"""The facts of a case that the rules of a policy are held against."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from youthcourt.cases.domain.answers import Priors, SchoolStatus
from youthcourt.people.domain import age_on, age_range_on


@dataclass(frozen=True, kw_only=True, slots=True)
class ScreenedCase:
    """What is known of the case; None or empty where it is not known.

    ``earlier_case_months`` is how many whole months ago an earlier case of the youth ended.
    """

    referred_on: date
    offence_on: date | None = None
    priors: Priors = Priors.NOT_ASKED
    admits: bool | None = None
    guardian_consent: bool | None = None
    offence_class: str | None = None
    offence_text: str = ""
    nibrs_code: str | None = None
    earlier_case_months: int | None = None
    companion_adult: bool | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ScreenedPerson:
    """What is known of the youth; an age as stated counts on the day it was stated."""

    birth_date: date | None = None
    stated_age: int | None = None
    stated_age_on: date | None = None
    school_status: SchoolStatus = SchoolStatus.NOT_ASKED
    residence: str | None = None


def eligibility_facts(case: ScreenedCase, person: ScreenedPerson) -> dict[str, object]:
    """Return every fact a rule may name; None where it is not known, never a guess.

    An age that a stated age leaves open is not known.
    """
    priors = case.priors
    return {
        "age_at_offence": _age(person, case.offence_on),
        "age_at_referral": _age(person, case.referred_on),
        "priors": None if priors in {Priors.UNKNOWN, Priors.NOT_ASKED} else priors.value,
        "admits": case.admits,
        "guardian_consent": case.guardian_consent,
        "offence_class": case.offence_class,
        "offence_text": case.offence_text or None,
        "nibrs_code": case.nibrs_code,
        "school_enrolled": person.school_status.in_school,
        "residence": person.residence or None,
        "earlier_case_months": case.earlier_case_months,
        "companion_adult": case.companion_adult,
    }


def _age(person: ScreenedPerson, day: date | None) -> int | None:
    if day is None:
        return None
    if person.birth_date is not None:
        return age_on(person.birth_date, day)
    if person.stated_age is None or person.stated_age_on is None:
        return None
    return age_range_on(person.stated_age, person.stated_age_on, day).age
