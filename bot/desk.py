"""The desk behind the handlers' port: commands in, tickets out, answers to gestures."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.clock import Clock
from bot.engine import ledger
from bot.engine.engine import Engine, permalink
from bot.engine.facts import Facts, as_open_ticket
from bot.engine.saving import CommandNotSaved
from bot.engine.swapping import Swapping
from bot.slack.interactive import SlackInteractive, TooBusy
from bot.slack.reader import SlackDidNotSay, SlackReader
from bot.threads import Threads, real_threads
from handlers.kit.ports import Busy, NotSaved, Seen
from protocols.fixed_texts.state import FixedTexts
from protocols.kernel.command import Command
from protocols.kernel.context import Context, RelatedTicket
from protocols.kernel.event import Event
from protocols.ladder.events import StepKind, StepState
from protocols.ladder.state import Ladder
from protocols.people.people import Actor, Who
from protocols.people.swaps import Swap
from protocols.rights.state import Known
from protocols.ticket import Ticket
from store.db import Connection, Database
from store.faults import DATABASE_ERRORS, is_passing
from store.read import tickets
from store.read.verification import verify
from store.write import records, swaps
from templates.kit import render
from templates.kit.links import Links
from templates.opening.facts import opened_facts

_log = logging.getLogger(__name__)
WATCHED_MOST = 500
LISTED_MOST = 200


class Gestures:
    """Answers to gestures, with the port's own word for too many of them."""

    def __init__(self, interactive: SlackInteractive) -> None:
        self._interactive = interactive

    def open_view(
        self,
        trigger_id: str,
        view: Mapping[str, object],
        *,
        response_url: str | None = None,
        sentence: str = "",
    ) -> Future[Any]:
        """Open a modal."""
        told = {"sentence": sentence} if sentence else {}
        try:
            return self._interactive.open_view(trigger_id, view, response_url=response_url, **told)
        except TooBusy as busy:
            raise Busy(str(busy)) from busy

    def push_view(
        self,
        trigger_id: str,
        view: Mapping[str, object],
        *,
        response_url: str | None = None,
        sentence: str = "",
    ) -> Future[Any]:
        """Put a modal on top of the open one."""
        told = {"sentence": sentence} if sentence else {}
        try:
            return self._interactive.push_view(trigger_id, view, response_url=response_url, **told)
        except TooBusy as busy:
            raise Busy(str(busy)) from busy

    def update_view(
        self, view_id: str, view: Mapping[str, object], *, view_hash: str | None = None
    ) -> Future[Any]:
        """Change an open modal."""
        try:
            return self._interactive.update_view(view_id, view, view_hash=view_hash)
        except TooBusy as busy:
            raise Busy(str(busy)) from busy

    def say_to(self, channel: str, user_id: str, message: Mapping[str, object]) -> Future[Any]:
        """Send a message that only one person sees."""
        try:
            return self._interactive.say_to(channel, user_id, message)
        except TooBusy as busy:
            raise Busy(str(busy)) from busy

    def respond(self, response_url: str, message: Mapping[str, object]) -> Future[Any]:
        """Answer through a gesture's response address."""
        try:
            return self._interactive.respond(response_url, message)
        except TooBusy as busy:
            raise Busy(str(busy)) from busy


