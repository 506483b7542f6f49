"""What is known of a channel: an account's shared one, or a team's."""

from __future__ import annotations

from dataclasses import dataclass

TEAM = "team:"
"""How the key begins under which a team's channel is known; no account's key holds a colon."""


def team_key(channel_id: str) -> str:
    """Return the key under which it is known what Slack said of a team's channel."""
    return f"{TEAM}{channel_id}"


@dataclass(frozen=True, slots=True)
class ChannelFacts:
    """What Slack said of a channel. Source: D24."""

    channel_id: str
    name: str
    is_ext_shared: bool
    bot_is_member: bool
    outside_count: int = 0
