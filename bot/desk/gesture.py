"""The desk of one gesture: it looks at one moment, and a write ends that moment."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from datetime import datetime
from typing import Any, TypeVar

from bot.desk.common import Common
from bot.desk.glance import SWAPS, SnapshotGlance
from bot.desk.homes import Homes
from bot.desk.watching import Watched
from bot.engine.deciding import thought
from bot.engine.saving import CommandNotSaved
from handlers.kit.ports import Interactive, NotSaved, Preview, Seen
from protocols.directory.edits import AccountChange
from protocols.kernel.command import Command
from protocols.kernel.refusals import UnknownTicket
from protocols.opening.events import OpenTicket
from protocols.people.people import Actor, Who
from protocols.people.swaps import Swap
from protocols.queue.pages import PageChoice

_log = logging.getLogger(__name__)
T = TypeVar("T")


class GestureDesk(SnapshotGlance):
    """Everything that one gesture may ask; see ``handlers.kit.ports.Desk``."""

    def __init__(self, common: Common, watched: Watched, homes: Homes) -> None:
        super().__init__(common)
        self._watched = watched
        self._homes = homes

    @property
    def interactive(self) -> Interactive:
        """Return the executor of answers to gestures."""
        return self._common.interactive

    def submit(self, command: Command, actor: Actor, *, delivery: str | None = None) -> Seen:
        """Decide a command in one transaction; what is looked at next is of after it."""
        # Who is on duty is no ticket's matter, so that what was read of it stays.
        self.end(keeps=SWAPS)
        change = _saved(lambda: self._common.engine.submit(command, actor, delivery))
        self._snapshot.know(("ticket", change.ticket.reference), change.ticket)
        return Seen(change.ticket, change.events, change.repeated)

    def submit_to_record(
        self, command: Command, actor: Actor, *, delivery: str | None = None
    ) -> None:
        """Decide a command on a record that is no ticket, in one transaction."""
        self.end(keeps=SWAPS)
        _saved(lambda: self._common.engine.submit(command, actor, delivery))

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
        self.end()
        swapping = self._common.swapping
        return _saved(lambda: swapping.swap(duty, person, until_at, actor, delivery))

    def change_account(
        self, key: str, entries: Mapping[str, object], shown: str, actor: Actor
    ) -> AccountChange:
        """Change an account that no file names, in one transaction."""
        self.end()
        accounts = self._common.accounts
        return _saved(lambda: accounts.change(key, entries, shown, actor))

    def preview(self, command: Command, actor: Actor, *, after: Preview | None = None) -> Preview:
        """Return what a command would do, by the engine's own rules."""
        if isinstance(command, OpenTicket):
            ctx = self._facts.context(
                self.now(),
                actor,
                self._facts.policy,
                account_key=command.account_key,
                swaps=self._swaps(),
            )
            return Preview(*thought(None, command, ctx))
        before = after.ticket if after is not None else self.ticket(command.reference)
        if before is None:
            raise UnknownTicket(reference=command.reference)
        return Preview(*thought(before, command, self.context_on(actor, before)))

    def person_changed(self, user: Mapping[str, object]) -> None:
        """Keep what Slack says of one of its users."""
        self.end()
        reader = self._common.reader
        reader.keep(reader.person_of(user, self._facts.known.identity.team_id))

    def channel_changed(self, channel_id: str) -> None:
        """Have the facts of the shared channels read again."""
        _log.info("the channel %s changed; Slack is asked again", channel_id)
        self._common.reader.ask()

    def watch_home(
        self,
        user_id: str,
        team_id: str,
        choice: PageChoice | None,
        mark: str,
        sending: Future[Any],
    ) -> None:
        """Keep a Home that has just been published current from now on."""
        self._homes.opened(user_id, team_id, choice, mark, sending)

    def is_shared_outside(self, channel_id: str) -> bool | None:
        """Ask Slack whether others are in a channel now; None when it does not say in time."""
        self.end(keeps=SWAPS)
        return self._common.meeting.is_shared_outside(channel_id)

    def message_at(self, channel_id: str, ts: str) -> Mapping[str, Any] | None:
        """Ask Slack for a message of a channel; None when it does not say in time."""
        self.end()
        return self._common.meeting.message_at(channel_id, ts)

    def watch_opened(self, reference: str, view_id: str) -> None:
        """Have the open form's answer rewritten once, when the opening's sends are done."""
        self._watched.add(reference, view_id)
        self.end(keeps=SWAPS)

    def end(self, keeps: str | None = None) -> None:
        """Let go of the moment that was looked at."""
        self._snapshot.end(keeps)
        self._now = None


def _saved(write: Callable[[], T]) -> T:
    try:
        return write()
    except CommandNotSaved as unsaved:
        raise NotSaved(str(unsaved)) from unsaved
