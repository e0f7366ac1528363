"""Settings of one installation, read once from the environment and then frozen."""

from __future__ import annotations

import base64
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

PROJECT = Path(__file__).resolve().parent
PREFIX = "YOUTHCOURT_"
MIN_SECRET = 32
MIN_SIGNS = 10  # different ones; random secrets have more, "change-me-change-me-..." has fewer
KEY_BYTES = 32
LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "::1"})


class Mode(StrEnum):
    """How strictly the application checks its own settings at start."""

    PRODUCTION = "production"
    DEMO = "demo"
    TEST = "test"


class ConfigError(Exception):
    """A setting is missing or unsafe; the message says which one and what to do."""


def default_data_dir() -> Path:
    """Return the folder for the database, keys and files of the signed-in computer user."""
    import platformdirs  # noqa: PLC0415 -- only needed when no folder was chosen

    return Path(platformdirs.user_data_dir("youthcourt", appauthor=False))


@dataclass(frozen=True, kw_only=True)
class Config:
    """All settings; every name is documented in ``docs/configuration.md``."""

    mode: Mode = Mode.PRODUCTION
    data_dir: Path = field(default_factory=default_data_dir)
    database_url: str = ""
    secret_key: str = field(default="", repr=False)
    encryption_keys: tuple[str, ...] = field(default=(), repr=False)
    backup_passphrase: str = field(default="", repr=False)
    public_url: str = ""
    trusted_hosts: tuple[str, ...] = ()
    proxy_count: int = 0
    secure_cookies: bool = True
    tls_certificate: str = ""
    tls_key: str = ""
    mail_gateway: str = "test"
    smtp_host: str = "localhost"
    smtp_port: int = 25
    smtp_tls: str = "starttls"
    smtp_user: str = ""
    smtp_password: str = field(default="", repr=False)
    mail_from: str = ""
    max_upload_mb: int = 10
    staff_idle_minutes: int = 60
    staff_session_hours: int = 12

    def __post_init__(self) -> None:
        """Fill in the database of the data folder when none is named."""
        if not self.database_url:
            path = self.data_dir / "youthcourt.db"
            object.__setattr__(self, "database_url", f"sqlite:///{path}")

    def check(self) -> None:
        """Raise ``ConfigError`` when it would be unsafe to start."""
        self._check_places()
        if "://" not in self.database_url:
            raise ConfigError(
                f"{PREFIX}DATABASE_URL is no address of a database. It looks like "
                "sqlite:////srv/youthcourt/youthcourt.db or postgresql+psycopg://user@host/name."
            )
        if len(self.secret_key) < MIN_SECRET or not self.encryption_keys:
            raise ConfigError(
                f"{PREFIX}SECRET_KEY (32 characters or more) and {PREFIX}ENCRYPTION_KEYS "
                "must be set. 'youthcourt keys new' prints a fresh pair."
            )
        self._check_keys()
        if self.secure_cookies and self.public_url.startswith("http://"):
            raise ConfigError(
                f"{PREFIX}PUBLIC_URL begins with http://, where nobody can sign in: cookies are "
                "for encrypted connections only. Write the https:// address."
            )
        if self.mode is Mode.PRODUCTION and not self.trusted_hosts:
            raise ConfigError(
                f"Set {PREFIX}TRUSTED_HOSTS to the host name people will type, "
                "for example youth.example.org."
            )
        self._check_mail()

    def _check_places(self) -> None:
        places = [self.data_dir / "files", *([self.sqlite_path] if self.sqlite_path else [])]
        if any(PROJECT in place.resolve().parents for place in places):
            raise ConfigError(
                "The database lies inside the program's own folder, where it could be "
                f"published by mistake. Set {PREFIX}DATA_DIR to a folder outside it."
            )
        if bool(self.tls_certificate) != bool(self.tls_key):
            raise ConfigError(
                f"{PREFIX}TLS_CERTIFICATE and {PREFIX}TLS_KEY go together: the files of the "
                "certificate, with those that signed it, and of its key."
            )

    def _check_keys(self) -> None:
        if self.mode is Mode.PRODUCTION and len(set(self.secret_key)) < MIN_SIGNS:
            raise ConfigError(
                f"{PREFIX}SECRET_KEY can be guessed. 'youthcourt keys new' prints a fresh one."
            )
        for key in self.encryption_keys:
            try:
                fits = len(base64.urlsafe_b64decode(key)) == KEY_BYTES
            except ValueError:
                fits = False
            if not fits:
                raise ConfigError(
                    f"{PREFIX}ENCRYPTION_KEYS holds something that is no key. "
                    "'youthcourt keys new' prints one."
                )

    def _check_mail(self) -> None:
        if self.mail_gateway not in {"test", "smtp"}:
            raise ConfigError(f"{PREFIX}MAIL_GATEWAY must be 'test' or 'smtp'.")
        if self.smtp_tls not in {"starttls", "tls", "none"}:
            raise ConfigError(f"{PREFIX}SMTP_TLS must be 'starttls', 'tls' or 'none'.")
        if self.mail_gateway == "test":
            return
        if "@" not in self.mail_from or not self.public_url.startswith(("https://", "http://")):
            raise ConfigError(
                f"To send mail, set {PREFIX}MAIL_FROM to the sender's address and "
                f"{PREFIX}PUBLIC_URL to the address people open, such as "
                "https://sessions.example.org."
            )
        if self.smtp_tls == "none" and self.smtp_host not in LOCAL_HOSTS:
            raise ConfigError(
                f"{PREFIX}SMTP_TLS may be 'none' only for a mail server on this machine."
            )

    @property
    def sqlite_path(self) -> Path | None:
        """Return the file of the embedded database, or None on a database server."""
        prefix = "sqlite:///"
        if self.database_url.startswith(prefix) and ":memory:" not in self.database_url:
            return Path(self.database_url.removeprefix(prefix))
        return None

    @property
    def files_dir(self) -> Path:
        """Return the folder that holds uploaded files."""
        return self.data_dir / "files"


def _convert(name: str, text: str) -> object:
    kind = Config.__dataclass_fields__[name].type
    try:
        if kind == "int":
            return int(text)
        if kind == "Path":
            return Path(text)
        if kind == "Mode":
            return Mode(text)
    except ValueError as error:
        raise ConfigError(f"{PREFIX}{name.upper()} cannot be read: {text!r}.") from error
    if kind == "bool":
        return text.strip().lower() in {"1", "true", "yes", "on"}
    if kind == "tuple[str, ...]":
        return tuple(part.strip() for part in text.split(",") if part.strip())
    return text


def from_environment(environ: Mapping[str, str] | None = None) -> Config:
    """Return the settings given as ``YOUTHCOURT_<NAME>`` variables."""
    source = os.environ if environ is None else environ
    values = {
        name: _convert(name, source[PREFIX + name.upper()])
        for name in Config.__dataclass_fields__
        if PREFIX + name.upper() in source
    }
    return Config(**values)  # type: ignore[arg-type]  # converted by the field's own type
