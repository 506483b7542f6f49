"""Open tickets on one database, and bots that decide what they are asked and carry nothing out."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field

from bot.engine import ledger
from protocols.kernel.event import Event
from protocols.timeline.events import AddNote, NoteAdded
from store.db import CommitPoint
from tests.kit.bot import RunningBot
from tests.kit.slack_process import SlackProcess


class Killed(BaseException):
    """The process ends here."""


@dataclass
class Place:
    """Two open tickets, and bots that decide what they are asked and carry nothing out."""

    slack: SlackProcess
    url: str
    one: str
    other: str
    stack: ExitStack
    made: list[RunningBot] = field(default_factory=list)

    def bot(self, at_commit: Callable[[CommitPoint], None] | None = None) -> RunningBot:
        """Give one more bot on the same database."""
        bot = RunningBot(self.slack.addresses, self.url, at_commit=at_commit)
        self.stack.callback(bot.stop)
        bot.program.parts.reader.recall()
        return bot

    def notes(self, bot: RunningBot, reference: str) -> list[str]:
        """Return the notes of a ticket."""
        events = self.history(bot, reference)
        return [event.text for event in events if isinstance(event, NoteAdded)]

    def history(self, bot: RunningBot, reference: str) -> tuple[Event, ...]:
        """Return what happened to a record."""
        with bot.database.read() as conn:
            return ledger.history(conn, reference)


def says(bot: RunningBot, reference: str, text: str) -> None:
    bot.does("csm-one", AddNote(reference, text))


def ticks(bot: RunningBot) -> None:
    bot.program.parts.ticker.tick()
