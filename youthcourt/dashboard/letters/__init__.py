"""The messages that leave the house, written from live data when they leave.

Subject and sender never tell a bystander what they are about, and no word of a case is in them.
"""

from __future__ import annotations

from youthcourt.dashboard.letters.recipients import Recipient, recipient_of
from youthcourt.dashboard.letters.words import Words
from youthcourt.dashboard.letters.writing import LetterWriter, words_of

__all__ = ["LetterWriter", "Recipient", "Words", "recipient_of", "words_of"]
