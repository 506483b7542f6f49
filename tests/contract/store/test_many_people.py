"""A workspace of thousands is read to its end, however moody it is, and work goes on meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from bot.clock import MachineClock
from bot.engine.facts import Facts
from bot.files.directory import parse_directory
from bot.gateways.outcomes import NotSent, RateLimited, Refused
from bot.slack.asking import TRIES, SlackDidNotSay
from bot.slack.reader import SlackReader
from store.db import Database
from store.write import people
from tests.kit.large_slack import OURS, LargeSlack, user
from tests.kit.rules_incident import policy

HEAD = """\
people:
  csm-one: {name: CSM One, email: csm.one@vendor.example, duties: [csm]}
accounts:
"""
ACCOUNT = """\
  account-%d:
    name: Account %d
    kind: customer
    time_zone: America/New_York
    shared_channel: shared-%d
"""


@pytest.fixture
def sqlite_database(migrated_sqlite_url: str) -> Iterator[Database]:
    """Give a database on SQLite: how much is read is no matter of the engine."""
    made = Database(migrated_sqlite_url)
    yield made
    made.dispose()


def everybody(count: int) -> list[dict[str, object]]:
    """Return so many people, the directory's last of all."""
    others = [user(f"U{n:07d}", f"person{n}@vendor.example") for n in range(count - 1)]
    return [*others, user("U0CSMONE01", "csm.one@vendor.example")]


def channels(count: int) -> tuple[tuple[str, str], ...]:
    return tuple((f"C{n:05d}", f"shared-{n}") for n in range(count))


class Reading:
    """A reader of a workspace, and how long it was made to wait."""

    def __init__(self, database: Database, slack: LargeSlack) -> None:
        text = HEAD + "".join(ACCOUNT % (n, n, n) for n in range(max(1, len(slack.channels))))
        self.facts = Facts(policy(), parse_directory(text.encode()))
        self.waits: list[float] = []
        self.meanwhile: Callable[[], None] = lambda: None
        self.reader = SlackReader(slack, database, self.facts, MachineClock(), wait=self._wait)

    def _wait(self, seconds: float) -> bool:
        self.waits.append(seconds)
        self.meanwhile()
        return False


def answered_once(slack: LargeSlack, method: str) -> int:
    """Return how many pages were answered, none of them twice."""
    pages = [subject for made, subject in slack.answered if made == method]
    assert len(pages) == len(set(pages))
    return len(pages)


def test_4500_people_are_read_to_the_end_through_limits_and_lost_answers(
    sqlite_database: Database,
) -> None:
    slack = LargeSlack(everybody(4_500))
    slack.stumbles = {
        ("users.list", 3): RateLimited(30.0),
        ("users.list", 4): RateLimited(7.0),
        ("users.list", 12): NotSent("the connection was refused"),
    }
    read = Reading(sqlite_database, slack)
    read.reader.read()
    assert read.waits[:2] == [30.0, 7.0]
    assert len(read.waits) == 3
    assert answered_once(slack, "users.list") == 23
    assert len(read.facts.known.people) == 4_500
    assert read.facts.known.complete
    with sqlite_database.read() as conn:
        assert len(people.everyone(conn)) == 4_500


def test_a_reading_that_is_broken_off_goes_on_where_it_was(sqlite_database: Database) -> None:
    slack = LargeSlack(everybody(1_000))
    slack.stumbles = {("users.list", 2 + n): NotSent("it is down") for n in range(TRIES + 1)}
    read = Reading(sqlite_database, slack)
    with pytest.raises(SlackDidNotSay):
        read.reader.read()
    assert len(read.facts.known.people) >= 400
    assert not read.facts.known.complete
    read.reader.read()
    assert answered_once(slack, "users.list") == 5
    assert len(read.facts.known.people) == 1_000
    assert read.facts.known.complete


def test_a_place_in_the_list_that_slack_forgot_begins_the_list_again(
    sqlite_database: Database,
) -> None:
    slack = LargeSlack(everybody(1_000))
    slack.stumbles = {("users.list", 2): Refused("invalid_cursor")}
    read = Reading(sqlite_database, slack)
    with pytest.raises(SlackDidNotSay, match="invalid_cursor"):
        read.reader.read()
    read.reader.read()
    assert len(read.facts.known.people) == 1_000
    assert read.facts.known.complete


def test_a_call_that_fails_after_the_people_throws_nobody_away(
    sqlite_database: Database,
) -> None:
    slack = LargeSlack(everybody(900), channels(1), refuses={"users.conversations"})
    read = Reading(sqlite_database, slack)
    with pytest.raises(SlackDidNotSay, match=r"users\.conversations"):
        read.reader.read()
    assert len(read.facts.known.people) == 900
    assert read.facts.who("U0000007") is not None
    assert not read.facts.known.complete


def test_who_is_on_duty_is_known_before_a_long_list_ends(sqlite_database: Database) -> None:
    slack = LargeSlack(everybody(900))
    slack.stumbles = {("users.list", 1): RateLimited(60.0)}
    read = Reading(sqlite_database, slack)
    known: list[str | None] = []
    read.meanwhile = lambda: known.append(read.facts.slack_id("csm-one"))
    read.reader.read()
    assert known == ["U0CSMONE01"]


def test_someone_whom_the_list_has_not_reached_is_met_while_it_is_read(
    sqlite_database: Database,
) -> None:
    slack = LargeSlack(everybody(900))
    slack.stumbles = {("users.list", 1): RateLimited(60.0)}
    read = Reading(sqlite_database, slack)

    def meet() -> None:
        read.reader.meet("U0STRANGER")

    read.meanwhile = meet
    read.reader.read()
    assert "U0STRANGER" in read.facts.known.people
    assert len(read.facts.known.people) == 901


def test_a_channel_that_cannot_be_read_keeps_what_was_known_and_the_others_are_read(
    sqlite_database: Database,
) -> None:
    slack = LargeSlack(everybody(2), channels(3), outsiders=2)
    read = Reading(sqlite_database, slack)
    read.reader.read()
    slack.outsiders = 5
    slack.refuses = {"conversations.members C00001"}
    read.reader.read()
    found = read.facts.known.channels
    assert [found[f"account-{n}"].outside_count for n in range(3)] == [5, 2, 5]
    assert read.facts.known.complete


@pytest.mark.full
@pytest.mark.parametrize("count", [25_000, 41_000])
def test_a_whole_company_and_its_2000_shared_channels_are_read(
    sqlite_database: Database, count: int
) -> None:
    slack = LargeSlack(everybody(count), channels(2_000))
    slack.stumbles = {("users.list", n): RateLimited(30.0) for n in range(20, 120, 21)}
    read = Reading(sqlite_database, slack)
    read.reader.read()
    assert answered_once(slack, "users.list") == -(-count // 200)
    assert len(read.facts.known.people) == count + 2_000
    assert len(read.facts.known.channels) == 2_000
    assert read.facts.who("U0000007") is not None
    assert read.facts.actor(OURS, "U0CSMONE01").who.key == "csm-one"
