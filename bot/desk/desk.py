"""The desk of the whole program: it gives each gesture a desk of its own."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from bot.clock import Clock, MachineClock
from bot.desk.common import MEETING_S, Common, Meeting
from bot.desk.gesture import GestureDesk
from bot.desk.homes import Homes, OpenHome
from bot.desk.patience import AT_ONCE, PATIENCE_S, Patience
from bot.desk.watching import Watched
from bot.engine.account_changing import AccountChanging
from bot.engine.engine import Engine
from bot.engine.facts import Facts
from bot.engine.swapping import Swapping
from bot.right_of_way import RightOfWay
from bot.slack.reader import SlackReader
from bot.threads import Threads, real_threads
from handlers.kit.ports import Busy, Interactive, NotSaved
from handlers.slack.home import Home, home_of
from protocols.kernel.refusals import BeingUpdated
from protocols.people.people import Actor
from protocols.ticket import Ticket
from store.db import Database
from store.read import changes
from templates.kit import render
from templates.kit.links import Links
from templates.opening.facts import opened_facts

_log = logging.getLogger(__name__)
T = TypeVar("T")


class BotDesk:
    """Gives desks to gestures; see ``handlers.kit.ports.Desks``."""

    def __init__(
        self,
        *,
        database: Database,
        engine: Engine,
        facts: Facts,
        clock: Clock,
        machine: MachineClock,
        interactive: Interactive,
        reader: SlackReader,
        swapping: Swapping,
        accounts: AccountChanging,
        links: Links,
        way: RightOfWay,
        command_prefix: str = "",
        pool_of: Threads = real_threads,
        patience_s: float = PATIENCE_S,
        meeting_s: float = MEETING_S,
    ) -> None:
        self._links = links
        self._patience = Patience(pool_of(AT_ONCE, "gesture"), way, patience_s=patience_s)
        self._watched = Watched()
        self.homes = Homes(self._home, self._changes, interactive, machine)
        self._common = Common(
            database=database,
            engine=engine,
            facts=facts,
            clock=clock,
            interactive=interactive,
            reader=reader,
            swapping=swapping,
            accounts=accounts,
            meeting=Meeting(reader, pool_of(8, "meeting"), meeting_s),
            links=self.current_links,
            command_prefix=command_prefix,
        )

    @property
    def command_prefix(self) -> str:
        """Return what stands before the names of the slash commands."""
        return self._common.command_prefix

    def now(self) -> datetime:
        """Return business time."""
        return self._common.clock.now()

    @contextmanager
    def gesture(self) -> Iterator[GestureDesk]:
        """Give a gesture its desk, and let go of what it looked at when it is done."""
        desk = GestureDesk(self._common, self._watched, self.homes)
        try:
            yield desk
        finally:
            desk.end()

    def in_time(self, work: Callable[[], T]) -> T:
        """Do a gesture's work, in the time that whoever made it can be kept waiting."""
        return self._patience.in_time(work)

    def current_links(self) -> Links:
        """Return the addresses that words may name, with what Slack has told since the start."""
        facts = self._common.facts
        return replace(
            self._links, team_url=facts.known.identity.team_url, slack_ids=facts.slack_ids
        )

    def changed(self, ticket: Ticket) -> None:
        """Rewrite the answer of the form that opened this ticket, once its sends are done."""
        try:
            view_id = self._watched.take(ticket)
            if view_id is None:
                return
            with self.gesture() as desk:
                facts = opened_facts(
                    ticket, desk.context_on(Actor(ticket.opened_by), ticket), desk.links
                )
            self._common.interactive.update_view(view_id, render.view("opened", facts))
        except (Busy, NotSaved, BeingUpdated) as reason:
            _log.info("the answer of %s stays as it was: %s", ticket.reference, reason)

    def _home(self, home: OpenHome) -> Home:
        with self.gesture() as desk:
            return home_of(desk, desk.actor(home.team_id or None, home.user_id), home.choice)

    def _changes(self) -> int:
        with self._common.database.read() as conn:
            return changes.newest(conn)

    def close(self) -> None:
        """End the threads of this desk."""
        self._common.meeting.close()
        self._patience.close()
