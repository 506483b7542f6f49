"""Card and bank numbers are found under every disguise, and nothing else is.

Proves: T27.
"""

from __future__ import annotations

import hashlib
import random
import unicodedata
import uuid
from collections.abc import Callable, Iterator

import pytest

from protocols.words.masking import (
    MASK,
    NumberKind,
    is_card,
    is_iban,
    is_routing,
    mask,
    mask_form,
    masked_and_cut,
)
from tests.kit.card_corpus import BRANDS, Shape, ids, luhn_end, shapes


def _grouped(digits: str, size: int = 4) -> list[str]:
    if len(digits) == 15:
        return [digits[:4], digits[4:10], digits[10:]]
    return [digits[at : at + size] for at in range(0, len(digits), size)]


def _mapped(digits: str, zero: int) -> str:
    return "".join(chr(zero + int(sign)) for sign in digits)


DISGUISES: dict[str, Callable[[str], str]] = {
    "plain": lambda d: d,
    "spaces": lambda d: " ".join(_grouped(d)),
    "hyphens": lambda d: "-".join(_grouped(d)),
    "dots": lambda d: ".".join(_grouped(d)),
    "slashes": lambda d: "/".join(_grouped(d)),
    "underscores": lambda d: "_".join(_grouped(d)),
    "hard spaces": lambda d: "\u00a0".join(_grouped(d)),
    "en dashes": lambda d: " – ".join(_grouped(d)),
    "every digit apart": " ".join,
    "every digit dashed": "-".join,
    "full width": lambda d: _mapped(d, 0xFF10),
    "Arabic digits": lambda d: _mapped(d, 0x0660),
    "Devanagari digits": lambda d: _mapped(d, 0x0966),
    "bold digits": lambda d: _mapped(d, 0x1D7CE),
    "zero-width spaces": lambda d: "\u200b".join(_grouped(d)),
    "soft hyphens": "\u00ad".join,
    "keycaps": lambda d: "".join(f"{sign}\ufe0f\u20e3" for sign in d),
    "line in the middle": lambda d: f"{d[:9]}\n{d[9:]}",
    "line between groups": lambda d: "\n".join(_grouped(d)),
    "line inside a group": lambda d: " ".join(_grouped(d))[:7] + "\n" + " ".join(_grouped(d))[7:],
    "quoted lines": lambda d: "\n> ".join(_grouped(d)),
    "code per group": lambda d: " ".join(f"`{group}`" for group in _grouped(d)),
    "bold per group": lambda d: " ".join(f"*{group}*" for group in _grouped(d)),
    "bold inside": lambda d: f"{d[:6]}*{d[6:]}*",
    "struck per group": lambda d: "~ ~".join(_grouped(d)),
    "percent spaces": lambda d: "%20".join(_grouped(d)),
    "percent twice": lambda d: "%2520".join(_grouped(d)),
    "percent digits": lambda d: "".join(f"%3{sign}" for sign in d),
    "plus for space": lambda d: "+".join(_grouped(d)),
    "entities": lambda d: "".join(f"&#{48 + int(sign)};" for sign in d),
    "hard space entities": lambda d: "&nbsp;".join(_grouped(d)),
    "word in front": lambda d: f"card{d}",
    "before an expiry": lambda d: f"{' '.join(_grouped(d))} 12/27",
}


def _cards(seed: int, each: int) -> Iterator[str]:
    chance = random.Random(seed)
    for prefixes, lengths in BRANDS.values():
        for length in lengths:
            for prefix in prefixes:
                for _ in range(each):
                    body = prefix + "".join(
                        chance.choice("0123456789") for _ in range(length - len(prefix) - 1)
                    )
                    yield luhn_end(body)


@pytest.mark.parametrize("name", DISGUISES)
def test_every_brand_and_length_is_found_under(name: str) -> None:
    cards = [*_cards(seed=7, each=2)]
    assert len(cards) * len(DISGUISES) >= 2000
    missed = []
    for card in cards:
        masked = mask(f"It says {DISGUISES[name](card)}, as typed.")
        left = "".join(sign for sign in masked.text.partition("masked]")[2] if sign.isdigit())
        if not masked.found or (left and name != "before an expiry"):
            missed.append((card, masked.text))
    assert not missed


SHAPES = 2_000


