"""A desk without a database: the real rules, the example directory, tickets in a dictionary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from bot.engine.calendars import calendar_of
from bot.files.directory import load_directory
from bot.files.policy import load_policy
from handlers.kit.ports import Busy, NotSaved, Seen
from protocols.account.state import Road
from protocols.bridge.state import BridgeState
from protocols.deliveries.events import TakeDelivery
from protocols.kernel.changing import fold
from protocols.kernel.command import Command
from protocols.kernel.context import ChannelFacts, Context, RelatedTicket
from protocols.kernel.event import Event
from protocols.opening.events import Opening, OpenTicket
from protocols.people.directory import Directory
from protocols.people.people import ENGINE, Actor, Standing, Who
from protocols.people.swapping import swapped
from protocols.people.swaps import Swap
from protocols.rights.rules import is_confidential
from protocols.rights.state import Known
from protocols.status import Status
from protocols.subjects import decide
from protocols.ticket import Ticket
from templates.kit.links import Links

ROOT = Path(__file__).parents[3]
OPENED_AT = datetime(2026, 11, 23, 14, 2, 10, tzinfo=UTC)
STRANGERS = frozenset({"U0STRANGER"})
"""People of the account's workspace whom the directory does not name."""
TEAM, ACMES_TEAM = "T0VENDOR", "T0ACME"
ACME_CHANNEL, BRIDGE_CHANNEL = "C0ACME0001", "C0BRIDGE01"


def slack_id(person: str) -> str:
    """Return the Slack id that this world gives a person's key."""
    return "U0" + person.upper().replace("-", "")


@dataclass
class RecordedInteractive:
    """Keeps every answer to a gesture, in order; refuses all while ``is_busy``."""

    calls: list[tuple[str, dict[str, object]]] = field(default_factory=list)
    is_busy: bool = False

    def _take(self, name: str, **given: object) -> Future[object]:
        if self.is_busy:
            raise Busy("too many wait")
        self.calls.append((name, given))
        done: Future[object] = Future()
        done.set_result(None)
        return done

    def open_view(
        self,
        trigger_id: str,
        view: Mapping[str, object],
        *,
        response_url: str | None = None,
        sentence: str = "",
    ) -> Future[object]:
        return self._take("open", trigger_id=trigger_id, view=view, response_url=response_url)

    def push_view(
        self,
        trigger_id: str,
        view: Mapping[str, object],
        *,
        response_url: str | None = None,
        sentence: str = "",
    ) -> Future[object]:
        return self._take("push", trigger_id=trigger_id, view=view, response_url=response_url)

    def update_view(
        self, view_id: str, view: Mapping[str, object], *, view_hash: str | None = None
    ) -> Future[object]:
        return self._take("update", view_id=view_id, view=view, view_hash=view_hash)

    def say_to(self, channel: str, user_id: str, message: Mapping[str, object]) -> Future[object]:
        return self._take("say", channel=channel, user_id=user_id, message=message)

    def respond(self, response_url: str, message: Mapping[str, object]) -> Future[object]:
        return self._take("respond", response_url=response_url, message=message)


