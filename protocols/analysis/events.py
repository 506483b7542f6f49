"""The written analysis: it is asked for, and delivered. Source: S53."""

from __future__ import annotations

from dataclasses import dataclass

from protocols.kernel.command import Command
from protocols.kernel.event import Event


@dataclass(frozen=True, slots=True)
class RecordRca(Command):
    """Record that the written analysis was delivered, and where it stands. Source: S53."""

    link: str


@dataclass(frozen=True, slots=True)
class RcaReminded(Event):
    """The owner was reminded of the written analysis; ``again``: of a late one, a day later."""

    NAME = "RcaReminded"

    late: bool
    again: bool = False


@dataclass(frozen=True, slots=True)
class RcaDelivered(Event):
    """The written analysis was delivered."""

    NAME = "RcaDelivered"

    link: str
