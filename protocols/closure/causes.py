"""What a ticket came from: one of its category's causes, for us alone. Source: S101."""

from __future__ import annotations

from protocols.closure.refusals import NoSuchCause
from protocols.policy.causes import OPEN_CAUSES
from protocols.policy.policy import Policy
from protocols.routing.teams import slug
from protocols.ticket import Ticket


def causes_of(ticket: Ticket, policy: Policy) -> tuple[str, ...]:
    """Return what a resolution of a ticket may say that it came from."""
    return tuple(dict.fromkeys((*policy.causes.get(ticket.category, ()), *OPEN_CAUSES)))


def cause_of(ticket: Ticket, chosen: str, policy: Policy) -> str:
    """Return the cause that was chosen as the list has it; empty where none was.

    Raises:
        NoSuchCause: It is none of the category's.
    """
    if not chosen.strip():
        return ""
    for cause in causes_of(ticket, policy):
        if slug(cause) == slug(chosen):
            return cause
    category = ticket.category.label
    raise NoSuchCause(reference=ticket.reference, cause=chosen, category=category)
