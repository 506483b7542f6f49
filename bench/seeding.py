"""A database with many steps: copies of one real ticket, moved in time, written as rows."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import insert, select, update

from bot.engine import ledger
from bot.engine.calendars import calendar_of
from bot.files.policy import load_policy
from protocols.subjects import dues
from store.db import Connection, Database
from store.tables import outbox, step, ticket
from store.write import records

Wire = Mapping[str, Any]
STEPS_A_TICKET = 20
BATCH = 250
FAR = timedelta(days=3)
# What is said in the pattern's channels is not meant for its copies.
NOWHERE = {"bridge_channel": None, "customer_channel": None, "customer_thread": None}


@dataclass(frozen=True, slots=True)
class Pattern:
    """One real ticket with what it has sent; its times as they are, and its next due point."""

    reference: str
    row: Wire
    sent: Sequence[Wire]
    points: Sequence[tuple[str, str, datetime]]

    @property
    def first_due_at(self) -> datetime:
        """Return when its next step falls due."""
        return min(at for _, _, at in self.points)

    @property
    def steps_at_first(self) -> int:
        """Return how many steps fall due at that instant."""
        return sum(1 for _, _, at in self.points if at == self.first_due_at)


def pattern(database: Database, reference: str) -> Pattern:
    """Read a ticket with its outbox rows, and let the rules say what is due on it and when."""
    policy = load_policy(None)
    with database.read() as conn:
        kept = records.get(conn, reference)
        assert kept is not None, reference
        held = ledger.ticket_of(kept)
        row = conn.execute(select(ticket).where(ticket.c.reference == reference)).mappings().one()
        sent = conn.execute(
            select(outbox).where(outbox.c.reference == reference, outbox.c.state == "done")
        ).mappings()
        rows = [dict(each) for each in sent]
    year = date(datetime.now(UTC).year, 1, 1)
    points = dues(held, policy, calendar_of(policy.calendar, year))
    return Pattern(
        reference, dict(row), rows, tuple((point.key, point.kind, point.at) for point in points)
    )


def crowd(database: Database, of: Pattern, prefix: str, due: Sequence[datetime]) -> list[str]:
    """Write copies of a ticket, each with its next step due at one of these instants."""
    references = [f"{prefix}-{number:06d}" for number in range(len(due))]
    for begin in range(0, len(due), BATCH):
        some = list(zip(references[begin : begin + BATCH], due[begin : begin + BATCH], strict=True))
        with database.write() as conn:
            _insert_tickets(conn, of, some)
            _insert_steps(conn, some)
            _insert_sent(conn, of, [reference for reference, _ in some])
    return references


def background(database: Database, of: Pattern, steps: int, now: datetime) -> None:
    """Write tickets with steps that fall due in the days to come."""
    count = steps // STEPS_A_TICKET
    references = [f"BG-{number:06d}" for number in range(count)]
    for begin in range(0, count, BATCH):
        some = references[begin : begin + BATCH]
        with database.write() as conn:
            _insert_tickets(conn, of, [(reference, now + FAR) for reference in some])
            conn.execute(insert(step), [row for each in some for row in _later(each, now)])


def _later(reference: str, now: datetime) -> list[dict[str, object]]:
    return [
        {
            "reference": reference,
            "key": f"late:{number}",
            "kind": "step_late",
            "due_at": now + FAR + timedelta(minutes=13 * number),
            "state": "pending",
            "created_at": now,
        }
        for number in range(STEPS_A_TICKET)
    ]


def _insert_tickets(conn: Connection, of: Pattern, some: Sequence[tuple[str, datetime]]) -> None:
    text = json.dumps(of.row["body"])
    rows = []
    for reference, due_at in some:
        moved = due_at - of.first_due_at
        body = _moved(json.loads(text.replace(of.reference, reference)), moved)
        rows.append(
            {**of.row, **NOWHERE, "reference": reference, "body": body, **_instants(of, moved)}
        )
    conn.execute(insert(ticket), rows)


def _instants(of: Pattern, moved: timedelta) -> dict[str, datetime]:
    return {name: of.row[name] + moved for name in ("opened_at", "updated_at")}


def _insert_steps(conn: Connection, some: Sequence[tuple[str, datetime]]) -> None:
    year = date(datetime.now(UTC).year, 1, 1)
    policy = load_policy(None)
    calendar = calendar_of(policy.calendar, year)
    rows = []
    for reference, due_at in some:
        kept = records.get(conn, reference)
        assert kept is not None, reference
        rows += [
            {
                "reference": reference,
                "key": point.key,
                "kind": point.kind,
                "due_at": point.at,
                "state": "pending",
                "created_at": due_at,
            }
            for point in dues(ledger.ticket_of(kept), policy, calendar)
        ]
    conn.execute(insert(step), rows)


def _insert_sent(conn: Connection, of: Pattern, references: Sequence[str]) -> None:
    names = ("key", "stream", "slot", "reference")
    rows = [
        {
            **{name: value for name, value in row.items() if name != "id"},
            **{name: row[name] and row[name].replace(of.reference, each) for name in names},
        }
        for each in references
        for row in of.sent
    ]
    if rows:
        conn.execute(insert(outbox), rows)


def _moved(value: Any, by: timedelta) -> Any:
    """Return a ticket's body with every instant in it moved."""
    if isinstance(value, dict):
        return {name: _moved(each, by) for name, each in value.items()}
    if isinstance(value, list):
        return [_moved(each, by) for each in value]
    if isinstance(value, str) and len(value) >= 25 and value[4] == "-" and value[10] == "T":
        return (datetime.fromisoformat(value) + by).isoformat()
    return value


def postpone(conn: Connection) -> None:
    """Let every step that waits fall due another day."""
    later = datetime.now(UTC) + FAR
    conn.execute(
        update(step).where(step.c.state == "pending", step.c.due_at < later).values(due_at=later)
    )
