"""Slack's rate limits: a window of one minute per method, and a bucket per channel.

Source: slack-contract 5.
"""

from __future__ import annotations

import math

from drill.facts import Method

PER_MINUTE = {1: 1, 2: 20, 3: 50, 4: 100, 5: 300}
CHANNEL_BURST = 4
CHANNEL_PER_SECOND = 1.0


class Rates:
    """Count calls and say how long to wait. Off until switched on."""

    def __init__(self) -> None:
        self.on = False
        self.commercial = False
        self._windows: dict[str, tuple[float, int]] = {}
        self._buckets: dict[str, tuple[float, float]] = {}

    def reset(self) -> None:
        """Forget everything counted."""
        self._windows.clear()
        self._buckets.clear()

    def wait_s(self, method: Method, channel: str, now_s: float) -> int:
        """Count one call; return the seconds to wait, 0 when it may go on."""
        if not self.on or method.tier == 0:
            return 0
        limit = PER_MINUTE[method.tier]
        if self.commercial and method.name in ("conversations.history", "conversations.replies"):
            limit = 1
        opened, used = self._windows.get(method.name, (now_s, 0))
        if now_s - opened >= 60:
            opened, used = now_s, 0
        if used >= limit:
            return max(1, math.ceil(60 - (now_s - opened)))
        if method.name == "chat.postMessage" and channel:
            wait = self._take(channel, now_s)
            if wait:
                return wait
        self._windows[method.name] = (opened, used + 1)
        return 0

    def _take(self, channel: str, now_s: float) -> int:
        tokens, since = self._buckets.get(channel, (float(CHANNEL_BURST), now_s))
        tokens = min(CHANNEL_BURST, tokens + (now_s - since) * CHANNEL_PER_SECOND)
        if tokens < 1:
            self._buckets[channel] = (tokens, now_s)
            return max(1, math.ceil(1 - tokens))
        self._buckets[channel] = (tokens - 1, now_s)
        return 0
