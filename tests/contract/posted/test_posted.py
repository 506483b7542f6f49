"""What one ticket posts to another is decided there exactly once, whoever dies in between.

Source: design, Records.
"""

from __future__ import annotations

import json
import logging
import threading

import pytest
from sqlalchemy import select

from bot.engine.kinds import COMMANDS
from protocols import subjects
from protocols.clock.events import FallDue
from protocols.kernel.command import Command
from store.db import CommitPoint
from store.read import upcoming
from store.tables import posted as table
from store.write import posted
from tests.contract.newer.specimens import filled
from tests.contract.posted.place import Killed, Place, says, ticks
from tests.kit.bot import RunningBot
from tests.kit.errors import ErrorLines

pytestmark = pytest.mark.slow
ASKED = [command for command in subjects.COMMANDS if command is not FallDue]
"""Commands that somebody asks; a due point comes by itself."""


def rows(bot: RunningBot) -> list[tuple[str, str, str | None]]:
    query = select(table.c.key, table.c.state, table.c.refusal).order_by(table.c.id)
    with bot.database.read() as conn:
        return [(row.key, row.state, row.refusal) for row in conn.execute(query)]


def test_a_posted_command_is_decided_on_the_other_ticket(place: Place) -> None:
    bot = place.bot()
    says(bot, place.one, f"to {place.other}: Seen here as well.")
    assert place.notes(bot, place.other) == []
    assert [state for _, state, _ in rows(bot)] == ["pending"]
    ticks(bot)
    assert place.notes(bot, place.other) == ["Seen here as well."]
    ((key, state, refusal),) = rows(bot)
    assert (state, refusal) == ("done", None)
    assert key.startswith(f"{place.one}/")
    assert key.endswith("/1")


def test_what_is_posted_while_the_bot_runs_needs_nobody_to_ask(place: Place) -> None:
    with RunningBot(place.slack.addresses, place.url) as bot:
        bot.wait_until_known()
        says(bot, place.one, f"to {place.other}: Seen here as well.")
        bot.settle()
        assert place.notes(bot, place.other) == ["Seen here as well."]


@pytest.mark.parametrize("point", ["before", "after"])
def test_a_process_that_dies_over_a_post_leaves_it_done_once(
    place: Place, point: CommitPoint
) -> None:
    armed = threading.Event()

    def die(reached: CommitPoint) -> None:
        if armed.is_set() and reached == point:
            raise Killed

    dying, other = place.bot(die), place.bot()
    says(dying, place.one, f"to {place.other}: Seen here as well.")
    armed.set()
    with pytest.raises(Killed):
        ticks(dying)
    armed.clear()
    ticks(other)
    assert place.notes(other, place.other) == ["Seen here as well."]
    assert [state for _, state, _ in rows(other)] == ["done"]


@pytest.mark.parametrize("point", ["before", "after"])
def test_a_process_that_dies_over_the_cause_posts_with_it_or_not_at_all(
    place: Place, point: CommitPoint
) -> None:
    armed = threading.Event()

    def die(reached: CommitPoint) -> None:
        if armed.is_set() and reached == point:
            raise Killed

    dying, other = place.bot(die), place.bot()
    armed.set()
    with pytest.raises(Killed):
        says(dying, place.one, f"to {place.other}: Seen here as well.")
    armed.clear()
    ticks(other)
    caused = place.notes(other, place.one)
    assert len(caused) == (1 if point == "after" else 0)
    assert len(place.notes(other, place.other)) == len(caused)


def test_two_replicas_decide_each_post_once_and_in_order(place: Place) -> None:
    bots = [place.bot(), place.bot()]
    for number in range(12):
        says(bots[0], place.one, f"to {place.other}: Line {number}.")
        says(bots[1], place.other, f"to {place.one}: Answer {number}.")
    threads = [threading.Thread(target=ticks, args=(bot,)) for bot in bots]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    ticks(bots[0])
    heard = [text for text in place.notes(bots[0], place.other) if text.startswith("Line")]
    answers = [text for text in place.notes(bots[0], place.one) if text.startswith("Answer")]
    assert heard == [f"Line {number}." for number in range(12)]
    assert answers == [f"Answer {number}." for number in range(12)]


def test_a_refused_post_is_at_its_end_and_says_why(
    place: Place, caplog: pytest.LogCaptureFixture
) -> None:
    bot = place.bot()
    caplog.set_level(logging.INFO, "bot.engine.posting")
    says(bot, place.one, f"to {place.other}:  ")
    says(bot, place.one, "to BW-9999: Nobody hears it.")
    ticks(bot)
    assert [(state, why) for _, state, why in rows(bot)] == [
        ("refused", "reason_needed"),
        ("refused", "unknown_ticket"),
    ]
    assert [line.levelname for line in caplog.records if "is refused" in line.message] == [
        "INFO",
        "INFO",
    ]
    with bot.database.read() as conn:
        assert upcoming.posts_waiting(conn) == 0


def test_a_command_of_a_newer_process_is_left_to_it(place: Place) -> None:
    bot = place.bot()
    merge = {"type": "MergeInto", "reference": place.other, "into": place.one}
    with bot.database.write() as conn:
        new = posted.NewPost("BW-1001/9/1", place.other, merge, {})
        posted.put(conn, [new], bot.now())
    says(bot, place.other, f"to {place.one}: Still heard.")
    ticks(bot)
    assert [state for _, state, _ in rows(bot)] == ["pending", "done"]


def test_a_post_posts_nothing_itself(place: Place, error_lines: ErrorLines) -> None:
    error_lines.expect("could not be decided")
    bot = place.bot()
    says(bot, place.one, f"to {place.other}: to {place.one}: For ever.")
    ticks(bot)
    assert [state for _, state, _ in rows(bot)] == ["pending"]
    assert place.notes(bot, place.other) == []


@pytest.mark.parametrize("command", ASKED, ids=lambda command: command.__name__)
def test_any_command_is_read_as_it_was_posted(command: type[Command]) -> None:
    post = filled(command)
    assert COMMANDS.decode(json.loads(json.dumps(COMMANDS.encode(post)))) == post
