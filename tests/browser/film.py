"""The pictures of the README, taken from the first rehearsal: ``python -m tests.browser.film``."""

from __future__ import annotations

import io
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect, sync_playwright

from tests.browser import hands
from tests.browser.conftest import PATIENCE_MS, WAYS, back_to_picker, chromium
from tests.browser.running import ROOT, running_drill

DOCS = ROOT / "docs"
SIZE = {"width": 1366, "height": 768}
REPORT = "run twice. What is going on?"
SHOWN_MS = 1500
LAST_MS = 5000
WIDE, HIGH = 1000, 562
COLOURS = 128


class Film:
    """Stills of a page, one after the other."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.stills: list[Image.Image] = []

    def take(self, name: str = "") -> None:
        """Take a still once nothing moves; keep it as a picture of its own where it has a name."""
        self.page.wait_for_timeout(700)
        shot = self.page.screenshot()
        if name:
            (DOCS / name).write_bytes(shot)
        self.stills.append(Image.open(io.BytesIO(shot)).convert("RGB").resize((WIDE, HIGH)))

    def write(self, path: Path) -> None:
        """Write the stills as one moving picture."""
        flat = [one.quantize(COLOURS, dither=Image.Dither.NONE) for one in self.stills]
        shown = [SHOWN_MS] * (len(flat) - 1) + [LAST_MS]
        more = flat[1:]
        flat[0].save(path, save_all=True, append_images=more, duration=shown, loop=0, optimize=True)


def play(page: Page, film: Film) -> None:
    """Walk the first rehearsal as its coach says, with a still at every turn."""
    film.take()
    hands.start(page, "Duplicate payment")
    film.take()
    hands.shortcut(page, REPORT, "Open ticket from message")
    hands.tick(page, "Funds moved wrongly")
    expect(page.locator(".modal")).to_contain_text("Tier 3, Critical")
    film.take()
    page.locator(".modal footer").get_by_role("button", name="Open and notify").click()
    page.locator(".modal footer").get_by_role("button", name="Done").click()
    expect(page.locator(".right")).to_contain_text("We have your report.")
    film.take()
    hands.confirm_scope(page)
    for _ in range(3):
        page.wait_for_timeout(2000)
        film.take()
    hands.watch_until_stopped(page)
    hands.press(page, "What can I say?")
    page.locator(".msg.alone").get_by_role("button", name="Send the holding line").last.click()
    expect(page.locator(".persona.on")).to_contain_text("CSM Two")
    film.take()
    hands.press(page, "Draft update")
    page.wait_for_selector(".modal")
    hands.typed(page)
    hands.save(page)
    expect(page.locator(".modal-body")).to_contain_text("names a cause")
    film.take()
    hands.take_words(page, "Take the suggestion")
    hands.save(page)
    page.wait_for_selector(".modal", state="detached")
    expect(page.locator(".persona.on")).to_contain_text("CS Manager One")
    hands.release(page)
    expect(page.locator(".right")).to_contain_text("What we are doing")
    film.take("drill.png")
    expect(page.locator(".persona.on")).to_contain_text("CSM One")
    hands.resolve(page)
    page.wait_for_selector(".sheet")
    film.take("drill-finish.png")


def desk(page: Page) -> None:
    """Take the picture of a Home that has something in it."""
    hands.start(page, "Monday at the desk")
    page.get_by_role("button", name="Bridgewatch (home)").click()
    expect(page.locator(".mid .led")).to_have_text("Take")
    page.locator(".mid .scroll").evaluate("(one) => { one.scrollTop = 0; }")
    page.locator(".mid").screenshot(path=DOCS / "desk.png")


def main() -> int:
    """Take the pictures anew."""
    with (
        tempfile.TemporaryDirectory() as folder,
        running_drill(Path(folder)) as url,
        sync_playwright() as playwright,
    ):
        opened = playwright.chromium.launch(executable_path=chromium(), args=list(WAYS))
        page = opened.new_page(viewport=SIZE)  # type: ignore[arg-type]
        page.set_default_timeout(PATIENCE_MS)
        page.goto(url)
        page.wait_for_selector(".picker")
        film = Film(page)
        play(page, film)
        film.write(DOCS / "drill.gif")
        page.locator(".sheet").get_by_role("button", name="Close the score").click()
        back_to_picker(page)
        desk(page)
        opened.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
