"""Which tickets of an account matter to another that is opened for it, found without reading all.

Source: D27; S178.
"""

from __future__ import annotations

from datetime import datetime

from protocols.policy.escalation import Trigger
from protocols.policy.policy import Policy
from protocols.scales import Tier
from store.db import Connection
from store.read import tickets
from store.ticket_rows import TicketRow

MOST_JUST_NOW = 50
MOST_CRITICAL = 10
MOST_ALIKE = 30
LEAST_WITH_BRIDGE = min(tier for tier in Tier if tier.has_bridge)


def alike(
    conn: Connection, account_key: str, policy: Policy, now: datetime
) -> tuple[TicketRow, ...]:
    """Return the newest tickets of an account that a row of the policy may count. Source: D45."""
    spans = [row.within for row in policy.escalate.rows if row.when is Trigger.ALIKE]
    if not spans:
        return ()
    return tickets.lately_opened(conn, account_key, now - max(spans), limit=MOST_ALIKE)


def rows(
    conn: Connection, account_key: str, policy: Policy, now: datetime
) -> tuple[TicketRow, ...]:
    """Return open tickets of an account, newest first.

    They are those opened within the window of the same words, those with a bridge within the window
    of a second critical one, and the few of the highest tier: one account may have thousands.
    """
    just_now = now - policy.intake.same_words_window
    lately = now - policy.intake.second_critical_window
    found = (
        *tickets.just_opened(conn, account_key, just_now, limit=MOST_JUST_NOW),
        *tickets.open_for_account(
            conn, account_key, limit=MOST_CRITICAL, least_tier=LEAST_WITH_BRIDGE, since=lately
        ),
        *tickets.open_for_account(conn, account_key, limit=MOST_CRITICAL),
    )
    each_once = {row.reference: row for row in found}.values()
    return tuple(sorted(each_once, key=lambda row: (row.opened_at, row.number), reverse=True))
