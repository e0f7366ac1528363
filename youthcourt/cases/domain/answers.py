"""The answers of the minimum evaluation row; every question may be "not asked"."""

from __future__ import annotations

from enum import StrEnum


class Race(StrEnum):
    """The seven categories of OMB Statistical Policy Directive 15 (2024); any number may apply."""

    AMERICAN_INDIAN = "american_indian"
    ASIAN = "asian"
    BLACK = "black"
    HISPANIC = "hispanic"
    MIDDLE_EASTERN = "middle_eastern"
    PACIFIC_ISLANDER = "pacific_islander"
    WHITE = "white"

    @property
    def label_key(self) -> str:
        """The key of its label in the catalogue."""
        return f"race.{self.value}"


class AnsweredBy(StrEnum):
    """Who said what a youth's race and ethnicity are; the youth's own word is preferred."""

    SELF = "self"
    PROXY = "proxy"
    OBSERVER = "observer"
    DECLINED = "declined"
    NOT_ASKED = "not_asked"

    @property
    def label_key(self) -> str:
        """The key of its label in the catalogue."""
        return f"answered_by.{self.value}"


class Sex(StrEnum):
    """Sex as recorded; X covers another or an unspecified sex (NIEM PersonSexCode F, M, U, X)."""

    FEMALE = "female"
    MALE = "male"
    X = "x"
    UNKNOWN = "unknown"
    NOT_ASKED = "not_asked"

    @property
    def label_key(self) -> str:
        """The key of its label in the catalogue."""
        return f"sex.{self.value}"


class SchoolStatus(StrEnum):
    """How a youth stands to school."""

    ENROLLED = "enrolled"
    HOME_SCHOOLED = "home_schooled"
    SUSPENDED = "suspended"
    EXPELLED = "expelled"
    LEFT = "left"
    GRADUATED = "graduated"
    UNKNOWN = "unknown"
    NOT_ASKED = "not_asked"

    @property
    def label_key(self) -> str:
        """The key of its label in the catalogue."""
        return f"school_status.{self.value}"

    @property
    def in_school(self) -> bool | None:
        """Whether the youth goes to school; None when that is not known."""
        if self in {SchoolStatus.UNKNOWN, SchoolStatus.NOT_ASKED}:
            return None
        return self in {
            SchoolStatus.ENROLLED,
            SchoolStatus.HOME_SCHOOLED,
            SchoolStatus.SUSPENDED,
        }


class Grade(StrEnum):
    """The school grade of the year of the intake."""

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
    UNKNOWN = "unknown"
    NOT_ASKED = "not_asked"

    @property
    def label_key(self) -> str:
        """The key of its label in the catalogue."""
        return f"grade.{self.value}"


class Priors(StrEnum):
    """Earlier arrests or referrals known; that nothing is noted never means none."""

    NONE = "0"
    ONE = "1"
    TWO_OR_MORE = "2+"
    UNKNOWN = "unknown"
    NOT_ASKED = "not_asked"

    @property
    def label_key(self) -> str:
        """The key of its label in the catalogue."""
        return f"priors.{self.value}"


class YesNo(StrEnum):
    """An answer to a plain question."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
    NOT_ASKED = "not_asked"

    @property
    def label_key(self) -> str:
        """The key of its label in the catalogue."""
        return f"yes_no.{self.value}"


class Household(StrEnum):
    """With whom a youth lives."""

    TWO_PARENTS = "two_parents"
    ONE_PARENT = "one_parent"
    RELATIVES = "relatives"
    FOSTER_OR_GROUP = "foster_or_group"
    ON_OWN = "on_own"
    NO_FIXED_HOME = "no_fixed_home"
    OTHER = "other"
    UNKNOWN = "unknown"
    NOT_ASKED = "not_asked"

    @property
    def label_key(self) -> str:
        """The key of its label in the catalogue."""
        return f"household.{self.value}"


class Language(StrEnum):
    """The language a family wants to be spoken to in (ISO 639 codes, and sign language)."""

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
    NOT_ASKED = "not_asked"

    @property
    def label_key(self) -> str:
        """The key of its label in the catalogue."""
        return f"language.{self.value}"
