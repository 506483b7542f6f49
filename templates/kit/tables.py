"""The step from a table of the notation to Slack's ``data_table``.

A cell is plain where it can be. One with a time or a person of ours, or with something bold, is
rich text, so that each reader sees the time in their own zone. Slack refuses an empty cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from templates.kit import notation, text
from templates.kit.errors import TemplateBroken
from templates.kit.notation import Item

Json = dict[str, Any]

NOTHING = "–"
"""What stands in a cell that says nothing."""
CELL_MAX = 500
_MARKED = re.compile(f"{text.RAW_OPEN}[^{text.RAW_CLOSE}]*{text.RAW_CLOSE}|\\*[^*]+\\*")
_DATE = re.compile(r"<!date\^(\d+)\^([^|]+)\|([^>]+)>")
_PERSON = re.compile(r"<@([UWB][A-Z0-9]+)>")


def table_block(name: str, item: Item) -> Json:
    """Return the block of one ``table`` item.

    Raises:
        TemplateBroken: It is no table, or a cell holds markup that a cell cannot show.
    """
    table = notation.read_table(name, item)
    caption = text.to_plain(table.caption)
    head = [{"type": "raw_text", "text": text.to_plain(cell) or NOTHING} for cell in table.head]
    rows = [[_cell(name, cell) for cell in row] for row in table.rows]
    return {
        "type": "data_table",
        "caption": caption,
        "rows": [head, *rows],
        "page_size": table.page_size,
    }


def _cell(name: str, masked: str) -> Json:
    shown = text.cut_masked(masked, CELL_MAX).strip() or NOTHING
    if not _MARKED.search(shown):
        return {"type": "raw_text", "text": text.to_plain(shown)}
    section = {"type": "rich_text_section", "elements": list(_elements(name, shown))}
    return {"type": "rich_text", "elements": [section]}


def _elements(name: str, masked: str) -> Iterator[Json]:
    at = 0
    for match in _MARKED.finditer(masked):
        if match.start() > at:
            yield _words(masked[at : match.start()])
        yield _words(match[0][1:-1], bold=True) if match[0][0] == "*" else _mark(name, match[0])
        at = match.end()
    if at < len(masked):
        yield _words(masked[at:])


def _words(masked: str, *, bold: bool = False) -> Json:
    made: Json = {"type": "text", "text": text.to_plain(masked)}
    return made | {"style": {"bold": True}} if bold else made


def _mark(name: str, masked: str) -> Json:
    mark = text.to_mrkdwn(masked)
    date, person = _DATE.fullmatch(mark), _PERSON.fullmatch(mark)
    if date is not None:
        return {
            "type": "date",
            "timestamp": int(date[1]),
            "format": date[2],
            "fallback": date[3],
        }
    if person is not None:
        return {"type": "user", "user_id": person[1]}
    raise TemplateBroken(name, "a cell of a table shows times and people of ours, and words")
