"""``youthcourt serve``: the product itself."""

from __future__ import annotations

import sys
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from config import Config
    from youthcourt.cli.certificate import Certificate


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port",
    default=8000,
    show_default=True,
    type=click.IntRange(1, 65535),
    help="Port to listen on.",
)
@click.option(
    "--make-certificate",
    is_flag=True,
    help="Use a certificate of this machine's own; make it when it is missing.",
)
def command(host: str, port: int, make_certificate: bool) -> None:  # noqa: FBT001 -- click's way
    """Serve the courts of this machine with its settings (YOUTHCOURT_...).

    Without a certificate it speaks plain HTTP, for a proxy on this machine that has one.  With
    YOUTHCOURT_TLS_CERTIFICATE and YOUTHCOURT_TLS_KEY, or with --make-certificate, it speaks HTTPS
    itself (not on Windows); 0.0.0.0 listens to the whole network.

    Example: youthcourt serve --host 0.0.0.0 --port 8443 --make-certificate
    """
    from youthcourt import create_app
    from youthcourt.cli.accounts import upgraded
    from youthcourt.cli.servers import serve_encrypted, serve_plain

    app = create_app()
    config: Config = app.extensions["youthcourt.config"]
    files = _files(config, make=make_certificate)
    with app.app_context():
        upgraded()
    _tell_address(config, host, port, encrypted=files is not None)
    if files is None:
        serve_plain(app, host=host, port=port, behind_proxy=config.proxy_count > 0)
        return
    certificate, key = files
    address = _address(config, host, port)
    sentence = f"This site speaks over an encrypted connection only. Open {address} instead."
    serve_encrypted(app, host=host, port=port, certificate=certificate, key=key, sentence=sentence)


def _files(config: Config, *, make: bool) -> tuple[Path, Path] | None:
    """Return certificate and key to serve with, or None for plain HTTP."""
    named = (config.tls_certificate, config.tls_key)
    if make and any(named):
        raise click.UsageError(
            "Either --make-certificate or YOUTHCOURT_TLS_CERTIFICATE and YOUTHCOURT_TLS_KEY."
        )
    if not make and not any(named):
        return None
    if sys.platform == "win32":
        raise click.ClickException(
            "On Windows the program does not speak HTTPS itself. Put a proxy with a certificate "
            "in front of it (docs/configuration.md)."
        )
    return _made(config) if make else (Path(named[0]), Path(named[1]))


def _made(config: Config) -> tuple[Path, Path]:
    from youthcourt import clock
    from youthcourt.cli.certificate import kept_certificate

    names = config.trusted_hosts or ("localhost",)
    found = kept_certificate(config.data_dir / "tls", names, now=clock.now())
    _tell_certificate(found, names)
    return found.certificate, found.key


def _tell_certificate(found: Certificate, names: tuple[str, ...]) -> None:
    kind = "A new certificate" if found.is_new else "The certificate"
    click.echo(f"{kind} for {', '.join(names)}, good until {found.until:%d %B %Y}.")
    click.echo(f"  Its fingerprint (SHA-256): {found.fingerprint}")
    click.echo(f"  For the tablets:           {found.authority}")
    click.echo(f"  Fingerprint of that file:  {found.authority_fingerprint}")
    if found.is_new:
        click.echo(
            "Take that file to each tablet (e-mail, cable), open it there and trust it as an "
            "authority; compare the fingerprint. On an iPad: Settings, General, VPN & Device "
            "Management, then About, Certificate Trust Settings. On Android: Settings, Security, "
            "Install a certificate, CA certificate. It is good for this machine's names alone."
        )


def _tell_address(config: Config, host: str, port: int, *, encrypted: bool) -> None:
    if encrypted:
        click.echo(f"Youth Court listens on {_address(config, host, port)} (stop with Ctrl+C)")
        return
    click.echo(f"Youth Court listens on http://{host}:{port} (stop with Ctrl+C)")
    if _is_here(host):
        return
    if config.proxy_count:
        click.echo(
            "Caution: YOUTHCOURT_PROXY_COUNT is set, so whoever reaches this port past the proxy "
            "is believed, too. Listen on 127.0.0.1 if the proxy is on this machine.",
            err=True,
        )
    elif config.secure_cookies:
        click.echo(
            "Caution: nobody can sign in over plain HTTP from another machine; they are told so. "
            "Start it with --make-certificate, or behind a proxy (docs/configuration.md).",
            err=True,
        )


def _address(config: Config, host: str, port: int) -> str:
    if config.public_url.startswith("https://"):
        return config.public_url.rstrip("/")
    name = config.trusted_hosts[0] if config.trusted_hosts else host
    return f"https://{name.removeprefix('.')}:{port}"


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
