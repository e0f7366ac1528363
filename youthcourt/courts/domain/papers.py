"""What families read on paper, in the languages papers are printed in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from youthcourt.courts.domain.coherence import words_at
from youthcourt.courts.domain.kinds import ConsentKind, PaperLanguage
from youthcourt.courts.domain.policy import ConsentRule, Policy
from youthcourt.courts.domain.presets import PRESETS, preset


@dataclass(frozen=True, kw_only=True, slots=True)
class PaperWords:
    """The words of one policy in one language.

    A policy's own Spanish counts first.  Where it has none, words that are those of a preset are
    said as that preset says them, so that policies stored before have Spanish too.  What has no
    Spanish is in English.
    """

    policy: Policy
    language: PaperLanguage

    def consent(self, kind: ConsentKind) -> str:
        """Return the words of a paper; the court must use the paper."""
        number, rule = self._consent(kind)
        return self._said(f"consents.{number}.text", rule.text)

    def has_consent(self, kind: ConsentKind) -> bool:
        """Return whether the words of a paper are there in this very language."""
        number, rule = self._consent(kind)
        return self._found(f"consents.{number}.text", rule.text) is not None

    def sanction(self, label: str) -> str:
        """Return what a part of a sentence is called, by its label when it was ordered."""
        places = (
            f"sanctions.{number}.label"
            for number, rule in enumerate(self.policy.sanctions, start=1)
            if rule.label == label
        )
        return self._said(next(places, ""), label)

    @property
    def bring(self) -> str:
        """What to bring to a session."""
        return self._said("session.bring", self.policy.session.bring)

    @property
    def dress(self) -> str:
        """What to wear at a session."""
        return self._said("session.dress", self.policy.session.dress)

    def _consent(self, kind: ConsentKind) -> tuple[int, ConsentRule]:
        rules = enumerate(self.policy.consents, start=1)
        return next((number, rule) for number, rule in rules if rule.kind == kind)

    def _said(self, place: str, english: str) -> str:
        return self._found(place, english) or english

    def _found(self, place: str, english: str) -> str | None:
        if self.language is PaperLanguage.ENGLISH:
            return english
        return self.policy.spanish.get(place) or _phrases().get(english)


@cache
def _phrases() -> dict[str, str]:
    """Return the Spanish of all presets by their English words."""
    return {
        str(words_at(policy, place.split("."))): spanish
        for policy in map(preset, PRESETS)
        for place, spanish in policy.spanish.items()
    }
