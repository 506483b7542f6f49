"""The glossary and the code use the same words."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[2]
GLOSSARY = ROOT / "docs" / "glossary.md"
PACKAGES = ("protocols", "templates", "store", "handlers", "bot", "drill")
FORBIDDEN = ("partner_tier", "PartnerLevel", "sla_hold", "SlaHold", "pause_hold", "TicketManager")


def entries() -> list[str]:
    return re.findall(r"^\| \*\*(.+?)\*\* \|", GLOSSARY.read_text(encoding="utf-8"), re.MULTILINE)


def identifiers() -> set[str]:
    texts = (
        path.read_text(encoding="utf-8")
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
    )
    return {name for text in texts for name in re.findall(r"[A-Za-z][A-Za-z0-9_]*", text)}


def parts(name: str) -> list[str]:
    """Return the words of a name, in lower case: `HoldKind` and `hold_kind` are the same."""
    return re.findall(r"[a-z0-9]+", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower())


def test_every_word_of_the_glossary_is_a_word_of_the_code() -> None:
    known = {part for name in identifiers() for part in parts(name)}
    unknown = [entry for entry in entries() if not set(parts(entry)) <= known]
    assert unknown == []


def test_a_word_is_explained_once() -> None:
    assert [word for word, times in Counter(map(str.lower, entries())).items() if times > 1] == []


def test_words_that_mean_something_else_here_are_not_used() -> None:
    assert identifiers() & set(FORBIDDEN) == set()
