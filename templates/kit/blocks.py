"""The step from items of the notation to Block Kit.

Every text object is made here. Markup text is ``verbatim``: Slack must not turn "@here" or a bare
address of a customer's sentence into a mention or a link.
"""

from __future__ import annotations

from typing import Any

from templates.kit import inputs, notation, text
from templates.kit.errors import TemplateBroken
from templates.kit.notation import Item

Json = dict[str, Any]


SECTION_MAX = 3000
FIELD_MAX = 2000
FIELDS_MAX = 10
HEADER_MAX = 150
LABEL_MAX = 75
STYLES = {"*": "primary", "~": "danger"}
MENU_ACTION = "more"


def plain(words: str, limit: int) -> Json:
    """Return a plain_text object, cut at ``limit``."""
    shown = text.to_plain(text.cut_masked(words, limit, plain=True)).strip()
    return {"type": "plain_text", "text": shown or "…", "emoji": True}


def mrkdwn(words: str, limit: int) -> Json:
    """Return a markup text object, cut at ``limit``."""
    shown = text.to_mrkdwn(text.cut_masked(words, limit))
    return {"type": "mrkdwn", "text": shown if shown.strip() else "…", "verbatim": True}


def compile_items(name: str, items: list[Item]) -> list[Json]:
    """Return the blocks of these items; ``text``, ``view``, ``frame``, ``metadata`` make none.

    Raises:
        TemplateBroken: An item cannot become a block.
    """
    blocks: list[Json] = []
    for item in items:
        try:
            _add(name, item, blocks)
        except ValueError as reason:
            raise TemplateBroken(name, f"{item.key}: {reason}") from reason
    return blocks


def _add(name: str, item: Item, blocks: list[Json]) -> None:
    match item.key:
        case "section":
            blocks.extend(_sections(name, item))
        case "header":
            blocks.append({"type": "header", "text": plain(item.rest, HEADER_MAX)})
        case "fields":
            blocks.extend(_fields(item))
        case "context":
            whole = "\n".join((item.rest, *item.below))
            blocks.append({"type": "context", "elements": [mrkdwn(whole, SECTION_MAX)]})
        case "divider":
            blocks.append({"type": "divider"})
        case "actions":
            blocks.append({"type": "actions", "elements": _elements(name, item)})
        case "confirm":
            _confirm(name, item, blocks)
        case "input":
            blocks.append(inputs.input_block(name, item))


def _sections(name: str, item: Item) -> list[Json]:
    accessory: Json | None = None
    lines = [item.rest] if item.rest else []
    for line in item.below:
        if line.startswith("btn: "):
            found, _ = notation.buttons(name, line[5:])
            accessory = _button(found[0])
        else:
            lines.append(line)
    words = "\n".join(lines).replace("\\n", "\n")
    made: list[Json] = [
        {"type": "section", "text": mrkdwn(part, SECTION_MAX)}
        for part in text.pieces(words, SECTION_MAX)
    ]
    if accessory and made:
        made[0]["accessory"] = accessory
    return made


def _fields(item: Item) -> list[Json]:
    cells = [
        mrkdwn(cell.replace("\\n", "\n"), FIELD_MAX)
        for line in (item.rest, *item.below)
        for cell in notation.parts(line)
        if cell
    ]
    return [
        {"type": "section", "fields": cells[start : start + FIELDS_MAX]}
        for start in range(0, len(cells), FIELDS_MAX)
    ]


def _elements(name: str, item: Item) -> list[Json]:
    line = " ".join((item.rest, *item.below))
    found, choices = notation.buttons(name, line)
    elements = [_button(button) for button in found]
    if choices:
        elements.append({"type": "overflow", "action_id": MENU_ACTION, "options": _menu(choices)})
    return elements


def _menu(choices: list[notation.Choice]) -> list[Json]:
    return [
        {
            "text": plain(choice.label, LABEL_MAX),
            "value": text.to_plain(f"{choice.action}|{choice.value}"),
            **({"url": text.to_plain(choice.address)} if choice.address else {}),
        }
        for choice in choices
    ]


def _button(button: notation.Button) -> Json:
    made: Json = {
        "type": "button",
        "text": plain(button.label, LABEL_MAX),
        "action_id": button.action,
    }
    if button.address:
        made["url"] = text.to_plain(button.address)
    if button.value:
        made["value"] = text.to_plain(button.value)
    if button.style:
        made["style"] = STYLES[button.style]
    return made


def _confirm(name: str, item: Item, blocks: list[Json]) -> None:
    action, *words = notation.parts(item.rest)
    if len(words) != 4:
        raise TemplateBroken(name, "a confirmation has an action, a title, a text, two buttons")
    dialog = {
        "title": plain(words[0], 100),
        "text": plain(words[1], 300),
        "confirm": plain(words[2], 30),
        "deny": plain(words[3], 30),
    }
    for block in reversed(blocks):
        for element in block.get("elements", ()):
            if element.get("action_id") == action:
                element["confirm"] = dialog
                return
    raise TemplateBroken(name, f"no button {action!r} stands above its confirmation")
