"""The policy: everything that differs between courts, typed and versioned."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from youthcourt.courts.domain.coherence import ACROSS
from youthcourt.courts.domain.deadlines import DeadlineRule, ExtensionRule
from youthcourt.courts.domain.eligibility import EligibilityRule
from youthcourt.courts.domain.evening import Counting, JuryRules, SessionRules
from youthcourt.courts.domain.kinds import (
    ClassChoice,
    ConsentKind,
    DecisionRule,
    IntakeStep,
    Rounding,
    SanctionKind,
    ShowAt,
    SittingModel,
)
from youthcourt.courts.domain.part import Line, Part, Prose, Whole, YesNo
from youthcourt.courts.domain.quantities import OffenceClass, QuantityRange, SanctionRule
from youthcourt.courts.domain.versions import SCHEMA_VERSION
from youthcourt.errors import CourtRuleBroken


class Words(Part):
    """The words this court uses on its screens and papers."""

    respondent: Line = Field(default="respondent", description="the youth whose case it is")
    credit: Line = Field(default="time credit", description="one hour earned")
    session: Line = Field(default="session", description="one dated court evening or morning")


class Forum(Part):
    """Who hears a case and who decides."""

    model: SittingModel = Field(description="the usual form of a sitting; a sitting may differ")
    decision: DecisionRule = Field(description="how many have to agree on a sentence")
    note: str = Field(default="", description="what else there is to know about the hearing")


class CreditRules(Part):
    """Which service earns time credits, and how it is counted."""

    unit_name: Line = Field(description="what one hour of credit is called")
    earns: tuple[SanctionKind, ...] = Field(description="the kinds of service that earn credit")
    ordered_earns: YesNo = Field(description="service that a sentence orders earns credit")
    voluntary_earns: YesNo = Field(description="service of one's own accord earns credit")
    rounding: Rounding = Field(description="how served minutes become credited minutes")
    floor_minutes: Annotated[Whole, Field(ge=-60_000, le=0)] = Field(
        description="nobody spends or gives below this balance, in minutes"
    )


class ConsentRule(Part):
    """One paper that is signed before the hearing."""

    kind: ConsentKind = Field(description="what the paper is for")
    required: YesNo = Field(description="without it there is no hearing")
    text_version: Line = Field(description="the version of the words, such as 2026-1")
    text: Prose = Field(description="the words that are signed, in plain language")


class ExtraRule(Part):
    """A rule that software cannot keep for the court; its text is shown when it matters."""

    topic: Line = Field(description="what it is about, in a few words")
    text: Prose = Field(description="the rule")
    src: str = Field(default="", description="where the rule comes from")
    show_at: ShowAt = Field(description="when it is shown")


class Policy(Part):
    """The rules of one court in one version."""

    checks = ACROSS

    schema_version: Annotated[Whole, Field(ge=SCHEMA_VERSION, le=SCHEMA_VERSION)] = Field(
        description="the version of this list of settings"
    )
    slug: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$", max_length=60)] = Field(
        description="a short name in small letters, digits and hyphens"
    )
    name: Line = Field(description="the name of the programme")
    place: Line = Field(description="the town or county")
    state: str = Field(default="", description="the state, such as TX")
    as_of: Line = Field(description="the year or years the rules speak of")
    sources: tuple[Line, ...] = Field(
        default=(),
        description="where the rules were read, each with its short name first, such as S1",
    )
    assumed: dict[str, Annotated[str, Field(min_length=1, max_length=500)]] = Field(
        default_factory=dict,
        description="the place of each setting that no source states, and why it is as it is",
    )
    spanish: dict[str, Prose] = Field(
        default_factory=dict,
        description="what families read on paper in Spanish, by the place of the English words",
    )
    words: Words = Field(default=Words(), description="the words this court uses")
    forum: Forum = Field(description="who hears a case and who decides")
    steps: tuple[IntakeStep, ...] = Field(
        description="the order of contacted, screened and intake_done"
    )
    no_contact_days: Annotated[Whole, Field(ge=1, le=365)] | None = Field(
        default=None,
        description="days without an answer after which a case goes back; left out: no limit",
    )
    referral_sources: tuple[Line, ...] = Field(description="who may refer a youth")
    eligibility: tuple[EligibilityRule, ...] = Field(
        default=(), description="what has to be so for the programme to take a case"
    )
    classes: tuple[OffenceClass, ...] = Field(
        default=(), description="the classes of offences; left out: the court has none"
    )
    class_chosen_by: ClassChoice = Field(
        default=ClassChoice.STAFF, description="who finds the class of an offence"
    )
    sanctions: tuple[SanctionRule, ...] = Field(description="what a sentence may ask for")
    jury: JuryRules = Field(description="the panel and who may sit on it")
    session: SessionRules = Field(description="when a session is")
    counting: Counting = Field(description="what coming to a session counts for")
    deadlines: tuple[DeadlineRule, ...] = Field(
        default=(), description="the time limits; the earliest counts; left out: none"
    )
    last_day_included: YesNo = Field(
        default=True, description="service on the last day of a limit still counts"
    )
    extension: ExtensionRule = Field(
        default=ExtensionRule(), description="how much more time may be given"
    )
    credits: CreditRules = Field(description="which service earns time credits")
    consents: tuple[ConsentRule, ...] = Field(
        default=(), description="the papers that are signed before the hearing"
    )
    follow_up_months: tuple[Annotated[Whole, Field(ge=1, le=120)], ...] = Field(
        default=(), description="how many months after the start records are searched"
    )
    extra: tuple[ExtraRule, ...] = Field(
        default=(), description="the rules that are kept as text and shown"
    )

    def class_of(self, code: str) -> OffenceClass:
        """Return the offence class; raise ``CourtRuleBroken`` when the policy has none such."""
        for class_ in self.classes:
            if class_.code == code:
                return class_
        raise CourtRuleBroken("offence_class_unknown", "offence_class", class_code=code)

    def class_for_offence(self, offence: str) -> OffenceClass | None:
        """Return the class whose list has this offence; None where staff have to choose.

        Capitals and spaces make no difference; nothing else is guessed.
        """
        if self.class_chosen_by is ClassChoice.STAFF:
            return None
        wanted = _plain(offence)
        for class_ in self.classes:
            if wanted in map(_plain, class_.offences):
                return class_
        return None

    def sanctions_of(self, kind: SanctionKind) -> tuple[SanctionRule, ...]:
        """Return the sanctions of a kind in the policy's order; often one, sometimes more."""
        return tuple(rule for rule in self.sanctions if rule.kind == kind)

    def range_for(self, kind: SanctionKind, class_code: str | None) -> QuantityRange | None:
        """Return what the class allows, else what the whole court allows, else None.

        Amounts are in the unit of the sanction.  An unknown class is a ``CourtRuleBroken``.
        """
        if class_code is not None:
            of_class = self.class_of(class_code).quantities.get(kind)
            if of_class is not None:
                return of_class
        return next((rule.range for rule in self.sanctions_of(kind) if rule.range), None)

    def consent(self, kind: ConsentKind) -> ConsentRule | None:
        """Return the rule on one kind of paper, or None where the court does not use it."""
        return next((rule for rule in self.consents if rule.kind == kind), None)

    def extra_at(self, moment: ShowAt) -> tuple[ExtraRule, ...]:
        """Return the rules kept as text that are to be shown at this moment."""
        return tuple(rule for rule in self.extra if rule.show_at in (moment, ShowAt.ALWAYS))

    def why_assumed(self, place: str) -> str | None:
        """Return why the setting at a dotted place, or the part it is in, was assumed."""
        steps = place.split(".")
        for length in range(len(steps), 0, -1):
            if why := self.assumed.get(".".join(steps[:length])):
                return why
        return None


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def assumed_paths(policy: Policy) -> tuple[str, ...]:
    """Return the dotted places of all settings that no source states, sorted.

    A member of a list is named by its code, or else by its position counted from 1.
    """
    return tuple(sorted(policy.assumed))
