"""What must agree with the chains: rows of records, the numbers given, what lies beside a record.

It asks for keys alone, whatever the other columns hold.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Set

from sqlalchemy import Connection, Table, select

from store.journal_rows import DESK
from store.read.flaws import Flaw
from store.read.raw_rows import raw
from store.tables import counter, outbox, policy, record, step, ticket
from store.write.records import FIRST_NUMBER


def of_records(conn: Connection, chains: Set[str]) -> Iterator[Flaw]:
    """Find what is wrong between the chains and everything else.

    Args:
        conn: A reading connection.
        chains: The names of the chains whose ends are noted.
    """
    tickets = {
        str(row.reference): row.number
        for row in conn.execute(raw((ticket.c.reference, ticket.c.number)))
    }
    others = set(map(str, conn.execute(select(record.c.reference)).scalars()))
    yield from _without_chain(tickets, others, chains)
    yield from _without_row(chains - others - tickets.keys() - {DESK})
    yield from _numbers(conn, tickets)
    yield from _policies(conn)
    known = {*tickets, *others}
    yield from _alone(conn, step, known, "a due point is there, but the record is not")
    yield from _alone(conn, outbox, known, "words are there, but the record is not")


def _without_chain(
    tickets: Mapping[str, object], others: Set[str], chains: Set[str]
) -> Iterator[Flaw]:
    for name in sorted(tickets):
        if name.rpartition("-")[2] != str(tickets[name]):
            yield Flaw(name, None, "the ticket's number differs from its reference")
        if name not in chains:
            yield Flaw(name, 1, "the ticket has no chain")
    for name in sorted(others - chains):
        yield Flaw(name, 1, "the record has no chain")


def _without_row(chains: Set[str]) -> Iterator[Flaw]:
    for name in sorted(chains):
        kind = "ticket" if name.rpartition("-")[2].isdigit() else "record"
        yield Flaw(name, None, f"the chain's {kind} is missing")


def _numbers(conn: Connection, tickets: Mapping[str, object]) -> Iterator[Flaw]:
    present: dict[str, set[int]] = {}
    for name in tickets:
        prefix, _, number = name.rpartition("-")
        if number.isdecimal():
            present.setdefault(prefix, set()).add(int(number))
    counters = {str(row.name): row.value for row in conn.execute(raw(counter.c))}
    for prefix in sorted({*counters, *present}):
        given = counters.get(prefix, FIRST_NUMBER - 1)
        there = present.get(prefix, set())
        if not isinstance(given, int):
            yield Flaw(prefix, None, "how many numbers were given cannot be read")
            continue
        for lacking in sorted(set(_given(given, there)) - there):
            yield Flaw(f"{prefix}-{lacking}", None, "the ticket is missing")
        for beyond in sorted(one for one in there if not FIRST_NUMBER <= one <= given):
            yield Flaw(f"{prefix}-{beyond}", None, "the ticket's number was never given")


_MOST_MISSING = 10_000


def _given(last: int, there: Set[int]) -> range:
    """Return the numbers that were given; of a count beyond belief only the first of what lacks."""
    return range(FIRST_NUMBER, min(last, FIRST_NUMBER + len(there) + _MOST_MISSING) + 1)


def _policies(conn: Connection) -> Iterator[Flaw]:
    kept = {str(row.version): row.body for row in conn.execute(raw(policy.c))}
    for version, body in sorted(kept.items()):
        named = hashlib.sha256(str(body).encode("utf-8", "replace")).hexdigest()
        if named[:DIGITS] != version:
            yield Flaw(f"policy {version}", None, "its body is not the one that it is named after")


DIGITS = 12
"""So many digits of its body's digest name a policy."""


def _alone(conn: Connection, table: Table, known: Set[str], reason: str) -> Iterator[Flaw]:
    query = select(table.c.reference).where(table.c.reference.is_not(None)).distinct()
    found = set(map(str, conn.execute(query).scalars()))
    yield from (Flaw(name, None, reason) for name in sorted(found - known))
