"""The fields of a URL-encoded body: the same as the standard library reads, only sooner."""

from __future__ import annotations

from urllib.parse import parse_qsl, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.web.form_fields import form_fields

MOST = 100


@given(st.lists(st.tuples(st.text(), st.text()), max_size=5))
def test_whatever_was_encoded_is_read_back(fields: list[tuple[str, str]]) -> None:
    encodable = [
        (name.encode("utf-8", "ignore").decode(), value.encode("utf-8", "ignore").decode())
        for name, value in fields
    ]
    body = "&".join(f"{quote_plus(name)}={quote_plus(value)}" for name, value in encodable)
    assert form_fields(body, MOST) == (encodable if body else [])


@given(st.text(alphabet="%=+&aF0 _-\r\n\té", max_size=40))
def test_odd_bodies_are_read_as_the_standard_library_reads_them(body: str) -> None:
    try:
        expected = parse_qsl(body, keep_blank_values=True, max_num_fields=MOST, errors="strict")
    except ValueError:
        with pytest.raises(ValueError, match=r"."):
            form_fields(body, MOST)
    else:
        assert form_fields(body, MOST) == expected


def test_bytes_that_are_not_utf_8_are_refused() -> None:
    with pytest.raises(ValueError, match="decode"):
        form_fields("text=%ff", MOST)


def test_more_fields_than_allowed_are_refused() -> None:
    with pytest.raises(ValueError, match="too many fields"):
        form_fields("&".join("a=b" for _ in range(MOST + 1)), MOST)
