"""Card and bank numbers in free text: found under their disguises, and masked.

A card number is an issuer's prefix, 13 to 19 digits and a Luhn check; a routing number needs
its checksum and a word or number beside it; an IBAN needs its length and mod 97. Everything
outside of a hit stays as it was typed. Source: M14, T27.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from protocols.words.plain_digits import DigitGroup, Plain, groups, is_break, plain

_FEWEST_DIGITS = 9
_SHORTEST_CARD, _LONGEST_CARD = 13, 19
_CONTEXT_CHARS = 40
_BESIDE_CHARS = 24
_BETWEEN_FIELDS = "\n"
_ROUTING_WORD = re.compile(r"\b(?:routing|aba|rtn|transit|accounts?|acct)\b")
_ROUTING_PREFIX = frozenset([*range(13), *range(21, 33), *range(61, 73), 80])
_SHAPES = frozenset([(4, 6, 5), (4, 6, 4), (4, 3, 3, 3), (4, 4, 5), (6, 13), (4, 5, 6)])
_IBAN_START = re.compile(
    r"(?:(?<![a-z0-9])|(?<=iban))([a-z]{2})(?=[^a-z0-9]{0,3}[0-9][^a-z0-9]{0,3}[0-9])"
)
_IBAN_END = re.compile(r"[a-z]{0,2}(?![^\W_])")
_IBAN_LENGTHS = {
    code: length
    for length, codes in {
        15: "no",
        16: "be",
        18: "dk fi fo gl nl sd",
        19: "mk si",
        20: "at ba ee kz lt lu mn xk",
        21: "ch hr li lv",
        22: "bg bh cr de gb ge ie me rs va",
        23: "ae gi il iq om tl",
        24: "ad cz es md pk ro sa se sk tn vg",
        25: "ly pt st",
        26: "is tr",
        27: "bi dj fr gr it mc sm",
        28: "al az by cy do gt hu lb ni pl sv",
        29: "br eg ps qa ua",
        30: "jo kw mu",
        31: "mt sc",
        32: "lc",
        33: "ru",
    }.items()
    for code in codes.split()
}


class NumberKind(StrEnum):
    """What a masked number is, in the words of the mask."""

    CARD = "card number"
    ROUTING = "routing number"
    ACCOUNT = "account number"
    IBAN = "IBAN"


@dataclass(frozen=True, slots=True)
class MaskedNumber:
    """One number that was masked, and where it stood in the text as typed."""

    kind: NumberKind
    last4: str
    start: int
    end: int

    @property
    def mask(self) -> str:
        """Return what stands in its place, e.g. ``[card number ending 1111 masked]``."""
        return f"[{self.kind} ending {self.last4} masked]"


MASK = re.compile(rf"\[(?P<kind>{'|'.join(NumberKind)}) ending (?P<last4>\w{{4}}) masked\]")
"""What stands where a number was masked: the text held one when it was typed."""


@dataclass(frozen=True, slots=True)
class Masked:
    """A text without card and bank numbers, and what was taken out."""

    text: str
    found: tuple[MaskedNumber, ...]


def mask_form(texts: Sequence[str]) -> tuple[tuple[str, ...], tuple[MaskedNumber, ...]]:
    """Mask numbers in the fields of one form, also those split over fields.

    Args:
        texts: what stands in each field, in the order of the form.

    Returns:
        What to keep of each, and the numbers found; a split one is masked in each of its fields.
        Where a number stood is counted over all fields, one sign between two of them.
    """
    found = mask(_BETWEEN_FIELDS.join(texts)).found
    kept, start = [], 0
    for text in texts:
        end = start + len(text)
        kept.append(_without(text, start, [hit for hit in found if _lies_in(hit, start, end)]))
        start = end + len(_BETWEEN_FIELDS)
    return tuple(kept), found


def _lies_in(hit: MaskedNumber, start: int, end: int) -> bool:
    return hit.start < end and hit.end > start


def _without(text: str, start: int, found: Sequence[MaskedNumber]) -> str:
    pieces: list[str] = []
    at = 0
    for hit in found:
        pieces += (text[at : max(0, hit.start - start)], hit.mask)
        at = hit.end - start
    return "".join((*pieces, text[at:]))


def masks_in(text: str) -> tuple[MaskedNumber, ...]:
    """Return the numbers that were masked in a text before, as far as their masks say."""
    return tuple(
        MaskedNumber(NumberKind(found["kind"]), found["last4"], found.start(), found.end())
        for found in MASK.finditer(text)
    )


def masked_and_cut(text: str, limit: int) -> str:
    """Return at most `limit` characters of a text, with every number masked before the cut.

    A number that the cut would have halved is found whole, and no mask is cut in two.
    """
    kept = mask(text).text
    if len(kept) <= limit:
        return kept
    end = next((at.start() for at in MASK.finditer(kept) if at.start() < limit < at.end()), limit)
    return kept[:end]


def mask(text: str) -> Masked:
    """Replace card and bank numbers by their kind and last four digits.

    Args:
        text: any text, as typed.

    Returns:
        The text to keep, and the numbers found, in order. Source: M14, T27.
    """
    if text.isascii() and sum(map(text.count, "0123456789")) < _FEWEST_DIGITS:
        return Masked(text, ())
    found = _find(plain(text))
    return Masked(_without(text, 0, found), found)


def _find(stream: Plain) -> tuple[MaskedNumber, ...]:
    runs = groups(stream)
    hits = [*_ibans(stream)]
    for run in runs:
        hits += _cards(run)
    hits += _routing(stream, [group for run in runs for group in run if not group.has_unit])
    chosen: list[MaskedNumber] = []
    for hit in sorted(hits, key=lambda each: (each.start, -each.end)):
        if not chosen or hit.start >= chosen[-1].end:
            chosen.append(hit)
    return tuple(chosen)


def _cards(run: Sequence[DigitGroup]) -> Iterator[MaskedNumber]:
    window: tuple[int, int] | None = None
    for first, last, fits in _card_windows(run):
        if window and first >= window[1]:
            yield _hit(NumberKind.CARD, run[window[0] : window[1]])
            window = None
        if fits:
            window = (first, last) if window is None else (window[0], max(window[1], last))
    if window:
        yield _hit(NumberKind.CARD, run[window[0] : window[1]])


def _card_windows(run: Sequence[DigitGroup]) -> Iterator[tuple[int, int, bool]]:
    for first in range(len(run)):
        digits = ""
        best = (False, first)
        for last in range(first, len(run)):
            digits += run[last].digits
            if len(digits) > _LONGEST_CARD:
                break
            if is_card(digits) and _is_one_number(run, first, last + 1):
                best = max(best, (_is_uniform(run[first : last + 1]), last + 1))
        yield first, best[1], best[1] > first


def _is_one_number(run: Sequence[DigitGroup], first: int, last: int) -> bool:
    sizes = [len(group.digits) for group in run[first:last]]
    if len(sizes) <= 2 or tuple(sizes) in _SHAPES:
        return True
    if _is_thousands(run, first, last):
        return True
    if _is_even(sizes):
        return sizes[0] > 3 or not _goes_on(run, first, last, sizes[0])
    glued = _glued(run[first:last])
    return len(glued) <= 2 or tuple(glued) in _SHAPES or _is_even(glued)


def _is_thousands(run: Sequence[DigitGroup], first: int, last: int) -> bool:
    """Say whether groups are one figure with its thousands apart: 4,111,111,111,111,111."""
    sizes = [len(group.digits) for group in run[first:last]]
    if sizes[0] > 3 or any(size != 3 for size in sizes[1:]):
        return False
    return _is_uniform(run[first:last]) and not _goes_on(run, first, last, 3)


def _is_even(sizes: Sequence[int]) -> bool:
    return all(size == sizes[0] for size in sizes[:-1]) and sizes[-1] <= sizes[0] + 1


def _is_uniform(window: Sequence[DigitGroup]) -> bool:
    return len({group.between for group in window[1:] if not is_break(group.between)}) <= 1


def _goes_on(run: Sequence[DigitGroup], first: int, last: int, size: int) -> bool:
    before = first > 0 and len(run[first - 1].digits) == size
    return before or (last < len(run) and len(run[last].digits) == size)


def _glued(window: Sequence[DigitGroup]) -> list[int]:
    sizes: list[int] = []
    for group in window:
        if sizes and is_break(group.between):
            sizes[-1] += len(group.digits)
        else:
            sizes.append(len(group.digits))
    return sizes


def _routing(stream: Plain, every: Sequence[DigitGroup]) -> Iterator[MaskedNumber]:
    for index in range(len(every)):
        for last in range(index + 1, min(index + 9, len(every)) + 1):
            window = every[index:last]
            digits = "".join(each.digits for each in window)
            if len(digits) > 9:
                break
            if not is_routing(digits) or not _is_one_routing(window):
                continue
            beside = [*_beside(every, index, last)]
            if beside or _has_routing_word(stream, window):
                yield _hit(NumberKind.ROUTING, window)
                yield from (_hit(NumberKind.ACCOUNT, [each]) for each in beside)
                break


def _is_one_routing(window: Sequence[DigitGroup]) -> bool:
    sizes = tuple(len(each.digits) for each in window)
    shaped = len(sizes) <= 2 or sizes in ((4, 4, 1), (3, 3, 3), (1,) * 9)
    return window[0].run == window[-1].run and (shaped or len(_glued(window)) == 1)


def _beside(every: Sequence[DigitGroup], first: int, last: int) -> Iterator[DigitGroup]:
    for near, edge in ((first - 1, first), (last, last - 1)):
        if 0 <= near < len(every) and 8 <= len(every[near].digits) <= 17:
            left, right = sorted((every[near], every[edge]), key=lambda each: each.from_index)
            if right.from_index - left.to_index <= _BESIDE_CHARS:
                yield every[near]


def _has_routing_word(stream: Plain, window: Sequence[DigitGroup]) -> bool:
    start = max(0, window[0].from_index - _CONTEXT_CHARS)
    near = stream.text[start : window[-1].to_index + _CONTEXT_CHARS]
    return _ROUTING_WORD.search(near) is not None


def _ibans(stream: Plain) -> Iterator[MaskedNumber]:
    for start in _IBAN_START.finditer(stream.text):
        length = _IBAN_LENGTHS.get(start[1])
        if length is None:
            continue
        last = _iban_end(stream.text, start.start(), length)
        if last is not None:
            from_at, to_at = stream.start[start.start()], stream.end[last]
            tail = "".join(filter(str.isalnum, stream.text[start.start() : last + 1]))[-4:]
            yield MaskedNumber(NumberKind.IBAN, tail.upper(), from_at, to_at)


def _iban_end(text: str, first: int, length: int) -> int | None:
    signs, sizes, before = "", [0], first - 1
    for index in range(first, min(len(text), first + 4 * length)):
        sign = text[index]
        if not (sign.isascii() and sign.isalnum()):
            continue
        between = text[before + 1 : index]
        if between and not is_break(between):
            sizes.append(0)
        sizes[-1] += 1
        signs, before = signs + sign, index
        if len(signs) == length:
            ends = _IBAN_END.match(text, index + 1) is not None
            even = all(size == sizes[0] for size in sizes[:-1]) and sizes[-1] <= sizes[0]
            return index if ends and even and is_iban(signs) else None
    return None


def _hit(kind: NumberKind, window: Sequence[DigitGroup]) -> MaskedNumber:
    digits = "".join(group.digits for group in window)
    return MaskedNumber(kind, digits[-4:], window[0].start, window[-1].end)


def is_card(digits: str) -> bool:
    """Say whether digits are a card number: length, issuer's prefix and Luhn check."""
    if not _SHORTEST_CARD <= len(digits) <= _LONGEST_CARD:
        return False
    return _is_issued(digits) and _luhn(digits)


