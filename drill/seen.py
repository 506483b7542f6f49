"""The workspace as one person sees it: what the web page shows."""

from __future__ import annotations

from typing import Any

from drill.core import OpenView, Slack
from drill.finding import channels_of, visible_messages
from drill.payloads import channel_name
from drill.walking import seen_by
from drill.world import Channel, User

Wire = dict[str, Any]


def person_wire(user: User) -> Wire:
    """Return who a person is, briefly."""
    return {
        "id": user.id,
        "handle": user.handle,
        "name": user.real_name,
        "email": user.email,
        "kind": user.kind,
        "team_id": user.team_id,
        "time_zone": user.time_zone,
        "title": user.title,
    }


def view_wire(opened: OpenView) -> Wire:
    """Return an open view with what was typed and what is wrong."""
    return {
        **opened.payload(),
        "blocks": seen_by(opened.wire["blocks"], opened.user_id),
        "errors": opened.errors,
        "banner": opened.banner,
        "options": opened.options,
    }


# What a channel says of itself: it is not shown, and is nothing to read.
QUIET = frozenset(
    {
        *("channel_join", "channel_leave", "channel_topic", "channel_purpose", "channel_name"),
        *("bookmark_add", "pinned_item"),
    }
)


def unread(channel: Channel, user: User) -> int:
    """Return how many messages of others a person has not read in a channel."""
    read = float(channel.read_up_to.get(user.id, "0"))
    return sum(
        1
        for m in channel.messages.values()
        if float(m["ts"]) > read and m.get("user") != user.id and m.get("subtype") not in QUIET
    )


def channel_seen(channel: Channel, user: User) -> Wire:
    """Return a channel with all its messages as this person sees it."""
    other = ""
    if channel.kind == "im":
        other = next((m for m in channel.members if m != user.id), "")
    return {
        "id": channel.id,
        "name": channel.name if channel.kind != "im" else channel_name(channel),
        "kind": channel.kind,
        "with": other,
        "is_private": channel.is_private,
        "is_ext_shared": channel.is_ext_shared,
        "is_archived": channel.archived,
        "topic": channel.topic["value"],
        "purpose": channel.purpose["value"],
        "members": list(channel.members),
        "pins": [pin["message_ts"] for pin in channel.pins],
        "bookmarks": channel.bookmarks,
        "unread": unread(channel, user),
        "messages": visible_messages(user, channel),
    }


def state_for(slack: Slack, user: User) -> Wire:
    """Return everything this person sees."""
    home = slack.homes.get(user.id)
    return {
        "changes": slack.changes,
        "now": slack.at(),
        "me": person_wire(user),
        "team": slack.world.team,
        "bot_user_id": slack.world.bot_user_id,
        "people": [person_wire(u) for u in slack.world.users.values()],
        "channels": [channel_seen(c, user) for c in channels_of(slack, user)],
        "views": [view_wire(v) for v in slack.stacks.get(user.id, [])],
        "home": view_wire(home) if home else None,
        "notices": [
            {"text": n.text, "where": n.where, "at": n.at}
            for n in slack.record.notices
            if n.user == user.id
        ],
        "mails": [m for m in slack.mails if user.email and user.email in m["to"]],
        "commands": [
            {"name": c.name, "description": c.description, "usage_hint": c.usage_hint}
            for c in slack.manifest.commands.values()
        ],
        "shortcuts": [
            {"name": s.name, "kind": s.kind, "callback_id": s.callback_id}
            for s in slack.manifest.shortcuts
        ],
    }


def unread_counts(slack: Slack) -> dict[str, int]:
    """Return for every person how much is unread."""
    return {
        user.id: sum(unread(c, user) for c in channels_of(slack, user))
        for user in slack.world.users.values()
        if user.kind != "bot"
    }
