"""Make docs/picture.png, the one picture of the README, from the demo: made-up people only.

    make picture

Starts a demo of its own in a temporary folder, signs in as its coordinator and as a juror as
anybody would, and lays the jury of the next session and the juror's phone side by side.
Needs a Chromium (``CHROMIUM=path`` names one).
"""

from __future__ import annotations

import base64
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

PICTURE = Path(__file__).resolve().parent.parent / "docs" / "picture.png"
COMMAND = Path(sys.executable).with_name("youthcourt")
LAPTOP: ViewportSize = {"width": 1280, "height": 1020}
PHONE: ViewportSize = {"width": 390, "height": 800}
FRAME = """<!doctype html><style>
body {{ margin: 0; padding: 28px 250px 60px 28px; width: 1000px; position: relative;
  background: #e7ebe4 }}
img {{ display: block; width: 1000px; border: 1px solid #8a958c; border-radius: 10px;
  box-shadow: 0 8px 28px #0004 }}
.phone {{ position: absolute; right: 28px; bottom: 28px; width: 320px; border: 8px solid #1c2420;
  border-radius: 28px }}
</style><img src="{laptop}"><img class="phone" src="{phone}">"""


def main() -> None:
    """Write the picture."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-u", str(COMMAND), "demo", "--port", "5977"]
        surroundings = {**os.environ, "XDG_DATA_HOME": folder}
        with subprocess.Popen(command, env=surroundings, stdout=subprocess.PIPE, text=True) as demo:
            try:
                _draw(_told(demo))
            finally:
                demo.terminate()


def _told(demo: subprocess.Popen[str]) -> str:
    """Return what the demo prints once it serves."""
    lines: list[str] = []
    for line in demo.stdout or ():
        lines.append(line)
        if line.startswith("All people"):
            return "".join(lines)
    sys.exit("The demo did not start:\n" + "".join(lines))


def _found(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    if match is None:
        sys.exit(f"The demo no longer prints {pattern!r}: {text}")
    return match.group(1)


def _draw(told: str) -> None:
    with sync_playwright() as playwright:
        path = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        laptop = _of(_jury(browser, told))
        phone = _of(_own_page(browser, told))
        page = browser.new_page(viewport={"width": 1278, "height": 400})
        page.set_content(FRAME.format(laptop=laptop, phone=phone))
        page.screenshot(path=PICTURE, full_page=True)
        browser.close()


def _jury(browser: Browser, told: str) -> Page:
    page = browser.new_page(viewport=LAPTOP)
    page.goto(_found(r"demo: (\S+)", told))
    page.get_by_label("E-mail").fill(_found(r"coordinator +(\S+)", told))
    page.get_by_label("Password").fill(_found(r"everybody: (.+)", told))
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="Calendar").click()
    page.get_by_role("link", name=re.compile("^Sat")).first.click()
    page.get_by_role("link", name="Open the jury").click()
    return page


def _own_page(browser: Browser, told: str) -> Page:
    page = browser.new_page(viewport=PHONE, device_scale_factor=2)
    page.goto(_found(r"open (\S+/in)", told))
    page.locator("[name=code]").fill(_found(r"code (\w+ \w+)", told))
    page.locator("[name=code]").press("Enter")
    page.locator("[name=answer]").fill(_found(r"answer (\w+)", told))
    page.locator("[name=answer]").press("Enter")
    page.get_by_role("heading", name="Next time").wait_for()
    return page


def _of(page: Page) -> str:
    return "data:image/png;base64," + base64.b64encode(page.screenshot()).decode()


if __name__ == "__main__":
    main()
