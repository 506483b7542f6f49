"""The steps: what is wanted is what waits, and nothing done is done again."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import text

from store.codec_errors import FromNewer
from store.db import Database
from store.errors import DuePointNotPending
from store.json_text import Json
from store.read import upcoming
from store.write import due_points
from store.write.due_points import Point
from tests.contract.store.samples import NOON, later, open_ticket


def waiting(database: Database, reference: str = "BW-1001") -> dict[str, object]:
    with database.read() as conn:
        rows = upcoming.of_ticket(conn, reference)
    return {row.key: row.due_at for row in rows if row.state == "pending"}


def states(database: Database, reference: str = "BW-1001") -> dict[str, str]:
    with database.read() as conn:
        return {row.key: row.state for row in upcoming.of_ticket(conn, reference)}


@pytest.fixture
def opened(database: Database) -> Database:
    """Give a database with BW-1001 and two waiting steps, due at 60 s and 900 s."""
    with database.write() as conn:
        open_ticket(conn)
        points = [Point("ack", "acknowledge", later(60)), Point("scope", "scope", later(900))]
        due_points.begin(conn, "BW-1001", points, NOON)
    return database


def known(value: Json) -> None:
    if "newer" in value:
        raise FromNewer("newer")


def resync(database: Database, *points: tuple[str, str, datetime] | Point) -> None:
    with database.write() as conn:
        wanted = [Point(*point) for point in points]
        due_points.sync(conn, "BW-1001", wanted, later(30), known)


def values(database: Database) -> dict[str, Json]:
    with database.read() as conn:
        return {row.key: row.value for row in upcoming.of_ticket(conn, "BW-1001")}


def test_what_is_wanted_waits(opened: Database) -> None:
    assert waiting(opened) == {"ack": later(60), "scope": later(900)}


def test_a_step_that_moved_waits_at_its_new_time(opened: Database) -> None:
    resync(opened, ("ack", "acknowledge", later(60)), ("scope", "scope", later(1800)))
    assert waiting(opened) == {"ack": later(60), "scope": later(1800)}


def test_a_step_no_longer_wanted_is_cancelled(opened: Database) -> None:
    resync(opened, ("ack", "acknowledge", later(60)))
    assert states(opened) == {"ack": "pending", "scope": "cancelled"}


def test_a_cancelled_step_that_is_wanted_again_waits_again(opened: Database) -> None:
    resync(opened)
    resync(opened, ("scope", "scope", later(900)))
    assert waiting(opened) == {"scope": later(900)}


def test_a_done_step_stays_done_whatever_is_wanted(opened: Database) -> None:
    with opened.write() as conn:
        due_points.settle(conn, "BW-1001", "ack", later(60))
    resync(opened, ("ack", "acknowledge", later(700)))
    assert states(opened) == {"ack": "done", "scope": "cancelled"}


def test_the_same_wish_twice_changes_nothing(opened: Database) -> None:
    with opened.read() as conn:
        before = upcoming.of_ticket(conn, "BW-1001")
    resync(opened, ("scope", "scope", later(900)), ("ack", "acknowledge", later(60)))
    with opened.read() as conn:
        assert upcoming.of_ticket(conn, "BW-1001") == before


def test_a_value_is_kept_and_one_that_an_older_process_did_not_keep_is_nothing(
    opened: Database,
) -> None:
    resync(opened, ("ack", "acknowledge", later(60)), Point("new", "k", NOON, {"number": 7}))
    assert values(opened) == {"ack": None, "scope": None, "new": {"number": 7}}
    with opened.read() as conn:
        unkept = conn.execute(text("SELECT key FROM step WHERE value IS NULL ORDER BY key"))
        assert list(unkept.scalars()) == ["ack", "scope"]


def test_another_value_under_the_same_key_is_kept_instead(opened: Database) -> None:
    for number in (7, 8):
        point = Point("scope", "scope", later(900), {"number": number})
        resync(opened, point)
        assert values(opened)["scope"] == {"number": number}


@pytest.mark.parametrize("wanted", [(), (Point("scope", "scope", later(900), {"number": 7}),)])
def test_a_value_that_only_a_newer_process_can_read_is_not_overwritten(
    opened: Database, wanted: tuple[Point, ...]
) -> None:
    resync(opened, Point("scope", "scope", later(900), {"newer": 1}))
    with pytest.raises(FromNewer):
        resync(opened, *wanted)
    assert values(opened)["scope"] == {"newer": 1}


def test_a_step_cannot_be_settled_twice(opened: Database) -> None:
    with opened.write() as conn:
        due_points.settle(conn, "BW-1001", "ack", later(60))
    with pytest.raises(DuePointNotPending, match="ack"), opened.write() as conn:
        due_points.settle(conn, "BW-1001", "ack", later(61))


def test_a_step_is_due_at_its_instant_and_not_before(opened: Database) -> None:
    with opened.read() as conn:
        assert due_points.due(conn, "BW-1001", later(59.999999)) == ()
        assert [row.key for row in due_points.due(conn, "BW-1001", later(60))] == ["ack"]


def test_the_ticket_whose_step_is_due_longest_is_taken_first(opened: Database) -> None:
    with opened.write() as conn:
        open_ticket(conn)
        due_points.begin(conn, "BW-1002", [Point("ack", "acknowledge", later(30))], NOON)
        assert due_points.claim_ticket_with_due(conn, later(60)) == "BW-1002"
        assert due_points.claim_ticket_with_due(conn, later(60), {"BW-1002"}) == "BW-1001"
        assert due_points.claim_ticket_with_due(conn, later(60), {"BW-1002", "BW-1001"}) is None


def test_no_ticket_is_taken_before_anything_is_due(opened: Database) -> None:
    with opened.write() as conn:
        assert due_points.claim_ticket_with_due(conn, later(59)) is None


def test_the_next_step_is_the_earliest_that_waits(opened: Database) -> None:
    with opened.write() as conn:
        assert upcoming.coming(conn).due_at == later(60)
        due_points.settle(conn, "BW-1001", "ack", later(60))
        assert upcoming.coming(conn).due_at == later(900)


def test_waiting_and_due_steps_are_counted(opened: Database) -> None:
    with opened.read() as conn:
        assert upcoming.counts(conn, later(61)) == upcoming.DueCounts(2, 1, later(60))
