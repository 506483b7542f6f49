"""Who is reminded of what a signal asks for, asked about a sync, there for an account. S25-S33."""

from __future__ import annotations

from dataclasses import replace

from protocols.checklist.events import (
    ActionsReminded,
    SyncCheckAsked,
    WindowBegan,
    WindowGiven,
)
from protocols.checklist.state import Checklist
from protocols.kernel.context import Context
from protocols.kernel.effects import Effect, StaffMail
from protocols.kernel.roads import dm, mail
from protocols.kernel.tables import Effects, tells
from protocols.ticket import Ticket


@tells(ActionsReminded)
def reminded(ticket: Ticket, event: ActionsReminded, ctx: Context) -> Effects:
    """Remind who has the ticket; on Tier 1 and 2 it waits where they were just told something."""
    waits = not ticket.tier.has_bridge
    suffix = "checklist" if event.turn <= 1 else f"checklist/{event.turn}"
    return tuple(
        dm(ticket, f"{suffix}/{who.key}", who, "checklist_undone", unasked=waits)
        for who in event.to
    )


@tells(SyncCheckAsked)
def asked(ticket: Ticket, event: SyncCheckAsked, ctx: Context) -> Effects:
    """Ask who has the ticket whether the sync has passed."""
    suffix, params = f"sync-check/{event.number}/{event.turn}", {"number": event.number}
    return tuple(
        dm(ticket, f"{suffix}/{who.key}", who, "sync_check", {**params, "turn": event.turn})
        for who in event.to
    )


@tells(WindowGiven)
def window_given(ticket: Ticket, event: WindowGiven, ctx: Context) -> Effects:
    """Tell whose window it is, with a calendar file by mail where mails reach them."""
    key, params = f"window/{event.number}", {"number": event.number}
    told = [dm(ticket, f"{key}/{event.person.key}", event.person, "window_given", params)]
    if event.instead_of is not None:
        who = event.instead_of
        told.append(dm(ticket, f"window-over/{event.number}/{who.key}", who, "window_over"))
    if ctx.has_mail and ctx.has_address(event.person):
        told.append(_letter(ticket, event))
    return tuple(told)


def _letter(ticket: Ticket, event: WindowGiven) -> Effect:
    params = {"number": event.number, "mail": True}
    to, suffix = StaffMail(event.person), f"window/{event.number}/mail"
    span = {
        "uid": f"{ticket.reference}-support-window",
        "sequence": event.number,
        "from": event.from_at.isoformat(),
        "to": event.to_at.isoformat(),
    }
    letter = mail(ticket, suffix, to, "window_given", params)
    return replace(letter, arguments={"calendar": span})


@tells(WindowBegan)
def window_began(ticket: Ticket, event: WindowBegan, ctx: Context) -> Effects:
    """Tell whose window it is that it begins."""
    window = ticket.of(Checklist).window
    if window is None:
        return ()
    key = f"window-begins/{event.number}/{window.person.key}"
    return (dm(ticket, key, window.person, "window_begins", {"number": event.number}),)
