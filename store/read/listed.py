"""What lists keep of some tickets, to be compared with what follows from the tickets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from sqlalchemy import Column, Connection, select

from protocols.queue.listed import InLists
from protocols.queue.queued import Queued
from store import codec
from store.codec_errors import CodecError, FromNewer
from store.tables import on_ticket, queue, ticket, ticket_word
from store.ticket_rows import WHOLE, TicketRow, row_of

Kept: TypeAlias = Mapping[str, InLists | None]
"""What lists keep of tickets, by reference; None where a newer process wrote it."""


def kept(conn: Connection, references: Sequence[str]) -> Kept:
    """Return what lists keep of each ticket."""
    people = _named(conn, references, on_ticket.c.reference, on_ticket.c.person)
    words = _named(conn, references, ticket_word.c.reference, ticket_word.c.word)
    found: dict[str, InLists | None] = {
        each: InLists(None, frozenset(people[each]), frozenset(words[each])) for each in references
    }
    rows = select(queue.c.reference, queue.c.value).where(queue.c.reference.in_(references))
    for reference, value in conn.execute(rows):
        held = frozenset(people[reference]), frozenset(words[reference])
        try:
            found[reference] = InLists(codec.decode(Queued, value), *held)
        except FromNewer:
            found[reference] = None
        except CodecError:
            # An older process wrote it, without what came since: it is written anew.
            found[reference] = InLists(None, *held)
    return found


def open_or_listed(conn: Connection) -> tuple[str, ...]:
    """Return the tickets that are open, and those that lists hold for open."""
    found = {*conn.execute(select(ticket.c.reference).where(ticket.c.open)).scalars()}
    for table in (queue, on_ticket):
        found |= {*conn.execute(select(table.c.reference).distinct()).scalars()}
    return tuple(sorted(found))


def after(conn: Connection, reference: str, limit: int) -> tuple[str, ...]:
    """Return the next references of all tickets, open or closed."""
    query = select(ticket.c.reference).where(ticket.c.reference > reference)
    return tuple(conn.execute(query.order_by(ticket.c.reference).limit(limit)).scalars())


def rows(conn: Connection, references: Sequence[str]) -> tuple[TicketRow, ...]:
    """Return tickets by their references."""
    query = WHOLE.where(ticket.c.reference.in_(references))
    return tuple(row_of(found) for found in conn.execute(query))


def _named(
    conn: Connection, references: Sequence[str], reference: Column[str], name: Column[str]
) -> defaultdict[str, list[str]]:
    found = defaultdict[str, list[str]](list)
    for key, value in conn.execute(select(reference, name).where(reference.in_(references))):
        found[key].append(value)
    return found
