"""Use this: safe words in place of those that a check stops. Source: D43."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from protocols.words.account_names import AccountNames
from protocols.words.language import CODES, LanguageContext, check, checked_form
from templates.updates.instead import _IN_PLACE, INSTEAD, Reader, mended

NOW = datetime(2026, 11, 23, 14, 2, tzinfo=UTC)
ACME = Reader("America/New_York", NOW)
FREE = LanguageContext(
    "Acme",
    findings=("The retry job double submitted batch 77",),
    other_account_names=AccountNames(("Birch",)),
)
CARD = "4111 1111 1111 1111"
STOPPED = {
    "number": (f"The card {CARD} was hit.", "The card card number ending 1111 was hit."),
    "zone": ("It was seen at 14:10.", "It was seen at 14:10 EST (19:10 UTC)."),
    "noon": ("We write at noon.", "We write at 12:00 EST (17:00 UTC)."),
    "evening": ("We write at 3 pm.", "We write at 15:00 EST (20:00 UTC)."),
    "in doubt": ("At 3 o'clock we write.", "At a time that is not confirmed yet we write."),
    "other_account": ("It was paid to Birch.", "It was paid to the other party."),
    "raw_code": ("A cluster of R03 returns.", "A cluster of returned payments."),
    "cause": (
        "412 payments went out twice because of a bad deploy. We look.",
        "412 payments went out twice. We look.",
    ),
    "a cause alone": (
        "It was caused by a retry. We look.",
        "We name a cause only once it is confirmed. We look.",
    ),
    "forecast": ("We look. It should be fixed soon.", "We look. We tell you when it is done."),
    "speculation": ("We think that 412 went twice.", "We say only what has been checked."),
    "reassurance": ("Do not worry.", "We say what is confirmed, and no more than that."),
    "apology": ("We are sorry.", "We say what is confirmed, and no more than that."),
    "not_stopped": ("All payments are stopped.", "A stop of payments is not confirmed yet."),
    "internal_text": (
        "The retry job double submitted batch 77. We look.",
        "We say what this means for you once it is confirmed. We look.",
    ),
    "stack_trace": ("NullPointerException: x", "A program reported an error."),
}


def all_used(text: str) -> str:
    """Press **Use this** beside the first stop until none is left."""
    form = checked_form(text)
    for _ in range(20):
        found = check("What we know", form, FREE)
        if not found:
            return form
        form = checked_form(mended(form, found[0], ACME))
    raise AssertionError(f"stops for ever: {form}")


@pytest.mark.parametrize("case", STOPPED)
def test_one_press_puts_safe_words_in_the_place_of_those_that_were_stopped(case: str) -> None:
    typed, safe = STOPPED[case]
    assert all_used(typed) == safe


def test_every_kind_of_stop_has_its_safe_words() -> None:
    assert set(INSTEAD) | set(_IN_PLACE) == CODES


@pytest.mark.parametrize("sentence", INSTEAD.values())
def test_the_safe_words_pass_every_check(sentence: str) -> None:
    assert check("What we know", sentence, FREE) == ()


def test_the_same_safe_sentence_stands_once() -> None:
    text = "We think that it is over. Perhaps not. We look."
    assert all_used(text) == "We say only what has been checked. We look."
