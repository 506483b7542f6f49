"""Promises of a next update: made, kept, lapsed, and the writer's reminder. Source: S52; D10."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from protocols.kernel.event import Event


@dataclass(frozen=True, slots=True)
class PromiseMade(Event):
    """The account was promised an update by an instant."""

    NAME = "PromiseMade"

    number: int
    promised_at: datetime


@dataclass(frozen=True, slots=True)
class PromiseKept(Event):
    """A promised update was delivered."""

    NAME = "PromiseKept"

    number: int


@dataclass(frozen=True, slots=True)
class PromiseLapsed(Event):
    """A promised time passed without an update.

    ``ahead``: it had not passed yet; the account was told before it that it will not be kept.
    ``unheard``: nothing that made it has reached the account, so nobody there waits for it.
    """

    NAME = "PromiseLapsed"

    number: int
    told: bool
    ahead: bool = False
    unheard: bool = False


@dataclass(frozen=True, slots=True)
class UpdatePrompted(Event):
    """The communicator was reminded of a coming promise."""

    NAME = "UpdatePrompted"

    number: int
    in_bridge: bool
