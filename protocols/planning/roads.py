"""How effects are addressed: the keys, streams and arguments that every plan shares.

Keys are derived from the ticket and never repeat; a stream keeps the order of what one reader
sees. Source: design, Engine, Courier.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from protocols.effects import (
    Bridge,
    CustomerThread,
    Dm,
    Effect,
    Gateway,
    MailTo,
    Page,
    Surface,
)
from protocols.slices import Deliveries, FixedTexts, Road
from protocols.ticket import RouteKind, Ticket
from protocols.ticket_parts import BridgeState

URGENT_CUSTOMER = 30
URGENT_SET_UP = 20
URGENT_PEOPLE = 10


def result(key: str, path: str) -> dict[str, list[str]]:
    """Return a late value: what another delivery's answer says at a path."""
    return {"$result": [key, path]}


def bridge_key(ticket: Ticket) -> str:
    """Return the key of the bridge's creation; a re-open after archiving makes the next one."""
    return _generation(ticket, "bridge")


def card_key(ticket: Ticket) -> str:
    """Return the key of the card's first posting."""
    return _generation(ticket, "card")


def _generation(ticket: Ticket, name: str) -> str:
    number = ticket.of(BridgeState).generation
    return f"{ticket.reference}/{name}" + (f"/{number}" if number > 1 else "")


def bridge_stream(ticket: Ticket) -> str:
    """Return the stream of everything that is posted or edited in the bridge."""
    return f"bridge/{ticket.reference}"


def bridge_post(
    ticket: Ticket,
    suffix: str,
    template: str,
    params: Mapping[str, object] | None = None,
    *,
    surface: Surface = Surface.MUST_ARRIVE,
    stale_at: datetime | None = None,
) -> Effect:
    """Return a message in the bridge, after its card."""
    return Effect(
        key=f"{ticket.reference}/{suffix}",
        gateway=Gateway.SLACK,
        method="chat.postMessage",
        to=Bridge(),
        template=template,
        params=params or {},
        stream=bridge_stream(ticket),
        surface=surface,
        needs=(bridge_key(ticket), card_key(ticket)),
        urgent=URGENT_PEOPLE,
        stale_at=stale_at,
    )


def dm(
    ticket: Ticket,
    suffix: str,
    person: str,
    template: str,
    params: Mapping[str, object] | None = None,
    *,
    surface: Surface = Surface.MUST_ARRIVE,
    stale_at: datetime | None = None,
    reports: bool = False,
    needs: tuple[str, ...] = (),
) -> Effect:
    """Return a direct message to one of us."""
    return Effect(
        key=f"{ticket.reference}/{suffix}",
        gateway=Gateway.SLACK,
        method="chat.postMessage",
        to=Dm(person),
        template=template,
        params={"person": person, **(params or {})},
        stream=f"dm/{person}/{ticket.reference}",
        surface=surface,
        reports=reports,
        urgent=URGENT_PEOPLE,
        stale_at=stale_at,
        needs=needs,
    )


def page(ticket: Ticket, suffix: str, person: str, template: str, **params: object) -> Effect:
    """Return a call of one person through the pager webhook. Source: D14."""
    return Effect(
        key=f"{ticket.reference}/{suffix}/page",
        gateway=Gateway.PAGER,
        method="send",
        to=Page(person),
        template=template,
        params={"person": person, **params},
        stream=f"page/{person}",
        urgent=URGENT_PEOPLE,
    )


def mail(
    ticket: Ticket,
    suffix: str,
    addresses: tuple[str, ...],
    template: str,
    params: Mapping[str, object] | None = None,
    *,
    reports: bool = False,
    reply_to: str | None = None,
) -> Effect:
    """Return a mail."""
    return Effect(
        key=f"{ticket.reference}/{suffix}",
        gateway=Gateway.MAIL,
        method="send",
        to=MailTo(addresses, reply_to),
        template=template,
        params=params or {},
        stream=f"mail/{ticket.reference}/{suffix}",
        reports=reports,
        urgent=URGENT_CUSTOMER,
    )


def customer(
    ticket: Ticket,
    key: str,
    template: str,
    params: Mapping[str, object] | None = None,
    *,
    broadcast: bool = False,
) -> tuple[Effect, ...]:
    """Return words for the account on its route; nothing where it has none. Source: D24.

    The acknowledgment is the thread's parent; updates are also shown in the channel.
    """
    route = ticket.of(Road).route
    poc = ticket.poc.key if ticket.poc is not None else None
    if route.kind is RouteKind.MAIL:
        suffix = key.removeprefix(f"{ticket.reference}/")
        sent = mail(ticket, suffix, route.addresses, template, params, reports=True, reply_to=poc)
        return (sent,)
    if route.kind is RouteKind.NONE:
        return ()
    parent = f"{ticket.reference}/ack" if has_parent(ticket, key) else None
    stamp = result(parent, "ts") if parent is not None else ticket.of(Road).thread_ts
    arguments: dict[str, object] = {"thread_ts": stamp} if stamp else {}
    if stamp and broadcast:
        arguments["reply_broadcast"] = True
    return (
        Effect(
            key=key,
            gateway=Gateway.SLACK,
            method="chat.postMessage",
            to=CustomerThread(route.channel_id, parent),
            template=template,
            params=params or {},
            arguments=arguments,
            stream=f"customer/{route.channel_id}",
            needs=() if parent is None else (parent,),
            reports=True,
            urgent=URGENT_CUSTOMER,
        ),
    )


def has_parent(ticket: Ticket, key: str) -> bool:
    """Say whether the ticket's thread has its parent, the acknowledgment, sent or on its way.

    Where it died or was withdrawn, the first words that stand in the channel are the parent.
    """
    parent = f"{ticket.reference}/ack"
    if key == parent or parent in ticket.of(Deliveries).dead:
        return False
    return any(
        t.key == parent and t.withdrawn_at is None for t in ticket.of(FixedTexts).fixed_texts
    )
