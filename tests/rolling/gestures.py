"""A journey in a deploy: each request of Slack's goes to the other release than the one before."""

from __future__ import annotations

import itertools
from datetime import datetime

from drill.reading import Form, Outcome
from tests.kit.journey import BRIDGE, Journey
from tests.rolling.two import Two


class InTurn(Journey):
    """Gestures of one incident, answered by two releases in turn.

    A form that one of them opened is submitted to the other, a button that one of them posted is
    pressed at the other, and so is the clock walked.

    Args:
        two: The releases.
        first: 0 when the older one is to begin, 1 when the newer one.
    """

    def __init__(self, two: Two, first: int) -> None:
        super().__init__(two.slack, two.bot, {})
        self._two = two
        self._turns = itertools.count(first)
        self._takes_turns()

    def _takes_turns(self) -> None:
        self._two.takes(self._two.turn(next(self._turns)))

    def press(self, who: str, label: str, channel: str | None = BRIDGE, ts: str = "") -> Outcome:
        """Press a button at the other release."""
        self._takes_turns()
        return super().press(who, label, channel, ts)

    def fills(self, form: Form, **fields: object) -> Form:
        """Fill the opening form at the other release; its live fields, and what submits it."""
        self._takes_turns()
        return super().fills(form, **fields)

    def submits(self, who: str) -> Form:
        """Submit the form in front to the other release."""
        self._takes_turns()
        return super().submits(who)

    def types(self, who: str, command: str, text: str, channel: str | None = BRIDGE) -> str:
        """Type a command to the other release."""
        self._takes_turns()
        return super().types(who, command, text, channel)

    def walk_to(self, at: datetime) -> None:
        """Have the other release walk to an instant."""
        self._takes_turns()
        super().walk_to(at)
