"""The command that sends a pre-approved text, and its two events: sent, taken. Source: D15."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from protocols.kernel.command import Command
from protocols.kernel.event import Event
from protocols.people.people import Who


@dataclass(frozen=True, slots=True)
class SendFixed(Command):
    """Send a pre-approved text: acknowledgment, holding, no_change, late. Source: D15.

    ``sure`` says that the question before it was answered. Source: D21.
    """

    name: str
    sure: bool = False


@dataclass(frozen=True, slots=True)
class FixedTextSent(Event):
    """A pre-approved text is on its way.

    Attributes:
        next_at: The time that it promises.
        until_at: When it has lost its sense, had it not left; an older release said nothing of it.
    """

    NAME = "FixedTextSent"

    name: str
    key: str
    next_at: datetime | None = None
    until_at: datetime | None = None

    @classmethod
    def promising(
        cls, at: datetime, by: Who, name: str, key: str, next_at: datetime | None
    ) -> FixedTextSent:
        """Return that a text is on its way which does not leave after the time that it promises."""
        return cls(at, by, name, key, next_at, until_at=next_at)


@dataclass(frozen=True, slots=True)
class FixedTextTaken(Event):
    """A pre-approved text was taken by Slack or the mail server."""

    NAME = "FixedTextTaken"

    key: str
    link: str = ""
    thread_ts: str = ""
