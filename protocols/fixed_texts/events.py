"""The command that sends a pre-approved text, and its two events: sent, taken. Source: D15."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from protocols.kernel.command import Command
from protocols.kernel.event import Event


@dataclass(frozen=True, slots=True)
class SendFixed(Command):
    """Send a pre-approved text: acknowledgment, holding, no_change, late. Source: D15.

    ``sure`` says that the question before it was answered. Source: D21.
    """

    name: str
    sure: bool = False


@dataclass(frozen=True, slots=True)
class FixedTextSent(Event):
    """A pre-approved text is on its way."""

    NAME = "FixedTextSent"

    name: str
    key: str
    next_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class FixedTextTaken(Event):
    """A pre-approved text was taken by Slack or the mail server."""

    NAME = "FixedTextTaken"

    key: str
    link: str = ""
    thread_ts: str = ""
