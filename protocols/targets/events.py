"""Commands and events of a ticket's targets: neared, passed, met by a person. Source: D8, D26."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from protocols.kernel.command import Command
from protocols.kernel.due_point import DuePoint
from protocols.kernel.event import Event
from protocols.people.people import Staff


@dataclass(frozen=True, slots=True)
class TargetPoint(DuePoint):
    """An instant at which a clock speaks: how near it is to its breach."""

    measure: str
    mark: str
    breach_at: datetime


@dataclass(frozen=True, slots=True)
class Acknowledge(Command):
    """Press **Acknowledge**: have the ticket, and answer for its reply. Source: S9, D26."""


@dataclass(frozen=True, slots=True)
class StartTriage(Command):
    """Press **Triage started**. Source: S10."""


@dataclass(frozen=True, slots=True)
class SendClock(Command):
    """Press **Send to account**: they read how their time to resolve counts. words.md 11.6."""


@dataclass(frozen=True, slots=True)
class TakeUpTargets(Command):
    """Have the clocks of a ticket looked after that was opened before they were. Source: S65."""


@dataclass(frozen=True, slots=True)
class SayBlocked(Command):
    """Someone at the account presses **It blocks my business**. Source: D45; words.md 3.1."""

    FROM_OUTSIDE = True

    author: str
    channel_id: str
    message_ts: str


class Blocked(StrEnum):
    """What stands still at an account whose business is blocked. Source: D45; words.md 3.1."""

    DEAL = "deal"
    ACCESS = "access"
    CUSTOMER = "live customer"
    DEADLINE = "deadline"


@dataclass(frozen=True, slots=True)
class SayWhatIsBlocked(Command):
    """Someone at the account presses what it blocks, right after they said that it does. D45."""

    FROM_OUTSIDE = True

    author: str
    what: Blocked


@dataclass(frozen=True, slots=True)
class BusinessBlocked(Event):
    """The account says that it blocks its business; a person answers by ``answer_at``."""

    NAME = "BusinessBlocked"

    author: str
    answer_at: datetime


@dataclass(frozen=True, slots=True)
class BlockedNamed(Event):
    """The account said what it blocks. Source: D45."""

    NAME = "BlockedNamed"

    author: str
    what: Blocked


@dataclass(frozen=True, slots=True)
class BlockedUnanswered(Event):
    """Nobody has answered an account whose business is blocked. Source: D45.

    ``turn`` is how often that was told, 0 in events of an earlier release.
    """

    NAME = "BlockedUnanswered"

    told: tuple[Staff, ...] = ()
    turn: int = 0


@dataclass(frozen=True, slots=True)
class TargetsTakenUp(Event):
    """From now on people are told of this ticket's clocks; what passed before is only marked."""

    NAME = "TargetsTakenUp"


@dataclass(frozen=True, slots=True)
class Acknowledged(Event):
    """A person has the ticket; whoever waits for a reply has one who answers for it."""

    NAME = "Acknowledged"


@dataclass(frozen=True, slots=True)
class TriageStarted(Event):
    """Somebody has begun to look into it."""

    NAME = "TriageStarted"


@dataclass(frozen=True, slots=True)
class TargetNeared(Event):
    """A share of a target's time has passed; ``told`` is empty where it is only marked. D8."""

    NAME = "TargetNeared"

    measure: str
    mark: str
    breach_at: datetime
    told: tuple[Staff, ...] = ()


@dataclass(frozen=True, slots=True)
class TargetBreached(Event):
    """A target was not met in time. Source: D8."""

    NAME = "TargetBreached"

    measure: str
    breach_at: datetime
    told: tuple[Staff, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOpen(Event):
    """No clock runs any more, and the ticket is open still: a person is told again. S65."""

    NAME = "LeftOpen"

    told: tuple[Staff, ...] = ()


@dataclass(frozen=True, slots=True)
class AccountHeard(Event):
    """A plain answer of ours in its thread is word to the account, where a row counts it. D2."""

    NAME = "AccountHeard"
