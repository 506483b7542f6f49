"""Opening: the command, the event, and what the form said. Source: S80, S170."""

from __future__ import annotations

from dataclasses import dataclass, field

from protocols.account.events import AccountCard, Route
from protocols.kernel.command import Command
from protocols.kernel.event import Event
from protocols.people.people import Staff
from protocols.scales import Category, Impact, NoticedBy, Severity, Signal, Tier


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A file that came with the form, kept where it was put: Slack. Source: S80.

    Attributes:
        kind: What Slack calls its kind; empty where it does not say.
        size: In bytes; 0 where Slack does not say.
        url: Where it is read; empty where nothing may lead there.
    """

    name: str
    kind: str = ""
    size: int = 0
    url: str = ""


@dataclass(frozen=True, slots=True)
class OpenTicket(Command):
    """Open a ticket from the form. The engine fills in the reference. Source: S80, S170."""

    team_id: str
    summary: str
    account_key: str | None
    noticed_by: NoticedBy
    severity: Severity
    category: Category
    description: str = ""
    impacts: frozenset[Impact] = field(default_factory=frozenset)
    signal: Signal | None = None
    funds_confirmed: bool = False
    poc: str | None = None
    source: str = "command"
    source_link: str = ""
    another_problem: bool = False
    files: tuple[AttachedFile, ...] = ()


@dataclass(frozen=True, slots=True)
class TicketOpened(Event):
    """A ticket exists."""

    NAME = "TicketOpened"

    reference: str
    team_id: str
    policy_version: str
    opening: Opening
    account: AccountCard | None
    route: Route
    tier: Tier
    poc: Staff | None
    drill: bool
    watched: bool = False
    team: str = ""
    routed_by: str = ""
    unclassified: bool = False
    """Whether no person has said its tier yet. Source: D44."""
    calendar: str = ""
    """The key of its team's calendar then; empty for the desk's. Source: D13, S117."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What the form said."""

    summary: str
    description: str
    impacts: frozenset[Impact]
    signal: Signal | None
    funds_confirmed: bool
    noticed_by: NoticedBy
    severity: Severity
    category: Category
    source: str = "command"
    source_link: str = ""
    files: tuple[AttachedFile, ...] = ()
