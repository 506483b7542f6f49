"""A row that an earlier version wrote reads as one of today, so that ``verify`` finds it sound."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.engine import ledger
from bot.engine.kinds import Remainder
from bot.engine.tickets import TICKETS
from store import bodies
from store.ticket_rows import TicketRow
from tests.kit.rules_incident import Incident


def without(body: Any, *names: str) -> Any:
    """Return a body as it was before these fields came."""
    if isinstance(body, dict):
        return {key: without(value, *names) for key, value in body.items() if key not in names}
    return [without(each, *names) for each in body] if isinstance(body, list) else body


def test_a_row_without_the_newest_fields_is_the_one_that_the_journal_makes() -> None:
    incident = Incident.open().staffed().at("14:45").draft()
    written = Remainder(bodies.anew(incident.ticket), 1, incident.now, 1)
    today = TICKETS.row(incident.ticket, written)
    assert isinstance(today, TicketRow)
    earlier = replace(today, body=without(today.body, "hands", "proposers", "sent_back_by"))
    assert earlier != today
    assert ledger.reread(earlier) == today
