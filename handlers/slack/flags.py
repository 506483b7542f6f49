"""A complaint, or a dispute of the contract: whether it is one, and who has it. S97, D45; M19."""

from __future__ import annotations

from handlers.kit.acting import number, submit, told
from handlers.kit.doors import Doors
from handlers.kit.edge import Press
from handlers.kit.ports import Acts
from handlers.kit.replies import Answer
from protocols.flags.events import AnswerFlag, Flag, FlagDenied, FlagSet, TakeFlag
from protocols.kernel.refusals import OldButton
from templates.flags.words import FLAG_NO, FLAG_TAKE, FLAG_YES, IS


def take(desk: Acts, press: Press) -> Answer:
    """Have it, as whoever answers for it."""
    if press.part(1) not in set(Flag):
        raise OldButton(reference=press.reference)
    flag = Flag(press.part(1))
    ticket = submit(desk, press, TakeFlag(press.reference, flag)).ticket
    return told(desk, press, ticket, "done_flag_taken", what=IS[flag])


def _said(desk: Acts, press: Press, *, is_one: bool) -> Answer:
    which = number(press.part(1), press.reference)
    seen = submit(desk, press, AnswerFlag(press.reference, which, is_one))
    flags = (event.flag for event in seen.events if isinstance(event, FlagSet | FlagDenied))
    what = next((IS[flag] for flag in flags), "")
    return told(desk, press, seen.ticket, "done_flag_said", is_one=is_one, what=what)


def yes(desk: Acts, press: Press) -> Answer:
    """Say that it is what it may be."""
    return _said(desk, press, is_one=True)


def no(desk: Acts, press: Press) -> Answer:
    """Say that it is not."""
    return _said(desk, press, is_one=False)


DOORS = Doors(
    presses={
        FLAG_TAKE: take,
        FLAG_YES: yes,
        FLAG_NO: no,
    },
)
