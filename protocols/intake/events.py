"""A report that was heard: the command that opens its ticket, and what is recorded. M16."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from protocols.kernel.event import Event
from protocols.opening.events import OpenTicket
from protocols.people.people import Who

HEARD = "heard"
"""How a ticket was opened that nobody asked for, and the name of the one line in its thread."""


@dataclass(frozen=True, slots=True)
class Said:
    """One message as it was heard, masked.

    Attributes:
        summary: What of it fits into one line.
        is_ours: Whether one of us wrote it.
        written_at: When it was written, where it was not heard then but read late.
        outside: Whether it is of someone outside who is no named contact of the account.
    """

    by: Who
    text: str
    message_ts: str
    summary: str = ""
    link: str = ""
    is_ours: bool = False
    written_at: datetime | None = None
    outside: bool = False


@dataclass(frozen=True, slots=True)
class HearReport(OpenTicket):
    """Open a ticket from what a contact wrote in their account's channel.

    Attributes:
        author: Who wrote it.
        marked_by: Who of us asked for it by the ticket emoji; None where nobody had to.
        written_at: When it was written, where it was not heard then but read late.
        thread_ts: The thread in which it was written; empty at the top of the channel.
        asked_at: Since when our people were asked whether it is a report; None where nobody was.
        more: What was written after it, before the ticket opened.
        outside: Whether its author is no named contact of the account.
    """

    author: Who = field(default_factory=lambda: Who("", ""))
    channel_id: str = ""
    message_ts: str = ""
    marked_by: Who | None = None
    written_at: datetime | None = None
    thread_ts: str = ""
    asked_at: datetime | None = None
    more: tuple[Said, ...] = ()
    outside: bool = False


@dataclass(frozen=True, slots=True)
class ReportHeard(Event):
    """A contact's message in the account's channel is this ticket's report."""

    NAME = "ReportHeard"

    author: Who
    channel_id: str
    message_ts: str
    link: str = ""
    marked_by: Who | None = None
    written_at: datetime | None = None
    thread_ts: str = ""
    asked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ReportNotSaid(Event):
    """The one line is not said any more: other words of ours took its place."""

    NAME = "ReportNotSaid"


@dataclass(frozen=True, slots=True)
class AskedAbout:
    """The question that stands about the message from which a ticket is being opened; or none."""

    nudge: str = ""


@dataclass(frozen=True, slots=True)
class NudgeTakenUp(Event):
    """The ticket was opened from a message about which our people are asked."""

    NAME = "NudgeTakenUp"

    nudge: str


@dataclass(frozen=True, slots=True)
class NudgeTold(Event):
    """The question about the message hears that a ticket stands for it."""

    NAME = "NudgeTold"

    nudge: str
