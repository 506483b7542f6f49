"""What the bot may see and touch: channels, messages, cursors. Shared by the API methods."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable
from typing import Any

from drill.core import Slack
from drill.errors import SlackError
from drill.world import Channel

Wire = dict[str, Any]
Handler = Callable[[Slack, Wire], Wire]

_FAMILY = {"im": "im", "mpim": "mpim"}
_TS = re.compile(r"^\d{1,12}(\.\d{1,6})?$")


def family(channel: Channel) -> str:
    """Return the scope family of a channel: channels, groups, im or mpim."""
    return _FAMILY.get(channel.kind, "groups" if channel.is_private else "channels")


def require_family(slack: Slack, method: str, kind: str) -> None:
    """Refuse when no granted scope of the method fits this kind of channel."""
    fits = tuple(s for s in slack.methods[method].scopes if s.split(":")[0] == kind)
    slack.require_scopes(fits)


def seen_channel(slack: Slack, args: Wire, key: str = "channel") -> Channel:
    """Return the channel the arguments name, if the bot can see it.

    Raises:
        SlackError: ``channel_not_found``, for a private channel without the bot too.
    """
    channel = slack.world.channels.get(str(args.get(key, "")))
    if channel is None:
        raise SlackError("channel_not_found")
    if channel.is_private and slack.world.bot_user_id not in channel.members:
        raise SlackError("channel_not_found")
    return channel


def joined_channel(slack: Slack, args: Wire, key: str = "channel") -> Channel:
    """Return the channel the arguments name, if the bot is in it.

    Raises:
        SlackError: ``channel_not_found`` or ``not_in_channel``.
    """
    channel = seen_channel(slack, args, key)
    if slack.world.bot_user_id not in channel.members:
        raise SlackError("not_in_channel")
    return channel


def live_channel(slack: Slack, args: Wire) -> Channel:
    """Return a channel the bot is in and that is not archived.

    Raises:
        SlackError: ``is_archived`` beside the refusals of ``joined_channel``.
    """
    channel = joined_channel(slack, args)
    if channel.archived:
        raise SlackError("is_archived")
    return channel


def flag(value: object) -> bool:
    """Return a truth value that may have come as form text."""
    return value in (True, 1, "true", "1", "True")


def whole(args: Wire, key: str, default: int, most: int) -> int:
    """Return a number that may have come as form text.

    Raises:
        SlackError: ``invalid_limit``.
    """
    value = args.get(key)
    if value in (None, "", 0, "0"):
        return default
    try:
        number = int(str(value))
    except ValueError:
        raise SlackError("invalid_limit") from None
    if number < 0:
        raise SlackError("invalid_limit")
    return min(number, most)


def page(items: list[Any], args: Wire, limit: int) -> tuple[list[Any], str]:
    """Return one page of a list and the cursor of the next ("" at the end).

    Raises:
        SlackError: ``invalid_cursor``.
    """
    start = _offset(args.get("cursor"))
    shown = items[start : start + limit]
    more = start + limit < len(items)
    return shown, cursor(start + limit) if more else ""


def cursor(offset: int) -> str:
    """Return an opaque cursor."""
    return base64.urlsafe_b64encode(f"offset:{offset}".encode()).decode()


def _offset(value: object) -> int:
    if value in (None, ""):
        return 0
    try:
        word, _, number = base64.urlsafe_b64decode(str(value).encode()).decode().partition(":")
        if word == "offset":
            return int(number)
    except (binascii.Error, UnicodeDecodeError, ValueError):
        pass
    raise SlackError("invalid_cursor")


def instant(args: Wire, key: str) -> str:
    """Return a timestamp argument, or "" when it is absent.

    Raises:
        SlackError: ``invalid_ts_oldest`` or ``invalid_ts_latest``.
    """
    value = args.get(key)
    if value in (None, "", 0, "0"):
        return ""
    text = str(value)
    if not _TS.match(text):
        raise SlackError(f"invalid_ts_{key}")
    seconds, _, fraction = text.partition(".")
    return f"{int(seconds):012d}.{fraction.ljust(6, '0')}"


def comparable(ts: str) -> str:
    """Return a message timestamp in a form whose text order is time order."""
    seconds, _, fraction = ts.partition(".")
    return f"{int(seconds):012d}.{fraction}"


def without_metadata(message: Wire) -> Wire:
    """Return a message as it is shown when its metadata was not asked for."""
    if "metadata" not in message:
        return message
    return {k: v for k, v in message.items() if k != "metadata"}
