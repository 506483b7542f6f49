"""What an errand decides, owes, tells and posts; and the note of a ticket that gives one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from protocols.clock.state import PassedPoints
from protocols.deliveries.events import TakeDelivery
from protocols.kernel.context import Context
from protocols.kernel.due_point import DuePoint
from protocols.kernel.effects import Dm, Effect, Gateway
from protocols.kernel.event import Event
from protocols.kernel.posting import Post
from protocols.kernel.record import part_of
from protocols.kernel.tables import decides, dues_of, falls, opens, posts, tells
from protocols.policy.policy import Policy
from protocols.ticket import Ticket
from protocols.time.calendar import BusinessCalendar
from protocols.timeline.events import AddNote, NoteAdded
from tests.contract.posted.errand.events import (
    AddToErrand,
    Errand,
    ErrandDue,
    ErrandGiven,
    ErrandGrew,
    ErrandHead,
    ErrandHeard,
    GiveErrand,
)

part_of(Errand)(PassedPoints)
_NOTE = re.compile(r"errand (\d+): (.*)")


def given_by_note(ticket: Ticket, event: NoteAdded, ctx: Context) -> tuple[Post, ...]:
    """Post the errand that a note gives, and one thing more about it."""
    found = _NOTE.fullmatch(event.text)
    if found is None:
        return ()
    reference = f"{ticket.reference}-E{found[1]}"
    give = GiveErrand(reference, ticket.reference, found[2], event.by.key)
    return Post(give, ctx.actor), Post(AddToErrand(reference, "and soon"), ctx.actor)


@opens(GiveErrand)
def give(command: GiveErrand, ctx: Context) -> tuple[Event, ...]:
    """Return that it was given."""
    return (
        ErrandGiven(
            ctx.now, ctx.by, command.reference, command.ticket, command.text, command.person,
            ctx.team_id, ctx.policy.version,
        ),
    )  # fmt: skip


@decides(AddToErrand)
def add(_errand: Errand, command: AddToErrand, ctx: Context) -> tuple[Event, ...]:
    """Return that more was said."""
    return (ErrandGrew(ctx.now, ctx.by, command.more),)


@decides(TakeDelivery)
def taken(_errand: Errand, command: TakeDelivery, ctx: Context) -> tuple[Event, ...]:
    """Return that whoever has it was told."""
    return (ErrandHeard(command.taken_at, ctx.by, command.key),)


@dues_of
def owed(errand: Errand, _policy: Policy, _calendar: BusinessCalendar) -> Iterator[DuePoint]:
    """Yield when it is due: at once."""
    yield DuePoint("errand", "errand", errand.opened_at)


@falls("errand")
def fallen(_errand: Errand, _point: DuePoint, ctx: Context) -> tuple[Event, ...]:
    """Return that it fell due."""
    return (ErrandDue(ctx.now, ctx.by),)


@tells(ErrandDue)
def told(errand: Errand, _event: ErrandDue, ctx: Context) -> tuple[Effect, ...]:
    """Tell whoever has it."""
    given = errand.of(ErrandHead).given
    return (
        Effect(
            f"{errand.reference}/due", Gateway.SLACK, "chat.postMessage", Dm(ctx.who(given.person)),
            arguments={"text": given.text}, reports=True,
        ),
    )  # fmt: skip


@posts(ErrandDue)
def passed_back(errand: Errand, _event: ErrandDue, ctx: Context) -> tuple[Post, ...]:
    """Post to the ticket that it is under way."""
    head = errand.of(ErrandHead)
    return (Post(AddNote(head.given.ticket, f"Under way: {head.given.text}"), ctx.actor),)