def _is_issued(digits: str) -> bool:
    length, two, three, four = len(digits), int(digits[:2]), int(digits[:3]), int(digits[:4])
    long = length >= 16
    return (
        (digits[0] == "4" and length in (13, 16, 19))
        or (51 <= two <= 55 and length == 16)
        or (2200 <= four <= 2204 and long)
        or (2221 <= four <= 2720 and length == 16)
        or (two in (34, 37) and length == 15)
        or (long and (four == 6011 or 644 <= three <= 649 or two in (62, 65)))
        or (length == 14 and (300 <= three <= 305 or four == 3095 or two in (36, 38, 39)))
        or (long and 3528 <= four <= 3589)
        or (length == 15 and four in (1800, 2131))
        or four in (5018, 5020, 5038, 5893, 6304, 6759, 6761, 6762, 6763)
        or (long and four in (5060, 5061, 5085, 5086, 5087, 5088, 9792))
    )


def _luhn(digits: str) -> bool:
    total = 0
    for index, sign in enumerate(reversed(digits)):
        value = int(sign)
        if index % 2:
            value = value * 2 - 9 if value > 4 else value * 2
        total += value
    return total % 10 == 0


def is_routing(digits: str) -> bool:
    """Say whether nine digits are a US routing number: prefix and 3-7-1 checksum."""
    if len(digits) != 9 or int(digits[:2]) not in _ROUTING_PREFIX or digits == "000000000":
        return False
    return sum(int(sign) * (3, 7, 1)[index % 3] for index, sign in enumerate(digits)) % 10 == 0


def is_iban(signs: str) -> bool:
    """Say whether signs are an IBAN: a country's length and the mod 97 check."""
    signs = signs.casefold()
    if _IBAN_LENGTHS.get(signs[:2]) != len(signs):
        return False
    return int("".join(str(int(sign, 36)) for sign in signs[4:] + signs[:4])) % 97 == 1
