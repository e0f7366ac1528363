"""What a column of a referral file can be, and how each kind of cell is read."""

from __future__ import annotations

from enum import StrEnum

from youthcourt.courts.domain import SanctionKind


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
    STAGE = "stage"
    ADMITTED_ON = "admitted_on"
    CONSENTED_ON = "consented_on"
    INTAKE_ON = "intake_on"
    HEARD_ON = "heard_on"
    SENTENCED_ON = "sentenced_on"
    TRAINED_ON = "trained_on"
    DUE_ON = "due_on"
    ADULT_NAME = "adult_name"
    ADULT_RELATION = "adult_relation"
    ADULT_PHONE = "adult_phone"
    ADULT_EMAIL = "adult_email"
    ADULT_LANGUAGE = "adult_language"
    JURY_ORDERED = "jury_ordered"
    JURY_DONE = "jury_done"
    JURY_DUE_ON = "jury_due_on"
    COMMUNITY_SERVICE_ORDERED = "community_service_ordered"
    COMMUNITY_SERVICE_DONE = "community_service_done"
    COMMUNITY_SERVICE_DUE_ON = "community_service_due_on"
    APOLOGY_LETTER_ORDERED = "apology_letter_ordered"
    APOLOGY_LETTER_DONE = "apology_letter_done"
    ESSAY_ORDERED = "essay_ordered"
    ESSAY_DONE = "essay_done"
    CLASS_ORDERED = "class_ordered"
    CLASS_DONE = "class_done"
    RESTITUTION_ORDERED = "restitution_ordered"
    RESTITUTION_DONE = "restitution_done"
    COUNSELLING_ORDERED = "counselling_ordered"
    COUNSELLING_DONE = "counselling_done"
    OTHER_ORDERED = "other_ordered"
    OTHER_DONE = "other_done"

    @property
    def label_key(self) -> str:
        """The key of its label in the catalogue."""
        return f"import_field.{self.value}"


ORDERED_FIELDS: dict[SanctionKind, Field] = {
    kind: Field(f"{kind.value.rstrip('_')}_ordered") for kind in SanctionKind
}
DONE_FIELDS: dict[SanctionKind, Field] = {
    kind: Field(f"{kind.value.rstrip('_')}_done") for kind in SanctionKind
}
DUE_FIELDS: dict[SanctionKind, Field] = {
    SanctionKind.JURY: Field.JURY_DUE_ON,
    SanctionKind.COMMUNITY_SERVICE: Field.COMMUNITY_SERVICE_DUE_ON,
}
ITEM_FIELDS = frozenset({*ORDERED_FIELDS.values(), *DONE_FIELDS.values()})
LAST_DAYS = frozenset({Field.DUE_ON, *DUE_FIELDS.values()})
"""Days until which something is to be done; the only ones that may still be to come."""

STEP_DAYS = frozenset(
    {
        Field.ADMITTED_ON,
        Field.CONSENTED_ON,
        Field.INTAKE_ON,
        Field.HEARD_ON,
        Field.SENTENCED_ON,
    }
)
"""Days on which a case that is open already came to a step."""

TRAINING_DAYS = frozenset({Field.TRAINED_ON})
"""A day that may lie before the referral: who sat as a volunteer was trained then."""

ADULT_FIELDS = frozenset(
    {
        Field.ADULT_NAME,
        Field.ADULT_RELATION,
        Field.ADULT_PHONE,
        Field.ADULT_EMAIL,
        Field.ADULT_LANGUAGE,
    }
)
OPENING_FIELDS = frozenset(
    {Field.STAGE, *STEP_DAYS, *TRAINING_DAYS, *LAST_DAYS, *ADULT_FIELDS, *ITEM_FIELDS}
)
"""What a file says of cases that are open already, when a court starts in the middle of its year.

The adult of a youth may stand in any file; the others need the stage.
"""

DATE_FIELDS = frozenset(
    {
        Field.INCIDENT_ON,
        Field.ARRESTED_ON,
        Field.REFERRED_ON,
        Field.BIRTH_DATE,
        *STEP_DAYS,
        *TRAINING_DAYS,
        *LAST_DAYS,
    }
)
TIME_FIELDS = frozenset({Field.INCIDENT_AT, Field.ARRESTED_AT})
NAME_FIELDS = frozenset({Field.GIVEN_NAMES, Field.FAMILY_NAME, Field.FULL_NAME})
VALUE_FIELDS = frozenset(
    {
        Field.SEX,
        Field.RACE,
        Field.ETHNICITY,
        Field.SEVERITY,
        Field.RESIDENCE,
        Field.STAGE,
        Field.ADULT_RELATION,
    }
)
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
    Field.ADULT_NAME: 120,
    Field.ADULT_PHONE: 40,
    Field.ADULT_EMAIL: 254,
    Field.ADULT_LANGUAGE: 40,
    **dict.fromkeys(ITEM_FIELDS, 200),
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


class OpenStage(StrEnum):
    """Where a case stands that was begun before this court kept its records here.

    ``waiting_for_hearing`` is a case with its intake done, also where a day for the hearing was
    set: that day is put on the docket by hand, because only the calendar has a room for it.
    ``closed`` cases are none to go on with; their rows are refused.
    """

    REFERRED = "referred"
    CONTACTED = "contacted"
    SCREENED = "screened"
    WAITING_FOR_HEARING = "waiting_for_hearing"
    SENTENCED = "sentenced"
    CLOSED = "closed"

    @property
    def label_key(self) -> str:
        """The key of its label in the catalogue."""
        return f"open_stage.{self.value}"


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
