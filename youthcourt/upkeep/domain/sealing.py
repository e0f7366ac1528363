"""A file that only the holder of a passphrase can read, and nobody can change unseen.

Argon2id makes the key (RFC 9106, second choice: 64 MiB, 3 passes, 4 lanes); the content is sealed
in pieces of 1 MiB with AES-256-GCM, each under its number and the last one marked as such (the
STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizar, 2015). So pieces cannot be changed,
left out, moved or cut off, and memory does not grow with the file.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import struct
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from youthcourt.errors import CourtRuleBroken

MAGIC = b"YOUTHCOURT-BACKUP-1\n"
PIECE = 1 << 20
MIN_PASSPHRASE = 15
_TAG = 16
_SALT, _PREFIX, _MAC = 16, 7, 16
_HEAD = struct.Struct(">16sBIB7s")  # salt, passes, KiB, lanes, prefix of the nonces
_HEAD_LENGTH = len(MAGIC) + _HEAD.size
_PASSES, _KIB, _LANES = 3, 65_536, 4
_MOST = (16, 1 << 20, 16)  # what a file may ask of the machine that reads it


class Source(Protocol):
    """Whatever bytes can be read from."""

    def read(self, size: int, /) -> bytes:
        """Return the next bytes, fewer only at the end."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Keys:
    pieces: AESGCM
    head: bytes
    prefix: bytes

    def nonce(self, number: int, *, last: bool) -> bytes:
        return self.prefix + struct.pack(">IB", number, last)


def check_passphrase(passphrase: str) -> None:
    """Raise ``CourtRuleBroken`` when a new backup could be opened by guessing."""
    if len(passphrase) < MIN_PASSPHRASE or len(set(passphrase)) < MIN_PASSPHRASE // 3:
        raise CourtRuleBroken("backup_passphrase_short", min=MIN_PASSPHRASE)


def _keys(head: bytes, passphrase: str) -> _Keys:
    salt, passes, kib, lanes, prefix = _HEAD.unpack(head[len(MAGIC) :])
    asked = zip((passes, kib, lanes), _MOST, strict=True)
    if not all(1 <= value <= most for value, most in asked) or kib < 8 * lanes:
        raise CourtRuleBroken("backup_damaged")
    made = hash_secret_raw(
        passphrase.encode(),
        salt,
        time_cost=passes,
        memory_cost=kib,
        parallelism=lanes,
        hash_len=64,
        type=Type.ID,
    )
    return _Keys(pieces=AESGCM(made[:32]), head=made[32:], prefix=prefix)


def _mac(keys: _Keys, head: bytes) -> bytes:
    return hmac.new(keys.head, head, hashlib.sha256).digest()[:_MAC]


class SealedWriter:
    """Takes bytes in any portions and writes them sealed; ``close`` marks the end."""

    def __init__(self, file: BinaryIO, passphrase: str) -> None:
        prefix = secrets.token_bytes(_PREFIX)
        salt = secrets.token_bytes(_SALT)
        head = MAGIC + _HEAD.pack(salt, _PASSES, _KIB, _LANES, prefix)
        self._keys = _keys(head, passphrase)
        self._file = file
        self._kept = bytearray()
        self._number = 0
        file.write(head + _mac(self._keys, head))

    def write(self, data: bytes) -> None:
        """Take some more of the content."""
        self._kept += data
        # A full piece waits until more comes, because the last one has to be marked.
        while len(self._kept) > PIECE:
            self._seal(bytes(self._kept[:PIECE]), last=False)
            del self._kept[:PIECE]

    def close(self) -> None:
        """Write what is left as the last piece."""
        self._seal(bytes(self._kept), last=True)
        self._kept.clear()

    def _seal(self, piece: bytes, *, last: bool) -> None:
        nonce = self._keys.nonce(self._number, last=last)
        self._file.write(self._keys.pieces.encrypt(nonce, piece, None))
        self._number += 1


class SealedReader:
    """Gives the content back piece by piece; none that was not checked.

    Raises ``CourtRuleBroken``: ``backup_not_one``, ``backup_passphrase_wrong``,
    ``backup_damaged``.
    """

    def __init__(self, file: Source, passphrase: str) -> None:
        head, mac = file.read(_HEAD_LENGTH), file.read(_MAC)
        if not head.startswith(MAGIC):
            raise CourtRuleBroken("backup_not_one")
        if len(head) < _HEAD_LENGTH or len(mac) < _MAC:
            raise CourtRuleBroken("backup_damaged")
        self._keys = _keys(head, passphrase)
        if not hmac.compare_digest(_mac(self._keys, head), mac):
            raise CourtRuleBroken("backup_passphrase_wrong")
        self._file = file
        self._number = 0
        self._next = file.read(PIECE + _TAG)

    def piece(self) -> bytes | None:
        """Return the next piece, or None after the last one."""
        sealed = self._next
        if sealed is None:
            return None
        self._next = self._file.read(PIECE + _TAG) if len(sealed) == PIECE + _TAG else b""
        last = not self._next
        try:
            piece = self._keys.pieces.decrypt(
                self._keys.nonce(self._number, last=last), sealed, None
            )
        except (InvalidTag, ValueError) as error:
            raise CourtRuleBroken("backup_damaged") from error
        self._number += 1
        if last:
            self._next = None  # type: ignore[assignment]
        return piece
