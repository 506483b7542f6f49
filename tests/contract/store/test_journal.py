"""The journal: append-only, chained, and whatever is done to it shows.

Proves: T25, F36.
"""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from sqlalchemy import Connection, insert, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from store.db import Database
from store.errors import JournalBroken
from store.journal_rows import GENESIS, Entry, Head, Written, digest
from store.json_text import canonical, from_json
from store.read import chains
from store.read.verification import Flaw, Noted, Report, verify
from store.tables import record
from store.write import journal
from tests.contract.store.samples import NOON, TEAM, entry, later, open_ticket

REFUSED = "append-only|P0001"
"""The trigger's own words; on PostgreSQL its code alone, for its words might hold values."""


def write(database: Database, chain: str, *entries: Entry) -> tuple[Written, ...]:
    with database.write() as conn:
        return journal.append(conn, chain, entries, team_id=TEAM, drill=False)


def verified(database: Database, chain: str | None = None) -> Report:
    with database.read() as conn:
        return verify(conn, chain)


def test_facts_come_back_in_order_as_they_were_written(database: Database) -> None:
    given = write(database, "c", entry(1, text="a\x00b\ud800é"), entry(2))
    with database.read() as conn:
        assert chains.load(conn, "c") == given
    assert [one.seq for one in given] == [1, 2]


def test_a_chain_that_was_begun_goes_on_like_any_other(database: Database) -> None:
    with database.write() as conn:
        journal.begin(conn, "BW-1001", [entry(1), entry(2)], team_id=TEAM, drill=False)
    with database.write() as conn:
        journal.append(conn, "BW-1001", [entry(3)], team_id=TEAM, drill=False)
        written = chains.load(conn, "BW-1001")
    assert [fact.seq for fact in written] == [1, 2, 3]
    assert written[2].previous_hash == written[1].hash


def test_a_chain_is_begun_once(database: Database) -> None:
    with database.write() as conn:
        journal.begin(conn, "BW-1001", [entry(3)], team_id=TEAM, drill=False)
    with pytest.raises(IntegrityError), database.write() as conn:
        journal.begin(conn, "BW-1001", [entry(3)], team_id=TEAM, drill=False)


def test_each_fact_carries_the_hash_of_the_one_before(database: Database) -> None:
    first, second = write(database, "c", entry(1), entry(2))
    (third,) = write(database, "c", entry(3))
    assert first.previous_hash == GENESIS
    assert (second.previous_hash, third.previous_hash) == (first.hash, second.hash)


def test_chains_do_not_touch_each_other(database: Database) -> None:
    write(database, "c", entry(1))
    (other,) = write(database, "d", entry(1))
    assert (other.seq, other.previous_hash) == (1, GENESIS)


def test_the_head_is_the_last_fact(database: Database) -> None:
    last = write(database, "c", entry(1), entry(2))[-1]
    with database.read() as conn:
        assert chains.head(conn, "c") == Head("c", 2, last.hash)
        assert chains.head(conn, "none") == Head("none", 0, GENESIS)


def test_a_fact_of_a_drill_says_so(database: Database) -> None:
    with database.write() as conn:
        journal.append(conn, "c", [entry()], team_id=TEAM, drill=True)
    with database.read() as conn:
        assert chains.load(conn, "c")[0].drill is True


def test_facts_of_all_chains_are_read_by_time(database: Database) -> None:
    write(database, "c", entry(1), entry(5))
    write(database, "d", entry(3), entry(9))
    with database.read() as conn:
        found = chains.stream(conn, since=later(1), until=later(9))
        assert [one.at for one in found] == [later(1), later(3), later(5)]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET actor = 'other'",
        "UPDATE journal SET payload = '{}'",
        "UPDATE journal SET payload = NULL, actor = 'other'",
        "UPDATE journal SET hash = '0'",
        "DELETE FROM journal",
    ],
)
def test_a_fact_can_be_neither_changed_nor_deleted(database: Database, statement: str) -> None:
    write(database, "c", entry())
    with pytest.raises(DBAPIError, match=REFUSED), database.write() as conn:
        conn.execute(text(statement))


def test_the_journal_cannot_be_emptied_or_replaced(database: Database) -> None:
    write(database, "c", entry())
    statement = (
        "REPLACE INTO journal SELECT * FROM journal"
        if database.dialect == "sqlite"
        else "TRUNCATE journal"
    )
    with pytest.raises(DBAPIError, match=REFUSED), database.write() as conn:
        conn.execute(text(statement))


def test_an_erased_payload_is_gone_and_the_chain_still_proves(database: Database) -> None:
    write(database, "c", entry(1), entry(2))
    with database.write() as conn:
        gone = journal.erase(
            conn, "c", [1], at=NOON, actor="legal-one", reason="asked", team_id=TEAM, drill=False
        )
    assert gone == 1
    with database.read() as conn:
        first, _, erasure = chains.load(conn, "c")
    assert (first.payload, erasure.payload) == (None, {"seqs": [1], "reason": "asked"})
    assert verified(database, "c").sound


