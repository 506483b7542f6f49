"""What a contact writes, heard by a bot to the line in its thread; safe to be told again."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

from slack_bolt import BoltRequest

from bot.engine import nudges
from protocols.nudges.events import AnswerNudge
from protocols.nudges.state import Nudge
from store.read import tickets
from tests.kit.bot import RunningBot
from tests.kit.slack_process import SlackProcess
from tests.kit.waiting import until

TEAM = "T0VENDOR01"
OPENS, DECLINES = "opens", "declines"
AFTER = timedelta(minutes=16)
"""By then a question that nobody answered has opened by itself."""


@dataclass(frozen=True, slots=True)
class Told:
    """What Slack tells of what a contact wrote, and what becomes of it.

    Attributes:
        events: As Slack tells them.
        directory: Who is who.
        answer: What one of us says where it is asked about; empty where time answers.
    """

    events: tuple[str, ...]
    directory: Path
    answer: str = ""


Report = Callable[[SlackProcess], Told]
"""Has a contact write in Slack."""


def says(slack: SlackProcess, who: str, channel: str, text: str, thread: str = "") -> str:
    """Have somebody write in a channel, by its name; return the event of it."""
    said = slack.act(who, "message", channel=channel, text=text, thread_ts=thread)
    (place,) = (each for each in said["state"]["channels"] if each["name"] == channel)
    message = next(each for each in place["messages"] if each["ts"] == said["ts"])
    event = {**message, "channel": place["id"], "event_ts": said["ts"]}
    body = {"type": "event_callback", "team_id": TEAM, "event_id": f"Ev{said['ts']}"}
    return json.dumps({**body, "event": event})


def ts_of(event: str) -> str:
    """Return the stamp of the message that an event tells of."""
    return str(json.loads(event)["event"]["ts"])


@dataclass
class PlayedReport:
    """Messages that Slack tells until they are acknowledged, and the time until all is said.

    Attributes:
        events: As Slack tells them; each life of the bot is told all of them.
        answer: What one of us says where it is asked about; empty where time answers.
        account: Whose.
    """

    bot: RunningBot
    events: Sequence[str]
    answer: str = ""
    account: str = "acme"

    def play(self) -> None:
        """Hear them; have the question answered where one is asked; wait for the line."""
        for event in self.events:
            until(partial(is_taken, self.bot, event), what="that a message is taken")
        self.bot.settle()
        if self.answer:
            self._answers()
        if self.answer == DECLINES:
            self.bot.walk_to(self._asked()[0].opened_at + AFTER)
        else:
            self._opens()
        self.bot.settle()

    def _opens(self) -> None:
        """See the ticket opened, at the latest by itself, and its line."""
        if not self.references():
            self.bot.walk_to(self._asked()[0].opened_at + AFTER)
            until(self.references, what="the ticket of a question that nobody answered")
            self.bot.settle()
        reference = self.references()[0]
        self.bot.walk_to(self.bot.ticket(reference).opened_at + timedelta(minutes=3))

    def references(self) -> list[str]:
        """Return the tickets that there are."""
        with self.bot.database.read() as conn:
            return [row.reference for row in tickets.recent(conn, limit=10)]

    def _asked(self) -> tuple[Nudge, ...]:
        """Return what our people were asked, newest first."""
        with self.bot.database.read() as conn:
            return nudges.asked_since(conn, self.account, self.bot.now() - timedelta(days=1))

    def _answers(self) -> None:
        """Press it as one of us, once, and safe to be pressed again."""
        (nudge,) = self._asked()
        command = AnswerNudge(nudge.reference, opens=self.answer == OPENS)
        actor = self.bot.actor("csm-one")
        with self.bot.program.parts.desk.gesture() as desk:
            desk.submit_to_record(command, actor, delivery="press")
        self.bot.settle()


def is_taken(bot: RunningBot, event: str) -> bool:
    """Tell a bot of an event, as Slack does, and say whether it is acknowledged."""
    request = BoltRequest(body=json.loads(event), mode="socket_mode")
    return bool(bot.program.missed._app.dispatch(request).status == 200)
