"""The closed lists of a person's file; stored by value, shown by their labels."""

from __future__ import annotations

from enum import StrEnum


class PersonSex(StrEnum):
    """Sex as recorded; X covers another or an unspecified sex (NIEM PersonSexCode F, M, U, X)."""

    FEMALE = "female"
    MALE = "male"
    X = "x"
    UNKNOWN = "unknown"


class SpokenLanguage(StrEnum):
    """The language somebody wants to be spoken to in (ISO 639 codes, and sign language)."""

    ENGLISH = "en"
    SPANISH = "es"
    AMHARIC = "am"
    ARABIC = "ar"
    BENGALI = "bn"
    BURMESE = "my"
    CHINESE = "zh"
    DARI = "prs"
    FRENCH = "fr"
    HAITIAN_CREOLE = "ht"
    HINDI = "hi"
    HMONG = "hmn"
    KAREN = "kar"
    KOREAN = "ko"
    MARSHALLESE = "mh"
    NAVAJO = "nv"
    NEPALI = "ne"
    PASHTO = "ps"
    POLISH = "pl"
    PORTUGUESE = "pt"
    PUNJABI = "pa"
    RUSSIAN = "ru"
    SIGN_LANGUAGE = "ase"
    SOMALI = "so"
    SWAHILI = "sw"
    TAGALOG = "tl"
    TIGRINYA = "ti"
    UKRAINIAN = "uk"
    URDU = "ur"
    VIETNAMESE = "vi"
    OTHER = "other"


class SchoolGrade(StrEnum):
    """The school grade of the present school year."""

    G4 = "4"
    G5 = "5"
    G6 = "6"
    G7 = "7"
    G8 = "8"
    G9 = "9"
    G10 = "10"
    G11 = "11"
    G12 = "12"
    UNGRADED = "ungraded"
    NONE = "none"


class Relation(StrEnum):
    """What an adult is to a youth."""

    MOTHER = "mother"
    FATHER = "father"
    STEP_PARENT = "step_parent"
    GRANDPARENT = "grandparent"
    AUNT_OR_UNCLE = "aunt_or_uncle"
    BROTHER_OR_SISTER = "brother_or_sister"
    FOSTER_PARENT = "foster_parent"
    LEGAL_GUARDIAN = "legal_guardian"
    CASE_WORKER = "case_worker"
    MENTOR = "mentor"
    OTHER = "other"


class AuthorityProof(StrEnum):
    """How it is known that an adult may decide for a youth."""

    BIRTH_CERTIFICATE = "birth_certificate"
    COURT_ORDER = "court_order"
    POWER_OF_ATTORNEY = "power_of_attorney"
    AGENCY_LETTER = "agency_letter"
    SCHOOL_RECORD = "school_record"
    WORD_ONLY = "word_only"


class AdultChannel(StrEnum):
    """How an adult wants to be reached."""

    PHONE = "phone"
    TEXT = "text"
    EMAIL = "email"
    LETTER = "letter"


class Telling(StrEnum):
    """What an adult may be told about a youth, by kind."""

    SCHEDULE = "schedule"
    PROGRESS = "progress"
    OUTCOME = "outcome"


class AwayReason(StrEnum):
    """Why somebody cannot come; a word, never a story."""

    SCHOOL = "school"
    WORK = "work"
    FAMILY = "family"
    TRAVEL = "travel"
    HEALTH = "health"
    FAITH = "faith"
    OTHER = "other"


class TrainingTopic(StrEnum):
    """What a training was about."""

    JUROR = "juror"
    FOREPERSON = "foreperson"
    OTHER = "other"


class Tie(StrEnum):
    """How two persons know each other."""

    FRIEND = "friend"
    FAMILY = "family"
    HOUSEHOLD = "household"
    CLASSMATE = "classmate"
    NEIGHBOUR = "neighbour"
    TEAM = "team"
    TROUBLE = "trouble"
    OTHER = "other"


class SaidBy(StrEnum):
    """Who told the court that two persons know each other."""

    PERSON = "person"
    OTHER_PERSON = "other_person"
    FAMILY = "family"
    STAFF = "staff"
