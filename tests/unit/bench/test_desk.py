"""The bench's copies are tickets like the one they were made from, and each gesture takes them."""

from __future__ import annotations

from bench.copies import FIRST, Copies
from bench.desk import GESTURES
from handlers.kit.edge import Slash
from protocols.queue.pages import Wanted
from tests.contract.ports.asking import ROUTINE, ask
from tests.contract.ports.houses import Counting, RealHouse
from tests.unit.handlers.desk_in_memory import TEAM, slack_id


def test_copies_stand_in_the_queue_and_every_gesture_is_answered(
    migrated_database_url: str,
) -> None:
    house = RealHouse(Counting(migrated_database_url))
    try:
        ask(house, ROUTINE)
        Copies(house.database, house.clock.now()).write(600, 100)
        for number, gesture in enumerate(GESTURES.values()):
            with house.desks.gesture() as desk:
                gesture(house, desk, Slash(slack_id("csm-one"), TEAM, f"bench-{number}"))
        with house.desks.gesture() as desk:
            assert desk.queue(Wanted(), limit=1).counts.total == 102
            found, _ = desk.tickets_with(f"{FIRST + 5} payment", 5)
            assert [each.reference for each in found] == [f"BW-{FIRST + 5}"]
    finally:
        house.close()