def test_a_payload_erased_in_silence_shows(database: Database) -> None:
    write(database, "c", entry(1), entry(2))
    with database.write() as conn:
        conn.execute(text("UPDATE journal SET payload = NULL WHERE seq = 2"))
    reason = "its payload was erased without an entry saying so"
    assert Flaw("c", 2, reason) in verified(database).flaws


def test_a_sound_journal_is_reported_sound_with_its_size(database: Database) -> None:
    with database.write() as conn:
        reference = open_ticket(conn).reference
    write(database, reference, entry(1), entry(2))
    write(database, "desk", entry(1))
    assert verified(database) == Report(chains=2, entries=3)


def test_a_deleted_ticket_shows_as_a_gap_in_the_numbers(database: Database) -> None:
    with database.write() as conn:
        for _ in range(3):
            open_ticket(conn)
    with database.write() as conn:
        conn.execute(text("DELETE FROM ticket WHERE number = 1002"))
    assert Flaw("BW-1002", None, "the ticket is missing") in verified(database).flaws


def test_a_ticket_deleted_with_its_number_shows_by_its_chain(database: Database) -> None:
    with database.write() as conn:
        reference = open_ticket(conn).reference
    write(database, reference, entry())
    with database.write() as conn:
        conn.execute(text("DELETE FROM ticket"))
        conn.execute(text("DELETE FROM counter"))
    found = verified(database).flaws
    assert Flaw("BW-1001", None, "the chain's ticket is missing") in found


def test_a_missing_fact_is_named(database: Database) -> None:
    write(database, "c", entry(1), entry(2), entry(3))
    with database.write() as conn:
        _drop_triggers(conn)
        conn.execute(text("DELETE FROM journal WHERE seq = 2"))
    assert Flaw("c", 2, "entry 2 is missing") in verified(database).flaws


def test_a_missing_tail_is_named(database: Database) -> None:
    write(database, "c", entry(1), entry(2), entry(3))
    with database.write() as conn:
        _drop_triggers(conn)
        conn.execute(text("DELETE FROM journal WHERE seq > 1"))
    reason = "the chain ends at 1, but 3 entries were written"
    assert Flaw("c", 2, reason) in verified(database).flaws


def test_a_fact_forged_with_all_its_own_hashes_shows_at_the_next_one(database: Database) -> None:
    write(database, "c", entry(1), entry(2), entry(3))
    with database.write() as conn:
        _drop_triggers(conn)
        row = conn.execute(text("SELECT header FROM journal WHERE seq = 2")).one()
        payload = canonical({"number": -2})
        header = canonical(
            from_json(row.header) | {"payload_digest": digest(payload), "actor": "other"}
        )
        conn.execute(
            text(
                "UPDATE journal SET actor = 'other', payload = :p, payload_digest = :d,"
                " header = :h, hash = :x WHERE seq = 2"
            ),
            {"p": payload, "d": digest(payload), "h": header, "x": digest(header)},
        )
    reason = "it does not follow the entry before it"
    assert Flaw("c", 3, reason) in verified(database).flaws


def test_a_tail_cut_off_with_its_head_shows_against_an_anchor(database: Database) -> None:
    write(database, "c", entry(1), entry(2))
    with database.read() as conn:
        noted, first = chains.head(conn, "c"), chains.load(conn, "c")[0]
    with database.write() as conn:
        _drop_triggers(conn)
        conn.execute(text("DELETE FROM journal WHERE seq = 2"))
        conn.execute(text("UPDATE chain SET seq = 1, hash = :hash"), {"hash": first.hash})
    assert verified(database, "c").sound
    with database.read() as conn:
        found = verify(conn, "c", noted=[Noted(noted, "an anchor")]).flaws
    assert found == (Flaw("c", 2, "the chain ends at 1, but 2 entries were written", "an anchor"),)


def test_a_chain_rewritten_whole_shows_against_an_anchor(database: Database) -> None:
    write(database, "c", entry(1), entry(2))
    with database.read() as conn:
        noted = chains.head(conn, "c")
    with database.write() as conn:
        _drop_triggers(conn)
        conn.execute(text("DELETE FROM journal"))
        conn.execute(text("DELETE FROM chain"))
        journal.append(conn, "c", [entry(1), entry(7)], team_id=TEAM, drill=False)
    with database.read() as conn:
        found = verify(conn, "c", noted=[Noted(noted, "an anchor")]).flaws
    assert found == (Flaw("c", 2, "it is not the entry that was noted", "an anchor"),)


def test_a_fact_squeezed_in_behind_the_head_stops_the_chain(database: Database) -> None:
    write(database, "c", entry(1), entry(2))
    with database.write() as conn:
        conn.execute(text("UPDATE chain SET seq = 1"))
    with pytest.raises((DBAPIError, JournalBroken)):
        write(database, "c", entry(3))


