"""No button of a settled question is live: its message says what became of it instead. D41."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from bot.engine import kinds
from bot.engine.retiring import may_be_edited
from protocols.kernel.context import Context
from protocols.kernel.endings import ending_of
from protocols.kernel.record import Record
from protocols.outreach.state import OutreachTold
from protocols.people.people import ENGINE
from protocols.ticket import Ticket
from store.db import Connection
from store.outbox_rows import OutboxRow
from store.read import deliveries
from store.read.deliveries import PostSent
from templates.kit.actions import base
from tests.histories.finding import Finding
from tests.histories.machine import Machine

READING = {
    "analysis.open", "bridge.go", "certificate.post", "more", "page.open", "portal.follow",
    "say.open", "ticket.certificate", "ticket.show", "ticket.timeline",
}  # fmt: skip
"""Buttons that only open or show something."""


def live(machine: Machine, references: list[str]) -> Iterator[Finding]:
    """Return the messages that still ask what is settled, of each ticket and of its notice."""
    with machine.program.parts.database.read() as conn:
        for reference in references:
            ticket = _record(conn, reference)
            yield from _of_record(conn, machine, ticket)
            notice = ticket.of(OutreachTold).notice if isinstance(ticket, Ticket) else ""
            if notice and kinds.found(conn, notice) is not None:
                yield from _of_record(conn, machine, _record(conn, notice))


def _record(conn: Connection, reference: str) -> Record:
    row = kinds.found(conn, reference)
    assert row is not None
    return kinds.read(row)


def _of_record(conn: Connection, machine: Machine, record: Record) -> Iterator[Finding]:
    now, facts = machine.clock.reads(), machine.program.parts.facts
    ctx = kinds.of(record).context(conn, facts, record, ENGINE, now, ())
    rows = deliveries.of_ticket(conn, record.reference)
    edits = {row.slot: row for row in rows if row.slot and row.method == "chat.update"}
    yield from _of_nothing(edits, {row.key for row in rows})
    for row in rows:
        if row.method != "chat.postMessage" or row.state != "done" or not _asks(row):
            continue
        suffix = row.key.removeprefix(f"{record.reference}/")
        ending = ending_of(record, suffix, (), ctx)
        edit = edits.get(f"{row.key}/edit")
        is_live = edit is None or (edit.state == "done" and _asks(edit))
        if not _is_ours(suffix, ctx):
            continue
        if ending and is_live and may_be_edited(record, PostSent(row.key, row.stream)):
            yield Finding(
                f"live: {suffix.partition('/')[0]}",
                f"{row.key} still has buttons, though it is settled: {ending.word}.",
            )


def _is_ours(suffix: str, ctx: Context) -> bool:
    """Say whether a message's reader is one of us still; who is not is refused at each button."""
    person = suffix.rpartition("/")[2]
    return ctx.directory.person(person) is None or ctx.is_ours(person)


def _of_nothing(edits: Iterable[str], keys: Collection[str]) -> Iterator[Finding]:
    """Yield each edit of a message that was never decided: it would wait for it for ever."""
    for slot in edits:
        posted, _, kind = slot.rpartition("/")
        if kind == "edit" and posted not in keys:
            yield Finding(
                f"edit: {posted.split('/')[1]}", f"{posted} is edited, and was never said."
            )


def _asks(row: OutboxRow) -> bool:
    """Say whether a message has a button by which something is decided."""
    blocks = row.payload.get("blocks")
    found = blocks if isinstance(blocks, list) else []
    return any(
        base(str(element.get("action_id", ""))) not in READING
        for block in found
        if isinstance(block, Mapping) and block.get("type") == "actions"
        for element in _elements(block)
    )


def _elements(block: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [each for each in block.get("elements", ()) if isinstance(each, Mapping)]
