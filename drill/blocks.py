"""Block Kit as Slack accepts it: blocks, messages, views, with every published limit.

Source: slack-contract 3.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from drill.elements import (
    AS_ACCESSORY,
    IN_ACTIONS,
    IN_INPUT,
    PLAIN,
    STATEFUL,
    check_element,
    check_image,
)
from drill.errors import SlackError, Wire, invalid_arguments, invalid_blocks
from drill.findings import Findings, Node
from drill.ids import Ids

EVERYWHERE = frozenset(("message", "modal", "home"))
IN_MESSAGE = frozenset(("message",))
VIEW_BYTES = 250_000
MESSAGE_TEXT_IN_BLOCKS = 13_200


def _section(found: Findings, node: Node, pointer: str) -> None:
    if "text" not in node and "fields" not in node:
        found.add(pointer, "missing required field: text")
    found.text(node.get("text"), f"{pointer}/text", 3000)
    fields = node.get("fields")
    if fields is not None and found.count(fields, f"{pointer}/fields", 10):
        for place, field in enumerate(fields):
            found.text(field, f"{pointer}/fields/{place}", 2000)
    if "accessory" in node:
        check_element(found, node["accessory"], f"{pointer}/accessory", AS_ACCESSORY)


def _header(found: Findings, node: Node, pointer: str) -> None:
    found.required(node, pointer, "text")
    found.text(node.get("text"), f"{pointer}/text", 150, PLAIN)


def _actions(found: Findings, node: Node, pointer: str) -> None:
    elements = node.get("elements")
    if not found.count(elements, f"{pointer}/elements", 25) or not isinstance(elements, list):
        return
    seen: set[str] = set()
    for place, element in enumerate(elements):
        here = f"{pointer}/elements/{place}"
        check_element(found, element, here, IN_ACTIONS)
        action = element.get("action_id") if isinstance(element, dict) else None
        if action is not None and str(action) in seen:
            found.add(f"{here}/action_id", f"`action_id` already exists: {action}")
        seen.add(str(action))


def _context(found: Findings, node: Node, pointer: str) -> None:
    elements = node.get("elements")
    if not found.count(elements, f"{pointer}/elements", 10) or not isinstance(elements, list):
        return
    for place, element in enumerate(elements):
        here = f"{pointer}/elements/{place}"
        if isinstance(element, dict) and element.get("type") == "image":
            check_image(found, element, here)
        else:
            found.text(element, here, 3000)


def _input(found: Findings, node: Node, pointer: str) -> None:
    found.required(node, pointer, "label", "element")
    found.text(node.get("label"), f"{pointer}/label", 2000, PLAIN)
    found.text(node.get("hint"), f"{pointer}/hint", 2000, PLAIN)
    for name in ("optional", "dispatch_action"):
        if name in node and not isinstance(node[name], bool):
            found.add(f"{pointer}/{name}", "must be a boolean")
    if "element" in node:
        check_element(found, node["element"], f"{pointer}/element", IN_INPUT)


def _markdown(found: Findings, node: Node, pointer: str) -> None:
    found.required(node, pointer, "text")
    found.length(node.get("text"), f"{pointer}/text", 12_000)


def _rich_text(found: Findings, node: Node, pointer: str) -> None:
    elements = node.get("elements")
    if not isinstance(elements, list):
        found.add(f"{pointer}/elements", "must be an array")
        return
    allowed = ("rich_text_section", "rich_text_list", "rich_text_quote", "rich_text_preformatted")
    for place, element in enumerate(elements):
        if not isinstance(element, dict) or element.get("type") not in allowed:
            found.add(f"{pointer}/elements/{place}/type", "unsupported type")


def _table(found: Findings, node: Node, pointer: str) -> None:
    rows = node.get("rows")
    if not found.count(rows, f"{pointer}/rows", 100) or not isinstance(rows, list):
        return
    for place, row in enumerate(rows):
        found.count(row, f"{pointer}/rows/{place}", 20)


def _alert(found: Findings, node: Node, pointer: str) -> None:
    found.required(node, pointer, "text")
    if node.get("level", "default") not in ("default", "info", "warning", "error", "success"):
        found.add(f"{pointer}/level", "must be one of: default, info, warning, error, success")


def _nothing(_found: Findings, _node: Node, _pointer: str) -> None:
    return


_Check = Callable[[Findings, Node, str], None]
_BLOCKS: dict[str, tuple[frozenset[str], _Check, tuple[str, ...]]] = {
    "section": (EVERYWHERE, _section, ("text", "fields", "accessory", "expand")),
    "header": (EVERYWHERE, _header, ("text", "level")),
    "divider": (EVERYWHERE, _nothing, ()),
    "image": (EVERYWHERE, check_image, ("alt_text", "image_url", "slack_file", "title")),
    "actions": (EVERYWHERE, _actions, ("elements",)),
    "context": (EVERYWHERE, _context, ("elements",)),
    "input": (EVERYWHERE, _input, ("label", "element", "hint", "optional", "dispatch_action")),
    "rich_text": (EVERYWHERE, _rich_text, ("elements",)),
    "markdown": (IN_MESSAGE, _markdown, ("text",)),
    "table": (IN_MESSAGE, _table, ("rows", "column_settings")),
    "call": (IN_MESSAGE, _nothing, ("call_id", "api_decoration_available", "call")),
    "alert": (frozenset(("modal",)), _alert, ("text", "level")),
}


def check_blocks(blocks: object, surface: str) -> Findings:
    """Check the blocks of one message, modal or home tab."""
    found = Findings()
    most = 50 if surface == "message" else 100
    if not found.count(blocks, "/blocks", most) or not isinstance(blocks, list):
        return found
    seen: set[str] = set()
    focused = 0
    for place, block in enumerate(blocks):
        pointer = f"/blocks/{place}"
        _check_block(found, block, pointer, surface)
        name = block.get("block_id") if isinstance(block, dict) else None
        if name is not None and str(name) in seen:
            found.add(f"{pointer}/block_id", f"`block_id` already exists: {name}")
        seen.add(str(name))
        focused += _has_focus(block)
    if focused > 1:
        found.add("/blocks", "only one element can have focus_on_load")
    return found


def _has_focus(block: object) -> bool:
    element = block.get("element") if isinstance(block, dict) else None
    return isinstance(element, dict) and bool(element.get("focus_on_load"))


def _check_block(found: Findings, block: object, pointer: str, surface: str) -> None:
    if not isinstance(block, dict):
        found.add(pointer, "must be an object")
        return
    spec = _BLOCKS.get(str(block.get("type")))
    if spec is None or surface not in spec[0]:
        found.add(f"{pointer}/type", f"unsupported type: {block.get('type')}")
        return
    found.length(block.get("block_id"), f"{pointer}/block_id", 255, 1)
    found.known(block, pointer, ("type", "block_id", *spec[2]))
    spec[1](found, block, pointer)


def require_message_blocks(blocks: object) -> list[Wire]:
    """Return a message's blocks, or refuse them as chat.postMessage would.

    Raises:
        SlackError: ``invalid_blocks_format``, ``invalid_blocks`` or ``msg_blocks_too_long``.
    """
    if not isinstance(blocks, list) or not all(isinstance(b, dict) for b in blocks):
        raise SlackError("invalid_blocks_format")
    if not blocks:
        return []
    found = check_blocks(blocks, "message")
    if found.messages:
        raise invalid_blocks(*found.messages)
    if sum(len(words) for words in texts_of(blocks)) > MESSAGE_TEXT_IN_BLOCKS:
        raise SlackError("msg_blocks_too_long")
    return blocks


def require_view(view: object, kinds: tuple[str, ...]) -> Wire:
    """Return a view, or refuse it as the views methods would.

    Raises:
        SlackError: ``invalid_arguments`` with what is wrong, or ``view_too_large``.
    """
    if not isinstance(view, dict):
        raise invalid_arguments("must provide an object [json-pointer:/view]")
    if len(json.dumps(view, ensure_ascii=False).encode()) > VIEW_BYTES:
        raise SlackError("view_too_large")
    found = Findings()
    kind = view.get("type")
    if kind not in kinds:
        found.add("/view/type", f"unsupported type: {kind}")
    elif kind == "modal":
        _check_frame(found, view)
    else:
        for name in ("submit", "close", "title"):
            if name in view:
                found.add("/view", f"invalid additional property: {name}")
    found.length(view.get("private_metadata"), "/view/private_metadata", 3000)
    found.length(view.get("callback_id"), "/view/callback_id", 255)
    found.length(view.get("external_id"), "/view/external_id", 255)
    if "blocks" not in view:
        found.add("/view", "missing required field: blocks")
    else:
        inner = check_blocks(view["blocks"], str(kind)).messages
        found.messages.extend(m.replace("[json-pointer:", "[json-pointer:/view") for m in inner)
    if found.messages:
        raise invalid_arguments(*found.messages)
    return view


_VIEW_FIELDS = (
    "type", "title", "blocks", "close", "submit", "private_metadata", "callback_id",
    "clear_on_close", "notify_on_close", "external_id", "submit_disabled",
)  # fmt: skip


def _check_frame(found: Findings, view: Node) -> None:
    found.known(view, "/view", _VIEW_FIELDS)
    found.required(view, "/view", "title")
    for name in ("title", "submit", "close"):
        found.text(view.get(name), f"/view/{name}", 24, PLAIN)
    blocks = view.get("blocks")
    has_input = isinstance(blocks, list) and any(
        isinstance(b, dict) and b.get("type") == "input" for b in blocks
    )
    if has_input and not view.get("submit"):
        found.add("/view", "missing required field: submit (the view has an input block)")


def texts_of(node: object) -> Iterator[str]:
    """Yield every piece of text in a tree of blocks."""
    if isinstance(node, list):
        for item in node:
            yield from texts_of(item)
    elif isinstance(node, dict):
        for key, value in node.items():
            if key == "text" and isinstance(value, str):
                yield value
            elif isinstance(value, (dict, list)):
                yield from texts_of(value)


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
    for block in blocks:
        if not block.get("block_id"):
            block["block_id"] = ids.short()
        for element in elements_of(block):
            if not element.get("action_id"):
                element["action_id"] = ids.short()
    return blocks


def stateful(blocks: list[Wire]) -> Iterator[tuple[Wire, Wire]]:
    """Yield each block and element that has a value a person can set."""
    for block in blocks:
        for element in elements_of(block):
            if element.get("type") in STATEFUL:
                yield block, element
