"""What other systems know of accounts, as it is kept."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import Connection, bindparam, select, tuple_

from protocols.program_records.events import DealingKind, ProgramRecord
from protocols.program_records.taking import Key, key_of
from store import codec
from store.program_tables import program_record
from store.tables import account

MOST_AT_ONCE = 500
"""So many are asked for in one question."""


def recent(conn: Connection, account_key: str, *, limit: int) -> Sequence[ProgramRecord]:
    """Return an account's records, what was said last first.

    Raises:
        CodecError: A newer process keeps of one of them what is not known here.
    """
    rows = conn.execute(_RECENT, {"of": account_key, "most": limit})
    return [codec.decode(ProgramRecord, row.body) for row in rows]


def of_ticket(
    conn: Connection, account_key: str, names: Iterable[tuple[DealingKind, str]]
) -> Sequence[ProgramRecord]:
    """Return some records of an account by their names, as they are known now."""
    found = held(conn, [(account_key, *name) for name in names])
    return list(found.values())


def held(conn: Connection, keys: Collection[Key]) -> dict[Key, ProgramRecord]:
    """Return what is known of these records."""
    found: dict[Key, ProgramRecord] = {}
    wanted = sorted((account_key, kind.value, number) for account_key, kind, number in keys)
    for begin in range(0, len(wanted), MOST_AT_ONCE):
        rows = conn.execute(_KEYED, {"of": wanted[begin : begin + MOST_AT_ONCE]})
        known = (codec.decode(ProgramRecord, row.body) for row in rows)
        found |= {key_of(each): each for each in known}
    return found


def unknown_accounts(conn: Connection, keys: Collection[str]) -> set[str]:
    """Return those of some keys that no account has."""
    left, named = {*keys}, sorted(keys)
    for begin in range(0, len(named), MOST_AT_ONCE):
        left -= {*conn.execute(_ACCOUNTS, {"of": named[begin : begin + MOST_AT_ONCE]}).scalars()}
    return left


_BY_AGE = (program_record.c.as_of.desc(), program_record.c.kind, program_record.c.number)
_RECENT = (
    select(program_record.c.body)
    .where(program_record.c.account_key == bindparam("of"))
    .order_by(*_BY_AGE)
    .limit(bindparam("most"))
)
_KEYED = select(program_record.c.body).where(
    tuple_(program_record.c.account_key, program_record.c.kind, program_record.c.number).in_(
        bindparam("of", expanding=True)
    )
)
_ACCOUNTS = select(account.c.key).where(account.c.key.in_(bindparam("of", expanding=True)))
