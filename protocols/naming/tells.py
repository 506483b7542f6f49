"""Who hears that a ticket has an account now. Source: D6, D41; words.md 0 rule 4."""

from __future__ import annotations

from protocols.account.events import RouteKind
from protocols.account.state import Road
from protocols.bridge.roads import bridge_post, topic
from protocols.fixed_texts.state import FixedTexts
from protocols.kernel.context import Context
from protocols.kernel.roads import dm
from protocols.kernel.tables import Effects, tells
from protocols.naming.events import AccountNamed
from protocols.ticket import Ticket


@tells(AccountNamed)
def account_named(ticket: Ticket, event: AccountNamed, ctx: Context) -> Effects:
    """Tell the bridge and the contact; ask the contact for the first words where they wait."""
    params = {"by": event.by.key}
    told: Effects = ()
    if ticket.tier.has_bridge:
        line = bridge_post(ticket, "account-named", "account_named", params)
        told = (line, topic(ticket, "account-named"))
    if ticket.poc is None:
        return told
    return (
        *told,
        dm(ticket, "account-named/contact", ticket.poc, _for_contact(ticket), params),
    )


def _for_contact(ticket: Ticket) -> str:
    """Return what the contact gets: words that wait for a press, a call, or that it is so."""
    sent = any(text.name == "acknowledgment" for text in ticket.of(FixedTexts).fixed_texts)
    if sent or not ticket.tier.has_bridge:
        return "account_named"
    return "prompt_call" if ticket.of(Road).route.kind is RouteKind.NONE else "prompt_acknowledge"
