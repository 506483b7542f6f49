"""Taking a release back. Source: D24."""

from __future__ import annotations

from handlers.kit.acting import number, submit, told
from handlers.kit.doors import Doors
from handlers.kit.edge import Press, Slash
from handlers.kit.ports import Acts
from handlers.kit.replies import Answer
from protocols.notices.events import HAS_IT, Reach
from protocols.outreach.state import OutreachTold
from protocols.ticket import Ticket
from protocols.updates.events import DraftKind, DraftState
from protocols.updates.state import Draft, Updates
from protocols.withdrawals.events import RecallText
from protocols.withdrawals.refusals import NothingToRecall
from templates.withdrawals.words import UPDATE_RECALL


def recall(desk: Acts, press: Press) -> Answer:
    """Take a release back, if its words have not left. Source: D24."""
    reference = press.reference
    command = RecallText(reference, number(press.part(1), reference))
    return _recalled(desk, press, command)


def type_recall(desk: Acts, slash: Slash, ticket: Ticket, _rest: str) -> Answer:
    """Answer ``/bridge recall`` and ``/ticket recall``: the newest release that has not left.

    Raises:
        NothingToRecall: No released text is on its way.
    """
    newest = _newest_release(ticket)
    if newest is None:
        raise NothingToRecall(reference=ticket.reference)
    command = RecallText(ticket.reference, newest.number)
    return _recalled(desk, slash, command)


def _recalled(desk: Acts, gesture: Press | Slash, command: RecallText) -> Answer:
    """Take it back, and say of words for many accounts how many of them have them."""
    ticket = submit(desk, gesture, command).ticket
    outreach = ticket.of(OutreachTold)
    if command.number not in outreach.numbers:
        return told(desk, gesture, ticket, "done_recalled")
    counts = {
        "told_count": len(outreach.at(*HAS_IT)),
        "held_count": len(outreach.at(Reach.HELD_BACK)),
    }
    return told(desk, gesture, ticket, "done_notice_recalled", **counts)


def _newest_release(ticket: Ticket) -> Draft | None:
    """Return the text that was released last and may be recalled, first one that is not yet."""
    found = [
        (draft.recalled_at is None, draft.released_at, draft.number)
        for draft in ticket.of(Updates).drafts
        if draft.state is DraftState.RELEASED
        and draft.released_at is not None
        and (draft.kind is not DraftKind.OUTREACH or _is_going_out(ticket, draft))
    ]
    return ticket.of(Updates).draft(max(found)[2]) if found else None


def _is_going_out(ticket: Ticket, draft: Draft) -> bool:
    """Say whether words for many accounts are on their way to some of them."""
    told = ticket.of(OutreachTold)
    return draft.number in told.numbers[-1:] and bool(told.missing)


DOORS = Doors(
    presses={
        UPDATE_RECALL: recall,
    },
    ticket_verbs={
        "recall": type_recall,
    },
    bridge_verbs={
        "recall": type_recall,
    },
)
