"""Who hears that a message was refused for good. Source: D24; S177."""

from __future__ import annotations

from protocols.account.outbound import words_of
from protocols.account.roads import missed_of
from protocols.deliveries.events import AddressesMissed, DeliveryBuried
from protocols.deliveries.state import Deliveries
from protocols.kernel.context import Context
from protocols.kernel.roads import dm
from protocols.kernel.tables import Effects, tells
from protocols.rights.roads import manager_of
from protocols.ticket import Ticket


@tells(DeliveryBuried)
def buried(ticket: Ticket, event: DeliveryBuried, ctx: Context) -> Effects:
    """Tell of a delivery refused for good a person whom this refusal does not concern.

    What stood behind something that died is not told of again: its need was. Neither is what died
    of a cause that somebody was told of: the card lists it.
    """
    inside = words_of(ticket.reference, event.key) is None
    subject = event.key.removeprefix(f"{ticket.reference}/")
    if event.again or (inside and event.behind) or subject.startswith("buried/buried/"):
        return ()
    manager = manager_of(ticket, ctx)
    asked = (manager, ticket.poc, ticket.opener)
    first = next((who for who in asked if who is not None and who.key != event.person), None)
    if first is None:
        return ()
    last = "manager" if manager is not None and first.key == manager.key else first.key
    params: dict[str, object] = {"key": event.key, "error": event.error, "whom": event.person}
    return (dm(ticket, f"buried/{subject}/{last}", first, "delivery_buried", params),)


@tells(AddressesMissed)
def missed(ticket: Ticket, event: AddressesMissed, ctx: Context) -> Effects:
    """Tell whoever speaks with the account which of its addresses have not got a mail."""
    asked = (ticket.poc, ticket.opener, manager_of(ticket, ctx))
    first = next((who for who in asked if who is not None and who.key not in ctx.unreachable), None)
    if first is None:
        return ()
    subject = event.key.removeprefix(f"{ticket.reference}/")
    turn = len(ticket.of(Deliveries).missed)
    params: dict[str, object] = {"key": event.key, "missed": missed_of(event.missed)}
    suffix = f"missed/{subject}/{turn}/{first.key}"
    return (dm(ticket, suffix, first, "addresses_missed", params),)
