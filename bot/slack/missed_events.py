"""What was read in a channel's history, as the events that nobody heard. Pure.

They are Slack's own events, marked as read late, so that the handlers of what is heard handle them.
What Slack does not show afterwards cannot be made: what an edited message was before. That one was
deleted follows from the record (`bot.slack.missed_deletions`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from handlers.kit.payloads import READ_LATE
from protocols.intake.tells import EMOJI

Wire = Mapping[str, Any]
Stamp = tuple[int, int]
NEVER: Stamp = (0, 0)


def stamp_of(ts: object) -> Stamp:
    """Return a stamp of Slack's in an order; what is none comes before all."""
    seconds, _, rest = str(ts or "").partition(".")
    if not (seconds.isascii() and seconds.isdigit()):
        return NEVER
    return int(seconds), int(rest[:6].ljust(6, "0")) if rest.isascii() and rest.isdigit() else 0


def stamp_at(at: datetime) -> Stamp:
    """Return an instant as Slack would stamp it."""
    return int(at.timestamp()), at.microsecond


def written(stamp: Stamp) -> str:
    """Return a stamp as Slack writes it."""
    return f"{stamp[0]}.{stamp[1]:06d}"


def missed(
    channel_id: str,
    messages: Iterable[Wire],
    *,
    after: Stamp,
    until: Stamp,
    edits_only: bool,
    marked_by_others: str | None = None,
) -> Iterator[tuple[Stamp, Wire]]:
    """Yield what was written and changed after one stamp and until another, in order.

    Args:
        channel_id: Where.
        messages: What was read there, each at most once or more often, in any order.
        after: What is not later than this was handled before.
        until: What is later than this may still be heard.
        edits_only: Whether only changes are anything to anyone, as in a bridge.
        marked_by_others: Who we are, where a ticket emoji of anybody else's is an event; Slack does
            not show since when it stands, so that it is one at each reading. None where it is none.
    """
    found: dict[tuple[Stamp, str], Wire] = {}
    for message in messages:
        ts, edited = stamp_of(message.get("ts")), stamp_of((message.get("edited") or {}).get("ts"))
        if after < ts <= until and not edits_only:
            found[ts, ""] = _said(channel_id, message)
        if after < edited <= until:
            found[edited, str(message.get("ts"))] = _changed(channel_id, message)
        if marked_by_others is not None and NEVER < ts <= until:
            for user_id in _marked_by(message, marked_by_others):
                found[ts, f"mark {user_id}"] = _marked(channel_id, message, user_id)
    for (stamp, _), event in sorted(found.items(), key=lambda each: each[0]):
        yield stamp, event


def threads_of(messages: Iterable[Wire], after: Stamp) -> set[str]:
    """Return the threads under these messages in which someone wrote after a stamp."""
    return {
        str(each["thread_ts"])
        for each in messages
        if each.get("thread_ts") and stamp_of(each.get("latest_reply")) > after
    }


def body_of(event: Wire, team_id: str) -> dict[str, Any]:
    """Return what Slack would have sent for an event, marked as read late."""
    stamp = event.get("event_ts") or event.get("ts")
    identity = f"late:{event.get('type')}:{event.get('channel')}:{stamp}:{event.get('user', '')}"
    return {
        "type": "event_callback",
        "team_id": team_id,
        "event_id": identity,
        "event": dict(event),
        READ_LATE: True,
    }


def membership(channel_id: str, user_id: str, at: Stamp, *, is_here: bool) -> dict[str, Any]:
    """Return the event of someone who was found in a channel, or not found there any more."""
    kind = "member_joined_channel" if is_here else "member_left_channel"
    return {"type": kind, "user": user_id, "channel": channel_id, "event_ts": written(at)}


_CLOSED = {
    "channel_not_found": "group_deleted",
    "is_archived": "group_archive",
    "not_in_channel": "group_left",
}


def closed(channel_id: str, error: str, at: Stamp) -> dict[str, Any] | None:
    """Return the event of a channel that Slack refuses to show; None when it means nothing."""
    kind = _CLOSED.get(error)
    if kind is None:
        return None
    return {"type": kind, "channel": channel_id, "event_ts": written(at)}


def standing(channel_id: str, found: Wire, at: Stamp) -> Iterator[dict[str, Any]]:
    """Yield the events of a channel as it stands: closed or open, its name, shared or not."""
    stamp = written(at)
    kind = "group_archive" if found.get("is_archived") else "group_unarchive"
    yield {"type": kind, "channel": channel_id, "event_ts": stamp}
    named = {"id": channel_id, "name": found.get("name")}
    yield {"type": "group_rename", "channel": named, "event_ts": stamp}
    if (shared := found.get("is_ext_shared")) is not None:
        kind = "channel_shared" if shared else "channel_unshared"
        yield {"type": kind, "channel": channel_id, "is_ext_shared": shared, "event_ts": stamp}


def _marked_by(message: Wire, besides: str) -> list[str]:
    """Return who has set the ticket emoji on a message, the bot aside."""
    marks = (each for each in message.get("reactions") or () if each.get("name") == EMOJI)
    return [str(who) for mark in marks for who in mark.get("users") or () if who != besides]


def _marked(channel_id: str, message: Wire, user_id: str) -> dict[str, Any]:
    item = {"type": "message", "channel": channel_id, "ts": message.get("ts")}
    return {
        "type": "reaction_added",
        "user": user_id,
        "reaction": EMOJI,
        "channel": channel_id,
        "item": item,
        "event_ts": message.get("ts"),
    }


def card(channel_id: str, card_ts: str, found: Iterable[Wire], at: Stamp) -> dict[str, Any] | None:
    """Return the event of a card that is deleted, or not pinned any more; None while it stands.

    Of a message that was deleted while others answered it Slack shows a tombstone.
    """
    stood = next((each for each in found if each.get("ts") == card_ts), None)
    if stood is None or stood.get("subtype") == "tombstone":
        before = {"ts": card_ts, "bot_id": "us"}
        gone = {"subtype": "message_deleted", "deleted_ts": card_ts, "previous_message": before}
        return {"type": "message", **gone, "channel": channel_id, "ts": written(at)}
    if channel_id in (stood.get("pinned_to") or ()):
        return None
    item = {"type": "message", "channel": channel_id, "message": {"ts": card_ts}}
    return {"type": "pin_removed", "channel": channel_id, "item": item, "event_ts": written(at)}


def deleted(channel_id: str, ts: str, user_id: str, at: Stamp) -> dict[str, Any]:
    """Return the event of a message that was deleted."""
    return {
        "type": "message",
        "subtype": "message_deleted",
        "deleted_ts": ts,
        "previous_message": {"ts": ts, "user": user_id},
        "channel": channel_id,
        "ts": written(at),
    }


def _said(channel_id: str, message: Wire) -> dict[str, Any]:
    return {**message, "type": "message", "channel": channel_id, "event_ts": message.get("ts")}


def _changed(channel_id: str, message: Wire) -> dict[str, Any]:
    edited_ts = message["edited"]["ts"]
    return {
        "type": "message",
        "subtype": "message_changed",
        "hidden": True,
        "channel": channel_id,
        "ts": edited_ts,
        "event_ts": edited_ts,
        "message": dict(message),
    }
