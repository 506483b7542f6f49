"""What is held for one of us, and told together. Source: D8.

A digest is a record of its own, one a person: what waits for them comes from many tickets.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from protocols.kernel.command import Command
from protocols.kernel.event import Event
from protocols.people.people import Staff


@dataclass(frozen=True, slots=True)
class HeldLine:
    """One thing that waits to be told.

    Attributes:
        about: The record that has it.
        text: What is said of it, in one sentence.
        at: When it would have been told alone.
        key: The key of the message that it would have been.
        stale_at: When it has lost its sense.
    """

    about: str
    text: str
    at: datetime
    key: str
    stale_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class OpenDigest(Command):
    """Begin the digest of one of us; once it is there, nothing is begun."""

    person: Staff


@dataclass(frozen=True, slots=True)
class HoldForDigest(Command):
    """Hold a line; it is told at ``until``, with all that waits then."""

    line: HeldLine
    until: datetime


@dataclass(frozen=True, slots=True)
class DigestOpened(Event):
    """One of us has a digest from now on."""

    NAME = "DigestOpened"

    reference: str
    team_id: str
    policy_version: str
    person: Staff
    drill: bool = False


@dataclass(frozen=True, slots=True)
class LineHeld(Event):
    """A line waits to be told at ``until``, or earlier with one that waits already."""

    NAME = "LineHeld"

    line: HeldLine
    until: datetime


@dataclass(frozen=True, slots=True)
class DigestTold(Event):
    """What waited was told, but for what had lost its sense: the keys of what was."""

    NAME = "DigestTold"

    keys: tuple[str, ...]
