"""Which tickets of an account matter to another that is opened for it, found without reading all.

Source: D27; S178.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from protocols.policy.escalation import Trigger
from protocols.policy.policy import Policy
from protocols.scales import Tier
from store.db import Connection
from store.read import tickets
from store.ticket_rows import TicketRow

MOST_LATELY = 50
MOST_CRITICAL = 10
LEAST_WITH_BRIDGE = min(tier for tier in Tier if tier.has_bridge)


@dataclass(frozen=True, slots=True)
class Lately:
    """The newest tickets of an account, newest first.

    Attributes:
        since: Since when they are read.
        rows: They: each that there is, or as many as are read at the most.
    """

    since: datetime
    rows: tuple[TicketRow, ...]

    def holds_all(self, since: datetime) -> bool:
        """Say whether each that was opened since an instant is among them."""
        if len(self.rows) < MOST_LATELY:
            return self.since <= since
        return self.rows[-1].opened_at < since

    def open_since(self, since: datetime) -> tuple[TicketRow, ...]:
        """Return those of them that are open and were opened since an instant."""
        return tuple(row for row in self.rows if row.open and row.opened_at >= since)


def lately(conn: Connection, account_key: str, policy: Policy, now: datetime) -> Lately:
    """Return the newest tickets of an account: all that matter, of an account of the usual size."""
    spans = (policy.intake.same_words_window, policy.intake.second_critical_window, *_alike(policy))
    since = now - max(spans)
    return Lately(since, tickets.lately_opened(conn, account_key, since, limit=MOST_LATELY))


def alike(found: Lately, policy: Policy, now: datetime) -> tuple[TicketRow, ...]:
    """Return the newest tickets of an account that a row of the policy may count. Source: D45."""
    spans = _alike(policy)
    return tuple(row for row in found.rows if spans and row.opened_at >= now - max(spans))


def _alike(policy: Policy) -> tuple[timedelta, ...]:
    return tuple(row.within for row in policy.escalate.rows if row.when is Trigger.ALIKE)


def rows(
    conn: Connection, account_key: str, policy: Policy, now: datetime, found: Lately | None = None
) -> tuple[TicketRow, ...]:
    """Return open tickets of an account, newest first.

    They are those opened within the window of the same words, those with a bridge within the window
    of a second critical one, and the few of the highest tier: one account may have thousands, of
    which the newest are read.

    Args:
        conn: Where they are read.
        account_key: The account.
        policy: Says how long the windows are.
        now: Where they end.
        found: Its newest tickets, where they have been read.
    """
    found = found or lately(conn, account_key, policy, now)
    each_once = {
        row.reference: row
        for row in (
            *found.open_since(now - policy.intake.same_words_window),
            *_critical(conn, account_key, now - policy.intake.second_critical_window, found),
            *tickets.open_for_account(conn, account_key, limit=MOST_CRITICAL),
        )
    }.values()
    return tuple(sorted(each_once, key=lambda row: (row.opened_at, row.number), reverse=True))


def _critical(
    conn: Connection, account_key: str, since: datetime, found: Lately
) -> tuple[TicketRow, ...]:
    if not found.holds_all(since):
        return tickets.open_for_account(
            conn, account_key, limit=MOST_CRITICAL, least_tier=LEAST_WITH_BRIDGE, since=since
        )
    those = (row for row in found.open_since(since) if row.tier >= LEAST_WITH_BRIDGE)
    return tuple(sorted(those, key=lambda row: row.tier, reverse=True))[:MOST_CRITICAL]
