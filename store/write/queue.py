"""What lists read of a ticket is written, in the transaction that changes it, where it differs."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, Table, bindparam, delete
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from protocols.queue.listed import InLists
from protocols.queue.queued import Queued
from store import codec
from store.db import is_sqlite
from store.tables import on_ticket, queue, ticket_word


def write(
    conn: Connection, reference: str, was: InLists, now: InLists, *, number: int, version: int
) -> None:
    """Write what lists read of a ticket, where it is another than it was.

    Args:
        conn: a writing connection; the caller holds the ticket's row.
        reference: the ticket.
        was: what is kept of it.
        now: what is to be kept.
        number: the ticket's.
        version: the ticket's, as it stands now.
    """
    if now.queued != was.queued:
        _put_queued(conn, reference, now.queued, version)
    if now.people != was.people:
        gone = [{"of": each, "ref": reference} for each in sorted(was.people - now.people)]
        fresh = [
            {"person": each, "reference": reference} for each in _fresh(was.people, now.people)
        ]
        _change(conn, _OFF, gone, on_ticket, fresh)
    if now.words != was.words:
        lost = [{"of": each, "ref": reference} for each in sorted(was.words - now.words)]
        found = [
            {"word": each, "number": number, "reference": reference}
            for each in _fresh(was.words, now.words)
        ]
        _change(conn, _UNSAY, lost, ticket_word, found)


def _fresh(was: Iterable[str], now: Iterable[str]) -> list[str]:
    return sorted({*now} - {*was})


def _put_queued(conn: Connection, reference: str, entry: Queued | None, version: int) -> None:
    if entry is None:
        conn.execute(_LEAVES, {"ref": reference})
        return
    conn.execute(_PUT_SQLITE if is_sqlite(conn) else _PUT_POSTGRES, _row(entry, version))


def _row(entry: Queued, version: int) -> dict[str, object]:
    clock = entry.clock
    return {
        "reference": entry.reference,
        "version": version,
        "team": entry.team,
        "owner": entry.owner,
        "behind": int(entry.is_behind),
        "key": entry.key,
        "since_at": entry.since_at,
        "number": entry.number,
        "near_at": clock.near_at if clock is not None else None,
        "nearer_at": clock.nearer_at if clock is not None else None,
        "breach_at": clock.breach_at if clock is not None else None,
        "value": codec.encode(entry),
    }


def _change(
    conn: Connection,
    without: object,
    gone: list[dict[str, str]],
    table: Table,
    fresh: list[dict[str, object]] | list[dict[str, str]],
) -> None:
    if gone:
        conn.execute(without, gone)  # type: ignore[call-overload]
    if fresh:
        make = sqlite_insert if is_sqlite(conn) else postgres_insert
        conn.execute(make(table).on_conflict_do_nothing(), fresh)


_NAMES = tuple(each.name for each in queue.c if each.name != "reference")
_SQLITE, _POSTGRES = sqlite_insert(queue), postgres_insert(queue)
_PUT_SQLITE = _SQLITE.on_conflict_do_update(
    index_elements=["reference"], set_={name: _SQLITE.excluded[name] for name in _NAMES}
)
_PUT_POSTGRES = _POSTGRES.on_conflict_do_update(
    index_elements=["reference"], set_={name: _POSTGRES.excluded[name] for name in _NAMES}
)
_LEAVES = delete(queue).where(queue.c.reference == bindparam("ref"))
_OFF = delete(on_ticket).where(
    on_ticket.c.person == bindparam("of"), on_ticket.c.reference == bindparam("ref")
)
_UNSAY = delete(ticket_word).where(
    ticket_word.c.word == bindparam("of"), ticket_word.c.reference == bindparam("ref")
)
