"""Posted commands wait in order, are taken with their record, and end once."""

from __future__ import annotations

import pytest

from store.db import Database
from store.errors import PostNotPending
from store.read import upcoming
from store.write import posted
from store.write.posted import NewPost
from tests.contract.store.samples import NOON, later, open_ticket


def post(key: str, target: str = "BW-1001") -> NewPost:
    return NewPost(key, target, {"type": "AddNote", "text": key}, {})


def test_the_record_of_the_oldest_is_taken_first_and_its_own_in_order(database: Database) -> None:
    with database.write() as conn:
        open_ticket(conn)
        posted.put(conn, [post("a/1/1", "gone"), post("a/1/2"), post("a/1/3")], NOON)
        assert posted.claim_target(conn) == "gone"
        assert posted.claim_target(conn, {"gone"}) == "BW-1001"
        assert posted.claim_target(conn, {"gone", "BW-1001"}) is None
        for key in ("a/1/2", "a/1/3"):
            oldest = posted.oldest(conn, "BW-1001")
            assert oldest is not None
            assert oldest.key == key
            posted.settle(conn, oldest, "done", later(5))
        assert posted.claim_target(conn, {"gone"}) is None
        assert upcoming.posts_waiting(conn) == 1
        assert upcoming.coming(conn) == upcoming.Coming(None, is_posted=True)


def test_what_was_settled_is_not_settled_again(database: Database) -> None:
    with database.write() as conn:
        posted.put(conn, [post("a/1/1")], NOON)
        oldest = posted.oldest(conn, "BW-1001")
        assert oldest is not None
        posted.settle(conn, oldest, "refused", later(5), "wrong_state")
        with pytest.raises(PostNotPending):
            posted.settle(conn, oldest, "done", later(6))


def test_a_record_that_another_holds_is_passed_over(database: Database) -> None:
    if database.dialect == "sqlite":
        pytest.skip("a writer is always alone there")
    with database.write() as conn:
        open_ticket(conn)
        posted.put(conn, [post("a/1/1"), post("a/1/2", "gone")], NOON)
    with database.write() as one, database.write() as other:
        assert posted.claim_target(one) == "BW-1001"
        assert posted.claim_target(other) == "gone"
