"""What our own people are told of words that did not leave or did not arrive.

Whoever is told can act: the releaser and the writer of a text, the contact of a fixed one, and
for what nobody takes the CS manager. Source: D24; T14; S177.
"""

from __future__ import annotations

from protocols import events as ev
from protocols.context import Context
from protocols.effects import Effect
from protocols.people import Who
from protocols.planning.for_writers import in_review
from protocols.planning.managers import manager_of
from protocols.planning.registry import Effects, on
from protocols.planning.roads import bridge_post, dm
from protocols.rules.outbound import words_of
from protocols.slices import Road, Updates
from protocols.stamps import stamp
from protocols.ticket import DraftState, RouteKind, Ticket


def _told(
    ticket: Ticket,
    suffix: str,
    template: str,
    params: dict[str, object],
    people: tuple[Who | None, ...],
) -> list[Effect]:
    """Return a line in the bridge, and the same by direct message to each of these people."""
    keys = dict.fromkeys(who.key for who in people if who is not None)
    lines = [bridge_post(ticket, suffix, template, params)] if ticket.tier.has_bridge else []
    return lines + [dm(ticket, f"{suffix}/{key}", key, template, params) for key in keys]


@on(ev.TextWithdrawn)
def withdrawn(ticket: Ticket, event: ev.TextWithdrawn, ctx: Context) -> Effects:
    """Tell who released, recalled, wrote or was to say a text that it was not sent.

    It is in review again. Where words go by phone or by hand, somebody has them in front of them.
    """
    draft = ticket.of(Updates).draft(event.number)
    by_phone = ticket.poc if draft is None or ticket.of(Road).route.kind is RouteKind.NONE else None
    writer = None if draft is None else draft.edited_by
    about = (event.released_by, event.recalled_by, writer, event.poster, by_phone)
    suffix = f"withdrawn/{event.key.removeprefix(f'{ticket.reference}/')}"
    params: dict[str, object] = {"key": event.key, "why": event.why.value}
    told = _told(ticket, suffix, "withdrawn_line", params, about)
    if draft is None or draft.state is not DraftState.REVIEW:
        return tuple(told)
    return (*told, *in_review(ticket, event, ctx))


@on(ev.RoadLost)
def road_lost(ticket: Ticket, event: ev.RoadLost, ctx: Context) -> Effects:
    """Tell whoever could write to the account by which road its words go from now on. D24."""
    suffix = f"road-lost/{stamp(event.at)}"
    params: dict[str, object] = {"error": event.error}
    return tuple(_told(ticket, suffix, "road_lost", params, (ticket.poc, manager_of(ticket, ctx))))


@on(ev.DeliveryBuried)
def buried(ticket: Ticket, event: ev.DeliveryBuried, ctx: Context) -> Effects:
    """Tell of a delivery refused for good a person whom this refusal does not concern.

    What stood behind something that died is not told of again: its need was.
    """
    inside = words_of(ticket.reference, event.key) is None
    subject = event.key.removeprefix(f"{ticket.reference}/")
    if (inside and event.behind) or subject.startswith("buried/buried/"):
        return ()
    manager = manager_of(ticket, ctx)
    asked = (manager, ticket.poc, ticket.opened_by)
    first = next((who for who in asked if who is not None and who.key != event.person), None)
    if first is None:
        return ()
    last = "manager" if manager is not None and first.key == manager.key else first.key
    params: dict[str, object] = {"key": event.key, "error": event.error, "whom": event.person}
    return (dm(ticket, f"buried/{subject}/{last}", first.key, "delivery_buried", params),)
