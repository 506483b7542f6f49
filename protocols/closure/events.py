"""Commands and events of the end: resolved, confirmed, closed, open again, opened in error.

Source: S98-S101; D7.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from protocols.kernel.command import Command
from protocols.kernel.event import Event
from protocols.words.normal_form import normal


@dataclass(frozen=True, slots=True)
class Resolve(Command):
    """Resolve the ticket and put the words for the account in review. Source: S98, S99.

    ``cause``: one of the category's, for us alone.
    """

    done: str
    check: str
    asked_reason: str = ""
    cause: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "done", normal(self.done))
        object.__setattr__(self, "check", normal(self.check))


@dataclass(frozen=True, slots=True)
class AnswerSolved(Command):
    """Someone at the account says whether it is solved. Source: S99, D7."""

    FROM_OUTSIDE = True

    solved: bool
    words: str = ""


@dataclass(frozen=True, slots=True)
class RateResolution(Command):
    """Someone at the account presses 1 to 5, in the line that answers their Yes. Source: M18."""

    FROM_OUTSIDE = True

    stars: int


@dataclass(frozen=True, slots=True)
class RecordAnswer(Command):
    """Record the account's answer given by phone. Source: D7."""

    speaker: str
    said_at: str
    words: str
    solved: bool


@dataclass(frozen=True, slots=True)
class Reopen(Command):
    """Open a resolved ticket again, with a reason. Source: S100."""

    reason: str


@dataclass(frozen=True, slots=True)
class AskAgain(Command):
    """Ask an account once more that never said whether it is solved. Source: D7."""


@dataclass(frozen=True, slots=True)
class CloseUnconfirmed(Command):
    """Close a ticket that its account never confirmed, with a reason. Source: D7."""

    reason: str


@dataclass(frozen=True, slots=True)
class MarkOpenedInError(Command):
    """Take a ticket out of the figures; kind is wrong_account, duplicate or not_a_problem.

    ``duplicate_of`` is another ticket of the same account, where they may read its name.
    """

    kind: str
    reason: str
    duplicate_of: str = ""


@dataclass(frozen=True, slots=True)
class NameCause(Command):
    """Say what a ticket came from that is resolved, and what its category lists."""

    cause: str


@dataclass(frozen=True, slots=True)
class CauseNamed(Event):
    """Somebody said what it came from after it was resolved; it never leaves. Source: S101."""

    NAME = "CauseNamed"

    cause: str


@dataclass(frozen=True, slots=True)
class TicketResolved(Event):
    """The ticket is resolved; the analysis is owed by ``rca_due_at`` (Tier 3 and 4).

    Attributes:
        cause: What it came from, as the policy's list has it; it never leaves. Source: S101.
        said_right: Why words are right that could stand under any ticket. Source: S98.
        done: What was done, where there is no account that reads it; ``check`` likewise.
    """

    NAME = "TicketResolved"

    rca_due_at: datetime | None
    cause: str = ""
    said_right: str = ""
    done: str = ""
    check: str = ""


@dataclass(frozen=True, slots=True)
class ResolutionTold(Event):
    """The account was told of the resolution.

    What was sent asks whether it is solved; ``by_phone`` it was read to them. Source: S99, D41.
    """

    NAME = "ResolutionTold"

    by_phone: bool = False


@dataclass(frozen=True, slots=True)
class ConfirmationReminded(Event):
    """The account was asked again."""

    NAME = "ConfirmationReminded"


@dataclass(frozen=True, slots=True)
class AccountConfirmed(Event):
    """Someone at the account says that it is solved."""

    NAME = "AccountConfirmed"

    speaker: str
    by_phone: bool
    words: str = ""
    said_at: str = ""


@dataclass(frozen=True, slots=True)
class ResolutionRated(Event):
    """Someone at the account rated it, from 1 to 5. Source: M18."""

    NAME = "ResolutionRated"

    speaker: str
    stars: int


@dataclass(frozen=True, slots=True)
class TicketReopened(Event):
    """The ticket is open again; after silence a Yes that comes late counts still.

    ``analysis_turn``: how often it had been opened again when an analysis began to be owed.
    ``by_account``: on the account's own word; only these count toward an escalation. Source: D7.
    """

    NAME = "TicketReopened"

    reason: str
    by_silence: bool = False
    awaits_answer: bool = False
    analysis_turn: int | None = None
    by_account: bool = False


@dataclass(frozen=True, slots=True)
class AskedAgain(Event):
    """An account that never answered is asked once more; ``number`` counts these. Source: D7."""

    NAME = "AskedAgain"

    number: int


@dataclass(frozen=True, slots=True)
class TicketClosed(Event):
    """Nothing is owed any more."""

    NAME = "TicketClosed"


@dataclass(frozen=True, slots=True)
class ClosedUnconfirmed(Event):
    """A CS manager closed a ticket whose account could not be reached."""

    NAME = "ClosedUnconfirmed"

    reason: str
    attempted_at: tuple[datetime, ...]


@dataclass(frozen=True, slots=True)
class OpenedInError(Event):
    """The ticket leaves the figures; ``duplicate_of`` is another one of the same account.

    ``ends_in_review``: what tells the account of it is released by a second person.
    """

    NAME = "OpenedInError"

    kind: str
    reason: str
    duplicate_of: str = ""
    ends_in_review: bool = False


@dataclass(frozen=True, slots=True)
class UntoldReminded(Event):
    """Somebody was reminded that the account was not told of the resolution. Source: S65."""

    NAME = "UntoldReminded"
