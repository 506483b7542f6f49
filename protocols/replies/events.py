"""What the account writes and says, as commands and events. Source: D19, D24, D32; words.md 4.8."""

from __future__ import annotations

from dataclasses import dataclass

from protocols.kernel.command import Command
from protocols.kernel.event import Event


@dataclass(frozen=True, slots=True)
class RecordCall(Command):
    """Record that the account was called, with what was said. Source: D24."""

    note: str


@dataclass(frozen=True, slots=True)
class RecordReply(Command):
    """The account wrote. Source: D19."""

    FROM_OUTSIDE = True

    author: str
    text: str
    channel_id: str
    message_ts: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class RecordWords(Command):
    """Record what someone at the account said by phone. Source: words.md 4.8."""

    speaker: str
    said_at: str
    words: str


@dataclass(frozen=True, slots=True)
class AccountCalled(Event):
    """The account was called."""

    NAME = "AccountCalled"

    note: str


@dataclass(frozen=True, slots=True)
class CustomerWrote(Event):
    """Someone at the account wrote; or someone from outside who does not stand for it (D32)."""

    NAME = "CustomerWrote"

    author: str
    text: str
    channel_id: str
    message_ts: str
    link: str = ""
    outside: bool = False
    answers: bool = False
    """Whether it came after the account was asked if it is solved, whatever it says."""


@dataclass(frozen=True, slots=True)
class CustomerSaid(Event):
    """What someone at the account said was recorded."""

    NAME = "CustomerSaid"

    speaker: str
    said_at: str
    words: str
    answers: bool = False
    """As of what was written."""
