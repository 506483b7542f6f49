"""Processes say that they are there, with the format they know; who is silent counts as gone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from store import newer
from store.db import Database
from store.write import meta, presence
from store.write.presence import GONE_AFTER, Present
from tests.contract.store.samples import NOON

FIRST = Present("first", 1, NOON)
SECOND = Present("second", 2, NOON + timedelta(seconds=20))


def test_each_process_is_there_with_what_it_knows(database: Database) -> None:
    with database.write() as conn:
        presence.note(conn, FIRST)
        presence.note(conn, SECOND)
        assert presence.present(conn, SECOND.at) == [FIRST, SECOND]


def test_a_process_that_says_so_again_is_there_once(database: Database) -> None:
    again = Present("first", 1, SECOND.at)
    with database.write() as conn:
        presence.note(conn, FIRST)
        presence.note(conn, again)
        assert presence.present(conn, SECOND.at) == [again]


def test_a_process_that_leaves_is_gone_at_once(database: Database) -> None:
    with database.write() as conn:
        presence.note(conn, FIRST)
        presence.leave(conn, "first")
        assert presence.present(conn, NOON) == []


def test_a_process_that_is_silent_counts_as_gone(database: Database) -> None:
    with database.write() as conn:
        presence.note(conn, FIRST)
        assert presence.present(conn, NOON + GONE_AFTER) == [FIRST]
        assert presence.present(conn, NOON + GONE_AFTER + timedelta(seconds=1)) == []


def test_whoever_comes_next_clears_away_what_is_gone(database: Database) -> None:
    late = Present("third", 2, NOON + GONE_AFTER + timedelta(seconds=1))
    with database.write() as conn:
        presence.note(conn, FIRST)
        meta.put(conn, "processing", {"of": "another"})
        presence.note(conn, late)
        assert meta.get(conn, "process/first") is None
        assert meta.get(conn, "processing") == {"of": "another"}


@pytest.mark.parametrize(
    "about",
    [{"knows": {"oldest": 1}, "at": NOON.isoformat()}, {"knows": 3}, {"at": "now"}, [1], "here", 7],
    ids=str,
)
def test_what_is_noted_in_another_shape_is_left_alone(database: Database, about: object) -> None:
    with database.write() as conn:
        meta.put(conn, "process/newer", about)
        presence.note(conn, FIRST)
        assert presence.present(conn, NOON) == [FIRST]
        assert meta.get(conn, "process/newer") == about


def test_a_database_that_names_no_format_is_of_the_first(database: Database) -> None:
    with database.write() as conn:
        assert newer.written(conn) == 1
        newer.put_format(conn, 2)
        assert newer.written(conn) == 2
