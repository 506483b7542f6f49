"""While Slack is down, whoever must act on a Tier 3 or 4 ticket hears of it by mail.

What waits to be said to one of us for more than two minutes goes out as a mail with the same words;
the message itself still arrives when Slack is back. Where Slack refuses the installation (a revoked
token, a removed app), words for an account go by mail, or a person is told that they do not leave.
Source: design, Engine, Slack down; D24.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta

from bot.clock import Clock
from bot.engine import outgoing, withdrawals
from bot.engine.outward import is_outward
from bot.rounds import Rounds
from protocols.kernel.effects import Gateway
from protocols.kernel.refusals import BeingUpdated
from store.db import Connection, Database
from store.outbox_rows import NewRow, OutboxRow
from store.read import deliveries
from store.write import records
from store.write.enqueue import enqueue

_log = logging.getLogger(__name__)
LOOK_S = 5.0
LOWEST_TIER = 3


class Lifeline:
    """Sends by mail what Slack does not take.

    Args:
        database: Where the outbox is.
        clock: Business time.
        down_for_s: For how many seconds Slack has not answered, zero while it does.
        mail_after: How long a message may wait.
        mail_of: A person's mail address, None when unknown.
        refusal: Slack's word for refusing the installation, empty while it does not.
        lose: Gives up a row of such a Slack, in a transaction of its own.
        wake: Wakes the courier.
    """

    def __init__(
        self,
        database: Database,
        *,
        clock: Clock,
        down_for_s: Callable[[], float],
        mail_after: timedelta,
        mail_of: Callable[[str], str | None],
        refusal: Callable[[], str] = lambda: "",
        lose: Callable[[Connection, OutboxRow, str], None] = lambda _conn, _row, _error: None,
        wake: Callable[[], None],
    ) -> None:
        self._database = database
        self._clock = clock
        self._down_for_s = down_for_s
        self._mail_after = mail_after
        self._mail_of = mail_of
        self._refusal = refusal
        self._lose = lose
        self._wake = wake

    def rounds(self) -> Rounds:
        """Return what watches."""
        return Rounds(
            self.look,
            name="lifeline",
            trouble="What is owed by mail could not be looked for",
            first_s=LOOK_S,
            every_s=LOOK_S,
        )

    def look(self) -> int:
        """Enqueue the mails that are owed now; return how many were new."""
        if self._down_for_s() < self._mail_after.total_seconds():
            return 0
        refusal = self._refusal()
        if refusal:
            self._give_up(refusal)
        now = self._clock.now()
        # What a Slack that refuses us is told now will not arrive later either.
        waits_since = now - (timedelta() if refusal else self._mail_after)
        with self._database.write() as conn:
            waiting = deliveries.unsent(
                conn, gateway=Gateway.SLACK.value, since=waits_since, now=now
            )
            lowest = 1 if refusal else LOWEST_TIER
            mails = [mail for row in waiting for mail in self._mails(conn, row, lowest)]
            new = enqueue(conn, mails)
        if new:
            _log.warning("Slack does not answer: %d messages also go by mail", len(new))
            self._wake()
        return len(new)

    def _give_up(self, refusal: str) -> None:
        """Let released words that a revoked token keeps here go by mail, or be told of. D24."""
        now = self._clock.now()
        with self._database.read() as conn:
            waiting = deliveries.unsent(
                conn, gateway=Gateway.SLACK.value, since=now - self._mail_after, now=now
            )
        for row in filter(is_outward, waiting):
            try:
                with self._database.write() as conn:
                    self._lose(conn, row, refusal)
            except BeingUpdated as newer:
                _log.info("what becomes of %s is left to a newer process: %s", row.key, newer)

    def _mails(self, conn: Connection, row: OutboxRow, lowest: int) -> tuple[NewRow, ...]:
        ticket = records.get(conn, row.reference) if row.reference else None
        if ticket is not None and ticket.tier < lowest:
            return ()
        return withdrawals.by_mail(row, self._mail_of, self._clock.now(), outgoing.SLACK_IS_SILENT)
