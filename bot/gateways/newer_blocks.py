"""What this Slack refuses of the newer blocks, and the plain form that goes there instead.

An older Slack, or one where a block is not switched on, refuses a whole message for it. A refusal
has no effect, so that the same words are sent once more in plain blocks, within the time that the
call had; what was refused is remembered until the process ends, so that it costs one call a start.
Source: M27.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from typing import Protocol

from bot.gateways.outcomes import NotSent, Outcome, Refused, SlackCalls, Taken
from templates.kit.plainer import newer_in, plainer

_log = logging.getLogger(__name__)

_ABOUT_BLOCKS = ("invalid_blocks", "invalid_arguments", "missing_scope")
_LEAST_S = 0.05
Payload = Mapping[str, object]


class SlackWay(SlackCalls, Protocol):
    """A whole way to Slack: calls, answers to gestures, and its end."""

    def respond(self, response_url: str, message: Payload, *, deadline_s: float) -> Outcome:
        """Post a message to a response_url."""
        ...

    def close(self) -> None:
        """Let go of what is kept open."""
        ...


class Seconds(Protocol):
    """Seconds that never run backwards."""

    def monotonic(self) -> float:
        """Return them."""
        ...


class RefusedKinds:
    """Which kinds of blocks this Slack has refused since the process began; one for all ways."""

    def __init__(self) -> None:
        self._kinds: frozenset[str] = frozenset()
        self._lock = threading.Lock()

    @property
    def kinds(self) -> frozenset[str]:
        """Return what was refused."""
        return self._kinds

    def add(self, kinds: frozenset[str]) -> None:
        """Remember what was refused, and say each once."""
        with self._lock:
            new, self._kinds = kinds - self._kinds, self._kinds | kinds
        if new:
            _log.warning(
                "This Slack refuses %s: what holds it goes in the plain form until the next start",
                ", ".join(sorted(new)),
            )


class PlainWhereRefused:
    """A way to Slack on which newer blocks give way to plain ones where they are refused.

    Args:
        way: the way itself.
        refused: what was refused on any way.
        clock: machine time.
    """

    def __init__(self, way: SlackWay, refused: RefusedKinds, clock: Seconds) -> None:
        self._way = way
        self._refused = refused
        self._clock = clock

    def call(self, method: str, payload: Payload, *, deadline_s: float) -> Outcome:
        """Call one method, a second time in the plain form where newer blocks are refused."""
        return self._sent(
            payload,
            lambda shown, left_s: self._way.call(method, shown, deadline_s=left_s),
            deadline_s,
        )

    def respond(self, response_url: str, message: Payload, *, deadline_s: float) -> Outcome:
        """Answer a gesture; as `call`."""
        return self._sent(
            message,
            lambda shown, left_s: self._way.respond(response_url, shown, deadline_s=left_s),
            deadline_s,
        )

    def close(self) -> None:
        """Close the way."""
        self._way.close()

    def _sent(
        self, payload: Payload, send: Callable[[Payload, float], Outcome], deadline_s: float
    ) -> Outcome:
        newer = newer_in(payload)
        if not newer:
            return send(payload, deadline_s)
        until_s = self._clock.monotonic() + deadline_s
        known = self._refused.kinds
        outcome = send(plainer(payload, known), deadline_s)
        left = newer - known
        if not left or not isinstance(outcome, Refused) or not _is_about_blocks(outcome):
            return outcome
        named = frozenset(kind for kind in left if kind in f"{outcome.error} {outcome.answer}")
        self._refused.add(named)
        left_s = until_s - self._clock.monotonic()
        if left_s < _LEAST_S:
            return NotSent("its newer blocks were refused, and no time was left for the plain form")
        again = send(plainer(payload), left_s)
        if isinstance(again, Taken) and not named:
            # Only now it is known that the blocks were at fault, and not the words in them.
            self._refused.add(left)
        return again


def _is_about_blocks(refused: Refused) -> bool:
    return any(word in refused.error for word in _ABOUT_BLOCKS)
