"""Who hears of an account's silence, and that our questions did not reach it. Source: D45, S177."""

from __future__ import annotations

from protocols.account.events import RouteKind
from protocols.account.outbound import words_of
from protocols.account.roads import customer
from protocols.account.state import Road
from protocols.deliveries.events import DeliveryBuried
from protocols.details.events import DetailsBack, DetailsReminded, DetailsToCall
from protocols.kernel.context import Context
from protocols.kernel.roads import dm
from protocols.kernel.tables import Effects, tells
from protocols.targets.people import have_it
from protocols.ticket import Ticket
from protocols.updates.events import DraftKind
from protocols.updates.state import Updates


@tells(DetailsReminded)
def reminded(ticket: Ticket, event: DetailsReminded, ctx: Context) -> Effects:
    """Ask the account again; where nothing can be sent, who has the ticket calls."""
    if ticket.of(Road).route.kind is RouteKind.NONE:
        return _inside(ticket, "details-call", "details_call", event.number, ctx, event.turn)
    key = f"{ticket.reference}/details-reminder/{event.number}/{event.turn}"
    return customer(ticket, key, "details_reminder", {"draft": event.number})


@tells(DetailsToCall)
def to_call(ticket: Ticket, event: DetailsToCall, ctx: Context) -> Effects:
    """Ask who has the ticket to call the account."""
    return _inside(ticket, "details-call", "details_call", event.number, ctx)


@tells(DetailsBack)
def back(ticket: Ticket, event: DetailsBack, ctx: Context) -> Effects:
    """Tell who has the ticket that nobody answered: it is theirs to say how it goes on."""
    return _inside(ticket, "details-back", "details_back", event.number, ctx, event.turn)


@tells(DeliveryBuried)
def lost(ticket: Ticket, event: DeliveryBuried, ctx: Context) -> Effects:
    """Tell who has the ticket that the account has not got our questions: no clock stands still."""
    words = words_of(ticket.reference, event.key)
    draft = ticket.of(Updates).draft(words.number) if words and words.name == "text" else None
    if draft is None or draft.kind is not DraftKind.DETAILS:
        return ()
    return _inside(ticket, "details-lost", "details_lost", draft.number, ctx)


def _inside(
    ticket: Ticket, subject: str, template: str, number: int, ctx: Context, turn: int = 0
) -> Effects:
    return tuple(
        dm(ticket, f"{subject}/{number}/{turn}/{who.key}", who, template, {"draft": number})
        for who in have_it(ticket, ctx)
    )
