"""The question before each outward send: does the release that this row rests on still stand?

It is asked of the database, in the worker that is about to call, behind the look-back and right
before the call; so also on a retry, and when a row was taken over. Between the answer and the
moment at which Slack or the mail server has the words lies a window that nothing closes: it is at
most what is left of the attempt's own budget (`CourierPace.deadline_s`), because the call gets no
more. Source: D17, D24; T14; design, Engine, Outward rows.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.courier.attempts import Addressed
from bot.courier.verdict import STANDS, Verdict
from bot.engine import ledger
from bot.engine.facts import Facts
from bot.gateways.outcomes import NotSent, Withheld
from protocols.account import outbound
from protocols.account.state import Road
from protocols.kernel.context import Context
from protocols.kernel.refusals import BeingUpdated
from protocols.people.people import ENGINE
from protocols.ticket import Ticket
from protocols.withdrawals import standing
from store.db import Connection, Database
from store.faults import DATABASE_ERRORS, is_passing
from store.write import records


def is_outward(row: Addressed) -> bool:
    """Say whether a row takes words to an account, a third party or the public.

    What goes to a channel by its identity is outward whatever its key: the bridge is addressed by
    reference, people by theirs.
    """
    if row.reference is None:
        return False
    if row.gateway == "status" or outbound.words_of(row.reference, row.key) is not None:
        return True
    return row.gateway == "slack" and isinstance(row.payload.get("channel"), str)


def leaving(row: Addressed, facts: Facts) -> standing.Leaving:
    """Return where a row is about to take its words."""
    channel = row.payload.get("channel")
    to = row.payload.get("to")
    channel_id = channel if isinstance(channel, str) else ""
    return standing.Leaving(
        row.key,
        channel_id,
        tuple(str(each) for each in to) if isinstance(to, list | tuple) else (),
        facts.account_of_channel(channel_id) if channel_id else None,
    )


class Releases:
    """Answers the question from the ticket as it stands now.

    Args:
        database: where tickets are.
        facts: policy, directory, and what Slack said of the channels.
        now: business time.
    """

    def __init__(self, database: Database, facts: Facts, now: Callable[[], datetime]) -> None:
        self._database = database
        self._facts = facts
        self._now = now

    def ask(self, row: Addressed) -> Verdict:
        """Return whether a row may leave; what stays inside always may."""
        if not is_outward(row):
            return STANDS
        try:
            with self._database.read() as conn:
                found = records.get(conn, row.reference or "")
                if found is None:
                    return STANDS
                ticket = ledger.ticket_of(found)
                ctx = self._context(conn, ticket)
            why = standing.objection(ticket, leaving(row, self._facts), ctx)
            thread_ts = ticket.of(Road).thread_ts
        except BeingUpdated as newer:
            return Verdict(NotSent(f"a newer process knows whether it still stands: {newer}"))
        except DATABASE_ERRORS as error:
            if not is_passing(error):
                raise
            return Verdict(NotSent(f"whether it still stands is not known: {error}"))
        return Verdict(Withheld(why.value) if why is not None else None, thread_ts)

    def _context(self, conn: Connection, ticket: Ticket) -> Context:
        account = ticket.account.key if ticket.account is not None else None
        policy = self._facts.policy_of(conn, ticket.policy_version)
        return self._facts.context(self._now(), ENGINE, policy, account_key=account)
