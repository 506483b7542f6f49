"""The drill's own clock: real time for limits, the bot's business time for what people read."""

from __future__ import annotations

import time
from datetime import UTC, datetime


class DrillClock:
    """Real time, plus the offset of the bot's business time when it is known."""

    def __init__(self) -> None:
        self._offset_s = 0.0
        self._last_us = 0

    def begin_again(self) -> None:
        """Go back to real time: whatever was said, and when, is gone."""
        self._offset_s = 0.0
        self._last_us = 0

    def monotonic(self) -> float:
        """Return seconds that never go back: triggers, acknowledgments and rate windows."""
        return time.monotonic()

    def real(self) -> float:
        """Return real unix seconds: signatures and their replay window."""
        return time.time()

    def business(self) -> datetime:
        """Return the instant shown to people: real time plus the bot's offset."""
        return datetime.fromtimestamp(time.time() + self._offset_s, tz=UTC)

    def adopt(self, business_now: datetime) -> None:
        """Take over the bot's business time."""
        self._offset_s = business_now.timestamp() - time.time()

    def stamp(self) -> str:
        """Return a message timestamp, later than every one before it."""
        now_us = int((time.time() + self._offset_s) * 1_000_000)
        self._last_us = max(self._last_us + 1, now_us)
        return f"{self._last_us // 1_000_000}.{self._last_us % 1_000_000:06d}"
