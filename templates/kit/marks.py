"""The markup that we make ourselves: mentions, channels, links, date tokens.

A ``Mark`` is text that may reach Slack as it stands. Joining it with other text makes plain text
again, which is escaped: forgetting the type is ugly, never unsafe.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_USER = re.compile(r"[UWB][A-Z0-9]{1,24}")
_CHANNEL = re.compile(r"[CGD][A-Z0-9]{1,24}")


class Mark(str):
    """Markup of our own making, not to be escaped."""

    __slots__ = ()


def is_user(slack_id: str) -> bool:
    """Say whether this is the id of a Slack user."""
    return _USER.fullmatch(slack_id) is not None


def mention(slack_id: str) -> Mark:
    """Return the mention of one person.

    Raises:
        ValueError: The id is not one of Slack's.
    """
    if not is_user(slack_id):
        raise ValueError("not the id of a Slack user")
    return Mark(f"<@{slack_id}>")


def channel(channel_id: str, name: str = "") -> Mark:
    """Return the link to a channel, with its name for readers outside Slack."""
    if not _CHANNEL.fullmatch(channel_id):
        raise ValueError("not the id of a Slack channel")
    label = re.sub(r"[^\w-]", "", name)[:80]
    return Mark(f"<#{channel_id}|{label}>" if label else f"<#{channel_id}>")


def address(url: str) -> str:
    """Return the address if a link may lead there: http and https only.

    Raises:
        ValueError: It is something else, or holds a character that does not belong there.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise ValueError("a link needs an http or https address")
    if re.search(r"[\s<>|\x00-\x1f\x7f-\U0010ffff]", url):
        raise ValueError("a link address holds a character that does not belong there")
    return url


def link(url: str, label: str) -> Mark:
    """Return a link with our own words as its label; http and https only."""
    url = address(url)
    words = label.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return Mark(f"<{url.replace('&', '&amp;')}|{words.replace('|', '/')}>")
