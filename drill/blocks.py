"""Block Kit as Slack accepts it: blocks, messages, views, with every published limit.

Source: slack-contract 3.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection

from drill.elements import (
    AS_ACCESSORY,
    IN_ACTIONS,
    IN_INPUT,
    PLAIN,
    check_element,
    check_image,
)
from drill.errors import SlackError, Wire, invalid_arguments, invalid_blocks
from drill.findings import Findings, Node
from drill.rich import check_rich_text
from drill.tables import check_data_table, check_table
from drill.walking import texts_of

INSIDE = "container"
ANYWHERE = "anywhere"
EVERYWHERE = frozenset(("message", "modal", "home", INSIDE))
IN_MESSAGE = frozenset(("message",))
# Slack's page of the table says the first, of all cells of a message; only a note in its Java
# library says the second.
CELLS_MOST = 10_000
ALERT_MOST = 200
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
    found.boolean(node, pointer, "optional", "dispatch_action")
    if "element" in node:
        check_element(found, node["element"], f"{pointer}/element", IN_INPUT)


def _markdown(found: Findings, node: Node, pointer: str) -> None:
    found.required(node, pointer, "text")
    found.length(node.get("text"), f"{pointer}/text", 12_000)


def _alert(found: Findings, node: Node, pointer: str) -> None:
    found.required(node, pointer, "text")
    found.text(node.get("text"), f"{pointer}/text", ALERT_MOST)
    found.one_of(node, pointer, "level", "default", "info", "warning", "error", "success")


def _container(found: Findings, node: Node, pointer: str) -> None:
    if not node.get("rich_text_title"):
        found.required(node, pointer, "title")
    elif isinstance(node["rich_text_title"], dict):
        check_rich_text(found, node["rich_text_title"], f"{pointer}/rich_text_title")
    found.text(node.get("title"), f"{pointer}/title", 150, PLAIN)
    found.text(node.get("subtitle"), f"{pointer}/subtitle", 150)
    found.one_of(node, pointer, "width", "standard", "narrow", "wide", "full")
    found.boolean(node, pointer, "is_collapsible", "default_collapsed", "has_header_divider")
    if node.get("default_collapsed") and not node.get("is_collapsible"):
        found.add(f"{pointer}/default_collapsed", "requires is_collapsible")
    if node.get("has_header_divider") and node.get("is_collapsible"):
        found.add(f"{pointer}/has_header_divider", "not allowed with is_collapsible")
    if isinstance(node.get("icon"), dict):
        check_image(found, node["icon"], f"{pointer}/icon")
    children = node.get("child_blocks")
    if found.count(children, f"{pointer}/child_blocks", 10) and isinstance(children, list):
        for place, child in enumerate(children):
            _check_block(found, child, f"{pointer}/child_blocks/{place}", INSIDE)


def _nothing(_found: Findings, _node: Node, _pointer: str) -> None:
    return


_CONTAINER_FIELDS = (
    "title", "rich_text_title", "subtitle", "child_blocks", "width", "icon", "is_collapsible",
    "default_collapsed", "has_header_divider",
)  # fmt: skip
_Check = Callable[[Findings, Node, str], None]
_BLOCKS: dict[str, tuple[frozenset[str], _Check, tuple[str, ...]]] = {
    "section": (EVERYWHERE, _section, ("text", "fields", "accessory", "expand")),
    "header": (EVERYWHERE, _header, ("text", "level")),
    "divider": (EVERYWHERE, _nothing, ()),
    "image": (EVERYWHERE, check_image, ("alt_text", "image_url", "slack_file", "title")),
    "actions": (EVERYWHERE, _actions, ("elements",)),
    "context": (EVERYWHERE, _context, ("elements",)),
    "input": (EVERYWHERE, _input, ("label", "element", "hint", "optional", "dispatch_action")),
    "rich_text": (EVERYWHERE, check_rich_text, ("elements",)),
    "markdown": (IN_MESSAGE, _markdown, ("text",)),
    "table": (IN_MESSAGE | {INSIDE}, check_table, ("rows", "column_settings")),
    "data_table": (
        IN_MESSAGE,
        check_data_table,
        ("caption", "rows", "page_size", "row_header_column_index"),
    ),
    "container": (
        IN_MESSAGE,
        _container,
        _CONTAINER_FIELDS,
    ),
    "call": (IN_MESSAGE, _nothing, ("call_id", "api_decoration_available", "call")),
    "alert": (frozenset(("modal",)), _alert, ("text", "level")),
}


def check_blocks(blocks: object, surface: str, lacks: Collection[str] = ()) -> Findings:
    """Check the blocks of one message, modal or home tab; ``lacks`` is what Slack knows not."""
    found = Findings(lacks)
    most = 50 if surface == "message" else 100
    if not found.count(blocks, "/blocks", most) or not isinstance(blocks, list):
        return found
    for place, block in enumerate(blocks):
        _check_block(found, block, f"/blocks/{place}", surface)
    if found.in_cells > CELLS_MOST:
        found.add("/blocks", f"cells must be less than {CELLS_MOST + 1} characters together")
    if sum(map(_has_focus, blocks)) > 1:
        found.add("/blocks", "only one element can have focus_on_load")
    return found


def _has_focus(block: object) -> bool:
    element = block.get("element") if isinstance(block, dict) else None
    return isinstance(element, dict) and bool(element.get("focus_on_load"))


def _check_block(found: Findings, block: object, pointer: str, surface: str) -> None:
    if not isinstance(block, dict):
        found.add(pointer, "must be an object")
        return
    kind = str(block.get("type"))
    spec = None if kind in found.lacks else _BLOCKS.get(kind)
    if spec is None or surface not in {ANYWHERE, *spec[0]}:
        found.add(f"{pointer}/type", f"unsupported type: {kind}")
        return
    found.named(block, pointer)
    found.known(block, pointer, ("type", "block_id", *spec[2]))
    spec[1](found, block, pointer)


def require_message_blocks(blocks: object, lacks: Collection[str] = ()) -> list[Wire]:
    """Return a message's blocks, or refuse them as chat.postMessage would.

    Raises:
        SlackError: ``invalid_blocks_format``, ``invalid_blocks`` or ``msg_blocks_too_long``.
    """
    if not isinstance(blocks, list) or not all(isinstance(b, dict) for b in blocks):
        raise SlackError("invalid_blocks_format")
    if not blocks:
        return []
    found = check_blocks(blocks, "message", lacks)
    if found.messages:
        raise invalid_blocks(*found.messages)
    if sum(len(words) for words in texts_of(blocks)) > MESSAGE_TEXT_IN_BLOCKS:
        raise SlackError("msg_blocks_too_long")
    return blocks


def require_view(view: object, kinds: tuple[str, ...], lacks: Collection[str] = ()) -> Wire:
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
        inner = check_blocks(view["blocks"], str(kind), lacks).messages
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
