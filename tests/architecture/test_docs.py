"""What the pages for engineers name is there, and the walks are short."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = ("docs/architecture.md", "CONTRIBUTING.md", "README.md")
FOLDERS = ("protocols", "templates", "store", "handlers", "bot", "drill", "tests", "docs", "bench",
           "scripts")  # fmt: skip
HOPS_MOST = 8
NAMED = re.compile(rf"`((?:{'|'.join(FOLDERS)})/[\w./-]*)`")
LINKED = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")
HELD_BY = {"callbacks": ROOT / "tests" / "example"}
"""The worked example's files stand in the tests, under the names that they would have."""


def text(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def is_there(path: str) -> bool:
    held = next((place for name, place in HELD_BY.items() if name in path), ROOT)
    return (held / path.replace("handlers/slack", "handlers") if held != ROOT
            else held / path).exists()  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_every_path_that_is_named_exists(page: str) -> None:
    assert [path for path in NAMED.findall(text(page)) if not is_there(path)] == []


@pytest.mark.parametrize("page", [*PAGES, "docs/glossary.md", "docs/protocol.md"])
def test_every_link_leads_somewhere(page: str) -> None:
    folder = (ROOT / page).parent
    assert [link for link in LINKED.findall(text(page)) if not (folder / link).exists()] == []


def test_each_walk_has_at_most_eight_hops_and_a_file_in_each() -> None:
    walks = text("docs/architecture.md").split("## Three walks")[1].split("\n## ")[0]
    parts = walks.split("\n### ")[1:]
    assert len(parts) == 3
    for walk in parts:
        hops = re.split(r"\n\d\. ", walk)[1:]
        assert 0 < len(hops) <= HOPS_MOST, walk
        assert [hop for hop in hops if not NAMED.search(hop)] == []


def test_every_decision_is_listed() -> None:
    kept = {path.name for path in (ROOT / "docs" / "adr").iterdir()}
    assert kept == set(re.findall(r"docs/adr/(\d{4}[\w.-]+)", text("README.md")))
