"""What a ticket is told of a row that was given up."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.engine import withdrawals
from store.outbox_rows import OutboxRow
from tests.kit.rules_incident import Incident


def test_a_number_in_a_refusal_is_masked_before_the_refusal_is_cut() -> None:
    at = datetime(2026, 11, 23, 14, 2, tzinfo=UTC)
    row = OutboxRow(
        id=1, key="BW-1001/ack", team_id="T0VENDOR01", reference="BW-1001", gateway="mail",
        method="send", stream="mail", surface="must_arrive", urgent=0, payload={}, needs=(),
        state="sending", attempts=1, created_at=at, next_try_at=at, slot=None, reports=True,
        lease_until=None, claimed_by=None, first_sent_at=at, last_sent_at=at, stale_at=None,
        result=None, last_error=None,
    )  # fmt: skip
    error = f"{'x' * 190} 4111 1111 1111 1111"
    told = withdrawals.burial(Incident.open().ticket, row, error)
    assert "4111" not in told.error
    assert len(told.error) <= 200
