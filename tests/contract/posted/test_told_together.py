"""What waits for one of us is told once, whoever dies, and whoever else is there. Source: D8.

Proves: F01.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from datetime import timedelta

import pytest

from protocols.digest.events import DigestTold, LineHeld
from protocols.digest.turns import digest_of
from protocols.escalation.events import Escalate
from protocols.following.events import FollowTicket
from protocols.kernel.refusals import Refusal
from protocols.opening.events import OpenTicket
from protocols.people.people import Staff, Who
from protocols.scales import Category, NoticedBy, Severity
from store.db import CommitPoint
from store.read import deliveries
from tests.contract.posted.place import Killed, Place, ticks
from tests.kit.bot import RunningBot
from tests.kit.incident import TEAM
from tests.kit.slack_process import SlackProcess

pytestmark = pytest.mark.slow
READER = digest_of(Staff(Who("support-two", "Support Two")))
COMMITS = 4
"""More than either has: the last of them ends as if nobody had died."""


@pytest.fixture
def two(slack: SlackProcess, migrated_database_url: str) -> Iterator[Place]:
    """Give two small tickets that Support Two follows; of the first they heard just now."""
    slack.reset()
    with RunningBot(slack.addresses, migrated_database_url) as bot:
        bot.wait_until_known()
        one, other = (
            bot.does("csm-two", _opening(f"{month} export is empty")).ticket.reference
            for month in ("October", "May")
        )
        for each in (one, other):
            bot.does("support-two", FollowTicket(each))
        escalates(bot, one)
        bot.settle()
    with ExitStack() as stack:
        yield Place(slack, migrated_database_url, one, other, stack)


def _opening(summary: str) -> OpenTicket:
    return OpenTicket(
        "", TEAM, summary, "acme", NoticedBy.US, Severity.MEDIUM, Category.TECHNICAL_PRODUCT
    )


def escalates(bot: RunningBot, reference: str) -> None:
    bot.does("csm-two", Escalate(reference, "they wait for their month end"))


def dies_at(
    place: Place, point: CommitPoint, number: int, act: Callable[[RunningBot], None]
) -> None:
    """Have a bot do something, and die at its number-th commit of it."""
    left = [0]

    def die(reached: CommitPoint) -> None:
        if left[0] and reached == point:
            left[0] -= 1
            if not left[0]:
                raise Killed

    bot = place.bot(die)
    left[0] = number
    with suppress(Killed):
        act(bot)
    left[0] = 0


def times(place: Place, bot: RunningBot, kind: type[object]) -> int:
    return sum(isinstance(event, kind) for event in place.history(bot, READER))


@pytest.mark.parametrize("point", ["before", "after"])
def test_what_waits_is_held_once_and_told_once_whoever_dies_at_which_commit(
    two: Place, point: CommitPoint
) -> None:
    other = two.bot()

    def holds(bot: RunningBot) -> None:
        with suppress(Refusal):  # done already, where the commit came before a death
            escalates(bot, two.other)
        ticks(bot)

    for number in range(1, COMMITS):
        dies_at(two, point, number, holds)
    holds(other)
    assert times(two, other, LineHeld) == 1
    other.put_clock(other.now() + timedelta(minutes=31))
    for number in range(1, COMMITS):
        dies_at(two, point, number, ticks)
    ticks(other)
    assert times(two, other, DigestTold) == 1
    with other.database.read() as conn:
        [row] = deliveries.of_ticket(conn, READER)
    assert two.other in str(row.payload)
