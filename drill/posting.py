"""Messages: checked, stored, changed, removed, and told to the app as events."""

from __future__ import annotations

import json
import re
from typing import Any

from drill.access import family
from drill.blocks import require_message_blocks
from drill.core import Slack
from drill.errors import SlackError
from drill.walking import fill_ids
from drill.world import Channel, User

Wire = dict[str, Any]

TEXT_MOST = 40_000
UPDATE_MOST = 4_000
METADATA_BYTES = 16_384
CHANNEL_TYPES = {"im": "im", "mpim": "mpim", "groups": "group", "channels": "channel"}
_URL = re.compile(r"(?<![<|\w])https?://[^\s<>|]+")


def content(slack: Slack, args: Wire) -> Wire:
    """Return text, blocks, attachments and metadata of a message to be.

    Raises:
        SlackError: as chat.postMessage refuses them.
    """
    made: Wire = {}
    blocks = _parsed(args.get("blocks"), "invalid_blocks_format")
    text = args.get("text")
    if args.get("markdown_text"):
        if text or blocks:
            raise SlackError("markdown_text_conflict")
        text = args["markdown_text"]
    if blocks:
        made["blocks"] = fill_ids(
            require_message_blocks(blocks, slack.faults.lacks), slack.world.ids
        )
    attachments = _parsed(args.get("attachments"), "invalid_attachments")
    if attachments:
        if len(attachments) > 100:
            raise SlackError("too_many_attachments")
        made["attachments"] = attachments
    if not (text or blocks or attachments):
        raise SlackError("no_text")
    made["text"] = _URL.sub(lambda m: f"<{m.group(0)}>", str(text or ""))
    if args.get("metadata") not in (None, ""):
        made["metadata"] = metadata(args["metadata"])
    return made


def _parsed(value: object, error: str) -> list[Any]:
    if value in (None, "", []):
        return []
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            raise SlackError(error) from None
    if not isinstance(value, list):
        raise SlackError(error)
    return value


def metadata(value: object) -> Wire:
    """Return message metadata, checked.

    Raises:
        SlackError: ``invalid_metadata_format``, ``invalid_metadata_schema`` or too large.
    """
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            raise SlackError("invalid_metadata_format") from None
    if not isinstance(value, dict):
        raise SlackError("invalid_metadata_format")
    if value == {}:
        return {}
    payload = value.get("event_payload")
    if not isinstance(value.get("event_type"), str) or not isinstance(payload, dict):
        raise SlackError("invalid_metadata_schema")
    if not all(_plain(entry, 1) for entry in payload.values()):
        raise SlackError("invalid_metadata_schema")
    if len(json.dumps(value)) > METADATA_BYTES:
        raise SlackError("metadata_too_large")
    return {"event_type": value["event_type"], "event_payload": payload}


def _plain(value: object, depth: int) -> bool:
    if isinstance(value, (str, int, float, bool)):
        return True
    if depth == 0:
        return False
    if isinstance(value, list):
        return all(_plain(item, depth) for item in value)
    return isinstance(value, dict) and all(_plain(item, depth - 1) for item in value.values())


def bot_message(slack: Slack, made: Wire) -> Wire:
    """Return the message as posted by the app."""
    world = slack.world
    return {
        "type": "message",
        "user": world.bot_user_id,
        "ts": slack.clock.stamp(),
        "bot_id": world.bot_id,
        "app_id": world.app_id,
        "team": world.team_id,
        "bot_profile": {
            "id": world.bot_id,
            "app_id": world.app_id,
            "name": slack.manifest.name,
            "deleted": False,
            "updated": 1_700_000_000,
            "icons": {"image_36": "", "image_48": "", "image_72": ""},
            "team_id": world.team_id,
        },
        **made,
    }


def person_message(slack: Slack, user: User, text: str) -> Wire:
    """Return a message as a person types it, with the rich_text block Slack makes of it."""
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {
        "client_msg_id": slack.world.ids.envelope(),
        "type": "message",
        "text": text,
        "user": user.id,
        "ts": slack.clock.stamp(),
        "team": user.team_id,
        "blocks": [
            {"type": "rich_text", "block_id": slack.world.ids.short(), "elements": [section]}
        ],
    }


def store(slack: Slack, channel: Channel, message: Wire) -> None:
    """Put a message into a channel and tell the app of it."""
    channel.messages[message["ts"]] = message
    parent_ts = message.get("thread_ts")
    if parent_ts and parent_ts != message["ts"]:
        _count_reply(channel.messages.get(parent_ts), message)
    channel.read_up_to[str(message.get("user", ""))] = message["ts"]
    tell(slack, channel, message)


