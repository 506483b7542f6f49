"""The desk of the whole program: it gives each gesture a desk of its own."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from bot.clock import Clock
from bot.desk.common import MEETING_S, Common, Meeting
from bot.desk.gesture import GestureDesk
from bot.desk.watching import Watched
from bot.engine.engine import Engine
from bot.engine.facts import Facts
from bot.engine.swapping import Swapping
from bot.slack.reader import SlackReader
from bot.threads import Threads, real_threads
from handlers.kit.ports import Busy, Interactive, NotSaved
from protocols.kernel.refusals import BeingUpdated
from protocols.people.people import Actor
from protocols.ticket import Ticket
from store.db import Database
from templates.kit import render
from templates.kit.links import Links
from templates.opening.facts import opened_facts

_log = logging.getLogger(__name__)


class BotDesk:
    """Gives desks to gestures; see ``handlers.kit.ports.Desks``."""

    def __init__(
        self,
        *,
        database: Database,
        engine: Engine,
        facts: Facts,
        clock: Clock,
        interactive: Interactive,
        reader: SlackReader,
        swapping: Swapping,
        links: Links,
        command_prefix: str = "",
        pool_of: Threads = real_threads,
        meeting_s: float = MEETING_S,
    ) -> None:
        self._links = links
        self._watched = Watched()
        self._common = Common(
            database=database,
            engine=engine,
            facts=facts,
            clock=clock,
            interactive=interactive,
            reader=reader,
            swapping=swapping,
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
        desk = GestureDesk(self._common, self._watched)
        try:
            yield desk
        finally:
            desk.end()

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
                facts = opened_facts(ticket, desk.context(Actor(ticket.opened_by)), desk.links)
            self._common.interactive.update_view(view_id, render.view("opened", facts))
        except (Busy, NotSaved, BeingUpdated) as reason:
            _log.info("the answer of %s stays as it was: %s", ticket.reference, reason)

    def close(self) -> None:
        """End the threads of this desk."""
        self._common.meeting.close()
