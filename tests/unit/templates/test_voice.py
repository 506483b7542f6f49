"""One voice: a thing has one name wherever a person reads it.

Source: words, 0; docs/glossary.md.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import templates

ROOT = Path(templates.__file__).parent
SOURCES = tuple(path for ending in ("j2", "yaml", "py") for path in ROOT.rglob(f"*.{ending}"))
OTHER_NAMES = {
    "a person's first reply": "first reply",
    "a person's answer": "first reply",
    "a person's reply": "first reply",
    "nobody has said its tier": "not classified yet",
}


@pytest.mark.parametrize("other", OTHER_NAMES)
def test_a_thing_has_no_second_name(other: str) -> None:
    found = [path for path in SOURCES if other in path.read_text("utf-8").casefold()]
    assert found == [], f"it is called {OTHER_NAMES[other]}"
