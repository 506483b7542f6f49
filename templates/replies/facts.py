"""This file owns the facts of what somebody outside wrote."""

from __future__ import annotations

from datetime import datetime

from protocols.account.state import Road
from templates.kit.presenting import presents
from templates.kit.scene import Facts, Scene


@presents("reply_line", "outside_wrote")
def reply_line(scene: Scene) -> Facts:
    """Return where and when the account wrote, or someone who does not stand for it."""
    route, channel_id = scene.ticket.of(Road).route, scene.param("channel_id")
    own = route.channel_name if channel_id == route.channel_id else ""
    return {
        **scene.common(),
        "channel_id": channel_id,
        "channel_name": own,
        "at": datetime.fromisoformat(scene.param("wrote_at")),
        "link": scene.param("link"),
        "author": scene.param("author"),
    }
