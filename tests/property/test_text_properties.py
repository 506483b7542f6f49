"""Masking and the language checks answer on any text, and leave what they do not name.

Proves: F31, T27.
"""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from protocols.time.durations import DurationRefused, parse_range
from protocols.words.account_names import AccountNames
from protocols.words.language import LanguageContext, check
from protocols.words.masking import mask

FAST = settings(max_examples=150, deadline=None, derandomize=True)
ANY = st.text(max_size=300)
NUMERIC = st.text(alphabet="0123456789 -.*`\n%2+&#;xDE\u200b\uff11\u0664", max_size=200)


@FAST
@given(st.one_of(ANY, NUMERIC))
def test_masking_is_stable_and_reports_where_it_cut(text: str) -> None:
    masked = mask(text)
    rebuilt, at = "", 0
    for hit in masked.found:
        assert at <= hit.start < hit.end
        rebuilt += text[at : hit.start] + hit.mask
        at = hit.end
    assert rebuilt + text[at:] == masked.text


@FAST
@given(ANY, ANY)
def test_a_card_is_found_within_any_words(before: str, after: str) -> None:
    masked = mask(f"{before} :: 4111 1111 1111 1111 :: {after}")
    assert "4111 1111" not in masked.text
    assert masked.found


@FAST
@given(ANY, st.lists(ANY, max_size=3))
def test_every_check_answers_on_any_text(text: str, others: list[str]) -> None:
    ctx = LanguageContext(
        "Acme", findings=tuple(others), other_account_names=AccountNames(tuple(others))
    )
    for finding in check("What we know", text, ctx):
        assert finding.sentence.startswith('What we know: "')
        assert 0 <= finding.at <= len(text)


@FAST
@given(ANY)
def test_what_is_read_as_a_duration_is_in_order_and_nothing_else_fails(text: str) -> None:
    try:
        found = parse_range(text)
    except DurationRefused:
        return
    assert found.target.amount <= found.breach.amount
