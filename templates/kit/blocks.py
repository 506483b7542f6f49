"""The step from items of the notation to Block Kit.

Every text object is made here. Markup text is ``verbatim``: Slack must not turn "@here" or a bare
address of a customer's sentence into a mention or a link.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from templates.kit import inputs, notation, tables, text
from templates.kit.errors import TemplateBroken
from templates.kit.notation import Item

Json = dict[str, Any]


SECTION_MAX = 3000
ALERT_MAX = 200
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
        TemplateBroken: An item cannot become a block, or a fold has no end, or none an end.
    """
    blocks: list[Json] = []
    here = blocks
    for item in items:
        if (item.key == "folded") is not (here is blocks) and item.key in ("folded", "end"):
            raise TemplateBroken(name, "a fold begins and ends once, and holds no other")
        try:
            _add(name, item, here)
        except ValueError as reason:
            raise TemplateBroken(name, f"{item.key}: {reason}") from reason
        if item.key == "folded":
            here = blocks[-1]["child_blocks"]
        elif item.key == "end":
            here = blocks
    if here is not blocks:
        raise TemplateBroken(name, "a fold has no end")
    return blocks


def _add(name: str, item: Item, blocks: list[Json]) -> None:
    if item.key == "confirm":
        _confirm(name, item, blocks)
    elif item.key == "visible":
        action, people = notation.parts(item.rest)
        _button_above(name, action, blocks)["visible_to_user_ids"] = people.split()
    elif item.key in _MAKERS:
        blocks.extend(_MAKERS[item.key](name, item))


def _header(_name: str, item: Item) -> list[Json]:
    return [{"type": "header", "text": plain(item.rest, HEADER_MAX)}]


def _context(_name: str, item: Item) -> list[Json]:
    return [{"type": "context", "elements": [mrkdwn(_whole(item), SECTION_MAX)]}]


def _alert(_name: str, item: Item) -> list[Json]:
    level, words = notation.parts(_whole(item))
    return [{"type": "alert", "level": level, "text": mrkdwn(words, ALERT_MAX)}]


def _whole(item: Item) -> str:
    return "\n".join((item.rest, *item.below))


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


def _fields(_name: str, item: Item) -> list[Json]:
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
    found, menu = notation.buttons(name, line)
    elements = [_button(button) for button in found]
    if menu.choices:
        elements.append(_menu(menu))
    return elements


def _menu(menu: notation.Menu) -> Json:
    made: Json = {"type": "overflow", "action_id": MENU_ACTION, "options": _options(menu.choices)}
    if menu.placeholder:
        made |= {"type": "static_select", "placeholder": plain(menu.placeholder, HEADER_MAX)}
    return made


def _options(choices: tuple[notation.Choice, ...]) -> list[Json]:
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


def _folded(_name: str, item: Item) -> list[Json]:
    """Return a box that is shut until somebody opens it: what is urgent never stands in one."""
    title, *subtitle = notation.parts(item.rest)
    made: Json = {"type": "container", "title": plain(title, HEADER_MAX)}
    if subtitle:
        made["subtitle"] = plain(subtitle[0], HEADER_MAX)
    return [made | {"is_collapsible": True, "default_collapsed": True, "child_blocks": []}]


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
    _button_above(name, action, blocks)["confirm"] = dialog


def _button_above(name: str, action: str, blocks: list[Json]) -> Json:
    """Return the nearest button of this action above.

    Raises:
        TemplateBroken: There is none.
    """
    for block in reversed(blocks):
        for element in block.get("elements", ()):
            if element.get("action_id") == action:
                found: Json = element
                return found
    raise TemplateBroken(name, f"no button {action!r} stands above what is said of it")


_MAKERS: dict[str, Callable[[str, Item], list[Json]]] = {
    "section": _sections,
    "header": _header,
    "fields": _fields,
    "context": _context,
    "divider": lambda _name, _item: [{"type": "divider"}],
    "actions": lambda name, item: [{"type": "actions", "elements": _elements(name, item)}],
    "input": lambda name, item: [inputs.input_block(name, item)],
    "table": lambda name, item: [tables.table_block(name, item)],
    "folded": _folded,
    "alert": _alert,
}
