"""What a column of a referral file can be, and how each kind of cell is read."""

from __future__ import annotations

from enum import StrEnum


class Field(StrEnum):
    """Something an import can fill; a mapping names one column for each it uses."""

    REFERENCE = "reference"
    INCIDENT_NUMBER = "incident_number"
    INCIDENT_ON = "incident_on"
    INCIDENT_AT = "incident_at"
    ARRESTED_ON = "arrested_on"
    ARRESTED_AT = "arrested_at"
    REFERRED_ON = "referred_on"
    CHARGE_TEXT = "charge_text"
    STATUTE = "statute"
    SEVERITY = "severity"
    AGENCY = "agency"
    OFFICER = "officer"
    NARRATIVE = "narrative"
    REFERRER_NOTE = "referrer_note"
    GIVEN_NAMES = "given_names"
    FAMILY_NAME = "family_name"
    FULL_NAME = "full_name"
    BIRTH_DATE = "birth_date"
    AGE = "age"
    SEX = "sex"
    RACE = "race"
    ETHNICITY = "ethnicity"
    SCHOOL = "school"
    GRADE = "grade"
    LANGUAGE = "language"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    CITY = "city"
    REGION = "region"
    ZIP = "zip"
    RESIDENCE = "residence"
    COUNT = "count"

    @property
    def label_key(self) -> str:
        """The key of its label in the catalogue."""
        return f"import_field.{self.value}"


DATE_FIELDS = frozenset({Field.INCIDENT_ON, Field.ARRESTED_ON, Field.REFERRED_ON, Field.BIRTH_DATE})
TIME_FIELDS = frozenset({Field.INCIDENT_AT, Field.ARRESTED_AT})
NAME_FIELDS = frozenset({Field.GIVEN_NAMES, Field.FAMILY_NAME, Field.FULL_NAME})
VALUE_FIELDS = frozenset({Field.SEX, Field.RACE, Field.ETHNICITY, Field.SEVERITY, Field.RESIDENCE})
"""Fields whose cells are codes that a table of the mapping translates."""

IDENTIFYING = frozenset({Field.REFERENCE, Field.INCIDENT_NUMBER})
"""Fields that alone can tell one incident or referral from another."""

TEXT_LIMITS = {
    Field.REFERENCE: 80,
    Field.INCIDENT_NUMBER: 80,
    Field.CHARGE_TEXT: 300,
    Field.STATUTE: 120,
    Field.AGENCY: 160,
    Field.OFFICER: 200,
    Field.NARRATIVE: 5000,
    Field.REFERRER_NOTE: 2000,
    Field.SCHOOL: 120,
    Field.GRADE: 20,
    Field.LANGUAGE: 40,
    Field.PHONE: 40,
    Field.EMAIL: 254,
    Field.ADDRESS: 200,
    Field.CITY: 60,
    Field.REGION: 20,
    Field.ZIP: 16,
}
"""The longest text each field takes, in characters; the parts of a home fit one address of 300."""

CHARGE_FIELDS = frozenset({Field.CHARGE_TEXT, Field.STATUTE, Field.SEVERITY})
"""Fields that speak of one charge; the others speak of the youth or of the whole referral."""


class RunState(StrEnum):
    """Where a file on its way in stands."""

    UPLOADED = "uploaded"
    TRIED = "tried"
    TAKEN_OVER = "taken_over"
    DISCARDED = "discarded"

    @property
    def label_key(self) -> str:
        """The key of its label in the catalogue."""
        return f"import_state.{self.value}"


WAITING = (RunState.UPLOADED, RunState.TRIED)
"""The states in which somebody has to decide on a file."""


class Severity(StrEnum):
    """How the referrer's law grades a charge."""

    FELONY = "felony"
    MISDEMEANOR = "misdemeanor"
    ORDINANCE = "ordinance"
    INFRACTION = "infraction"
    STATUS = "status"

    @property
    def label_key(self) -> str:
        """The key of its label in the catalogue."""
        return f"severity.{self.value}"


class Residence(StrEnum):
    """Whether a youth lives where the referrer keeps its records (NIBRS data element 51)."""

    RESIDENT = "resident"
    NON_RESIDENT = "non_resident"


class Transform(StrEnum):
    """What is done to a cell before it is read.

    class_suffix: a charge ending in two or more spaces and F or M loses them, and the letter
    says felony or misdemeanor.  before_dash: only what stands before the first " - ".
    """

    CLASS_SUFFIX = "class_suffix"
    BEFORE_DASH = "before_dash"


class ExactCopies(StrEnum):
    """What rows with the same content are: one fact written twice, or as many facts."""

    MERGE = "merge"
    SEPARATE = "separate"
