"""blocks.validate: what is wrong with blocks, a message or a view, before anybody sees it.

Source: slack-contract 3.4.
"""

from __future__ import annotations

import json
from typing import Any

from drill.blocks import ANYWHERE, check_blocks, require_view
from drill.core import Slack
from drill.errors import SlackError, invalid_arguments

Wire = dict[str, Any]

_GIVEN = ("blocks", "message", "view")


def validate(slack: Slack, args: Wire) -> Wire:
    """Answer blocks.validate."""
    given = [name for name in _GIVEN if args.get(name)]
    if len(given) != 1:
        raise invalid_arguments("provide exactly one of blocks, message, view")
    name = given[0]
    told = _told(slack, name, _parsed(args[name], name))
    if told:
        raise SlackError(f"invalid_{name}", errors=[_error(name, one) for one in told])
    return {"ok": True}


def _parsed(value: object, name: str) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise invalid_arguments(f"must be valid JSON [json-pointer:/{name}]") from None


def _told(slack: Slack, name: str, value: Any) -> list[str]:
    lacks = slack.faults.lacks
    if name == "blocks":
        return check_blocks(value, ANYWHERE, lacks).messages
    if name == "message":
        if isinstance(value, dict) and "blocks" not in value:
            return []
        blocks = value["blocks"] if isinstance(value, dict) else value
        return check_blocks(blocks, "message", lacks).messages
    try:
        require_view(value, ("modal", "home"), lacks)
    except SlackError as error:
        told = error.extra.get("response_metadata", {}).get("messages", [f"{error} "])
        return [message.removeprefix("[ERROR] ") for message in told]
    return []


def _error(name: str, told: str) -> Wire:
    """Return one breach: its pointer begins at what was given."""
    message, _, pointer = told.removesuffix("]").partition(" [json-pointer:")
    front = "/blocks" if name == "blocks" else "/view"
    return {
        "code": "failed_constraint",
        "message": message,
        "pointer": pointer.removeprefix(front),
    }
