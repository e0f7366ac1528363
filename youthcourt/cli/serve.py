"""``youthcourt serve``: the product itself."""

from __future__ import annotations

import click


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port",
    default=8000,
    show_default=True,
    type=click.IntRange(1, 65535),
    help="Port to listen on.",
)
def command(host: str, port: int) -> None:
    """Serve the courts of this machine with its settings (YOUTHCOURT_...).

    Example: youthcourt serve --port 8080
    """
    import waitress

    from youthcourt import create_app

    app = create_app()
    click.echo(f"Youth Court listens on http://{host}:{port} (stop with Ctrl+C)")
    waitress.serve(app, host=host, port=port, ident=None, threads=8)
