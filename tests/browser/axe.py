"""axe-core over a page as it stands, day and night."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

HEAVY = ("serious", "critical")
ASKED = "axe.run(document, { resultTypes: ['violations'] })"


class Axe:
    """What axe finds that is serious, state after state."""

    def __init__(self, page: Page, source: str) -> None:
        self.page = page
        self.source = source
        self.found: list[str] = []

    def looks_at(self, state: str) -> None:
        """Note what is serious about the page in this state, by day and by night."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(self.source)
        for scheme in ("light", "dark"):
            self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            for one in self.page.evaluate(ASKED)["violations"]:
                if one["impact"] in HEAVY:
                    self.found.append(_sentence(f"{state}, {scheme}", one))


def _sentence(state: str, one: dict[str, Any]) -> str:
    where = [node["html"][:120] for node in one["nodes"][:3]]
    return f"{state}: {one['help']} ({one['id']}): {where}"


def axe_source() -> str:
    """Return axe-core's script; skip where it is not installed, fail where CI needs it."""
    spec = find_spec("axe_playwright_python")
    if spec is None or spec.origin is None:
        if os.environ.get("REQUIRE_POSTGRES"):
            pytest.fail("axe-core is not installed, and CI needs it: make setup.", pytrace=False)
        pytest.skip("axe-core is not installed: make setup.")
    return (Path(spec.origin).parent / "axe.min.js").read_text("utf-8")
