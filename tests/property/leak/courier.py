"""What waits is taken out some time: at that instant the house is asked whether it may leave.

Whatever is read outside is shown to whoever judges; inside words are not even made.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any, cast

from bot.engine import outgoing
from bot.engine.notices import NOTICES
from bot.engine.outgoing import Rendering, Roads
from bot.engine.outward import leaving, may_be_held
from bot.engine.withdrawals import STIRRING
from protocols.account.addresses import AccountMail, Channel, CustomerThread, VendorMail
from protocols.bridge.addresses import Bridge
from protocols.deliveries.events import BuryDelivery, TakeDelivery
from protocols.kernel.context import Context
from protocols.kernel.effects import Surface
from protocols.kernel.event import Event
from protocols.kernel.record import Record
from protocols.notices import standing as of_notices
from protocols.notices.routing import account_of
from protocols.notices.state import Notice
from protocols.people.people import ENGINE
from protocols.ticket import Ticket
from protocols.triage.addresses import TeamChannel
from protocols.updates.addresses import StatusPage
from protocols.updates.state import Updates
from protocols.withdrawals import standing
from protocols.withdrawals.events import Withdrawal, WithdrawWords
from store.read.deliveries import PostSent
from templates.kit.links import Links
from tests.property.leak.house import House, Row
from tests.property.leak.world import URL, bridge_id

ROADS = Roads(mail=True, pager=True)
LINKS = Links(
    team_url=URL,
    follow_base="https://portal.vendor.example/t/",
    page_base="https://desk.vendor.example/r/",
    status_url="https://status.vendor.example",
)
PUBLIC, THIRD = "the public", "a third party"
ERRORS = ("not_in_channel", "gone", "is_archived", "token_revoked")


@dataclass(frozen=True, slots=True)
class Heard:
    """Something on its way to people outside.

    Attributes:
        key: What it is.
        kind: By which road: ``thread``, ``mail``, ``edit``, ``bridge`` and so on.
        template: Which words.
        readers: The accounts that read it; ``PUBLIC`` or ``THIRD`` for others.
        payload: All it says.
    """

    key: str
    kind: str
    template: str
    readers: frozenset[str]
    reference: str
    payload: Mapping[str, Any]


@dataclass(slots=True)
class Leaving:
    """A row as the courier asks about it."""

    key: str
    reference: str
    gateway: str
    stream: str
    payload: Mapping[str, Any]
    result: object = None


Ask = Callable[[House, Record, Leaving], Withdrawal | None]


def stands(house: House, record: Record, row: Leaving) -> Withdrawal | None:
    """Return why a row may not leave now, as the courier is told; None while nothing is against it.

    It is what ``bot/engine/standing.py`` asks, of records that no database holds.
    """
    facts = house.world.facts
    if not may_be_held(row):
        return None
    ctx = house.context(record, ENGINE)
    if isinstance(record, Notice):
        return _of_notice(house, record, row, ctx)
    return standing.objection(cast("Ticket", record), leaving(row, facts), ctx)


def _of_notice(house: House, notice: Notice, row: Leaving, ctx: Context) -> Withdrawal | None:
    channel, to = row.payload.get("channel"), row.payload.get("to")
    addresses = tuple(map(str, to)) if isinstance(to, list | tuple) else ()
    here = channel if isinstance(channel, str) else ""
    why = of_notices.objection(notice, row.key, here, addresses, ctx)
    found, source = account_of(notice, row.key), house.records.get(notice.about)
    if why is not None or found is None or not isinstance(source, Ticket):
        return why or Withdrawal.OUTDATED
    draft = source.of(Updates).draft(found[0])
    if draft is None:
        return Withdrawal.OUTDATED
    return standing.of_draft(source, draft, house.context(source, ENGINE))


@dataclass(slots=True)
class Courier:
    """Takes out what waits.

    Attributes:
        hears: Is shown what people outside are about to read.
        rendering: How a ticket's words are made; the real way, but where a test gives a worse one.
        ask: Whether a row may leave; likewise.
    """

    house: House
    hears: Callable[[Heard], None]
    rendering: Rendering = outgoing.of_ticket
    ask: Ask = stands
    results: dict[str, dict[str, Any]] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    withheld: list[Withdrawal] = field(default_factory=list)
    _stamps: int = 0

    def round(self, chance: Random, late: float, lost: float) -> None:
        """Take out what waits: some of it is late and stays, some is refused for good."""
        behind: set[str] = set()
        for key in list(self.house.waiting):
            row = self.house.waiting.get(key)
            if row is None:
                continue
            stream = row.effect.stream or key
            if stream in behind or not self._is_ready(row) or chance.random() < late:
                behind.add(stream)
                continue
            del self.house.waiting[key]
            if chance.random() < lost:
                self._lost(row, chance.choice(ERRORS))
            else:
                self._goes(row)

    def _is_ready(self, row: Row) -> bool:
        effect = row.effect
        may_stale = effect.surface is Surface.DROP_IF_STALE and effect.stale_at is not None
        if may_stale and effect.stale_at is not None and effect.stale_at <= self.house.now:
            self.gone.add(effect.key)
        return all(need in self.results or need in self.gone for need in effect.needs)

    def _lost(self, row: Row, error: str) -> None:
        self.gone.add(row.effect.key)
        if row.effect.surface is Surface.MUST_ARRIVE:
            bury = BuryDelivery(row.record.reference, row.effect.key, error)
            self.house.ask(bury, ENGINE)

    def _goes(self, row: Row) -> None:
        effect, reference = row.effect, row.record.reference
        if not self.gone.isdisjoint((effect.key, *effect.needs)):
            self.gone.add(effect.key)
            return
        kind, readers = self._readers(row)
        if readers:
            payload = self._made(row)
            leaving = Leaving(effect.key, reference, effect.gateway.value, effect.stream, payload)
            why = self.ask(self.house, self.house.records[reference], leaving)
            if why is not None:
                self.held(effect.key, reference, why)
                return
            template = effect.template or effect.method
            self.hears(Heard(effect.key, kind, template, readers, reference, payload))
        self._taken(row)

    def held(self, key: str, reference: str, why: Withdrawal) -> None:
        """Tell a record that words of it were held back."""
        self.gone.add(key)
        self.withheld.append(why)
        self.house.ask(WithdrawWords(reference, key, why), ENGINE)

    def _made(self, row: Row) -> Mapping[str, Any]:
        is_ticket = isinstance(row.record, Ticket)
        rendering = self.rendering if is_ticket else NOTICES.rendering
        (made,) = outgoing.rows((row.effect,), row.record, row.ctx, LINKS, ROADS, rendering)
        return made.payload

    def _readers(self, row: Row) -> tuple[str, frozenset[str]]:
        """Return by which road something goes, and who outside reads it there."""
        match row.effect.to:
            case StatusPage():
                return "page", frozenset({PUBLIC})
            case VendorMail():
                return "vendor", frozenset({THIRD})
            case AccountMail(contacts):
                return "mail", frozenset(map(self._account_at, (c.email for c in contacts)))
            case CustomerThread(channel) | TeamChannel(channel):
                kind = "thread" if isinstance(row.effect.to, CustomerThread) else "team"
                return kind, self.house.world.readers.get(channel, frozenset())
            case Channel(channel):
                edited = channel or self._channel_of(row.effect.needs[0])
                return "edit", self.house.world.readers.get(edited, frozenset())
            case Bridge():
                here = self._channel_of(next(iter(row.effect.needs), ""))
                return "bridge", self.house.world.readers.get(here, frozenset())
            case _:
                return "inside", frozenset()

    def _account_at(self, address: str) -> str:
        accounts = self.house.world.facts.directory.accounts
        theirs = ((c.email, each.key) for each in accounts for c in each.contacts)
        return next((key for email, key in theirs if email == address), THIRD)

    def _channel_of(self, key: str) -> str:
        channel = self.results.get(key, {}).get("channel", "")
        return str(channel["id"] if isinstance(channel, dict) else channel)

    def _taken(self, row: Row) -> None:
        effect, self._stamps = row.effect, self._stamps + 1
        reference, at = row.record.reference, self.house.now
        ts = f"{at.timestamp():.0f}.{self._stamps:06}"
        here = getattr(effect.to, "channel_id", "") or self._channel_of(
            next(iter(effect.needs), "")
        )
        answer: dict[str, Any] = {"channel": here, "ts": ts}
        if effect.method == "conversations.create":
            here = bridge_id(reference, self._stamps)
            answer = {"channel": {"id": here, "name": here.lower()}}
        self.results[effect.key] = answer
        if effect.method == "chat.postMessage":
            stands_there = self.house.sent.setdefault(reference, [])
            stands_there.append(PostSent(effect.key, effect.stream))
        if effect.reports:
            taken = TakeDelivery(reference, effect.key, at, here, here.lower(), ts)
            self.house.ask(taken, ENGINE)

    def changed(
        self, house: House, record: Record, events: tuple[Event, ...], _ctx: Context
    ) -> None:
        """Take back what waits and may not leave since, as the engine does after each change."""
        if not isinstance(record, Ticket) or not any(isinstance(e, STIRRING) for e in events):
            return
        for key, row in list(house.waiting.items()):
            if row.record.reference != record.reference or not self._readers(row)[1]:
                continue
            leaving = Leaving(
                key, record.reference, row.effect.gateway.value, row.effect.stream, self._made(row)
            )
            why = self.ask(house, record, leaving)
            if why is not None and house.waiting.pop(key, None) is not None:
                self.held(key, record.reference, why)
