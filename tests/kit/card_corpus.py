"""Card numbers as people and programs write them, and ids that are none: made from one seed.

A shape is a number, how its digits are written and grouped, what is attached to it, what stands
around it, and over which fields of a form it is spread.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

BRANDS: dict[str, tuple[tuple[str, ...], tuple[int, ...]]] = {
    "visa": (("4",), (13, 16, 19)),
    "mastercard": (("51", "55", "2221", "2720"), (16,)),
    "amex": (("34", "37"), (15,)),
    "discover": (("6011", "644", "65"), (16, 19)),
    "diners": (("300", "305", "36", "38"), (14,)),
    "jcb": (("3528", "3589"), (16, 19)),
    "unionpay": (("62",), (16, 17, 18, 19)),
    "maestro": (("5018", "6759"), (13, 14, 15, 16, 17, 18, 19)),
    "mir": (("2200", "2204"), (16, 17, 18, 19)),
}
NO_ISSUER = tuple(str(first) for first in (*range(1000, 1800), *range(7000, 9792)))
"""First digits that no issuer of cards has."""

SEPARATORS = (
    *("", "", "", " ", " ", "-", "-", ".", "/", "_", ":", ",", "+", "|", "·", "'", "  ", " - "),
    *("\u00a0", "\u2009", "\u202f", " – ", "—", "\t", "\n", "\r\n", "\n> ", "\u2028"),
    *("\u200b", "\u00ad", "\ufeff", "%20", "%2520", "&nbsp;", "&#32;", "* *", "` `", "~ ~"),
)
CLOSE = ("", " ", "-", ".", "\u200b", "\u00ad")
THOUSANDS = (",", ".", "'", " ", "\u00a0", "\u202f", "’")
BEFORE = (
    *("", "", "", "CC", "cc", "c", "x", "X", "card", "PAN", "Visa", "VISA", "No.", "#", "+", "*"),
    *("card:", "pan=", "cc-", "CC_", "nr", "Kartennr.", '"', "'", "(", "[", "`", "<", "cc/", "@"),
)
AFTER = (
    *("", "", "", "x", "X", "CC", "cc", "visa", "abc", "EUR", ".", ",", ";", ":", "!", "?", "…"),
    *('"', "'", ")", "]", "`", "*", ">", "-", " exp 12/27", " 12/27 123", " (Visa)", "\n", " "),
)
AROUND = (
    "{}",
    "It says {}, as typed.",
    "2026-11-23 14:02 {} was charged",
    "order BW-1001, {}, USD 12.50",
    "2026-11-23,{},12.50,EUR",
    '{{"pan": "{}", "amount": 1250}}',
    "https://pay.example/x?pan={}&a=1",
    "call +1 (555) 012-3456, card {} please",
    "412 payments, 37 settled; {} ",
    "Mon 23 Nov 2026, 10:02 EST (15:02 UTC): {} was used twice",
    "<b>{}</b>",
    "- first\n- {}\n- third",
)
ZEROS = (0x30, 0x30, 0x30, 0x30, 0xFF10, 0x0660, 0x0966, 0x1D7CE)


@dataclass(frozen=True, slots=True)
class Shape:
    """One number as it was written: its digits, and the fields that hold it."""

    digits: str
    fields: tuple[str, ...]


def luhn_end(body: str) -> str:
    """Return digits with the check digit that makes them pass."""
    return next(body + sign for sign in "0123456789" if _sum(body + sign) % 10 == 0)


def _sum(digits: str) -> int:
    doubled = [int(sign) * 2 for sign in digits[-2::-2]]
    return sum(map(int, digits[-1::-2])) + sum(value // 10 + value % 10 for value in doubled)


def shapes(count: int, seed: int = 5) -> Iterator[Shape]:
    """Yield that many card numbers, each in a shape of its own."""
    chance = random.Random(seed)
    while count:
        prefixes, lengths = chance.choice([*BRANDS.values()])
        digits = _number(chance, chance.choice(prefixes), chance.choice(lengths))
        shape = _written(chance, digits)
        if shape is not None:
            count -= 1
            yield shape


def ids(count: int, seed: int = 6) -> Iterator[Shape]:
    """Yield that many ids of sixteen digits which pass the check and that no issuer has."""
    chance = random.Random(seed)
    while count:
        shape = _written(chance, _number(chance, chance.choice(NO_ISSUER), 16))
        if shape is not None:
            count -= 1
            yield shape


def _number(chance: random.Random, prefix: str, length: int) -> str:
    rest = "".join(chance.choice("0123456789") for _ in range(length - len(prefix) - 1))
    return luhn_end(prefix + rest)


def _written(chance: random.Random, digits: str) -> Shape | None:
    before, after = chance.choice(BEFORE), chance.choice(AFTER)
    # Thirteen digits after a plus are a phone number, and stay one.
    if before == "+" and len(digits) < 14:
        return None
    zero = chance.choice(ZEROS)
    signs = "".join(chr(zero + int(sign)) for sign in digits)
    number = chance.choice(WAYS)(chance, signs)
    around = chance.choice(AROUND).format(f"{before}{number}{after}")
    if chance.random() < 0.15 and len(number) == len(digits):
        at = around.index(number) + chance.randrange(4, len(digits) - 3)
        return Shape(digits, (around[:at], around[at:]))
    return Shape(digits, (around,))


def _even(chance: random.Random, digits: str) -> str:
    size = 4 if len(digits) != 15 or chance.random() < 0.3 else 0
    groups = [digits[at : at + 4] for at in range(0, len(digits), 4)]
    if not size:
        groups = [digits[:4], digits[4:10], digits[10:]]
    if len(digits) == 14 and chance.random() < 0.6:
        groups = [digits[:4], digits[4:10], digits[10:]]
    return chance.choice(SEPARATORS).join(groups)


def _plain(_chance: random.Random, digits: str) -> str:
    return digits


def _halves(chance: random.Random, digits: str) -> str:
    at = chance.randrange(4, len(digits) - 3)
    return f"{digits[:at]}{chance.choice(SEPARATORS)}{digits[at:]}"


def _apart(chance: random.Random, digits: str) -> str:
    return chance.choice(CLOSE).join(digits)


def _thousands(chance: random.Random, digits: str) -> str:
    first = len(digits) % 3 or 3
    groups = [digits[:first], *(digits[at : at + 3] for at in range(first, len(digits), 3))]
    return chance.choice(THOUSANDS).join(groups)


WAYS: tuple[Callable[[random.Random, str], str], ...] = (
    _plain,
    _plain,
    _even,
    _even,
    _even,
    _halves,
    _apart,
    _thousands,
)
