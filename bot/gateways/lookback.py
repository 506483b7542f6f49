"""Finding out whether a post of ours arrived: by the key in its metadata, in the channel's history.

Slack has no idempotency key for posting, so each post carries its outbox key as metadata, and a
post whose answer was lost is looked for before it is sent again.
Source: Slack, conversations.history (oldest, cursor, include_all_metadata).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.gateways.outcomes import NotSent, Outcome, RateLimited, Refused, Taken, Unknown

EVENT_TYPE = "bridgewatch_delivery"
EARLIER = timedelta(hours=2)
"""How far before the first try is looked: the clock that told it may have been set since.

Slack gives the newest first, so that a longer look costs pages only where nothing is found.
"""
_PAGE = 200
_MOST_PAGES = 50

Call = Callable[[str, Mapping[str, object]], Outcome]


@dataclass(frozen=True, slots=True)
class Found:
    """The post is there."""

    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class Absent:
    """The post is not there; `certain` is false when Slack would not let us look."""

    certain: bool = True
    reason: str = ""


Search = Found | Absent | RateLimited | NotSent | Unknown | Refused


def metadata_of(key: str) -> dict[str, object]:
    """Return the metadata that marks a post as the delivery of one outbox key."""
    return {"event_type": EVENT_TYPE, "event_payload": {"key": key}}


def look_back(
    call: Call, payload: Mapping[str, object], *, key: str, first_sent_at: datetime
) -> Search:
    """Look for the post of a key.

    Args:
        call: calls Slack within what is left of the attempt's deadline.
        payload: the post as it was sent.
        key: the outbox key.
        first_sent_at: when the first try began; older messages are not looked at.

    Returns:
        Found, Absent, or the outcome that stopped the search.
    """
    channel = str(payload.get("channel", ""))
    if channel[:1] in {"U", "W"}:
        opened = call("conversations.open", {"users": channel})
        if not isinstance(opened, Taken):
            return _absent_or_stopped(opened)
        channel = _text(opened.result.get("channel"), "id") or channel
    oldest = f"{(first_sent_at - EARLIER).timestamp():.6f}"
    asked: dict[str, object] = {"channel": channel, "oldest": oldest, "inclusive": True}
    method = "conversations.history"
    if payload.get("thread_ts"):
        method, asked["ts"] = "conversations.replies", payload["thread_ts"]
    return _search(call, method, {**asked, "limit": _PAGE, "include_all_metadata": True}, key)


def _search(call: Call, method: str, asked: dict[str, object], key: str) -> Search:
    for _ in range(_MOST_PAGES):
        answer = call(method, asked)
        if not isinstance(answer, Taken):
            return _absent_or_stopped(answer)
        for ts in _matching(answer.result, key):
            return Found(channel=str(asked["channel"]), ts=ts)
        cursor = _text(answer.result.get("response_metadata"), "next_cursor")
        if not cursor:
            return Absent()
        asked = {**asked, "cursor": cursor}
    return Absent(certain=False, reason="the history is longer than fifty pages")


def _matching(answer: Mapping[str, object], key: str) -> Iterator[str]:
    messages = answer.get("messages")
    for message in messages if isinstance(messages, list) else []:
        about = message.get("metadata") if isinstance(message, Mapping) else None
        if not isinstance(about, Mapping) or about.get("event_type") != EVENT_TYPE:
            continue
        # Anybody's app may write metadata; only a bot's message can be ours.
        if _text(about.get("event_payload"), "key") == key and message.get("bot_id"):
            yield str(message.get("ts"))


def _absent_or_stopped(outcome: Outcome) -> Search:
    if isinstance(outcome, Refused) and outcome.permanent:
        return Absent(
            certain=outcome.error in {"channel_not_found", "not_in_channel", "thread_not_found"},
            reason=outcome.error,
        )
    if isinstance(outcome, Taken):
        return Absent()
    return outcome


def _text(value: object, name: str) -> str:
    found = value.get(name) if isinstance(value, Mapping) else None
    return found if isinstance(found, str) else ""
