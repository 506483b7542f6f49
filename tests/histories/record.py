"""What is on record after a history: each ticket's journal, due points and outbox; nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from bot.engine import ledger
from protocols.closure.events import (
    AccountConfirmed,
    ClosedUnconfirmed,
    OpenedInError,
    TicketClosed,
    TicketReopened,
    TicketResolved,
)
from protocols.escalation.rows import limbo_since
from protocols.kernel.due_point import DuePoint
from protocols.kernel.event import Event
from protocols.people.people import ENGINE
from protocols.subjects import dues
from store.db import Connection
from store.due_rows import DuePointRow
from store.outbox_rows import OutboxRow
from store.read import deliveries, tickets, upcoming
from store.ticket_rows import TicketRow
from tests.histories.machine import Machine

E = TypeVar("E", bound=Event)
TICKETS_MOST = 100


@dataclass(frozen=True, slots=True)
class Chain:
    """One ticket on record.

    Attributes:
        reference: Its reference.
        events: Its journal, in order.
        waiting: The due points that are to come or have just come.
        owed: Those that the ticket itself owes.
        rows: Its outbox.
        now: The instant at which it was read.
        limbo_since: Since when it is late, nobody has it, and it is not escalated. Source: S146.
    """

    reference: str
    events: tuple[Event, ...]
    waiting: tuple[DuePointRow, ...]
    owed: tuple[DuePoint, ...]
    rows: tuple[OutboxRow, ...]
    now: datetime
    limbo_since: datetime | None = None

    def of(self, kind: type[E]) -> list[E]:
        """Return the events of a kind, in order."""
        return [event for event in self.events if isinstance(event, kind)]

    def last(self, *kinds: type[Event]) -> Event | None:
        """Return the newest event of some kinds."""
        found = [event for event in self.events if isinstance(event, kinds)]
        return found[-1] if found else None

    def since(self, event: Event) -> Iterator[Event]:
        """Return what happened after an event."""
        at = next(number for number, each in enumerate(self.events) if each is event)
        yield from self.events[at + 1 :]

    def is_due(self, beginning: str) -> bool:
        """Say whether a due point whose key begins so is to come."""
        return any(
            step.key.startswith(beginning) and step.due_at > self.now for step in self.waiting
        )

    @property
    def ending(self) -> Event | None:
        """What the ticket's state comes from: its newest end or new beginning; None while open."""
        ends = (
            TicketResolved, TicketReopened, AccountConfirmed, ClosedUnconfirmed,
            TicketClosed, OpenedInError,
        )  # fmt: skip
        found = self.last(*ends)
        return None if isinstance(found, TicketReopened) else found


def chains(machine: Machine) -> list[Chain]:
    """Read every ticket."""
    with machine.program.parts.database.read() as conn:
        rows = {row.reference: row for row in tickets.recent(conn, limit=TICKETS_MOST)}
        return [
            Chain(
                reference,
                ledger.history(conn, reference),
                tuple(
                    step for step in upcoming.of_ticket(conn, reference) if step.state == "pending"
                ),
                _owed(conn, machine, rows[reference]),
                deliveries.of_ticket(conn, reference),
                machine.clock.reads(),
                _limbo_since(conn, machine, rows[reference]),
            )
            for reference in sorted(rows)
        ]


def _owed(conn: Connection, machine: Machine, row: TicketRow) -> tuple[DuePoint, ...]:
    facts = machine.program.parts.facts
    policy = facts.policy_of(conn, row.policy_version)
    calendar = facts.context(machine.clock.reads(), ENGINE, policy).calendar
    return dues(ledger.ticket_of(row), policy, calendar)


def _limbo_since(conn: Connection, machine: Machine, row: TicketRow) -> datetime | None:
    facts, ticket = machine.program.parts.facts, ledger.ticket_of(row)
    policy = facts.policy_of(conn, row.policy_version)
    calendar = facts.context(machine.clock.reads(), ENGINE, policy).calendar
    return limbo_since(ticket, policy, calendar)
