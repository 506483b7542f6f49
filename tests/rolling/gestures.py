"""A journey in a deploy: each request of Slack's goes to the other release than the one before.

What the older release does not know yet it leaves alone, and says so to who asked; they do it
again, as it asks them to, and reach the newer one.
"""

from __future__ import annotations

import itertools
from datetime import datetime

from bot.engine import ledger
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
        """Press a button at the other release; again at the newer one, where the older asks so."""
        self._takes_turns()
        before = self._traces(who)
        outcome = super().press(who, label, channel, ts)
        self.sees(lambda: self._traces(who) != before, f"what came of [{label}]")
        if self._asked_to_wait(who) > before[0]:
            self._two.takes(self._two.newer)
            outcome = super().press(who, label, channel, ts)
        return outcome

    def _traces(self, who: str) -> tuple[int, str, int]:
        """Return what changes when a press had any effect: an answer, a form, the chain."""
        return self._asked_to_wait(who), self.view_id(who), self._entries()

    def _asked_to_wait(self, who: str) -> int:
        return sum("being updated" in seen.words for seen in self.person(who).ephemerals)

    def _entries(self) -> int:
        with self.bot.database.read() as conn:
            return len(ledger.history(conn, "BW-1001"))

    def fills(self, form: Form, **fields: object) -> Form:
        """Fill the opening form at the other release; its live fields, and what submits it."""
        self._takes_turns()
        return super().fills(form, **fields)

    def submits(self, who: str) -> Form:
        """Submit the form in front to the other release."""
        self._takes_turns()
        before = self._asked_to_wait(who)
        form = super().submits(who)
        is_refused = any("being updated" in each for each in form.errors.values())
        if is_refused or self._asked_to_wait(who) > before:
            self._two.takes(self._two.newer)
            form = super().submits(who)
        return form

    def types(self, who: str, command: str, text: str, channel: str | None = BRIDGE) -> str:
        """Type a command to the other release."""
        self._takes_turns()
        said = super().types(who, command, text, channel)
        if "being updated" in said:
            self._two.takes(self._two.newer)
            said = super().types(who, command, text, channel)
        return said

    def walk_to(self, at: datetime) -> None:
        """Have the other release walk to an instant."""
        self._takes_turns()
        super().walk_to(at)
