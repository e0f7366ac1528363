"""Names of any script: tidied, folded for search, and shown as discreetly as asked."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from youthcourt.errors import CourtRuleBroken

NAME_LIMIT = 200

# Letters that Unicode does not decompose into a base letter and a mark.
_LETTERS = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ı": "i",
        "ħ": "h",
        "ŧ": "t",
        "ŋ": "n",
    }
)
_APOSTROPHES = frozenset("'\u2018\u2019\u201b\u02bb\u02bc\u02b9\u00b4\u0060\uff07\u05f3")
# Marks that sit on Latin, Greek and Cyrillic letters, and the optional vowel points of Arabic
# and Hebrew.  Marks of other scripts are part of the word and are kept.
_ACCENTS = (
    (0x0300, 0x036F),
    (0x1AB0, 0x1AFF),
    (0x1DC0, 0x1DFF),
    (0x0591, 0x05C7),
    (0x0610, 0x061A),
    (0x064B, 0x065F),
)
# Joiners that Persian and the scripts of India need to be spelt right.
_JOINERS = frozenset("\u200c\u200d")
_SOFT_HYPHEN = "\u00ad"
_ASCII_SEPARATORS = re.compile(r"[^0-9a-z]+")
_DROPPED = str.maketrans("", "", "'`")


def fold(text: str) -> str:
    """Return the text without case, accents and apostrophes; hyphens become one space.

    Letters of other scripts are kept.  Two spellings that a clerk would take for the same name
    fold alike; folding twice changes nothing.
    """
    if text.isascii():
        # The same by a shorter way: nearly all text of a big import is ASCII.
        return " ".join(_ASCII_SEPARATORS.split(text.translate(_DROPPED).lower())).strip()
    # Case folding can bring in new marks (the dotted capital I), so it comes before and after.
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    folded = decomposed.casefold().translate(_LETTERS)
    kept = "".join(_folded_character(c) for c in folded if not _is_accent(c))
    return unicodedata.normalize("NFC", " ".join(kept.split()))


def _is_accent(character: str) -> bool:
    point = ord(character)
    return point >= _ACCENTS[0][0] and any(low <= point <= high for low, high in _ACCENTS)


def _folded_character(character: str) -> str:
    if character in _APOSTROPHES or character in _JOINERS or character == _SOFT_HYPHEN:
        return ""
    if character.isalnum() or unicodedata.category(character).startswith("M"):
        return character
    return " "


def search_key(given_name: str = "", family_name: str = "") -> str:
    """Return what a name is looked up by: folded words in one order, whatever order was typed."""
    return " ".join(sorted(fold(f"{given_name} {family_name}").split()))


def search_words(text: str) -> tuple[str, ...]:
    """Return the folded words somebody may type to find this name, each once, in order.

    A hyphenated name is found by its parts and by the parts written as one word.
    """
    words: dict[str, None] = {}
    for chunk in text.split():
        parts = fold(chunk).split()
        words.update(dict.fromkeys(parts))
        if len(parts) > 1:
            words["".join(parts)] = None
    return tuple(words)


def tidy_name(text: str, field: str | None = None) -> str:
    """Return a name with single spaces, or refuse one that is too long or has control characters.

    Codes: ``name_too_long`` (limit, length), ``name_has_control_characters``.
    """
    tidy = " ".join(unicodedata.normalize("NFC", text).replace(_SOFT_HYPHEN, "").split())
    if len(tidy) > NAME_LIMIT:
        raise CourtRuleBroken("name_too_long", field, limit=NAME_LIMIT, length=len(tidy))
    # Direction marks and other invisible characters could make a name read as another.
    if any(unicodedata.category(c) in {"Cc", "Cf", "Cs"} and c not in _JOINERS for c in tidy):
        raise CourtRuleBroken("name_has_control_characters", field)
    return tidy


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonName:
    """A person's name; all parts may be empty for someone not yet identified."""

    given: str = ""
    family: str = ""
    called: str = ""

    @property
    def known(self) -> bool:
        """Whether there is any name at all."""
        return bool(self.given or self.family or self.called)

    @property
    def first(self) -> str:
        """The name others in the room may see: what the person is called, never the family name.

        Empty when neither a given name nor a form of address is known.
        """
        return self.called or (self.given.split()[0] if self.given.split() else "")

    @property
    def full(self) -> str:
        """Given and family name; the form of address stands in for a missing given name."""
        return " ".join(part for part in (self.given or self.called, self.family) if part)

    @property
    def filed(self) -> str:
        """Family name first, as in a list sorted by family name."""
        return ", ".join(part for part in (self.family, self.given or self.called) if part)

    @property
    def initials(self) -> str:
        """The first letter of the given and of the family name, each with a full stop."""
        letters = (_first_letter(part) for part in (self.given or self.called, self.family))
        return "".join(f"{letter}." for letter in letters if letter)


def _first_letter(word: str) -> str:
    """Return the first letter with the marks that belong to it."""
    start = next((i for i, c in enumerate(word) if c.isalnum()), None)
    if start is None:
        return ""
    end = start + 1
    while end < len(word) and unicodedata.category(word[end]).startswith("M"):
        end += 1
    return word[start:end].upper()
