"""Who is reminded of a promise, and who hears that it passed. Source: words.md 4.9, 4.10; D10."""

from __future__ import annotations

from protocols.bridge.roads import bridge_post
from protocols.kernel.context import Context
from protocols.kernel.effects import Surface
from protocols.kernel.roads import dm
from protocols.kernel.tables import Effects, tells
from protocols.ladder.events import StepKind, StepLate, StepState
from protocols.ladder.state import Ladder
from protocols.people.people import Role, Staff
from protocols.promises.events import PromiseLapsed, UpdatePrompted
from protocols.promises.state import Promises
from protocols.rights.roads import manager_of
from protocols.roles.state import Roles
from protocols.ticket import Ticket
from protocols.updates.state import Updates


def _update_overdue(
    ticket: Ticket, ctx: Context, suffix: str, due: str, told_by: str = ""
) -> Effects:
    """Overdue words go to the bridge, the communicator and the CS manager. Source: D10.

    So does a word to the account, ahead of its time, that they will be.
    """
    params: dict[str, object] = {"due": due, "told_by": told_by}
    told = [bridge_post(ticket, suffix, "overdue_update", params)]
    manager = manager_of(ticket, ctx)
    people = {who.key: who for who in (communicator(ticket), manager) if who is not None}
    told += [
        dm(ticket, f"{suffix}/{key}", people[key], "overdue_update", params)
        for key in sorted(people.keys() - {told_by})
    ]
    return tuple(told)


def communicator(ticket: Ticket) -> Staff | None:
    """Return who writes: the communicator, else the one contact."""
    seat = ticket.of(Roles).seat(Role.COMMUNICATOR)
    return seat.holder if seat is not None and seat.holder is not None else ticket.poc


@tells(PromiseLapsed)
def promise_lapsed(ticket: Ticket, event: PromiseLapsed, ctx: Context) -> Effects:
    """Say inside that a promise passed; the first update's own step says it already."""
    promise = next(p for p in ticket.of(Promises).promises if p.number == event.number)
    suffix, due = f"overdue/{event.number}", promise.at.isoformat()
    if event.unheard:
        return ()
    if event.ahead:
        return _update_overdue(ticket, ctx, suffix, due, event.by.key)
    first = ticket.of(Ladder).step(StepKind.FIRST_UPDATE)
    if first is not None and first.due_at == promise.at and first.state is StepState.OWED:
        return ()
    return _update_overdue(ticket, ctx, suffix, due)


@tells(StepLate)
def first_update_late(ticket: Ticket, event: StepLate, ctx: Context) -> Effects:
    """Say inside that the first update did not come in time. Source: D10, S177."""
    if event.kind is not StepKind.FIRST_UPDATE:
        return ()
    step = ticket.of(Ladder).step(event.kind)
    due_at = step.due_at if step is not None else event.at
    suffix = f"late/{event.kind}/{event.run}"
    return _update_overdue(ticket, ctx, suffix, due_at.isoformat())


@tells(UpdatePrompted)
def prompted(ticket: Ticket, event: UpdatePrompted, ctx: Context) -> Effects:
    """Remind the communicator; before the end, ask the bridge for a release."""
    promise = next(p for p in ticket.of(Promises).promises if p.number == event.number)
    if event.in_bridge:
        waiting = ticket.of(Updates).waiting_drafts()
        if not waiting:
            return ()
        params: dict[str, object] = {"draft": waiting[0].number}
        return (
            bridge_post(
                ticket,
                f"last-call/{event.number}",
                "prompt_review",
                params,
                surface=Surface.DROP_IF_STALE,
                stale_at=promise.at,
            ),
        )
    writer = communicator(ticket)
    if writer is None or ticket.of(Updates).waiting_drafts():
        return ()
    first = ticket.of(Ladder).owes(StepKind.FIRST_UPDATE)
    return (
        dm(
            ticket,
            f"prompt/{event.number}",
            writer,
            "prompt_first_update" if first else "prompt_update",
            {"promise": event.number},
            surface=Surface.DROP_IF_STALE,
            stale_at=promise.at,
        ),
    )
