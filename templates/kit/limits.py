"""Slack's limits: every surface is checked here before anything is sent.

Slack refuses a whole message for one field that is too long; a refusal found here names the field.
Source: reliability T12; the figures are Slack's.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from templates.kit.errors import LimitExceeded

Json = dict[str, Any]


MESSAGE_BLOCKS = 50
MESSAGE_CHARACTERS = 12_000
MESSAGE_TEXT = 4_000
VIEW_BLOCKS = 100
VIEW_BYTES = 250_000
METADATA = 3_000
IDENTIFIER = 255
BUTTON_VALUE = 2_000
ADDRESS = 3_000
OPTION_VALUE = 75
LABEL = 75
ALERT = 200
TABLE_ROWS, TABLE_COLUMNS, TABLE_PAGE = 101, 20, 100
BOX_BLOCKS = 10
IN_MESSAGES, IN_MODALS = frozenset(("container", "data_table")), frozenset(("alert",))
"""What Slack shows in messages alone, and in modals alone."""
IN_BOXES = frozenset(("actions", "context", "divider", "header", "input", "section"))


class _Check:
    """The place being checked, so that a refusal can name it."""

    __slots__ = ("name", "place", "size")

    def __init__(self, name: str) -> None:
        self.name = name
        self.place = ""
        self.size = 0

    def most(self, field: str, got: int, limit: int) -> None:
        if got > limit:
            raise LimitExceeded(self.name, self.place, field, limit, got)

    def least(self, field: str, got: int) -> None:
        if got < 1:
            raise LimitExceeded(self.name, self.place, f"{field} (at least)", 1, got)

    def words(self, field: str, shown: Json, limit: int) -> None:
        size = len(shown["text"])
        self.most(field, size, limit)
        self.least(field, size)
        self.size += size


def check_message(name: str, text: str, blocks: Sequence[Json]) -> None:
    """Refuse a message that Slack would refuse.

    Raises:
        LimitExceeded: With the block, the field, the limit and what it got.
    """
    check = _Check(name)
    check.place = "message"
    check.most("text", len(text), MESSAGE_TEXT)
    check.least("text", len(text))
    check.most("blocks", len(blocks), MESSAGE_BLOCKS)
    check.least("blocks", len(blocks))
    _check_blocks(check, blocks, never=IN_MODALS)
    check.place = "message"
    check.most("characters in all blocks", check.size, MESSAGE_CHARACTERS)


def check_view(name: str, view: Json) -> None:
    """Refuse a modal that Slack would refuse.

    Raises:
        LimitExceeded: With the block, the field, the limit and what it got.
    """
    check = _Check(name)
    check.place = "view"
    for part in ("title", "submit", "close"):
        if part in view:
            check.words(part, view[part], 24)
    check.most("private_metadata", len(view.get("private_metadata", "")), METADATA)
    check.most("callback_id", len(view["callback_id"]), IDENTIFIER)
    check.most("blocks", len(view["blocks"]), VIEW_BLOCKS)
    check.least("blocks", len(view["blocks"]))
    has_input = any(block["type"] == "input" for block in view["blocks"])
    check.least("submit", 1 if "submit" in view or not has_input else 0)
    _check_blocks(check, view["blocks"], never=IN_MESSAGES)
    if check.size * 8 > VIEW_BYTES:
        check.place = "view"
        check.most("bytes", len(json.dumps(view)), VIEW_BYTES)


def _check_blocks(check: _Check, blocks: Sequence[Json], *, never: frozenset[str]) -> None:
    seen: set[str] = set()
    for number, block in enumerate(blocks):
        check.place = f"block {number} ({block['type']})"
        check.most("blocks of a kind not shown here", int(block["type"] in never), 0)
        block_id = block.get("block_id")
        if block_id is not None:
            check.most("block_id", len(block_id), IDENTIFIER)
            check.most("blocks with one block_id", 1 + (block_id in seen), 1)
            seen.add(block_id)
        _BLOCKS[block["type"]](check, block)


def _section(check: _Check, block: Json) -> None:
    if "text" in block:
        check.words("text", block["text"], 3_000)
    fields = block.get("fields", ())
    check.most("fields", len(fields), 10)
    check.least("text or fields", len(fields) + ("text" in block))
    for field in fields:
        check.words("field", field, 2_000)
    if "accessory" in block:
        _element(check, block["accessory"])


def _header(check: _Check, block: Json) -> None:
    check.words("text", block["text"], 150)


def _context(check: _Check, block: Json) -> None:
    check.most("elements", len(block["elements"]), 10)
    for element in block["elements"]:
        check.words("text", element, 3_000)


def _actions(check: _Check, block: Json) -> None:
    check.most("elements", len(block["elements"]), 25)
    check.least("elements", len(block["elements"]))
    ids = [element["action_id"] for element in block["elements"]]
    check.most("elements with one action_id", 1 + len(ids) - len(set(ids)), 1)
    for element in block["elements"]:
        _element(check, element)


def _input(check: _Check, block: Json) -> None:
    check.words("label", block["label"], 2_000)
    if "hint" in block:
        check.words("hint", block["hint"], 2_000)
    _element(check, block["element"])


def _divider(_check: _Check, _block: Json) -> None:
    return


def _box(check: _Check, block: Json) -> None:
    for part in ("title", "subtitle"):
        if part in block:
            check.words(part, block[part], 150)
    place, inside = check.place, block["child_blocks"]
    check.most("blocks inside", len(inside), BOX_BLOCKS)
    check.least("blocks inside", len(inside))
    for child in inside:
        check.place = f"{place}, {child['type']}"
        check.most("blocks of a kind not shown here", int(child["type"] not in IN_BOXES), 0)
        _BLOCKS[child["type"]](check, child)


def _table(check: _Check, block: Json) -> None:
    rows = block["rows"]
    check.most("caption", len(block["caption"]), 150)
    check.least("caption", len(block["caption"]))
    check.most("rows", len(rows), TABLE_ROWS)
    check.least("rows below the head", len(rows) - 1)
    check.most("columns", len(rows[0]), TABLE_COLUMNS)
    check.most("rows a page", block["page_size"], TABLE_PAGE)
    for cell in (cell for row in rows for cell in row):
        size = len(cell["text"]) if cell["type"] == "raw_text" else _rich_size(cell)
        check.least("cell", size)
        check.size += size


def _rich_size(cell: Json) -> int:
    parts = (part for section in cell["elements"] for part in section["elements"])
    return sum(len(part.get("text", part.get("fallback", "-"))) for part in parts)


def _alert(check: _Check, block: Json) -> None:
    check.words("text", block["text"], ALERT)


def _element(check: _Check, element: Json) -> None:
    check.most("action_id", len(element["action_id"]), IDENTIFIER)
    if element["type"] == "button":
        check.words("button", element["text"], LABEL)
        check.most("value", len(element.get("value", "")), BUTTON_VALUE)
        check.most("url", len(element.get("url", "")), ADDRESS)
    if "options" in element:
        few = {"checkboxes": 10, "radio_buttons": 10, "overflow": 5}
        check.most("options", len(element["options"]), few.get(element["type"], 100))
        check.least("options", len(element["options"]))
        for option in element["options"]:
            _option(check, option)
    if "initial_option" in element:
        _option(check, element["initial_option"])
    if "placeholder" in element:
        check.words("placeholder", element["placeholder"], 150)
    if "confirm" in element:
        _confirm(check, element["confirm"])
    if "max_length" in element:
        check.most("max_length", element["max_length"], 3_000)
        check.most("initial_value", len(element.get("initial_value", "")), element["max_length"])


def _option(check: _Check, option: Json) -> None:
    check.words("option", option["text"], LABEL)
    check.most("option value", len(option["value"]), OPTION_VALUE)
    if "description" in option:
        check.words("option description", option["description"], LABEL)


def _confirm(check: _Check, dialog: Json) -> None:
    check.words("confirm title", dialog["title"], 100)
    check.words("confirm text", dialog["text"], 300)
    check.words("confirm button", dialog["confirm"], 30)
    check.words("confirm refusal", dialog["deny"], 30)


_BLOCKS: dict[str, Callable[[_Check, Json], None]] = {
    "section": _section,
    "header": _header,
    "context": _context,
    "actions": _actions,
    "input": _input,
    "divider": _divider,
    "container": _box,
    "data_table": _table,
    "alert": _alert,
}
