"""How far the sheets of a workbook reach and how much text they hold, before they are loaded."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from xml.parsers import expat

from youthcourt.errors import CourtRuleBroken
from youthcourt.files.tables.archives import archive_parts, unpacked_chunks
from youthcourt.files.tables.shapes import Limits, Unreadable

_CELL_NAME = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_ROW_NAME = re.compile(r"[0-9]{1,7}")
_LONGEST_INDEX = 10
_XML_BEGINNINGS = (b"<", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b" ", b"\r", b"\n", b"\t")
_WORKBOOK_PART = "xl/workbook.xml"
_CONTENT_TYPES = "[Content_Types].xml"
_LETTERS = 26


class _HasDoctype(Exception):
    """No part of a workbook declares a document type; one that does means to harm."""


def weigh_workbook(data: bytes, *, limits: Limits) -> int:
    """Check that a workbook may be loaded, and return how many of its cells hold an error.

    One cell in the last corner of a sheet makes a reader reserve the whole sheet, and one long
    shared text in every cell fills the memory; both are found here from the parts as they really
    unpack.  Raises CourtRuleBroken.
    """
    parts = archive_parts(data, limits=limits)
    names = {part.filename for part in parts}
    if not {_WORKBOOK_PART, _CONTENT_TYPES} <= names:
        raise CourtRuleBroken(Unreadable.NOT_WHAT_NAME_SAYS, named="xlsx", found="zip")
    scale = _Scale(limits=limits)
    for part in parts:
        _weigh_part(data, part, scale)
    if scale.text_length() > limits.max_text_length:
        raise CourtRuleBroken(Unreadable.WORKBOOK_BOMB, unpacked=scale.text_length())
    return scale.errors


def _weigh_part(data: bytes, entry: zipfile.ZipInfo, scale: _Scale) -> None:
    """Unpack one part piece by piece; what is XML goes onto the scale."""
    parser: expat.XMLParserType | None = None
    for place, chunk in enumerate(unpacked_chunks(data, entry)):
        if place == 0 and chunk.startswith(_XML_BEGINNINGS):
            parser = scale.parser()
        if parser is None:
            continue
        try:
            parser.Parse(chunk, False)
        except _HasDoctype as error:
            raise CourtRuleBroken(Unreadable.WORKBOOK_BOMB, part=entry.filename) from error
        except expat.ExpatError as error:
            if not entry.filename.lower().endswith(".vml"):
                raise CourtRuleBroken(Unreadable.WORKBOOK_DAMAGED) from error
            # Drawings of old comments are HTML in spirit and never hold cells.
            parser = None


@dataclass(kw_only=True, slots=True)
class _Scale:
    """Listens to the XML of all parts and raises as soon as one cell lies outside the limits."""

    limits: Limits
    errors: int = 0
    _row: int = 0
    _column: int = 0
    _kind: str = ""
    _text: list[int] = field(default_factory=list)
    _uses: Counter[str] = field(default_factory=Counter)
    _inside: str = ""
    _index: str = ""

    def parser(self) -> expat.XMLParserType:
        """Return a parser of one part that reports here and expands nothing."""
        self._row = self._column = 0
        self._inside = ""
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        return parser

    def text_length(self) -> int:
        """Return the characters that the shared texts make when each cell holds its own copy."""
        return sum(
            self._text[int(index)] * count
            for index, count in self._uses.items()
            if index.isdecimal() and int(index) < len(self._text)
        )

    def _refuse_doctype(self, *_: object) -> None:
        raise _HasDoctype

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        """Follow rows and cells; a cell counts once it has a value."""
        local = name.rpartition(":")[2]
        if local == "row":
            given = _ROW_NAME.fullmatch(attributes.get("r", ""))
            self._row = int(given.group()) if given else self._row + 1
            self._column = 0
        elif local == "c":
            self._step_to(attributes.get("r", ""))
            self._kind = attributes.get("t", "")
        elif local in ("v", "is"):
            self._inside, self._index = local, ""
            self._check_place()
        elif local == "si":
            self._inside = local
            self._text.append(0)

    def _end(self, name: str) -> None:
        """Count the use of a shared text, or an error, where a value ends."""
        local = name.rpartition(":")[2]
        if local == "v" and self._inside == "v":
            if self._kind == "s":
                self._uses[self._index.strip()] += 1
            elif self._kind == "e":
                self.errors += 1
        if local in ("v", "is", "si"):
            self._inside = ""

    def _characters(self, text: str) -> None:
        if self._inside == "si":
            self._text[-1] += len(text)
        elif self._inside == "v" and self._kind == "s" and len(self._index) < _LONGEST_INDEX:
            self._index += text

    def _step_to(self, name: str) -> None:
        """Go to the named cell, or to the next one where it has no name."""
        found = _CELL_NAME.fullmatch(name)
        if found is None:
            if name:
                raise CourtRuleBroken(Unreadable.WORKBOOK_DAMAGED)
            self._column += 1
            return
        column = 0
        for letter in found.group(1).upper():
            column = column * _LETTERS + ord(letter) - ord("A") + 1
        self._column, self._row = column, int(found.group(2))

    def _check_place(self) -> None:
        """Raise where a cell with a value lies beyond the limits."""
        if self._row > self.limits.max_rows:
            raise CourtRuleBroken(
                Unreadable.TOO_MANY_ROWS, limit=self.limits.max_rows, row=self._row
            )
        if self._column > self.limits.max_columns:
            raise CourtRuleBroken(
                Unreadable.TOO_MANY_COLUMNS, limit=self.limits.max_columns, row=self._row
            )
