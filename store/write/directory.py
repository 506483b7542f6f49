"""Who is who is written: only what changed, under the next revision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, Table, bindparam, delete, insert
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from protocols.people.directory import Account, Person, Team
from protocols.people.taking_in import Listed, TakingIn
from store import codec
from store.db import is_sqlite
from store.read.directory import REVISION
from store.tables import account, contact, counter, directory_import, resolution_team, staff


def hold(conn: Connection) -> None:
    """Have whoever else would change who is who wait until this is made: look after it."""
    made = postgres_insert(counter) if not is_sqlite(conn) else sqlite_insert(counter)
    held = made.on_conflict_do_update(index_elements=["name"], set_={"value": counter.c.value})
    conn.execute(held, {"name": REVISION, "value": 0})


def next_revision(conn: Connection) -> int:
    """Return the number of a change, of which the caller holds who is who."""
    made = postgres_insert(counter) if not is_sqlite(conn) else sqlite_insert(counter)
    raised = made.on_conflict_do_update(
        index_elements=["name"], set_={"value": counter.c.value + 1}
    ).returning(counter.c.value)
    number: int = conn.execute(raised, {"name": REVISION, "value": 1}).scalar_one()
    return number


def put(conn: Connection, taken: TakingIn, revision: int) -> None:
    """Write what changed."""
    accounts = taken.accounts.written
    _upsert(conn, account, [_account(each, revision) for each in accounts])
    if taken.accounts.changed:
        changed = [{"of": each.value.key} for _, each in taken.accounts.changed]
        conn.execute(delete(contact).where(contact.c.account_key == bindparam("of")), changed)
    fresh = (*taken.accounts.added, *(after for _, after in taken.accounts.changed))
    if contacts := [row for each in fresh for row in _contacts(each.value)]:
        conn.execute(insert(contact), contacts)
    people = [
        {**_kept(each), "email": each.value.email, "revision": revision,
         "body": codec.encode(each.value)}
        for each in taken.people.written
    ]  # fmt: skip
    _upsert(conn, staff, people)
    teams = [{**_kept(each), "channel": each.value.channel} for each in taken.teams.written]
    _upsert(conn, resolution_team, teams)


def note_import(
    conn: Connection, file: str, digest: str, at: datetime, summary: Mapping[str, object]
) -> None:
    """Keep that a file was taken in."""
    row = {"file": file, "digest": digest, "at": at, "summary": dict(summary)}
    conn.execute(insert(directory_import), row)


def _account(held: Listed[Account], revision: int) -> dict[str, object]:
    value = held.value
    body = codec.encode(replace(value, contacts=()))
    return {**_kept(held), "kind": value.kind.value, "body": body, "revision": revision}


def _kept(held: Listed[Account] | Listed[Person] | Listed[Team]) -> dict[str, object]:
    return {
        "key": held.value.key,
        "name": held.value.name,
        "active": held.active,
        "source": held.source,
        "place": held.place,
    }


def _contacts(value: Account) -> Iterable[dict[str, object]]:
    for place, each in enumerate(value.contacts):
        yield {
            "account_key": value.key,
            "place": place,
            "name": each.name,
            "email": each.email,
            "phone": each.phone,
            "security": each.security,
            "slack": each.slack,
            "role": each.role.value,
        }


def _upsert(conn: Connection, table: Table, rows: list[dict[str, object]]) -> None:
    if not rows:
        return
    made = sqlite_insert(table) if is_sqlite(conn) else postgres_insert(table)
    others = {name: made.excluded[name] for name in table.c.keys() if name != "key"}  # noqa: SIM118
    conn.execute(made.on_conflict_do_update(index_elements=["key"], set_=others), rows)
