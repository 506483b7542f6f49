"""Whether what is kept beside the journal is what the journal makes: rows and due points.

It ends whatever was done to a row: one that cannot be read is a flaw. Source: M4.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.engine import kinds, ledger
from bot.engine.kinds import Row
from protocols.clock.events import DuePassed
from protocols.kernel.event import Event
from protocols.kernel.refusals import BeingUpdated
from store.db import Connection
from store.journal_rows import ERASED
from store.read import chains, others, tickets, upcoming
from store.read.flaws import Flaw

NO_ROW = "its row, its journal or a due point of it cannot be read"


@dataclass(slots=True)
class Proof:
    """What came of the comparison.

    Attributes:
        flaws: What is wrong.
        erased: Of which records something was erased: they prove by their hashes alone.
        newer: Which records a newer program wrote: only their chains can be checked here.
    """

    flaws: list[Flaw] = field(default_factory=list)
    erased: list[str] = field(default_factory=list)
    newer: list[str] = field(default_factory=list)


def proof(conn: Connection, reference: str | None = None) -> Proof:
    """Compare one record, or every one, with what its journal makes."""
    made = Proof()
    every = (*tickets.references(conn), *others.references(conn))
    for one in every if reference is None else (reference,):
        try:
            made.flaws += _of(conn, one, made)
        except BeingUpdated:
            made.newer.append(one)
        except Exception as error:  # noqa: BLE001 - whatever was done to it, it is named
            made.flaws.append(Flaw(one, None, f"{NO_ROW}: {type(error).__name__}"))
    return made


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
    yield from _points(conn, reference, history)


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


def _points(conn: Connection, reference: str, history: tuple[Event, ...]) -> Iterator[Flaw]:
    passed = {event.key for event in history if isinstance(event, DuePassed)}
    kept = {point.key: point.state for point in upcoming.of_ticket(conn, reference)}
    for key in sorted(key for key, state in kept.items() if state == "done" and key not in passed):
        yield Flaw(reference, None, f"the due point {key} is done, and no entry says so")
    for key in sorted(key for key in passed if kept.get(key) != "done"):
        yield Flaw(reference, None, f"the due point {key} has passed, and is not kept as done")
