"""No disguise takes words past a check, and what passed the checks is what leaves.

Proves: T13, T14, T27.
"""

from __future__ import annotations

import html
from collections.abc import Callable
from datetime import UTC, datetime

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from protocols.words.account_names import AccountNames
from protocols.words.language import CauseHold, LanguageContext, check
from protocols.words.look_alikes import OTHER_SCRIPTS
from protocols.words.masking import mask
from protocols.words.normal_form import normal, reading
from templates.kit import plain_mail, text
from templates.kit.environment import whole_filter

FAST = settings(max_examples=300, deadline=None, derandomize=True)
FINDING = "412 payments posted twice by worker 7 after the retry"
CTX = LanguageContext(
    "Acme",
    cause_hold=CauseHold("Legal One", datetime(2026, 11, 23, 14, 31, tzinfo=UTC)),
    findings=(FINDING, "The retry queue of ledger three is affected."),
    other_account_names=AccountNames(("Bluebird Resellers", "Birch")),
)
PHRASES = {
    "because of a retry": "cause",
    "root cause": "cause",
    "as a result of a bad deploy": "cause",
    "will be fixed by tomorrow": "forecast",
    "we think so": "speculation",
    "rest assured": "reassurance",
    "we are sorry": "apology",
    "payments have been stopped": "not_stopped",
    FINDING: "internal_text",
    "the retry queue of ledger three is affected": "internal_text",
    "Bluebird Resellers": "other_account",
    "Bluebird": "other_account",
    "at 10:02 today": "zone",
}
LATIN_OF = {latin: strange for strange, latin in OTHER_SCRIPTS.items()}
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u202e\u034f\ufe0f\U000e0041\u3164\u180e\x07"
BLANKS = ("  ", "\n", " \r\n", "\u00a0", "\u2003\u2003", "\t", "\u2028", "\n\n ", "\v", "\u2800")
MARKS = ("*", "_", "~", "`", "```", "*_", "_*")

Disguise = Callable[[str], str]


def _inside(sign: str, share: int) -> Disguise:
    return lambda said: "".join(
        f"{letter}{sign}" if letter.isalpha() and index % share == 0 else letter
        for index, letter in enumerate(said)
    )


def _blanks(blank: str) -> Disguise:
    return lambda said: said.replace(" ", blank)


def _marked(mark: str) -> Disguise:
    return lambda said: f"{mark}{said}{mark[::-1]}"


def _each_marked(mark: str) -> Disguise:
    return lambda said: " ".join(f"{mark}{word}{mark[::-1]}" for word in said.split(" "))


def _half_marked(mark: str) -> Disguise:
    return lambda said: f"{mark}{said[:2]}{mark}\u200b{said[2:]}"


def _wide(said: str) -> str:
    return "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in said)


def _bold(said: str) -> str:
    return "".join(chr(0x1D41A + ord(sign) - 97) if "a" <= sign <= "z" else sign for sign in said)


def _alike(share: int) -> Disguise:
    return lambda said: "".join(
        LATIN_OF.get(letter, letter) if index % share == 0 else letter
        for index, letter in enumerate(said)
    )


def _linked(said: str) -> str:
    return f"<https://a.example/b|{said[:4]}>{said[4:]}"


DISGUISES = st.one_of(
    st.builds(_inside, st.sampled_from(INVISIBLE), st.integers(1, 4)),
    st.builds(_blanks, st.sampled_from(BLANKS)),
    st.builds(_marked, st.sampled_from(MARKS)),
    st.builds(_each_marked, st.sampled_from(MARKS[:3])),
    st.builds(_half_marked, st.sampled_from(MARKS[:3])),
    st.builds(_alike, st.integers(1, 4)),
    st.sampled_from([_wide, _bold, str.upper, _linked]),
)


@FAST
@given(st.sampled_from([*PHRASES]), DISGUISES)
def test_a_disguised_phrase_is_stopped_like_the_plain_one(phrase: str, hide: Disguise) -> None:
    disguised = f"We know this: {hide(phrase)}."
    assert PHRASES[phrase] in {each.code for each in check("What we know", disguised, CTX)}


@FAST
@given(st.sampled_from([*PHRASES]), st.lists(DISGUISES, min_size=2, max_size=3))
def test_what_leaves_of_several_disguises_is_what_was_checked(
    phrase: str, hides: list[Disguise]
) -> None:
    said = phrase
    for hide in hides:
        said = hide(said)
    # Whatever form it takes, the same checks answer on what is stored.
    form = normal(said)
    assert check("What we know", said, CTX) == check("What we know", form, CTX)


SIGNS = st.text(
    st.one_of(
        st.characters(codec=None),
        st.sampled_from("*_~`<>|@#! \n\r\t>-—–’“аеосАВε½²\u200b\u200d\u0301\u3164bca123"),
    ),
    max_size=80,
)


@FAST
@given(SIGNS)
def test_the_form_of_a_form_is_itself(words: str) -> None:
    form = normal(words)
    assert normal(form) == form
    assert len(reading(form)) == len(form)


@FAST
@given(SIGNS)
def test_masking_keeps_the_form(words: str) -> None:
    kept = mask(normal(words)).text
    assert normal(kept) == kept


@FAST
@given(SIGNS)
def test_every_way_out_shows_the_form_as_it_is(words: str) -> None:
    form = normal(words)
    assume(form)
    shown = text.mask(whole_filter(form))
    assert html.unescape(text.to_mrkdwn(shown)) == html.unescape(form.replace("&", "&amp;"))
    assert text.to_mail(plain_mail._bare(shown)) == form


@FAST
@given(SIGNS)
def test_an_objection_quotes_what_stands_at_its_place(words: str) -> None:
    form = mask(normal(words)).text
    for finding in check("What we know", words, CTX):
        assert 0 <= finding.at <= len(form)
