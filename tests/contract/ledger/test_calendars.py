"""Holidays are counted once and kept with the policy, as far back as records are kept."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.engine.facts import Facts
from bot.engine.frozen_calendars import freeze, kept
from bot.files.policy import load_policy
from protocols.people.directory import Directory
from protocols.people.people import ENGINE
from protocols.policy.policy import Policy
from protocols.policy.schema import SCHEMA
from store.db import Connection, Database
from store.write import meta, policies
from tests.contract.store.samples import rolled_back

pytestmark = pytest.mark.slow
POLICY = load_policy()
DAY = date(2026, 11, 29)
NAME = f"holidays/{POLICY.version}"
NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)


@pytest.fixture
def conn(migrated_database_url: str) -> Iterator[Connection]:
    """Give a writing connection to a database in which the policy is kept."""
    database = Database(migrated_database_url)
    with rolled_back(database) as made:
        policies.keep(made, POLICY.version, POLICY.body, SCHEMA, NOON)
        yield made
    database.dispose()


def facts() -> Facts:
    return Facts(POLICY, Directory())


def test_a_first_start_keeps_the_holidays_and_a_second_one_finds_them(conn: Connection) -> None:
    assert [freeze(conn, facts(), DAY) for _ in range(2)] == [1, 0]
    found = kept(conn, POLICY, "FED")
    assert found.first_year <= DAY.year - POLICY.retention.years
    assert date(2026, 12, 25) in found.days


def test_what_was_counted_is_counted_for_ever(conn: Connection) -> None:
    freeze(conn, facts(), DAY)
    said = meta.get(conn, NAME)
    meta.put(conn, NAME, said | {"days": [*said["days"], "2026-12-01"]})
    later = facts()
    assert freeze(conn, later, date(2028, 1, 1)) == 1
    after = kept(conn, POLICY, "FED")
    assert date(2026, 12, 1) in after.days
    assert after.last_year == 2036
    calendar = later.context(NOON, ENGINE, POLICY).calendar
    assert date(2026, 12, 1) in calendar.closed_days
    assert date(2036, 12, 25) in calendar.closed_days


def test_a_ticket_as_old_as_records_are_kept_can_be_counted(conn: Connection) -> None:
    made = facts()
    freeze(conn, made, DAY)
    after = NOON + timedelta(days=366 * POLICY.retention.years)
    calendar = made.context(after, ENGINE, POLICY).calendar
    assert calendar.elapsed(NOON, after) > timedelta(days=365)


def test_a_policy_that_nobody_can_read_does_not_stop_a_start(conn: Connection) -> None:
    policies.keep(conn, "garbled", "{", SCHEMA, NOON)
    assert freeze(conn, facts(), DAY) == 1


def test_holidays_kept_in_a_form_that_only_a_newer_process_knows_are_left_to_it(
    conn: Connection,
) -> None:
    meta.put(conn, NAME, {"form": 2})
    made = facts()
    assert freeze(conn, made, DAY) == 0
    assert meta.get(conn, NAME) == {"form": 2}
    assert made.context(NOON, ENGINE, POLICY).calendar.elapsed(NOON, NOON) == timedelta()


def test_the_holidays_of_each_calendar_are_kept_under_their_own_name(conn: Connection) -> None:
    calendar = json.loads(POLICY.body)["calendar"]
    del calendar["bank_holidays"]
    berlin = {**calendar, "holidays": "DE-BE"}
    changed = Policy.from_mapping({**json.loads(POLICY.body), "calendars": {"berlin": berlin}})
    policies.keep(conn, changed.version, changed.body, SCHEMA, NOON)
    made = facts()
    assert freeze(conn, made, DAY) == 3
    assert date(2026, 10, 3) in kept(conn, changed, "DE-BE").days
    assert date(2026, 10, 3) not in kept(conn, changed, "FED").days
    name = f"holidays/{changed.version}/DE-BE"
    said = meta.get(conn, name)
    meta.put(conn, name, said | {"days": [*said["days"], "2026-12-01"]})
    later = facts()
    freeze(conn, later, DAY)
    found = later.context(NOON, ENGINE, changed, calendar="berlin").calendar
    assert date(2026, 12, 1) in found.closed_days
