"""Redeliveries, people, facts of the installation, policies, and the pictures read often."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import insert

from store.db import Database
from store.errors import PolicyDiffers, PolicyUnknown
from store.read import workload as queries
from store.tables import policy
from store.write import due_points, meta, outbox, people, policies, seen
from store.write.enqueue import enqueue
from store.write.people import SlackUser
from tests.contract.store.samples import NOON, TEAM, claim, later, new_row, open_ticket, rolled_back

CSM = SlackUser("U1", TEAM, "CSM.One@vendor.example", "CSM One", "America/New_York", "member", NOON)


def test_a_delivery_is_new_once(database: Database) -> None:
    with database.write() as conn:
        assert seen.claim(conn, "Ev1", NOON) is True
        assert seen.claim(conn, "Ev1", later(5)) is False
        assert seen.claim(conn, "Ev2", NOON) is True


def test_a_delivery_whose_transaction_failed_is_new_again(database: Database) -> None:
    with rolled_back(database) as conn:
        seen.claim(conn, "Ev1", NOON)
    with database.write() as conn:
        assert seen.claim(conn, "Ev1", NOON) is True


def test_old_deliveries_are_forgotten(database: Database) -> None:
    with database.write() as conn:
        seen.claim(conn, "old", NOON)
        seen.claim(conn, "young", later(60))
        assert seen.purge(conn, later(60)) == 1
        assert seen.claim(conn, "young", later(61)) is False


def test_what_slack_told_of_a_person_replaces_what_was_known(database: Database) -> None:
    newer = replace(CSM, kind="deactivated", checked_at=later(60))
    with database.write() as conn:
        people.put(conn, [CSM])
        people.put(conn, [newer])
        assert people.get(conn, "U1") == newer
        assert people.get(conn, "U2") is None


def test_a_person_is_found_by_mail_whatever_the_capitals(database: Database) -> None:
    with database.write() as conn:
        people.put(conn, [CSM, replace(CSM, slack_id="U2", email=None)])
        assert people.by_email(conn, "csm.one@VENDOR.example") == CSM
        assert [one.slack_id for one in people.everyone(conn)] == ["U1", "U2"]


def test_a_fact_of_the_installation_is_kept_replaced_and_forgotten(database: Database) -> None:
    with database.write() as conn:
        assert meta.get(conn, meta.IDENTITY) is None
        meta.put(conn, meta.IDENTITY, {"bot_id": "B1"})
        meta.put(conn, meta.IDENTITY, {"bot_id": "B2"})
        assert meta.get(conn, meta.IDENTITY) == {"bot_id": "B2"}
        meta.forget(conn, meta.IDENTITY)
        assert meta.get(conn, meta.IDENTITY) is None


def test_business_time_leads_by_nothing_unless_told(database: Database) -> None:
    with database.write() as conn:
        assert meta.clock_offset_s(conn) == 0.0
        meta.put(conn, meta.CLOCK_OFFSET_S, 90.5)
        assert meta.clock_offset_s(conn) == 90.5


def test_a_policy_is_kept_once_with_its_first_use(database: Database) -> None:
    with database.write() as conn:
        assert policies.keep(conn, "b", '{"a":1}', 2, later(9)) is True
        assert policies.keep(conn, "b", '{"a":1}', 2, later(99)) is False
        policies.keep(conn, "a", "{}", 1, NOON)
        assert policies.get(conn, "b") == (2, '{"a":1}')
        assert policies.versions(conn) == ("a", "b")


def test_another_policy_under_a_known_version_is_refused(database: Database) -> None:
    with database.write() as conn:
        policies.keep(conn, "v", "{}", 1, NOON)
        with pytest.raises(PolicyDiffers, match="v"):
            policies.keep(conn, "v", '{"a":1}', 1, NOON)


def test_a_policy_that_an_earlier_release_kept_is_of_the_first_schema(database: Database) -> None:
    with database.write() as conn:
        conn.execute(insert(policy).values(version="v", body="{}", first_used_at=NOON))
        assert policies.get(conn, "v") == (1, "{}")
        assert policies.keep(conn, "v", "{}", 2, NOON) is False
        assert policies.get(conn, "v") == (1, "{}")


def test_an_unknown_policy_version_is_refused(database: Database) -> None:
    with database.read() as conn, pytest.raises(PolicyUnknown, match="none"):
        policies.get(conn, "none")


def test_the_picture_of_work_counts_everything_that_waits(database: Database) -> None:
    with database.write() as conn:
        open_ticket(conn)
        points = [due_points.Point(key, "k", later(60 if key == "a" else 90)) for key in "ab"]
        due_points.begin(conn, "BW-1001", points, NOON)
        enqueue(conn, [new_row("a", created_at=later(-5)), new_row("b"), new_row("c")])
        rows = claim(conn, limit=2)
        outbox.dead(conn, rows[1].id, "courier-1", "x")
    with database.read() as conn:
        found = queries.work(conn, now=later(13), business_now=later(60))
    assert found == queries.Work(2, 1, later(60), 2, later(-5), 1, 1, 1, 0)
