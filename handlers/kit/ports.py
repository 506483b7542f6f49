"""What a handler may ask of the rest of the program: small ports, reading and writing apart.

Handlers turn payloads into commands and answers into replies. They know no database and make no
call to Slack while Slack waits; what must answer a gesture goes through ``interactive``. A
handler's signature names the port that it needs: who takes a ``Glance`` writes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TypeVar

from handlers.kit.directory_ports import ChangesAccounts, KnowsRecords, Swaps
from protocols.kernel.command import Command
from protocols.kernel.context import Context
from protocols.kernel.effects import Effect
from protocols.kernel.event import Event
from protocols.notices.routing import NoticeThread
from protocols.nudges.state import Nudge
from protocols.people.people import Actor, Who
from protocols.queue.pages import Load, PageChoice, QueuePage, Wanted
from protocols.ticket import Ticket
from templates.kit.links import Links

T = TypeVar("T")


class NotSaved(Exception):
    """The database did not take the change: nothing was saved, nothing was sent."""


class NotMet(Exception):
    """Slack has not told yet who wrote; it is asked meanwhile, and the event may come again."""


class NotNow(Exception):
    """What an event is about is being decided now; it is looked at when it comes again."""


class NotYet(Exception):
    """The work is not done in the time that a person can be kept waiting; it may be done yet."""


class Busy(Exception):
    """Too many gestures wait to be answered; this one was not queued."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What came of a command: the ticket now, and whether this delivery was seen before."""

    ticket: Ticket
    events: tuple[Event, ...]
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Preview:
    """What a command would do: the ticket as it would stand, and all that would be told."""

    ticket: Ticket
    events: tuple[Event, ...]
    effects: tuple[Effect, ...]


class PlacedCard(Protocol):
    """The message that is a bridge's card."""

    @property
    def message_ts(self) -> str:
        """Return its stamp."""
        ...

    @property
    def is_pinned(self) -> bool:
        """Say whether it was pinned."""
        ...


class Glance(KnowsRecords, Protocol):
    """Everything that can be looked at: one moment, and no verb that writes.

    What asks the database raises ``NotSaved`` while it is away.
    """

    @property
    def links(self) -> Links:
        """Return the addresses that surfaces link to."""
        ...

    @property
    def command_prefix(self) -> str:
        """Return what stands before the names of the slash commands; most often nothing."""
        ...

    def now(self) -> datetime:
        """Return business time, aware UTC; the same for as long as nothing was written."""
        ...

    def actor(self, team_id: str | None, user_id: str) -> Actor:
        """Return who a Slack user is to us; unknown people, guests, bots are OUTSIDE.

        Somebody from outside whom the directory names as a contact is CUSTOMER, with the accounts
        that they speak for.
        """
        ...

    def who(self, user_id: str) -> Who | None:
        """Return the person behind a Slack user id, None when we do not know them."""
        ...

    def slack_id(self, person: str) -> str | None:
        """Return the Slack user id of a person's key, None when Slack does not know them."""
        ...

    def zone_of(self, user_id: str) -> str | None:
        """Return the zone that a Slack user has set, None when it is not known."""
        ...

    def context(self, actor: Actor, account_key: str | None = None) -> Context:
        """Return what the rules know now, for previews; with the account's facts when named."""
        ...

    def context_on(self, actor: Actor, ticket: Ticket) -> Context:
        """Return what the rules know now of a ticket, by the policy that is frozen on it. D13."""
        ...

    def ticket(self, reference: str) -> Ticket | None:
        """Return a ticket as it stands, None when there is none with this reference.

        Of one that was merged, here and below, the one that it is part of.
        """
        ...

    def ticket_of_bridge(self, channel_id: str) -> Ticket | None:
        """Return the ticket whose bridge a channel is."""
        ...

    def ticket_of_customer(self, channel_id: str, thread_ts: str | None) -> Ticket | None:
        """Return the ticket of an account's thread; without one, the channel's newest open one."""
        ...

    def ticket_of_card(self, channel_id: str, thread_ts: str) -> Ticket | None:
        """Return the ticket whose card in a team's channel begins a thread, if one does."""
        ...

    def card_of(self, ticket: Ticket) -> PlacedCard | None:
        """Return where the card of a ticket's bridge stands, None while none does."""
        ...

    def tickets_in_channel(self, channel_id: str) -> Sequence[Ticket]:
        """Return the tickets of an account's channel, whatever it is called now, newest first.

        Raises:
            BeingUpdated: One of them is a newer process's.
        """
        ...

    def notice_of_thread(self, channel_id: str, thread_ts: str) -> NoticeThread | None:
        """Return the notice that began a thread in an account's channel, None when none did."""
        ...

    def nudges_of(self, account_key: str) -> Sequence[Nudge]:
        """Return the questions whether an account's messages are reports, newest first.

        Those that are not settled: nobody has answered, or their ticket is still to open.
        """
        ...

    def tickets_of(self, person: str) -> Sequence[Ticket]:
        """Return the open tickets a person is on, newest first."""
        ...

    def queue(self, wanted: Wanted, *, limit: int, offset: int = 0) -> QueuePage:
        """Return some tickets of a queue in their order, as of now."""
        ...

    def workload(self, team: str) -> Sequence[Load]:
        """Return who has how many open tickets of a team, or of all where none is named."""
        ...

    def tickets_with(self, words: str, limit: int) -> tuple[Sequence[Ticket], bool]:
        """Return the newest tickets with all of some words, and whether not all were looked at."""
        ...

    def recent_tickets(self, account_key: str, limit: int) -> Sequence[Ticket]:
        """Return an account's tickets, newest first."""
        ...

    def history(self, reference: str) -> Sequence[Event]:
        """Return a ticket's events in order, as the journal keeps them."""
        ...

    def became(self, reference: str, channel_id: str, message_ts: str) -> str:
        """Return what became of the question of a message, empty while it stands."""
        ...

    def chain_is_intact(self, reference: str) -> bool:
        """Say whether the ticket's chain in the journal proves."""
        ...

    def file_of_account(self, key: str) -> str:
        """Return the file that names an account; empty when people of the desk do."""
        ...

    def account_of_channel(self, channel_id: str) -> str | None:
        """Return the key of the account whose shared channel this is."""
        ...

    def permalink(self, channel_id: str, message_ts: str) -> str:
        """Return the address of a message."""
        ...


