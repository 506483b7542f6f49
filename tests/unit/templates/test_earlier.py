"""What came before of an account, and how it ended. Source: S68."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from protocols.scales import Category
from protocols.status import Status
from protocols.ticket import Ticket
from templates.relations.earlier import earlier_words
from tests.kit.rules_incident import Incident


def ticket(reference: str, days: int, **head: Any) -> Ticket:
    """Return a ticket that was opened some days before today."""
    made = Incident.open(reference=reference).ticket
    opened_at = made.opened_at - timedelta(days=days)
    return made.having(replace(made.head, opened_at=opened_at, **head))


def test_those_of_its_category_come_first_and_each_says_how_it_ended() -> None:
    now = ticket("BW-1009", 0)
    before = [
        ticket("BW-1010", -1),
        now,
        ticket("BW-1008", 1, status=Status.CLOSED),
        ticket("BW-1007", 2, category=Category.COMMISSION_PAYMENT, status=Status.OPENED_IN_ERROR),
        ticket("BW-1006", 3, status=Status.RESOLVED),
    ]
    assert earlier_words(now, before) == (
        "2 earlier like it: BW-1008 (closed), BW-1006 (resolved) · else BW-1007 (withdrawn)"
    )


def test_of_the_first_ticket_nothing_is_said() -> None:
    now = ticket("BW-1009", 0)
    assert not earlier_words(now, [now])
