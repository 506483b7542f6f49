"""What a contact writes, heard by a bot to the line in its thread; safe to be told again."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta

from slack_bolt import BoltRequest

from protocols.nudges.events import name_of
from store.read import tickets
from store.write import records
from tests.kit.bot import RunningBot
from tests.kit.waiting import until


@dataclass
class PlayedReport:
    """A message that Slack tells until it is acknowledged, and the time in which it is dealt with.

    Attributes:
        event: The event as Slack tells it.
    """

    bot: RunningBot
    event: str

    def play(self) -> None:
        """Hear it; let the question lapse where one is asked; wait for the line, and settle."""
        until(self._is_heard, what="that the message is heard")
        self.bot.settle()
        if not self.bot_has_a_ticket():
            self.bot.walk_to(self.bot.now() + timedelta(minutes=16))
            until(self.bot_has_a_ticket, what="the ticket of a question that nobody answered")
            self.bot.settle()
        reference = self.references()[0]
        self.bot.walk_to(self.bot.ticket(reference).opened_at + timedelta(minutes=3))
        self.bot.settle()

    def references(self) -> list[str]:
        """Return the tickets that there are."""
        with self.bot.database.read() as conn:
            return [row.reference for row in tickets.recent(conn, limit=10)]

    def bot_has_a_ticket(self) -> bool:
        """Say whether there is a ticket."""
        return bool(self.references())

    def _is_heard(self) -> bool:
        """Tell the bot of it, as Slack does, and say whether it is on record."""
        request = BoltRequest(body=json.loads(self.event), mode="socket_mode")
        assert self.bot.program.missed._app.dispatch(request).status == 200
        said = json.loads(self.event)["event"]
        with self.bot.database.read() as conn:
            asked = records.OTHERS.get(conn, name_of(said["channel"], said["ts"]))
        return asked is not None or self.bot_has_a_ticket()
