"""Who comes into a channel and who goes, and the events of it."""

from __future__ import annotations

from typing import Any

from drill.core import Slack
from drill.posting import system_line
from drill.world import Channel

Wire = dict[str, Any]


def add_member(slack: Slack, channel: Channel, user_id: str, inviter: str) -> None:
    """Put somebody into a channel and tell the app."""
    channel.members[user_id] = None
    more = {"inviter": inviter} if inviter else {}
    system_line(slack, channel, "channel_join", user_id, **more)
    _tell(slack, channel, "member_joined_channel", user_id, inviter)


def drop_member(slack: Slack, channel: Channel, user_id: str) -> None:
    """Take somebody out of a channel and tell the app, which sees it even of itself."""
    _tell(slack, channel, "member_left_channel", user_id, "")
    if not channel.is_private:
        system_line(slack, channel, "channel_leave", user_id)
    channel.members.pop(user_id, None)
    slack.touch()


def _tell(slack: Slack, channel: Channel, name: str, user_id: str, inviter: str) -> None:
    event: Wire = {
        "type": name,
        "user": user_id,
        "channel": channel.id,
        "channel_type": "G" if channel.is_private else "C",
        "team": slack.world.users[user_id].team_id,
        "event_ts": slack.clock.stamp(),
    }
    if inviter:
        event["inviter"] = inviter
    slack.emit(name, event, channel)
