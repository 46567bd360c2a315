"""A real browser in front of real pages: Debian's Chromium by Playwright, and the pages served on loopback."""

from __future__ import annotations

import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright
from starlette.types import ASGIApp

from tests.support.databases import missing

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--font-render-hinting=none",
]
WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser, or a loud skip (a failure in CI) where there is none."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        missing("Chromium (apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


def free_socket() -> socket.socket:
    """A listening place on loopback, taken before anything is told its address."""
    place = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    place.bind(("127.0.0.1", 0))
    return place


def address_of(place: socket.socket) -> str:
    host, port = place.getsockname()
    return f"http://{host}:{port}"


@contextmanager
def served(app: ASGIApp, place: socket.socket) -> Iterator[str]:
    """The pages on the taken place, until the block ends."""
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [place]}, daemon=True)
    thread.start()
    # The socket listens from here on: a browser that comes early waits in its queue, so nobody need sleep and hope.
    place.listen(64)
    try:
        yield address_of(place)
    finally:
        server.should_exit = True
        thread.join(timeout=20)
        place.close()


def violations(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2 AA, each with where."""
    found = Axe().run(page, options=WCAG).response["violations"]
    return [f"{one['id']}: {node['target']} {node['html'][:160]}" for one in found for node in one["nodes"]]
