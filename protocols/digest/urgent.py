"""What is told at once whatever waits, and what the night does not hold back. Source: D8, D45."""

from __future__ import annotations

from protocols.kernel.record import Record
from protocols.opening.events import Opening
from protocols.scales import Impact, Severity, Signal
from protocols.ticket import Ticket


def is_told_at_once(record: Record) -> bool:
    """Say whether nothing of a record waits: a ticket of Tier 3 or 4. Source: D8."""
    return isinstance(record, Ticket) and record.tier.has_bridge


def wakes(record: Record) -> bool:
    """Say whether it is told at night, too: Tier 3 and 4, severity critical, a payment run. D45."""
    if not isinstance(record, Ticket):
        return False
    opening = record.of(Opening)
    is_payment_run = (
        opening.signal is Signal.PAYMENT_RUN_MISSED or Impact.PAYMENTS_BLOCKED in opening.impacts
    )
    return is_told_at_once(record) or record.severity is Severity.CRITICAL or is_payment_run
