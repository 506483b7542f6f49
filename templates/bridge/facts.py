"""The facts of the bridge's channel: its topic, and who is in it."""

from __future__ import annotations

from protocols.bridge.rules import guards_of
from protocols.bridge.state import BridgeState
from protocols.people.people import BOT, Role
from templates.kit.presenting import presents
from templates.kit.scene import Facts, Scene


@presents("outsider_here")
def outsider_here(scene: Scene) -> Facts:
    """Return who from outside is in the bridge."""
    bridge = scene.ticket.of(BridgeState)
    return {
        **scene.common(),
        "person": scene.param("who"),
        "channel_id": bridge.channel_id,
        "channel_name": bridge.channel_name,
    }


@presents("topic")
def topic(scene: Scene) -> Facts:
    """Return tier and contact: never a word of the summary."""
    return scene.common()


@presents("topic_tier4")
def topic_tier4(scene: Scene) -> Facts:
    """Return who commands."""
    holder = scene.holder(Role.COMMANDER)
    return {**scene.common(), "commander": holder.name if holder is not None else ""}


@presents("bridge_shared")
def bridge_shared(scene: Scene) -> Facts:
    """Return which channel is no longer inside."""
    bridge = scene.ticket.of(BridgeState)
    return {
        **scene.common(),
        "channel_id": bridge.channel_id,
        "channel_name": bridge.channel_name,
        "at": bridge.shared_at or scene.ctx.now,
        "again": bridge.shared_again_at is not None,
        "people": ", ".join(who.name for who in guards_of(scene.ticket, scene.ctx).values()),
    }


@presents("bridge_unshared")
def bridge_unshared(scene: Scene) -> Facts:
    """Return which channel is ours alone again, and who says so; empty for Slack."""
    bridge, by = scene.ticket.of(BridgeState), scene.param("by")
    return {
        **scene.common(),
        "channel_id": bridge.channel_id,
        "channel_name": bridge.channel_name,
        "at": scene.ctx.now,
        "person": "" if by == BOT.key else scene.name(by),
    }


@presents("ninth_person")
def ninth_person(scene: Scene) -> Facts:
    """Return who was added by whom, and how many that makes."""
    added = scene.param("added")
    return {
        **scene.common(),
        "person": scene.name(added),
        "person_key": added,
        "added_by": scene.name(scene.param("by")),
        "here_count": scene.number("count"),
        "here_max": scene.ctx.policy.bridge.size,
    }
