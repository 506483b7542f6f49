"""What happens to other people's text before it stands in one of our messages.

Text from outside is cleaned (no invisible or direction-changing characters), then *masked*: every
character that our notation or Slack's markup gives a meaning is moved to a private code point, so
that it cannot be taken for structure. The compiler puts the characters back when all parsing is
done: escaped where Slack reads markup, as they were where it does not.

Source: M4 (no injection), reliability T09, T10, T12, F31.
"""

from __future__ import annotations

import re
import unicodedata

from protocols.words.normal_form import INVISIBLE, LINE_ENDS

MARKS = "\n|[](){}:;=*~<>&\\"
"""Every character that the notation or mrkdwn reads as structure."""


VALUE_BASE = 0xF0000
RAW_BASE = 0xF0100
QUOTE = "\U000f0200"
"""Our own quotation mark inside outside text; restored unescaped."""


_MASK = {ord(char): chr(VALUE_BASE + ord(char)) for char in MARKS}
_MARK_CLASS = re.compile("[" + re.escape(MARKS) + "]")
_RAW = {char: chr(RAW_BASE + ord(char)) for char in MARKS}
RAW_OPEN, RAW_BAR, RAW_CLOSE = _RAW["<"], _RAW["|"], _RAW[">"]


_PLAIN = {chr(VALUE_BASE + ord(char)): char for char in MARKS}
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_MRKDWN = {chr(VALUE_BASE + ord(char)): _ESCAPES.get(char, char) for char in MARKS}
_MRKDWN |= {chr(RAW_BASE + ord(char)): char for char in MARKS}
_MRKDWN[QUOTE] = _PLAIN[QUOTE] = ">"
_UNRAW = {ord(raw): char for char, raw in _RAW.items()}
_HIDDEN = re.compile("[\U000f0000-\U000f02ff]")
_ATOM = re.compile(f"{RAW_OPEN}[^{RAW_CLOSE}]*{RAW_CLOSE}|.", re.DOTALL)
_RAW_MARK = re.compile(
    f"{RAW_OPEN}([^{RAW_BAR}{RAW_CLOSE}]*){RAW_BAR}?([^{RAW_CLOSE}]*){RAW_CLOSE}"
)


_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_JOINERS = re.compile(
    "(?:(?<=[\x00-\x7f])|(?<=^))[\u200c\u200d]+|(?<=[\u200c\u200d])[\u200c\u200d]+"
)
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\U000f0000-\U0010ffff]"
)
_LONGEST_WORD = 24
_BACK_LIMIT = 64


def clean(text: str) -> str:
    """Return ``text`` without characters that hide, reorder or break what a reader sees.

    Invisible and direction-changing characters go; control characters, lone surrogates and
    private code points are shown as a replacement sign, so that nothing vanishes unseen.
    """
    if text.isascii() and text.isprintable():
        return text
    text = LINE_ENDS.sub("\n", text).replace("\t", " ")
    text = _INVISIBLE.sub("", text)
    text = _JOINERS.sub("", text)
    return _UNPRINTABLE.sub("\ufffd", text)


def one_line(text: str) -> str:
    """Return ``text`` with every run of white space made one space."""
    return " ".join(text.split())


def mask(text: str) -> str:
    """Move the structural characters of cleaned outside text to their private code points."""
    return text.translate(_MASK) if _MARK_CLASS.search(text) else text


def mask_raw(text: str) -> str:
    """Move the structural characters of markup that we made ourselves, to be restored as it is."""
    return _MARK_CLASS.sub(lambda match: _RAW[match[0]], text)


def to_mrkdwn(masked: str) -> str:
    """Restore masked text for a place where Slack reads markup: outside text is escaped."""
    return _HIDDEN.sub(lambda match: _MRKDWN[match[0]], masked)


def to_plain(masked: str) -> str:
    """Restore masked text for a place where nothing reads markup.

    Raises:
        ValueError: Markup of ours (a date token, a mention) stands where it would show as code.
    """
    if RAW_OPEN in masked:
        raise ValueError("a date token, mention or link stands in plain text")
    return _HIDDEN.sub(lambda match: _PLAIN[match[0]], masked)


def to_mail(masked: str) -> str:
    """Restore masked text for a mail: markup becomes the words a reader would have seen."""
    return to_plain(_RAW_MARK.sub(_spoken_mark, masked))


