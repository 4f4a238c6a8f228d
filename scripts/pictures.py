"""The pictures in docs/: taken from the running desk over the example dispatches, so that they never show what is not there.

Run as `python -m scripts.pictures`; needs chromium.
"""

from __future__ import annotations

import shutil
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from playwright.sync_api import Page, sync_playwright

from dateline.commands.serve import demo_archive
from dateline.settings import Settings
from dateline.store.archive import Archive
from dateline.web.app import create_app
from scripts.frontend import ROOT

FOLDER = ROOT / "docs" / "pictures"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
AFGHANISTAN = "since=2021-08-06&until=2021-08-16&place=AF"


def first_disputed(page: Page) -> None:
    page.locator("#list .item", has=page.locator(".badge.disputed")).first.click()
    page.wait_for_selector("#card h1")


def nothing(page: Page) -> None:
    page.wait_for_timeout(50)


def correcting(page: Page) -> None:
    page.keyboard.press("c")
    page.locator(".fix[open] form").scroll_into_view_if_needed()


def words_of_an_event(page: Page) -> None:
    """The first piece of the report that nobody cites, as a reader would select it."""
    page.locator(".text span").first.evaluate("(piece) => document.getSelection().selectAllChildren(piece)")
    page.locator("#missed").scroll_into_view_if_needed()


SHOTS: tuple[tuple[str, str, str, Callable[[Page], None]], ...] = (
    ("map", f"/?{AFGHANISTAN}", "light", nothing),
    ("holdings", f"/?mode=holdings&{AFGHANISTAN}&day=2021-08-13", "light", nothing),
    ("card", f"/?{AFGHANISTAN}", "dark", first_disputed),
    ("report", "/reports/af-0808-kunduz", "light", nothing),
    ("missed", "/reports/af-0808-kunduz?by=ada", "light", words_of_an_event),
    ("review", "/review?by=ada", "light", correcting),
    ("alerts", "/alerts?view=place%3DKunduz%26group%3Dviolence", "light", nothing),
    ("sitrep", f"/sitrep?{AFGHANISTAN}&new_since=2021-08-15", "light", nothing),
)


def main() -> int:
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.stderr.write("pictures: chromium is missing (Debian: apt-get install chromium)\n")
        return 1
    settings = Settings()
    FOLDER.mkdir(parents=True, exist_ok=True)
    made = demo_archive(settings, ROOT / "examples", ROOT / "var")
    with Archive.open(str(made), create=False) as archive, served(archive, settings) as address, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=FLAGS)
        for name, path, theme, act in SHOTS:
            page = browser.new_page(viewport={"width": 1280, "height": 780}, color_scheme="dark" if theme == "dark" else "light")
            take(page, address + path, act, FOLDER / f"{name}.png")
            page.close()
        browser.close()
    return 0


def take(page: Page, address: str, act: Callable[[Page], None], target: Path) -> None:
    page.goto(address)
    if "/?" in address:
        page.wait_for_selector("body[data-ready]")
    act(page)
    page.wait_for_timeout(600)
    page.screenshot(path=str(target))


@contextmanager
def served(archive: Archive, settings: Settings) -> Iterator[str]:
    door = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(create_app(archive, settings), log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [door]}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{door.getsockname()[1]}"
    server.should_exit = True
    thread.join(timeout=10)


if __name__ == "__main__":
    raise SystemExit(main())
