"""The holds: placed, confirmed as stopped, cleared by another. Source: S48, D17."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from handlers.kit import grammar, replies
from handlers.kit.acting import (
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
from handlers.kit.doors import Doors
from handlers.kit.edge import Press, Slash, Submission
from handlers.kit.ports import Acts, Answers
from handlers.kit.refusing import need_ticket
from handlers.kit.replies import Answer
from handlers.kit.showing import card_message
from protocols.holds.events import ClearHold, ConfirmStopped, HoldKind, PlaceHold
from protocols.holds.rules import may_clear, may_confirm, next_look
from protocols.holds.state import Hold, Holds, HoldState
from protocols.kernel.context import Context
from protocols.kernel.refusals import OldButton
from protocols.rights.guards import need_on_ticket
from protocols.ticket import Ticket
from templates.holds.facts import to_call
from templates.holds.words import (
    HOLD_CLEAR,
    HOLD_PLACE,
    HOLD_STOPPED,
    VIEW_CLEAR_HOLD,
    VIEW_HOLD_STOPPED,
    VIEW_PLACE_HOLD,
)
from templates.kit import render
from templates.kit.render import Json


def place_form(
    ticket: Ticket, ctx: Context, reason: str = "", until_at: datetime | None = None
) -> Json:
    """Return the form *Place a hold*, with the phone of those who stop transactions."""
    known = to_call(ctx)
    again_at = until_at or next_look(HoldKind.TRANSACTION, ctx)
    facts = {
        "account": account_name(ticket),
        "phone": known.phone if known is not None else "",
        "reason": reason,
        "ref": ticket.reference,
        "until_stamp": int(again_at.timestamp()),
    }
    return render.view("place_hold", facts)


def type_hold(desk: Answers, slash: Slash, ticket: Ticket, rest: str) -> Answer:
    """Answer ``/ticket hold REF reason until 18:00``, and ``off``: each leads to its form."""
    if rest.strip().casefold() == "off":
        return type_clear(desk, slash, ticket, "")
    found, ctx = insider(desk, slash, ticket.reference)
    zone = ZoneInfo(desk.zone_of(slash.user_id) or ctx.policy.calendar.zone)
    reason, until_at = grammar.until(grammar.readable(rest), ctx.now.astimezone(zone))
    return replies.show_view(desk, slash, place_form(found, ctx, reason, until_at))


def place(desk: Acts, submission: Submission) -> Answer:
    """Ask for a stop."""
    kind = submission.view.text("kind")
    if kind not in set(HoldKind):
        raise OldButton(reference=submission.reference)
    view = submission.view
    stamp = view.text("until")
    until_at = datetime.fromtimestamp(int(stamp), UTC) if stamp.isdigit() else None
    command = PlaceHold(submission.reference, HoldKind(kind), view.text("reason"), until_at)
    ticket = submit(desk, submission, command).ticket
    placed = ticket.of(Holds).holds_in_force(HoldKind(kind))[-1]
    return told(desk, submission, ticket, "done_hold", kind=kind, until_at=placed.until_at)


def open_stopped(desk: Answers, press: Press) -> Answer:
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


def stopped(desk: Acts, submission: Submission) -> Answer:
    """Record who confirmed the stop."""
    reference, by = submission.reference, submission.view.text("confirmed_by")
    command = ConfirmStopped(reference, number(part(submission, 1), reference), by)
    seen = submit(desk, submission, command)
    return told(desk, submission, seen.ticket, "done_stopped", confirmed_by=by)


def open_clear(desk: Answers, press: Press) -> Answer:
    """Open *Clear a hold* for the hold on the button."""
    ticket = need_ticket(desk, press.reference)
    ctx = context_of(desk, press, ticket)
    hold = _hold(ticket, press.part(1))
    if not may_clear(hold, ctx):
        need_on_ticket(ticket, ctx)
    return replies.show_view(desk, press, _clear_form(ticket, hold, ctx))


def clear(desk: Acts, submission: Submission) -> Answer:
    """Clear a hold, with the reason."""
    reference = submission.reference
    placed = number(part(submission, 1), reference)
    command = ClearHold(reference, placed, submission.view.text("reason"))
    return told(desk, submission, submit(desk, submission, command).ticket, "done_cleared")


def type_clear(desk: Answers, slash: Slash, ticket: Ticket, _rest: str) -> Answer:
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


DOORS = Doors(
    presses={
        HOLD_STOPPED: open_stopped,
        HOLD_CLEAR: open_clear,
        HOLD_PLACE: opener(place_form),
    },
    submissions={
        VIEW_PLACE_HOLD: place,
        VIEW_HOLD_STOPPED: stopped,
        VIEW_CLEAR_HOLD: clear,
    },
    ticket_verbs={
        "hold": type_hold,
    },
    bridge_verbs={
        "clear": type_clear,
        "hold": verb(place_form),
    },
)
