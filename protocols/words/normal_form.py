"""The one form of outward words: what is checked, hashed, shown for review and sent.

Nothing that a reader does not see is left in it, and nothing that shows otherwise than it is
written: no invisible sign, no markup, no letter of another script in a Latin word. Whoever reads
words to find something in them reads this form, never what was typed. Source: M1, M2, T27; D15.
"""

from __future__ import annotations

import re
import unicodedata

from protocols.words.look_alikes import ALL, folded

INVISIBLE = (
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff"
)
"""Signs that show nothing, as the inside of a character class: they go from every text."""
LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
"""Everything but ``\\n`` that ends a line."""


_CONTROLS = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"
_STROKES = "\u0305\u0332\u0333\u0335-\u0338\u033f\u0488\u0489\u20d0-\u20f0\ufe20-\ufe2f"
_JOINERS = "\u200c\u200d"
_UNSEEN = re.compile(f"[{INVISIBLE}{_CONTROLS}{_STROKES}\ufe00-\ufe0f]")
_BROKEN = re.compile("[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\ue000-\uf8ff\U000f0000-\U0010ffff]")
_HAIR = re.compile(r"(?<=[^\W\d_])\u200a+(?=[^\W\d_])")
"""A space as thin as a hair: between two letters nobody sees it."""
_JOINER = re.compile(f"[{_JOINERS}]+")


_LINK = re.compile(r"<(?! )([^<>|\n]*)\|([^<>\n]*)>|<([@#!]|https?:|mailto:|tel:)([^<>|\n]+)>")
_FENCE = re.compile("`{3,}")
_MARKED = (
    *(
        re.compile(rf"(?<![^\W_]){mark}([^\s](?:[^{mark}\n]*[^\s])?){mark}(?![^\W_])")
        for mark in (r"\*", "~")
    ),
    re.compile(r"(?<![^\W_])_([^_\n]+)_(?![^\W_])"),
    re.compile("`([^`\n]+)`"),
)
_QUOTED = re.compile(r"^(?:>{1,3} ?)+(?=[^\W\d_])", re.MULTILINE)


_ALIKE = {
    **dict.fromkeys(map(ord, "‐‑‒–−⁃﹘﹣－˗᠆־⹀゠"), "-"),
    **dict.fromkeys(map(ord, "—―⸺⸻〜〰"), "\u2014"),
    **dict.fromkeys(map(ord, "‘’‚‛ʼʻʽˈ′´｀＇‹›ʹꞌ"), "'"),
    **dict.fromkeys(map(ord, "“”„‟″«»〃＂ʺ❝❞"), '"'),
    **dict.fromkeys(map(ord, "∶꞉ː˸"), ":"),
    **dict.fromkeys(map(ord, "∕⁄⧸"), "/"),
    ord("\u2800"): " ",
}
_LONG_DASH = re.compile(r"(?<=\w)\u2014(?=\w)")
_UNFOLDED = re.compile("[\u3300-\u3357\ufdf0-\ufdfb]+")
_FRACTION = re.compile("(?<=\\d)(?=[¼-¾⅐-⅞])")
_RAISED = re.compile("(?<=\\d)(?=[²³¹⁰⁴-⁹])")
_LOOSE_MARK = re.compile("(?<=[a-zA-Z\u00c0-\u024f\u1e00-\u1eff])[\u0300-\u036f]+")


_SIMPLE = re.compile(r"[A-Za-z0-9.,:;!?()'/&-]+(?:[ \n][A-Za-z0-9.,:;!?()'/&-]+)*")
"""Words that are in normal form as they stand."""
_BLANKS = re.compile(r"[^\S\n]+")
_BREAKS = re.compile(r" ?\n[ \n]*")
_WORD = re.compile(r"[^\W_]+")


def normal(text: str) -> str:
    """Bring outward words into their one form.

    Args:
        text: words as typed, pasted or kept.

    Returns:
        The words to check, to hash, to show and to send. The form of a form is itself.
    """
    if _SIMPLE.fullmatch(text):
        return text
    again = _once(text)
    while again != text:
        text, again = again, _once(again)
    return text


def normal_fields(fields: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Return the fields of an outward text, each in its normal form."""
    return tuple((name, normal(text)) for name, text in fields)


def _once(text: str) -> str:
    text = LINE_ENDS.sub("\n", text)
    # An invisible sign ends a word for Slack: "_be_" before one is italic, so marks go first.
    text = _visible(_bare(_UNSEEN.sub("\u200b", text)))
    text = _compatible(text).translate(_ALIKE)
    text = _LONG_DASH.sub(" - ", text).replace("\u2014", "-")
    text = folded(_bare(text))
    return _BREAKS.sub("\n", _BLANKS.sub(" ", text)).strip()


def _bare(text: str) -> str:
    """Return text without Slack's markup: a link or a mention is what it shows."""
    before = ""
    text = _FENCE.sub("", text)
    while before != text:
        before = text
        text = _LINK.sub(_shown, text)
        for marked in _MARKED:
            text = marked.sub(r"\1", text)
    return _QUOTED.sub("", text)


def _shown(link: re.Match[str]) -> str:
    target, label, sign, rest = (part or "" for part in link.groups())
    if sign:
        return rest if sign in ("!", "mailto:", "tel:") else f"{sign}{rest}"
    if not label:
        return target.lstrip("!")
    return f"{target[:1]}{label.lstrip('@#')}" if target[:1] in ("@", "#") else label


def _visible(text: str) -> str:
    return _BROKEN.sub("\ufffd", _JOINER.sub(_joining, _HAIR.sub("", _UNSEEN.sub("", text))))


def _joining(found: re.Match[str]) -> str:
    """Keep one joiner where a script or an emoji needs it; between Latin letters none is seen."""
    text, at, end = found.string, found.start(), found.end()
    sides = (text[at - 1 : at], text[end : end + 1])
    return found[0][0] if all(map(_needs_joiner, sides)) else ""


def _needs_joiner(sign: str) -> bool:
    if not sign:
        return False
    kind = unicodedata.category(sign)
    return kind in ("So", "Sk") or (sign >= "\u0600" and kind in ("Lo", "Mn", "Mc"))


def _compatible(text: str) -> str:
    """Return NFKC, without what would change a figure, and without letters of many letters."""
    text = _RAISED.sub("^", _FRACTION.sub(" ", text.replace("´", "'")))
    parts: list[str] = []
    at = 0
    for kept in _UNFOLDED.finditer(text):
        parts += (unicodedata.normalize("NFKC", text[at : kept.start()]), kept[0])
        at = kept.end()
    parts.append(unicodedata.normalize("NFKC", text[at:]))
    return _LOOSE_MARK.sub("", "".join(parts))


class _Reading(dict[int, str]):
    """What each sign is read as: one plain sign, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        base = unicodedata.normalize("NFD", sign)[0]
        plain = ALL.get(sign) or ALL.get(base) or base
        if unicodedata.category(sign) == "Nd":
            plain = str(unicodedata.decimal(sign))
        self[code] = " " if sign == "\n" else plain
        return self[code]


_READING = _Reading()


def reading(text: str) -> str:
    """Return how checks read words in normal form: line breaks as blanks, letters as plain ones.

    It is as long as the text, so that a place in it is the same place in the text.
    """
    return text.translate(_READING)


def words(text: str) -> list[str]:
    """Return the words of any text as they compare: of its normal form, in one case."""
    return _WORD.findall(reading(normal(text)).casefold())
