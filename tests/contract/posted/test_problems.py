"""The words of a problem answer each linked ticket once, whoever dies, and whoever else is there.

Source: S67, D41; M10; design, Records.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from protocols.closure.events import Resolve, TicketResolved
from protocols.opening.events import OpenTicket
from protocols.problems.events import AnsweredHeard, ProblemAnswered
from protocols.relations.events import LinkTickets, Relation
from protocols.scales import Category, NoticedBy, Severity
from protocols.updates.approval import hash_of
from protocols.updates.events import ReleaseText, TextReleased
from protocols.updates.state import Updates
from store.db import CommitPoint
from tests.contract.posted.place import Killed, Place, ticks
from tests.kit.bot import RunningBot
from tests.kit.incident import TEAM
from tests.kit.slack_process import SlackProcess

pytestmark = pytest.mark.slow


@pytest.fixture
def two(slack: SlackProcess, migrated_database_url: str) -> Iterator[Place]:
    """Give a problem of Acme whose words wait for release, and a ticket of Birch that has it."""
    slack.reset()
    with RunningBot(slack.addresses, migrated_database_url) as bot:
        bot.wait_until_known()
        one, other = (
            bot.does("csm-one", _opening(account)).ticket.reference for account in ("acme", "birch")
        )
        bot.settle()
        bot.does("csm-one", LinkTickets(other, one, Relation.SAME_PROBLEM_AS))
        bot.settle()
        bot.does("csm-one", Resolve(one, "The export was made anew.", "Open the export."))
        bot.settle()
    with ExitStack() as stack:
        yield Place(slack, migrated_database_url, one, other, stack)


def _opening(account: str) -> OpenTicket:
    return OpenTicket(
        "", TEAM, "Export is empty", account, NoticedBy.US, Severity.MEDIUM,
        Category.TECHNICAL_PRODUCT,
    )  # fmt: skip


def releases(place: Place, bot: RunningBot) -> None:
    (draft,) = bot.ticket(place.one).of(Updates).waiting_drafts()
    bot.does("cs-manager-one", ReleaseText(place.one, draft.number, hash_of(draft)))


def answered(place: Place, bot: RunningBot) -> tuple[int, int, int]:
    """Return how often the ticket was answered, resolved and released; each is once or never."""
    there = place.history(bot, place.other)
    kinds = (ProblemAnswered, TicketResolved, TextReleased)
    counts = (sum(isinstance(event, kind) for event in there) for kind in kinds)
    first, second, third = counts
    return first, second, third


def dying(place: Place, point: CommitPoint) -> tuple[RunningBot, threading.Event]:
    """Return a bot that dies at the next commit once it is armed."""
    armed = threading.Event()

    def die(reached: CommitPoint) -> None:
        if armed.is_set() and reached == point:
            raise Killed

    return place.bot(die), armed


@pytest.mark.parametrize("point", ["before", "after"])
def test_a_process_that_dies_over_the_release_answers_nobody_or_everybody(
    two: Place, point: CommitPoint
) -> None:
    (bot, armed), other = dying(two, point), two.bot()
    armed.set()
    with pytest.raises(Killed):
        releases(two, bot)
    armed.clear()
    ticks(other)
    assert answered(two, other) == ((1, 1, 1) if point == "after" else (0, 0, 0))


@pytest.mark.parametrize("point", ["before", "after"])
def test_a_process_that_dies_as_a_ticket_is_answered_answers_it_once(
    two: Place, point: CommitPoint
) -> None:
    (bot, armed), other = dying(two, point), two.bot()
    releases(two, bot)
    armed.set()
    with pytest.raises(Killed):
        ticks(bot)
    armed.clear()
    ticks(other)
    ticks(other)
    assert answered(two, other) == (1, 1, 1)
    heard = [e for e in two.history(other, two.one) if isinstance(e, AnsweredHeard)]
    assert len(heard) == 1


def test_two_processes_at_once_answer_it_once(two: Place) -> None:
    bots = [two.bot(), two.bot()]
    releases(two, bots[0])
    threads = [threading.Thread(target=ticks, args=(bot,)) for bot in bots]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    ticks(bots[0])
    assert answered(two, bots[1]) == (1, 1, 1)
