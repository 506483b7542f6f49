"""The checker of histories finds what it is there to find."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from store.write import records as tickets
from tests.faults.test_database import swap_body
from tests.faults.weather import running
from tests.kit import history
from tests.kit.bot import RunningBot
from tests.kit.history import Wire
from tests.kit.incident import PlayedIncident

pytestmark = [pytest.mark.crash, pytest.mark.slow]


@dataclass(frozen=True)
class Altered:
    """A witness whose memory was changed."""

    seen: Sequence[Wire]
    letters: Sequence[Wire]

    def calls(self) -> Sequence[Wire]:
        return self.seen

    def mails(self) -> Sequence[Wire]:
        return self.letters


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[RunningBot, Altered]]:
    url = f"sqlite:///{tmp_path_factory.mktemp('played') / 'bridgewatch.db'}"
    with running(url) as (slack, bot):
        PlayedIncident(bot).play()
        witness = history.Local(slack)
        yield bot, Altered(witness.calls(), witness.mails())


def found(bot: RunningBot, calls: Sequence[Wire], mails: Sequence[Wire]) -> str:
    return "\n".join(history.violations(bot.database, Altered(calls, mails)))


def card_of(calls: Sequence[Wire]) -> Wire:
    return next(call for call in calls if history.key_of(call) == "BW-1001/card")


def test_a_history_as_it_was_has_no_fault(played: tuple[RunningBot, Altered]) -> None:
    bot, seen = played
    assert found(bot, seen.seen, seen.letters) == ""


def test_a_post_that_stands_twice_is_found(played: tuple[RunningBot, Altered]) -> None:
    bot, seen = played
    twice = [*seen.seen, card_of(seen.seen)]
    assert "BW-1001/card is visible 2 times" in found(bot, twice, seen.letters)


def test_a_post_that_never_came_is_found(played: tuple[RunningBot, Altered]) -> None:
    bot, seen = played
    card = card_of(seen.seen)
    without = [call for call in seen.seen if call is not card]
    assert "BW-1001/card is done and is visible 0 times" in found(bot, without, seen.letters)


def test_a_post_of_nobody_is_found(played: tuple[RunningBot, Altered]) -> None:
    bot, seen = played
    stray: dict[str, Any] = {**card_of(seen.seen), "args": {"text": "hello"}}
    assert "was never ours" in found(bot, [*seen.seen, stray], seen.letters)


def test_a_mail_that_never_came_is_found(played: tuple[RunningBot, Altered]) -> None:
    bot, seen = played
    assert "no such mail came" in found(bot, seen.seen, [])


def test_a_bridge_without_its_pin_is_found(played: tuple[RunningBot, Altered]) -> None:
    bot, seen = played
    unpinned = [call for call in seen.seen if call["method"] != "pins.add"]
    assert "half made: no pins.add" in found(bot, unpinned, seen.letters)


def test_a_second_bridge_is_found(played: tuple[RunningBot, Altered]) -> None:
    bot, seen = played
    made = next(call for call in seen.seen if call["method"] == "conversations.create")
    assert "1 bridges were wanted" in found(bot, [*seen.seen, made], seen.letters)


def test_a_row_that_the_journal_does_not_make_is_found(
    played: tuple[RunningBot, Altered],
) -> None:
    bot, seen = played
    with bot.database.read() as conn:
        row = tickets.get(conn, "BW-1001")
    assert row is not None
    kept = swap_body(bot.database, "BW-1001", {**row.body, "scope": "another"})
    try:
        assert "the journal makes another body" in found(bot, seen.seen, seen.letters)
    finally:
        swap_body(bot.database, "BW-1001", kept)
