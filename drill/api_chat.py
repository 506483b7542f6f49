"""The chat.* methods."""

from __future__ import annotations

from typing import Any

from drill.access import flag, joined_channel, live_channel, seen_channel
from drill.core import Slack
from drill.errors import SlackError
from drill.posting import (
    TEXT_MOST,
    UPDATE_MOST,
    bot_message,
    change,
    content,
    remove,
    store,
    whisper,
)
from drill.world import Channel

Wire = dict[str, Any]


def post_message(slack: Slack, args: Wire) -> Wire:
    """Answer chat.postMessage."""
    channel = _target(slack, args)
    made = content(slack, args)
    warnings: list[str] = []
    if len(made["text"]) > TEXT_MOST:
        made["text"] = made["text"][:TEXT_MOST]
        warnings.append("message_truncated")
    made.update(_thread(channel, args))
    message = bot_message(slack, made)
    store(slack, channel, message)
    answer: Wire = {
        "ok": True,
        "channel": channel.id,
        "ts": message["ts"],
        "message": dict(message),
    }
    if warnings:
        answer["warning"] = ",".join(warnings)
        answer["response_metadata"] = {"warnings": warnings}
    return answer


def _target(slack: Slack, args: Wire) -> Channel:
    name = str(args.get("channel", ""))
    user = slack.world.users.get(name)
    if user is not None:
        if user.kind in ("deactivated", "bot") or not slack.manifest.messages_enabled:
            raise SlackError(
                "messages_tab_disabled" if user.kind not in ("deactivated", "bot")
                else "channel_not_found"
            )  # fmt: skip
        return slack.world.direct((user.id,))
    channel = seen_channel(slack, args)
    if channel.archived:
        raise SlackError("is_archived")
    inside = slack.world.bot_user_id in channel.members
    if not inside and not slack.scopes_allow(("chat:write.public",)):
        raise SlackError("not_in_channel")
    if not inside and channel.is_ext_shared:
        raise SlackError("not_in_channel")
    return channel


def _thread(channel: Channel, args: Wire) -> Wire:
    if not args.get("thread_ts"):
        return {}
    ts = str(args["thread_ts"])
    parent = channel.messages.get(ts)
    if parent is None:
        raise SlackError("cannot_reply_to_message")
    root = parent.get("thread_ts", ts)
    made: Wire = {"thread_ts": root}
    if flag(args.get("reply_broadcast")):
        made["subtype"] = "thread_broadcast"
    return made


def post_ephemeral(slack: Slack, args: Wire) -> Wire:
    """Answer chat.postEphemeral."""
    channel = live_channel(slack, args)
    if str(args["user"]) not in channel.members:
        raise SlackError("user_not_in_channel")
    made = content(slack, args)
    if len(made["text"]) > UPDATE_MOST:
        raise SlackError("msg_too_long")
    made.update(_thread(channel, args))
    message = whisper(slack, channel, str(args["user"]), made)
    return {"ok": True, "message_ts": message["ts"]}


def update(slack: Slack, args: Wire) -> Wire:
    """Answer chat.update."""
    channel = joined_channel(slack, args)
    if channel.archived:
        raise SlackError("is_inactive")
    message = channel.messages.get(str(args["ts"]))
    if message is None:
        raise SlackError("message_not_found")
    if message.get("bot_id") != slack.world.bot_id:
        raise SlackError("cant_update_message")
    made = content(slack, args)
    if len(made["text"]) > UPDATE_MOST:
        raise SlackError("msg_too_long")
    change(slack, channel, message, made, slack.world.bot_user_id)
    return {
        "ok": True,
        "channel": channel.id,
        "ts": message["ts"],
        "text": message.get("text", ""),
        "message": dict(message),
    }


def delete(slack: Slack, args: Wire) -> Wire:
    """Answer chat.delete."""
    channel = joined_channel(slack, args)
    message = channel.messages.get(str(args["ts"]))
    if message is None:
        raise SlackError("message_not_found")
    if message.get("bot_id") != slack.world.bot_id:
        raise SlackError("cant_delete_message")
    remove(slack, channel, message)
    return {"ok": True, "channel": channel.id, "ts": message["ts"]}


def get_permalink(slack: Slack, args: Wire) -> Wire:
    """Answer chat.getPermalink."""
    channel = seen_channel(slack, args)
    ts = str(args["message_ts"])
    message = channel.messages.get(ts)
    if message is None:
        raise SlackError("message_not_found")
    link = f"https://{slack.world.team['domain']}.slack.com/archives/{channel.id}"
    link += f"/p{ts.replace('.', '')}"
    if message.get("thread_ts", ts) != ts:
        link += f"?thread_ts={message['thread_ts']}&cid={channel.id}"
    return {"ok": True, "channel": channel.id, "permalink": link}