@dataclass
class InMemoryDesk:
    """The port that handlers are given, on dictionaries.

    Attributes:
        outside: Slack ids of guests, bots and people who left: they are OUTSIDE.
        saves: While false every submit raises NotSaved.
        fails: An exception that every submit raises, as a fault of ours would.
    """

    at: datetime = OPENED_AT
    directory: Directory = field(
        default_factory=lambda: load_directory(ROOT / "directory.example.yaml")
    )
    links: Links = field(default_factory=Links)
    command_prefix: str = ""
    interactive: RecordedInteractive = field(default_factory=RecordedInteractive)
    outside: set[str] = field(default_factory=set)
    saves: bool = True
    fails: Exception | None = None
    tickets: dict[str, Ticket] = field(default_factory=dict)
    journal: dict[str, list[Event]] = field(default_factory=dict)
    watched: list[tuple[str, str]] = field(default_factory=list)
    commands: list[Command] = field(default_factory=list)
    people_changed: list[Mapping[str, object]] = field(default_factory=list)
    channels_changed: list[str] = field(default_factory=list)
    swaps: dict[str, Swap] = field(default_factory=dict)
    zones: dict[str, str] = field(default_factory=dict)
    _seen: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.policy = load_policy()
        self.calendar = calendar_of(self.policy.calendar, OPENED_AT.date())

    def now(self) -> datetime:
        return self.at

    def actor(self, team_id: str | None, user_id: str) -> Actor:
        if not team_id:
            return Actor(Who(user_id, "Someone"), Standing.OUTSIDE, is_person=False)
        if team_id == ACMES_TEAM and user_id in STRANGERS:
            return Actor(Who(user_id, "AP Clerk One"), Standing.OUTSIDE)
        if team_id == ACMES_TEAM:
            return Actor(Who(user_id, "AP Director One"), Standing.CUSTOMER, account="acme")
        who = self.who(user_id)
        if user_id in self.outside or who is None:
            is_person = user_id in self.outside
            return Actor(
                Who(user_id or "unknown", "Someone"), Standing.OUTSIDE, is_person=is_person
            )
        person = self.directory.person(who.key)
        duties = frozenset(duty.name for duty in person.duties) if person else frozenset()
        return Actor(who, duties=duties)

    def who(self, user_id: str) -> Who | None:
        if user_id in self.outside:
            return None
        for person in self.directory.people:
            if slack_id(person.key) == user_id:
                return Who(person.key, person.name)
        if not self.directory.people and user_id.startswith("U0MEMBER"):
            return Who(user_id, "Member One")
        return None

    def slack_id(self, person: str) -> str | None:
        return slack_id(person) if self.directory.person(person) else person

    def context(self, actor: Actor, account_key: str | None = None) -> Context:
        shared = ChannelFacts(ACME_CHANNEL, "acme-support", True, True, 14)
        return Context(
            now=self.at,
            actor=actor,
            policy=self.policy,
            directory=self.directory,
            calendar=self.calendar,
            team_id=TEAM,
            channel=shared if account_key == "acme" else None,
            open_tickets=tuple(map(_summary, self.open_tickets(account_key)))
            if account_key
            else (),
            swaps=tuple(self.swaps.values()),
        )

    def swap(
        self,
        duty: str,
        person: Who,
        until_at: datetime,
        actor: Actor,
        *,
        delivery: str | None = None,
    ) -> Swap:
        key = delivery or str(len(self.swaps))
        if key not in self.swaps:
            self.swaps[key] = swapped(duty, person, until_at, self.context(actor))
        return self.swaps[key]

    def zone_of(self, user_id: str) -> str | None:
        return self.zones.get(user_id)

    def submit(self, command: Command, actor: Actor, *, delivery: str | None = None) -> Seen:
        if self.fails is not None:
            raise self.fails
        if not self.saves:
            raise NotSaved("the database is away")
        if delivery is not None and delivery in self._seen:
            return Seen(self.tickets[self._seen[delivery]], (), repeated=True)
        account_key = command.account_key if isinstance(command, OpenTicket) else None
        if isinstance(command, OpenTicket):
            command = replace(command, reference=f"BW-{1001 + len(self.tickets)}")
        before = self.tickets.get(command.reference)
        if account_key is None and before is not None and before.account is not None:
            account_key = before.account.key
        events = decide(before, command, self.context(actor, account_key))
        ticket = fold(events, before) if events else before
        assert ticket is not None
        self.tickets[ticket.reference] = ticket
        self.journal.setdefault(ticket.reference, []).extend(events)
        self.commands.append(command)
        if delivery is not None:
            self._seen[delivery] = ticket.reference
        return Seen(ticket, events)

    def open_bridge(self, reference: str, channel_id: str = BRIDGE_CHANNEL) -> Ticket:
        """Have Slack take the bridge's creation."""
        name = f"{reference.lower()}-acme"
        taken = TakeDelivery(reference, f"{reference}/bridge", self.at, channel_id, name)
        return self.submit(taken, ENGINE).ticket

    def ticket(self, reference: str) -> Ticket | None:
        return self.tickets.get(reference)

    def ticket_of_bridge(self, channel_id: str) -> Ticket | None:
        found = (
            t for t in self.tickets.values() if t.of(BridgeState).channel_id == channel_id != ""
        )
        return next(found, None)

    def ticket_of_customer(self, channel_id: str, thread_ts: str | None) -> Ticket | None:
        found = [
            ticket
            for ticket in self.tickets.values()
            if channel_id in (ticket.of(Road).route.channel_id, ticket.of(Road).thread_channel)
        ]
        return found[-1] if found else None

    def tickets_of(self, person: str) -> Sequence[Ticket]:
        return [t for t in self.open_tickets() if t.of(Known).knows(person)]

    def open_tickets(self, account_key: str | None = None) -> Sequence[Ticket]:
        found = [t for t in self.tickets.values() if t.status is Status.OPEN]
        if account_key is not None:
            found = [t for t in found if t.account is not None and t.account.key == account_key]
        return sorted(found, key=lambda t: -t.tier)

    def recent_tickets(self, account_key: str, limit: int) -> Sequence[Ticket]:
        found = [t for t in self.tickets.values() if t.account and t.account.key == account_key]
        return list(reversed(found))[:limit]

    def history(self, reference: str) -> Sequence[Event]:
        return self.journal[reference]

    def chain_is_intact(self, reference: str) -> bool:
        return True

    def account_of_channel(self, channel_id: str) -> str | None:
        return "acme" if channel_id == ACME_CHANNEL else None

    def permalink(self, channel_id: str, message_ts: str) -> str:
        return f"https://vendor.example/archives/{channel_id}/p{message_ts.replace('.', '')}"

    def person_changed(self, user: Mapping[str, object]) -> None:
        self.people_changed.append(user)

    def channel_changed(self, channel_id: str) -> None:
        self.channels_changed.append(channel_id)

    def watch_opened(self, reference: str, view_id: str) -> None:
        self.watched.append((reference, view_id))


def _summary(ticket: Ticket) -> RelatedTicket:
    return RelatedTicket(
        ticket.reference,
        ticket.of(Opening).summary,
        ticket.tier,
        ticket.opened_at,
        ticket.opened_by.key,
        ticket.poc.name if ticket.poc else "",
        is_confidential(ticket),
    )
