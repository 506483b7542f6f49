"""One voice: a thing has one name wherever a person reads it, and *please* stands where it belongs.

Source: words, 0; docs/glossary.md.
"""

from __future__ import annotations

import re
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
ASKED_OF_AN_ACCOUNT = frozenset({
    "closure/customer/disregard.j2",
    "closure/customer/resolution_customer.j2",
    "closure/partner/resolution_partner.j2",
    "executives/third_party/vendor_notice.j2",
    "notices/customer/notice.j2",
    "notices/internal/notice_call.j2",
    "outreach/lines.yaml",
    "ticket/executive/brief_t3.j2",
    "ticket/show.py",
    "updates/review.py",
})  # fmt: skip
"""Fixed words of the copy, and what quotes them: to check, disregard, wait, say nothing."""


@pytest.mark.parametrize("other", OTHER_NAMES)
def test_a_thing_has_no_second_name(other: str) -> None:
    found = [path for path in SOURCES if other in path.read_text("utf-8").casefold()]
    assert found == [], f"it is called {OTHER_NAMES[other]}"


def test_please_stands_in_the_fixed_words_of_the_copy_and_nowhere_else() -> None:
    asks = re.compile(r"\bplease\b", re.IGNORECASE)
    found = {
        str(path.relative_to(ROOT)) for path in SOURCES if asks.search(path.read_text("utf-8"))
    }
    assert found == ASKED_OF_AN_ACCOUNT
