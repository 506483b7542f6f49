"""Prints blocks back as prose in the notation, so that a review reads words and not JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

Json = dict[str, Any]
STYLE = {"primary": "*", "danger": "~"}


def message(text: str, blocks: Sequence[Json]) -> str:
    """Return a message as prose."""
    return "\n".join([f"text: {text}", *(_block(block) for block in blocks)]) + "\n"


def view(made: Json) -> str:
    """Return a modal as prose."""
    frame = [made.get(part, {}).get("text", "-") for part in ("title", "submit", "close")]
    head = [f"view: {made['callback_id']}", f"frame: {' | '.join(frame)}"]
    if made.get("private_metadata"):
        head.append(f"metadata: {made['private_metadata']}")
    return "\n".join([*head, *(_block(block) for block in made["blocks"])]) + "\n"


def _lines(words: str) -> str:
    return words.replace("\n", "\n  ")


def _block(block: Json) -> str:
    match block["type"]:
        case "section" if "fields" in block:
            cells = (field["text"].replace("\n", "\\n") for field in block["fields"])
            return "fields: " + "\n  | ".join(cells)
        case "section":
            words = f"section: {_lines(block['text']['text'])}"
            if "accessory" in block:
                words += f"\n  btn: {_element(block['accessory'])}"
            return words
        case "header":
            return f"header: {block['text']['text']}"
        case "context":
            return "context: " + " ".join(_lines(e["text"]) for e in block["elements"])
        case "actions":
            return "actions: " + " ".join(_element(e) for e in block["elements"])
        case "input":
            return _input(block)
        case kind:
            return _NEWER[kind](block) if kind in _NEWER else str(kind)


def _fold(block: Json) -> str:
    parts = (block[part]["text"] for part in ("title", "subtitle") if part in block)
    inside = "\n".join(_block(child) for child in block["child_blocks"])
    return f"folded: {' | '.join(parts)}\n{inside}\nend:"


def _table(block: Json) -> str:
    head, *rows = (" | ".join(_cell(cell) for cell in row) for row in block["rows"])
    shown = "".join(f"\n  row: {row}" for row in rows)
    return f"table: {block['caption']} | {block['page_size']}\n  head: {head}{shown}"


def _cell(cell: Json) -> str:
    if cell["type"] == "raw_text":
        return str(cell["text"])
    return "".join(_inline(part) for part in cell["elements"][0]["elements"])


def _inline(part: Json) -> str:
    if part["type"] == "date":
        return f"<!date^{part['timestamp']}^{part['format']}|{part['fallback']}>"
    return f"*{part['text']}*" if "style" in part else str(part.get("text", part.get("user_id")))


def _alert(block: Json) -> str:
    return f"alert: {block['level']} | {_lines(block['text']['text'])}"


_NEWER = {"container": _fold, "data_table": _table, "alert": _alert}


def _element(element: Json) -> str:
    if "options" in element:
        options = (f"{o['text']['text']}({o['value']})" for o in element["options"])
        placeholder = element.get("placeholder", {}).get("text", "")
        return f"({f'▾ {placeholder}:' if placeholder else '…'} {' | '.join(options)})"
    leads = element.get("value", "") or f"-> {element['url']}" if "url" in element else None
    target = " ".join(filter(None, [element["action_id"], leads or element.get("value")]))
    label = element["text"]["text"] + STYLE.get(element.get("style", ""), "")
    words = f"[{label}]({target})"
    if "confirm" in element:
        parts = (element["confirm"][part]["text"] for part in ("title", "text", "confirm", "deny"))
        words += f" confirm({' | '.join(parts)})"
    if "visible_to_user_ids" in element:
        words += f" visible({' '.join(element['visible_to_user_ids'])})"
    return words


def _input(block: Json) -> str:
    element = block["element"]
    flags = [
        f"id={block['block_id']}",
        f"action={element['action_id']}",
        *(["optional"] if block.get("optional") else []),
        *(["dispatch"] if block.get("dispatch_action") else []),
        *(["multiline"] if element.get("multiline") else []),
        *([f"max={element['max_length']}"] if "max_length" in element else []),
    ]
    lines = [f"input: {block['label']['text']} :: {element['type']} {' '.join(flags)}"]
    if "placeholder" in element:
        lines.append(f"  placeholder: {element['placeholder']['text']}")
    if "hint" in block:
        lines.append(f"  hint: {block['hint']['text']}")
    initial = element.get("initial_value") or element.get("initial_user")
    if element["type"] == "external_select" and "initial_option" in element:
        initial = element["initial_option"]["text"]["text"]
    if initial:
        lines.append(f"  initial: {_lines(initial)}")
    chosen = [element.get("initial_option"), *element.get("initial_options", ())]
    for option in element.get("options", ()):
        mark = "*" if option in chosen else ""
        words = f"  opt{mark}: {option['value']} :: {option['text']['text']}"
        if "description" in option:
            words += f" | {option['description']['text']}"
        lines.append(words)
    return "\n".join(lines)
