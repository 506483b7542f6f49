"""Somebody who presses what the coach leads to, and nothing else."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from playwright.sync_api import Locator, Page
from playwright.sync_api import TimeoutError as NotThere

from tests.browser import hands
from tests.kit.waiting import NeverHappened, until

Wire = dict[str, Any]

PATIENCE_S = 90.0
PRESS_MS = 2_000
AGAIN_S = 3.0
IN_FRONT = (".dialog-yes", ".modal .led", "[role=menuitem].led", ".led")
SHOWN = """[document.querySelector('.sheet, .dialog, .modal')?.className,
  document.querySelector('[role=menuitem].led') !== null,
  document.querySelector('.going .coach')?.innerText,
  [...document.querySelectorAll('.led')].map((one) => one.innerText).join()].join('|')"""
SAID = "document.querySelector('.coach p:not(.count)')?.innerText || ''"
ASKED = "(path) => fetch(path).then((got) => got.json())"


class Led:
    """A viewer with a mouse, who reads the coach and looks for what is led."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.did: list[str] = []
        self.pressed: list[str] = []

    def ask(self, path: str) -> Wire:
        """Ask the drill what it shows."""
        return dict(self.page.evaluate(ASKED, path))

    def play(self, name: str) -> Wire:
        """Begin a scenario, press what leads until its finish, and return what is seen then."""
        hands.start(self.page, name)
        while until(self._is_led_or_over, PATIENCE_S, every_s=0.1, what=f"more, {self}") != "over":
            self._press()
        return self.ask("/drill/play")

    def _is_led_or_over(self) -> str:
        said = str(self.page.evaluate(SAID))
        if said not in self.did:
            self.did.append(said)
        if self.page.locator(".sheet").count():
            return "over"
        return "led" if self._in_front() is not None else ""

    def _in_front(self) -> Locator | None:
        for where in IN_FRONT:
            found = self.page.locator(where).locator("visible=true")
            if found.count():
                return found.first
        return None

    def _press(self) -> None:
        """Press what leads, and wait until that has changed something."""
        before, found = str(self.page.evaluate(SHOWN)), self._in_front()
        try:
            words = found.inner_text(timeout=PRESS_MS) if found is not None else ""
            if words in self.pressed[-1:] and self._goes_on(before):
                return
            if found is not None:
                found.click(timeout=PRESS_MS)
        except NotThere:
            return  # it was drawn anew meanwhile
        self.pressed.append(words)
        until(lambda: self.page.evaluate(SHOWN) != before, PATIENCE_S, every_s=0.05, what=f"{self}")

    def _goes_on(self, before: str) -> bool:
        """Say whether what was pressed last is gone a moment later: nobody presses it twice."""
        with suppress(NeverHappened):
            until(lambda: self.page.evaluate(SHOWN) != before, AGAIN_S, every_s=0.05)
        return str(self.page.evaluate(SHOWN)) != before

    def __str__(self) -> str:
        return f"what follows {self.pressed}"
