"""Very many tickets: copies of one real ticket, and of what lists keep of it, made in SQL."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, text

from store.db import Database, is_sqlite
from store.tables import ticket

FIRST = 2_000
PATTERN = "BW-1001"
TEAMS = ("Technical Support", "Channel Finance", "Channel Operations", "Platform Operations")
_NUMBERS = {
    True: "WITH RECURSIVE n(i) AS (SELECT :first UNION ALL SELECT i + 1 FROM n WHERE i < :last)",
    False: "WITH n(i) AS (SELECT generate_series(CAST(:first AS bigint), CAST(:last AS bigint)))",
}
_OURS = "CASE i % 4 WHEN 0 THEN '{}' WHEN 1 THEN '{}' WHEN 2 THEN '{}' ELSE '{}' END".format(*TEAMS)


class Copies:
    """Writes copies of the one ticket that a database holds.

    Args:
        database: Where it is.
        now: Business time: the open ones' clocks are spread around it.
    """

    def __init__(self, database: Database, now: datetime) -> None:
        self._database = database
        self._now = now

    def write(self, tickets: int, open_ones: int) -> None:
        """Write this many tickets, of which the newest are open."""
        last, first_open = FIRST + tickets - 1, FIRST + tickets - open_ones
        with self._database.write() as conn:
            at = {"first": FIRST, "last": last, "open": first_open}
            conn.execute(text(_ticket(conn)), at)
            # Written in the order of its key, and its other index made after it.
            conn.execute(text("DROP INDEX ix_ticket_word_reference"))
            conn.execute(text(_words(conn)), {"first": FIRST, "last": last})
            conn.execute(text("CREATE INDEX ix_ticket_word_reference ON ticket_word (reference)"))
            among = {"first": first_open, "last": last}
            conn.execute(text(_queue(conn)), among)
            conn.execute(text(_people(conn)), among)
        with self._database.write() as conn:
            conn.execute(text("ANALYZE"))


def _ticket(conn: Connection) -> str:
    given = {
        "reference": "'BW-' || i",
        "number": "i",
        "open": "i >= :open",
        "body": _renamed(conn, "body"),
        "opened_at": _later(conn, "opened_at", "(i - :last) * 20"),
    }
    names = [each.name for each in ticket.c]
    values = ", ".join(given.get(name, name) for name in names)
    return _insert(
        conn, "ticket", ", ".join(names), f"{values} FROM ticket, n", f"reference = '{PATTERN}'"
    )


def _queue(conn: Connection) -> str:
    minutes = "((i * 104729) % 20000 - 1000)"
    given = {
        "reference": "'BW-' || i",
        "number": "i",
        "team": _OURS,
        "owner": "'agent-' || (i % 40)",
        "key": "(i * 7919) % 160",
        "since_at": _later(conn, "since_at", "(i - :last) * 20"),
        "near_at": _later(conn, "since_at", f"{minutes} * 60 - 3600"),
        "nearer_at": _later(conn, "since_at", f"{minutes} * 60 - 1440"),
        "breach_at": _later(conn, "since_at", f"{minutes} * 60"),
        "value": _renamed(conn, "value"),
        "version": "version",
        "behind": "CASE WHEN i % 50 = 0 THEN 0 ELSE 1 END",
    }
    return _insert(
        conn, "queue", ", ".join(given), f"{', '.join(given.values())} FROM queue, n",
        f"reference = '{PATTERN}'",
    )  # fmt: skip


def _people(conn: Connection) -> str:
    person = "CASE WHEN i % 100 = 0 THEN 'csm-one' ELSE 'agent-' || (i % 40) END"
    return _insert(conn, "on_ticket", "person, reference", f"{person}, 'BW-' || i FROM n", "")


def _words(conn: Connection) -> str:
    kinds = ", ".join(f"({kind})" for kind in range(8))
    word = (
        "CASE kind WHEN 0 THEN CAST(i AS TEXT) WHEN 1 THEN 'acme' WHEN 2 THEN "
        "CASE WHEN i % 5 = 0 THEN 'payment' ELSE 'report' END "
        "ELSE 'w' || ((i * 7919 + kind * 104729) % 5000) END"
    )
    rows = f"{word} AS word, i, 'BW-' || i FROM n, (VALUES {kinds}) AS k"
    if is_sqlite(conn):
        rows = rows.replace(" AS k", "").replace("kind", "column1")
    else:
        rows = rows.replace(" AS k", " AS k(kind)")
    query = _insert(conn, "ticket_word", "word, number, reference", f"DISTINCT {rows}", "")
    return f"{query} ORDER BY 1, 2"


def _insert(conn: Connection, table: str, names: str, rows: str, where: str) -> str:
    condition = f" WHERE {where}" if where else ""
    return f"INSERT INTO {table} ({names}) {_NUMBERS[is_sqlite(conn)]} SELECT {rows}{condition}"


def _renamed(conn: Connection, column: str) -> str:
    if is_sqlite(conn):
        return f"replace({column}, '{PATTERN}', 'BW-' || i)"
    return f"CAST(replace(CAST({column} AS text), '{PATTERN}', 'BW-' || i) AS json)"


def _later(conn: Connection, column: str, seconds: str) -> str:
    if is_sqlite(conn):
        return f"{column} + ({seconds}) * 1000000"
    return f"{column} + ({seconds}) * interval '1 second'"
