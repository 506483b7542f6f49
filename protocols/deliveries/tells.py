"""Who hears that a message was refused for good. Source: D24; S177."""

from __future__ import annotations

from protocols.account.outbound import words_of
from protocols.account.roads import missed_of
from protocols.bridge.roads import bridge_key
from protocols.bridge.state import BridgeState
from protocols.bridge.tells import SET_UP_STEPS
from protocols.deliveries.events import (
    AddressesMissed,
    DeliveriesTriedAgain,
    DeliveryBuried,
    DeliveryRevived,
    UndeliveredTold,
)
from protocols.deliveries.state import Deliveries
from protocols.kernel.context import Context
from protocols.kernel.endings import NOT_CLOSED
from protocols.kernel.event import Event
from protocols.kernel.roads import dm, dm_edit
from protocols.kernel.stamps import stamp
from protocols.kernel.tables import Effects, tells
from protocols.ladder import set_up
from protocols.ladder.events import StepSettled
from protocols.rights.roads import manager_of
from protocols.ticket import Ticket
from protocols.tiers.state import Tiers


@tells(DeliveryBuried)
def buried(ticket: Ticket, event: DeliveryBuried, ctx: Context) -> Effects:
    """Tell whoever speaks with the account that words for it were refused for good. D24."""
    if words_of(ticket.reference, event.key) is None:
        return ()
    manager = manager_of(ticket, ctx)
    asked = (manager, ticket.poc, ticket.opener)
    first = next((who for who in asked if who is not None and who.key != event.person), None)
    if first is None:
        return ()
    last = "manager" if manager is not None and first.key == manager.key else first.key
    subject = event.key.removeprefix(f"{ticket.reference}/")
    params: dict[str, object] = {"key": event.key, "error": event.error, "whom": event.person}
    return (dm(ticket, f"buried/{subject}/{last}", first, "delivery_buried", params),)


@tells(DeliveryBuried)
def listed(ticket: Ticket, event: DeliveryBuried, _ctx: Context) -> Effects:
    """List what of ours did not arrive for a person: one message a matter, edited as it grows.

    What stood behind something that died is not told of again: its need was.
    """
    if not event.batch or event.teller is None:
        return ()
    known = ticket.of(Deliveries)
    if len(known.of_batch(event.batch)) == 1 and known.batch_at == event.at:
        params: dict[str, object] = {"batch": event.batch}
        suffix = event.message.removeprefix(f"{ticket.reference}/")
        return (dm(ticket, suffix, event.teller, "undelivered", params),)
    return _relisted(ticket, event)


@tells(DeliveriesTriedAgain, UndeliveredTold, DeliveryRevived)
def relisted(
    ticket: Ticket,
    event: DeliveriesTriedAgain | UndeliveredTold | DeliveryRevived,
    _ctx: Context,
) -> Effects:
    """Bring the message up to date that lists what did not arrive."""
    keys = {event.key} if isinstance(event, DeliveryRevived) else set(event.keys)
    known = ticket.of(Deliveries)
    return _relisted(ticket, event) if keys & set(known.of_batch(known.batch)) else ()


def _relisted(ticket: Ticket, event: Event) -> Effects:
    known = ticket.of(Deliveries)
    if known.teller is None:
        return ()
    posted, params = known.message, {"batch": known.batch}
    key = f"{posted}/listed/{stamp(event.at)}"
    slot = f"{posted}/edit"
    return (dm_edit(ticket, posted, key, known.teller, "undelivered", params, slot=slot),)


@tells(DeliveryBuried)
def refused_at_opening(ticket: Ticket, event: DeliveryBuried, ctx: Context) -> Effects:
    """Show the opener, in the message that says what opening did, what of it was refused.

    That message comes with the bridge; where no bridge can be made it comes without.
    """
    is_first = not ticket.of(Tiers).tier_changes and ticket.status in NOT_CLOSED
    if ticket.opener is None or not is_first or not set_up.is_of_it(ticket, event.key):
        return ()
    if event.key == bridge_key(ticket):
        return (dm(ticket, "opened/no-bridge", ticket.opener, "opened"),)
    return _opening_edited(ticket, f"refused/{len(ticket.of(Deliveries).dead)}")


@tells(StepSettled)
def done_without_bridge(ticket: Ticket, event: StepSettled, ctx: Context) -> Effects:
    """Show the opener what has been sent since, in the message that came without a bridge."""
    if bridge_key(ticket) not in ticket.of(Deliveries).dead or event.kind not in SET_UP_STEPS:
        return ()
    return _opening_edited(ticket, f"{event.kind}/{event.run}")


def _opening_edited(ticket: Ticket, turn: str) -> Effects:
    posted = f"{ticket.reference}/opened"
    if ticket.tier.has_bridge and not ticket.of(BridgeState).channel_id:
        if bridge_key(ticket) not in ticket.of(Deliveries).dead:
            return ()
        posted = f"{posted}/no-bridge"
    if ticket.opener is None or ticket.of(Tiers).tier_changes:
        return ()
    key, slot = f"{posted}-edit/{turn}", f"{posted}-edit"
    return (dm_edit(ticket, posted, key, ticket.opener, "opened", slot=slot),)


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
