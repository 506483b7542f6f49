"""Somebody of us says that an action is done, or why it is not needed. Source: S25-S33."""

from __future__ import annotations

from protocols.checklist.events import ActionSettled, SettleActions
from protocols.checklist.items import Action, items
from protocols.checklist.refusals import NothingSettled
from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.kernel.refusals import AlreadyDone, OldButton
from protocols.kernel.tables import decides
from protocols.rights.guards import need_on_ticket, need_reader, need_reason, need_status
from protocols.routing.teams import is_of_team
from protocols.ticket import Ticket
from protocols.updates.checking import ALIVE


def need_worker(ticket: Ticket, ctx: Context) -> None:
    """Refuse who is neither on the ticket nor of the team that has it. Source: S164.

    Raises:
        NotYours: The actor is neither.
        WrongState: The ticket was opened by mistake.
    """
    need_reader(ticket, ctx)
    if not is_of_team(ticket, ctx):
        need_on_ticket(ticket, ctx)
    need_status(ticket, *ALIVE)


@decides(SettleActions)
def settle(ticket: Ticket, command: SettleActions, ctx: Context) -> tuple[Event, ...]:
    """Decide what is done and what is not needed; what is settled already stays as it is.

    Raises:
        NothingSettled: No action is named.
        OldButton: One is named that is not on the list.
        AlreadyDone: All of them are settled.
        ReasonNeeded: One is not needed, and nothing says why.
    """
    need_worker(ticket, ctx)
    named = {*command.actions_done, *command.actions_waived}
    if not named:
        raise NothingSettled(reference=ticket.reference)
    found = [item for item in items(ticket, ctx.policy) if item.rule.name in named]
    if len(found) != len(named):
        raise OldButton(reference=ticket.reference)
    waiting = [item for item in found if item.is_open]
    if not waiting:
        raise _stands(ticket, found)
    if any(item.rule.name in command.actions_waived for item in waiting):
        need_reason(command.reason)
    return tuple(_settled(item, command, ctx) for item in waiting)


def _settled(item: Action, command: SettleActions, ctx: Context) -> ActionSettled:
    rule, waived = item.rule, item.rule.name in command.actions_waived
    reason = command.reason if waived else ""
    return ActionSettled(ctx.now, ctx.by, rule.signal, rule.name, rule.do, waived, reason)


def _stands(ticket: Ticket, found: list[Action]) -> AlreadyDone:
    said = next((item.said for item in found if item.said is not None), None)
    if said is None:
        return AlreadyDone(reference=ticket.reference)
    return AlreadyDone(reference=ticket.reference, person=said.by.name, done_at=said.at)
