"""A desk without a database: the real rules, the example directory, tickets in a dictionary."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Self, TypeVar

from bot.engine.account_changing import decided as decided_of_account
from bot.engine.calendars import calendar_of
from bot.engine.cards import CardPlace
from bot.engine.deciding import decided, opened, thought
from bot.engine.engine import permalink
from bot.engine.facts import Acquaintance, Facts, Identity, as_open_ticket
from handlers.kit.ports import Busy, NotSaved, Preview, Seen
from protocols.account.state import Road
from protocols.bridge.state import BridgeState
from protocols.deliveries.events import TakeDelivery
from protocols.directory.edits import AccountChange
from protocols.kernel.command import Command
from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.kernel.refusals import BeingUpdated, UnknownTicket
from protocols.notices.routing import NoticeThread
from protocols.nudges.state import Nudge
from protocols.opening.events import OpenTicket
from protocols.people.channels import ChannelFacts
from protocols.people.directory import Directory
from protocols.people.people import ENGINE, Actor, Standing, Who
from protocols.people.swapping import swapped
from protocols.people.swaps import Swap
from protocols.people.taking_in import Listed
from protocols.program_records.events import ProgramRecord
from protocols.program_records.state import Dealings
from protocols.queue.listed import InLists, listed
from protocols.queue.pages import Load, QueuePage, Wanted
from protocols.relations.events import OfTwo, OpenBeside, RelatedTicket
from protocols.relations.leading import leads_on
from protocols.relations.state import Other, Relations
from protocols.rights.guards import need_staff
from protocols.rights.state import Known
from protocols.ticket import Ticket
from protocols.triage.state import Triage
from store.write.people import SlackUser
from templates.kit.links import Links
from tests.kit import queue_in_memory
from tests.kit.rules_incident import people, policy

T = TypeVar("T")
ROOT = Path(__file__).parents[3]
OPENED_AT = datetime(2026, 11, 23, 14, 2, 10, tzinfo=UTC)
STRANGERS = frozenset({"U0STRANGER"})
"""People of the account's workspace whom the directory does not name."""
TEAM, ACMES_TEAM = "T0VENDOR", "T0ACME"
TEAM_URL = "https://vendor.example"
ACME_CHANNEL, BRIDGE_CHANNEL = "C0ACME0001", "C0BRIDGE01"


def slack_id(person: str) -> str:
    """Return the Slack id that this world gives a person's key."""
    return "U0" + person.upper().replace("-", "")


def both_keys(people: tuple[str, ...]) -> tuple[str, ...]:
    """Return the keys under which tickets may hold people."""
    return tuple(key for each in people for key in (each, slack_id(each)))


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
    ) -> Future[object]:
        return self._take("open", trigger_id=trigger_id, view=view, response_url=response_url)

    def push_view(
        self,
        trigger_id: str,
        view: Mapping[str, object],
        *,
        response_url: str | None = None,
    ) -> Future[object]:
        return self._take("push", trigger_id=trigger_id, view=view, response_url=response_url)

    def update_view(
        self, view_id: str, view: Mapping[str, object], *, view_hash: str | None = None
    ) -> Future[object]:
        return self._take("update", view_id=view_id, view=view, view_hash=view_hash)

    def publish_home(
        self, user_id: str, view: Mapping[str, object], *, view_hash: str | None = None
    ) -> Future[object]:
        return self._take("publish", user_id=user_id, view=view)

    def say_to(self, channel: str, user_id: str, message: Mapping[str, object]) -> Future[object]:
        return self._take("say", channel=channel, user_id=user_id, message=message)

    def respond(self, response_url: str, message: Mapping[str, object]) -> Future[object]:
        return self._take("respond", response_url=response_url, message=message)


