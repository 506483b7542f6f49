"""An account that writes a card or account number is told where such numbers belong. M14, S30.

Only where the policy names such a place: no way in is closed without a way on. It is an answer to
no question of theirs: it meets no clock, and promises nothing.
"""

from __future__ import annotations

from datetime import timedelta

from protocols.account.events import RouteKind
from protocols.account.outbound import is_lost
from protocols.account.state import Road
from protocols.fixed_texts.events import FixedTextSent
from protocols.fixed_texts.rules import SECURE_LINK, count
from protocols.fixed_texts.state import FixedTexts
from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.kernel.tables import follows
from protocols.masked.events import NumberMasked
from protocols.opening.events import TicketOpened
from protocols.people.people import BOT
from protocols.replies.events import CustomerWrote
from protocols.ticket import Ticket

_ONCE_WITHIN = timedelta(days=1)


@follows
def told_where_numbers_belong(
    _before: Ticket | None, events: tuple[Event, ...], ticket: Ticket, ctx: Context
) -> tuple[Event, ...]:
    """Return the fixed answer to an account's words with a number, once a day at most."""
    is_typed = any(isinstance(event, NumberMasked) for event in events)
    if not is_typed or not any(map(_is_theirs, events)) or not ctx.policy.intake.secure_link:
        return ()
    if not ticket.is_live or ticket.of(Road).route.kind is RouteKind.NONE or _is_said(ticket, ctx):
        return ()
    key = f"{ticket.reference}/secure-link/{count(ticket, SECURE_LINK) + 1}"
    return (FixedTextSent(ctx.now, BOT, SECURE_LINK, key, until_at=ctx.now + _ONCE_WITHIN),)


def _is_theirs(event: Event) -> bool:
    """Say whether the account's own words are what came."""
    if isinstance(event, CustomerWrote):
        return not event.outside
    return isinstance(event, TicketOpened) and event.unclassified


def _is_said(ticket: Ticket, ctx: Context) -> bool:
    return any(
        text.name == SECURE_LINK
        and ctx.now < text.sent_at + _ONCE_WITHIN
        and not is_lost(ticket, text)
        for text in ticket.of(FixedTexts).fixed_texts
    )
