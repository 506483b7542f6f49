"""Somebody of us says that an action is done, or why it is not needed. Source: S25-S33."""

from __future__ import annotations

from dataclasses import replace

from protocols.checklist.events import ActionSettled, SettleActions
from protocols.checklist.files import is_file_address
from protocols.checklist.items import Action, items
from protocols.checklist.refusals import NothingSettled
from protocols.checklist.sync import checkpoint
from protocols.checklist.window import given, is_asked
from protocols.checklist.workers import need_worker
from protocols.engineering.events import RecordEngineeringTicket
from protocols.engineering.refusals import AddressNeeded
from protocols.engineering.rules import record
from protocols.investigation.events import FindingRecorded
from protocols.investigation.state import Investigation
from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.kernel.refusals import AlreadyDone, OldButton
from protocols.kernel.tables import decides
from protocols.policy.checklist import DoneBy
from protocols.rights.guards import need_reason
from protocols.ticket import Ticket

FACT = "fact"
"""The kind of a finding that is none of the scope."""
BY_FACT = (
    DoneBy.ENGINEERING,
    DoneBy.SYNC_CHECK,
    DoneBy.WINDOW,
    DoneBy.SAMPLE_DATA,
    DoneBy.EXPORT,
    DoneBy.ERROR_CODE,
)
"""What no word makes done: an engineer, a checkpoint, a window, a file, a code. D28, S27-S33."""


@decides(SettleActions)
def settle(ticket: Ticket, command: SettleActions, ctx: Context) -> tuple[Event, ...]:
    """Decide what is done and what is not needed; what is settled already stays as it is.

    Raises:
        NothingSettled: Nothing is said of any action.
        OldButton: One is named that is not on the list, or that no word makes done.
        AlreadyDone: All of them are settled.
        ReasonNeeded: One is not needed, and nothing says why.
        AddressNeeded: What was given as the address of a page is none.
        CheckNotAhead: A checkpoint lies in the past, or too far ahead.
        NotAWindow: A support window is not whole, or does not lie ahead.
    """
    need_worker(ticket, ctx)
    events = [*_said(ticket, command, ctx), *_there(ticket, command, ctx)]
    if command.address:
        events += record(ticket, RecordEngineeringTicket(ticket.reference, command.address), ctx)
    if command.check_at is not None:
        events += checkpoint(ticket, command.check_at, ctx)
    if is_asked(command):
        events += given(ticket, command, ctx)
    if not events:
        raise NothingSettled(reference=ticket.reference)
    return tuple(events)


def _said(ticket: Ticket, command: SettleActions, ctx: Context) -> list[Event]:
    """Return what is said of actions by their names."""
    named = {*command.actions_done, *command.actions_waived}
    found = [action for action in items(ticket, ctx.policy) if action.rule.name in named]
    by_word = [one for one in found if one.rule.name in command.actions_done]
    if len(found) != len(named) or any(one.rule.by in BY_FACT for one in by_word):
        raise OldButton(reference=ticket.reference)
    waiting = [action for action in found if action.is_open]
    if found and not waiting:
        raise _stands(ticket, found)
    if any(action.rule.name in command.actions_waived for action in waiting):
        need_reason(command.reason)
    return [_settled(action, command, ctx) for action in waiting]


def _settled(action: Action, command: SettleActions, ctx: Context) -> ActionSettled:
    rule, waived = action.rule, action.rule.name in command.actions_waived
    reason = command.reason if waived else ""
    return ActionSettled(ctx.now, ctx.by, rule.signal, rule.name, rule.do, waived, reason)


def _there(ticket: Ticket, command: SettleActions, ctx: Context) -> list[Event]:
    """Return that the export is ready where the link says, the sample data where one of us says.

    An error code that is given stands as a finding. Source: S33.

    Raises:
        AddressNeeded: What was given as the address of the export is none of a file.
        AlreadyDone: It is there.
    """
    if command.link and not is_file_address(command.link):
        raise AddressNeeded(reference=ticket.reference)
    places = {
        DoneBy.EXPORT: command.link,
        DoneBy.SAMPLE_DATA: command.sample_at,
        DoneBy.ERROR_CODE: command.error_code,
    }
    found = [one for one in items(ticket, ctx.policy) if places.get(one.rule.by)]
    if found and not any(action.is_open for action in found):
        raise _stands(ticket, found)
    waiting = [one for one in found if one.is_open and one.rule.name not in command.actions_waived]
    settled: list[Event] = [_file(action, places[action.rule.by], ctx) for action in waiting]
    if any(action.rule.by is DoneBy.ERROR_CODE for action in waiting):
        number = len(ticket.of(Investigation).findings) + 1
        code = f"API error code: {command.error_code}"
        settled.append(FindingRecorded(ctx.now, ctx.by, number, FACT, code, None, None))
    return settled


def _file(action: Action, place: str, ctx: Context) -> ActionSettled:
    rule = action.rule
    settled = ActionSettled(ctx.now, ctx.by, rule.signal, rule.name, rule.do)
    if rule.by is DoneBy.EXPORT:
        return replace(settled, link=place)
    return replace(settled, where=place) if rule.by is DoneBy.SAMPLE_DATA else settled


def _stands(ticket: Ticket, found: list[Action]) -> AlreadyDone:
    said = next((action.said for action in found if action.said is not None), None)
    if said is None:
        return AlreadyDone(reference=ticket.reference)
    return AlreadyDone(reference=ticket.reference, person=said.by.name, done_at=said.at)
