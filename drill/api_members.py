"""The conversations.* methods about people and about what was said."""

from __future__ import annotations

from typing import Any

from drill.access import (
    comparable,
    family,
    flag,
    instant,
    joined_channel,
    live_channel,
    page,
    require_family,
    seen_channel,
    whole,
    without_metadata,
)
from drill.core import Slack
from drill.errors import SlackError
from drill.membership import add_member, drop_member
from drill.world import Channel, channel_wire

Wire = dict[str, Any]

INVITES_MOST = 100
GUEST_KINDS = ("guest", "single_channel_guest")


def _ids(value: object) -> list[str]:
    if isinstance(value, list):
        return [str(v) for v in value]
    return [part.strip() for part in str(value or "").split(",") if part.strip()]


def invite(slack: Slack, args: Wire) -> Wire:
    """Answer conversations.invite: all or nobody, unless ``force``."""
    channel = live_channel(slack, args)
    if channel.kind != "channel":
        raise SlackError("method_not_supported_for_channel_type")
    users = _ids(args.get("users"))
    if not users:
        raise SlackError("no_user")
    if len(users) > INVITES_MOST:
        raise SlackError("too_many_users")
    wrong = [
        {"user": user, "ok": False, "error": error}
        for user in users
        if (error := _cannot_invite(slack, channel, user))
    ]
    bad = {entry["user"] for entry in wrong}
    if not wrong or flag(args.get("force")):
        for user in users:
            if user not in bad:
                add_member(slack, channel, user, inviter=slack.world.bot_user_id)
    if wrong:
        raise SlackError(str(wrong[0]["error"]), errors=wrong)
    return {"ok": True, "channel": channel_wire(channel, slack.world, slack.world.bot_user_id)}


def _cannot_invite(slack: Slack, channel: Channel, user_id: str) -> str:
    user = slack.world.users.get(user_id)
    if user is None or user.kind == "deactivated":
        return "user_not_found"
    if user_id == slack.world.bot_user_id:
        return "cant_invite_self"
    if user_id in channel.members:
        return "already_in_channel"
    if user.is_outside and user.team_id not in channel.shared_teams:
        return "org_user_not_in_team"
    if user.kind == "single_channel_guest" and _channels_of(slack, user_id):
        return "ura_max_channels"
    return ""


def _channels_of(slack: Slack, user_id: str) -> int:
    found = slack.world.channels.values()
    return sum(1 for c in found if c.kind == "channel" and user_id in c.members)


def kick(slack: Slack, args: Wire) -> Wire:
    """Answer conversations.kick."""
    channel = joined_channel(slack, args)
    user = str(args.get("user", ""))
    if user == slack.world.bot_user_id:
        raise SlackError("cant_kick_self")
    if channel.is_general:
        raise SlackError("cant_kick_from_general")
    if user not in slack.world.users:
        raise SlackError("user_not_found")
    if user not in channel.members:
        raise SlackError("not_in_channel")
    drop_member(slack, channel, user)
    return {"ok": True, "errors": {}}


def leave(slack: Slack, args: Wire) -> Wire:
    """Answer conversations.leave."""
    channel = seen_channel(slack, args)
    bot = slack.world.bot_user_id
    if channel.kind == "im":
        raise SlackError("method_not_supported_for_channel_type")
    if bot not in channel.members:
        return {"ok": False, "not_in_channel": True}
    if channel.is_general:
        raise SlackError("cant_leave_general")
    if channel.archived:
        raise SlackError("is_archived")
    drop_member(slack, channel, bot)
    return {"ok": True}


def members(slack: Slack, args: Wire) -> Wire:
    """Answer conversations.members."""
    channel = seen_channel(slack, args)
    require_family(slack, "conversations.members", family(channel))
    shown, following = page(list(channel.members), args, whole(args, "limit", 100, 1000) or 100)
    return {"ok": True, "members": shown, "response_metadata": {"next_cursor": following}}


