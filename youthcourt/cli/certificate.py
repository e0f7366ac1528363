"""A certificate for a court's own network, where no public authority gives one.

A small authority signs it and forgets its key at once, so that a tablet which trusts the authority
trusts this one certificate and no other, for these names alone.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address, ip_network
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

# Apple's devices accept at most 825 days of an authority that was installed by hand.
LIFE = timedelta(days=800)
RENEW_BEFORE = timedelta(days=30)
_BACKDATED = timedelta(days=1)  # a tablet's clock may be behind


@dataclass(frozen=True, kw_only=True, slots=True)
class Certificate:
    """The files of a certificate, and by what it is recognised."""

    certificate: Path
    key: Path
    authority: Path
    fingerprint: str
    authority_fingerprint: str
    until: datetime
    is_new: bool


def kept_certificate(folder: Path, names: Sequence[str], *, now: datetime) -> Certificate:
    """Return the certificate in the folder; made anew when missing, nearly over or for others.

    Names are host names or addresses of the network, as people type them.
    """
    found = _read(folder, names, now)
    if found is not None:
        return found
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    _make(folder, names, now)
    made = _read(folder, names, now, is_new=True)
    if made is None:
        raise RuntimeError("a certificate that was just made cannot be read")
    return made


def _paths(folder: Path) -> tuple[Path, Path, Path]:
    return folder / "certificate.pem", folder / "key.pem", folder / "for-tablets.crt"


def _read(
    folder: Path, names: Sequence[str], now: datetime, *, is_new: bool = False
) -> Certificate | None:
    certificate, key, authority = _paths(folder)
    if not (certificate.exists() and key.exists() and authority.exists()):
        return None
    leaf = x509.load_pem_x509_certificate(certificate.read_bytes())
    root = x509.load_pem_x509_certificate(authority.read_bytes())
    named = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    if set(named) != set(_names(names)) or leaf.not_valid_after_utc < now + RENEW_BEFORE:
        return None
    return Certificate(
        certificate=certificate,
        key=key,
        authority=authority,
        fingerprint=_fingerprint(leaf),
        authority_fingerprint=_fingerprint(root),
        until=leaf.not_valid_after_utc,
        is_new=is_new,
    )


def _fingerprint(certificate: x509.Certificate) -> str:
    digits = certificate.fingerprint(hashes.SHA256()).hex().upper()
    return ":".join(digits[at : at + 2] for at in range(0, len(digits), 2))


def _names(names: Sequence[str]) -> list[x509.GeneralName]:
    found: list[x509.GeneralName] = []
    for name in names:
        try:
            found.append(x509.IPAddress(ip_address(name)))
        except ValueError:
            # A setting of ".example.org" stands for every host below it.
            found.append(x509.DNSName(f"*{name}" if name.startswith(".") else name))
    return found


def _limits(names: Sequence[str]) -> list[x509.GeneralName]:
    found: list[x509.GeneralName] = []
    for name in names:
        try:
            found.append(x509.IPAddress(ip_network(name)))
        except ValueError:
            found.append(x509.DNSName(name.removeprefix(".")))
    return found


def _make(folder: Path, names: Sequence[str], now: datetime) -> None:
    root_key = ec.generate_private_key(ec.SECP256R1())
    leaf_key = ec.generate_private_key(ec.SECP256R1())
    issuer = _called(f"Office authority of {names[0]}")
    root = (
        _begun(issuer, issuer, root_key, now)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_others=True), critical=True)
        .add_extension(x509.NameConstraints(_limits(names), None), critical=True)
        .sign(root_key, hashes.SHA256())
    )
    leaf = (
        _begun(_called(names[0]), issuer, leaf_key, now)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_others=False), critical=True)
        .add_extension(x509.SubjectAlternativeName(_names(names)), critical=False)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key()),
            critical=False,
        )
        .sign(root_key, hashes.SHA256())
    )
    certificate, key, authority = _paths(folder)
    pem = serialization.Encoding.PEM
    _write(
        key,
        leaf_key.private_bytes(
            pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        ),
    )
    _write(authority, root.public_bytes(pem))
    _write(certificate, leaf.public_bytes(pem) + root.public_bytes(pem))


def _called(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:64])])


def _begun(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, now: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now.astimezone(UTC) - _BACKDATED)
        .not_valid_after(now.astimezone(UTC) + LIFE)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _usage(*, signs_others: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_others,
        key_cert_sign=signs_others,
        crl_sign=signs_others,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _write(path: Path, data: bytes) -> None:
    """Write a file that nobody else on the machine may read, whole or not at all."""
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
    part.replace(path)
