"""Somebody follows a ticket, or does not any more. Source: S166."""

from __future__ import annotations

from dataclasses import dataclass

from protocols.kernel.command import Command
from protocols.kernel.event import Event


@dataclass(frozen=True, slots=True)
class FollowTicket(Command):
    """Hear when the ticket escalates, without being on it."""


@dataclass(frozen=True, slots=True)
class UnfollowTicket(Command):
    """Hear no more of it, whoever named one as the account's own manager, too."""


@dataclass(frozen=True, slots=True)
class TicketFollowed(Event):
    """Somebody hears from now on when it escalates."""

    NAME = "TicketFollowed"


@dataclass(frozen=True, slots=True)
class TicketUnfollowed(Event):
    """Somebody hears no more of it."""

    NAME = "TicketUnfollowed"
