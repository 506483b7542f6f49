"""One command, one transaction: claim the delivery, lock, load, decide, write, commit.

Whatever is killed, whenever: a command is kept with everything it causes, or not at all.
Source: S171, S178; design, The idea in six sentences.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeAlias

from bot.clock import Clock, MachineClock
from bot.engine import cards, digests, kinds, ledger, outgoing, retiring, withdrawals
from bot.engine.deciding import decided, opened
from bot.engine.facts import Facts
from bot.engine.saving import saved
from bot.engine.taken import taken_at
from protocols.account.events import Missed
from protocols.clock.events import FallDue
from protocols.deliveries.events import TakeDelivery
from protocols.kernel.command import Command
from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.kernel.record import Record
from protocols.kernel.refusals import UnknownTicket
from protocols.opening.events import OpenTicket
from protocols.people.people import ENGINE, Actor
from protocols.policy.policy import Policy
from protocols.policy.schema import SCHEMA
from protocols.relations.leading import leads_on
from protocols.subjects import dues, plan
from protocols.ticket import Ticket
from protocols.withdrawals.events import Withdrawal, WithdrawWords
from store.db import Connection, Database, after_commit
from store.due_rows import DuePointRow
from store.outbox_rows import OutboxRow
from store.read import tickets
from store.write import outbox, policies, seen
from store.write.enqueue import enqueue, enqueue_first
from templates.kit.links import Links

_log = logging.getLogger(__name__)


Delivered: TypeAlias = tuple[OutboxRow, Mapping[str, object]]
"""A row that was taken, and what came back."""


@dataclass(frozen=True, slots=True)
class Change:
    """What came of a command."""

    record: Record
    events: tuple[Event, ...] = ()
    repeated: bool = False

    @property
    def ticket(self) -> Ticket:
        """Return the ticket that was changed.

        Raises:
            UnknownTicket: The record is of another kind.
        """
        if not isinstance(self.record, Ticket):
            raise UnknownTicket(reference=self.record.reference)
        return self.record


class Engine:
    """Decides commands against the database.

    Args:
        database: Where everything is kept.
        facts: What decisions are made with.
        clock: Business time.
        machine: Machine time, for delivery keys.
        links: Gives the addresses that words may name, as of now.
        roads: Which roads out are set up.
        committed: Called after each commit that may have something to send or a new due time.
        changed: Called after the commit with a ticket whose delivery was taken, or refused.
    """

    def __init__(
        self,
        database: Database,
        facts: Facts,
        *,
        clock: Clock,
        machine: MachineClock,
        links: Callable[[], Links],
        roads: outgoing.Roads,
        committed: Callable[[], None],
        changed: Callable[[Ticket], None],
    ) -> None:
        self._database = database
        self._facts = facts
        self._clock = clock
        self._machine = machine
        self._links = links
        self._roads = roads
        self._committed = committed
        self._changed = changed
        self._kept: set[str] = set()

    def submit(self, command: Command, actor: Actor, delivery: str | None = None) -> Change:
        """Decide a command in one transaction, again from its start when another was in the way.

        Raises:
            Refused: The rules say no, or a newer process's record is left to it; nothing was
                written.
            CommandNotSaved: The database did not take it.
        """
        return saved(
            self._database,
            type(command).__name__,
            lambda conn: self._once(conn, command, actor, delivery),
        )

    def _once(
        self, conn: Connection, command: Command, actor: Actor, delivery: str | None
    ) -> Change:
        if delivery is not None and not seen.claim(conn, delivery, self._machine.now()):
            return self._repeated(conn, command, actor, delivery)
        change = self._asked(conn, command, actor)
        if delivery is not None and isinstance(command, OpenTicket):
            seen.opened(conn, delivery, change.record.reference)
        return change

    def _asked(
        self, conn: Connection, command: Command, actor: Actor, *, by_post: bool = False
    ) -> Change:
        """Decide a command on the record that it names, or on the new one that it opens."""
        kind = kinds.opened_by(command)
        is_new = kind is not None and kind.is_numbered
        held = None if is_new else ledger.held(conn, command.reference)
        if held is None:
            if kind is None:
                raise UnknownTicket(reference=command.reference)
            return self._open(conn, kind, command, actor, by_post=by_post)
        if kind is not None:
            return Change(held.record, repeated=True)
        into = leads_on(held.record, command)
        if into:
            return self._asked(conn, replace(command, reference=into), actor, by_post=by_post)
        return self.apply(conn, replace(held, by_post=by_post), command, actor)

    def _repeated(self, conn: Connection, command: Command, actor: Actor, delivery: str) -> Change:
        """Return the record that the first copy of this delivery made or changed."""
        reference = seen.reference_of(conn, delivery) or command.reference
        if isinstance(command, OpenTicket) and not reference:
            # An older process took the first copy, and did not note what it opened.
            recent = tickets.recent(conn, limit=20, account_key=command.account_key)
            # Newest first, and no further than needed: an older one may be a newer process's.
            for ticket in map(ledger.ticket_of, recent):
                if ticket.opened_by.key == actor.who.key:
                    return Change(ticket, repeated=True)
        row = kinds.found(conn, reference)
        if row is None:
            raise UnknownTicket(reference=reference)
        return Change(kinds.read(row), repeated=True)

    def _open(
        self,
        conn: Connection,
        kind: kinds.RecordKind,
        command: Command,
        actor: Actor,
        *,
        by_post: bool,
    ) -> Change:
        now = self._clock.now()
        begun = kind.begin(conn, self._facts, command, actor, now)
        record, events = opened(begun.command, begun.ctx)
        self._keep(conn, begun.ctx.policy, now)
        row = ledger.write_new(
            conn, record, events, begun.ctx, number=begun.number, by_post=by_post
        )
        self._tell(conn, None, events, record, begun.ctx, row.version)
        return Change(record, events)

    def _keep(self, conn: Connection, policy: Policy, now: datetime) -> None:
        """Keep the policy's body beside the first record of it; once it is there, it stays."""
        if policy.version in self._kept:
            return
        policies.keep(conn, policy.version, policy.body, SCHEMA, now)
        after_commit(conn, lambda: self._kept.add(policy.version))

    def apply(self, conn: Connection, held: ledger.Held, command: Command, actor: Actor) -> Change:
        """Decide one command on a record that is held, inside the caller's transaction."""
        return self.apply_all(conn, held, (command,), actor)

    def decide_posted(self, conn: Connection, command: Command, actor: Actor) -> Change:
        """Decide a command that another record posted, inside the caller's transaction.

        Raises:
            Refusal: The rules say no.
        """
        return self._asked(conn, command, actor, by_post=True)

    def apply_all(
        self,
        conn: Connection,
        held: ledger.Held,
        commands: tuple[Command, ...],
        actor: Actor,
    ) -> Change:
        """Decide several commands as one change: one write, one plan, one newest card."""
        ctx = self._context(conn, held, actor, commands)
        record, events = decided(held.record, commands, ctx)
        if not events:
            return Change(record)
        return self._write(conn, held, record, events, ctx)

    def _write(
        self,
        conn: Connection,
        held: ledger.Held,
        record: Record,
        events: tuple[Event, ...],
        ctx: Context,
    ) -> Change:
        """Write a change whole, and take back at once what may not leave since."""
        row = ledger.write(conn, held, record, events, ctx)
        self._tell(conn, held.record, events, record, ctx, row.version)
        held_back = held.kind.held_back(conn, record, events, ctx, self._facts)
        if not held_back:
            return Change(record, events)
        more = self.apply_all(conn, replace(held, record=record, row=row), held_back, ENGINE)
        return Change(more.record, (*events, *more.events))

    def fall_due(self, conn: Connection, held: ledger.Held, due: tuple[DuePointRow, ...]) -> Change:
        """Decide what is due of a record, the oldest first, as one change.

        A point that an older one changed in the meantime is passed over, and then what it is now.
        """
        ctx = self._context(conn, held, ENGINE)
        record = held.record
        events: tuple[Event, ...] = ()
        for row in due:
            point = ledger.falling(row, dues(record, ctx.policy, ctx.calendar))
            if point is not None:
                record, more = decided(record, (FallDue(record.reference, point),), ctx)
                events = (*events, *more)
        return self._write(conn, held, record, events, ctx)

    def _context(
        self, conn: Connection, held: ledger.Held, actor: Actor, asked: tuple[Command, ...] = ()
    ) -> Context:
        return held.kind.context(conn, self._facts, held.record, actor, self._clock.now(), asked)

    def _tell(
        self,
        conn: Connection,
        before: Record | None,
        events: tuple[Event, ...],
        record: Record,
        ctx: Context,
        version: int,
    ) -> None:
        effects = plan(before, events, record, ctx, version)
        rendering = kinds.of(record).rendering
        rows = outgoing.rows(effects, record, ctx, self._links(), self._roads, rendering)
        rows = digests.told_now(conn, rows, effects, record, ctx)
        if before is None:
            enqueue_first(conn, rows)
        else:
            settled = retiring.rows(conn, record, events, ctx, self._links(), self._roads)
            enqueue(conn, [*rows, *settled])
        after_commit(conn, self._committed)

    def settled(self, conn: Connection, deliveries: Sequence[Delivered]) -> None:
        """Tell a record which of its deliveries were taken, in the transaction that ends them."""
        reference = deliveries[0][0].reference
        held = ledger.held(conn, reference) if reference else None
        if held is None:
            return
        taken = tuple(self._taken(row, answer) for row, answer in deliveries)
        gone = (cards.gone(held.record, row, answer) for row, answer in deliveries)
        told = (*taken, *(each for each in gone if each is not None))
        self._shown(conn, self.apply_all(conn, held, told, ENGINE))

    def _taken(self, row: OutboxRow, answer: Mapping[str, object]) -> TakeDelivery:
        channel = answer.get("channel")
        named = channel if isinstance(channel, Mapping) else {"id": channel or ""}
        ts = str(answer.get("ts") or "")
        channel_id = str(named.get("id") or "")
        return TakeDelivery(
            row.reference or "",
            key=row.key,
            taken_at=taken_at(row.method, ts, created_at=row.created_at, now=self._clock.now()),
            channel_id=channel_id,
            channel_name=str(named.get("name") or ""),
            message_ts=ts,
            link=permalink(self._links().team_url, channel_id, ts),
            missed=_missed_of(answer),
            note=str(answer.get("note") or ""),
        )

    def died(self, conn: Connection, row: OutboxRow, error: str) -> None:
        """Tell a record that a delivery was refused for good."""
        _log.warning("%s was refused for good: %s", row.key, error)
        held = ledger.held(conn, row.reference) if row.reference else None
        if held is None or row.surface != "must_arrive":
            return
        burial = withdrawals.burial(held.record, row, error)
        self._shown(conn, self.apply(conn, held, burial, ENGINE))
        if self._roads.mail:
            mails = withdrawals.by_mail(row, self._facts.mail_of, self._clock.now())
            enqueue(conn, mails)

    def withheld(self, conn: Connection, row: OutboxRow, why: str) -> None:
        """Tell a record that the courier held words back, which have not left."""
        held = ledger.held(conn, row.reference) if row.reference else None
        if held is not None:
            command = WithdrawWords(held.record.reference, row.key, Withdrawal(why))
            self._shown(conn, self.apply(conn, held, command, ENGINE))

    def lost(self, conn: Connection, row: OutboxRow, error: str) -> None:
        """Give up a row that waits for a Slack that refuses us; its words take another road.

        What may have arrived is not said again: a person is told of it instead.
        """
        held = ledger.held(conn, row.reference) if row.reference else None
        if held is None or not outbox.end_waiting(conn, row.id, state="dead", error=error):
            return
        doubt = f"it may have arrived: {error}" if withdrawals.is_unsure(row) else error
        burial = withdrawals.burial(held.record, row, doubt)
        self._shown(conn, self.apply(conn, held, burial, ENGINE))

    def _shown(self, conn: Connection, change: Change) -> None:
        """Have the form that waits for a ticket see how a delivery ended, once it is on record."""
        if isinstance(change.record, Ticket):
            after_commit(conn, lambda: self._changed(change.ticket))


def _missed_of(answer: Mapping[str, object]) -> tuple[Missed, ...]:
    """Return whom a mail did not reach, and why, by address."""
    refused = answer.get("refused")
    found = refused.items() if isinstance(refused, Mapping) else ()
    return tuple(Missed(str(address), str(why)) for address, why in found)


def permalink(team_url: str, channel_id: str, message_ts: str) -> str:
    """Return the address of a message; empty while the workspace's address is unknown."""
    if not (team_url and channel_id and message_ts):
        return ""
    return f"{team_url.rstrip('/')}/archives/{channel_id}/p{message_ts.replace('.', '')}"
