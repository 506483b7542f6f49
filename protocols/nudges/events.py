"""The question whether a contact's message is a report: what is asked, and what became of it.

It is a record of its own, named after the message: asked once, however often the message comes.
Source: M16; words.md 11.2.
"""

from __future__ import annotations

from dataclasses import dataclass

from protocols.account.events import AccountCard
from protocols.intake.events import Said
from protocols.kernel.command import Command
from protocols.kernel.event import Event
from protocols.people.people import Staff, Who


def name_of(channel_id: str, message_ts: str) -> str:
    """Return the name of the question about a message."""
    return f"nudge-{channel_id}-{message_ts}"


@dataclass(frozen=True, slots=True)
class AskAboutReport(Command):
    """Ask our people whether a message is a report; ``thread_ts`` where it stands in a thread."""

    account: str
    channel_id: str
    said: Said
    thread_ts: str = ""


@dataclass(frozen=True, slots=True)
class AddToNudge(Command):
    """More was written before anybody answered: by the same contact, or in the thread."""

    said: Said


@dataclass(frozen=True, slots=True)
class RewordNudge(Command):
    """A message that is asked about was edited, or deleted: then ``text`` is empty."""

    person: Who
    message_ts: str
    summary: str
    text: str


@dataclass(frozen=True, slots=True)
class AnswerNudge(Command):
    """One of us says that it is a report, or that it is none."""

    opens: bool


@dataclass(frozen=True, slots=True)
class SettleNudge(Command):
    """A ticket stands for the message: it was opened from it, here or by one of us elsewhere."""

    ticket: str
    opened_by: Who


@dataclass(frozen=True, slots=True)
class NudgeAsked(Event):
    """Our people are asked.

    Attributes:
        team: Who would have the ticket.
        team_channel: Where the team is asked; empty where it has no channel of its own.
        asked: Who is asked in person.
    """

    NAME = "NudgeAsked"

    reference: str
    team_id: str
    policy_version: str
    account: AccountCard
    channel_id: str
    said: Said
    thread_ts: str = ""
    team: str = ""
    team_channel: str = ""
    asked: tuple[Staff, ...] = ()
    drill: bool = False


@dataclass(frozen=True, slots=True)
class NudgeHeardMore(Event):
    """More was written before anybody answered; ``asked``: who is asked in person for its words."""

    NAME = "NudgeHeardMore"

    said: Said
    asked: tuple[Staff, ...] = ()


@dataclass(frozen=True, slots=True)
class NudgeReworded(Event):
    """A message that is asked about says something else, or nothing: it was deleted.

    Attributes:
        asked: Who is asked in person for what it says now.
    """

    NAME = "NudgeReworded"

    person: Who
    message_ts: str
    summary: str
    text: str
    was: str
    asked: tuple[Staff, ...] = ()


@dataclass(frozen=True, slots=True)
class NudgeAnswered(Event):
    """One of us has said whether it is a report."""

    NAME = "NudgeAnswered"

    opens: bool


@dataclass(frozen=True, slots=True)
class NudgeLapsed(Event):
    """Nobody has said, and the time is over: it opens.

    Where the account has a ticket open in the channel by then, ``beside``, it is heard on that one.
    """

    NAME = "NudgeLapsed"

    beside: str = ""


@dataclass(frozen=True, slots=True)
class NudgeWithdrawn(Event):
    """Whoever wrote it has deleted all of it before anybody answered."""

    NAME = "NudgeWithdrawn"


@dataclass(frozen=True, slots=True)
class NudgeSettled(Event):
    """A ticket stands for it."""

    NAME = "NudgeSettled"

    ticket: str
    opened_by: Who


@dataclass(frozen=True, slots=True)
class NudgePassedOn(Event):
    """What was written behind the message goes on the ticket that was opened from it elsewhere."""

    NAME = "NudgePassedOn"


@dataclass(frozen=True, slots=True)
class NudgeNotShown(Event):
    """The question did not reach the team's channel: these are asked in person."""

    NAME = "NudgeNotShown"

    asked: tuple[Staff, ...]
