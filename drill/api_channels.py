"""The conversations.* methods that make, name, describe and close channels."""

from __future__ import annotations

from typing import Any

from drill.access import (
    flag,
    joined_channel,
    live_channel,
    page,
    require_family,
    seen_channel,
    whole,
)
from drill.core import Slack
from drill.errors import SlackError
from drill.membership import add_member
from drill.posting import system_line
from drill.world import Channel, channel_wire

Wire = dict[str, Any]

NAME_MOST = 80
TOPIC_MOST = 250


def checked_name(slack: Slack, value: object) -> str:
    """Return a channel name that Slack takes.

    Raises:
        SlackError: by rule broken; ``name_taken`` also for invisible and archived channels.
    """
    name = str(value or "")
    if not name:
        raise SlackError("invalid_name_required")
    if len(name) > NAME_MOST:
        raise SlackError("invalid_name_maxlength")
    if all(c in "-_" for c in name):
        raise SlackError("invalid_name_punctuation")
    if any(not (c.isalnum() or c in "-_") or c != c.lower() for c in name):
        raise SlackError("invalid_name_specials")
    if any(c.kind == "channel" and c.name == name for c in slack.world.channels.values()):
        raise SlackError("name_taken")
    return name


def create(slack: Slack, args: Wire) -> Wire:
    """Answer conversations.create."""
    private = flag(args.get("is_private"))
    kinds = ("groups:write",) if private else ("channels:manage", "channels:write")
    slack.require_scopes(kinds)
    name = checked_name(slack, args.get("name"))
    world = slack.world
    channel = Channel(
        id=world.ids.make("C"),
        name=name,
        is_private=private,
        created=int(slack.clock.business().timestamp()),
        creator=world.bot_user_id,
        members={world.bot_user_id: None},
    )
    world.channels[channel.id] = channel
    if not private:
        event = {
            "type": "channel_created",
            "channel": {
                "id": channel.id,
                "name": name,
                "created": channel.created,
                "creator": channel.creator,
            },
            "event_ts": slack.clock.stamp(),
        }
        slack.emit("channel_created", event, channel)
    slack.touch()
    return {"ok": True, "channel": channel_wire(channel, world, world.bot_user_id)}


def info(slack: Slack, args: Wire) -> Wire:
    """Answer conversations.info."""
    channel = seen_channel(slack, args)
    _family_for(slack, "conversations.info", channel)
    wire = channel_wire(channel, slack.world, slack.world.bot_user_id)
    if flag(args.get("include_num_members")):
        wire["num_members"] = len(channel.members)
    return {"ok": True, "channel": wire}


def _family_for(slack: Slack, method: str, channel: Channel) -> None:
    kinds = {"im": "im", "mpim": "mpim"}
    fallback = "groups" if channel.is_private else "channels"
    require_family(slack, method, kinds.get(channel.kind, fallback))


_TYPES = ("public_channel", "private_channel", "mpim", "im")


def _type_of(channel: Channel) -> str:
    if channel.kind != "channel":
        return channel.kind
    return "private_channel" if channel.is_private else "public_channel"


def listed(slack: Slack, args: Wire) -> Wire:
    """Answer conversations.list."""
    return _list(slack, args, "conversations.list", slack.world.bot_user_id, only_joined=False)


def joined(slack: Slack, args: Wire) -> Wire:
    """Answer users.conversations."""
    user = str(args.get("user") or slack.world.bot_user_id)
    if user not in slack.world.users:
        raise SlackError("user_not_found")
    return _list(slack, args, "users.conversations", user, only_joined=True)


def _list(slack: Slack, args: Wire, method: str, user: str, *, only_joined: bool) -> Wire:
    types = [t.strip() for t in str(args.get("types") or "public_channel").split(",")]
    scope_of = {"public_channel": "channels", "private_channel": "groups"}
    for kind in types:
        if kind not in _TYPES:
            raise SlackError("invalid_types")
        require_family(slack, method, scope_of.get(kind, kind))
    bot = slack.world.bot_user_id
    found = [
        channel
        for channel in slack.world.channels.values()
        if _type_of(channel) in types
        and not (flag(args.get("exclude_archived")) and channel.archived)
        and (not channel.is_private or bot in channel.members)
        and (not only_joined or user in channel.members)
    ]
    shown, following = page(found, args, whole(args, "limit", 100, 999) or 100)
    return {
        "ok": True,
        "channels": [
            {**channel_wire(c, slack.world, bot), "num_members": len(c.members)} for c in shown
        ],
        "response_metadata": {"next_cursor": following},
    }


