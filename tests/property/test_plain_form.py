"""The plain form of a table or a fold has every word of it, and Slack takes both. Source: M27."""

from __future__ import annotations

import html
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from templates.kit import blocks, limits, notation, text
from templates.kit.plainer import plain_blocks

FAST = settings(max_examples=150, deadline=None, derandomize=True)
WORDS = st.text(max_size=60).map(lambda words: text.one_line(text.clean(words)))
LONG = st.text(alphabet="ab <&>*|é", max_size=600).map(text.one_line)


def shown(found: list[dict[str, Any]]) -> str:
    """Return what a reader sees of plain blocks."""
    return "\n".join(html.unescape(block["text"]["text"]) for block in found)


@FAST
@given(st.lists(st.tuples(WORDS, WORDS, WORDS), min_size=1, max_size=30), WORDS)
def test_no_word_of_a_table_is_lost_in_plain_blocks(
    rows: list[tuple[str, str, str]], title: str
) -> None:
    lines = [f"  row: {' | '.join(text.mask(cell) for cell in row)}" for row in rows]
    source = "\n".join(
        [f"folded: People {text.mask(title)}", "section: here", "end:",
         "table: Queue | 10", "  head: Ticket | Waits for | With", *lines]
    )  # fmt: skip
    made = blocks.compile_items("t", notation.read("t", source))
    limits.check_message("t", "text", made)
    plain = plain_blocks(made)
    limits.check_message("t", "text", plain)
    said = shown(plain)
    assert title in said
    assert all(cell in said for row in rows for cell in row)


@FAST
@given(st.lists(st.lists(LONG, min_size=4, max_size=4), min_size=1, max_size=100))
def test_no_section_of_the_plain_form_is_too_long_whatever_the_cells_hold(
    rows: list[list[str]],
) -> None:
    lines = [f"  row: {' | '.join(text.mask(cell) for cell in row)}" for row in rows]
    source = "\n".join(["table: Queue | 10", "  head: A | B | C | D", *lines])
    plain = plain_blocks(blocks.compile_items("t", notation.read("t", source)))
    assert all(0 < len(block["text"]["text"]) <= 3000 for block in plain)
