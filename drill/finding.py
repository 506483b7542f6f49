"""Finding what a person means by the words they see: inputs by label, buttons by text."""

from __future__ import annotations

from typing import Any

from drill.core import OpenView, Slack
from drill.elements import all_options
from drill.errors import DrillRefusal
from drill.walking import elements_of, leaves, seen_by, stateful
from drill.world import Channel, User

Wire = dict[str, Any]


def find_input(opened: OpenView, name: str) -> tuple[Wire, Wire]:
    """Return the block and element of an input, by label, action_id or block_id, its version aside.

    Raises:
        DrillRefusal: the view has no such input; the sentence lists what it has.
    """
    return find_field(opened.wire["blocks"], name)


def find_field(blocks: list[Wire], name: str) -> tuple[Wire, Wire]:
    """Return the block and element of a field in these blocks."""
    labels: list[str] = []
    for block, element in stateful(blocks):
        label = (block.get("label") or block.get("text") or {}).get("text", "")
        hint = (element.get("placeholder") or {}).get("text", "")
        bare = block["block_id"].partition(":")[0]
        if name in (label, block["block_id"], bare, element["action_id"], hint):
            return block, element
        labels.append(label or element["action_id"])
    raise DrillRefusal(f"No field {name!r} here; there are: {', '.join(labels) or 'none'}.")


def find_button(blocks: list[Wire], name: str) -> tuple[Wire, Wire, Wire | None] | None:
    """Return block, element and (of an overflow) option of a button by text or action_id."""
    for block in leaves(blocks):
        for element in elements_of(block):
            if element["type"] == "button":
                if name in (element["text"]["text"], element["action_id"]):
                    return block, element, None
            elif element["type"] == "overflow":
                for option in all_options(element):
                    if name in (option["text"]["text"], option["value"]):
                        return block, element, option
    return None


def button_texts(blocks: list[Wire]) -> list[str]:
    """Return what can be pressed in these blocks, as read."""
    found: list[str] = []
    for block in leaves(blocks):
        for element in elements_of(block):
            if element["type"] == "button":
                found.append(element["text"]["text"])
            elif element["type"] == "overflow":
                found += [option["text"]["text"] for option in all_options(element)]
    return found


def as_seen(message: Wire, user: User) -> Wire:
    """Return a message as one person sees it: without the buttons that others alone see."""
    blocks = message.get("blocks", [])
    shown = seen_by(blocks, user.id)
    return message if shown is blocks else {**message, "blocks": shown}


def whole(channel: Channel, message: Wire) -> Wire:
    """Return a message as the app wrote it, whoever saw it."""
    own = (m for m in channel.ephemerals if m["ts"] == message["ts"])
    return channel.messages.get(message["ts"]) or next(own)


def visible_messages(user: User, channel: Channel) -> list[Wire]:
    """Return what a person sees in a channel, oldest first, whispers to them among it."""
    if user.id not in channel.members:
        return []
    shown = [as_seen(message, user) for message in channel.messages.values()]
    own = [as_seen(m, user) for m in channel.ephemerals if m["for_user"] == user.id]
    return sorted([*shown, *own], key=lambda m: float(m["ts"])) if own else shown


def channels_of(slack: Slack, user: User) -> list[Channel]:
    """Return the channels a person is in."""
    return [c for c in slack.world.channels.values() if user.id in c.members]


def newest_with(
    slack: Slack, user: User, name: str, channel: Channel | None, ts: str = ""
) -> tuple[Channel, Wire, tuple[Wire, Wire, Wire | None]]:
    """Return the newest message before this person that has a button.

    Raises:
        DrillRefusal: no message they see has it.
    """
    places = [channel] if channel is not None else channels_of(slack, user)
    best: tuple[Channel, Wire, tuple[Wire, Wire, Wire | None]] | None = None
    for place in places:
        for message in reversed(visible_messages(user, place)):
            if ts and message["ts"] != ts:
                continue
            found = find_button(message.get("blocks", []), name)
            if found is not None:
                if best is None or float(message["ts"]) > float(best[1]["ts"]):
                    best = (place, message, found)
                break
    if best is None:
        where = f" in {channel.name}" if channel is not None else ""
        raise DrillRefusal(f"{user.real_name} sees no button {name!r}{where}.")
    return best
