"""Commands and events of a ticket's team, category and severity. Source: S70-S78, S82, S140."""

from __future__ import annotations

from dataclasses import dataclass

from protocols.kernel.command import Command
from protocols.kernel.event import Event
from protocols.scales import Category, Severity


@dataclass(frozen=True, slots=True)
class ChangeTicket(Command):
    """Give the ticket another team, category or severity; None leaves it as it is. Source: S82."""

    team: str | None = None
    category: Category | None = None
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class TicketRouted(Event):
    """The ticket has gone from one team to another; ``why``: the row of the policy, if one did."""

    NAME = "TicketRouted"

    before: str
    team: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class CategoryChanged(Event):
    """The ticket is about something else than was said; nobody at the account is asked. S69."""

    NAME = "CategoryChanged"

    before: Category
    after: Category


@dataclass(frozen=True, slots=True)
class SeverityChanged(Event):
    """The ticket is more or less urgent than was said."""

    NAME = "SeverityChanged"

    before: Severity
    after: Severity
