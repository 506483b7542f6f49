"""Commands of a ticket's opening, and of the clock and the courier."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from protocols.commands.base import Command
from protocols.outward_words import Withdrawal
from protocols.scales import Category, Impact, NoticedBy, Severity, Signal


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


@dataclass(frozen=True, slots=True)
class FallDue(Command):
    """A due point has come; only the ticker asks this. Source: S171, S177."""

    key: str
    kind: str
    planned_at: datetime


@dataclass(frozen=True, slots=True)
class TakeDelivery(Command):
    """An effect was taken by Slack or the mail server at ``taken_at``."""

    key: str
    taken_at: datetime
    channel_id: str = ""
    channel_name: str = ""
    message_ts: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class BuryDelivery(Command):
    """An effect was refused for good; ``person`` of us does not have it.

    ``behind`` is what it needed that will not come.
    """

    key: str
    error: str
    person: str = ""
    behind: str = ""


@dataclass(frozen=True, slots=True)
class WithdrawWords(Command):
    """Words that had been released were held back: they have not left, and will not. D24, T14."""

    key: str
    why: Withdrawal
