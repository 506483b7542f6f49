"""The values people leave in inputs: how Slack writes them, starts them, and keeps them."""

from __future__ import annotations

from typing import Any

from drill.elements import all_options
from drill.errors import DrillRefusal, Wire
from drill.walking import stateful
from drill.world import World

Values = dict[str, dict[str, Wire]]

_EMPTY: dict[str, tuple[str, str, Any]] = {
    "static_select": ("selected_option", "initial_option", None),
    "external_select": ("selected_option", "initial_option", None),
    "radio_buttons": ("selected_option", "initial_option", None),
    "multi_static_select": ("selected_options", "initial_options", []),
    "multi_external_select": ("selected_options", "initial_options", []),
    "checkboxes": ("selected_options", "initial_options", []),
    "users_select": ("selected_user", "initial_user", None),
    "multi_users_select": ("selected_users", "initial_users", []),
    "channels_select": ("selected_channel", "initial_channel", None),
    "multi_channels_select": ("selected_channels", "initial_channels", []),
    "conversations_select": ("selected_conversation", "initial_conversation", None),
    "multi_conversations_select": ("selected_conversations", "initial_conversations", []),
    "datepicker": ("selected_date", "initial_date", None),
    "timepicker": ("selected_time", "initial_time", None),
    "datetimepicker": ("selected_date_time", "initial_date_time", None),
    "plain_text_input": ("value", "initial_value", None),
    "email_text_input": ("value", "initial_value", None),
    "url_text_input": ("value", "initial_value", None),
    "number_input": ("value", "initial_value", None),
    "rich_text_input": ("rich_text_value", "initial_value", None),
    "file_input": ("files", "", []),
}


def first_state(element: Wire) -> Wire:
    """Return what an untouched element holds."""
    kind = element["type"]
    field, initial, empty = _EMPTY[kind]
    return {"type": kind, field: element.get(initial, empty)}


def held(element: Wire, value: Wire) -> object:
    """Return the bare value a state entry holds."""
    return value.get(_EMPTY[element["type"]][0])


def start_values(blocks: list[Wire], kept: Values | None = None) -> Values:
    """Return the state of a fresh view, keeping what was typed under the same ids.

    Source: slack-contract 1.5, view state.
    """
    values: Values = {}
    for block, element in stateful(blocks):
        block_id, action_id = block["block_id"], element["action_id"]
        old = (kept or {}).get(block_id, {}).get(action_id)
        keep = old is not None and old["type"] == element["type"]
        entry = old if keep and old is not None else first_state(element)
        values.setdefault(block_id, {})[action_id] = entry
    return values


def make_state(element: Wire, wanted: object, world: World) -> Wire:
    """Return the state entry for what a person picks or types.

    Args:
        element: the element as the view has it.
        wanted: text, an option's label or value, a list of these, a person, a channel, or None.
        world: to find people and channels by name.

    Raises:
        DrillRefusal: the element does not offer that.
    """
    kind = str(element["type"])
    field, _, empty = _EMPTY[kind]
    if wanted is None or wanted in ("", []):
        return {"type": kind, field: empty}
    if field == "selected_option":
        return {"type": kind, field: pick(element, wanted)}
    if field == "selected_options":
        return {"type": kind, field: [pick(element, one) for one in _several(wanted)]}
    if "user" in field:
        ids: list[str] = [world.person(str(one)).id for one in _several(wanted)]
        return {"type": kind, field: ids if field.endswith("s") else ids[0]}
    if "channel" in field or "conversation" in field:
        ids = [world.channel_named(str(one)).id for one in _several(wanted)]
        return {"type": kind, field: ids if field.endswith("s") else ids[0]}
    if field == "files":
        return {"type": kind, field: _put_in(element, _several(wanted), world)}
    return {"type": kind, field: wanted}


def _put_in(element: Wire, wanted: list[object], world: World) -> list[Wire]:
    """Return files as Slack describes them; the drill keeps their names and sizes alone.

    Raises:
        DrillRefusal: they are more than the element takes.
    """
    most = element.get("max_files", 10)
    if len(wanted) > most:
        raise DrillRefusal(f"{element['action_id']} takes {most} files at the most.")
    return [
        _file(each if isinstance(each, dict) else {"name": str(each)}, world) for each in wanted
    ]


def _file(put: Wire, world: World) -> Wire:
    name, size, made = str(put["name"]), int(put.get("size", 1000)), world.ids.make("F")
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    link = f"https://{world.team['domain']}.slack.com/files/{made}/{name.replace(' ', '_')}"
    return {
        "id": made,
        "name": name,
        "title": name,
        "filetype": ending,
        "pretty_type": ending.upper(),
        "size": size,
        "permalink": link,
    }


def _several(wanted: object) -> list[object]:
    return list(wanted) if isinstance(wanted, (list, tuple, set)) else [wanted]


def pick(element: Wire, wanted: object) -> Wire:
    """Return the option with this label or value, as the element offers it."""
    if isinstance(wanted, dict):
        return wanted
    options = all_options(element)
    for option in options:
        if wanted in (option["value"], option["text"]["text"]):
            return option
    for option in options:
        if str(wanted).lower() in option["text"]["text"].lower():
            return option
    offered = ", ".join(o["text"]["text"] for o in options) or "nothing"
    raise DrillRefusal(f"No option {wanted!r} in {element['action_id']}; it offers {offered}.")


def missing(blocks: list[Wire], values: Values) -> dict[str, str]:
    """Return what the client itself refuses on submit, by block_id.

    A required input left empty, or a text outside its length, never reaches the app.
    """
    wrong: dict[str, str] = {}
    for block, element in stateful(blocks):
        if block["type"] != "input":
            continue
        value = held(element, values[block["block_id"]][element["action_id"]])
        if value in (None, "", []):
            if not block.get("optional"):
                wrong[block["block_id"]] = "Please complete this required field."
            continue
        sentence = _length_sentence(element, value)
        if sentence:
            wrong[block["block_id"]] = sentence
    return wrong


def _length_sentence(element: Wire, value: object) -> str:
    if not isinstance(value, str):
        return ""
    least, most = element.get("min_length"), element.get("max_length", 3000)
    if isinstance(least, int) and len(value) < least:
        return f"Must be at least {least} characters."
    if isinstance(most, int) and len(value) > most:
        return f"Must be at most {most} characters."
    return ""
