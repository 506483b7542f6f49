"""Whether what is kept beside the journal is what the journal makes: rows and due points.

It ends whatever was done to a row: one that cannot be read is a flaw. Source: M4.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from bot.engine import kinds, ledger
from bot.engine.calendars import calendar_of
from bot.engine.facts import kept_policy
from bot.engine.frozen_calendars import kept as kept_holidays
from bot.engine.kinds import Row
from protocols.clock.events import DuePassed
from protocols.kernel.due_point import DuePoint
from protocols.kernel.event import Event
from protocols.kernel.refusals import BeingUpdated
from protocols.subjects import dues
from protocols.ticket import Ticket
from store.db import Connection, Database
from store.due_rows import DuePointRow
from store.journal_rows import ERASED
from store.read import chains, others, tickets, upcoming
from store.read.flaws import Flaw

_log = logging.getLogger(__name__)
Kept: TypeAlias = Mapping[str, DuePointRow]
AT_ONCE = 100
"""How many records are compared in one reading."""
NO_ROW = "its row, its journal or a due point of it cannot be read"


@dataclass(slots=True)
class Proof:
    """What came of the comparison.

    Attributes:
        flaws: What is wrong.
        erased: Of which records something was erased: they prove by their hashes alone.
        newer: Which records a newer program wrote: only their chains can be checked here.
        owed: Due points that the rules owe and that do not wait: an earlier release may not have
            known them, so that this is no proof.
    """

    flaws: list[Flaw] = field(default_factory=list)
    erased: list[str] = field(default_factory=list)
    newer: list[str] = field(default_factory=list)
    owed: list[str] = field(default_factory=list)


def proof(conn: Connection, reference: str | None = None) -> Proof:
    """Compare one record, or every one, with what its journal makes."""
    made = Proof()
    add(made, conn, references(conn) if reference is None else (reference,))
    return made


def proof_in_slices(
    database: Database, reference: str | None = None, at_once: int = AT_ONCE
) -> Proof:
    """Compare as ``proof`` does, some records at a time: nobody waits for one long reading.

    Each record is read at one moment, with its journal and its due points.
    """
    if reference is not None:
        every: tuple[str, ...] = (reference,)
    else:
        with database.read() as conn:
            every = references(conn)
    made = Proof()
    for start in range(0, len(every), at_once):
        with database.read() as conn:
            add(made, conn, every[start : start + at_once])
    return made


def references(conn: Connection) -> tuple[str, ...]:
    """Return the names of all records."""
    return (*tickets.references(conn), *others.references(conn))


def add(made: Proof, conn: Connection, every: Iterable[str]) -> None:
    """Compare these records, too."""
    for one in every:
        try:
            made.flaws += _of(conn, one, made)
        except BeingUpdated:
            made.newer.append(one)
        except Exception as error:  # noqa: BLE001 - whatever was done to it, it is named
            _log.info("%s: %s", one, NO_ROW, exc_info=error)
            made.flaws.append(Flaw(one, None, f"{NO_ROW}: {type(error).__name__}"))


def _of(conn: Connection, reference: str, made: Proof) -> Iterator[Flaw]:
    row = kinds.found(conn, reference)
    if row is None:
        return
    if not ledger.is_whole(conn, reference):
        made.erased.append(reference)
        return
    history = ledger.history(conn, reference)
    yield from _entries(conn, reference, history)
    yield from _row(conn, row, history)
    kept = {point.key: point for point in upcoming.of_ticket(conn, reference)}
    yield from _done(row, kept, history)
    yield from _waiting(conn, row, kept, made)


def _entries(conn: Connection, reference: str, history: tuple[Event, ...]) -> Iterator[Flaw]:
    """Find entries whose header says another kind, author or instant than what they hold."""
    written = [each for each in chains.load(conn, reference) if each.kind != ERASED]
    for entry, event in zip(written, history, strict=True):
        if (entry.kind, entry.actor, entry.at) != (event.NAME, event.by.key, event.at):
            reason = "it says another kind, author or time than what it holds"
            yield Flaw(reference, entry.seq, reason)


def _row(conn: Connection, row: Row, history: tuple[Event, ...]) -> Iterator[Flaw]:
    if ledger.refolded(conn, row) != ledger.reread(row):
        yield Flaw(row.reference, None, "the journal makes another row than the one kept")
    if not history or row.updated_at < history[-1].at:
        yield Flaw(row.reference, None, "its row was written before its journal")
    if not 1 <= row.version <= len(history):
        yield Flaw(row.reference, None, "its row was written oftener than its journal")


def _done(row: Row, kept: Kept, history: tuple[Event, ...]) -> Iterator[Flaw]:
    """Find due points that were done and no entry says so, and the other way round."""
    passed = {event.key for event in history if isinstance(event, DuePassed)}
    done = {key for key, point in kept.items() if point.state == "done"}
    for key in sorted(done - passed):
        yield Flaw(row.reference, None, f"the due point {key} is done, and no entry says so")
    # Those of a closed record are forgotten by age.
    lost = passed - done if row.open else (passed - done) & kept.keys()
    for key in sorted(lost):
        yield Flaw(row.reference, None, f"the due point {key} has passed, and is not kept as done")


def _waiting(conn: Connection, row: Row, kept: Kept, made: Proof) -> Iterator[Flaw]:
    """Find due points that wait otherwise than they are owed."""
    policy = kept_policy(conn, row.policy_version)
    record = kinds.read(row)
    key = record.calendar if isinstance(record, Ticket) else ""
    rule = policy.calendar_of(key)
    calendar = calendar_of(
        rule,
        row.updated_at.date(),
        kept_holidays(conn, policy, rule.holidays),
        policy.retention.years,
    )
    for key, row_of_it in kept.items():
        if row_of_it.value is not None and row_of_it.value.get("key") != key:
            yield Flaw(row.reference, None, f"the due point {key} is kept under another name")
    for point in dues(record, policy, calendar):
        found = kept.get(point.key)
        if found is None or found.state == "cancelled":
            made.owed.append(f"{row.reference} {point.key}")
        elif found.state == "pending" and _differs(found, point):
            reason = f"the due point {point.key} waits otherwise than it is owed"
            yield Flaw(row.reference, None, reason)


def _differs(found: DuePointRow, point: DuePoint) -> bool:
    if (found.kind, found.due_at) != (point.kind, point.at):
        return True
    return found.value is not None and found.value != ledger.POINTS.encode(point)
