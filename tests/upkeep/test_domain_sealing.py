"""A sealed file: what went in comes out, and nothing that was changed does."""

from __future__ import annotations

import io
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from youthcourt.errors import CourtRuleBroken
from youthcourt.upkeep.domain import sealing
from youthcourt.upkeep.domain.archive import ArchiveReader, ArchiveWriter, Kind
from youthcourt.upkeep.domain.sealing import SealedReader, SealedWriter, check_passphrase

WORD = "lantern-orchard-violin-9"


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """A cheap key and small pieces, so that many files can be tried."""
    monkeypatch.setattr(sealing, "_KIB", 64)
    monkeypatch.setattr(sealing, "_PASSES", 1)
    monkeypatch.setattr(sealing, "PIECE", 64)


def sealed(portions: list[bytes], word: str = WORD) -> bytes:
    """Return the sealed file of these portions."""
    file = io.BytesIO()
    writer = SealedWriter(file, word)
    for portion in portions:
        writer.write(portion)
    writer.close()
    return file.getvalue()


def opened(data: bytes, word: str = WORD) -> bytes:
    """Return the content of a sealed file."""
    reader = SealedReader(io.BytesIO(data), word)
    pieces = []
    while (piece := reader.piece()) is not None:
        pieces.append(piece)
    return b"".join(pieces)


@given(portions=st.lists(st.binary(max_size=200), max_size=8))
def test_what_went_in_comes_out(portions) -> None:
    """In whatever portions it was written, at the edges of pieces as well."""
    assert opened(sealed(portions)) == b"".join(portions)


@pytest.mark.parametrize("size", [0, 1, 63, 64, 65, 127, 128, 129])
def test_the_edges_of_pieces(size: int) -> None:
    """Exactly one piece, one byte more and one less."""
    assert opened(sealed([b"x" * size])) == b"x" * size


@given(data=st.data())
def test_a_changed_byte_is_noticed_wherever_it_is(data) -> None:
    """In the head, in a piece and in its tag."""
    whole = bytearray(sealed([b"a quiet word " * 20]))
    at = data.draw(st.integers(0, len(whole) - 1))
    whole[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(CourtRuleBroken, match="backup_"):
        opened(bytes(whole))


@given(data=st.data())
def test_a_file_that_was_cut_off_is_noticed(data) -> None:
    """After any byte, between two pieces as well."""
    whole = sealed([b"a quiet word " * 20])
    end = data.draw(st.integers(0, len(whole) - 1))
    with pytest.raises(CourtRuleBroken, match="backup_"):
        opened(whole[:end])


def test_pieces_cannot_change_places_or_be_left_out() -> None:
    """Each is sealed under its number."""
    whole = sealed([bytes(range(200))])
    step, start = 64 + 16, len(whole) - (3 * 80 + 8 + 16)
    edges = [start, start + step, start + 2 * step, start + 3 * step, len(whole)]
    head, parts = whole[:start], [whole[a:b] for a, b in pairwise(edges)]
    assert opened(head + b"".join(parts)) == bytes(range(200))
    for order in ([1, 0, 2, 3], [0, 2, 3], [0, 1, 2], [0, 1, 2, 3, 3]):
        with pytest.raises(CourtRuleBroken, match="backup_damaged"):
            opened(head + b"".join(parts[n] for n in order))


def test_another_passphrase_is_told_from_damage() -> None:
    """Who mistyped is not told to look for another copy."""
    with pytest.raises(CourtRuleBroken, match="backup_passphrase_wrong"):
        opened(sealed([b"x"]), "another passphrase")
    with pytest.raises(CourtRuleBroken, match="backup_not_one"):
        opened(b"PK\x03\x04 some other file")


def test_a_file_cannot_ask_for_all_of_the_memory() -> None:
    """The cost of the key stands in the file, which anybody may have written."""
    whole = bytearray(sealed([b"x"]))
    at = len(sealing.MAGIC) + 16 + 1
    whole[at : at + 4] = (1 << 31).to_bytes(4, "big")
    with pytest.raises(CourtRuleBroken, match="backup_damaged"):
        opened(bytes(whole))


def test_the_same_content_is_never_the_same_file() -> None:
    """Salt and nonces are drawn anew; nothing of the content shines through."""
    first, second = sealed([b"Zoraline" * 50]), sealed([b"Zoraline" * 50])
    assert first != second
    assert b"Zoraline" not in first


@pytest.mark.parametrize("word", ["", "short", "aaaaaaaaaaaaaaaaaaaa", "abcabcabcabcabcabc"])
def test_a_passphrase_that_can_be_guessed_is_refused(word: str) -> None:
    """Too short, or of too few signs."""
    with pytest.raises(CourtRuleBroken, match="backup_passphrase_short"):
        check_passphrase(word)
    check_passphrase(WORD)


@given(parts=st.lists(st.tuples(st.sampled_from(Kind), st.binary(max_size=500)), max_size=12))
def test_the_parts_of_a_backup_come_back_in_their_order(parts) -> None:
    """Squeezed and sealed, of any length."""
    file = io.BytesIO()
    writer = ArchiveWriter(SealedWriter(file, WORD))
    for kind, payload in parts:
        writer.put(kind, payload)
    writer.close()
    reader = ArchiveReader(SealedReader(io.BytesIO(file.getvalue()), WORD))
    assert list(reader.parts()) == parts


def test_a_small_file_does_not_unfold_into_all_of_the_memory() -> None:
    """Much of the same is read in bounded portions."""
    file = io.BytesIO()
    writer = ArchiveWriter(SealedWriter(file, WORD))
    for _ in range(40):
        writer.put(Kind.BYTES, bytes(1 << 20))
    writer.close()
    assert len(file.getvalue()) < 1 << 17
    reader = ArchiveReader(SealedReader(io.BytesIO(file.getvalue()), WORD))
    longest = 0
    for _kind, payload in reader.parts():
        longest = max(longest, len(reader._ready))
        assert len(payload) == 1 << 20
    assert longest < 1 << 19
