"""Tickets of an earlier release are taken up at start: their clocks are looked after from then on.

Each is posted its command once, and the ticker has it decided; what passed before pages nobody.
Source: S65; D8.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.engine import ledger
from bot.engine.kinds import COMMANDS
from protocols.people.people import ENGINE
from protocols.targets.events import TakeUpTargets
from protocols.targets.state import TargetWatch
from protocols.ticket import Ticket
from store import codec
from store.db import Database
from store.read import tickets
from store.ticket_rows import TicketRow
from store.write import posted


def take_up(database: Database, now: datetime) -> int:
    """Post to each open ticket whose clocks nobody looks after; return how many there are."""
    with database.read() as conn:
        found = _left_alone(tickets.all_open(conn))
    if found:
        with database.write() as conn:
            posted.put_once(conn, [_post(reference) for reference in found], now)
    return len(found)


def _left_alone(rows: Iterable[TicketRow]) -> list[str]:
    known = ledger.readable(rows, lambda ticket: (ticket.reference, _is_left_alone(ticket)))
    return [reference for reference, is_left in known if is_left]


def _is_left_alone(ticket: Ticket) -> bool:
    return ticket.is_live and ticket.of(TargetWatch).watched_at is None


def _post(reference: str) -> posted.NewPost:
    command = COMMANDS.encode(TakeUpTargets(reference))
    return posted.NewPost(f"take-up/{reference}", reference, command, codec.encode(ENGINE))
