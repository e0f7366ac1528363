"""Bytes to characters, the same way every time, with what had to be guessed said aloud."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

from youthcourt.errors import CourtRuleBroken
from youthcourt.files.tables.shapes import Note, NoteCode, Unreadable, note

# Longer marks first: the mark of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What a person may choose on the dry-run page; some other codecs of Python are no encodings of
# text, or take quadratic time.
ENCODINGS = (
    "utf-8",
    "utf-16",
    "windows-1252",
    "windows-1250",
    "windows-1251",
    "iso-8859-1",
    "iso-8859-15",
    "mac-roman",
    "cp437",
    "cp850",
)
_SAMPLE = 65_536
# Text in the Latin script written as UTF-16 has a zero in every second byte.
_ZEROS_OF_UTF16 = 0.4
_CONTROLS_IN_A_THOUSAND = 1

_C1 = re.compile("[\u0080-\u009f]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f\x7f]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Decoded:
    """The text of a file, the encoding it was read in, and what was guessed or mended."""

    text: str
    encoding: str
    notes: tuple[Note, ...]


def decode(data: bytes, *, encoding: str | None = None) -> Decoded:
    """Return the text of ``data``; the same bytes always give the same text.

    Tried in this order: the encoding a person chose, a byte order mark, UTF-16 without a mark,
    UTF-8, Windows-1252, and last a statistical guess.  Characters U+0080 to U+009F, which no
    text has but Windows-1252 read as Latin-1 gives, are mended the way browsers mend them (WHATWG
    Encoding Standard).  Raises CourtRuleBroken (``ENCODING``, ``NOT_TEXT``).
    """
    text, found, guessed = _read(data, encoding)
    notes = [note(NoteCode.ENCODING_GUESSED, encoding=found)] if guessed else []
    text, mended = _mend(text)
    if mended:
        notes.append(note(NoteCode.CHARACTERS_MENDED, count=mended))
    # The end-of-file mark of DOS; programs of police departments still write it.
    text = text.rstrip("\x1a")
    _check_is_text(text)
    return Decoded(text=text, encoding=found, notes=tuple(notes))


def _read(data: bytes, chosen: str | None) -> tuple[str, str, bool]:
    """Return the text, the name of its encoding and whether that is a guess."""
    if chosen is not None:
        if chosen not in ENCODINGS:
            raise CourtRuleBroken(Unreadable.ENCODING, encoding=chosen)
        return _read_as(data, chosen), chosen, False
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _read_as(data[len(mark) :], name), name, False
    unmarked = _utf16_without_mark(data)
    if unmarked is not None:
        return _read_as(data, unmarked), unmarked, True
    try:
        return data.decode("utf-8"), "ascii" if data.isascii() else "utf-8", False
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252"), "windows-1252", True
    except UnicodeDecodeError:
        return _read_by_statistics(data)


def _read_as(data: bytes, encoding: str) -> str:
    """Return ``data`` read in ``encoding``, or raise CourtRuleBroken."""
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except (UnicodeError, LookupError, ValueError) as error:
        raise CourtRuleBroken(Unreadable.ENCODING, encoding=encoding) from error


def _utf16_without_mark(data: bytes) -> str | None:
    """Return the UTF-16 whose zero bytes lie where the sample has them, or None."""
    sample = data[: _SAMPLE - _SAMPLE % 2]
    pairs = len(sample) // 2
    if not pairs or len(data) % 2:
        return None
    low, high = sample[0::2].count(0) / pairs, sample[1::2].count(0) / pairs
    if high > _ZEROS_OF_UTF16 and low == 0:
        return "utf-16-le"
    if low > _ZEROS_OF_UTF16 and high == 0:
        return "utf-16-be"
    return None


def _read_by_statistics(data: bytes) -> tuple[str, str, bool]:
    """Return the most plausible reading; it depends on the bytes alone."""
    best = from_bytes(data[:_SAMPLE]).best()
    if best is None:
        raise CourtRuleBroken(Unreadable.ENCODING, encoding=None)
    return _read_as(data, best.encoding), best.encoding.replace("_", "-"), True


def _mend(text: str) -> tuple[str, int]:
    """Return the text with C1 controls read as Windows-1252, and how many there were."""
    if text.isascii():
        return text, 0
    return _C1.subn(_as_windows, text)


def _as_windows(found: re.Match[str]) -> str:
    """Return the Windows-1252 character of a C1 control, or the control where there is none."""
    return found.group().encode("latin-1").decode("cp1252", errors="ignore") or found.group()


def _check_is_text(text: str) -> None:
    """Raise CourtRuleBroken for a NUL or for more control characters than a text can have."""
    controls = len(_CONTROLS.findall(text))
    if "\x00" in text or controls * 1000 > len(text) * _CONTROLS_IN_A_THOUSAND:
        raise CourtRuleBroken(Unreadable.NOT_TEXT)
