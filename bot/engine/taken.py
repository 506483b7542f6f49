"""When a delivery was taken, by the clock of the one who took it.

Slack stamps a message with the instant at which it took it. A row whose answer was lost is found
by a look-back some time later: what counts is when the message stood, not when we found it. A
stamp outside the row's own life is not believed. Source: D20; words.md 4.6.
"""

from __future__ import annotations

from datetime import UTC, datetime

POSTED = "chat.postMessage"
"""The only method whose answer stamps a new message; an edit's names the message of before."""


def taken_at(method: str, stamp: str, *, created_at: datetime, now: datetime) -> datetime:
    """Return when a delivery was taken, never before its row and never after now.

    Args:
        method: What was called.
        stamp: The message's ``ts``; empty for what has none.
        created_at: When the row was written, in business time.
        now: Business now.
    """
    at = _instant(stamp) if method == POSTED else None
    return at if at is not None and created_at <= at <= now else now


def _instant(stamp: str) -> datetime | None:
    seconds, point, micros = stamp.partition(".")
    digits = f"{seconds}{micros}"
    if not (point and digits.isascii() and digits.isdigit() and len(micros) == 6):
        return None
    if len(seconds) > 10:
        return None
    return datetime.fromtimestamp(int(seconds), UTC).replace(microsecond=int(micros))
