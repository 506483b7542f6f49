"""Putting rows into the outbox, where a newer picture replaces an unsent one.

A row never stands before what it needs: so the oldest unfinished row of all can always go, and
nothing waits for ever, whatever its stream. See `store.write.claim`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields

from sqlalchemy import Connection, bindparam, insert, select, update
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from store.db import is_sqlite
from store.errors import NeedUnknown
from store.json_text import Json
from store.outbox_rows import NewRow, in_state
from store.tables import outbox

LATEST_ONLY = "latest_only"
_NAMES = tuple(column.name for column in fields(NewRow))


@dataclass(slots=True)
class _Sorted:
    """What becomes of each new row: inserted, put in another's place, or replaced at once."""

    fresh: list[NewRow] = field(default_factory=list)
    places: list[tuple[int, str, NewRow]] = field(default_factory=list)
    replaced: list[NewRow] = field(default_factory=list)


def enqueue(conn: Connection, rows: Iterable[NewRow]) -> tuple[str, ...]:
    """Put rows into the outbox in this order; a key that is there already changes nothing.

    A latest-only row takes the place of the unsent row of its slot, which stays on record as
    replaced. One that is being sent is left alone, and the newer row follows it.

    Returns:
        The keys that were new.

    Raises:
        NeedUnknown: when a row waits for a key that neither stands in the outbox nor comes along,
            or for itself by way of others.
    """
    coming = tuple(rows)
    if not coming:
        return ()
    known = _known(conn, coming)
    new = _first_of_each_key(coming, known)
    _check_needs(new, known)
    found = _sort(new, _waiting_slots(conn, new))
    for row_id, old_key, row in found.places:
        _take_place(conn, row_id, old_key, row)
    values = [_values(row, "pending") for row in found.fresh]
    values += [_values(row, "replaced") for row in found.replaced]
    if values:
        conn.execute(_INSERT_SQLITE if is_sqlite(conn) else _INSERT_POSTGRES, values)
    return tuple(row.key for row in new)


def enqueue_first(conn: Connection, rows: Iterable[NewRow]) -> None:
    """Put the first rows of a ticket that is new in this transaction into the outbox, in order.

    Raises:
        NeedUnknown: when a row waits for a key that does not come along.
    """
    new = _first_of_each_key(tuple(rows), set())
    _check_needs(new, set())
    found = _sort(new, {})
    values = [_values(row, "pending") for row in found.fresh]
    values += [_values(row, "replaced") for row in found.replaced]
    if values:
        conn.execute(insert(outbox), values)


def _known(conn: Connection, rows: Sequence[NewRow]) -> set[str]:
    asked = {row.key for row in rows}.union(*(row.needs for row in rows))
    return set(conn.execute(_KNOWN, {"keys": sorted(asked)}).scalars())


def _first_of_each_key(rows: Sequence[NewRow], known: set[str]) -> tuple[NewRow, ...]:
    new: dict[str, NewRow] = {}
    for row in rows:
        if row.key not in known:
            new.setdefault(row.key, row)
    return tuple(new.values())


def _check_needs(new: Sequence[NewRow], known: set[str]) -> None:
    there = known | {row.key for row in new}
    for row in new:
        missing = [key for key in row.needs if key not in there]
        if missing:
            raise NeedUnknown(f"{row.key} waits for {missing[0]}, which nobody has enqueued.")


def _behind_their_needs(rows: Sequence[NewRow]) -> list[NewRow]:
    """Return rows with each behind those beside it that it needs, and else as they came.

    Raises:
        NeedUnknown: when rows wait for each other.
    """
    missing = {row.key for row in rows}
    ordered: list[NewRow] = []
    waiting = list(rows)
    while waiting:
        free = [row for row in waiting if missing.isdisjoint(row.needs)]
        if not free:
            raise NeedUnknown(f"{waiting[0].key} and {waiting[-1].key} wait for each other.")
        # One after the other, so that what is not held up keeps its place.
        first = free[0]
        ordered.append(first)
        missing.discard(first.key)
        waiting.remove(first)
    return ordered


