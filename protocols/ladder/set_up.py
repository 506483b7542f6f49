"""What of T+0 is still on its way, and what of it was refused for good. Source: D5, D20; S177."""

from __future__ import annotations

from protocols.account.outbound import acknowledgments, is_lost
from protocols.bridge.roads import bridge_key
from protocols.deliveries.state import Deliveries
from protocols.executives.state import Executives
from protocols.ladder.events import StepKind, StepState
from protocols.ladder.state import Ladder
from protocols.ticket import Ticket

_KINDS = (
    StepKind.BRIDGE_OPEN,
    StepKind.SPONSOR_TOLD,
    StepKind.VENDOR_TOLD,
    StepKind.ACKNOWLEDGE,
)
"""The steps of T+0 that the bot does alone."""


def under_way(ticket: Ticket) -> bool:
    """Say whether something of T+0 is still to come; what was refused for good is not."""
    return any(
        step.kind in _KINDS and step.state is StepState.OWED and comes(ticket, step.kind)
        for step in ticket.of(Ladder).steps
    )


def comes(ticket: Ticket, kind: StepKind) -> bool:
    """Say whether what a step of T+0 sends may still arrive: not all of it was refused."""
    match kind:
        case StepKind.BRIDGE_OPEN:
            return bridge_key(ticket) not in ticket.of(Deliveries).dead
        case StepKind.VENDOR_TOLD:
            return vendor_key(ticket) not in ticket.of(Deliveries).dead
        case StepKind.SPONSOR_TOLD:
            told = ticket.of(Executives).executives
            return any(not dead_brief(ticket, each.who.key) for each in told)
        case StepKind.ACKNOWLEDGE:
            return any(not is_lost(ticket, each) for each in acknowledgments(ticket))
        case _:
            return True


def vendor_key(ticket: Ticket) -> str:
    """Return the key of the mail to the processor contact."""
    return f"{ticket.reference}/vendor"


def dead_brief(ticket: Ticket, person: str) -> str:
    """Return the key of an executive's brief that was refused for good, empty where none was."""
    keys = (f"{ticket.reference}/{name}/{person}" for name in ("brief", "brief-tier4"))
    return next((key for key in keys if key in ticket.of(Deliveries).dead), "")


def is_of_it(ticket: Ticket, key: str) -> bool:
    """Say whether a delivery is one of T+0 that the opener's message shows."""
    briefs = (dead_brief(ticket, each.who.key) for each in ticket.of(Executives).executives)
    known = {bridge_key(ticket), vendor_key(ticket), *briefs}
    return key in known or any(text.key == key for text in acknowledgments(ticket))
