"""What a workbook weighs once unpacked, measured before anything else reads it."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from youthcourt.errors import CourtRuleBroken
from youthcourt.files.tables.shapes import Limits, Unreadable

_CHUNK = 65_536
_ENCRYPTED = 0x1
_LOCAL_HEADER = struct.Struct("<4s22xHH")
# A small part of nothing but spaces may honestly shrink a lot.
_RATIO_FROM = 1_000_000


def archive_parts(data: bytes, *, limits: Limits) -> list[zipfile.ZipInfo]:
    """Return the parts of an archive if what it declares of itself is within the limits.

    Raises CourtRuleBroken (``WORKBOOK_DAMAGED``, ``WORKBOOK_LOCKED``, ``WORKBOOK_BOMB``).
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, struct.error, NotImplementedError) as error:
        raise CourtRuleBroken(Unreadable.WORKBOOK_DAMAGED) from error
    names = {entry.filename for entry in entries}
    if len(entries) > limits.max_archive_entries:
        raise CourtRuleBroken(Unreadable.WORKBOOK_BOMB, entries=len(entries))
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise CourtRuleBroken(Unreadable.WORKBOOK_LOCKED)
    if len(names) != len(entries):
        # Two parts of one name: this reader and the next could see different ones.
        raise CourtRuleBroken(Unreadable.WORKBOOK_DAMAGED)
    total = sum(entry.file_size for entry in entries)
    if total > limits.max_unpacked_bytes:
        raise CourtRuleBroken(Unreadable.WORKBOOK_BOMB, unpacked=total)
    for entry in entries:
        _check_ratio(entry, limits)
    return entries


def _check_ratio(entry: zipfile.ZipInfo, limits: Limits) -> None:
    """Raise where a part declares to be far larger than what it is packed in."""
    most = max(entry.compress_size, 1) * limits.max_unpacking_ratio
    if entry.file_size > max(most, _RATIO_FROM):
        raise CourtRuleBroken(Unreadable.WORKBOOK_BOMB, unpacked=entry.file_size)


def unpacked_chunks(data: bytes, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield what a part really unpacks to, and raise at the first byte beyond what it declared.

    The standard reader stops quietly at the declared size; the next reader may not.
    """
    packed = memoryview(data)[_content_start(data, entry) :][: entry.compress_size]
    count = 0
    for chunk in _inflated(packed, entry):
        count += len(chunk)
        if count > entry.file_size:
            raise CourtRuleBroken(Unreadable.WORKBOOK_BOMB, unpacked=count)
        yield chunk
    if count != entry.file_size:
        raise CourtRuleBroken(Unreadable.WORKBOOK_DAMAGED)


def _content_start(data: bytes, entry: zipfile.ZipInfo) -> int:
    """Return where the packed bytes of a part begin."""
    try:
        mark, name, extra = _LOCAL_HEADER.unpack_from(data, entry.header_offset)
    except struct.error as error:
        raise CourtRuleBroken(Unreadable.WORKBOOK_DAMAGED) from error
    if mark != b"PK\x03\x04":
        raise CourtRuleBroken(Unreadable.WORKBOOK_DAMAGED)
    return entry.header_offset + _LOCAL_HEADER.size + int(name) + int(extra)


def _inflated(packed: memoryview, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield a part in pieces that are never larger than a chunk."""
    if entry.compress_type == zipfile.ZIP_STORED:
        for start in range(0, len(packed), _CHUNK):
            yield bytes(packed[start : start + _CHUNK])
        return
    if entry.compress_type != zipfile.ZIP_DEFLATED:
        raise CourtRuleBroken(Unreadable.WORKBOOK_DAMAGED)
    engine = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for start in range(0, len(packed), _CHUNK):
            rest: bytes | memoryview = packed[start : start + _CHUNK]
            while len(rest):
                piece = engine.decompress(rest, _CHUNK)
                rest = engine.unconsumed_tail
                if piece:
                    yield piece
        while piece := engine.decompress(b"", _CHUNK):
            yield piece
    except zlib.error as error:
        raise CourtRuleBroken(Unreadable.WORKBOOK_DAMAGED) from error
