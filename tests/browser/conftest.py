"""One Chromium, and the application with the made-up world served on a free port."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from playwright.sync_api import Browser, Playwright, sync_playwright
from werkzeug.serving import make_server

from tests.browser.looking import Site
from tests.fixtures.app import PASSWORD, make_app
from tests.fixtures.house import house, made_world, open_house
from tests.fixtures.house.walk import House
from tests.fixtures.world import NOW, World
from youthcourt.accounts.domain import Role
from youthcourt.accounts.models import User
from youthcourt.accounts.services import hash_password
from youthcourt.db import db

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-prefers-reduced-motion",
)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Playwright, without a browser of its own."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def chrome(playwright: Playwright, chromium: str) -> Iterator[Browser]:
    """The browser of this machine."""
    browser = playwright.chromium.launch(executable_path=chromium, args=[*QUIET])
    yield browser
    browser.close()


SiteMaker = Callable[..., Site]


@pytest.fixture(scope="module")
def open_site(
    made_world: tuple[World, Path], chrome: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SiteMaker]:
    """Return a function that serves a copy of the world; ``plant`` may add faults to its app."""
    world, template = made_world
    servers: list[tuple[Site, threading.Thread]] = []

    def open_one(plant: Callable[[Flask], None] | None = None) -> Site:
        folder = tmp_path_factory.mktemp("site")
        shutil.copytree(template, folder, dirs_exist_ok=True)
        app = make_app(folder, f"sqlite:///{folder / 'world.db'}")
        if plant is not None:
            plant(app)
        _give_password(app, world)
        server = make_server("127.0.0.1", 0, app, threaded=True)
        house = House(app=app, world=world, folder=folder, template=template)
        site = Site(server=server, house=house, chrome=chrome)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        servers.append((site, thread))
        return site

    with time_machine.travel(NOW, tick=True):
        yield open_one
        for site, thread in servers:
            site.close()
            thread.join()


@pytest.fixture(scope="module")
def site(open_site: SiteMaker) -> Site:
    """The site as it is."""
    return open_site()


def _give_password(app: Flask, world: World) -> None:
    with app.app_context():
        session = db.session()
        session.info["writer"] = True
        user = session.get_one(User, world.here.court.users[Role.COORDINATOR])
        user.password_hash = hash_password(PASSWORD)
        session.commit()
        session.close()


__all__ = ["house", "made_world", "open_house"]
