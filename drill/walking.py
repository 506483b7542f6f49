"""Walking through blocks: what can be pressed, filled in and read, inside containers too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from drill.elements import STATEFUL
from drill.findings import Node
from drill.ids import Ids
from drill.rich import words

Wire = dict[str, Any]


def leaves(blocks: Sequence[Wire]) -> Iterator[Wire]:
    """Yield each block in reading order, a container before what it holds."""
    for block in blocks:
        yield block
        if block.get("type") == "container":
            yield from leaves(block["child_blocks"])


def elements_of(block: Node) -> list[dict[str, Any]]:
    """Return the interactive elements of one block, in reading order."""
    kind = block.get("type")
    if kind == "actions":
        return list(block["elements"])
    if kind == "input":
        return [block["element"]]
    accessory = block.get("accessory")
    if kind == "section" and isinstance(accessory, dict) and accessory.get("type") != "image":
        return [accessory]
    return []


def fill_ids(blocks: list[Wire], ids: Ids) -> list[Wire]:
    """Give every block a block_id and every element an action_id, where absent."""
    for block in leaves(blocks):
        if not block.get("block_id"):
            block["block_id"] = ids.short()
        for element in elements_of(block):
            if not element.get("action_id"):
                element["action_id"] = ids.short()
    return blocks


def stateful(blocks: list[Wire]) -> Iterator[tuple[Wire, Wire]]:
    """Yield each block and element that has a value a person can set."""
    for block in leaves(blocks):
        for element in elements_of(block):
            if element.get("type") in STATEFUL:
                yield block, element


def seen_by(blocks: list[Wire], user_id: str) -> list[Wire]:
    """Return the blocks as one person sees them: without the buttons that others alone see."""
    if not any(_hides(element, user_id) for b in leaves(blocks) for element in elements_of(b)):
        return blocks
    return [shown for block in blocks if (shown := _seen(block, user_id)) is not None]


def _hides(element: Wire, user_id: str) -> bool:
    return user_id not in element.get("visible_to_user_ids", [user_id])


def _seen(block: Wire, user_id: str) -> Wire | None:
    kind = block["type"]
    if kind == "container":
        return {**block, "child_blocks": seen_by(block["child_blocks"], user_id)}
    if kind == "actions":
        left = [one for one in block["elements"] if not _hides(one, user_id)]
        return {**block, "elements": left} if left else None
    if kind == "section" and _hides(block.get("accessory", {}), user_id):
        return {name: value for name, value in block.items() if name != "accessory"}
    return block


def rows_of(block: Wire) -> list[list[str]]:
    """Return the rows of a table, the header first, each cell as it reads."""
    return [["".join(texts_of(cell)) for cell in row] for row in block.get("rows", ())]


def texts_of(node: object) -> Iterator[str]:
    """Yield every piece of text in a tree of blocks."""
    if isinstance(node, list):
        for item in node:
            yield from texts_of(item)
    elif isinstance(node, dict):
        if node.get("type") == "rich_text":
            yield words(node)
            return
        for key, value in node.items():
            if key in ("text", "caption") and isinstance(value, str):
                yield value
            elif isinstance(value, (dict, list)):
                yield from texts_of(value)
