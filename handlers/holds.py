"""This file owns the holds: placed, confirmed as stopped, cleared by another. Source: S48, D17."""

from __future__ import annotations

from handlers import replies
from handlers.acting import (
    account_name,
    context_of,
    insider,
    number,
    opener,
    part,
    submit,
    told,
    verb,
)
from handlers.desk import Desk
from handlers.edge import Press, Slash, Submission
from handlers.refusing import need_ticket
from handlers.replies import Answer
from handlers.showing import card_message
from protocols import commands as cmd
from protocols.context import Context
from protocols.refusals import OldButton
from protocols.rules.guards import need_on_ticket
from protocols.rules.holds import may_clear, may_confirm
from protocols.slices import Holds
from protocols.ticket import Hold, HoldKind, HoldState, Ticket
from templates import actions, render
from templates.presenters.holding import to_call
from templates.render import Json


def place_form(ticket: Ticket, ctx: Context) -> Json:
    """Return the form *Place a hold*, with the phone of those who stop transactions."""
    known = to_call(ctx)
    facts = {
        "account": account_name(ticket),
        "phone": known.phone if known is not None else "",
        "ref": ticket.reference,
    }
    return render.view("place_hold", facts)


def place(desk: Desk, submission: Submission) -> Answer:
    """Ask for a stop."""
    kind = submission.view.text("kind")
    if kind not in set(HoldKind):
        raise OldButton(reference=submission.reference)
    command = cmd.PlaceHold(submission.reference, HoldKind(kind), submission.view.text("reason"))
    return told(desk, submission, submit(desk, submission, command).ticket, "done_hold", kind=kind)


def open_stopped(desk: Desk, press: Press) -> Answer:
    """Open *Confirmed stopped* for the hold on the button, also for one asked from outside."""
    ticket = need_ticket(desk, press.reference)
    ctx = context_of(desk, press, ticket)
    is_asked = may_confirm(ticket, ctx)
    if not is_asked:
        need_on_ticket(ticket, ctx)
    hold = _hold(ticket, press.part(1))
    if hold.state is not HoldState.ASKED:
        raise OldButton(reference=ticket.reference)
    facts = {**_facts(ticket, hold, ctx), "person": ctx.by.name if is_asked else ""}
    return replies.show_view(desk, press, render.view("hold_stopped", facts))


def stopped(desk: Desk, submission: Submission) -> Answer:
    """Record who confirmed the stop."""
    reference, by = submission.reference, submission.view.text("confirmed_by")
    command = cmd.ConfirmStopped(reference, number(part(submission, 1), reference), by)
    seen = submit(desk, submission, command)
    return told(desk, submission, seen.ticket, "done_stopped", confirmed_by=by)


def open_clear(desk: Desk, press: Press) -> Answer:
    """Open *Clear a hold* for the hold on the button."""
    ticket = need_ticket(desk, press.reference)
    ctx = context_of(desk, press, ticket)
    hold = _hold(ticket, press.part(1))
    if not may_clear(hold, ctx):
        need_on_ticket(ticket, ctx)
    return replies.show_view(desk, press, _clear_form(ticket, hold, ctx))


def clear(desk: Desk, submission: Submission) -> Answer:
    """Clear a hold, with the reason."""
    reference = submission.reference
    placed = number(part(submission, 1), reference)
    command = cmd.ClearHold(reference, placed, submission.view.text("reason"))
    return told(desk, submission, submit(desk, submission, command).ticket, "done_cleared")


def type_clear(desk: Desk, slash: Slash, ticket: Ticket, _rest: str) -> Answer:
    """Answer ``/bridge clear``: the form of the only hold; with several, the card to choose on."""
    found, ctx = insider(desk, slash, ticket.reference)
    in_force = [hold for hold in found.of(Holds).holds if hold.in_force]
    if not in_force:
        return told(desk, slash, found, "no_hold")
    if len(in_force) > 1:
        return replies.said(card_message(desk, slash, found))
    return replies.show_view(desk, slash, _clear_form(found, in_force[0], ctx))


def _clear_form(ticket: Ticket, hold: Hold, ctx: Context) -> Json:
    if not hold.in_force:
        raise OldButton(reference=ticket.reference)
    facts = {**_facts(ticket, hold, ctx), "kind": hold.kind.value, "reason": hold.reason}
    return render.view("clear_hold", facts)


def _facts(ticket: Ticket, hold: Hold, ctx: Context) -> dict[str, object]:
    return {
        "account": account_name(ticket),
        "asked_at": hold.asked_at,
        "asked_by": hold.asked_by.name,
        "now": ctx.now,
        "number": hold.number,
        "ref": ticket.reference,
    }


def _hold(ticket: Ticket, words: str) -> Hold:
    wanted = number(words, ticket.reference)
    found = next((hold for hold in ticket.of(Holds).holds if hold.number == wanted), None)
    if found is None:
        raise OldButton(reference=ticket.reference)
    return found


PRESSES = {
    actions.HOLD_PLACE: opener(place_form),
    actions.HOLD_STOPPED: open_stopped,
    actions.HOLD_CLEAR: open_clear,
}
SUBMISSIONS = {
    actions.VIEW_PLACE_HOLD: place,
    actions.VIEW_HOLD_STOPPED: stopped,
    actions.VIEW_CLEAR_HOLD: clear,
}
BRIDGE_VERBS = {"hold": verb(place_form), "clear": type_clear}
