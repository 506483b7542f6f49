"""What is known of an account's shared channel."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ChannelFacts:
    """What Slack said of an account's shared channel. Source: D24."""

    channel_id: str
    name: str
    is_ext_shared: bool
    bot_is_member: bool
    outside_count: int = 0
