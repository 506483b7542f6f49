"""Several at once: each piece of work is taken by one, and none is left behind.

Proves: F16, F19.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable

import pytest

from store.db import Database
from store.journal_rows import DESK
from store.read import chains, deliveries
from store.read.verification import verify
from store.write import due_points, journal, outbox, records, seen
from store.write.enqueue import enqueue
from tests.contract.store.samples import (
    NOON,
    TEAM,
    claim,
    entry,
    later,
    new_row,
    open_ticket,
    ticket_row,
)


def together(count: int, work: Callable[[int], None]) -> None:
    """Run the work in so many threads, begun at one moment; the first failure is raised."""
    ready, failed = threading.Barrier(count), []

    def run(number: int) -> None:
        ready.wait()
        try:
            work(number)
        except BaseException as error:  # noqa: BLE001
            failed.append(error)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]


def test_four_couriers_send_each_row_once_and_each_stream_in_order(database: Database) -> None:
    with database.write() as conn:
        enqueue(conn, [new_row(f"k{n:03}", stream=f"s{n % 10}") for n in range(200)])
    sent: list[tuple[str, str]] = []

    def courier(number: int) -> None:
        owner = f"courier-{number}"
        while True:
            with database.write() as conn:
                rows = claim(conn, owner=owner, limit=7)
            if not rows:
                with database.read() as conn:
                    if deliveries.pending_count(conn) == 0:
                        return
            for row in rows:
                sent.append((row.stream, row.key))
                with database.write() as conn:
                    outbox.done(conn, row.id, owner, None, NOON)

    together(4, courier)
    assert max(Counter(sent).values()) == 1
    assert len(sent) == 200
    for stream in {stream for stream, _ in sent}:
        told = [key for where, key in sent if where == stream]
        assert told == sorted(told)


def test_four_tickers_do_each_due_step_once(database: Database) -> None:
    with database.write() as conn:
        for _ in range(60):
            reference = open_ticket(conn).reference
            points = [due_points.Point(key, "kind", later(60)) for key in ("a", "b")]
            due_points.begin(conn, reference, points, NOON)
    settled: list[tuple[str, str]] = []

    def tick(_number: int) -> None:
        while True:
            with database.write() as conn:
                reference = due_points.claim_ticket_with_due(conn, later(60))
                if reference is None:
                    break
                done = [row.key for row in due_points.due(conn, reference, later(60))]
                for key in done:
                    due_points.settle(conn, reference, key, later(60))
                facts = [entry(1, key=key) for key in done]
                journal.append(conn, reference, facts, team_id=TEAM, drill=False)
            settled.extend((reference, key) for key in done)

    together(4, tick)
    assert (len(settled), len(set(settled))) == (120, 120)
    with database.read() as conn:
        report = verify(conn)
    assert (report.sound, report.entries) == (True, 120)


def test_sixteen_writers_of_one_chain_leave_it_whole(database: Database) -> None:
    def write(number: int) -> None:
        for turn in range(5):
            with database.write() as conn:
                facts = [entry(number, turn=turn)]
                journal.append(conn, DESK, facts, team_id=TEAM, drill=False)

    together(16, write)
    with database.read() as conn:
        assert (verify(conn).sound, chains.head(conn, DESK).seq) == (True, 80)


def test_sixteen_openers_get_sixteen_numbers_without_a_gap(database: Database) -> None:
    given: list[int] = []

    def open_one(number: int) -> None:
        with database.write() as conn:
            row = open_ticket(conn)
        given.append(row.number)

    together(16, open_one)
    assert sorted(given) == list(range(1001, 1017))


def test_a_delivery_received_by_eight_at_once_is_new_to_one(database: Database) -> None:
    answers: list[bool] = []

    def receive(number: int) -> None:
        with database.write() as conn:
            new = seen.claim(conn, "Ev1", NOON)
        answers.append(new)

    together(8, receive)
    assert sorted(answers) == [False] * 7 + [True]


def test_of_eight_that_enqueue_one_key_one_succeeds(database: Database) -> None:
    def put(number: int) -> None:
        with database.write() as conn:
            enqueue(conn, [new_row("k", payload={"from": number})])

    together(8, put)
    with database.read() as conn:
        assert deliveries.pending_count(conn) == 1


def test_pictures_painted_while_couriers_send_end_with_the_newest(database: Database) -> None:
    sent: list[int] = []
    painted = threading.Event()

    def paint(database: Database) -> None:
        for number in range(60):
            with database.write() as conn:
                row = new_row(f"card-{number:02}", surface="latest_only", slot="card", stream="s")
                enqueue(conn, [row])
        painted.set()

    def send(owner: str) -> None:
        while True:
            last = painted.is_set()
            with database.write() as conn:
                rows = claim(conn, owner=owner)
            for row in rows:
                sent.append(int(row.key[-2:]))
                with database.write() as conn:
                    outbox.done(conn, row.id, owner, None, NOON)
            if last and not rows:
                return

    together(3, lambda number: paint(database) if number == 0 else send(f"courier-{number}"))
    assert sent == sorted(set(sent))
    with database.read() as conn:
        counts = deliveries.state_counts(conn)
    assert counts.get("done", 0) + counts.get("replaced", 0) == 60
    assert sent[-1] == 59


@pytest.mark.postgres
def test_a_ticket_held_by_another_is_passed_over(migrated_postgres_url: str) -> None:
    database = Database(migrated_postgres_url)
    with database.write() as conn:
        for due_at in (later(10), later(20)):
            reference = open_ticket(conn).reference
            due_points.begin(conn, reference, [due_points.Point("a", "kind", due_at)], NOON)
    with database.write() as holder:
        assert due_points.claim_ticket_with_due(holder, later(60)) == "BW-1001"
        with database.write() as conn:
            assert records.lock_if_free(conn, "BW-1001") is None
            assert due_points.claim_ticket_with_due(conn, later(60)) == "BW-1002"
            assert due_points.claim_ticket_with_due(conn, later(60), {"BW-1002"}) is None
    database.dispose()


def test_who_waits_for_openings_sees_what_was_being_opened(database: Database) -> None:
    with database.write() as conn:
        records.next_reference(conn, "BW")
    begun, seen_there = threading.Event(), []

    def ask() -> None:
        begun.set()
        with database.write() as conn:
            records.wait_for_openings(conn, "BW")
            seen_there.append(records.get(conn, "BW-1002"))

    asker = threading.Thread(target=ask)
    with database.write() as conn:
        row = ticket_row(records.next_reference(conn, "BW")[1])
        asker.start()
        assert begun.wait(30)
        records.insert(conn, row)
    asker.join(30)
    assert seen_there == [row]
