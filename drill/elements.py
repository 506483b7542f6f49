"""The limits of Block Kit's interactive elements and their composition objects.

Source: slack-contract 3.3.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from drill.findings import Findings, Node

PLAIN = ("plain_text",)
SELECTS = (
    "static_select",
    "external_select",
    "users_select",
    "conversations_select",
    "channels_select",
)
MULTI_SELECTS = tuple(f"multi_{name}" for name in SELECTS)
PICKERS = ("datepicker", "timepicker", "datetimepicker")
BOXES = ("checkboxes", "radio_buttons")
TYPED = ("plain_text_input", "email_text_input", "url_text_input", "number_input")
IN_ACTIONS = frozenset(("button", "overflow", *SELECTS, *PICKERS, *BOXES))
AS_ACCESSORY = frozenset(
    ("button", "overflow", "image", *SELECTS, *MULTI_SELECTS, *PICKERS, *BOXES)
)
IN_INPUT = frozenset(
    ("rich_text_input", "file_input", *SELECTS, *MULTI_SELECTS, *PICKERS, *BOXES, *TYPED)
)
STATEFUL = (IN_INPUT | IN_ACTIONS) - {"button", "overflow"}

_PERSON = re.compile(r"^[UW][A-Z0-9]+$")
_DATE = re.compile(r"^\d{4}-\d{2}-\d{2}$")
_CLOCK = re.compile(r"^([01]\d|2[0-3]):[0-5]\d$")


def check_element(found: Findings, node: object, pointer: str, allowed: frozenset[str]) -> None:
    """Check one element in a place where only some kinds may stand."""
    if not isinstance(node, dict):
        found.add(pointer, "must be an object")
        return
    kind = node.get("type")
    if str(kind) not in allowed:
        found.add(f"{pointer}/type", f"unsupported type: {kind}")
        return
    found.length(node.get("action_id"), f"{pointer}/action_id", 255, 1)
    found.text(node.get("placeholder"), f"{pointer}/placeholder", 150, PLAIN)
    if "confirm" in node:
        _confirm(found, node["confirm"], f"{pointer}/confirm")
    check = _CHECKS.get(str(kind))
    if check is not None:
        check(found, node, pointer)


def _confirm(found: Findings, node: object, pointer: str) -> None:
    if not isinstance(node, dict):
        found.add(pointer, "must be an object")
        return
    found.required(node, pointer, "title", "text")
    found.text(node.get("title"), f"{pointer}/title", 100, PLAIN)
    found.text(node.get("text"), f"{pointer}/text", 300)
    found.text(node.get("confirm"), f"{pointer}/confirm", 30, PLAIN)
    found.text(node.get("deny"), f"{pointer}/deny", 30, PLAIN)
    _style(found, node, pointer)


def _style(found: Findings, node: Node, pointer: str) -> None:
    found.one_of(node, pointer, "style", "primary", "danger")


_BUTTON_FIELDS = (
    "type", "text", "action_id", "url", "value", "style", "confirm", "accessibility_label",
    "visible_to_user_ids", "agent_prompt", "agent_prompt_display",
)  # fmt: skip


def _button(found: Findings, node: Node, pointer: str) -> None:
    found.known(node, pointer, _BUTTON_FIELDS)
    found.required(node, pointer, "text")
    found.text(node.get("text"), f"{pointer}/text", 75, PLAIN)
    found.length(node.get("value"), f"{pointer}/value", 2000)
    found.length(node.get("url"), f"{pointer}/url", 3000)
    found.length(node.get("accessibility_label"), f"{pointer}/accessibility_label", 75)
    _style(found, node, pointer)
    if "visible_to_user_ids" in node:
        _people(found, node["visible_to_user_ids"], f"{pointer}/visible_to_user_ids")


def _people(found: Findings, people: object, pointer: str) -> None:
    # Slack publishes no limit; one for each person of a large desk is far from any.
    if found.count(people, pointer, 1000) and isinstance(people, list):
        for place, person in enumerate(people):
            if not isinstance(person, str) or not _PERSON.match(person):
                found.add(f"{pointer}/{place}", "must be a user id")


def check_option(
    found: Findings,
    node: object,
    pointer: str,
    *,
    label: tuple[str, ...] = PLAIN,
    url: bool = False,
) -> None:
    """Check one option of a select, an overflow or a group of boxes."""
    if not isinstance(node, dict):
        found.add(pointer, "must be an object")
        return
    found.known(node, pointer, ("text", "value", "description", "url"))
    found.required(node, pointer, "text", "value")
    found.text(node.get("text"), f"{pointer}/text", 75, label)
    found.length(node.get("value"), f"{pointer}/value", 150, 1)
    found.text(node.get("description"), f"{pointer}/description", 75, label)
    if "url" in node:
        found.length(node["url"], f"{pointer}/url", 3000)
        if not url:
            found.add(pointer, "invalid additional property: url")


def _options(
    found: Findings, options: object, pointer: str, most: int, label: tuple[str, ...] = PLAIN
) -> None:
    if found.count(options, pointer, most) and isinstance(options, list):
        for place, option in enumerate(options):
            check_option(found, option, f"{pointer}/{place}", label=label)


def _static(found: Findings, node: Node, pointer: str) -> None:
    has_options, has_groups = "options" in node, "option_groups" in node
    if has_options == has_groups:
        found.add(pointer, "exactly one of options or option_groups is required")
        return
    if has_options:
        _options(found, node["options"], f"{pointer}/options", 100)
    else:
        check_groups(found, node["option_groups"], f"{pointer}/option_groups")
    _initial(found, node, pointer)
    _selected_items(found, node, pointer)


def check_groups(found: Findings, groups: object, pointer: str) -> None:
    """Check the option groups of a select."""
    if not found.count(groups, pointer, 100) or not isinstance(groups, list):
        return
    for place, group in enumerate(groups):
        here = f"{pointer}/{place}"
        if not isinstance(group, dict):
            found.add(here, "must be an object")
            continue
        found.required(group, here, "label", "options")
        found.text(group.get("label"), f"{here}/label", 75, PLAIN)
        _options(found, group.get("options"), f"{here}/options", 100)


def _list(value: object) -> list[Any]:
    return list(value) if isinstance(value, list) else []


def all_options(node: Node) -> list[dict[str, Any]]:
    """Return every option of an element, out of its groups too."""
    options = _list(node.get("options"))
    for group in _list(node.get("option_groups")):
        if isinstance(group, dict):
            options += _list(group.get("options"))
    return [option for option in options if isinstance(option, dict)]


def _initial(found: Findings, node: Node, pointer: str) -> None:
    values = [o.get("value") for o in all_options(node)]
    first = node.get("initial_option")
    if first is not None and (not isinstance(first, dict) or first.get("value") not in values):
        found.add(f"{pointer}/initial_option", "must match one of the options")
    several = node.get("initial_options")
    if several is None:
        return
    if found.count(several, f"{pointer}/initial_options", 100) and isinstance(several, list):
        for place, option in enumerate(several):
            if not isinstance(option, dict) or option.get("value") not in values:
                here = f"{pointer}/initial_options/{place}"
                found.add(here, "must match one of the options")


def _selected_items(found: Findings, node: Node, pointer: str) -> None:
    most = node.get("max_selected_items")
    if most is not None and (not isinstance(most, int) or most < 1):
        found.add(f"{pointer}/max_selected_items", "must be greater than 0")


def _external(found: Findings, node: Node, pointer: str) -> None:
    least = node.get("min_query_length")
    if least is not None and not isinstance(least, int):
        found.add(f"{pointer}/min_query_length", "must be an integer")
    if "options" in node:
        found.add(pointer, "invalid additional property: options")
    if isinstance(node.get("initial_option"), dict):
        check_option(found, node["initial_option"], f"{pointer}/initial_option")
    _selected_items(found, node, pointer)


def _overflow(found: Findings, node: Node, pointer: str) -> None:
    options = node.get("options")
    if found.count(options, f"{pointer}/options", 5) and isinstance(options, list):
        for place, option in enumerate(options):
            check_option(found, option, f"{pointer}/options/{place}", url=True)


def _boxes(found: Findings, node: Node, pointer: str) -> None:
    _options(found, node.get("options"), f"{pointer}/options", 10, ("plain_text", "mrkdwn"))
    _initial(found, node, pointer)


def _typed(found: Findings, node: Node, pointer: str) -> None:
    for name in ("min_length", "max_length"):
        value = node.get(name)
        if value is not None and (not isinstance(value, int) or not 0 <= value <= 3000):
            found.add(f"{pointer}/{name}", "must be between 0 and 3000")
    first = node.get("initial_value")
    most = node.get("max_length")
    found.length(first, f"{pointer}/initial_value", most if isinstance(most, int) else 3000)


def _number(found: Findings, node: Node, pointer: str) -> None:
    if "is_decimal_allowed" not in node:
        found.add(pointer, "missing required field: is_decimal_allowed")
    for name in ("min_value", "max_value", "initial_value"):
        if node.get(name) is not None and not isinstance(node[name], str):
            found.add(f"{pointer}/{name}", "must be a string")


def _date(found: Findings, node: Node, pointer: str) -> None:
    first = node.get("initial_date")
    if first is not None and not _DATE.match(str(first)):
        found.add(f"{pointer}/initial_date", "must be a date as YYYY-MM-DD")


def _time(found: Findings, node: Node, pointer: str) -> None:
    first = node.get("initial_time")
    if first is not None and not _CLOCK.match(str(first)):
        found.add(f"{pointer}/initial_time", "must be a time as HH:mm")


def _instant(found: Findings, node: Node, pointer: str) -> None:
    first = node.get("initial_date_time")
    if first is not None and not (isinstance(first, int) and len(str(first)) == 10):
        found.add(f"{pointer}/initial_date_time", "must be a 10-digit unix timestamp")


def _files(found: Findings, node: Node, pointer: str) -> None:
    most = node.get("max_files", 10)
    if not isinstance(most, int) or not 1 <= most <= 10:
        found.add(f"{pointer}/max_files", "must be between 1 and 10")


def check_image(found: Findings, node: Node, pointer: str) -> None:
    """Check an image, as a block or an element."""
    found.required(node, pointer, "alt_text")
    found.length(node.get("alt_text"), f"{pointer}/alt_text", 2000)
    found.length(node.get("image_url"), f"{pointer}/image_url", 3000)
    if ("image_url" in node) == ("slack_file" in node):
        found.add(pointer, "exactly one of image_url or slack_file is required")
    found.text(node.get("title"), f"{pointer}/title", 2000, PLAIN)


_CHECKS: dict[str, Callable[[Findings, Node, str], None]] = {
    "button": _button,
    "static_select": _static,
    "multi_static_select": _static,
    "external_select": _external,
    "multi_external_select": _external,
    "overflow": _overflow,
    "checkboxes": _boxes,
    "radio_buttons": _boxes,
    "plain_text_input": _typed,
    "number_input": _number,
    "datepicker": _date,
    "timepicker": _time,
    "datetimepicker": _instant,
    "file_input": _files,
    "image": check_image,
}
