"""Column types: aware instants, checked choices, JSON and encrypted values."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from sqlalchemy import DateTime, Dialect, Enum, Text
from sqlalchemy.types import TypeDecorator


class _Keys:
    """The keys of this process; set once at start, the first one encrypts."""

    cipher: MultiFernet | None = None
    lookup: bytes = b""


def use_keys(keys: Sequence[str]) -> None:
    """Set the encryption keys: the first encrypts, all of them decrypt.

    The key of look-up values is derived from the *last* key, so that rotating in a new
    first key leaves stored look-up values findable.
    """
    _Keys.cipher = MultiFernet([Fernet(key.encode()) for key in keys])
    _Keys.lookup = hmac.new(keys[-1].encode(), b"lookup", hashlib.sha256).digest()


def lookup_key(value: str) -> str:
    """Return a keyed digest by which an encrypted value can be found by equality."""
    return hmac.new(_Keys.lookup, value.encode(), hashlib.sha256).hexdigest()


def _cipher() -> MultiFernet:
    if _Keys.cipher is None:
        raise RuntimeError("encryption keys are not set; call use_keys() at start")
    return _Keys.cipher


def encrypted(data: bytes) -> bytes:
    """Return bytes as they may lie on a disk."""
    return _cipher().encrypt(data)


def decrypted(data: bytes) -> bytes:
    """Return the bytes again, or raise ``RuntimeError`` when no key fits."""
    try:
        return _cipher().decrypt(data)
    except InvalidToken as error:
        raise RuntimeError("a stored file cannot be read with the keys given") from error


class EncryptedText(TypeDecorator[str]):
    """Text that is stored encrypted and read back as it was."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Return the token to store."""
        return None if value is None else _cipher().encrypt(value.encode()).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """Return the text, or raise ``RuntimeError`` when no key fits."""
        if value is None:
            return None
        try:
            return _cipher().decrypt(value.encode()).decode()
        except InvalidToken as error:
            raise RuntimeError("a stored value cannot be read with the keys given") from error


class EncryptedDate(TypeDecorator[date]):
    """A calendar day that is stored encrypted."""

    impl = EncryptedText
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        """Return the ISO day, to be encrypted."""
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> date | None:
        """Return the day."""
        return None if value is None else date.fromisoformat(value)


class UtcDateTime(TypeDecorator[datetime]):
    """An instant; only aware values are accepted and UTC comes back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the instant in UTC, without zone on SQLite, which stores none."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the instant in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class JsonValue(TypeDecorator[Any]):
    """A JSON document with sorted keys, stored as text on both databases."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: object, dialect: Dialect) -> str | None:
        """Return the document's canonical text."""
        if value is None:
            return None
        return json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)

    def process_result_value(self, value: str | None, dialect: Dialect) -> object:
        """Return the document."""
        return None if value is None else json.loads(value)


def choice(values: type[StrEnum], *, name: str = "", length: int = 40) -> Enum:
    """Return a column type that stores an enum by value under a CHECK constraint.

    ``name`` tells two columns of one table with the same enum apart.
    """
    return Enum(
        values,
        native_enum=False,
        create_constraint=True,
        length=length,
        values_callable=lambda members: [member.value for member in members],
        name=name or values.__name__.lower(),
    )
