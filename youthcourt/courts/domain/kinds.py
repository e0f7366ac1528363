"""The closed lists that the policy and the pure cores share."""

from __future__ import annotations

from enum import StrEnum


class SanctionKind(StrEnum):
    """What a sentence may ask for."""

    JURY = "jury"
    COMMUNITY_SERVICE = "community_service"
    APOLOGY_LETTER = "apology_letter"
    ESSAY = "essay"
    CLASS_ = "class_"
    RESTITUTION = "restitution"
    COUNSELLING = "counselling"
    OTHER = "other"


class Unit(StrEnum):
    """What an amount of a sanction is counted in."""

    SESSIONS = "sessions"
    MINUTES = "minutes"
    PIECES = "pieces"
    MONEY = "money"
    NONE = "none"


class PaperLanguage(StrEnum):
    """A language in which papers for families are printed."""

    ENGLISH = "en"
    SPANISH = "es"


class Effect(StrEnum):
    """What an attendance other than a whole session counts for."""

    FULL = "full"
    AS_SERVED = "as_served"
    NONE = "none"
    STOPS_CLOCK = "stops_clock"


class Rounding(StrEnum):
    """How served minutes become credited minutes."""

    NONE = "none"
    UP_TO_QUARTER = "up_to_quarter"
    NEAREST_QUARTER = "nearest_quarter"
    DOWN_TO_HOUR = "down_to_hour"


class ConflictEffect(StrEnum):
    """What follows when a juror has to do with one hearing of a sitting."""

    MAY_NOT_SIT = "may_not_sit"
    STEPS_ASIDE = "steps_aside"


class SittingModel(StrEnum):
    """Who questions and who decides in one sitting."""

    PEER_JURY = "peer_jury"
    ADULT_JUDGE = "adult_judge"
    YOUTH_JUDGE = "youth_judge"
    TRIBUNAL = "tribunal"


class DecisionRule(StrEnum):
    """How many have to agree for a sentence to stand."""

    UNANIMOUS = "unanimous"
    MAJORITY = "majority"
    JUDGE_WITHIN_RANGE = "judge_within_range"
    UNSTATED = "unstated"


class IntakeStep(StrEnum):
    """What happens between referral and docket; the policy sets the order."""

    CONTACTED = "contacted"
    SCREENED = "screened"
    INTAKE_DONE = "intake_done"


class WhenUnknown(StrEnum):
    """What follows when a fact that a rule needs is not known."""

    ASK = "ask"
    PASS = "pass"  # noqa: S105 -- to let pass, not a password


class ClassChoice(StrEnum):
    """Who finds the class of an offence."""

    STAFF = "staff"
    RULE = "rule"


class SignUp(StrEnum):
    """How jurors come to a session."""

    DRAW = "draw"
    WALK_IN = "walk_in"


class CountedFrom(StrEnum):
    """The day on which a time limit starts."""

    HEARING = "hearing"
    SENTENCE = "sentence"
    REFERRAL = "referral"
    ADMISSION = "admission"


class ExtendedBy(StrEnum):
    """Who may give more time."""

    COORDINATOR = "coordinator"


class ConsentKind(StrEnum):
    """What somebody signs before the hearing."""

    ADMISSION = "admission"
    GUARDIAN_CONSENT = "guardian_consent"
    RELEASE = "release"
    CONFIDENTIALITY = "confidentiality"


class ShowAt(StrEnum):
    """The moment at which a rule kept as text is shown."""

    ELIGIBILITY = "eligibility"
    INTAKE = "intake"
    DRAW = "draw"
    TONIGHT = "tonight"
    SENTENCE = "sentence"
    CLOSURE = "closure"
    ALWAYS = "always"


class Outcome(StrEnum):
    """How an eligibility rule came out for one youth."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"
    ASKED = "asked"
