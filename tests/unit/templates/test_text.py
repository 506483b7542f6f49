"""Other people's text, before it stands in one of our messages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from templates.kit import text

FAMILY = "👩‍👩‍👧"
FLAGS = "🇩🇪🇫🇷"


@pytest.mark.parametrize(
    ("given_text", "shown"),
    [
        ("plain", "plain"),
        ("a\u202eb", "ab"),
        ("pay\u200bment", "payment"),
        ("a\x00b", "a\ufffdb"),
        ("\ud83d alone", "\ufffd alone"),
        ("one\r\ntwo\u2028three", "one\ntwo\nthree"),
        ("tab\there", "tab here"),
        (FAMILY, FAMILY),
        ("a\u200db", "ab"),
        ("\U000f003c", "\ufffd"),
        ("نص", "نص"),
    ],
)
def test_hidden_characters_go_and_broken_ones_are_shown(given_text: str, shown: str) -> None:
    assert text.clean(given_text) == shown


@given(st.text(st.characters(codec=None), max_size=200))
def test_masked_text_comes_back_as_it_was_where_nothing_reads_markup(words: str) -> None:
    cleaned = text.clean(words)
    assert text.to_plain(text.mask(cleaned)) == cleaned


@given(st.text(st.characters(codec=None), max_size=200))
def test_masked_text_is_escaped_where_slack_reads_markup(words: str) -> None:
    shown = text.to_mrkdwn(text.mask(text.clean(words)))
    assert "<" not in shown
    assert ">" not in shown
    assert len(shown) == text.escaped_size(text.clean(words))


@given(st.text(st.characters(codec=None), max_size=200))
def test_masked_text_holds_no_mark_of_the_notation(words: str) -> None:
    assert not set(text.mask(text.clean(words))) & set(text.MARKS)


@given(st.text(st.characters(codec=None), max_size=200))
def test_cleaning_twice_changes_nothing_more(words: str) -> None:
    assert text.clean(text.clean(words)) == text.clean(words)


@given(st.text(max_size=300), st.integers(5, 100))
def test_cut_text_fits_with_its_escapes(words: str, limit: int) -> None:
    assert text.escaped_size(text.cut(text.clean(words), limit)) <= limit


@pytest.mark.parametrize(
    ("words", "limit", "shown"),
    [
        ("short", 10, "short"),
        ("a long sentence", 7, "a long…"),
        ("the quarantine queue", 12, "the…"),
        ("ab" + FAMILY, 5, "ab…"),
        ("abe\u0301", 4, "abe\u0301"),
        ("abce\u0301f", 5, "abc…"),
        (FLAGS + "🇮🇹", 4, "🇩🇪…"),
        ("ok 👍🏽 fine", 5, "ok…"),
    ],
)
def test_a_cut_never_falls_inside_a_grapheme(words: str, limit: int, shown: str) -> None:
    assert text.cut(words, limit) == shown


def test_a_thousand_accents_on_one_letter_do_not_stop_the_cut() -> None:
    shown = text.cut("a" + "\u0301" * 1000, 500)
    assert len(shown) == 500


@given(st.text(max_size=400), st.integers(20, 120))
def test_pieces_fit_and_lose_nothing_but_space(words: str, limit: int) -> None:
    masked = text.mask(text.clean(words))
    parts = text.pieces(masked, limit)
    assert all(len(text.to_mrkdwn(part)) <= limit for part in parts)
    joined = "".join(text.to_plain(part) for part in parts)
    assert "".join(joined.split()) == "".join(text.to_plain(masked).split())


def test_markup_of_ours_is_refused_where_it_would_show_as_code() -> None:
    with pytest.raises(ValueError, match="plain text"):
        text.to_plain(text.mask_raw("<@U1>"))


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("<!date^1^{time}|23 Nov 2026 15:02 UTC>", "23 Nov 2026 15:02 UTC"),
        ("<#C1|acme-support>", "#acme-support"),
        ("<https://a.example/x?a=1&amp;b=2|read it>", "read it: https://a.example/x?a=1&b=2"),
        ("<https://a.example|https://a.example>", "https://a.example"),
    ],
)
def test_markup_of_ours_is_read_out_in_a_mail(markup: str, words: str) -> None:
    assert text.to_mail(text.mask_raw(markup)) == words