class BotDesk:
    """Everything a handler gets; see ``handlers.kit.ports.Desk``."""

    def __init__(
        self,
        *,
        database: Database,
        engine: Engine,
        facts: Facts,
        clock: Clock,
        interactive: SlackInteractive,
        reader: SlackReader,
        swapping: Swapping,
        links: Links,
        command_prefix: str = "",
        pool_of: Threads = real_threads,
    ) -> None:
        self._database = database
        self._engine = engine
        self._facts = facts
        self._clock = clock
        self._gestures = Gestures(interactive)
        self._reader = reader
        self._swapping = swapping
        self._links = links
        self.command_prefix = command_prefix
        self._watched: OrderedDict[str, str] = OrderedDict()
        self._lock = threading.Lock()
        self._met: set[str] = set()
        self._meeting = pool_of(2, "meeting")

    @property
    def interactive(self) -> Gestures:
        """Return the executor of answers to gestures."""
        return self._gestures

    @property
    def links(self) -> Links:
        """Return the addresses that words may name, as of now."""
        return self.current_links()

    def current_links(self) -> Links:
        """Return the addresses that words may name, with what Slack has told since the start."""
        known = self._facts.known
        return replace(
            self._links, team_url=known.identity.team_url, slack_ids=self._facts.slack_ids
        )

    def now(self) -> datetime:
        """Return business time."""
        return self._clock.now()

    def actor(self, team_id: str | None, user_id: str) -> Actor:
        """Return who a Slack user is to us; someone never met is asked about behind the scenes."""
        if user_id not in self._facts.known.people:
            self._meet(user_id)
        return self._facts.actor(team_id, user_id)

    def _meet(self, user_id: str) -> None:
        with self._lock:
            if user_id in self._met or len(self._met) > LISTED_MOST:
                return
            self._met.add(user_id)
        self._meeting.submit(self._ask_about, user_id)

    def _ask_about(self, user_id: str) -> None:
        try:
            self._reader.meet(user_id)
        except SlackDidNotSay as silence:
            _log.warning("Slack did not say who %s is: %s", user_id, silence)
        finally:
            with self._lock:
                self._met.discard(user_id)

    def who(self, user_id: str) -> Who | None:
        """Return the person behind a Slack user id."""
        return self._facts.who(user_id)

    def slack_id(self, person: str) -> str | None:
        """Return the Slack user id of a person."""
        return self._facts.slack_id(person)

    def submit(self, command: Command, actor: Actor, *, delivery: str | None = None) -> Seen:
        """Decide a command in one transaction."""
        try:
            change = self._engine.submit(command, actor, delivery)
        except CommandNotSaved as unsaved:
            raise NotSaved(str(unsaved)) from unsaved
        return Seen(change.ticket, change.events, change.repeated)

    def swap(
        self,
        duty: str,
        person: Who,
        until_at: datetime,
        actor: Actor,
        *,
        delivery: str | None = None,
    ) -> Swap:
        """Give a duty to a person until an instant, in one transaction."""
        try:
            return self._swapping.swap(duty, person, until_at, actor, delivery)
        except CommandNotSaved as unsaved:
            raise NotSaved(str(unsaved)) from unsaved

    def zone_of(self, user_id: str) -> str | None:
        """Return the zone that a Slack user has set, None when it is not known."""
        return self._facts.zone_of(user_id)

    def context(self, actor: Actor, account_key: str | None = None) -> Context:
        """Return what the rules know now, for previews."""
        others = tuple(self._others(account_key)) if account_key else ()
        now = self._clock.now()
        with self._reading() as conn:
            standing = swaps.standing(conn, now)
        return self._facts.context(
            now,
            actor,
            self._facts.policy,
            account_key=account_key,
            open_tickets=others,
            swaps=standing,
        )

    def _others(self, account_key: str) -> Iterator[RelatedTicket]:
        """Yield an account's open tickets for a preview."""
        with self._reading() as conn:
            rows = tickets.open_for_account(conn, account_key)
        yield from map(as_open_ticket, ledger.readable(rows))

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        """Read for someone who acts: they are told when the database is away.

        Raises:
            NotSaved: The database did not answer.
        """
        try:
            with self._database.read() as conn:
                yield conn
        except DATABASE_ERRORS as error:
            if not is_passing(error):
                raise
            _log.warning("a gesture met a database that is away: %s", error)
            raise NotSaved(type(error).__name__) from error

    def ticket(self, reference: str) -> Ticket | None:
        """Return a ticket as it stands."""
        with self._reading() as conn:
            row = records.get(conn, reference.strip().upper())
        return None if row is None else ledger.ticket_of(row)

    def ticket_of_bridge(self, channel_id: str) -> Ticket | None:
        """Return the ticket whose bridge a channel is."""
        with self._reading() as conn:
            row = tickets.by_bridge_channel(conn, channel_id)
        return None if row is None else ledger.ticket_of(row)

    def ticket_of_customer(self, channel_id: str, thread_ts: str | None) -> Ticket | None:
        """Return the ticket of an account's thread, or the channel's newest open one."""
        with self._reading() as conn:
            row = tickets.by_customer_channel(conn, channel_id, thread_ts)
        return None if row is None else ledger.ticket_of(row)

    def tickets_of(self, person: str) -> Sequence[Ticket]:
        """Return the open tickets a person is on, newest first."""
        keys = {person, *self._facts.keys_of(person)}
        mine = [t for t in self.open_tickets() if any(map(t.of(Known).knows, keys))]
        return sorted(mine, key=lambda ticket: ticket.opened_at, reverse=True)

    def open_tickets(self, account_key: str | None = None) -> Sequence[Ticket]:
        """Return open tickets, of one account or of all."""
        with self._reading() as conn:
            if account_key is not None:
                rows = tickets.open_for_account(conn, account_key)
            else:
                rows = tickets.all_open(conn)[:LISTED_MOST]
        return list(ledger.readable(rows))

    def recent_tickets(self, account_key: str, limit: int) -> Sequence[Ticket]:
        """Return an account's tickets, newest first."""
        with self._reading() as conn:
            rows = tickets.recent(conn, limit=limit, account_key=account_key)
        return list(ledger.readable(rows))

    def history(self, reference: str) -> Sequence[Event]:
        """Return a ticket's events in order."""
        with self._reading() as conn:
            return ledger.history(conn, reference)

    def chain_is_intact(self, reference: str) -> bool:
        """Check the ticket's chain in the journal."""
        with self._reading() as conn:
            return verify(conn, reference).sound

    def account_of_channel(self, channel_id: str) -> str | None:
        """Return the account whose shared channel this is."""
        return self._facts.account_of_channel(channel_id)

    def permalink(self, channel_id: str, message_ts: str) -> str:
        """Return the address of a message."""
        return permalink(self._facts.known.identity.team_url, channel_id, message_ts)

    def person_changed(self, user: Mapping[str, object]) -> None:
        """Keep what Slack says of one of its users."""
        self._reader.keep(self._reader.person_of(user, self._facts.known.identity.team_id))

    def channel_changed(self, channel_id: str) -> None:
        """Have the facts of the shared channels read again."""
        _log.info("the channel %s changed; Slack is asked again", channel_id)
        self._reader.ask()

    def watch_opened(self, reference: str, view_id: str) -> None:
        """Have the open form's answer rewritten once, when the opening's sends are done."""
        with self._lock:
            self._watched[reference] = view_id
            while len(self._watched) > WATCHED_MOST:
                self._watched.popitem(last=False)

    def changed(self, ticket: Ticket) -> None:
        """Rewrite the answer of the form that opened this ticket, once its sends are done."""
        reference = ticket.reference
        if reference not in self._watched or not _set_up(ticket):
            return
        with self._lock:
            view_id = self._watched.pop(reference, None)
        if view_id is None:
            return
        actor = Actor(ticket.opened_by)
        facts = opened_facts(ticket, self.context(actor), self.current_links())
        try:
            self._gestures.update_view(view_id, render.view("opened", facts))
        except Busy:
            _log.info("the answer of %s stays as it was; the message has it", reference)

    def close(self) -> None:
        """End the threads of this desk."""
        self._meeting.shutdown(wait=False, cancel_futures=True)


def _set_up(ticket: Ticket) -> bool:
    """Say whether everything that the bot does at T+0 is done."""
    kinds = (
        StepKind.BRIDGE_OPEN,
        StepKind.SPONSOR_TOLD,
        StepKind.VENDOR_TOLD,
        StepKind.ACKNOWLEDGE,
    )
    by_bot = [step for step in ticket.of(Ladder).steps if step.kind in kinds]
    waiting = [
        step
        for step in by_bot
        if step.state is StepState.OWED
        and not (step.kind is StepKind.ACKNOWLEDGE and not ticket.of(FixedTexts).fixed_texts)
    ]
    return not waiting
