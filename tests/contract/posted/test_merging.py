"""A merge stands on both tickets or on neither, whoever dies, and two at once make no circle.

Source: S66, D41; design, Records.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import ExitStack, suppress

import pytest

from protocols.kernel.refusals import Refusal
from protocols.opening.events import OpenTicket
from protocols.relations.events import MergeHeard, MergeTickets, TicketMerged
from protocols.scales import Category, NoticedBy, Severity
from store.db import CommitPoint
from tests.contract.posted.place import Killed, Place, ticks
from tests.kit.bot import RunningBot
from tests.kit.incident import TEAM
from tests.kit.slack_process import SlackProcess

pytestmark = pytest.mark.slow


@pytest.fixture
def two(slack: SlackProcess, migrated_database_url: str) -> Iterator[Place]:
    """Give two tickets of Acme of Tier 1, of which nothing is on its way."""
    slack.reset()
    with RunningBot(slack.addresses, migrated_database_url) as bot:
        bot.wait_until_known()
        one, other = (
            bot.does("csm-one", _opening(f"{month} export is empty")).ticket.reference
            for month in ("October", "May")
        )
        bot.settle()
    with ExitStack() as stack:
        yield Place(slack, migrated_database_url, one, other, stack)


def _opening(summary: str) -> OpenTicket:
    return OpenTicket(
        "", TEAM, summary, "acme", NoticedBy.US, Severity.MEDIUM, Category.TECHNICAL_PRODUCT
    )


def stands(place: Place, bot: RunningBot) -> tuple[int, int]:
    """Return how often the one says that it was merged, and the other that it took it in."""
    here, there = (place.history(bot, each) for each in (place.one, place.other))
    merged = [event for event in here if isinstance(event, TicketMerged)]
    return len(merged), len([event for event in there if isinstance(event, MergeHeard)])


@pytest.mark.parametrize("point", ["before", "after"])
def test_a_process_that_dies_over_a_merge_leaves_it_on_both_or_on_neither(
    two: Place, point: CommitPoint
) -> None:
    armed = threading.Event()

    def die(reached: CommitPoint) -> None:
        if armed.is_set() and reached == point:
            raise Killed

    dying, other = two.bot(die), two.bot()
    armed.set()
    with pytest.raises(Killed):
        dying.does("csm-one", MergeTickets(two.one, two.other))
    armed.clear()
    ticks(other)
    assert stands(two, other) == ((1, 1) if point == "after" else (0, 0))


@pytest.mark.parametrize("point", ["before", "after"])
def test_a_process_that_dies_as_the_other_hears_of_it_leaves_it_heard_once(
    two: Place, point: CommitPoint
) -> None:
    armed = threading.Event()

    def die(reached: CommitPoint) -> None:
        if armed.is_set() and reached == point:
            raise Killed

    dying, other = two.bot(die), two.bot()
    dying.does("csm-one", MergeTickets(two.one, two.other))
    armed.set()
    with pytest.raises(Killed):
        ticks(dying)
    armed.clear()
    ticks(other)
    assert stands(two, other) == (1, 1)


def test_two_that_are_merged_into_each_other_at_once_leave_one_standing(two: Place) -> None:
    bots = [two.bot(), two.bot()]
    ways = [(two.one, two.other), (two.other, two.one)]

    def merges(bot: RunningBot, way: tuple[str, str]) -> None:
        with suppress(Refusal):
            bot.does("csm-one", MergeTickets(*way))

    threads = [threading.Thread(target=merges, args=each) for each in zip(bots, ways, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    ticks(bots[0])
    happened = [*two.history(bots[0], two.one), *two.history(bots[0], two.other)]
    assert len([event for event in happened if isinstance(event, TicketMerged)]) == 1
    assert len([event for event in happened if isinstance(event, MergeHeard)]) == 1
    assert bots[0].ticket(two.one).reference == bots[0].ticket(two.other).reference
