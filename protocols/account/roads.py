"""How words for the account are addressed: its shared channel, its thread, or mail.

Source: words.md 3; D6, D24.
"""

from __future__ import annotations

from collections.abc import Mapping

from protocols.account.addresses import AccountMail, CustomerThread
from protocols.account.events import Missed, RouteKind
from protocols.account.outbound import newest_acknowledgment
from protocols.account.state import Road
from protocols.kernel.effects import Effect, Gateway
from protocols.kernel.roads import URGENT_CUSTOMER, mail, result
from protocols.people.people import Contact
from protocols.ticket import Ticket


def is_partner(ticket: Ticket) -> bool:
    """Say whether the account is a partner of the program."""
    return ticket.account is not None and ticket.account.kind == "partner"


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
    if route.kind is RouteKind.MAIL:
        suffix = key.removeprefix(f"{ticket.reference}/")
        to = AccountMail(tuple(Contact("", email) for email in route.addresses), ticket.poc)
        return (mail(ticket, suffix, to, template, params, reports=True),)
    if route.kind is RouteKind.NONE:
        return ()
    road = ticket.of(Road)
    moved = road.thread_channel not in ("", route.channel_id)
    parent = None if moved or road.began_ts else parent_of(ticket, key)
    stamp = result(parent, "ts") if parent is not None else road.thread_ts
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


def parent_of(ticket: Ticket, key: str) -> str | None:
    """Return the key of the thread's parent, the acknowledgment, sent or on its way; None without.

    Where it died or was withdrawn, the first words that stand in the channel are the parent.
    """
    newest = newest_acknowledgment(ticket)
    return None if newest is None or newest.key == key else newest.key


def missed_of(missed: tuple[Missed, ...]) -> list[list[str]]:
    """Return addresses and why a mail did not reach them, as words are given them."""
    return [[each.address, each.why] for each in missed]