def _described(slack: Slack, args: Wire, what: str) -> Wire:
    channel = live_channel(slack, args)
    if channel.kind == "im":
        raise SlackError("method_not_supported_for_channel_type")
    words = str(args.get(what, ""))
    if len(words) > TOPIC_MOST:
        raise SlackError("too_long")
    value = {
        "value": words,
        "creator": slack.world.bot_user_id,
        "last_set": int(slack.clock.business().timestamp()),
    }
    setattr(channel, what, value)
    system_line(slack, channel, f"channel_{what}", slack.world.bot_user_id, **{what: words})
    wire = channel_wire(channel, slack.world, slack.world.bot_user_id)
    return {"ok": True, what: words, "channel": wire}


def set_topic(slack: Slack, args: Wire) -> Wire:
    """Answer conversations.setTopic."""
    return _described(slack, args, "topic")


def set_purpose(slack: Slack, args: Wire) -> Wire:
    """Answer conversations.setPurpose."""
    return _described(slack, args, "purpose")


def rename(slack: Slack, args: Wire) -> Wire:
    """Answer conversations.rename."""
    channel = live_channel(slack, args)
    if channel.kind != "channel":
        raise SlackError("method_not_supported_for_channel_type")
    if channel.creator != slack.world.bot_user_id:
        raise SlackError("not_authorized")
    name = checked_name(slack, args.get("name"))
    channel.previous_names.insert(0, channel.name)
    old, channel.name = channel.name, name
    system_line(slack, channel, "channel_name", slack.world.bot_user_id, old_name=old, name=name)
    return {"ok": True, "channel": channel_wire(channel, slack.world, slack.world.bot_user_id)}


def archive(slack: Slack, args: Wire) -> Wire:
    """Answer conversations.archive."""
    channel = joined_channel(slack, args)
    if channel.kind != "channel":
        raise SlackError("method_not_supported_for_channel_type")
    if channel.is_general:
        raise SlackError("cant_archive_general")
    if channel.archived:
        raise SlackError("already_archived")
    set_archived(slack, channel, slack.world.bot_user_id, archived=True)
    return {"ok": True}


def unarchive(slack: Slack, args: Wire) -> Wire:
    """Answer conversations.unarchive."""
    channel = joined_channel(slack, args)
    if not channel.archived:
        raise SlackError("not_archived")
    set_archived(slack, channel, slack.world.bot_user_id, archived=False)
    return {"ok": True}


def set_archived(slack: Slack, channel: Channel, user_id: str, *, archived: bool) -> None:
    """Archive or revive a channel and tell the app."""
    channel.archived = archived
    word = "archive" if archived else "unarchive"
    system_line(slack, channel, f"channel_{word}", user_id)
    name = f"{'group' if channel.is_private else 'channel'}_{word}"
    event = {
        "type": name,
        "channel": channel.id,
        "user": user_id,
        "event_ts": slack.clock.stamp(),
    }
    if archived:
        event["is_moved"] = 0  # type: ignore[assignment]
    slack.emit(name, event, channel)
    slack.touch()


def join(slack: Slack, args: Wire) -> Wire:
    """Answer conversations.join."""
    world = slack.world
    channel = seen_channel(slack, args)
    if channel.kind != "channel" or channel.is_private:
        raise SlackError("method_not_supported_for_channel_type")
    if channel.archived:
        raise SlackError("is_archived")
    answer: Wire = {"ok": True, "channel": channel_wire(channel, world, world.bot_user_id)}
    if world.bot_user_id in channel.members:
        answer["warning"] = "already_in_channel"
        answer["response_metadata"] = {"warnings": ["already_in_channel"]}
        return answer
    add_member(slack, channel, world.bot_user_id, inviter="")
    answer["channel"]["is_member"] = True
    return answer
