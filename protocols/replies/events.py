"""What the account writes and says, as commands and events. Source: D19, D24, D32; words.md 4.8."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from protocols.kernel.command import Command
from protocols.kernel.event import Event
from protocols.people.people import Who


@dataclass(frozen=True, slots=True)
class RecordCall(Command):
    """Record that the account was called, with what was said. Source: D24."""

    note: str


@dataclass(frozen=True, slots=True)
class RecordReply(Command):
    """The account wrote; ``apart`` is not in the ticket's thread. Source: D19, D42.

    ``files`` is how many came with it.

    ``written_at`` is when, where it was not heard then but read late.
    """

    FROM_OUTSIDE = True

    author: str
    text: str
    channel_id: str
    message_ts: str
    link: str = ""
    apart: bool = False
    written_at: datetime | None = None
    files: int = 0
    attached: str = ""
    """What hangs on it, in words: it is kept behind what they wrote. Source: S80."""


@dataclass(frozen=True, slots=True)
class RecordOwnWords(Command):
    """One of us wrote in the account's thread, past any form. Source: D15, D43."""

    text: str
    channel_id: str
    message_ts: str
    link: str = ""
    written_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RecordAlteration(Command):
    """What stands in the account's thread was edited, or deleted: then ``text`` is empty. M4."""

    person: Who
    was: str
    text: str
    channel_id: str
    message_ts: str
    link: str = ""
    written_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ReadAnswer(Command):
    """One of us says what a message of the account answers: **They said yes**. Source: D7."""

    message_ts: str
    solved: bool


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
    """Someone at the account wrote; or someone from outside who does not stand for it (D32).

    Attributes:
        understood: What a ``Meaning`` says of the words; "" where nothing was read.
        place: Where they stand: "" in the ticket's thread, else a ``Place``.
        written_at: When, where nobody heard it then and it was read late.
    """

    NAME = "CustomerWrote"

    author: str
    text: str
    channel_id: str
    message_ts: str
    link: str = ""
    outside: bool = False
    understood: str = ""
    place: str = ""
    answers: bool = False
    """Whether it came after the account was asked if it is solved, whatever it says."""
    written_at: datetime | None = None
    told: str = ""
    """``now``, or ``held``: told with others soon. Empty in events of an earlier release."""
    owes: bool = False
    """Whether we owe an answer to it. Source: M17."""
    files: int = 0
    """How many files came with it."""


@dataclass(frozen=True, slots=True)
class WordsCollected(Event):
    """What the account wrote in a row is told together: how many, since when. Source: D8."""

    NAME = "WordsCollected"

    count: int
    since_at: datetime


NOW, HELD = "now", "held"
"""When what the account wrote is told."""


class Place(StrEnum):
    """Where words stand that are not in the ticket's thread. Source: D42."""

    JOINED = "joined"
    APART = "apart"


@dataclass(frozen=True, slots=True)
class ColleagueWrote(Event):
    """One of us wrote to the account in its thread; ``stops`` is what the checks say of it.

    ``answers`` where it is an answer that needed no second person; ``needed`` is why it needed one.
    ``unverified``: it names an amount that nobody had recorded as verified. Source: D15, D45, S72.
    """

    NAME = "ColleagueWrote"

    text: str
    channel_id: str
    message_ts: str
    link: str = ""
    stops: tuple[str, ...] = ()
    answers: bool = False
    written_at: datetime | None = None
    needed: tuple[str, ...] = ()
    unverified: bool = False


@dataclass(frozen=True, slots=True)
class WordsAltered(Event):
    """Words in the account's thread were edited, or deleted: then ``text`` is empty."""

    NAME = "WordsAltered"

    person: Who
    was: str
    text: str
    channel_id: str
    message_ts: str
    link: str = ""
    written_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CustomerSaid(Event):
    """What someone at the account said was recorded.

    Attributes:
        solved: The answer that they gave, "yes" or "no", where it decided nothing more.
    """

    NAME = "CustomerSaid"

    speaker: str
    said_at: str
    words: str
    solved: str = ""
    answers: bool = False
    """As of what was written."""
    owes: bool = False
    """As of what was written."""
