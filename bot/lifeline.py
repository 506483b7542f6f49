"""While Slack is down, whoever must act on a Tier 3 or 4 ticket hears of it by mail.

What waits to be said to one of us for more than two minutes goes out as a mail with the same words;
the message itself still arrives when Slack is back. Source: design, Engine, Slack down.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from datetime import timedelta

from bot import outgoing
from bot.clock import Clock
from protocols.effects import Gateway, Surface
from store import outbox, tickets
from store.db import Connection, Database
from store.faults import DATABASE_ERRORS
from store.outbox import NewRow, Row

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
        wake: Callable[[], None],
    ) -> None:
        self._database = database
        self._clock = clock
        self._down_for_s = down_for_s
        self._mail_after = mail_after
        self._mail_of = mail_of
        self._wake = wake
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="lifeline", daemon=True)

    def start(self) -> None:
        """Begin to watch."""
        self._thread.start()

    def stop(self, timeout_s: float = 5.0) -> None:
        """Stop watching; a look that hangs is left after a while."""
        self._stopping.set()
        if self._thread.ident is not None:
            self._thread.join(timeout=timeout_s)

    def _run(self) -> None:
        while not self._stopping.wait(LOOK_S):
            try:
                self.look()
            except DATABASE_ERRORS:
                _log.warning("the outbox could not be read for mails", exc_info=True)

    def look(self) -> int:
        """Enqueue the mails that are owed now; return how many were new."""
        if self._down_for_s() < self._mail_after.total_seconds():
            return 0
        now = self._clock.now()
        with self._database.write() as conn:
            waiting = outbox.unsent(
                conn, gateway=Gateway.SLACK.value, since=now - self._mail_after, now=now
            )
            rows = [mail for row in waiting if (mail := self._mail(conn, row)) is not None]
            new = outbox.enqueue(conn, rows)
        if new:
            _log.warning("Slack does not answer: %d messages also go by mail", len(new))
            self._wake()
        return len(new)

    def _mail(self, conn: Connection, row: Row) -> NewRow | None:
        person = _person(row.payload)
        if person is None or row.reference is None or row.method != "chat.postMessage":
            return None
        address = self._mail_of(person)
        ticket = tickets.get(conn, row.reference)
        if address is None or ticket is None or ticket.tier < LOWEST_TIER:
            return None
        return NewRow(
            key=f"{row.key}/by-mail",
            team_id=row.team_id,
            reference=row.reference,
            gateway=Gateway.MAIL.value,
            method="send",
            stream=f"mail/{person}/{row.key}",
            payload=dict(outgoing.by_mail(str(row.payload.get("text")), row.reference, address)),
            created_at=self._clock.now(),
            surface=Surface.MUST_ARRIVE.value,
            urgent=row.urgent,
        )


def _person(payload: Mapping[str, object]) -> str | None:
    channel = payload.get("channel")
    if isinstance(channel, Mapping) and isinstance(channel.get("$dm"), str):
        return str(channel["$dm"])
    return None
