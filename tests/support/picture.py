"""Takes the picture of the review page for the README: the demo's own post, read by the real service, in a real browser.

Run it from the checkout: `python -m tests.support.picture docs/images/review.png`.
"""

from __future__ import annotations

import io
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page

from mailroom import house
from mailroom.demo import play, post, service, stage
from mailroom.screen import console
from records.values import local_day
from tests.support.browser import chromium

LARGEST = 300_000
WHOSE = "Devan Marlowe"
"""The ECT of the demo whose form comes as a scan with one doubtful reading."""


def take(target: Path) -> int:
    """The size of the picture in bytes."""
    with tempfile.TemporaryDirectory(prefix="mailroom-picture-") as folder:
        settings = stage.set_up(Path(folder) / "demo")
        with service.running(Path(folder) / "demo") as running, house.opened(settings) as open_house:
            samples = post.samples(local_day(open_house.clock()))
            play.post(samples, running, open_house)
            play.watch(samples, open_house, console())
            link = stage.sign_in_link(open_house, running.pages)
            with chromium() as browser:
                content = _picture(browser, link)
    smaller = Image.open(io.BytesIO(content)).convert("RGB").quantize(192, dither=Image.Dither.NONE)
    target.parent.mkdir(parents=True, exist_ok=True)
    smaller.save(target, "PNG", optimize=True)
    return target.stat().st_size


def _picture(browser: Browser, link: str) -> bytes:
    page: Page = browser.new_page(viewport={"width": 1440, "height": 1180}, reduced_motion="reduce")
    page.goto(link)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name=WHOSE).click()
    page.wait_for_load_state("networkidle")
    # What resting the pointer on the doubtful reading does: its place on the paper stands out.
    page.locator(".mr-value--check").first.dispatch_event("pointerenter")
    page.wait_for_function("document.querySelector('.mr-box--now') !== null")
    return page.screenshot()


def main() -> None:
    size = take(Path(sys.argv[1]))
    print(f"{sys.argv[1]}: {size:,} bytes")  # noqa: T201 - a program's one line
    if size > LARGEST:
        sys.exit(f"larger than {LARGEST:,} bytes: take it with fewer colours")


if __name__ == "__main__":
    main()
