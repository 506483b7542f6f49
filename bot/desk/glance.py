"""Everything a gesture looks at, of one moment: tickets, lists, histories, and who is who."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.desk.common import Common
from bot.desk.snapshot import Snapshot
from bot.desk.when_asked import WhenAsked
from bot.engine import cards, ledger, notices, nudges, related, retiring
from bot.engine.account_changing import file_of
from bot.engine.cards import CardPlace
from bot.engine.engine import permalink
from bot.engine.facts import as_open_ticket
from bot.engine.relisting import IS_WHOLE
from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.notices.routing import NoticeThread
from protocols.nudges.state import Nudge
from protocols.people.people import Actor, Who
from protocols.people.swaps import Swap
from protocols.program_records.events import ProgramRecord
from protocols.program_records.state import Dealings
from protocols.queue.listed import searched
from protocols.queue.pages import Load, QueuePage, Wanted
from protocols.relations.events import OpenBeside, RelatedTicket
from protocols.relations.state import Relations
from protocols.ticket import Ticket
from store.db import Connection
from store.read import finding, program_records, queue, tickets, workloads
from store.read.verification import verify
from store.ticket_rows import TicketRow
from store.write import meta, records, swaps
from templates.kit.links import Links

IN_CHANNEL_MOST = 50
SWAPS = "swaps"


class SnapshotGlance:
    """Looks, and cannot write; see ``handlers.kit.ports.Glance``."""

    def __init__(self, common: Common) -> None:
        self._common = common
        self._facts = common.facts
        self._snapshot = Snapshot(common.database)
        self._now: datetime | None = None

    @property
    def links(self) -> Links:
        """Return the addresses that words may name, as of now."""
        return self._common.links()

    @property
    def command_prefix(self) -> str:
        """Return what stands before the names of the slash commands."""
        return self._common.command_prefix

    def now(self) -> datetime:
        """Return business time, the same for as long as nothing was written."""
        if self._now is None:
            self._now = self._common.clock.now()
        return self._now

    def actor(self, team_id: str | None, user_id: str) -> Actor:
        """Return who a Slack user is to us; someone never met is asked about first."""
        if user_id not in self._facts.known.people:
            self._common.meeting.meet(user_id)
        return self._facts.actor(team_id, user_id)

    def who(self, user_id: str) -> Who | None:
        """Return the person behind a Slack user id."""
        return self._facts.who(user_id)

    def slack_id(self, person: str) -> str | None:
        """Return the Slack user id of a person."""
        return self._facts.slack_id(person)

    def zone_of(self, user_id: str) -> str | None:
        """Return the zone that a Slack user has set, None when it is not known."""
        return self._facts.zone_of(user_id)

    def context(self, actor: Actor, account_key: str | None = None) -> Context:
        """Return what the rules know now, for previews."""
        return self._facts.context(
            self.now(),
            actor,
            self._facts.policy,
            account_key=account_key,
            beside=self._beside(account_key),
            swaps=self._swaps(),
        )

    def context_on(self, actor: Actor, ticket: Ticket) -> Context:
        """Return what the rules know now of a ticket, by the policy that is frozen on it. D13."""
        version, account = ticket.policy_version, ticket.account
        policy = self._snapshot.ask(
            ("policy", version), lambda conn: self._facts.policy_of(conn, version)
        )
        key = account.key if account is not None else None
        return self._facts.context(
            self.now(),
            actor,
            policy,
            account_key=key,
            calendar=ticket.calendar,
            beside=self._beside(key),
            swaps=self._swaps(),
        )

    def _swaps(self) -> tuple[Swap, ...]:
        now = self.now()
        return self._snapshot.ask(SWAPS, lambda conn: swaps.standing(conn, now))

    def _beside(self, account_key: str | None) -> WhenAsked:
        return WhenAsked({OpenBeside: lambda: OpenBeside(self._others(account_key))})

    def _others(self, account_key: str | None) -> tuple[RelatedTicket, ...]:
        """Return an account's open tickets for a preview."""
        if not account_key:
            return ()

        def others(conn: Connection) -> tuple[RelatedTicket, ...]:
            rows = related.rows(conn, account_key, self._facts.policy, self.now())
            return tuple(ledger.readable(rows, as_open_ticket))

        return self._snapshot.ask(("others", account_key), others)

    def ticket(self, reference: str) -> Ticket | None:
        """Return a ticket as it stands; of a merged one the one that it is part of."""
        named = reference.strip().upper()
        return self._snapshot.ask(
            ("ticket", named), lambda conn: _standing(conn, records.get(conn, named))
        )

    def ticket_of_bridge(self, channel_id: str) -> Ticket | None:
        """Return the ticket whose bridge a channel is."""
        return self._snapshot.ask(
            ("bridge", channel_id),
            lambda conn: _ticket(tickets.by_bridge_channel(conn, channel_id)),
        )

    def ticket_of_customer(self, channel_id: str, thread_ts: str | None) -> Ticket | None:
        """Return the ticket of an account's thread, or the channel's newest open one."""
        return self._snapshot.ask(
            ("customer", channel_id, thread_ts),
            lambda conn: _standing(conn, tickets.by_customer_channel(conn, channel_id, thread_ts)),
        )

    def ticket_of_card(self, channel_id: str, thread_ts: str) -> Ticket | None:
        """Return the ticket whose card in a team's channel begins a thread, None when none does."""
        return self._snapshot.ask(
            ("card", channel_id, thread_ts),
            lambda conn: _standing(conn, tickets.of_card(conn, channel_id, thread_ts)),
        )

    def card_of(self, ticket: Ticket) -> CardPlace | None:
        """Return where the card of a ticket's bridge stands, None while none does."""
        return self._snapshot.ask(
            ("card of", ticket.reference), lambda conn: cards.of_bridge(conn, ticket)
        )

    def tickets_in_channel(self, channel_id: str) -> Sequence[Ticket]:
        """Return the tickets of an account's channel, whatever it is called now, newest first.

        Raises:
            BeingUpdated: One of them is a newer process's, and what is written may be meant for it.
        """
        account = self._facts.account_of_channel(channel_id)
        rows = self._snapshot.ask(
            ("in channel", channel_id),
            lambda conn: tickets.in_channel(conn, channel_id, account, limit=IN_CHANNEL_MOST),
        )
        return [ledger.ticket_of(row).whole() for row in rows]

    def notice_of_thread(self, channel_id: str, thread_ts: str) -> NoticeThread | None:
        """Return the notice that began a thread in an account's channel, None when none did."""
        return self._snapshot.ask(
            ("notice", channel_id, thread_ts),
            lambda conn: notices.of_thread(conn, channel_id, thread_ts, self.now()),
        )

    def nudges_of(self, account_key: str) -> Sequence[Nudge]:
        """Return the questions about an account's messages that are not settled, newest first."""
        return self._snapshot.ask(
            ("nudges", account_key),
            lambda conn: nudges.of_account(conn, account_key, self.now()),
        )

    def tickets_of(self, person: str) -> Sequence[Ticket]:
        """Return the open tickets a person is on, newest first."""
        keys = self._keys(person)
        rows = self._snapshot.ask(("of", person), lambda conn: tickets.of_people(conn, keys))
        return list(ledger.readable(rows, self._whole))

    def queue(self, wanted: Wanted, *, limit: int, offset: int = 0) -> QueuePage:
        """Return some tickets of a queue in their order, as of now."""
        now = self.now()

        def page(conn: Connection) -> QueuePage:
            found = queue.page(conn, self._named(wanted), now, limit=limit, offset=offset)
            return replace(found, is_whole=meta.get(conn, IS_WHOLE) is not None)

        return self._snapshot.ask(("queue", wanted, limit, offset), page)

    def _named(self, wanted: Wanted) -> Wanted:
        """Return what is asked for with every key under which tickets may hold a person."""
        owners, on = (
            tuple(key for each in people for key in self._keys(each))
            for people in (wanted.owners, wanted.on)
        )
        return replace(wanted, owners=owners, on=on)

    def _keys(self, person: str) -> tuple[str, ...]:
        return (person, *sorted(self._facts.keys_of(person)))

    def workload(self, team: str) -> Sequence[Load]:
        """Return who has how many open tickets of a team, or of all where none is named."""
        now = self.now()
        return self._snapshot.ask(("workload", team), lambda conn: workloads.loads(conn, team, now))

    def _whole(self, ticket: Ticket) -> Ticket:
        """Return a ticket of a list with all of it read, once in a moment."""
        return self._snapshot.ask(("whole", ticket.reference), lambda _conn: ticket.whole())

    def tickets_with(self, words: str, limit: int) -> tuple[Sequence[Ticket], bool]:
        """Return the newest tickets with all of some words, and whether not all were looked at."""
        found = self._snapshot.ask(
            ("found", words, limit),
            lambda conn: finding.with_words(conn, searched(words), limit=limit),
        )
        rows = self._snapshot.ask(
            ("named", found.references), lambda conn: tickets.named(conn, found.references)
        )
        return list(ledger.readable(rows, self._whole)), found.is_cut

    def recent_tickets(self, account_key: str, limit: int) -> Sequence[Ticket]:
        """Return an account's tickets, newest first."""
        rows = self._snapshot.ask(
            ("recent", account_key, limit),
            lambda conn: tickets.recent(conn, limit=limit, account_key=account_key),
        )
        return list(ledger.readable(rows, self._whole))

    def recent_records(self, account_key: str, limit: int) -> Sequence[ProgramRecord]:
        """Return what other systems know of an account's dealings, what was said last first."""
        return self._snapshot.ask(
            ("records", account_key, limit),
            lambda conn: program_records.recent(conn, account_key, limit=limit),
        )

    def records_of(self, ticket: Ticket) -> Sequence[ProgramRecord]:
        """Return the records that a ticket is about, as they are known now."""
        account, linked = ticket.account, ticket.of(Dealings).records
        if account is None or not linked:
            return ()
        return self._snapshot.ask(
            ("records of", ticket.reference),
            lambda conn: program_records.of_ticket(
                conn, account.key, [each.name for each in linked]
            ),
        )

    def history(self, reference: str) -> Sequence[Event]:
        """Return a ticket's events in order."""
        return self._snapshot.ask(
            ("history", reference), lambda conn: ledger.history(conn, reference)
        )

    def became(self, reference: str, channel_id: str, message_ts: str) -> str:
        """Return what became of the question of a message, empty while it stands."""
        return self._snapshot.ask(
            ("became", reference, channel_id, message_ts),
            lambda conn: retiring.became(conn, reference, channel_id, message_ts),
        )

    def chain_is_intact(self, reference: str) -> bool:
        """Say whether the ticket's chain in the journal proves."""
        return self._snapshot.ask(("chain", reference), lambda conn: verify(conn, reference).sound)

    def file_of_account(self, key: str) -> str:
        """Return the file that names an account."""
        return file_of(self._facts.kept.held.accounts.get(key))

    def account_of_channel(self, channel_id: str) -> str | None:
        """Return the account whose shared channel this is."""
        return self._facts.account_of_channel(channel_id)

    def permalink(self, channel_id: str, message_ts: str) -> str:
        """Return the address of a message."""
        return permalink(self._facts.known.identity.team_url, channel_id, message_ts)


def _ticket(row: TicketRow | None) -> Ticket | None:
    return None if row is None else ledger.ticket_of(row)


def _standing(conn: Connection, row: TicketRow | None) -> Ticket | None:
    """Return a ticket, or the one that it is part of; no ticket is part of itself."""
    ticket = _ticket(row)
    while ticket is not None and ticket.of(Relations).merged_into:
        ticket = _ticket(records.get(conn, ticket.of(Relations).merged_into))
    return ticket