def open_direct(slack: Slack, args: Wire) -> Wire:
    """Answer conversations.open."""
    world = slack.world
    if args.get("channel"):
        channel = seen_channel(slack, args)
        known_wire = channel_wire(channel, world, world.bot_user_id)
        return {"ok": True, "no_op": True, "already_open": True, "channel": known_wire}
    users = [u for u in _ids(args.get("users")) if u != world.bot_user_id]
    if not users:
        raise SlackError("users_list_not_supplied")
    if len(users) > 8:
        raise SlackError("too_many_users")
    require_family(slack, "conversations.open", "im" if len(users) == 1 else "mpim")
    for user_id in users:
        _require_reachable(slack, user_id, alone=len(users) == 1)
    known = len(world.channels)
    channel = world.direct(tuple(users))
    wire: Wire = {"id": channel.id}
    if flag(args.get("return_im")):
        wire = channel_wire(channel, world, world.bot_user_id)
    answer: Wire = {"ok": True, "channel": wire}
    if len(world.channels) == known:
        answer |= {"no_op": True, "already_open": True}
    slack.touch()
    return answer


def _require_reachable(slack: Slack, user_id: str, *, alone: bool) -> None:
    user = slack.world.users.get(user_id)
    if user is None:
        raise SlackError("user_not_found")
    if user.kind in ("deactivated", "bot"):
        raise SlackError("user_disabled")
    if user.is_outside:
        if not alone:
            raise SlackError("invalid_user_combination")
        bot = slack.world.bot_user_id
        channels = slack.world.channels.values()
        if not any(user_id in c.members and bot in c.members for c in channels):
            raise SlackError("user_not_visible")


def history(slack: Slack, args: Wire) -> Wire:
    """Answer conversations.history: newest first, without thread replies unless broadcast."""
    channel = joined_channel(slack, args)
    require_family(slack, "conversations.history", family(channel))
    found = [
        m
        for m in reversed(channel.messages.values())
        if m.get("thread_ts", m["ts"]) == m["ts"] or m.get("subtype") == "thread_broadcast"
    ]
    most = 15 if slack.rates.commercial else 999
    answer = _messages(found, args, min(whole(args, "limit", 100, 999) or 100, most))
    return {**answer, "pin_count": len(channel.pins)}


def replies(slack: Slack, args: Wire) -> Wire:
    """Answer conversations.replies: the parent, then its replies, oldest first."""
    channel = joined_channel(slack, args)
    require_family(slack, "conversations.replies", family(channel))
    ts = str(args["ts"])
    parent = channel.messages.get(ts)
    if parent is None:
        raise SlackError("thread_not_found")
    root = parent.get("thread_ts", ts)
    found = [m for m in channel.messages.values() if m.get("thread_ts") == root and m["ts"] != root]
    limit = whole(args, "limit", 1000, 1000) or 1000
    answer = _messages(found, args, limit)
    if not args.get("cursor"):
        first = channel.messages[root]
        keep = flag(args.get("include_all_metadata"))
        answer["messages"].insert(0, first if keep else without_metadata(first))
    return answer


def _messages(found: list[Wire], args: Wire, limit: int) -> Wire:
    oldest, latest = instant(args, "oldest"), instant(args, "latest")
    inclusive = flag(args.get("inclusive"))

    def inside(message: Wire) -> bool:
        at = comparable(message["ts"])
        if oldest and (at < oldest or (at == oldest and not inclusive)):
            return False
        return not (latest and (at > latest or (at == latest and not inclusive)))

    kept = [m for m in found if inside(m)] if oldest or latest else found
    shown, following = page(kept, args, limit)
    if not flag(args.get("include_all_metadata")):
        shown = [without_metadata(m) for m in shown]
    answer: Wire = {"ok": True, "messages": shown, "has_more": bool(following)}
    if following:
        answer["response_metadata"] = {"next_cursor": following}
    return answer
