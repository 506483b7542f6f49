"""The queue as it is read is the queue as it is derived, at any instant. S85-S89, D8."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from protocols.queue.listed import InLists
from protocols.queue.pages import Wanted
from protocols.queue.queued import Queued
from store.db import Connection, Database
from store.read import finding, listed, queue, workloads
from store.write import queue as written
from tests.contract.store.samples import rolled_back
from tests.kit import queue_in_memory
from tests.kit.queues import NOW, PLAIN, TEAMS, clock, queues

EXAMPLES = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
PEOPLE = ("agent-one", "agent-two")
WANTED = st.builds(
    Wanted,
    team=st.sampled_from(("", *TEAMS)),
    owners=st.sampled_from(((), ("",), PEOPLE[:1], PEOPLE)),
    on=st.sampled_from(((), PEOPLE[:1])),
    risen=st.booleans(),
)


def people_of(entry: Queued) -> frozenset[str]:
    return frozenset(PEOPLE[: entry.number % 3])


def put(conn: Connection, reference: str, now: InLists, was: InLists | None = None) -> None:
    number = int(reference[3:])
    written.write(conn, reference, was or InLists(), now, number=number, version=1)


def filled(conn: Connection, entries: tuple[Queued, ...]) -> dict[str, InLists]:
    held = {each.reference: InLists(each, people_of(each)) for each in entries}
    for reference, each in held.items():
        put(conn, reference, each)
    return held


@EXAMPLES
@given(data=st.data(), minutes=st.integers(-900, 900), wanted=WANTED)
def test_what_is_read_is_what_is_derived_at_any_instant(
    database: Database, data: Any, minutes: int, wanted: Wanted
) -> None:
    now = NOW + timedelta(minutes=minutes)
    limit, offset = data.draw(st.integers(1, 5)), data.draw(st.integers(0, 13))
    with rolled_back(database) as conn:
        held = filled(conn, data.draw(queues()))
        found = queue.page(conn, wanted, now, limit=limit, offset=offset)
        loads = workloads.loads(conn, wanted.team, now)
    assert found == queue_in_memory.page(held, wanted, now, limit=limit, offset=offset)
    assert loads == queue_in_memory.loads(held, wanted.team, now)


@pytest.mark.parametrize("minutes", [-25, -24, -10, -1, 0, 1])
def test_the_very_instant_of_a_mark_belongs_to_what_comes_after_it(
    database: Database, minutes: int
) -> None:
    entries = tuple(
        replace(PLAIN, reference=f"BW-{number}", number=number,
                clock=clock(NOW, timedelta(minutes=span)))
        for number, span in ((1001, 40), (1002, 100), (1003, 240))
    )  # fmt: skip
    now = NOW + timedelta(minutes=minutes)
    with rolled_back(database) as conn:
        held = filled(conn, entries)
        found = queue.page(conn, Wanted(), now, limit=10)
    assert found == queue_in_memory.page(held, Wanted(), now, limit=10)


def test_a_change_replaces_what_was_and_a_closed_ticket_leaves_its_queue(
    database: Database,
) -> None:
    first = InLists(PLAIN, frozenset(PEOPLE), frozenset({"1001", "birch", "logo"}))
    mine = InLists(replace(PLAIN, owner="agent-one"), frozenset({"agent-one"}), first.words)
    closed = InLists(None, frozenset(), frozenset({"1001", "birch"}))
    with rolled_back(database) as conn:
        was = InLists()
        for now in (first, mine, closed, first):
            put(conn, PLAIN.reference, now, was)
            assert listed.kept(conn, [PLAIN.reference]) == {PLAIN.reference: now}
            was = now


def found(conn: Connection, *words: str, limit: int = 10) -> tuple[tuple[str, ...], bool]:
    answer = finding.with_words(conn, words, limit=limit)
    return answer.references, answer.is_cut


def test_tickets_are_found_by_all_of_some_words_the_newest_first(database: Database) -> None:
    with rolled_back(database) as conn:
        for number, words in ((1001, "birch logo late"), (1002, "birch logo"), (1003, "acme logo")):
            put(conn, f"BW-{number}", InLists(words=frozenset(words.split())))
        assert found(conn, "logo") == (("BW-1003", "BW-1002", "BW-1001"), False)
        assert found(conn, "logo", "birch") == (("BW-1002", "BW-1001"), False)
        assert found(conn, "logo", "birch", limit=1) == (("BW-1002",), False)
        assert found(conn, "logo", "nowhere") == ((), False)
        assert found(conn) == ((), False)


def test_of_a_word_that_all_have_only_the_newest_are_looked_at_and_it_says_so(
    database: Database,
) -> None:
    most = finding.MOST_LOOKED_AT
    with rolled_back(database) as conn:
        for number in range(1001, 1001 + most + 2):
            put(conn, f"BW-{number}", InLists(words=frozenset({"payment", "late"})))
        references, is_cut = found(conn, "payment", "late")
    assert is_cut
    assert references[0] == f"BW-{1000 + most + 2}"
