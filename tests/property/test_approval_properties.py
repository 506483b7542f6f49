"""An approval is bound to one text: no two that differ have the same hash.

Proves: T08.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from protocols.updates.approval import text_hash
from protocols.updates.events import DraftKind

Text = tuple[DraftKind, tuple[tuple[str, str], ...], datetime | None, int]
START = datetime(2026, 11, 23, 14, 2, tzinfo=UTC)
WORDS = st.text(st.sampled_from("ab \x1f\x00\n"), max_size=6) | st.text(max_size=6)
TEXTS = st.tuples(
    st.sampled_from(DraftKind),
    st.lists(st.tuples(WORDS, WORDS), max_size=3).map(tuple),
    st.none() | st.integers(0, 3).map(lambda hours: START + timedelta(hours=hours)),
    st.integers(0, 3),
)


@given(TEXTS, TEXTS)
def test_two_texts_have_one_hash_only_when_they_are_the_same(one: Text, other: Text) -> None:
    assert (text_hash(*one) == text_hash(*other)) is (one == other)


def test_words_that_move_from_one_field_to_the_next_make_another_text() -> None:
    joined = (("known", "a\x1fdoing\x1fb"), ("doing", "c"))
    split = (("known", "a"), ("doing", "b\x1fdoing\x1fc"))
    hashes = {text_hash(DraftKind.UPDATE, fields, None) for fields in (joined, split)}
    assert len(hashes) == 2


def test_the_whole_digest_is_kept() -> None:
    assert len(text_hash(DraftKind.UPDATE, (), None)) == 64
