"""The inputs of modals: from the notation to Slack's input blocks."""

from __future__ import annotations

from typing import Any

from templates.kit import notation, text
from templates.kit.errors import TemplateBroken

Json = dict[str, Any]


TEXT_MAX = 3000
OPTION_MAX = 75
HINT_MAX = 2000
PLACEHOLDER_MAX = 150
FILES_MAX = 10


_TYPES = {
    "text": "plain_text_input",
    "ext": "external_select",
    "exts": "multi_external_select",
    "select": "static_select",
    "radio": "radio_buttons",
    "checkboxes": "checkboxes",
    "person": "users_select",
    "datetime": "datetimepicker",
    "files": "file_input",
}
_WITH_PLACEHOLDER = frozenset({"text", "ext", "exts", "select", "person"})


def _plain(words: str, limit: int) -> Json:
    shown = text.to_plain(text.cut_masked(words, limit, plain=True)).strip()
    return {"type": "plain_text", "text": shown or "…", "emoji": True}


def input_block(name: str, item: notation.Item) -> Json:
    """Return the input block of one ``input`` item.

    Raises:
        TemplateBroken: Its kind is unknown, or a choice has no options.
    """
    read = notation.read_input(name, item)
    if read.kind not in _TYPES:
        raise TemplateBroken(name, f"no input is of the kind {read.kind!r}")
    element: Json = {"type": _TYPES[read.kind], "action_id": read.action}
    if read.settings.get("placeholder") and read.kind in _WITH_PLACEHOLDER:
        element["placeholder"] = _plain(read.settings["placeholder"], PLACEHOLDER_MAX)
    _FILL[read.kind](name, read, element)
    block: Json = {
        "type": "input",
        "block_id": text.to_plain(read.field_id),
        "label": _plain(read.label, HINT_MAX),
        "element": element,
    }
    if read.settings.get("hint"):
        block["hint"] = _plain(read.settings["hint"], HINT_MAX)
    if "optional" in read.flags:
        block["optional"] = True
    if "dispatch" in read.flags:
        block["dispatch_action"] = True
    return block


def _fill_text(_name: str, read: notation.Input, element: Json) -> None:
    limit = int(read.settings.get("max", TEXT_MAX))
    element["max_length"] = limit
    if "multiline" in read.flags:
        element["multiline"] = True
    if "dispatch" in read.flags:
        element["dispatch_action_config"] = {"trigger_actions_on": ["on_enter_pressed"]}
    initial = read.settings.get("initial", "")
    if initial:
        shown = text.to_plain(text.cut_masked(initial, limit, plain=True))
        element["initial_value"] = shown


def _fill_external(_name: str, read: notation.Input, element: Json) -> None:
    element["min_query_length"] = int(read.settings.get("min", 1))
    if read.settings.get("initial"):
        value, _, label = read.settings["initial"].partition(" | ")
        element["initial_option"] = {
            "text": _plain(label or value, OPTION_MAX),
            "value": text.to_plain(value),
        }


def _fill_externals(_name: str, read: notation.Input, element: Json) -> None:
    element["min_query_length"] = int(read.settings.get("min", 1))


def _fill_choice(name: str, read: notation.Input, element: Json) -> None:
    if not read.options:
        raise TemplateBroken(name, f"the choice {read.label!r} has no options")
    element["options"] = [_option(option) for option in read.options]
    chosen = [_option(option) for option in read.options if option.chosen]
    if chosen and read.kind == "checkboxes":
        element["initial_options"] = chosen
    elif chosen:
        element["initial_option"] = chosen[0]


def _option(option: notation.Option) -> Json:
    made: Json = {
        "text": _plain(option.label, OPTION_MAX),
        "value": text.to_plain(option.value),
    }
    if option.description:
        made["description"] = _plain(option.description, OPTION_MAX)
    return made


def _fill_person(_name: str, read: notation.Input, element: Json) -> None:
    if read.settings.get("initial"):
        element["initial_user"] = text.to_plain(read.settings["initial"])


def _fill_datetime(_name: str, read: notation.Input, element: Json) -> None:
    if read.settings.get("initial"):
        element["initial_date_time"] = int(read.settings["initial"])


def _fill_files(_name: str, read: notation.Input, element: Json) -> None:
    element["max_files"] = int(read.settings.get("max", FILES_MAX))


_FILL = {
    "text": _fill_text,
    "ext": _fill_external,
    "exts": _fill_externals,
    "select": _fill_choice,
    "radio": _fill_choice,
    "checkboxes": _fill_choice,
    "person": _fill_person,
    "datetime": _fill_datetime,
    "files": _fill_files,
}