def _count_reply(parent: Wire | None, reply: Wire) -> None:
    if parent is None:
        return
    users = parent.setdefault("reply_users", [])
    if reply["user"] not in users:
        users.append(reply["user"])
    parent["thread_ts"] = parent["ts"]
    parent["reply_count"] = parent.get("reply_count", 0) + 1
    parent["reply_users_count"] = len(users)
    parent["latest_reply"] = reply["ts"]
    reply.setdefault("parent_user_id", parent.get("user", ""))
    if reply.get("subtype") == "thread_broadcast":
        reply["root"] = {k: v for k, v in parent.items() if k != "metadata"}


def tell(slack: Slack, channel: Channel, message: Wire) -> None:
    """Send the app the message event of a message."""
    kind = family(channel)
    event = {
        **{k: v for k, v in message.items() if k != "metadata"},
        "channel": channel.id,
        "channel_type": CHANNEL_TYPES[kind],
        "event_ts": message["ts"],
    }
    slack.emit(f"message.{kind}", event, channel)
    slack.touch()


def system_line(slack: Slack, channel: Channel, subtype: str, user_id: str, **more: str) -> None:
    """Write a line of Slack's own into a channel: joins, topics, archiving."""
    words = {
        "channel_join": f"<@{user_id}> has joined the channel",
        "channel_leave": f"<@{user_id}> has left the channel",
        "channel_topic": f"<@{user_id}> set the channel topic: {more.get('topic', '')}",
        "channel_purpose": f"<@{user_id}> set the channel description: {more.get('purpose', '')}",
        "channel_name": f"<@{user_id}> has renamed the channel to {more.get('name', '')}",
        "channel_archive": f"<@{user_id}> archived the channel",
        "channel_unarchive": f"<@{user_id}> un-archived the channel",
    }
    message = {
        "type": "message",
        "subtype": subtype,
        "ts": slack.clock.stamp(),
        "user": user_id,
        "text": words[subtype],
        **more,
    }
    channel.messages[message["ts"]] = message
    tell(slack, channel, message)


def change(slack: Slack, channel: Channel, message: Wire, made: Wire, editor: str) -> None:
    """Replace a message's content and tell the app (message_changed)."""
    before = {k: v for k, v in message.items() if k != "metadata"}
    for key in ("text", "blocks", "attachments"):
        message.pop(key, None)
    message.update(made)
    if message.get("metadata") == {}:
        del message["metadata"]
    stamp = slack.clock.stamp()
    message["edited"] = {"user": editor, "ts": stamp}
    kind = family(channel)
    event = {
        "type": "message",
        "subtype": "message_changed",
        "hidden": True,
        "message": {k: v for k, v in message.items() if k != "metadata"},
        "previous_message": before,
        "channel": channel.id,
        "channel_type": CHANNEL_TYPES[kind],
        "ts": stamp,
        "event_ts": stamp,
    }
    slack.emit(f"message.{kind}", event, channel)
    slack.touch()


def remove(slack: Slack, channel: Channel, message: Wire) -> None:
    """Delete a message and tell the app (message_deleted)."""
    del channel.messages[message["ts"]]
    channel.pins[:] = [pin for pin in channel.pins if pin["message_ts"] != message["ts"]]
    stamp = slack.clock.stamp()
    kind = family(channel)
    event = {
        "type": "message",
        "subtype": "message_deleted",
        "hidden": True,
        "deleted_ts": message["ts"],
        "previous_message": {k: v for k, v in message.items() if k != "metadata"},
        "channel": channel.id,
        "channel_type": CHANNEL_TYPES[kind],
        "ts": stamp,
        "event_ts": stamp,
    }
    slack.emit(f"message.{kind}", event, channel)
    slack.touch()


def whisper(slack: Slack, channel: Channel, user_id: str, made: Wire) -> Wire:
    """Show one person a message nobody else sees. It is not in history."""
    message = bot_message(slack, {k: v for k, v in made.items() if k != "metadata"})
    message["is_ephemeral"] = True
    message["for_user"] = user_id
    message["channel"] = channel.id
    channel.ephemerals.append(message)
    slack.touch()
    return message


def unpin(slack: Slack, channel: Channel, message: Wire, by: str) -> None:
    """Take the pin off a message and tell the app (pin_removed)."""
    channel.pins[:] = [pin for pin in channel.pins if pin["message_ts"] != message["ts"]]
    message.pop("pinned_to", None)
    shown = {k: v for k, v in message.items() if k != "metadata"}
    event = {
        "type": "pin_removed",
        "user": by,
        "channel_id": channel.id,
        "item": {"type": "message", "channel": channel.id, "message": shown},
        "has_pins": bool(channel.pins),
        "event_ts": slack.clock.stamp(),
    }
    slack.emit("pin_removed", event, channel)
    slack.touch()
