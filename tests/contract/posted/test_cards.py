"""A card that somebody deleted is posted anew once, whoever dies as it is noticed. S184, D41.

Proves: F01.
"""

from __future__ import annotations

from contextlib import suppress

import pytest

from bot.courier.settlement import GONE
from protocols.bridge import roads
from protocols.losses.events import BridgeCardGone
from store.db import CommitPoint
from store.read import deliveries
from tests.contract.posted.place import Killed, Place
from tests.kit.bot import RunningBot

pytestmark = pytest.mark.slow


def hears_that_it_is_gone(place: Place, bot: RunningBot) -> None:
    """Have a bot record, as its courier does, that Slack has not the card that it edited."""
    slot = roads.card_slot(bot.ticket(place.one))
    with bot.database.write() as conn:
        rows = [row for row in deliveries.of_ticket(conn, place.one) if row.slot == slot]
        bot.program.parts.engine.settled(conn, [(rows[0], {"note": GONE})])


@pytest.mark.parametrize("point", ["before", "after"])
def test_a_card_that_is_gone_is_posted_anew_once_whoever_dies_as_it_is_noticed(
    place: Place, point: CommitPoint
) -> None:
    armed: list[bool] = []

    def die(reached: CommitPoint) -> None:
        if armed and reached == point:
            raise Killed

    dying, other = place.bot(die), place.bot()
    before = roads.card_key(other.ticket(place.one))
    armed.append(True)
    with suppress(Killed):
        hears_that_it_is_gone(place, dying)
    armed.clear()
    hears_that_it_is_gone(place, other)
    gone = [e for e in place.history(other, place.one) if isinstance(e, BridgeCardGone)]
    assert len(gone) == 1
    anew = roads.card_key(other.ticket(place.one))
    assert anew != before
    with other.database.read() as conn:
        posted = [row.key for row in deliveries.of_ticket(conn, place.one) if row.key == anew]
    assert posted == [anew]
