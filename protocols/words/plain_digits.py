"""Text reduced to plain signs, so that a disguised number reads like a plain one.

Each plain sign keeps where it stood in the text as typed. Percent codes and entities are
decoded, compatibility forms and the digits of all scripts become ASCII, invisible and
combining signs vanish. Numbers of known other shapes (instants, amounts, phones, UUIDs) are
left out of the digit groups. Source: T27.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_CODED = re.compile(
    r"(?:%(?:25){0,4}[0-9a-fA-F]{2}){1,64}|&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,10});"
)
_PERCENT = re.compile(r"%(?:25)*([0-9a-fA-F]{2})")
_GAP_CHARS = 8
_SHORTEST_PHONE, _LONGEST_PHONE = 10, 14
_LONGEST_BEFORE_A_BREAK = 12
_GOES_ON = re.compile(r"(?!, |,\n)[^\w=@#$%&^?!§¶°;+]{1,4}([0-9]+)")
_LONGEST_AMOUNT = 12
_WHOLE_CARD = 13
_MOST_ATTACHED = 8
_SHORTEST_WORD = 3
_BREAKS = frozenset("\n\r*_`~>|\"'\\<\u2028\u2029\x0b\x0c")
_DIVIDERS = frozenset("=@#$%&^?!§¶°")
_OTHER_NUMBERS = re.compile(
    r"(?<![0-9a-f])[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![0-9a-f])"
    r"|(?<![0-9.])[12][0-9]{9}\.[0-9]{6}(?![0-9])"
    r"|(?<![0-9])(?:19|20)[0-9]{2}([-/.])(?:0[1-9]|1[0-2])\1(?:0[1-9]|[12][0-9]|3[01])(?![0-9])"
    r"|(?<![0-9:])(?:[01]?[0-9]|2[0-4]):[0-5][0-9](?::[0-5][0-9](?:[.,][0-9]{1,9})?)?(?![0-9:])"
    r"|(?<![0-9.,])[0-9]{1,3}(?:,[0-9]{3}){1,4}(?:\.[0-9]{1,2})?(?![0-9,])"
    r"|(?<![0-9.])(?<![0-9],)[0-9]{1,9}\.[0-9]{2}(?![0-9.])"
    r"|(?<![0-9.])[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?![0-9.])"
    r"|(?<![0-9])\+[0-9]{1,3}[ ./()-]{0,2}[0-9]{1,5}(?:[ ./()-]{1,2}[0-9]{1,9}){0,4}(?![0-9])"
    r"|(?<![0-9])\+[0-9]{7,15}(?![0-9])"
)


@dataclass(frozen=True, slots=True)
class Plain:
    """The plain signs of a text, and the place of each in the text as typed."""

    text: str
    start: list[int]
    end: list[int]


@dataclass(frozen=True, slots=True)
class DigitGroup:
    """Digits without anything between them.

    Attributes:
        digits: the digits, in ASCII.
        start: where they begin in the text as typed.
        end: where they end there.
        from_index: where they begin among the plain signs.
        to_index: where they end there.
        run: number of the run of groups that they belong to.
        between: what stands between them and the group before in the run.
        has_unit: whether one or two letters stand at them, as in ``12GB``.
    """

    digits: str
    start: int
    end: int
    from_index: int
    to_index: int
    run: int
    between: str
    has_unit: bool


def plain(text: str) -> Plain:
    """Return the plain signs of a text, in lower case."""
    signs: list[str] = []
    start: list[int] = []
    end: list[int] = []
    for from_at, to_at, sign in _decoded(text):
        for simple in _simple(sign):
            signs.append(simple)
            start.append(from_at)
            end.append(to_at)
    return Plain("".join(signs), start, end)


def _decoded(text: str) -> Iterator[tuple[int, int, str]]:
    at = 0
    for coded in _CODED.finditer(text):
        yield from ((index, index + 1, text[index]) for index in range(at, coded.start()))
        if coded[0][0] == "&":
            yield from ((coded.start(), coded.end(), sign) for sign in html.unescape(coded[0]))
        else:
            yield from _percent_decoded(coded)
        at = coded.end()
    yield from ((index, index + 1, text[index]) for index in range(at, len(text)))


def _percent_decoded(coded: re.Match[str]) -> Iterator[tuple[int, int, str]]:
    codes = [
        (coded.start() + code.start(), coded.start() + code.end(), int(code[1], 16))
        for code in _PERCENT.finditer(coded[0])
    ]
    at = 0
    for sign in bytes(value for _, _, value in codes).decode("utf-8", "surrogateescape"):
        size = len(sign.encode("utf-8", "surrogateescape"))
        yield codes[at][0], codes[at + size - 1][1], sign
        at += size


@lru_cache(maxsize=4096)
def _simple(sign: str) -> str:
    if sign.isascii():
        return sign.lower()
    return "".join(map(_one_simple, unicodedata.normalize("NFKC", sign)))


def _one_simple(sign: str) -> str:
    kind = unicodedata.category(sign)
    if kind in ("Cf", "Mn", "Me"):
        return ""
    if kind == "Nd":
        return str(unicodedata.decimal(sign))
    lowered = sign.lower()
    return lowered if len(lowered) == 1 else sign


def groups(stream: Plain) -> list[list[DigitGroup]]:
    """Find the digit groups that may be parts of one number.

    Args:
        stream: the plain signs of a text.

    Returns:
        Runs of groups with nothing but separators between them. Groups within numbers of
        another known shape, and digits within a word such as a hash, end a run.
    """
    taken = _taken(stream.text)
    runs: list[list[DigitGroup]] = []
    before: re.Match[str] | None = None
    for digits in re.finditer(r"[0-9]+", stream.text):
        if taken[digits.start()] or _in_a_token(stream.text, digits):
            before = None
            continue
        between = stream.text[before.end() : digits.start()] if before else ""
        if before is None or not _separates(between):
            runs.append([])
            between = ""
        runs[-1].append(_group(stream, digits, len(runs), between))
        before = digits
    return runs


def _group(stream: Plain, digits: re.Match[str], run: int, between: str) -> DigitGroup:
    return DigitGroup(
        digits=digits[0],
        start=stream.start[digits.start()],
        end=stream.end[digits.end() - 1],
        from_index=digits.start(),
        to_index=digits.end(),
        run=run,
        between=between,
        has_unit=0 < len(_attached(stream.text, digits.end(), 1)) < _SHORTEST_WORD,
    )


def is_break(between: str) -> bool:
    """Say whether only a line's end or marks of formatting stand between two signs."""
    return bool(between) and ("\n" in between or all(sign in _BREAKS for sign in between))


