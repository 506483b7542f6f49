"""Two processes, or two threads, that learn about people at the same time lose nothing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from bot.engine.facts import Acquaintance, Facts
from bot.files.directory import parse_directory
from bot.slack.reader import BINDINGS
from store.db import Database
from store.write import meta, people
from store.write.people import SlackUser
from tests.kit.rules_incident import policy

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def user(slack_id: str, minutes: int = 0, name: str = "Someone") -> SlackUser:
    at = NOON + timedelta(minutes=minutes)
    return SlackUser(slack_id, "T1", None, name, None, "member", at)


def test_what_two_processes_find_at_the_same_time_is_all_kept(migrated_database_url: str) -> None:
    ours, theirs = Database(migrated_database_url), Database(migrated_database_url)

    def find(database: Database, who: str) -> None:
        for number in range(20):
            with database.write() as conn:
                meta.merge(conn, BINDINGS, {f"{who}-{number}": {"slack_id": who, "email": ""}})
                people.put(conn, [user(f"U{who}{each}", number) for each in (number, 99)])

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(find, ours, "a"), pool.submit(find, theirs, "b")]:
            done.result(60)
    with ours.read() as conn:
        assert len(meta.get(conn, BINDINGS)) == 40
        assert len(people.everyone(conn)) == 42
    ours.dispose()
    theirs.dispose()


def test_what_was_learned_later_is_not_put_back_by_who_asked_earlier(
    migrated_database_url: str,
) -> None:
    database = Database(migrated_database_url)
    with database.write() as conn:
        people.put(conn, [user("U1", 5, "New")])
        people.put(conn, [user("U1", 1, "Old"), user("U2", 1, "Two")])
        found = people.get(conn, "U1")
        assert found is not None
        assert found.name == "New"
        assert people.get(conn, "U2") is not None
    database.dispose()


def facts() -> Facts:
    return Facts(policy(), parse_directory(b"people: {}\naccounts: {}\n"))


def test_who_was_met_while_everybody_was_read_is_known_afterwards() -> None:
    known = facts()
    known.learn(Acquaintance(people={"U1": user("U1"), "U9": user("U9")}))
    known.learn_people([user("U2", 7, "Met"), user("U1", 7, "Changed")])
    known.learn(Acquaintance(people={"U1": user("U1", 6, "Read"), "U3": user("U3", 8)}))
    assert {each: one.name for each, one in known.known.people.items()} == {
        "U1": "Changed",
        "U2": "Met",
        "U3": "Someone",
    }


def test_two_that_learn_at_the_same_moment_lose_nobody() -> None:
    known = facts()

    def learn(who: str) -> None:
        for number in range(200):
            known.learn_people([user(f"U{who}{number}")])

    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(learn, who) for who in "abcd"]:
            done.result(60)
    assert len(known.known.people) == 800