def _waiting_slots(conn: Connection, new: Sequence[NewRow]) -> dict[tuple[str, str], Json]:
    slots = sorted({row.slot for row in new if row.surface == LATEST_ONLY and row.slot})
    if not slots:
        return {}
    query = _SLOTS if is_sqlite(conn) else _SLOTS_LOCKED
    waiting: dict[tuple[str, str], Json] = {}
    for row in conn.execute(query, {"slots": slots}).all():
        slot = (row.team_id, row.slot)
        # A place may be too early for what the newer row needs; and of a slot with two, given back
        # while a newer one was coming in, only the first place is kept.
        needs = {key for each in new if (each.team_id, each.slot) == slot for key in each.needs}
        if not needs <= set(row.needs) or waiting.setdefault(slot, row) is not row:
            conn.execute(update(outbox).where(outbox.c.id == row.id).values(state="replaced"))
    return waiting


def _sort(new: Sequence[NewRow], waiting: dict[tuple[str, str], Json]) -> _Sorted:
    found = _Sorted()
    in_place: dict[tuple[str, str], int] = {}
    in_batch: dict[tuple[str, str], int] = {}
    for row in new:
        slot = (row.team_id, row.slot) if row.surface == LATEST_ONLY and row.slot else None
        if slot is None:
            found.fresh.append(row)
        elif slot in in_batch:
            found.replaced.append(found.fresh[in_batch[slot]])
            found.fresh[in_batch[slot]] = row
        elif slot in in_place:
            row_id, old_key, older = found.places[in_place[slot]]
            found.replaced.append(older)
            found.places[in_place[slot]] = (row_id, old_key, row)
        elif slot in waiting:
            in_place[slot] = len(found.places)
            found.places.append((waiting[slot].id, waiting[slot].key, row))
        else:
            in_batch[slot] = len(found.fresh)
            found.fresh.append(row)
    found.fresh = _behind_their_needs(found.fresh)
    return found


def _take_place(conn: Connection, row_id: int, old_key: str, row: NewRow) -> None:
    # The place in the order is the row's id: so the new words move in, and the old ones move out
    # to a row of their own, where their key still says that they were asked for.
    old = dict(conn.execute(_WHOLE, {"of": row_id}).mappings().one())
    del old["id"]
    conn.execute(update(outbox).where(outbox.c.id == row_id).values(_values(row, "pending")))
    insert = _INSERT_SQLITE if is_sqlite(conn) else _INSERT_POSTGRES
    conn.execute(insert, [old | {"key": old_key, "state": "replaced"}])


def _values(row: NewRow, state: str) -> dict[str, Json]:
    values: dict[str, Json] = {name: getattr(row, name) for name in _NAMES}
    values["needs"] = list(row.needs)
    return values | {
        "payload": dict(row.payload),
        "state": state,
        "attempts": 0,
        "lease_until": None,
        "claimed_by": None,
        "first_sent_at": None,
        "last_sent_at": None,
        "result": None,
        "last_error": None,
    }


_KNOWN = select(outbox.c.key).where(outbox.c.key.in_(bindparam("keys", expanding=True)))
_SLOTS = (
    select(outbox.c.id, outbox.c.team_id, outbox.c.slot, outbox.c.key, outbox.c.needs)
    .where(
        outbox.c.slot.in_(bindparam("slots", expanding=True)),
        in_state(outbox, "pending"),
        outbox.c.surface == LATEST_ONLY,
        outbox.c.result.is_(None),  # one that was sent already is only to be reported
    )
    .order_by(outbox.c.id)
)
_SLOTS_LOCKED = _SLOTS.with_for_update()
_WHOLE = select(outbox).where(outbox.c.id == bindparam("of"))
_INSERT_SQLITE = sqlite_insert(outbox).on_conflict_do_nothing(index_elements=["key"])
_INSERT_POSTGRES = postgres_insert(outbox).on_conflict_do_nothing(index_elements=["key"])