def _taken(text: str) -> bytearray:
    taken = bytearray(len(text))
    for other in _OTHER_NUMBERS.finditer(text):
        is_other = _is_phone(text, other) if other[0][0] == "+" else not _is_long(other[0])
        if is_other:
            taken[other.start() : other.end()] = b"\x01" * (other.end() - other.start())
    return taken


def _is_phone(text: str, other: re.Match[str]) -> bool:
    """Say whether digits after a plus are a phone number: not too few, nor a longer number."""
    sizes = [len(digits) for digits in re.findall("[0-9]+", other[0])]
    count = sum(sizes)
    if not _SHORTEST_PHONE <= count <= _LONGEST_PHONE:
        return False
    # A code of a country has three figures at most.
    if count == _LONGEST_PHONE and sizes[0] > 3:
        return False
    more = _GOES_ON.match(text, other.end())
    if more is None or ("\n" in more[0] and count > _LONGEST_BEFORE_A_BREAK):
        return True
    return count + len(more[1]) <= _LONGEST_PHONE


def _is_long(other: str) -> bool:
    """Say whether an amount has more figures than money does, so that it may be a card."""
    if "," not in other:
        return False
    return sum(map(str.isdigit, other.partition(".")[0])) > _LONGEST_AMOUNT


def _separates(between: str) -> bool:
    if len(between) > _GAP_CHARS:
        return False
    return not any(sign.isalnum() or sign in _DIVIDERS for sign in between)


def _in_a_token(text: str, digits: re.Match[str]) -> bool:
    """Say whether digits are a part of a word such as a hash, not a number with letters at it."""
    attached = _attached(text, digits.start() - 1, -1) + _attached(text, digits.end(), 1)
    if len(digits[0]) >= _WHOLE_CARD:
        return len(attached) > _MOST_ATTACHED
    return not (attached.isalpha() or not attached)


def _attached(text: str, index: int, step: int) -> str:
    signs = ""
    while 0 <= index < len(text) and len(signs) < 12 and text[index].isalnum():
        signs += text[index]
        index += step
    return signs
