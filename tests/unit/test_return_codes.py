"""What ACH return codes mean, and where they stand in words. Source: S29."""

from __future__ import annotations

import pytest

from protocols.words.return_codes import RETURN_CODES, codes_in


def test_every_code_of_the_table_is_known_once_and_says_what_it_means() -> None:
    numbers = [int(code[1:]) for code in RETURN_CODES]
    dishonored, international = [61, 62, 67, 68, 69, 70], [80, 81, 82, 83, 84, 85]
    inside = [*range(1, 48), *range(50, 54)]
    assert numbers == [*inside, *dishonored, *range(71, 78), *international, 90]
    assert all(one.meaning and one.code == code for code, one in RETURN_CODES.items())


@pytest.mark.parametrize(
    ("code", "kind", "window", "needs"),
    [
        ("R01", "", "2 banking days", ""),
        ("R02", "administrative", "2 banking days", ""),
        ("R03", "administrative", "2 banking days", ""),
        ("R04", "administrative", "2 banking days", ""),
        ("R10", "unauthorized", "60 calendar days", "written statement"),
        ("R29", "unauthorized", "2 banking days", ""),
        ("R17", "", "2 banking days", "QUESTIONABLE"),
    ],
)
def test_window_kind_and_what_it_needs(code: str, kind: str, window: str, needs: str) -> None:
    known = RETURN_CODES[code]
    assert (known.kind, known.window) == (kind, window)
    assert needs in known.needs


def test_a_code_that_may_not_be_used_yet_says_from_when() -> None:
    assert [code for code, one in RETURN_CODES.items() if one.from_day] == ["R90"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Five came back as R02, r03 and R02.", ("R02", "R03")),
        ("(R29)", ("R29",)),
        ("PR02 and R021 and R2 are none", ()),
        ("R99 has the form", ("R99",)),
    ],
)
def test_codes_are_found_in_words(text: str, found: tuple[str, ...]) -> None:
    assert codes_in(text) == found
