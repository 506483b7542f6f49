"""How a message's words are laid out as a mail.

The words are the same; what only Slack can show (buttons, bold, tokens) becomes text. Addresses of
buttons stay, because they work from a mail too.
"""

from __future__ import annotations

import re

from templates.kit import notation, text
from templates.kit.errors import TemplateBroken
from templates.kit.notation import Item

_BREAK = text.mask("\n")
"""A line break of outside text: no mark of ours reaches over it."""
_BOLD = re.compile(r"\*([^*\n]+)\*")
_ITALIC = re.compile(rf"(?<!\w)_([^_\n{_BREAK}]+)_(?!\w)")
_CODE = re.compile(rf"`([^`\n{_BREAK}]+)`")
_REFERENCE = re.compile(r"\b[A-Z][A-Z0-9]*-\d+")
DRILL_LINE = "DRILL. Nothing in this mail is real."


def lay_out(name: str, items: list[Item], closing: str, *, drill: bool) -> tuple[str, str]:
    """Return subject and body.

    Raises:
        TemplateBroken: The message has no notification text.
        ValueError: Markup stands where it would show as code.
    """
    if not items or items[0].key != "text":
        raise TemplateBroken(name, "its first line is not its notification text")
    notice = text.to_mail(_bare(items[0].rest))
    known = _REFERENCE.search(notice)
    subject = under(known[0], notice) if known is not None else notice
    paragraphs = [part for part in (_paragraph(name, item) for item in items[1:]) if part]
    if closing:
        paragraphs.append(text.to_mail(closing.strip()))
    if drill:
        subject = f"[DRILL] {subject}"
        paragraphs.append(DRILL_LINE)
    return " ".join(subject.split()), "\n\n".join(paragraphs) + "\n"


def under(reference: str, notice: str) -> str:
    """Return a subject that begins with a reference, which is not said a second time.

    ``BW-1001: we have this.`` becomes ``[BW-1001] We have this.``, and ``BW-1001 is closed.``
    becomes ``[BW-1001] is closed.``
    """
    named = re.match(rf"(LATE: )?{re.escape(reference)}\b(?:([:,]| ·)? )", notice)
    if named is None:
        return f"[{reference}] {notice}"
    rest = notice[named.end() :]
    if named[2] and not named[1]:
        rest = f"{rest[:1].upper()}{rest[1:]}"
    return f"[{reference}] {named[1] or ''}{rest}"


def _bare(words: str) -> str:
    return _CODE.sub(r"\1", _ITALIC.sub(r"\1", _BOLD.sub(r"\1", words)))


def _paragraph(name: str, item: Item) -> str:
    if item.key in {"confirm", "divider", "end", "visible"}:
        return ""
    if item.key == "table":
        return _table(name, item)
    if item.key == "actions":
        found, _ = notation.buttons(name, item.rest)
        return "\n".join(
            text.to_mail(f"{button.label}: {button.address}") for button in found if button.address
        )
    if item.key == "fields":
        cells = [cell.replace("\\n", ": ") for cell in notation.parts(item.rest) if cell]
        return "\n".join(text.to_mail(_bare(cell)) for cell in cells)
    below = [line for line in item.below if not line.startswith("btn: ")]
    words = "\n".join((item.rest, *below)).replace("\\n", "\n").strip()
    return text.to_mail(_bare(words))


def _table(name: str, item: Item) -> str:
    """Return a table as lines, each cell below the first under its label."""
    table = notation.read_table(name, item)
    lines = [table.caption]
    for first, *cells in table.rows:
        said = zip(table.head[1:], cells, strict=True)
        lines += [first, *(f"  {label}: {cell}" for label, cell in said if cell)]
    return text.to_mail(_bare("\n".join(lines)))
