"""The outbox: once, in order, held by a lease."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import text

from store.db import Database
from store.errors import LeaseLost, NeedUnknown
from store.outbox_rows import NewRow, OutboxRow
from store.read import deliveries
from store.write import outbox
from store.write.enqueue import enqueue as outbox_enqueue
from store.write.enqueue import enqueue_first
from tests.contract.store.samples import NOON, claim, later, new_row


def enqueue(database: Database, *rows: NewRow) -> None:
    with database.write() as conn:
        outbox_enqueue(conn, rows)


def claimed(database: Database, **changes: object) -> list[OutboxRow]:
    with database.write() as conn:
        return claim(conn, **changes)


def keys(rows: list[OutboxRow]) -> list[str]:
    return [row.key for row in rows]


def finish(database: Database, row: OutboxRow, result: dict[str, object] | None = None) -> None:
    with database.write() as conn:
        outbox.done(conn, row.id, "courier-1", result, NOON)


def state_of(database: Database, key: str) -> str:
    with database.read() as conn:
        found = {row.key: row.state for row in deliveries.of_ticket(conn, "BW-1001")}
    return found[key]


def state_of_all(database: Database) -> dict[str, str]:
    with database.read() as conn:
        rows = [row for number in range(1, 20) if (row := deliveries.get(conn, number)) is not None]
    return {row.key: row.state for row in rows}


def test_a_row_comes_back_as_it_was_put_in(database: Database) -> None:
    given = new_row("k", reference="BW-1001", payload={"text": "a\x00b\ud800"}, reports=True)
    enqueue(database, given)
    row = claimed(database)[0]
    assert (row.key, row.payload, row.reports) == ("k", {"text": "a\x00b\ud800"}, True)
    assert row.created_at == NOON


def test_a_second_row_of_one_key_is_no_row(database: Database) -> None:
    enqueue(database, new_row("k"))
    enqueue(database, new_row("k", payload={"text": "other"}))
    assert [row.payload for row in claimed(database)] == [{"text": "k"}]


def test_two_rows_of_one_key_in_one_call_are_one_row(database: Database) -> None:
    enqueue(database, new_row("k"), new_row("k"))
    assert len(claimed(database)) == 1


def test_enqueue_tells_which_keys_were_new(database: Database) -> None:
    enqueue(database, new_row("a"))
    with database.write() as conn:
        assert outbox_enqueue(conn, [new_row("a"), new_row("b")]) == ("b",)


def test_a_claimed_row_is_not_claimed_again_while_its_lease_runs(database: Database) -> None:
    enqueue(database, new_row("k"))
    claimed(database)
    assert claimed(database, now=later(12.9)) == []


def test_a_claim_says_when_and_how_often_the_row_was_sent(database: Database) -> None:
    enqueue(database, new_row("k"))
    row = claimed(database)[0]
    assert (row.attempts, row.first_sent_at, row.last_sent_at) == (1, NOON, NOON)
    assert (row.lease_until, row.taken_over) == (later(13), False)


def test_a_row_whose_lease_ended_is_taken_over_and_says_so(database: Database) -> None:
    enqueue(database, new_row("k"))
    claimed(database)
    row = claimed(database, now=later(13), owner="courier-2")[0]
    assert (row.taken_over, row.attempts, row.first_sent_at) == (True, 2, NOON)


def test_what_a_claim_returns_is_what_stands_in_the_database(database: Database) -> None:
    enqueue(database, new_row("k"))
    row = claimed(database)[0]
    with database.read() as conn:
        assert deliveries.get(conn, row.id) == row


def test_rows_of_one_stream_go_one_after_the_other(database: Database) -> None:
    enqueue(database, new_row("a", stream="s"), new_row("b", stream="s"))
    first = claimed(database)
    assert keys(first) == ["a"]
    finish(database, first[0])
    assert keys(claimed(database)) == ["b"]


def test_a_stream_waits_for_a_row_that_is_tried_again_later(database: Database) -> None:
    enqueue(database, new_row("a", stream="s"), new_row("b", stream="s"))
    row = claimed(database)[0]
    with database.write() as conn:
        outbox.retry(conn, row.id, "courier-1", later(60), "busy")
    assert claimed(database, now=later(59)) == []
    assert keys(claimed(database, now=later(60))) == ["a"]


def test_a_stream_goes_on_past_a_dead_row(database: Database) -> None:
    enqueue(database, new_row("a", stream="s"), new_row("b", stream="s"))
    row = claimed(database)[0]
    with database.write() as conn:
        outbox.dead(conn, row.id, "courier-1", "channel_not_found")
    assert keys(claimed(database)) == ["b"]


def test_urgent_rows_go_first_and_the_others_in_order(database: Database) -> None:
    enqueue(database, new_row("a"), new_row("b"), new_row("c", urgent=9))
    assert keys(claimed(database)) == ["c", "a", "b"]


def test_a_claim_takes_no_more_than_its_limit(database: Database) -> None:
    enqueue(database, *(new_row(f"k{n}") for n in range(5)))
    assert keys(claimed(database, limit=2)) == ["k0", "k1"]


def test_a_row_waits_until_everything_it_needs_is_done(database: Database) -> None:
    enqueue(database, new_row("a"), new_row("b"), new_row("c", needs=("a", "b")))
    first, second = claimed(database)
    finish(database, first)
    assert claimed(database) == []
    finish(database, second)
    assert keys(claimed(database)) == ["c"]


@pytest.mark.parametrize("settle", [outbox.dead, outbox.drop])
def test_nothing_waits_behind_a_need_that_will_not_come(
    database: Database, settle: Callable[..., None]
) -> None:
    enqueue(database, new_row("a"), new_row("b", needs=("a",)))
    row = claimed(database)[0]
    with database.write() as conn:
        settle(conn, row.id, "courier-1", "restricted_action")
    assert keys(claimed(database)) == ["b"]


def test_a_row_that_waits_holds_up_no_other_ticket_in_its_channel(database: Database) -> None:
    mine = new_row("a", stream="customer/C1", reference="BW-1001")
    enqueue(database, mine, new_row("b", stream="customer/C1", reference="BW-1002"))
    first, other = claimed(database)
    assert keys([first, other]) == ["a", "b"]
    with database.write() as conn:
        outbox.retry(conn, first.id, "courier-1", later(60), "busy")
    finish(database, other)
    enqueue(database, new_row("c", stream="customer/C1", reference="BW-1002"))
    assert keys(claimed(database, now=later(1))) == ["c"]


def test_a_row_stands_behind_what_it_needs_though_both_came_together(database: Database) -> None:
    enqueue(database, new_row("b", needs=("a",), stream="s"), new_row("a", stream="s"))
    row = claimed(database)[0]
    finish(database, row)
    assert (row.key, keys(claimed(database))) == ("a", ["b"])


def test_rows_that_wait_for_each_other_are_refused(database: Database) -> None:
    with pytest.raises(NeedUnknown, match="wait for each other"), database.write() as conn:
        outbox_enqueue(conn, [new_row("a", needs=("b",)), new_row("b", needs=("a",))])


def test_a_newer_picture_takes_no_place_before_what_it_needs(database: Database) -> None:
    enqueue(database, latest("card-1"), new_row("photo", stream="stream/card"))
    enqueue(database, replace(latest("card-2"), needs=("photo",)))
    assert state_of_all(database) == {"card-1": "replaced", "photo": "pending", "card-2": "pending"}


def test_a_row_that_needs_what_nobody_enqueued_is_refused(database: Database) -> None:
    with pytest.raises(NeedUnknown, match="b waits for a"), database.write() as conn:
        outbox_enqueue(conn, [new_row("b", needs=("a",))])


def test_a_row_may_need_one_that_comes_later_in_the_same_call(database: Database) -> None:
    enqueue(database, new_row("b", needs=("a",)), new_row("a"))
    assert keys(claimed(database)) == ["a"]


def latest(key: str, **changes: object) -> NewRow:
    base: dict[str, object] = {"surface": "latest_only", "slot": "card", "stream": "s"}
    return new_row(key, reference="BW-1001", **(base | changes))


def test_a_newer_picture_replaces_an_unsent_one_in_its_place(database: Database) -> None:
    enqueue(database, latest("card-1"), new_row("post", stream="s", reference="BW-1001"))
    enqueue(database, latest("card-2"))
    first = claimed(database)
    assert keys(first) == ["card-2"]
    assert first[0].payload == {"text": "card-2"}
    assert state_of(database, "card-1") == "replaced"
    finish(database, first[0])
    assert keys(claimed(database)) == ["post"]


def test_a_picture_being_sent_is_left_alone_and_the_newer_one_follows(database: Database) -> None:
    enqueue(database, latest("card-1"))
    sending = claimed(database)[0]
    enqueue(database, latest("card-2"))
    assert claimed(database) == []
    finish(database, sending)
    assert keys(claimed(database)) == ["card-2"]


def test_only_the_newest_of_three_pictures_in_one_call_is_told(database: Database) -> None:
    enqueue(database, latest("card-1"), latest("card-2"), latest("card-3"))
    assert keys(claimed(database)) == ["card-3"]
    assert state_of(database, "card-2") == "replaced"


def test_only_the_newest_of_three_pictures_replaces_the_one_that_waits(database: Database) -> None:
    enqueue(database, latest("card-0"))
    enqueue(database, latest("card-1"), latest("card-2"), latest("card-3"))
    assert keys(claimed(database)) == ["card-3"]
    assert state_of(database, "card-0") == "replaced"
    assert state_of(database, "card-1") == "replaced"


def test_a_replaced_picture_asked_for_again_does_not_come_back(database: Database) -> None:
    enqueue(database, latest("card-1"))
    enqueue(database, latest("card-2"))
    enqueue(database, latest("card-1"))
    assert keys(claimed(database)) == ["card-2"]


def test_pictures_of_other_slots_are_left_alone(database: Database) -> None:
    enqueue(database, latest("card", stream="a"), latest("topic", slot="topic", stream="b"))
    assert keys(claimed(database)) == ["card", "topic"]


def test_whoever_needs_a_replaced_picture_goes_on(database: Database) -> None:
    enqueue(database, latest("card-1"), new_row("pin", needs=("card-1",)))
    enqueue(database, latest("card-2"))
    assert keys(claimed(database)) == ["card-2", "pin"]


def test_a_replacement_starts_with_a_clean_count(database: Database) -> None:
    enqueue(database, latest("card-1"))
    row = claimed(database)[0]
    with database.write() as conn:
        outbox.retry(conn, row.id, "courier-1", later(60), "busy")
    enqueue(database, latest("card-2"))
    again = claimed(database)[0]
    assert (again.key, again.attempts, again.last_error) == ("card-2", 1, None)


def test_a_picture_given_back_gives_way_to_the_newer_one(database: Database) -> None:
    enqueue(database, latest("card-1"))
    sending = claimed(database)[0]
    enqueue(database, latest("card-2"))
    with database.write() as conn:
        outbox.retry(conn, sending.id, "courier-1", NOON, "busy")
    assert keys(claimed(database)) == ["card-2"]
    assert state_of(database, "card-1") == "replaced"


def test_a_dead_picture_tried_again_gives_way_to_the_newer_one(database: Database) -> None:
    enqueue(database, latest("card-1"))
    row = claimed(database)[0]
    with database.write() as conn:
        outbox.dead(conn, row.id, "courier-1", "is_archived")
    enqueue(database, latest("card-2"))
    finish(database, claimed(database)[0])
    with database.write() as conn:
        outbox.requeue(conn, None, at=NOON)
    assert claimed(database) == []
    assert state_of(database, "card-1") == "replaced"


def test_of_two_pictures_that_wait_in_one_slot_both_are_replaced(database: Database) -> None:
    enqueue(database, latest("card-1"), latest("other", slot="other"))
    with database.write() as conn:
        conn.execute(text("UPDATE outbox SET slot = 'card'"))
    enqueue(database, latest("card-3"))
    assert keys(claimed(database)) == ["card-3"]
    assert state_of(database, "other") == "replaced"


def prompt(key: str) -> NewRow:
    return new_row(key, reference="BW-1001", surface="drop_if_stale", stale_at=later(60))


def test_a_prompt_that_lost_its_sense_is_let_go(database: Database) -> None:
    enqueue(database, prompt("ask"))
    assert claimed(database, business_now=later(60)) == []
    assert state_of(database, "ask") == "dropped"


def test_a_prompt_in_time_is_sent_whatever_machine_time_says(database: Database) -> None:
    enqueue(database, prompt("ask"))
    assert keys(claimed(database, now=later(90), business_now=later(59))) == ["ask"]


def test_a_message_that_must_arrive_is_never_let_go(database: Database) -> None:
    enqueue(database, new_row("ack", stale_at=later(60)))
    assert keys(claimed(database, business_now=later(600))) == ["ack"]


def test_what_came_back_is_found_by_key(database: Database) -> None:
    enqueue(database, new_row("a"), new_row("b"))
    finish(database, claimed(database)[0], {"channel": {"id": "C1"}})
    with database.read() as conn:
        assert deliveries.results(conn, ["a", "b", "none"]) == {"a": {"channel": {"id": "C1"}}}


@pytest.mark.parametrize("settle", ["done", "retry", "dead", "drop"])
def test_a_sender_whose_row_was_taken_over_cannot_settle_it(
    database: Database, settle: str
) -> None:
    enqueue(database, new_row("k"))
    row = claimed(database)[0]
    claimed(database, now=later(13), owner="courier-2")
    more = {"done": (None, NOON), "retry": (NOON, "x"), "dead": ("x",), "drop": ("x",)}[settle]
    with pytest.raises(LeaseLost), database.write() as conn:
        getattr(outbox, settle)(conn, row.id, "courier-1", *more)
    with database.read() as conn:
        still = deliveries.get(conn, row.id)
    assert still is not None
    assert (still.state, still.claimed_by) == ("sending", "courier-2")


def test_a_row_is_not_done_twice(database: Database) -> None:
    enqueue(database, new_row("k"))
    row = claimed(database)[0]
    finish(database, row)
    with pytest.raises(LeaseLost):
        finish(database, row)


def test_a_released_row_looks_as_if_it_had_never_been_claimed(database: Database) -> None:
    enqueue(database, new_row("k"))
    row = claimed(database)[0]
    with database.write() as conn:
        assert outbox.release(conn, [row.id], "courier-1") == 1
    again = claimed(database, now=later(5))[0]
    assert (again.attempts, again.first_sent_at, again.taken_over) == (1, later(5), False)


def test_a_release_keeps_the_first_try_of_a_row_tried_before(database: Database) -> None:
    enqueue(database, new_row("k"))
    row = claimed(database)[0]
    with database.write() as conn:
        outbox.retry(conn, row.id, "courier-1", later(1), "busy")
    claimed(database, now=later(1))
    with database.write() as conn:
        outbox.release(conn, [row.id], "courier-1")
    assert claimed(database, now=later(2))[0].first_sent_at == NOON


def test_a_dead_row_is_tried_again_when_a_person_says_so(database: Database) -> None:
    enqueue(database, new_row("k"), new_row("l"))
    for row in claimed(database):
        with database.write() as conn:
            outbox.dead(conn, row.id, "courier-1", "bad\x00words\ud800")
    with database.read() as conn:
        assert [row.last_error for row in deliveries.dead_rows(conn)] == [
            "bad\ufffdwords\ufffd"
        ] * 2
    with database.write() as conn:
        assert outbox.requeue(conn, None, at=NOON) == 2
    assert keys(claimed(database)) == ["k", "l"]


def test_only_the_dead_row_named_is_tried_again(database: Database) -> None:
    enqueue(database, new_row("k"), new_row("l"))
    rows = claimed(database)
    for row in rows:
        with database.write() as conn:
            outbox.dead(conn, row.id, "courier-1", "x")
    with database.write() as conn:
        assert outbox.requeue(conn, rows[1].id, at=NOON) == 1
    assert keys(claimed(database)) == ["l"]


def test_what_is_unfinished_is_counted_and_dated(database: Database) -> None:
    enqueue(database, new_row("a", created_at=later(-9)), new_row("b"), new_row("c"))
    finish(database, claimed(database)[2])
    with database.read() as conn:
        assert deliveries.pending_count(conn) == 2
        assert deliveries.oldest_pending(conn) == later(-9)


def test_the_next_try_is_the_first_one_still_ahead(database: Database) -> None:
    enqueue(database, new_row("a"), new_row("b", next_try_at=later(30)), new_row("c"))
    with database.read() as conn:
        assert deliveries.next_try_at(conn, after=NOON) == later(30)
    claimed(database)
    with database.read() as conn:
        assert deliveries.next_try_at(conn, after=NOON) == later(13)


def test_of_many_rows_done_at_once_only_those_still_held_are(database: Database) -> None:
    enqueue(database, new_row("a"), new_row("b"))
    first, second = claimed(database)
    claimed(database, now=later(13), owner="courier-2")
    enqueue(database, new_row("c"))
    third = claimed(database, now=later(13))[0]
    ended = [
        outbox.Settled(row.id, "courier-1", {"ok": True}, NOON) for row in (first, second, third)
    ]
    with database.write() as conn:
        assert outbox.done_all(conn, ended) == 1
    with database.read() as conn:
        states = [deliveries.get(conn, row.id) for row in (first, third)]
    assert [row.state for row in states if row] == ["sending", "done"]


def test_a_prompt_that_lost_its_sense_is_let_go_when_its_turn_comes(database: Database) -> None:
    enqueue(database, replace(prompt("ask"), stream="s"), new_row("next", stream="s"))
    assert keys(claimed(database, business_now=later(60), sweep=False)) == ["next"]
    assert state_of(database, "ask") == "dropped"


def test_the_first_rows_of_a_ticket_stand_as_if_they_had_been_enqueued(database: Database) -> None:
    new = (new_row("make"), new_row("show", needs=("make",)), latest("card-1"), latest("card-2"))
    with database.write() as conn:
        enqueue_first(conn, new)
    assert keys(claimed(database)) == ["make", "card-2"]
    assert state_of(database, "card-1") == "replaced"


def test_a_first_row_that_needs_what_does_not_come_along_is_refused(database: Database) -> None:
    with pytest.raises(NeedUnknown), database.write() as conn:
        enqueue_first(conn, [new_row("show", needs=("make",))])


def test_what_was_written_before_the_clock_was_set_back_has_waited_as_well(
    database: Database,
) -> None:
    enqueue(
        database,
        new_row("long", created_at=later(-300)),
        new_row("from the future", created_at=later(3_600)),
        new_row("young", created_at=later(-1)),
    )
    with database.read() as conn:
        found = deliveries.unsent(conn, gateway="slack", since=later(-120), now=NOON)
    assert [row.key for row in found] == ["long", "from the future"]


def test_a_claim_leaves_out_what_this_process_is_at(database: Database) -> None:
    enqueue(database, new_row("a"), new_row("b"))
    row = claimed(database, limit=1)[0]
    assert keys(claimed(database, now=later(3_600), ours=[row.id])) == ["b"]
    assert keys(claimed(database, now=later(7_200), owner="courier-2")) == ["a", "b"]


def test_what_is_handed_on_keeps_its_result_for_whoever_reports_it(database: Database) -> None:
    enqueue(database, new_row("a", surface="latest_only", slot="card"))
    row = claimed(database)[0]
    with database.write() as conn:
        outbox.hand_on(conn, row.id, "courier-1", later(5), "later", result={"ts": "1.0"})
    enqueue(database, new_row("b", surface="latest_only", slot="card"))
    found = claimed(database, now=later(5))
    assert [(row.key, row.result) for row in found] == [("a", {"ts": "1.0"}), ("b", None)]
