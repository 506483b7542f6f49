"""Pins, bookmarks and reactions."""

from __future__ import annotations

import re
from typing import Any

from drill.access import joined_channel, live_channel
from drill.core import Slack
from drill.errors import SlackError, invalid_arguments
from drill.world import Channel

Wire = dict[str, Any]

PINS_MOST = 100
BOOKMARKS_MOST = 100
_REACTION = re.compile(r"^[a-z0-9_+'\-]+(::skin-tone-[2-6])?$")


def _message(channel: Channel, args: Wire) -> Wire:
    if not args.get("timestamp"):
        raise SlackError("no_item_specified")
    found = channel.messages.get(str(args["timestamp"]))
    if found is None:
        raise SlackError("message_not_found")
    return found


def pin_add(slack: Slack, args: Wire) -> Wire:
    """Answer pins.add."""
    channel = live_channel(slack, args)
    message = _message(channel, args)
    if any(pin["message_ts"] == message["ts"] for pin in channel.pins):
        raise SlackError("already_pinned")
    if len(channel.pins) >= PINS_MOST:
        raise SlackError("too_many_pins")
    pin = {
        "message_ts": message["ts"],
        "created": int(slack.clock.business().timestamp()),
        "created_by": slack.world.bot_user_id,
    }
    channel.pins.insert(0, pin)
    message["pinned_to"] = [channel.id]
    slack.touch()
    return {"ok": True}


def pin_remove(slack: Slack, args: Wire) -> Wire:
    """Answer pins.remove."""
    channel = joined_channel(slack, args)
    message = _message(channel, args)
    kept = [pin for pin in channel.pins if pin["message_ts"] != message["ts"]]
    if len(kept) == len(channel.pins):
        raise SlackError("no_pin")
    channel.pins[:] = kept
    message.pop("pinned_to", None)
    slack.touch()
    return {"ok": True}


def pin_list(slack: Slack, args: Wire) -> Wire:
    """Answer pins.list."""
    channel = joined_channel(slack, args)
    items = [
        {
            "type": "message",
            "created": pin["created"],
            "created_by": pin["created_by"],
            "channel": channel.id,
            "message": channel.messages[pin["message_ts"]],
        }
        for pin in channel.pins
    ]
    return {"ok": True, "items": items}


def _checked(args: Wire) -> None:
    if len(str(args.get("title") or "")) > 256:
        raise invalid_arguments("must be less than 257 characters [json-pointer:/title]")
    link = args.get("link")
    if link is not None:
        fits = len(str(link)) <= 2048 and str(link).startswith(("http://", "https://"))
        if not fits:
            raise SlackError("invalid_link")


def bookmark_add(slack: Slack, args: Wire) -> Wire:
    """Answer bookmarks.add: not idempotent, a second call makes a second bookmark."""
    channel = joined_channel(slack, args, "channel_id")
    if args["type"] != "link":
        raise SlackError("invalid_bookmark_type")
    if not args.get("link"):
        raise SlackError("invalid_link")
    _checked(args)
    if len(channel.bookmarks) >= BOOKMARKS_MOST:
        raise SlackError("too_many_bookmarks")
    now = int(slack.clock.business().timestamp())
    bookmark = {
        "id": slack.world.ids.make("Bk"),
        "channel_id": channel.id,
        "title": str(args["title"]),
        "link": str(args["link"]),
        "emoji": args.get("emoji") or "",
        "icon_url": "",
        "type": "link",
        "entity_id": None,
        "date_created": now,
        "date_updated": 0,
        "rank": str(len(channel.bookmarks)),
        "last_updated_by_user_id": slack.world.bot_user_id,
        "last_updated_by_team_id": slack.world.team_id,
        "shortcut_id": None,
        "app_id": None,
    }
    channel.bookmarks.append(bookmark)
    slack.touch()
    return {"ok": True, "bookmark": dict(bookmark)}


def _bookmark(channel: Channel, args: Wire) -> Wire:
    for bookmark in channel.bookmarks:
        if bookmark["id"] == args.get("bookmark_id"):
            return bookmark
    raise SlackError("not_found")


def bookmark_edit(slack: Slack, args: Wire) -> Wire:
    """Answer bookmarks.edit."""
    channel = joined_channel(slack, args, "channel_id")
    bookmark = _bookmark(channel, args)
    _checked(args)
    for name in ("title", "link", "emoji"):
        if args.get(name) is not None:
            bookmark[name] = args[name]
    bookmark["date_updated"] = int(slack.clock.business().timestamp())
    slack.touch()
    return {"ok": True, "bookmark": dict(bookmark)}


def bookmark_remove(slack: Slack, args: Wire) -> Wire:
    """Answer bookmarks.remove."""
    channel = joined_channel(slack, args, "channel_id")
    channel.bookmarks.remove(_bookmark(channel, args))
    slack.touch()
    return {"ok": True}


def bookmark_list(slack: Slack, args: Wire) -> Wire:
    """Answer bookmarks.list."""
    channel = joined_channel(slack, args, "channel_id")
    return {"ok": True, "bookmarks": [dict(b) for b in channel.bookmarks]}


def reaction_add(slack: Slack, args: Wire) -> Wire:
    """Answer reactions.add."""
    channel = live_channel(slack, args)
    message = _message(channel, args)
    name = str(args["name"])
    if not _REACTION.match(name):
        raise SlackError("invalid_name")
    bot = slack.world.bot_user_id
    reactions = message.setdefault("reactions", [])
    entry = next((r for r in reactions if r["name"] == name), None)
    if entry is None:
        reactions.append({"name": name, "users": [bot], "count": 1})
    elif bot in entry["users"]:
        raise SlackError("already_reacted")
    else:
        entry["users"].append(bot)
        entry["count"] += 1
    slack.touch()
    return {"ok": True}
