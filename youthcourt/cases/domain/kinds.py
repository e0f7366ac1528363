"""The states of a case, the reasons it can close for, and what each reason means to others."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class CaseState(StrEnum):
    """Where a case stands; a case is in exactly one of these."""

    REFERRED = "referred"
    CONTACTED = "contacted"
    SCREENED = "screened"
    INTAKE_DONE = "intake_done"
    DOCKETED = "docketed"
    HEARD = "heard"
    SUPERVISED = "supervised"
    CLOSED = "closed"

    @property
    def label_key(self) -> str:
        """The key of its label in the catalogue."""
        return f"case_state.{self.value}"


STEPS = (CaseState.CONTACTED, CaseState.SCREENED, CaseState.INTAKE_DONE)
"""The states whose order a court's policy chooses."""

BEFORE_HEARING = (CaseState.REFERRED, *STEPS, CaseState.DOCKETED)
LIVE = (*BEFORE_HEARING, CaseState.HEARD, CaseState.SUPERVISED)


class ClosureReason(StrEnum):
    """Why a case is closed."""

    COMPLETED = "completed"
    COMPLETED_LATE = "completed_late"
    SETTLED_WITHOUT_HEARING = "settled_without_hearing"
    NOT_RESPONSIBLE = "not_responsible"
    NON_COMPLIANT = "non_compliant"
    NEW_OFFENCE = "new_offence"
    WITHDREW = "withdrew"
    DECLINED_SENTENCE = "declined_sentence"
    INELIGIBLE = "ineligible"
    NO_CONTACT = "no_contact"
    MOVED = "moved"
    REFERRER_RECALLED = "referrer_recalled"
    TRANSFERRED = "transferred"
    DECEASED = "deceased"

    @property
    def label_key(self) -> str:
        """The key of its label in the catalogue."""
        return f"closure.{self.value}"


class Completion(StrEnum):
    """What a closure counts as."""

    COMPLETED = "completed"
    WITHOUT_COMPLETION = "without_completion"
    NEITHER = "neither"


class ReferrerTold(StrEnum):
    """All that the referring agency is told of a closure; the sentence is in the catalogue.

    Never more than it needs for its own decision: not why a family moved, not a later offence.
    """

    COMPLETED = "completed"
    SETTLED = "settled"
    NOT_RESPONSIBLE = "not_responsible"
    RETURNED_WITHOUT_COMPLETION = "returned_without_completion"
    RETURNED_UNHEARD = "returned_unheard"
    RECALL_CONFIRMED = "recall_confirmed"
    ENDED = "ended"

    @property
    def label_key(self) -> str:
        """The key of its sentence in the catalogue."""
        return f"referrer_told.{self.value}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Closure:
    """What one reason means: for counts, for the referrer, and from where it can be reached."""

    completion: Completion
    referrer_told: ReferrerTold
    possible_from: tuple[CaseState, ...]

    @property
    def without_completion(self) -> bool:
        """Whether it counts as closed without completion."""
        return self.completion is Completion.WITHOUT_COMPLETION


def _closure(
    completion: Completion, told: ReferrerTold, possible_from: tuple[CaseState, ...] = LIVE
) -> Closure:
    return Closure(completion=completion, referrer_told=told, possible_from=possible_from)


_WITHOUT = Completion.WITHOUT_COMPLETION
_NEITHER = Completion.NEITHER
_SENTENCED = (CaseState.HEARD, CaseState.SUPERVISED)

CLOSURES: dict[ClosureReason, Closure] = {
    ClosureReason.COMPLETED: _closure(
        Completion.COMPLETED, ReferrerTold.COMPLETED, (CaseState.SUPERVISED,)
    ),
    ClosureReason.COMPLETED_LATE: _closure(
        Completion.COMPLETED, ReferrerTold.COMPLETED, (CaseState.SUPERVISED,)
    ),
    ClosureReason.SETTLED_WITHOUT_HEARING: _closure(_NEITHER, ReferrerTold.SETTLED, BEFORE_HEARING),
    ClosureReason.NOT_RESPONSIBLE: _closure(
        _NEITHER, ReferrerTold.NOT_RESPONSIBLE, (CaseState.HEARD,)
    ),
    ClosureReason.NON_COMPLIANT: _closure(
        _WITHOUT, ReferrerTold.RETURNED_WITHOUT_COMPLETION, (CaseState.DOCKETED, *_SENTENCED)
    ),
    ClosureReason.NEW_OFFENCE: _closure(_WITHOUT, ReferrerTold.RETURNED_WITHOUT_COMPLETION),
    ClosureReason.WITHDREW: _closure(
        _WITHOUT, ReferrerTold.RETURNED_WITHOUT_COMPLETION, BEFORE_HEARING
    ),
    ClosureReason.DECLINED_SENTENCE: _closure(
        _WITHOUT, ReferrerTold.RETURNED_WITHOUT_COMPLETION, _SENTENCED
    ),
    ClosureReason.INELIGIBLE: _closure(_NEITHER, ReferrerTold.RETURNED_UNHEARD, BEFORE_HEARING),
    ClosureReason.NO_CONTACT: _closure(_NEITHER, ReferrerTold.RETURNED_UNHEARD, BEFORE_HEARING),
    ClosureReason.MOVED: _closure(_NEITHER, ReferrerTold.ENDED),
    ClosureReason.REFERRER_RECALLED: _closure(_NEITHER, ReferrerTold.RECALL_CONFIRMED),
    ClosureReason.TRANSFERRED: _closure(_NEITHER, ReferrerTold.ENDED),
    ClosureReason.DECEASED: _closure(_NEITHER, ReferrerTold.ENDED),
}
