"""The question whether a newer process has written to a record.

While a release is rolled out, processes of two releases share a database. The older one must not
write a record of which it does not know everything: it would cancel a due point whose rule it has
not got, or go on from a fact that it cannot read. What a row's body holds is refused by the codec;
here stands what lies beside it: facts of its chain, due points, and the database's own format.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, literal_column, select

from store.tables import journal, step
from store.tables import meta as facts
from store.write import meta

FIRST = 1
FORMAT = 1
"""The newest format that this program knows; a database that names none is of the first.

A release writes a newer one only after the database's was raised, when no older process is left.
"""
FORMAT_FACT = "format"


def written(conn: Connection) -> int:
    """Return the format in which the database's records are written."""
    found = meta.get(conn, FORMAT_FACT)
    return FIRST if found is None else int(str(found))


def put_format(conn: Connection, number: int) -> None:
    """Have records be written in a newer format; who does not know it keeps its hands off."""
    meta.put(conn, FORMAT_FACT, number)


class Newer:
    """Looks for what this program does not know.

    Args:
        entries: the kinds of entries that it knows in a chain.
        dues: the kinds of due points that it knows.
    """

    def __init__(self, entries: Iterable[str], dues: Iterable[str]) -> None:
        entry = (
            select(journal.c.kind)
            .where(journal.c.chain == bindparam("of"), journal.c.kind.not_in(_spelled(entries)))
            .limit(1)
        )
        due = (
            select(step.c.kind)
            .where(
                step.c.reference == bindparam("of"),
                step.c.state == literal_column("'pending'"),
                step.c.kind.not_in(_spelled(dues)),
            )
            .limit(1)
        )
        number = select(facts.c.value).where(facts.c.name == FORMAT_FACT)
        self._query = select(
            entry.scalar_subquery().label("entry"),
            due.scalar_subquery().label("due"),
            number.scalar_subquery().label("format"),
        )

    def found(self, conn: Connection, record: str) -> str | None:
        """Return what of a record is newer than this program; None when it knows everything."""
        row = conn.execute(self._query, {"of": record}).one()
        if row.format is not None and int(row.format) > FORMAT:
            return f"the database is of format {row.format}"
        if row.entry is not None:
            return f"an entry {row.entry} in its journal"
        return None if row.due is None else f"a due point {row.due}"


def _spelled(kinds: Iterable[str]) -> list[object]:
    # Written out: the kinds are names of ours, and the statement stays one for the server.
    return [literal_column("'" + kind.replace("'", "''") + "'") for kind in sorted(kinds)]
