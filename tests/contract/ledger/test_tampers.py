"""Whatever is done to the database: the check ends with an answer, and the answer says what.

Proves: T25, F36.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import Connection

from bot.engine.proof import proof
from bot.evidence.noting import note
from store.journal_rows import digest
from store.json_text import canonical, from_json
from store.read.verification import verify
from store.tables import on_ticket, queue, ticket_word
from tests.contract.ledger.tampering import Tamper, edits, found, garbage, sql

pytestmark = pytest.mark.slow

SILENT = {
    "journal": {"id"},
    "ticket": {"updated_at", "version"},
    "record": {"updated_at", "version"},
    "step": {
        "id", "created_at", "settled_at",
    },
    "outbox": {
        "id", "state", "attempts", "next_try_at", "lease_until", "claimed_by", "first_sent_at",
        "last_sent_at", "result", "last_error",
    },
    "seen": {"key", "at", "reference"},
    "person": {"slack_id", "team_id", "email", "name", "zone", "kind", "checked_at"},
    "swap": {"key"},
    "posted": {"key"},
    "policy": {"first_used_at", "schema"},
    "meta": {"name", "value"},
    "account": {"key", "name", "kind", "active", "source", "place", "body", "revision"},
    "contact": {
        "account_key", "place", "name", "email", "phone", "security", "slack", "role",
    },
    "staff": {"key", "name", "email", "active", "source", "place", "body", "revision"},
    "resolution_team": {"key", "name", "active", "source", "place", "channel"},
    # What lists read is made of the tickets, and is made anew.
    "queue": {column.name for column in queue.columns},
    "on_ticket": {column.name for column in on_ticket.columns},
    "ticket_word": {column.name for column in ticket_word.columns},
    "directory_import": {"id", "file", "digest", "at", "summary"},
    # That of tickets shows, by an act of its own; that of the directory counts for nothing.
    "counter": {"name", "value"},
}  # fmt: skip
"""Columns of which an edit does not show, as SECURITY.md says: they are no record."""

CUT = "DELETE FROM journal WHERE chain = 'BW-1002' AND seq > 3"
OF_1002 = {
    "ticket": "DELETE FROM ticket WHERE reference = 'BW-1002'",
    "journal": "DELETE FROM journal WHERE chain = 'BW-1002'",
    "chain": "DELETE FROM chain WHERE name = 'BW-1002'",
    "step": "DELETE FROM step WHERE reference = 'BW-1002'",
    "outbox": "DELETE FROM outbox WHERE reference = 'BW-1002'",
    "counter": "UPDATE counter SET value = value - 1",
}
COPIED = (
    "INSERT INTO {0} ({1}) SELECT {2} FROM {0} WHERE {3} = 'BW-1002'"
    " AND id = (SELECT max(id) FROM {0} WHERE {3} = 'BW-1002')"
)
JOURNAL = (
    "team_id, chain, seq, kind, at, actor, header, payload, payload_digest, previous_hash, hash"
)
STEP = "reference, key, kind, due_at, state, created_at, settled_at, value"

ACTS = {
    "an entry is deleted": "DELETE FROM journal WHERE chain = 'BW-1001' AND seq = 2",
    "the first entry is deleted": "DELETE FROM journal WHERE chain = 'BW-1001' AND seq = 1",
    "the last entries are cut off": CUT,
    "every entry is deleted": "DELETE FROM journal",
    "a chain is deleted": OF_1002["journal"],
    "the end of a chain is deleted": OF_1002["chain"],
    "every end is deleted": "DELETE FROM chain",
    "an end is set back": "UPDATE chain SET seq = 1 WHERE name = 'BW-1001'",
    "an entry is copied behind the last": COPIED.format(
        "journal", JOURNAL, JOURNAL.replace("seq", "seq + 1"), "chain"
    ),
    "an entry is copied far behind": COPIED.format(
        "journal", JOURNAL, JOURNAL.replace("seq", "seq + 9"), "chain"
    ),
    "an entry is moved to another chain": "UPDATE journal SET chain = 'BW-1001', seq = 9999"
    " WHERE chain = 'BW-1002' AND seq = 2",
    "chains change names": "UPDATE journal SET chain = CASE chain WHEN 'BW-1001' THEN 'BW-1002'"
    " ELSE 'BW-1001' END, seq = seq + 5000 WHERE chain <> 'desk'",
    "a payload is erased in silence": "UPDATE journal SET payload = NULL WHERE seq = 3",
    "a ticket's row is deleted": OF_1002["ticket"],
    "every ticket's row is deleted": "DELETE FROM ticket",
    "the counter is set back": OF_1002["counter"],
    "the counter is deleted": "DELETE FROM counter",
    "the counter is set forward": "UPDATE counter SET value = value + 3",
    "all that waits is set to done": "UPDATE step SET state = 'done' WHERE state = 'pending'",
    "what was done waits again": "UPDATE step SET state = 'pending' WHERE state = 'done'",
    "a due point that was done is deleted": "DELETE FROM step WHERE state = 'done'",
}
FEWEST = 20
LONG_AFTER = datetime(2036, 1, 1, tzinfo=UTC)
"""Acts of one statement each, all of which show."""


@pytest.mark.parametrize("name", ACTS)
def test_an_act_shows(desk: Connection, name: str) -> None:
    assert found(desk, Tamper(name, sql(ACTS[name]))) not in ((), None)


def test_an_edit_of_any_column_shows_but_where_it_is_said_not_to(desk: Connection) -> None:
    note(desk, LONG_AFTER, team_id="T0VENDOR01", drill=True)
    silent = {each.name for each in edits() if found(desk, each) == ()}
    allowed = {f"{table}.{column}" for table, columns in SILENT.items() for column in columns}
    assert silent - allowed == set()


def test_whatever_stands_in_a_column_the_check_ends(desk: Connection) -> None:
    note(desk, LONG_AFTER, team_id="T0VENDOR01", drill=True)
    assert len([each for each in garbage(1) if found(desk, each)]) > FEWEST


@pytest.mark.full
def test_whatever_stands_in_any_column_the_check_ends(desk: Connection) -> None:
    note(desk, LONG_AFTER, team_id="T0VENDOR01", drill=True)
    assert len([each for each in garbage() if found(desk, each)]) > FEWEST


def test_a_desk_that_nobody_touched_is_sound(desk: Connection) -> None:
    assert (verify(desk).flaws, proof(desk).flaws) == ((), [])


WAITS = "UPDATE step SET {} WHERE state = 'pending'"


@pytest.mark.parametrize(
    "act", [WAITS.format("state = 'cancelled'"), "DELETE FROM step WHERE state = 'pending'"]
)
def test_what_is_owed_and_does_not_wait_is_named(desk: Connection, act: str) -> None:
    assert proof(desk).owed == []
    sql(act)(desk)
    assert [each for each in proof(desk).owed if each.startswith("BW-1001 ")] != []


def test_everything_that_is_wrong_is_named(desk: Connection) -> None:
    acts = ("an entry is deleted", "a ticket's row is deleted", "the counter is set forward")

    def all_of_them(conn: Connection) -> None:
        for name in acts:
            sql(ACTS[name])(conn)

    named = {each.chain for each in found(desk, Tamper("all", all_of_them)) or ()}
    assert {"BW-1001", "BW-1002", "BW-1003", "BW-1004", "BW-1005"} <= named


@pytest.mark.parametrize("left", sorted(OF_1002))
def test_a_ticket_shows_by_each_thing_that_is_left_of_it(desk: Connection, left: str) -> None:
    def take_the_rest(conn: Connection) -> None:
        for name, statement in OF_1002.items():
            if name != left:
                sql(statement)(conn)

    assert found(desk, Tamper(left, take_the_rest))


def forged(conn: Connection, change: Callable[[dict[str, object]], object]) -> None:
    """Hash a chain anew from its second entry on, with another header there."""
    rows = conn.exec_driver_sql(
        "SELECT id, header FROM journal WHERE chain = 'BW-1001' AND seq > 1 ORDER BY seq"
    ).all()
    previous = ""
    for number, row in enumerate(rows):
        header = from_json(row.header)
        if number == 0:
            change(header)
        header["previous_hash"] = previous or header["previous_hash"]
        text = canonical(header)
        previous = digest(text)
        sql(
            "UPDATE journal SET header = :header, hash = :hash, previous_hash = :previous,"
            " actor = :actor WHERE id = :id",
            header=text, hash=previous, previous=header["previous_hash"],
            actor=header["actor"], id=row.id,
        )(conn)  # fmt: skip
    sql("UPDATE chain SET hash = :hash WHERE name = 'BW-1001'", hash=previous)(conn)


def test_a_chain_hashed_anew_under_another_author_shows(desk: Connection) -> None:
    act = Tamper("forged", lambda conn: forged(conn, lambda header: header.update(actor="else")))
    assert found(desk, act)