def _is_left(shape: Shape) -> bool:
    """Say whether six figures of the number still stand one after another."""
    left = unicodedata.normalize("NFKC", MASK.sub(" ", "".join(mask_form(shape.fields)[0])))
    kept = "".join(str(unicodedata.decimal(sign)) for sign in left if sign.isdecimal())
    return any(shape.digits[at : at + 6] in kept for at in range(len(shape.digits) - 5))


def test_of_two_thousand_shapes_of_cards_almost_none_is_left() -> None:
    left = [shape.fields for shape in shapes(SHAPES) if _is_left(shape)]
    recall = 1 - len(left) / SHAPES
    assert recall >= 0.995, f"{recall:.2%} of {SHAPES} were masked; these were not: {left}"


def test_no_id_without_an_issuers_prefix_is_masked() -> None:
    masked = [shape.fields for shape in ids(SHAPES) if mask_form(shape.fields)[1]]
    assert masked == [], f"{len(masked)} of {SHAPES} ids were taken for cards"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("CC4111111111111111", "CC[card number ending 1111 masked]"),
        ("4111111111111111x", "[card number ending 1111 masked]x"),
        ("cc4111-1111-1111-1111x", "cc[card number ending 1111 masked]x"),
        ("+4111111111111111", "+[card number ending 1111 masked]"),
        ("+378282246310005", "+[card number ending 0005 masked]"),
        ("4,111,111,111,111,111", "[card number ending 1111 masked]"),
        ("378.282.246.310.005", "[card number ending 0005 masked]"),
        ("IBANDE89370400440532013000x", "IBAN[IBAN ending 3000 masked]x"),
    ],
)
def test_what_is_attached_or_set_between_hides_no_number(text: str, masked: str) -> None:
    assert mask(text).text == masked


def test_a_number_over_two_fields_is_masked_in_both() -> None:
    kept, found = mask_form(("paid with 4111 1111", "1111 1111 at noon", "412 payments"))
    assert kept == (
        "paid with [card number ending 1111 masked]",
        "[card number ending 1111 masked] at noon",
        "412 payments",
    )
    assert len(found) == 1


def test_fields_without_a_number_stay_as_they_are() -> None:
    fields = ("at 10:02 EST, 412 payments of 2026", "37 settled; USD 1,204.50", "", "4111")
    assert mask_form(fields) == (fields, ())


@pytest.mark.parametrize("limit", range(8, 60))
def test_a_number_is_masked_before_a_text_is_cut(limit: int) -> None:
    cut = masked_and_cut("The card is 4111 1111 1111 1111, as typed.", limit)
    assert len(cut) <= limit
    assert "4111" not in cut
    assert ("[" in cut) == bool(MASK.search(cut))


def test_the_mask_shows_kind_and_last_four() -> None:
    assert mask("paid with 4111 1111 1111 1111.").text == (
        "paid with [card number ending 1111 masked]."
    )


def test_text_around_a_hit_stays_byte_for_byte() -> None:
    before, after = "Ünïcode \u200b  *é*\r\n\t&amp; %41 `", "` — ok\u00ad ½ ⟦x⟧\n"
    masked = mask(f"{before}4111111111111111{after}")
    assert masked.text == f"{before}[card number ending 1111 masked]{after}"


def test_found_says_where_the_number_stood() -> None:
    text = "a 5555-5555-5555-4444 b"
    (found,) = mask(text).found
    assert (found.kind, text[found.start : found.end]) == (NumberKind.CARD, "5555-5555-5555-4444")


def test_two_numbers_are_both_masked() -> None:
    text = mask("4111111111111111 and 378282246310005").text
    assert text == "[card number ending 1111 masked] and [card number ending 0005 masked]"


def test_masking_twice_changes_nothing_more() -> None:
    once = mask("4111111111111111, IBAN DE89370400440532013000, ABA 021000021").text
    assert mask(once) == mask(mask(once).text)
    assert mask(once).found == ()


