"""The pre-approved texts on their road to the account, and the template of each.

Source: words.md 3; D6, D15.
"""

from __future__ import annotations

from protocols.account.roads import customer, is_partner
from protocols.fixed_texts.events import FixedTextSent
from protocols.fixed_texts.rules import ACKNOWLEDGED
from protocols.kernel.context import Context
from protocols.kernel.tables import Effects, tells
from protocols.opening.events import Opening
from protocols.scales import NoticedBy
from protocols.ticket import Ticket

FIXED = {
    "holding": "holding",
    "no_change": "no_change",
    "late": "late",
    "heard": "heard",
    "duplicate": "ended_duplicate",
    "not_a_problem": "ended_no_problem",
    "why": "why_told",
    "secure_link": "secure_link",
    "escalated_desk": "escalated_desk",
}


def acknowledgment_template(ticket: Ticket) -> str:
    """Return which acknowledgment fits: by tier, by who noticed, by kind of account."""
    if ticket.tier.has_bridge:
        own = ticket.of(Opening).noticed_by is NoticedBy.US
        return "ack_customer_found_by_us" if own else "ack_customer"
    return "ack_partner" if is_partner(ticket) else "ack_customer_routine"


@tells(FixedTextSent)
def fixed_text(ticket: Ticket, event: FixedTextSent, ctx: Context) -> Effects:
    """Send a pre-approved text to the account."""
    return customer(ticket, event.key, fixed_template(ticket, event.name), {"text_key": event.key})


def fixed_template(ticket: Ticket, name: str) -> str:
    """Return the template of a fixed text."""
    if name == "acknowledgment":
        return acknowledgment_template(ticket)
    if name == "escalated":
        return "escalated_partner" if is_partner(ticket) else "escalated_customer"
    if name == ACKNOWLEDGED:
        return "acknowledged_partner" if is_partner(ticket) else "acknowledged_customer"
    return FIXED[name]
