"""What is asked of the queue, and what it answers. Source: S66, S68, S89."""

from __future__ import annotations

from dataclasses import dataclass, field

from protocols.queue.queued import Queued


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which tickets are asked for.

    Attributes:
        team: Of this team; empty for all teams.
        owners: Those whom one of these keys has; an empty key is the queue's own.
        on: Those that one of these people is on.
        risen: Only what is near its breach, or past it.
        follow_up: Only what silence opened again. Source: D7.
    """

    team: str = ""
    owners: tuple[str, ...] = ()
    on: tuple[str, ...] = ()
    risen: bool = False
    follow_up: bool = False


@dataclass(frozen=True, slots=True)
class PageChoice:
    """Which page of a queue somebody looks at.

    Attributes:
        shows: Which tickets of it.
        team: Its team, in the form that buttons carry; empty for all teams.
    """

    shows: str = "all"
    team: str = ""
    offset: int = 0


@dataclass(frozen=True, slots=True)
class QueueCounts:
    """How many tickets there are, how many of them are late, and how many are near it."""

    total: int = 0
    late: int = 0
    near: int = 0


@dataclass(frozen=True, slots=True)
class QueuePage:
    """Some tickets in their order, and how many there are.

    Attributes:
        is_whole: Whether every ticket was listed since the last update; else some may lack.
    """

    entries: tuple[Queued, ...] = ()
    counts: QueueCounts = field(default_factory=QueueCounts)
    is_whole: bool = True


@dataclass(frozen=True, slots=True)
class Load:
    """How many open tickets somebody has; under an empty key those that nobody has."""

    owner: str
    counts: QueueCounts


@dataclass(frozen=True, slots=True)
class WordsFound:
    """The references of tickets that have all the words, the newest first.

    Attributes:
        is_cut: Whether only the newest with the rarest word were looked at.
    """

    references: tuple[str, ...]
    is_cut: bool = False