class Interactive(Protocol):
    """Answers to a gesture: at most once, within its three seconds. All raise ``Busy``."""

    def open_view(
        self,
        trigger_id: str,
        view: Mapping[str, object],
        *,
        response_url: str | None = None,
    ) -> Future[Any]:
        """Open a modal; a failure is told through ``response_url``."""
        ...

    def push_view(
        self,
        trigger_id: str,
        view: Mapping[str, object],
        *,
        response_url: str | None = None,
    ) -> Future[Any]:
        """Put a modal on top of the open one."""
        ...

    def update_view(
        self, view_id: str, view: Mapping[str, object], *, view_hash: str | None = None
    ) -> Future[Any]:
        """Change an open modal."""
        ...

    def publish_home(
        self, user_id: str, view: Mapping[str, object], *, view_hash: str | None = None
    ) -> Future[Any]:
        """Publish a person's App Home."""
        ...

    def say_to(self, channel: str, user_id: str, message: Mapping[str, object]) -> Future[Any]:
        """Send a message that only one person sees, in a channel."""
        ...

    def respond(self, response_url: str, message: Mapping[str, object]) -> Future[Any]:
        """Answer through a gesture's response address."""
        ...


class Answers(Glance, Protocol):
    """What looks, and answers the one who acts."""

    @property
    def interactive(self) -> Interactive:
        """Return the executor of answers to gestures."""
        ...


class Decides(Protocol):
    """What takes commands."""

    def submit(self, command: Command, actor: Actor, *, delivery: str | None = None) -> Seen:
        """Decide a command in one transaction.

        Args:
            command: For ``OpenTicket`` the reference is given by the desk; pass "".
            actor: Who asks.
            delivery: The delivery's identity; the same one twice changes nothing.

        Raises:
            Refused: The rules say no.
            NotSaved: The database did not take it.
        """
        ...

    def submit_to_record(
        self, command: Command, actor: Actor, *, delivery: str | None = None
    ) -> None:
        """Decide a command on a record that is no ticket; else as ``submit``."""
        ...


class Previews(Protocol):
    """What thinks a command through without doing it."""

    def preview(self, command: Command, actor: Actor, *, after: Preview | None = None) -> Preview:
        """Return what a command would do, by the rules that would decide it.

        Args:
            command: For ``OpenTicket`` the reference is made up, and the account's other tickets
                are not looked at.
            actor: Who would ask.
            after: What was thought before it; without it the ticket as it stands.

        Raises:
            Refused: The rules would say no.
        """
        ...


class Hears(Protocol):
    """What is told of changes in Slack, and asks it how things stand."""

    def person_changed(self, user: Mapping[str, object]) -> None:
        """Keep what Slack says of one of its users (team_join, user_change)."""
        ...

    def channel_changed(self, channel_id: str) -> None:
        """Have the facts of a shared channel read again."""
        ...

    def is_shared_outside(self, channel_id: str) -> bool | None:
        """Ask Slack whether others are in a channel now; None when it does not say in time."""
        ...

    def message_at(self, channel_id: str, ts: str) -> Mapping[str, Any] | None:
        """Ask Slack for a message at the top of a channel; None when it does not say in time."""
        ...


class Watches(Protocol):
    """What follows a form that was answered."""

    def watch_home(
        self,
        user_id: str,
        team_id: str,
        choice: PageChoice | None,
        mark: str,
        sending: Future[Any],
    ) -> None:
        """Keep a Home that has just been published current from now on.

        Args:
            user_id: Whose it is.
            team_id: Their workspace.
            choice: Which page of which queue they look at; their own team's while None.
            mark: What it says.
            sending: Its publishing.
        """
        ...

    def watch_opened(self, reference: str, view_id: str) -> None:
        """Have the open form's answer rewritten once, when the opening's sends are done."""
        ...


class Acts(Answers, Decides, Protocol):
    """What looks, takes commands, and answers."""


class Desk(Acts, Previews, Swaps, ChangesAccounts, Hears, Watches, Protocol):
    """Everything that a gesture may ask, for as long as it is handled."""


class Desks(Protocol):
    """Where each gesture gets a desk of its own."""

    @property
    def command_prefix(self) -> str:
        """Return what stands before the names of the slash commands; most often nothing."""
        ...

    def now(self) -> datetime:
        """Return business time, aware UTC."""
        ...

    def gesture(self) -> AbstractContextManager[Desk]:
        """Give a gesture its desk: all of its reading is of one moment until it writes."""
        ...

    def in_time(self, work: Callable[[], T]) -> T:
        """Do a gesture's work, in the time that whoever made it can be kept waiting.

        Raises:
            NotYet: It takes longer; it goes on, and what it saves is saved.
        """
        ...