def _spoken_mark(match: re.Match[str]) -> str:
    target, label = (_from_raw(part) for part in match.groups())
    if target.startswith(("!", "@")):
        return label or target[1:]
    if target.startswith("#"):
        return "#" + (label or target[1:])
    return target if label in {"", target} else f"{label}: {target}"


def _from_raw(part: str) -> str:
    words = part.translate(_UNRAW)
    for char, escaped in reversed(_ESCAPES.items()):
        words = words.replace(escaped, char)
    return mask(words)


def escaped_size(text: str) -> int:
    """Return how many characters cleaned text takes once Slack's three escapes are made."""
    return len(text) + 4 * text.count("&") + 3 * (text.count("<") + text.count(">"))


def cut(text: str, limit: int) -> str:
    """Return cleaned text of at most ``limit`` escaped characters, with "…" where it was cut.

    The cut never falls inside a grapheme: an accent, a flag or a joined emoji stays whole. It falls
    between words where one ends near enough.
    """
    if len(text) <= limit // 5 or escaped_size(text) <= limit:
        return text
    room, size = limit - 1, 0
    for index, char in enumerate(text):
        size += len(_ESCAPES.get(char, char))
        if size > room:
            return text[: _word_start(text, grapheme_start(text, index))].rstrip() + "…"
    return text


def _word_start(text: str, place: int) -> int:
    """Return where the word begins that a cut would part; the place itself in a long one."""
    inside = 0 < place < len(text) and not (text[place].isspace() or text[place - 1].isspace())
    words = text[max(0, place - _LONGEST_WORD) : place]
    blank = max((at for at, sign in enumerate(words) if sign.isspace()), default=-1)
    return place - len(words) + blank if inside and blank > 0 else place


def grapheme_start(text: str, index: int) -> int:
    """Return the nearest place at or before ``index`` where ``text`` may be cut."""
    place = index
    while 0 < place < len(text) and index - place < _BACK_LIMIT and _joined(text, place):
        place -= 1
    if index - place >= _BACK_LIMIT:
        return index
    return place


def _joined(text: str, place: int) -> bool:
    here, before = text[place], text[place - 1]
    if before == "\u200d" or here == "\u200d" or unicodedata.category(here).startswith("M"):
        return True
    if "\U0001f3fb" <= here <= "\U0001f3ff":
        return True
    if _is_regional(here) and _is_regional(before):
        run = 0
        while run < place and _is_regional(text[place - 1 - run]) and run < _BACK_LIMIT:
            run += 1
        return run % 2 == 1
    return False


def _is_regional(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def pieces(masked: str, limit: int, *, plain: bool = False) -> list[str]:
    """Split masked text into parts that each restore to at most ``limit`` characters.

    Parts end at a line break or a space where there is one in their last third.
    """
    restore = to_plain if plain else to_mrkdwn
    if len(masked) <= limit // 5 or len(restore(masked)) <= limit:
        return [masked]
    parts: list[str] = []
    rest = masked
    while rest:
        head = _fitting(rest, limit, restore)
        if len(head) < len(rest):
            head = head[: _soft_end(head)]
        parts.append(head.strip(f" \n{_MASK[10]}"))
        rest = rest[len(head) :]
    return [part for part in parts if part]


def cut_masked(masked: str, limit: int, *, plain: bool = False) -> str:
    """Return masked text cut so that it restores to at most ``limit`` characters."""
    restore = to_plain if plain else to_mrkdwn
    if len(masked) <= limit // 5 or len(restore(masked)) <= limit:
        return masked
    return _fitting(masked, limit - 1, restore).rstrip() + "…"


def _fitting(masked: str, limit: int, restore: object) -> str:
    escaped = restore is to_mrkdwn
    size, end = 0, 0
    for match in _ATOM.finditer(masked):
        size += len(to_mrkdwn(match[0])) if escaped else 1
        if size > limit:
            return masked[: grapheme_start(masked, end) or end]
        end = match.end()
    return masked


def _soft_end(head: str) -> int:
    floor = len(head) * 2 // 3
    for mark in (_MASK[10], "\n", " "):
        place = head.rfind(mark, floor)
        if place > 0:
            return place + 1
    return len(head)
