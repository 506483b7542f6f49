"""The house without a database: the real rules on records in a dictionary, and what waits to leave.

What a change tells is planned as the engine does it, what it posts to another record is carried
there, and the words are made when they leave, from the record and the context of their change.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from bot.engine.deciding import decided, opened
from bot.engine.facts import as_open_ticket
from bot.engine.outward import is_before_account
from bot.engine.retiring import edit, may_be_edited
from protocols.clock.events import FallDue
from protocols.kernel.command import Command
from protocols.kernel.context import Context
from protocols.kernel.due_point import DuePoint
from protocols.kernel.effects import Effect, Surface
from protocols.kernel.endings import edit_key, ending_of
from protocols.kernel.event import Event
from protocols.kernel.posting import Post, posts
from protocols.kernel.record import Record
from protocols.kernel.refusals import Refusal, UnknownTicket
from protocols.kernel.tables import begun_by
from protocols.naming.events import SetAccount
from protocols.notices.state import Notice
from protocols.opening.events import OpenTicket
from protocols.people.people import ENGINE, Actor
from protocols.relations.events import OfTwo, OpenBeside
from protocols.relations.leading import leads_on
from protocols.relations.state import Other
from protocols.subjects import dues, plan
from protocols.ticket import Ticket
from store.read.deliveries import PostSent
from tests.property.leak.world import World

Planning = Callable[..., tuple[Effect, ...]]
Change = Callable[["House", Record, tuple[Event, ...], Context], None]
MOST_DUE = 3


@dataclass(slots=True)
class Row:
    """What waits to be told, with the record and the context from which its words are made."""

    effect: Effect
    record: Record
    ctx: Context


@dataclass(slots=True)
class House:
    """Decides commands on records, and keeps all that they cause.

    Attributes:
        world: Who reads where, and what is known of it.
        now: Business time.
        planning: Says what a change tells; the real plan, but where a test gives a worse one.
        changed: Called after each change.
        accepted: How often a command of each class was accepted.
    """

    world: World
    now: datetime
    planning: Planning = plan
    changed: Change | None = None
    records: dict[str, Record] = field(default_factory=dict)
    journal: dict[str, list[Event]] = field(default_factory=dict)
    waiting: dict[str, Row] = field(default_factory=dict)
    sent: dict[str, list[PostSent]] = field(default_factory=dict)
    posted: deque[Post] = field(default_factory=deque)
    accepted: Counter[type[Command]] = field(default_factory=Counter)
    _known: set[str] = field(default_factory=set)
    _versions: Counter[str] = field(default_factory=Counter)
    _dues: dict[str, tuple[DuePoint, ...]] = field(default_factory=dict)

    def tickets(self) -> list[Ticket]:
        """Return all tickets, oldest first."""
        return [each for each in self.records.values() if isinstance(each, Ticket)]

    def notices(self) -> list[Notice]:
        """Return all notices."""
        return [each for each in self.records.values() if isinstance(each, Notice)]

    def ask(self, command: Command, actor: Actor) -> bool:
        """Ask for something, and carry out what it means for other records.

        Returns:
            Whether something came of it.
        """
        try:
            came = self._submit(command, actor)
        except Refusal:
            return False
        while self.posted:
            post = self.posted.popleft()
            try:
                self._submit(post.command, post.actor, by_post=True)
            except Refusal:
                continue
        return came

    def walk(self, until: datetime) -> None:
        """Let everything fall due until an instant, in order of time, but not without end."""
        for _ in range(MOST_DUE):
            due = min(self._owed(until), key=lambda each: each[1].at, default=None)
            if due is None:
                break
            reference, point = due
            self.now = max(self.now, point.at)
            if not self.ask(FallDue(reference, point), ENGINE):
                break
        self.now = max(self.now, until)

    def _owed(self, until: datetime) -> Iterator[tuple[str, DuePoint]]:
        for reference, record in self.records.items():
            if reference not in self._dues:
                ctx = self.context(record, ENGINE)
                self._dues[reference] = tuple(dues(record, ctx.policy, ctx.calendar))
            point = min(self._dues[reference], key=lambda each: each.at, default=None)
            if point is not None and point.at <= until:
                yield reference, point

    def context(
        self, record: Record | None, actor: Actor, command: Command | None = None
    ) -> Context:
        """Return what a command is decided with."""
        key = _account_of(record, command)
        own = record.calendar if isinstance(record, Ticket) else None
        facts = self.world.facts
        return facts.context(
            self.now, actor, facts.policy, account_key=key, calendar=own,
            beside=self._beside(command, key),
        )  # fmt: skip

    def _beside(self, command: Command | None, account: str | None) -> dict[type[Any], Any]:
        if isinstance(command, OfTwo):
            other = self.records.get(command.other)
            return {Other: Other(other if isinstance(other, Ticket) else None)}
        if isinstance(command, OpenTicket):
            open_ones = (each for each in reversed(self.tickets()) if each.is_open)
            its = (each for each in open_ones if _account_of(each, None) == account)
            return {OpenBeside: OpenBeside(tuple(map(as_open_ticket, its)))}
        return {}

    def _submit(self, command: Command, actor: Actor, *, by_post: bool = False) -> bool:
        held = self.records.get(command.reference)
        begins = begun_by(type(command)) is not None
        if held is None and not begins:
            raise UnknownTicket(reference=command.reference)
        if held is not None and begins:
            return False
        into = leads_on(held, command) if held is not None else ""
        if into:
            return self._submit(replace(command, reference=into), actor, by_post=by_post)
        ctx = self.context(held, actor, command)
        record, events = opened(command, ctx) if held is None else decided(held, (command,), ctx)
        if events:
            self.accepted[type(command)] += 1
            self._write(held, record, events, ctx, by_post=by_post)
        return bool(events)

    def _write(
        self, before: Record | None, record: Record, events: tuple[Event, ...], ctx: Context,
        *, by_post: bool,
    ) -> None:  # fmt: skip
        reference = record.reference
        self.records[reference] = record
        self._dues.pop(reference, None)
        self.journal.setdefault(reference, []).extend(events)
        self._versions[reference] += 1
        told = self.planning(before, events, record, ctx, self._versions[reference])
        for effect in (*told, *self._settled(record, events, ctx)):
            self._enqueue(effect, record, ctx)
        if not by_post:
            self.posted += (post for each in posts(events, record, ctx) for post in each)
        if self.changed is not None:
            self.changed(self, record, events, ctx)

    def _enqueue(self, effect: Effect, record: Record, ctx: Context) -> None:
        if effect.key in self._known:
            return
        self._known.add(effect.key)
        if effect.surface is Surface.LATEST_ONLY:
            older = [key for key, row in self.waiting.items() if row.effect.slot == effect.slot]
            for key in older:
                del self.waiting[key]
        self.waiting[effect.key] = Row(effect, record, ctx)

    def _settled(self, record: Record, events: tuple[Event, ...], ctx: Context) -> Iterator[Effect]:
        """Yield the edits of what stands before accounts, and asks nothing any more."""
        for each in self.sent.get(record.reference, ()):
            if not is_before_account(each.stream):
                continue
            suffix = each.key.removeprefix(f"{record.reference}/")
            ending = ending_of(record, suffix, events, ctx)
            if ending is not None and may_be_edited(record, each):
                yield edit(edit_key(record.reference, suffix, ending), each, ending)


def _account_of(record: Record | None, command: Command | None) -> str | None:
    if isinstance(record, Ticket) and record.account is not None:
        return record.account.key
    if isinstance(command, OpenTicket | SetAccount):
        return command.account_key
    return None
