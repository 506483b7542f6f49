"""What became of a brief that a newer one took the place of. Source: S15; D11."""

from __future__ import annotations

from protocols.executives.briefs import brief_key
from protocols.kernel.context import Context
from protocols.kernel.endings import NOT_CLOSED, Became, over
from protocols.kernel.tables import Events, ends
from protocols.status import Status
from protocols.ticket import Ticket


@ends("brief")
def first(ticket: Ticket, parts: tuple[str, ...], _events: Events, _ctx: Context) -> Became | None:
    """Return that Tier 4 or the end brought a newer one, or that the ticket is closed."""
    return _replaced(ticket, "brief", parts)


@ends("brief-tier4")
def of_tier_4(
    ticket: Ticket, parts: tuple[str, ...], _events: Events, _ctx: Context
) -> Became | None:
    """Return that the end brought a newer one, or that the ticket is closed."""
    return _replaced(ticket, "brief-tier4", parts)


@ends("brief-end")
def last(ticket: Ticket, parts: tuple[str, ...], _events: Events, _ctx: Context) -> Became | None:
    """Return that the ticket went on after its end, or that it is closed."""
    return _replaced(ticket, "brief-end", parts)


def _replaced(ticket: Ticket, name: str, parts: tuple[str, ...]) -> Became | None:
    current = brief_key(ticket, parts[0])
    is_current = current == "/".join((ticket.reference, name, *parts))
    if not is_current and ticket.status is not Status.OPENED_IN_ERROR:
        return Became("replaced", "brief")
    return over(ticket.status, "brief", alive=NOT_CLOSED)
