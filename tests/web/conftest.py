"""The desk over the small archive: a client without a browser, and a real server with a real browser where there is one."""

from __future__ import annotations

import re
import shutil
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, Page, sync_playwright

from dateline.model.event import Record
from dateline.model.text import Report
from dateline.settings import Settings
from dateline.store.archive import Archive
from dateline.web.app import VENDOR, create_app
from tests.factories import make_event, make_record
from tests.web import small_archive

# Debian's browser without a sandbox (CI runs as root) and without anything that calls home.
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update "
    "--disable-sync"
).split()


def toy_coder(report: Report) -> Record:
    """Finds the word 'seized': enough to test the page around it."""
    if "seized" not in report.text:
        return make_record(report)
    return make_record(report, make_event(report, "seized", "territory_gain"))


@pytest.fixture(scope="session")
def small_address(tmp_path_factory: pytest.TempPathFactory) -> str:
    address = str(tmp_path_factory.mktemp("desk") / "small.sqlite")
    small_archive.fill(address)
    return address


@pytest.fixture
def archive(small_address: str, tmp_path: Path) -> Iterator[Archive]:
    """A copy of its own for each test."""
    mine = tmp_path / "desk.sqlite"
    shutil.copyfile(small_address, mine)
    with Archive.open(str(mine), create=False) as opened:
        yield opened


@pytest.fixture(scope="session")
def needs_vendor() -> None:
    if not (VENDOR / "labels.json").exists():
        pytest.skip("the desk's front-end packages are not installed: make setup")


def marked(client: TestClient) -> TestClient:
    """The client after its first page: from now on it sends the cookie and the forms' mark."""
    found = re.search(r'name="csrf" value="(\w+)"', client.get("/read").text)
    assert found is not None
    client.headers["X-CSRF-Token"] = found[1]
    return client


@pytest.fixture
def client(archive: Archive, needs_vendor: None) -> Iterator[TestClient]:
    """Its forms carry the mark, as a page's do."""
    with TestClient(create_app(archive, Settings(), toy_coder), base_url="http://127.0.0.1") as made:
        yield marked(made)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        pytest.skip("no chromium: install it to test the pages (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def address(archive: Archive, needs_vendor: None) -> Iterator[str]:
    """A real server on a loopback port of its own."""
    door = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(create_app(archive, Settings(), toy_coder), log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [door]}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{door.getsockname()[1]}"
    server.should_exit = True
    thread.join(timeout=10)


class Watch:
    """What went wrong in a page: script errors, and anything asked of another host."""

    def __init__(self, page: Page, own: str) -> None:
        self.errors: list[str] = []
        self.foreign: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)
        page.on("request", lambda asked: None if asked.url.startswith((own, "data:")) else self.foreign.append(asked.url))


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A desktop window; the test fails when a script does, or when the page asks anything of another host."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, base_url=address, reduced_motion="reduce")
    opened = context.new_page()
    watch = Watch(opened, address)
    yield opened
    context.close()
    assert watch.errors == []
    assert watch.foreign == []
