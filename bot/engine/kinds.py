"""What the engine must know of a kind of record, and which kinds there are.

A ticket is one of them. The rules of a kind are those of its list of subjects; here stands the
rest: where its rows lie, what it is decided with, how its words are made, what may leave of it.
Source: design, Records.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeAlias

from bot.courier.attempts import Addressed
from bot.engine.facts import Facts
from bot.engine.outgoing import Rendering
from protocols.kernel.command import Command
from protocols.kernel.context import Context
from protocols.kernel.due_point import DuePoint
from protocols.kernel.event import Event
from protocols.kernel.gather import commands_of, events_of, points_of
from protocols.kernel.record import Record
from protocols.kernel.refusals import BeingUpdated
from protocols.kernel.tables import begun_by, rules_of
from protocols.people.people import Actor
from protocols.withdrawals.events import Withdrawal
from store import bodies
from store.db import Connection
from store.journal_rows import ERASED
from store.newer import Newer
from store.record_rows import RecordRow
from store.registry import TypeRegistry
from store.ticket_rows import TicketRow
from store.write.records import OTHERS, TICKETS, Shelf

Row: TypeAlias = TicketRow | RecordRow


@dataclass(frozen=True, slots=True)
class Remainder:
    """What a row holds beside what the record itself says."""

    body: Mapping[str, Any]
    version: int
    updated_at: datetime
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a record is opened with: the command with its reference, and what is known."""

    command: Command
    ctx: Context
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Departure:
    """Whether words of a record may leave now, and into which thread they go."""

    why_not: Withdrawal | None = None
    thread_ts: str = ""


@dataclass(frozen=True, slots=True)
class RecordKind:
    """One kind of record.

    Attributes:
        name: What its rows are called in the table that all kinds but tickets share.
        record: Its class.
        events: What may stand in its chain.
        newer: Finds what a newer process wrote of it.
        shelf: The table of its rows.
        is_numbered: Whether each gets a number as it is opened, or is named by what opens it.
        row: (record, what else its row holds) -> row.
        begin: What one is opened with.
        context: What one is decided with, by what is asked of it.
        rendering: How its words are made.
        held_back: Drops what waits of it and may no longer leave; returns what it is told of that.
        leaving: Whether a row of it may leave now.
        listing: Writes what lists read of it: (before, after, what it is decided with, its row).
    """

    name: str
    record: type[Record]
    events: TypeRegistry[Event]
    newer: Newer
    shelf: Shelf[Any]
    is_numbered: bool
    row: Callable[[Any, Remainder], Row]
    begin: Callable[[Connection, Facts, Any, Actor, datetime], Beginning]
    context: Callable[[Connection, Facts, Any, Actor, datetime, tuple[Command, ...]], Context]
    rendering: Rendering
    held_back: Callable[..., tuple[Command, ...]]
    leaving: Callable[[Connection, Facts, Any, Addressed, datetime], Departure]
    listing: Callable[[Connection, Any, Any, Context, Any], None] = lambda *_: None


EVENTS: TypeRegistry[Event] = TypeRegistry((Event,))
COMMANDS: TypeRegistry[Command] = TypeRegistry(())
POINTS: TypeRegistry[DuePoint] = TypeRegistry(())
_KINDS: dict[str, RecordKind] = {}


def add(kind: RecordKind, packages: tuple[str, ...]) -> RecordKind:
    """Have the engine know a kind of record, whose rules are in these packages."""
    EVENTS.learn(events_of(packages))
    COMMANDS.learn(commands_of(packages))
    POINTS.learn(points_of(packages))
    _KINDS[kind.name] = kind
    return kind


def known(record: type[Record], packages: tuple[str, ...]) -> tuple[TypeRegistry[Event], Newer]:
    """Return what may stand in the chain of a kind, and what finds everything else."""
    events: TypeRegistry[Event] = TypeRegistry((Event, *events_of(packages)))
    return events, Newer({*events.names, ERASED}, rules_of(record).falls)


def of(record: Record) -> RecordKind:
    """Return the kind of a record."""
    return _of_class(type(record))


def opened_by(command: Command) -> RecordKind | None:
    """Return the kind of which a command opens a record, None when it opens none."""
    found = begun_by(type(command))
    return None if found is None else _of_class(found)


def _of_class(record: type[Record]) -> RecordKind:
    return next(kind for kind in _KINDS.values() if kind.record is record)


def of_row(row: Row) -> RecordKind:
    """Return the kind of a row's record.

    Raises:
        BeingUpdated: A newer process wrote a record of a kind that is not known here.
    """
    name = row.kind if isinstance(row, RecordRow) else TICKET
    if name not in _KINDS:
        raise BeingUpdated(reference=row.reference, found=f"a record of the kind {name}")
    return _KINDS[name]


TICKET = "ticket"


def found(conn: Connection, reference: str) -> Row | None:
    """Return the row of a record of any kind without holding it, None when there is none."""
    return TICKETS.get(conn, reference) or OTHERS.get(conn, reference)


def locked(conn: Connection, reference: str) -> Row | None:
    """Return the row of a record of any kind, held to the end; None when there is none."""
    return TICKETS.lock(conn, reference) or OTHERS.lock(conn, reference)


def read(row: Row) -> Record:
    """Return the record of a row.

    Raises:
        BeingUpdated: A newer process wrote what is not known here.
    """
    return bodies.decoded(
        of_row(row).record,
        row.body,
        lambda newer: BeingUpdated(reference=row.reference, found=str(newer)),
    )


def reread(row: Row) -> Row:
    """Return a row as this version would write it: a field that came since is at its default."""
    return replace(row, body=bodies.anew(read(row)))


def plain_row(name: str) -> Callable[[Record, Remainder], RecordRow]:
    """Return how the row of a kind is made that has nothing of its own in it."""

    def row(record: Record, written: Remainder) -> RecordRow:
        return RecordRow(
            reference=record.reference,
            team_id=record.team_id,
            kind=name,
            number=written.number,
            open=record.is_open,
            account_key=None,
            body=written.body,
            version=written.version,
            policy_version=record.policy_version,
            opened_at=record.opened_at,
            updated_at=written.updated_at,
            drill=record.drill,
        )

    return row


def warm() -> None:
    """Compile every codec, so that the first command is as fast as the second."""
    for kind in _KINDS.values():
        bodies.warm(kind.record)
    EVENTS.warm()
    POINTS.warm()


def nothing_held_back(*_asked: object) -> tuple[Command, ...]:
    """Return that nothing of a kind is held back once it waits."""
    return ()


def everything_leaves(*_asked: object) -> Departure:
    """Return that everything of a kind may leave at any time."""
    return Departure()
