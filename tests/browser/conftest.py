"""A browser before a running drill; what the page complains about fails the test."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Page,
    Request,
    Response,
    expect,
    sync_playwright,
)

from tests.browser.running import running_drill

WAYS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
)
NAMES = ("chromium", "chromium-browser", "google-chrome")
PATIENCE_MS = 45_000
expect.set_options(timeout=PATIENCE_MS)


def chromium() -> str | None:
    """Return where Chromium is on this machine."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Give a headless Chromium; skip without one, fail where CI needs it."""
    path = chromium()
    if path is None:
        if os.environ.get("REQUIRE_POSTGRES"):
            pytest.fail("There is no Chromium on this machine, and CI needs one.", pytrace=False)
        pytest.skip("There is no Chromium on this machine.")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=list(WAYS))
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def drill(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of a running drill, bot included; each test begins a world of its own."""
    with running_drill(tmp_path_factory.mktemp("drill")) as url:
        yield url


@pytest.fixture
def complaints() -> list[str]:
    """Collect what must not happen: console errors, page errors, requests to anywhere else."""
    return []


@pytest.fixture
def page(browser: Browser, drill: str, complaints: list[str]) -> Iterator[Page]:
    """Give the drill's page on a desk's screen, with the picker before it."""
    with browser.new_context(viewport={"width": 1440, "height": 900}) as context:
        opened = context.new_page()
        watched(opened, drill, complaints)
        opened.goto(drill)
        back_to_picker(opened)
        yield opened
    assert complaints == []


def watched(page: Page, drill: str, complaints: list[str]) -> None:
    """Note every error of a page and every request that leaves the drill."""

    def asked(request: Request) -> None:
        if not request.url.startswith((drill, "data:")):
            complaints.append(f"asked {request.url}")

    def said(words: ConsoleMessage) -> None:
        if words.type == "error":
            complaints.append(words.text)

    def answered(response: Response) -> None:
        if response.status >= 400:
            order = response.request.post_data or ""
            complaints.append(f"{response.status} {response.url} {order}")

    page.set_default_timeout(PATIENCE_MS)
    page.on("response", answered)
    page.on("console", said)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", asked)


def back_to_picker(page: Page) -> None:
    """Go back to the scenarios, whatever an earlier test left."""
    page.wait_for_selector(".picker, .going")
    if page.locator(".going").count():
        page.evaluate("fetch('/drill/play/leave', {method: 'POST'})")
    page.wait_for_selector(".picker")
