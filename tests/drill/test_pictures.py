"""The README's pictures of the drill: there, and small enough to be looked at."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MOST_BYTES = 2_000_000


def test_every_picture_of_the_readme_is_there_and_small() -> None:
    shown = re.findall(r"!\[[^\]]+\]\((docs/[^)]+)\)", (ROOT / "README.md").read_text("utf-8"))
    assert "docs/drill.gif" in shown
    assert [one for one in shown if not 0 < (ROOT / one).stat().st_size < MOST_BYTES] == []
