"""What of ours did not arrive: tried again, or told by hand. Source: S177."""

from __future__ import annotations

from handlers.kit.acting import submit, told
from handlers.kit.doors import Doors
from handlers.kit.edge import Press
from handlers.kit.ports import Acts
from handlers.kit.replies import Answer
from protocols.deliveries.events import ToldThem, TryAgain
from templates.deliveries.words import DELIVERY_AGAIN, DELIVERY_TOLD


def again(desk: Acts, press: Press) -> Answer:
    """Have it sent once more."""
    return told(desk, press, submit(desk, press, TryAgain(press.reference)).ticket, "done_again")


def by_hand(desk: Acts, press: Press) -> Answer:
    """Keep that somebody told it by themselves."""
    return told(desk, press, submit(desk, press, ToldThem(press.reference)).ticket, "done_told")


DOORS = Doors(presses={DELIVERY_AGAIN: again, DELIVERY_TOLD: by_hand})
