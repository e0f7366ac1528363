"""A file name that is safe to store, to show and to offer for download."""

from __future__ import annotations

import unicodedata

LONGEST_NAME = 100
# File systems count bytes; a name in Thai or Amharic takes three for each character.
_LONGEST_IN_BYTES = 200
_FORBIDDEN = frozenset('<>:"|?*%.')
_UNWANTED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul"}
    | {f"{port}{number}" for port in ("com", "lpt") for number in range(10)}
)
_NAMELESS = "file"


def safe_name(filename: str, *, extension: str) -> str:
    """Return the last part of ``filename`` with nothing misleading in it, and ``extension``.

    No folder, no control or direction character (a right-to-left override can show ``exe.pdf``
    for ``fdp.exe``), no second extension, no name a system reserves; at most ``LONGEST_NAME``
    characters.  ``extension`` begins with a dot and is kept as it is.
    """
    # Compatibility forms first: a full-width slash becomes a slash and goes with the folders.
    plain = unicodedata.normalize("NFKC", filename)
    last = plain.replace("\\", "/").rstrip("/").rpartition("/")[2]
    kept = "".join(
        character for character in last if unicodedata.category(character) not in _UNWANTED
    )
    bare = _without_extension(kept, extension)
    clean = "".join("_" if character in _FORBIDDEN else character for character in bare)
    stem = _cut(" ".join(clean.split()), len(extension)).strip(" _-")
    if stem.lower() in _DEVICES:
        stem = f"{_NAMELESS}_{stem}"
    return (stem or _NAMELESS) + extension


def extension_of(filename: str) -> str:
    """Return the extension in small letters with its dot, or an empty string."""
    last = filename.replace("\\", "/").rpartition("/")[2].strip()
    stem, dot, extension = last.rpartition(".")
    return f".{extension.lower()}" if dot and stem else ""


def _without_extension(name: str, extension: str) -> str:
    """Return the name without its last extension, if that is one of a kept kind of length."""
    stem, dot, last = name.strip().rpartition(".")
    return stem if dot and stem and len(last) <= len(extension) else name


def _cut(stem: str, reserved: int) -> str:
    """Return as much of the stem as fits beside an extension of ``reserved`` characters."""
    stem = stem[: LONGEST_NAME - reserved]
    while len(stem.encode()) > _LONGEST_IN_BYTES - reserved:
        stem = stem[:-1]
    return stem
