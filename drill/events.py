"""Events to the app: who gets which, in what envelope, and what happens when nobody answers.

Source: slack-contract 1.3.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any

from drill.core import Slack
from drill.errors import DrillRefusal
from drill.facts import event_scopes
from drill.inbound import TIMEOUT, Inbound
from drill.world import Channel

Wire = dict[str, Any]

HTTP_RETRY_S = (0.0, 60.0, 300.0)
SOCKET_RETRY_S = (0.0, 60.0, 300.0)
MISHAPS = ("duplicate", "two_ids", "lost", "reversed")


@dataclass(slots=True)
class Mishap:
    """A delivery that goes wrong on Slack's side: doubled, under two ids, lost, out of order."""

    kind: str
    name: str = ""
    count: int = 1


@dataclass(slots=True, eq=False)
class Pending:
    """An event that waits for its next attempt."""

    envelope: Wire
    attempt: int
    reason: str
    timer: asyncio.TimerHandle | None = field(default=None)


class Events:
    """Deliver what the app subscribed to, with retries."""

    def __init__(self, slack: Slack, inbound: Inbound) -> None:
        self.slack = slack
        self.inbound = inbound
        self.pending: list[Pending] = []
        self.mishaps: list[Mishap] = []
        self._held: list[Wire] = []
        self._world = 0
        self._scopes = event_scopes()
        slack.emit = self.emit

    def emit(self, name: str, event: Wire, channel: Channel | None) -> None:
        """Send an event to the app if it subscribed, has the scope, and may see the channel."""
        if name not in self.slack.manifest.events:
            return
        if not self.slack.scopes_allow(self._scopes.get(name, ())):
            return
        bot = self.slack.world.bot_user_id
        public_news = name in ("channel_created", "channel_archive", "channel_unarchive")
        if channel is not None and bot not in channel.members and not public_news:
            return
        envelope = self._envelope(event, channel)
        for each in self._with_mishap(name, envelope):
            self.slack.spawn(self._attempt(Pending(each, 0, "")))

    def _envelope(self, event: Wire, channel: Channel | None) -> Wire:
        slack, world = self.slack, self.slack.world
        outer_team = world.team_id
        return {
            "token": "drill-verification",
            "team_id": outer_team,
            "context_team_id": outer_team,
            "context_enterprise_id": None,
            "api_app_id": world.app_id,
            "event": event,
            "type": "event_callback",
            "event_id": world.ids.make("Ev"),
            "event_time": int(slack.clock.business().timestamp()),
            "authorizations": [
                {
                    "enterprise_id": None,
                    "team_id": world.team_id,
                    "user_id": world.bot_user_id,
                    "is_bot": True,
                    "is_enterprise_install": False,
                }
            ],
            "is_ext_shared_channel": bool(channel is not None and channel.is_ext_shared),
            "event_context": f"EC-{world.ids.secret()}",
        }

    def mishap(self, kind: str, name: str = "", count: int = 1) -> None:
        """Let the next deliveries of an event go wrong.

        Raises:
            DrillRefusal: there is no mishap of that kind.
        """
        if kind not in MISHAPS:
            raise DrillRefusal(f"No mishap is called {kind!r}; there are {MISHAPS}.")
        self.mishaps.append(Mishap(kind, name, count))

    def _with_mishap(self, name: str, envelope: Wire) -> list[Wire]:
        if self._held:
            held, self._held = self._held, []
            return [envelope, *held]
        rule = next((m for m in self.mishaps if m.count and m.name in ("", name)), None)
        if rule is None:
            return [envelope]
        rule.count -= 1
        if rule.kind == "lost":
            return []
        if rule.kind == "duplicate":
            return [envelope, envelope]
        if rule.kind == "two_ids":
            return [envelope, {**envelope, "event_id": self.slack.world.ids.make("Ev")}]
        self._held = [envelope]
        return []

    async def _attempt(self, pending: Pending) -> None:
        world = self._world
        ack = await self.inbound.event(pending.envelope, pending.attempt, pending.reason)
        if world != self._world:  # whoever would hear it again knows nothing of it
            return
        if not ack.failure or ack.no_retry or pending.attempt >= len(HTTP_RETRY_S):
            return
        socket = self.slack.settings.mode == "socket"
        reason = "http_timeout" if ack.failure == TIMEOUT else "http_error"
        if ack.status == 0 and ack.failure != TIMEOUT:
            reason = "connection_failed"
        if socket and ack.failure == TIMEOUT:
            reason = "timeout"
        later = Pending(pending.envelope, pending.attempt + 1, reason)
        delay_s = (SOCKET_RETRY_S if socket else HTTP_RETRY_S)[pending.attempt]
        later.timer = asyncio.get_running_loop().call_later(delay_s, self._go, later)
        self.pending.append(later)

    def _go(self, pending: Pending) -> None:
        if pending in self.pending:
            self.pending.remove(pending)
            self.slack.spawn(self._attempt(pending))

    def retry_now(self) -> int:
        """Make every waiting attempt at once; return how many there were."""
        waiting = list(self.pending)
        for pending in waiting:
            if pending.timer is not None:
                pending.timer.cancel()
            self._go(pending)
        return len(waiting)

    def forget(self) -> None:
        """Drop every waiting attempt, those under way too, and every mishap."""
        self._world += 1
        for pending in self.pending:
            if pending.timer is not None:
                pending.timer.cancel()
        self.pending.clear()
        self.mishaps.clear()
        self._held.clear()