@dataclass
class InMemoryDesk:
    """The port that handlers are given, on dictionaries; tests/contract/ports holds it to it.

    Attributes:
        outside: Slack ids of guests, bots and people who left: they are OUTSIDE.
        program_records: What other systems know of accounts' dealings.
        said_instead: What became of the question of a message, by channel and timestamp.
        saves: While false every submit raises NotSaved.
        is_away: While true every reading does, too.
        newer: References of tickets that a newer process wrote.
        still_shared: What Slack says of channels that others may be in; None where it is silent.
        files: Which file names an account, by its key.
        fails: An exception that every submit raises, as a fault of ours would.
    """

    at: datetime = OPENED_AT
    directory: Directory = field(default_factory=people)
    links: Links = field(default_factory=Links)
    command_prefix: str = ""
    interactive: RecordedInteractive = field(default_factory=RecordedInteractive)
    outside: set[str] = field(default_factory=set)
    said_instead: dict[tuple[str, str], str] = field(default_factory=dict)
    program_records: list[ProgramRecord] = field(default_factory=list)
    saves: bool = True
    is_away: bool = False
    newer: set[str] = field(default_factory=set)
    fails: Exception | None = None
    tickets: dict[str, Ticket] = field(default_factory=dict)
    journal: dict[str, list[Event]] = field(default_factory=dict)
    watched: list[tuple[str, str]] = field(default_factory=list)
    homes: list[str] = field(default_factory=list)
    commands: list[Command] = field(default_factory=list)
    people_changed: list[Mapping[str, object]] = field(default_factory=list)
    channels_changed: list[str] = field(default_factory=list)
    swaps: dict[str, Swap] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    still_shared: dict[str, bool | None] = field(default_factory=dict)
    zones: dict[str, str] = field(default_factory=dict)
    cards: dict[str, CardPlace] = field(default_factory=dict)
    _seen: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.policy = policy()
        self.calendar = calendar_of(self.policy.calendar, OPENED_AT.date())

    @contextmanager
    def gesture(self) -> Iterator[Self]:
        yield self

    def in_time(self, work: Callable[[], T]) -> T:
        return work()

    def now(self) -> datetime:
        return self.at

    def actor(self, team_id: str | None, user_id: str) -> Actor:
        if not team_id:
            return Actor(Who(user_id, "Someone"), Standing.OUTSIDE, is_person=False)
        if team_id != TEAM and user_id in STRANGERS:
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
        return self._context(actor, account_key, tuple(self._others(account_key)))

    def context_on(self, actor: Actor, ticket: Ticket) -> Context:
        key = account_of(ticket)
        return self._context(actor, key, tuple(self._others(key)), ticket.calendar)

    def _context(
        self,
        actor: Actor,
        account_key: str | None,
        others: tuple[RelatedTicket, ...] = (),
        calendar: str | None = None,
    ) -> Context:
        self._need_database()
        standing = tuple(each for each in self.swaps.values() if each.until_at > self.at)
        facts = acquainted(self.directory, frozenset(self.outside))
        return facts.context(
            self.at,
            actor,
            self.policy,
            account_key=account_key,
            calendar=calendar,
            beside={OpenBeside: OpenBeside(others)},
            swaps=standing,
        )

    def _others(self, account_key: str | None) -> Iterator[RelatedTicket]:
        """Yield an account's open tickets, newest first."""
        for ticket in self._readable():
            if account_key and ticket.is_open and account_of(ticket) == account_key:
                yield as_open_ticket(ticket)

    def _need_database(self) -> None:
        if self.is_away:
            raise NotSaved("the database is away")

    def _readable(self) -> list[Ticket]:
        """Return all tickets that no newer process wrote, newest first."""
        self._need_database()
        last_first = reversed(self.tickets.items())
        known = [each for key, each in last_first if key not in self.newer]
        return sorted(known, key=lambda each: each.opened_at, reverse=True)

    def _read(self, ticket: Ticket | None) -> Ticket | None:
        self._need_database()
        if ticket is not None and ticket.reference in self.newer:
            raise BeingUpdated(reference=ticket.reference, found="Ticket knows no merged_into")
        return ticket

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
            ctx = self.context(actor)
            need_staff(ctx)
            self.swaps[key] = swapped(duty, person, until_at, ctx)
        return self.swaps[key]

    def file_of_account(self, key: str) -> str:
        return self.files.get(key, "")

    def change_account(
        self, key: str, entries: Mapping[str, object], shown: str, actor: Actor
    ) -> AccountChange:
        if not self.saves or self.is_away:
            raise NotSaved("the database is away")
        before = self.directory.account(key)
        held = Listed(before, self.file_of_account(key), 0) if before is not None else None
        change = decided_of_account(key, held, entries, shown, self.context(actor))
        others = tuple(each for each in self.directory.accounts if each.key != key)
        self.directory = replace(self.directory, accounts=(*others, change.after))
        return change

    def zone_of(self, user_id: str) -> str | None:
        return self.zones.get(user_id)

    def submit(self, command: Command, actor: Actor, *, delivery: str | None = None) -> Seen:
        if self.fails is not None:
            raise self.fails
        if not self.saves or self.is_away:
            raise NotSaved("the database is away")
        if delivery is not None and delivery in self._seen:
            return Seen(self.tickets[self._seen[delivery]], (), repeated=True)
        if isinstance(command, OpenTicket):
            command = replace(command, reference=f"BW-{1001 + len(self.tickets)}")
            ticket, events = opened(command, self.context(actor, command.account_key))
        else:
            before = self._read(self.tickets.get(command.reference))
            if before is None:
                raise UnknownTicket(reference=command.reference)
            into = leads_on(before, command)
            if into:
                return self.submit(replace(command, reference=into), actor, delivery=delivery)
            ctx = self._context_on(before, actor)
            if isinstance(command, OfTwo):
                ctx = replace(ctx, beside={Other: Other(self.tickets.get(command.other))})
            ticket, events = decided(before, (command,), ctx)
        self.tickets[ticket.reference] = ticket
        self.journal.setdefault(ticket.reference, []).extend(events)
        self.commands.append(command)
        if delivery is not None:
            self._seen[delivery] = ticket.reference
        return Seen(ticket, events)

    def submit_to_record(
        self, command: Command, actor: Actor, *, delivery: str | None = None
    ) -> None:
        raise UnknownTicket(reference=command.reference)

    def preview(self, command: Command, actor: Actor, *, after: Preview | None = None) -> Preview:
        if isinstance(command, OpenTicket):
            return Preview(*thought(None, command, self._context(actor, command.account_key)))
        before = after.ticket if after is not None else self.ticket(command.reference)
        if before is None:
            raise UnknownTicket(reference=command.reference)
        return Preview(*thought(before, command, self._context_on(before, actor)))

    def _context_on(self, ticket: Ticket, actor: Actor) -> Context:
        return self._context(actor, account_of(ticket))

    def open_bridge(self, reference: str, channel_id: str = BRIDGE_CHANNEL) -> Ticket:
        """Have Slack take the bridge's creation."""
        name = f"{reference.lower()}-acme"
        taken = TakeDelivery(reference, f"{reference}/bridge", self.at, channel_id, name)
        return self.submit(taken, ENGINE).ticket

    def ticket(self, reference: str) -> Ticket | None:
        return self._standing(self.tickets.get(reference.strip().upper()))

    def _standing(self, ticket: Ticket | None) -> Ticket | None:
        """Return a ticket, or the one that it is part of."""
        found = self._read(ticket)
        into = "" if found is None else found.of(Relations).merged_into
        return self._standing(self.tickets[into]) if into else found

    def ticket_of_bridge(self, channel_id: str) -> Ticket | None:
        found = (
            t for t in self.tickets.values() if t.of(BridgeState).channel_id == channel_id != ""
        )
        return self._read(next(found, None))

    def ticket_of_customer(self, channel_id: str, thread_ts: str | None) -> Ticket | None:
        def is_it(road: Road, ticket: Ticket) -> bool:
            if channel_id != (road.route.channel_id or road.thread_channel):
                return False
            return ticket.is_open if thread_ts is None else road.thread_ts == thread_ts

        newest_first = reversed(self.tickets.values())
        return self._standing(next((t for t in newest_first if is_it(t.of(Road), t)), None))

    def ticket_of_card(self, channel_id: str, thread_ts: str) -> Ticket | None:
        here = (channel_id, thread_ts)
        cards = ((t.of(Triage).channel_id, t.of(Triage).message_ts) for t in self.tickets.values())
        found = zip(self.tickets.values(), cards, strict=True)
        return self._standing(next((ticket for ticket, card in found if card == here), None))

    def card_of(self, ticket: Ticket) -> CardPlace | None:
        """Return the card that the test has placed."""
        return self.cards.get(ticket.reference)

    def notice_of_thread(self, channel_id: str, thread_ts: str) -> NoticeThread | None:
        """Return none: this desk has no other records than tickets."""
        return None

    def nudges_of(self, account_key: str) -> Sequence[Nudge]:
        """Return none: this desk has no other records than tickets."""
        return ()

    def tickets_in_channel(self, channel_id: str) -> Sequence[Ticket]:
        def is_it(ticket: Ticket) -> bool:
            road = ticket.of(Road)
            here = channel_id == (road.route.channel_id or road.thread_channel)
            return here or account_of(ticket) == (self.account_of_channel(channel_id) or "")

        self._need_database()
        found = [each for each in reversed(self.tickets.values()) if is_it(each)]
        newest_first = sorted(found, key=lambda each: each.opened_at, reverse=True)
        return [each for each in map(self._read, newest_first) if each is not None]

    def tickets_of(self, person: str) -> Sequence[Ticket]:
        keys = (person, slack_id(person))
        open_ones = [each for each in reversed(self._readable()) if each.is_open]
        mine = [each for each in open_ones if any(map(each.of(Known).knows, keys))]
        return sorted(mine, key=lambda each: (each.opened_at, each.tier), reverse=True)

    def queue(self, wanted: Wanted, *, limit: int, offset: int = 0) -> QueuePage:
        named = replace(wanted, owners=both_keys(wanted.owners), on=both_keys(wanted.on))
        return queue_in_memory.page(self._listed(), named, self.at, limit=limit, offset=offset)

    def workload(self, team: str) -> Sequence[Load]:
        return queue_in_memory.loads(self._listed(), team, self.at)

    def tickets_with(self, words: str, limit: int) -> tuple[Sequence[Ticket], bool]:
        found = queue_in_memory.with_words(self._listed(), words)
        return [each for each in self._readable() if each.reference in found][:limit], False

    def _listed(self) -> dict[str, InLists]:
        return {
            each.reference: listed(each, self.policy, self.calendar, int(each.reference[3:]))
            for each in self._readable()
        }

    def recent_tickets(self, account_key: str, limit: int) -> Sequence[Ticket]:
        return [each for each in self._readable() if account_of(each) == account_key][:limit]

    def recent_records(self, account_key: str, limit: int) -> Sequence[ProgramRecord]:
        found = [each for each in self.program_records if each.account_key == account_key]
        return sorted(found, key=lambda each: each.as_of, reverse=True)[:limit]

    def records_of(self, ticket: Ticket) -> Sequence[ProgramRecord]:
        names = {each.name for each in ticket.of(Dealings).records}
        known = self.recent_records(account_of(ticket) or "", 100)
        return [each for each in known if each.name in names]

    def history(self, reference: str) -> Sequence[Event]:
        self._need_database()
        return tuple(self.journal.get(reference, ()))

    def became(self, reference: str, channel_id: str, message_ts: str) -> str:
        self._need_database()
        return self.said_instead.get((channel_id, message_ts), "")

    def chain_is_intact(self, reference: str) -> bool:
        return True

    def account_of_channel(self, channel_id: str) -> str | None:
        return "acme" if channel_id == ACME_CHANNEL else None

    def permalink(self, channel_id: str, message_ts: str) -> str:
        return permalink(TEAM_URL, channel_id, message_ts)

    def person_changed(self, user: Mapping[str, object]) -> None:
        self.people_changed.append(user)

    def channel_changed(self, channel_id: str) -> None:
        self.channels_changed.append(channel_id)

    def watch_home(self, user_id: str, *_about: object) -> None:
        self.homes.append(user_id)

    def is_shared_outside(self, channel_id: str) -> bool | None:
        return self.still_shared.get(channel_id, False)

    def message_at(self, channel_id: str, ts: str) -> Mapping[str, object] | None:
        return None

    def watch_opened(self, reference: str, view_id: str) -> None:
        self.watched.append((reference, view_id))


def account_of(ticket: Ticket) -> str | None:
    """Return the key of a ticket's account."""
    return ticket.account.key if ticket.account is not None else None


@cache
def acquainted(directory: Directory, outside: frozenset[str]) -> Facts:
    """Return what is known where Slack has told of everybody in the directory."""
    facts = Facts(policy(), directory)
    members = (
        SlackUser(slack_id(each.key), TEAM, each.email, each.name, None, "member", OPENED_AT)
        for each in directory.people
    )
    known = {
        each.slack_id: replace(each, kind="guest") if each.slack_id in outside else each
        for each in members
    }
    channels = {"acme": ChannelFacts(ACME_CHANNEL, "acme-support", True, True, 14)}
    identity = Identity(TEAM, "UBOT", "B1", TEAM_URL)
    facts.learn(Acquaintance(identity, known, channels, complete=True))
    return facts