def _harmless_lines(count: int) -> Iterator[str]:
    chance = random.Random(11)
    makers: tuple[Callable[[], str], ...] = (
        lambda: f"ts {chance.randrange(1_500_000_000, 2_000_000_000)}.{chance.randrange(10**6):06}",
        lambda: f"https://x.slack.example/p{chance.randrange(15 * 10**14, 20 * 10**14)}",
        lambda: f"id {uuid.UUID(int=chance.getrandbits(128))}",
        lambda: hashlib.sha256(str(chance.random()).encode()).hexdigest(),
        lambda: (
            f"call +{chance.randrange(1, 99)} {chance.randrange(100, 9999)} "
            f"{chance.randrange(1000, 9999)} {chance.randrange(100, 9999)} now"
        ),
        lambda: f"+1 (555) 01{chance.randrange(10)}-{chance.randrange(10**4):04}",
        lambda: f"+{chance.randrange(10**10, 10**13)}",
        lambda: (
            f"USD {chance.randrange(10**12):,}.{chance.randrange(100):02} of "
            f"{chance.randrange(10**7)}.{chance.randrange(100):02} EUR"
        ),
        lambda: (
            f"2026-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}T"
            f"{chance.randrange(24):02}:{chance.randrange(60):02}:10.{chance.randrange(10**6):06}Z"
        ),
        lambda: (
            f"2026-11-{chance.randrange(10, 29)} {chance.randrange(24):02}:"
            f"{chance.randrange(60):02}:{chance.randrange(60):02} 412 payments, 37 settled"
        ),
        lambda: f"BW-{chance.randrange(1000, 99999)} of Mon 23 Nov 2026, 10:02 EST (15:02 UTC)",
        lambda: f"{chance.randrange(256)}.{chance.randrange(256)}.1.{chance.randrange(256)}:8400",
        lambda: f"INV{chance.randrange(2020, 2030)}{chance.randrange(10**8):08}",
        lambda: f"{chance.getrandbits(96):x} {chance.getrandbits(128):x}",
        lambda: f"trace {chance.choice(('0210000', '1110000'))}{chance.randrange(10**8):08}",
        lambda: f"{chance.randrange(10**8)}GB of {chance.randrange(10**9)}kB",
        lambda: f"+{chance.randrange(10**10, 10**13)}, 412 payments",
        lambda: f"{chance.randrange(17 * 10**11, 18 * 10**11)} ms, {chance.randrange(10**12):,}",
    )
    for index in range(count):
        yield makers[index % len(makers)]()


def test_ten_thousand_harmless_lines_give_no_hit() -> None:
    hits = [line for line in _harmless_lines(10_000) if mask(line).found]
    assert hits == []


def test_random_sixteen_digits_are_rarely_taken_for_a_card() -> None:
    chance = random.Random(3)
    hits = sum(is_card(f"{chance.randrange(10**16):016}") for _ in range(40_000))
    assert hits / 40_000 <= 0.025


def test_a_routing_number_needs_a_word_or_a_number_beside_it() -> None:
    assert is_routing("021000021")
    assert mask("order 021000021 of today").found == ()
    assert mask("routing no. 021000021").text == "routing no. [routing number ending 0021 masked]"
    assert [hit.kind for hit in mask("021000021 / 1234567890").found] == [
        NumberKind.ROUTING,
        NumberKind.ACCOUNT,
    ]


@pytest.mark.parametrize(
    "text",
    [
        "DE89370400440532013000",
        "DE89 3704 0044 0532 0130 00",
        "gb29-NWBK-6016-1331-9268-19",
        "FR14 2004 1010 0505 0001 3M02 606",
        "NL91ABNA\n0417164300",
        "NO93 8601 1117 947",
    ],
)
def test_an_iban_is_masked(text: str) -> None:
    masked = mask(f"to {text}, please")
    assert [hit.kind for hit in masked.found] == [NumberKind.IBAN]
    assert masked.text.startswith("to [IBAN ending ")
    assert masked.text.endswith(" masked], please")


def test_a_wrong_check_is_no_iban() -> None:
    assert not is_iban("DE88370400440532013000")
    assert mask("at 14:02 no 12 payments of 23 November were sent, is 26 right?").found == ()


@pytest.mark.parametrize(
    "hostile",
    ["1 " * 30_000, "4-" * 30_000, "%25" * 20_000, "&#" * 30_000, "+1 " * 20_000, "de12" * 15_000],
)
def test_hostile_text_costs_no_more_than_its_length(hostile: str) -> None:
    """The work is bounded: one pass, and windows of at most 19 groups at every place."""
    masked = mask(hostile)
    assert len(masked.text) <= len(hostile)


@pytest.mark.parametrize(
    "text",
    ["4111 1111 1111 1111 12/27 123", "4111-1111-1111-1111 3", "4111 1111 1111 1111 :: 3"],
)
def test_what_follows_a_card_is_not_taken_for_its_end(text: str) -> None:
    assert mask(text).text == f"[card number ending 1111 masked]{text[19:]}"
