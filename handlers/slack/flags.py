"""A complaint, or a dispute of the contract: **I have it**. Source: S97, D45."""

from __future__ import annotations

from handlers.kit.acting import submit, told
from handlers.kit.doors import Doors
from handlers.kit.edge import Press
from handlers.kit.ports import Acts
from handlers.kit.replies import Answer
from protocols.flags.events import Flag, TakeFlag
from protocols.kernel.refusals import OldButton
from templates.flags.words import FLAG_TAKE, IS


def take(desk: Acts, press: Press) -> Answer:
    """Have it, as whoever answers for it."""
    if press.part(1) not in set(Flag):
        raise OldButton(reference=press.reference)
    flag = Flag(press.part(1))
    ticket = submit(desk, press, TakeFlag(press.reference, flag)).ticket
    return told(desk, press, ticket, "done_flag_taken", what=IS[flag])


DOORS = Doors(
    presses={
        FLAG_TAKE: take,
    },
)
