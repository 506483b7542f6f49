"""Whether the matter is a complaint, or a dispute of the contract, since when, and who has it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from protocols.flags.events import (
    Flag,
    FlagAgain,
    FlagAsked,
    FlagCleared,
    FlagDenied,
    FlagProposed,
    FlagSet,
    FlagTaken,
)
from protocols.kernel.changing import on
from protocols.kernel.record import part_of
from protocols.people.people import Staff, Who
from protocols.ticket import Ticket


@dataclass(frozen=True, slots=True)
class Flagged:
    """One that is set.

    Attributes:
        asked: Everybody who was asked to read it, in that order; ``asked_at`` when last.
        by_row: Whether an escalation asks in its place.
        exhausted: Whether nobody further was on duty then.
    """

    flag: Flag
    by: Who
    since_at: datetime
    reason: str
    asked: tuple[Staff, ...] = ()
    asked_at: datetime | None = None
    by_row: bool = False
    turn: int = 1
    exhausted: bool = False
    taken_by: Who | None = None
    taken_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Proposed:
    """What words on record may say that the matter is, while nobody has said whether it is.

    Attributes:
        turn: How often somebody was asked; ``asked_at`` when last.
    """

    number: int
    flag: Flag
    said: str
    asked_at: datetime
    turn: int = 1


@part_of(Ticket, under="flags")
@dataclass(frozen=True, slots=True)
class Flags:
    """Those that are set, in the order in which they were, and those that are asked about.

    Attributes:
        proposals: How often it was asked about.
    """

    flagged: tuple[Flagged, ...] = ()
    proposed: tuple[Proposed, ...] = ()
    proposals: int = 0

    def is_proposed(self, flag: Flag) -> bool:
        """Say whether somebody is asked whether the matter is one."""
        return any(each.flag is flag for each in self.proposed)

    def proposal(self, number: int) -> Proposed | None:
        """Return a question that stands, None once it is answered."""
        return next((each for each in self.proposed if each.number == number), None)

    def get(self, flag: Flag) -> Flagged | None:
        """Return one that is set, None when it is not."""
        return next((each for each in self.flagged if each.flag is flag), None)

    def since(self, flag: Flag) -> datetime | None:
        """Return since when it is set."""
        found = self.get(flag)
        return found.since_at if found is not None else None


@on(FlagSet)
def _set(flags: Flags, event: FlagSet) -> Flags:
    made = Flagged(event.flag, event.by, event.at, event.reason, event.to, event.at, event.by_row)
    asked = tuple(each for each in flags.proposed if each.flag is not event.flag)
    return replace(flags, flagged=(*_without(flags, event.flag), made), proposed=asked)


@on(FlagProposed)
def _proposed(flags: Flags, event: FlagProposed) -> Flags:
    made = Proposed(event.number, event.flag, event.said, event.at)
    return replace(flags, proposed=(*flags.proposed, made), proposals=event.number)


@on(FlagAgain)
def _again(flags: Flags, event: FlagAgain) -> Flags:
    proposed = tuple(
        replace(each, turn=event.turn, asked_at=event.at) if each.number == event.number else each
        for each in flags.proposed
    )
    return replace(flags, proposed=proposed)


@on(FlagDenied)
def _denied(flags: Flags, event: FlagDenied) -> Flags:
    left = tuple(each for each in flags.proposed if each.number != event.number)
    return replace(flags, proposed=left)


@on(FlagCleared)
def _cleared(flags: Flags, event: FlagCleared) -> Flags:
    return replace(flags, flagged=_without(flags, event.flag))


@on(FlagTaken)
def _taken(flags: Flags, event: FlagTaken) -> Flags:
    return _noted(flags, event.flag, taken_by=event.by, taken_at=event.at)


@on(FlagAsked)
def _asked(flags: Flags, event: FlagAsked) -> Flags:
    found = flags.get(event.flag)
    before = found.asked if found is not None else ()
    more = () if event.person is None else (event.person,)
    return _noted(
        flags,
        event.flag,
        asked=(*before, *more),
        asked_at=event.at,
        turn=event.turn,
        exhausted=event.person is None,
    )


def _without(flags: Flags, flag: Flag) -> tuple[Flagged, ...]:
    return tuple(each for each in flags.flagged if each.flag is not flag)


def _noted(flags: Flags, flag: Flag, **changes: Any) -> Flags:
    return replace(
        flags,
        flagged=tuple(
            replace(each, **changes) if each.flag is flag else each for each in flags.flagged
        ),
    )
