"""What can be seen and pressed in the workspace now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from drill.core import OpenView, Slack
from drill.elements import all_options
from drill.finding import as_seen, visible_messages
from drill.walking import elements_of, leaves
from drill.world import Channel, User

Wire = dict[str, Any]
LOOK_BACK = 14


@dataclass(frozen=True, slots=True)
class Button:
    """A button, or an entry of a menu, in a message that somebody sees."""

    channel: Channel
    ts: str
    name: str
    action: str
    value: str


def buttons_of(channel: Channel, message: Wire) -> Iterator[Button]:
    """Return all that can be pressed in a message."""
    for block in leaves(message.get("blocks") or ()):
        for element in elements_of(block):
            if element["type"] == "button":
                action, value = str(element["action_id"]), str(element.get("value", ""))
                yield Button(channel, message["ts"], action, action, value)
            elif element["type"] == "overflow":
                for option in all_options(element):
                    action, _, value = str(option["value"]).partition("|")
                    yield Button(channel, message["ts"], str(option["value"]), action, value)


def seen_by(user: User, channel: Channel) -> Iterator[Button]:
    """Return the buttons before a person in a channel, the newest messages first."""
    shown = reversed(visible_messages(user, channel))
    for message in islice(shown, LOOK_BACK):
        yield from buttons_of(channel, message)
    pinned = {pin["message_ts"] for pin in channel.pins}
    for ts in pinned:
        if ts in channel.messages:
            yield from buttons_of(channel, as_seen(channel.messages[ts], user))


def channels_of(slack: Slack, user: User) -> list[Channel]:
    """Return the channels a person is in that are not archived."""
    return [c for c in slack.world.channels.values() if user.id in c.members and not c.archived]


def bridges(slack: Slack) -> list[Channel]:
    """Return the bridges."""
    return [c for c in slack.world.channels.values() if c.name.startswith("bw-")]


def name_of(channel: Channel) -> str:
    """Return a channel's name as moves give it: empty for a direct message."""
    return channel.name if channel.kind == "channel" else ""


def find(
    slack: Slack, user: User, where: str, action: str, value: str, *, exactly: bool = False
) -> Button | None:
    """Return the newest button that a move means: the very one, else one of its kind."""
    place = slack.world.channel_named(where) if where else slack.world.direct((user.id,))
    same = [button for button in seen_by(user, place) if button.action == action]
    for button in same:
        if button.value == value:
            return button
    return same[0] if same and not exactly else None


def form_buttons(view: OpenView) -> Iterator[tuple[Wire, Wire, None]]:
    """Return the buttons of a form, each with its block."""
    for block in leaves(view.wire["blocks"]):
        for element in elements_of(block):
            if element["type"] == "button" and "url" not in element:
                yield block, element, None
