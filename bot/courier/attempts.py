"""An attempt at one outbox row: what it is given, and what it may come to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.gateways.brakes import MachineTime
from bot.gateways.outcomes import Outcome, Withheld

Results = Mapping[str, Mapping[str, object]]


class Addressed(Protocol):
    """What has to be known of an outbox row to say where it takes its words."""

    @property
    def key(self) -> str:
        """Return the row's unique key, which names the ticket and the text."""
        ...

    @property
    def reference(self) -> str | None:
        """Return the ticket."""
        ...

    @property
    def gateway(self) -> str:
        """Return where it goes."""
        ...

    @property
    def stream(self) -> str:
        """Return in which stream it stands."""
        ...

    @property
    def payload(self) -> Mapping[str, object]:
        """Return its arguments, with references."""
        ...

    @property
    def result(self) -> object:
        """Return what came of it so far, None when nothing did."""
        ...


class Row(Addressed, Protocol):
    """What an attempt has to know of an outbox row."""

    @property
    def method(self) -> str:
        """Return what to call."""
        ...

    @property
    def surface(self) -> str:
        """Return must_arrive, latest_only or drop_if_stale."""
        ...

    @property
    def created_at(self) -> datetime:
        """Return when the row was written, in business time."""
        ...

    @property
    def first_sent_at(self) -> datetime | None:
        """Return when the first try began, in machine time."""
        ...


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came of an attempt.

    Attributes:
        outcome: the class it ended in.
        unsure: an earlier or this try may have had its effect; look before sending again.
    """

    outcome: Outcome | Withheld
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class Budget:
    """The total time of one attempt.

    Attributes:
        clock: machine time.
        until: the end, on the monotonic clock.
    """

    clock: MachineTime
    until: float

    @property
    def left_s(self) -> float:
        """Return the seconds that are left, never below zero."""
        return max(self.until - self.clock.monotonic(), 0.0)


class Deliverer(Protocol):
    """Makes one attempt at a row of its gateway."""

    def attempt(self, row: Row, *, results: Results, budget: Budget, unsure: bool) -> Attempt:
        """Try to deliver, within the budget, and say what came of it."""
        ...