def _drop_triggers(conn: Connection) -> None:
    names = ["journal_no_update", "journal_no_delete"]
    where = "" if conn.dialect.name == "sqlite" else " ON journal"
    for name in names:
        conn.exec_driver_sql(f"DROP TRIGGER {name}{where}")


Tamper = Callable[[Connection, random.Random, list[tuple[str, int]]], object]
TEXT_COLUMNS = ("kind", "actor", "team_id", "header", "payload", "payload_digest")
HASH_COLUMNS = ("previous_hash", "hash")


def _edit(conn: Connection, chance: random.Random, rows: list[tuple[str, int]]) -> None:
    chain, seq = chance.choice(rows)
    column = chance.choice(TEXT_COLUMNS + HASH_COLUMNS)
    where = {"chain": chain, "seq": seq}
    old = conn.execute(
        text(f"SELECT {column} FROM journal WHERE chain = :chain AND seq = :seq"), where
    ).scalar_one()
    at = chance.randrange(len(old))
    new = old[:at] + chr((ord(old[at]) - 31) % 95 + 32) + old[at + 1 :]
    conn.execute(
        text(f"UPDATE journal SET {column} = :new WHERE chain = :chain AND seq = :seq"),
        where | {"new": new},
    )


def _edit_consistently(
    conn: Connection, chance: random.Random, rows: list[tuple[str, int]]
) -> None:
    chain, seq = chance.choice(rows)
    forged = canonical({"number": -chance.randrange(9999)})
    conn.execute(
        text(
            "UPDATE journal SET payload = :p, payload_digest = :d"
            " WHERE chain = :chain AND seq = :seq"
        ),
        {"p": forged, "d": digest(forged), "chain": chain, "seq": seq},
    )


def _delete(conn: Connection, chance: random.Random, rows: list[tuple[str, int]]) -> None:
    chain, seq = chance.choice(rows)
    conn.execute(
        text("DELETE FROM journal WHERE chain = :chain AND seq = :seq"),
        {"chain": chain, "seq": seq},
    )


def _delete_chain(conn: Connection, chance: random.Random, rows: list[tuple[str, int]]) -> None:
    conn.execute(text("DELETE FROM journal WHERE chain = :c"), {"c": chance.choice(rows)[0]})


def _insert(conn: Connection, chance: random.Random, rows: list[tuple[str, int]]) -> None:
    chain, _ = chance.choice(rows)
    conn.execute(
        text(
            "INSERT INTO journal (team_id, chain, seq, kind, at, actor, header, payload,"
            " payload_digest, previous_hash, hash) SELECT team_id, chain, seq + :by, kind, at,"
            " actor, header, payload, payload_digest, previous_hash, hash FROM journal"
            " WHERE chain = :chain AND seq = (SELECT max(seq) FROM journal WHERE chain = :chain)"
        ),
        {"chain": chain, "by": chance.randrange(1, 3)},
    )


def _swap(conn: Connection, chance: random.Random, rows: list[tuple[str, int]]) -> None:
    chain, seq = chance.choice([row for row in rows if row[1] > 1])
    for was, to in ((seq, -1), (seq - 1, seq), (-1, seq - 1)):
        conn.execute(
            text("UPDATE journal SET seq = :to WHERE chain = :chain AND seq = :was"),
            {"to": to, "was": was, "chain": chain},
        )


def _move(conn: Connection, chance: random.Random, rows: list[tuple[str, int]]) -> None:
    chain, seq = chance.choice(rows)
    conn.execute(
        text("UPDATE journal SET chain = 'elsewhere' WHERE chain = :chain AND seq = :seq"),
        {"chain": chain, "seq": seq},
    )


TAMPERS: tuple[Tamper, ...] = (
    _edit,
    _edit_consistently,
    _delete,
    _delete_chain,
    _insert,
    _swap,
    _move,
)


def _record(reference: str) -> dict[str, object]:
    """Return the row of a record, without which its chain would not prove."""
    row: dict[str, object] = {"reference": reference, "team_id": TEAM, "kind": "errand"}
    row |= {"open": True, "body": {}, "version": 1, "policy_version": ""}
    return row | {"opened_at": NOON, "updated_at": NOON, "drill": False}


@pytest.mark.slow
def test_every_one_of_a_thousand_random_tampers_shows(database: Database) -> None:
    chance = random.Random(20260302)
    rows = [(f"c{n}", seq) for n in range(4) for seq in range(1, 7)]
    for n in range(4):
        write(database, f"c{n}", *(entry(seq, chain=n) for seq in range(1, 7)))
    unseen = []
    with database.write() as conn:
        conn.execute(insert(record), [_record(f"c{n}") for n in range(4)])
        _drop_triggers(conn)
        assert verify(conn).sound
        for number in range(1000):
            tamper = TAMPERS[number % len(TAMPERS)]
            attempt = conn.begin_nested()
            tamper(conn, chance, rows)
            if verify(conn).sound:
                unseen.append((number, tamper))
            attempt.rollback()
        assert verify(conn).sound
    assert unseen == []
