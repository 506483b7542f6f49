"""A list that somebody typed with its own numbers is numbered once."""

from __future__ import annotations

import pytest

from protocols.words.lists import entries


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Which row?\nWho saw it?", ("Which row?", "Who saw it?")),
        ("1. Which row?\n\n2) Who saw it?\n", ("Which row?", "Who saw it?")),
        ("- Which row?\n• Who saw it?\n* And when?", ("Which row?", "Who saw it?", "And when?")),
        ("1.\n-\n\n", ()),
        ("3. November or later?", ("3. November or later?",)),
        ("1.5 hours late?\n-5 % or 5 %?", ("1.5 hours late?", "-5 % or 5 %?")),
        ("*Which* row?", ("*Which* row?",)),
    ],
)
def test_each_entry_is_its_words_alone(typed: str, found: tuple[str, ...]) -> None:
    assert entries(typed) == found
