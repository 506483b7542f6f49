"""What somebody with the database in hand can do to it: an edit of each column, and more.

The list is read from the schema, so that a new column is asked about on the day it comes.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Connection, Table, Text, text
from sqlalchemy.exc import DBAPIError, StatementError

from bot.engine.proof import proof
from bot.evidence.noting import changed_words, notes
from store.columns import Instant
from store.db import is_sqlite
from store.metadata import metadata
from store.read.verification import Flaw, verify

READ = ("journal", "chain", "ticket", "counter", "step", "outbox")
GARBAGE: tuple[object, ...] = (
    b"\x00\xff",
    "{",
    "null",
    "[]",
    "7",
    '"x"',
    '{"type": []}',
    "[" * 5_000,
)
"""What stands in a JSON column or a header, and no program of ours wrote."""


@dataclass(frozen=True, slots=True)
class Tamper:
    """One act, with what it is called."""

    name: str
    act: Callable[[Connection], object]


def without_triggers(conn: Connection) -> None:
    """Take away what refuses a change of the journal, as whoever owns the database can."""
    where = "" if is_sqlite(conn) else " ON journal"
    for name in ("journal_no_update", "journal_no_delete"):
        conn.exec_driver_sql(f"DROP TRIGGER {name}{where}")


def found(conn: Connection, tamper: Tamper) -> tuple[Flaw, ...] | None:
    """Return what is found after an act, None when the database itself refuses it; it is undone."""
    attempt = conn.begin_nested()
    try:
        done = tamper.act(conn)
    except (DBAPIError, StatementError):
        return None
    else:
        if getattr(done, "rowcount", 1) == 0:
            return None
        words = changed_words(conn, notes(conn))
        return (*verify(conn).flaws, *proof(conn).flaws, *words)
    finally:
        attempt.rollback()


def sql(statement: str, **bound: Any) -> Callable[[Connection], object]:
    """Return an act that is one statement."""

    def act(conn: Connection) -> object:
        later = SQLITE_LATER if is_sqlite(conn) else POSTGRES_LATER
        return conn.execute(text(statement.replace(LATER, later)), bound)

    return act


def edits() -> Iterator[Tamper]:
    """Yield an edit of each column of each table, and garbage where something is read."""
    for table in metadata.sorted_tables:
        for column in table.columns:
            yield Tamper(f"{table.name}.{column.name}", sql(_edit(table, column, _other(column))))


def garbage(each: int = len(GARBAGE)) -> Iterator[Tamper]:
    """Yield what no program of ours writes, put into each column that a check reads.

    Args:
        each: How many words are put into each column, in turn.
    """
    words = itertools.cycle(GARBAGE)
    for table in (one for one in metadata.sorted_tables if one.name in READ):
        for column in table.columns:
            where = f"{table.name}.{column.name}"
            yield Tamper(f"{where} is null", sql(_edit(table, column, "NULL")))
            for word in itertools.islice(words, each):
                statement = sql(_edit(table, column, ":word"), word=word)
                yield Tamper(f"{where} is {word!r:.20}", statement)


def _edit(table: Table, column: Column[Any], value: str) -> str:
    """Spell the edit of one row: the last one, of those that have something there."""
    key = next(iter(table.primary_key.columns)).name
    some = f'"{column.name}" IS NOT NULL' if column.nullable else "1 = 1"
    one = f'SELECT max("{key}") FROM "{table.name}" WHERE {some}{NOT_THE_DESK.get(table.name, "")}'
    return f'UPDATE "{table.name}" SET "{column.name}" = {value} WHERE "{key}" = ({one})'


NOT_THE_DESK = {"chain": " AND name <> 'desk'", "journal": " AND chain <> 'desk'"}


def _other(column: Column[Any]) -> str:
    name = f'"{column.name}"'
    if isinstance(column.type, JSON):
        return "'{}'" if column.name != "needs" else """'["x"]'"""
    if isinstance(column.type, Boolean):
        return f"NOT {name}"
    if isinstance(column.type, Instant):
        return f"{name} {LATER}"
    if isinstance(column.type, Text):
        return WORDS.get(f"{column.table.name}.{column.name}", f"{name} || 'x'")
    return f"{name} + 1"


LATER, SQLITE_LATER, POSTGRES_LATER = "+ LATER", "+ 60000000", "+ interval '1 minute'"
WORDS = {
    "step.state": "'done'",
    "outbox.state": "'dead'",
    "outbox.gateway": "'mail'",
    "outbox.surface": "'drop_if_stale'",
    "posted.state": "'refused'",
    "person.kind": "'bot'",
}
"""Words that a constraint allows."""
