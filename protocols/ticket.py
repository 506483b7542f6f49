"""The ticket: one problem of one account, from opening to closure.

Its head is what everybody asks; all else is in the slices of the subjects.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar

from protocols.account.events import AccountCard
from protocols.classification.events import TicketClassified
from protocols.closure.events import (
    AccountConfirmed,
    ClosedUnconfirmed,
    OpenedInError,
    TicketClosed,
    TicketReopened,
    TicketResolved,
)
from protocols.contact.events import PocChanged
from protocols.kernel.changing import begins, on
from protocols.kernel.event import Event
from protocols.kernel.record import Layout, Record, part_of
from protocols.losses.events import PersonGone
from protocols.naming.events import AccountNamed
from protocols.opening.events import TicketOpened
from protocols.people.people import BOT, Staff, Who
from protocols.relations.events import MergeUndone, TicketMerged
from protocols.routing.events import CategoryChanged, SeverityChanged
from protocols.scales import Category, Severity, Tier
from protocols.status import Status
from protocols.tiers.events import TierChanged


class Ticket(Record):
    """One problem of one account."""

    slices: ClassVar[dict[type, Layout]] = {}
    __slots__ = ()

    @property
    def head(self) -> TicketHead:
        """Return what everybody asks of a ticket."""
        return self.of(TicketHead)

    @property
    def reference(self) -> str:
        """Return the ticket's name, such as ``BW-1001``."""
        return self.of(TicketHead).reference

    @property
    def team_id(self) -> str:
        """Return the workspace in which it was opened."""
        return self.of(TicketHead).team_id

    @property
    def policy_version(self) -> str:
        """Return the digest of the policy that it was opened under."""
        return self.of(TicketHead).policy_version

    @property
    def opened_by(self) -> Who:
        """Return who opened it."""
        return self.of(TicketHead).opened_by

    @property
    def opener(self) -> Staff | None:
        """Return the one of us who opened it; None where a machine did."""
        return Staff(self.opened_by) if self.opened_by != BOT else None

    @property
    def opened_at(self) -> datetime:
        """Return when it was opened."""
        return self.of(TicketHead).opened_at

    @property
    def account(self) -> AccountCard | None:
        """Return whose problem it is; None while nobody named the account."""
        return self.of(TicketHead).account

    @property
    def calendar(self) -> str:
        """Return the key of its calendar: its account's when that was named, else its team's. D13.

        The team is that of its opening. It is empty for the desk's own.
        """
        head = self.of(TicketHead)
        return (head.account.calendar if head.account is not None else "") or head.calendar

    @property
    def tier(self) -> Tier:
        """Return its tier now."""
        return self.of(TicketHead).tier

    @property
    def is_classified(self) -> bool:
        """Say whether a person has said its tier; until then it has none to show. Source: D44."""
        return not self.of(TicketHead).unclassified

    @property
    def shown_tier(self) -> int:
        """Return its tier as people may read it: 0 while nobody has classified it. Source: D44."""
        head = self.of(TicketHead)
        return 0 if head.unclassified else int(head.tier)

    @property
    def severity(self) -> Severity:
        """Return its severity."""
        return self.of(TicketHead).severity

    @property
    def category(self) -> Category:
        """Return its category."""
        return self.of(TicketHead).category

    @property
    def poc(self) -> Staff | None:
        """Return the one who faces the account."""
        return self.of(TicketHead).poc

    @property
    def drill(self) -> bool:
        """Say whether it belongs to a drill."""
        return self.of(TicketHead).drill

    @property
    def status(self) -> Status:
        """Return where it stands."""
        return self.of(TicketHead).status

    @property
    def is_open(self) -> bool:
        """Say whether anything of it may still be owed."""
        return self.status in (Status.OPEN, Status.RESOLVED, Status.CONFIRMED)

    @property
    def is_live(self) -> bool:
        """Say whether work on the ticket goes on."""
        return self.status is Status.OPEN


@part_of(Ticket)
@dataclass(frozen=True, slots=True)
class TicketHead:
    """What everybody asks of a ticket."""

    reference: str
    team_id: str
    policy_version: str
    opened_by: Who
    opened_at: datetime
    account: AccountCard | None
    tier: Tier
    severity: Severity
    category: Category
    poc: Staff | None
    drill: bool = False
    status: Status = Status.OPEN
    unclassified: bool = False
    calendar: str = ""


begins(TicketOpened, Ticket)


@on(TicketOpened)
def _opened(event: TicketOpened) -> TicketHead:
    return TicketHead(
        reference=event.reference,
        team_id=event.team_id,
        policy_version=event.policy_version,
        opened_by=event.by,
        opened_at=event.at,
        account=event.account,
        tier=event.tier,
        severity=event.opening.severity,
        category=event.opening.category,
        poc=event.poc,
        drill=event.drill,
        unclassified=event.unclassified,
        calendar=event.calendar,
    )


@on(TierChanged)
def _tier(head: TicketHead, event: TierChanged) -> TicketHead:
    return replace(head, tier=event.after, unclassified=False)


@on(TicketClassified)
def _classified(head: TicketHead, event: TicketClassified) -> TicketHead:
    return replace(
        head,
        unclassified=False,
        severity=event.severity or head.severity,
        category=event.category or head.category,
    )


@on(CategoryChanged)
def _category(head: TicketHead, event: CategoryChanged) -> TicketHead:
    return replace(head, category=event.after)


@on(SeverityChanged)
def _severity(head: TicketHead, event: SeverityChanged) -> TicketHead:
    return replace(head, severity=event.after)


@on(PocChanged)
def _poc(head: TicketHead, event: PocChanged) -> TicketHead:
    return replace(head, poc=event.person)


@on(PersonGone)
def _contact_gone(head: TicketHead, event: PersonGone) -> TicketHead:
    gone = head.poc is not None and head.poc.key == event.person.key
    return replace(head, poc=None) if gone else head


@on(AccountNamed)
def _account(head: TicketHead, event: AccountNamed) -> TicketHead:
    return replace(head, account=event.account)


_STATUS = {
    TicketResolved: Status.RESOLVED,
    AccountConfirmed: Status.CONFIRMED,
    TicketReopened: Status.OPEN,
    TicketClosed: Status.CLOSED,
    ClosedUnconfirmed: Status.CLOSED,
    OpenedInError: Status.OPENED_IN_ERROR,
    TicketMerged: Status.CLOSED,
    MergeUndone: Status.OPEN,
}


@on(*_STATUS)
def _status(head: TicketHead, event: Event) -> TicketHead:
    return replace(head, status=_STATUS[type(event)])
