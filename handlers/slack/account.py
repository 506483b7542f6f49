"""This file owns what Slack tells of an account's channel. Source: M4."""

from __future__ import annotations

from handlers.kit.doors import Doors
from handlers.kit.edge import SlackEvent
from handlers.kit.ports import Desk
from handlers.kit.replies import NOTED, Answer


def reread(desk: Desk, event: SlackEvent) -> Answer:
    """Have the facts of an account's channel read again."""
    if desk.account_of_channel(event.channel_id) is not None:
        desk.channel_changed(event.channel_id)
    return NOTED


DOORS = Doors(
    events={
        "channel_unshared": reread,
    },
)
