"""The same words in the blocks that every Slack takes, for one that refuses the newer ones.

A box becomes a bold title and what stood in it; a table a section a row, each cell under its
label; an alert a section with a mark; and what is shown to some is shown to all, because the rule
decides who may press, not the button. A field for files is left out. Source: M27.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from templates.kit.tables import NOTHING

Json = dict[str, Any]
Payload = Mapping[str, object]

BOX, TABLE, ALERT, ONLY_FOR = "container", "data_table", "alert", "visible_to_user_ids"
FILES = "file_input"
NEWER = frozenset((BOX, TABLE, ALERT, ONLY_FOR, FILES))
"""What an older Slack, or one that has not switched it on, refuses; files need a scope, too."""
SECTION_MAX = 3000
SECTIONS_MOST = 20
"""As many sections a table becomes at most: a message has room for its other blocks."""
_MARKS = {"warning": "⚠️ ", "error": "🔴 ", "success": "✅ "}
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def newer_in(payload: object) -> frozenset[str]:
    """Return which of the newer kinds stand in what is sent."""
    return frozenset(_newer(payload))


def _newer(value: object) -> Iterator[str]:
    if isinstance(value, Mapping):
        if value.get("type") in NEWER:
            yield str(value["type"])
        if ONLY_FOR in value:
            yield ONLY_FOR
        for each in value.values():
            yield from _newer(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _newer(each)


def plainer(payload: Payload, kinds: frozenset[str] = NEWER) -> dict[str, object]:
    """Return what is sent without the kinds named: a message, a modal, or an answer with one."""
    made = dict(payload)
    if isinstance(made.get("blocks"), list):
        made["blocks"] = plain_blocks(made["blocks"], kinds)  # type: ignore[arg-type]
    if isinstance(made.get("view"), Mapping):
        made["view"] = plainer(made["view"], kinds)  # type: ignore[arg-type]
    return made


def plain_blocks(blocks: list[Json], kinds: frozenset[str] = NEWER) -> list[Json]:
    """Return blocks without the kinds named, with the same words."""
    return [plain for block in blocks for plain in _plain(block, kinds)]


def _plain(block: Json, kinds: frozenset[str]) -> Iterator[Json]:
    kind = block.get("type")
    if kind == BOX:
        inside = plain_blocks(block["child_blocks"], kinds)
        if BOX not in kinds:
            yield {**block, "child_blocks": inside}
            return
        yield _section(_title(block))
        yield from inside
    elif kind == TABLE and TABLE in kinds:
        yield from _sections(block)
    elif kind == ALERT and ALERT in kinds:
        said = block["text"]["text"]
        yield _section(f"{_MARKS.get(block['level'], '')}{said}")
    elif FILES in kinds and block.get("element", {}).get("type") == FILES:
        return
    elif ONLY_FOR in kinds and isinstance(block.get("elements"), list):
        yield {**block, "elements": [_for_all(each) for each in block["elements"]]}
    else:
        yield block


def _for_all(element: Json) -> Json:
    return {name: value for name, value in element.items() if name != ONLY_FOR}


def _section(words: str) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": words, "verbatim": True}}


def _title(block: Json) -> str:
    title = f"*{block['title']['text'].translate(_ESCAPES)}*"
    below = block.get("subtitle")
    return f"{title} · {below['text'].translate(_ESCAPES)}" if below else title


def _sections(block: Json) -> Iterator[Json]:
    """Yield a table's caption and its rows: a section each, or several where there are many."""
    labels = [_words(cell) for cell in block["rows"][0]]
    rows = [_row(labels, [_words(cell) for cell in row]) for row in block["rows"][1:]]
    yield _section(f"*{block['caption'].translate(_ESCAPES)}*")
    each = 1 if any("\n" in row for row in rows) else len(rows)
    each = max(each, -(-len(rows) // SECTIONS_MOST))
    for start in range(0, len(rows), each):
        yield from _packed(rows[start : start + each])


def _packed(rows: list[str]) -> Iterator[Json]:
    shown = ""
    for row in rows:
        if shown and len(shown) + 1 + len(row) > SECTION_MAX:
            yield _section(shown)
            shown = ""
        shown = f"{shown}\n{row}" if shown else row
    yield _section(shown)


def _row(labels: list[str], cells: list[str]) -> str:
    """Return one row: figures stand beside its name, all else on a line of its own."""
    name = cells[0] if cells[0].startswith("*") else f"*{cells[0]}*"
    said = [
        (label, cell) for label, cell in zip(labels[1:], cells[1:], strict=True) if cell != NOTHING
    ]
    figures = [f"{cell} {label[:1].lower()}{label[1:]}" for label, cell in said if cell.isdigit()]
    lines = [f"{name}: {', '.join(figures)}" if figures else name]
    lines += [f"{label}: {cell}" for label, cell in said if not cell.isdigit()]
    return "\n".join(lines)


def _words(cell: Json) -> str:
    if cell["type"] == "raw_text":
        return str(cell["text"]).translate(_ESCAPES)
    return "".join(_inline(part) for section in cell["elements"] for part in section["elements"])


def _inline(part: Json) -> str:
    match part["type"]:
        case "date":
            return f"<!date^{part['timestamp']}^{part['format']}|{part['fallback']}>"
        case "user":
            return f"<@{part['user_id']}>"
        case _:
            words = str(part["text"]).translate(_ESCAPES)
            return f"*{words}*" if part.get("style", {}).get("bold") else words
