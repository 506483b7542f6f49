"""Facts of a ticket that is followed. Source: S166."""

from __future__ import annotations

from protocols.following.rules import is_followed
from templates.kit.presenting import presents
from templates.kit.scene import Facts, Scene


@presents("followed")
def followed(scene: Scene) -> Facts:
    """Return why it escalated; empty where its tier was raised."""
    return {**scene.common(), "why": scene.param("why")}


def of_reader(scene: Scene) -> Facts:
    """Return whether the reader follows it, or may."""
    follows = is_followed(scene.ticket, scene.ctx.by.key, scene.ctx)
    return {"follows": follows, "can_follow": scene.ticket.is_live and not follows}
