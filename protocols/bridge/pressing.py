"""Which one button of a card is primary: what the ladder waits for most.

Source: S36, S44, S49, D5; words for the card.
"""

from __future__ import annotations

from datetime import datetime

from protocols.bridge.state import BridgeState
from protocols.investigation.state import Investigation
from protocols.ladder.events import StepKind
from protocols.ladder.state import Ladder
from protocols.people.people import Role
from protocols.roles.state import Roles
from protocols.ticket import Ticket
from protocols.updates.state import Updates


def tier3_primary(ticket: Ticket, now: datetime) -> str:
    """Return the press that the Tier 3 ladder waits for, an update when for none."""
    if not ticket.of(Investigation).scope and ticket.of(Ladder).owes(StepKind.SCOPE):
        return "scope"
    if ticket.of(Updates).waiting_drafts():
        return "review"
    if not call_is_settled(ticket):
        return "call"
    if is_open(ticket, StepKind.BLAST_RADIUS, now):
        return "finding"
    return "isolated" if is_open(ticket, StepKind.RECORDS_ISOLATED, now) else "update"


def tier4_primary(ticket: Ticket) -> str:
    """Return the press that Tier 4 waits for, empty when for none."""
    seat = ticket.of(Roles).seat(Role.COMMANDER)
    if seat is None or seat.holder is None:
        return "commander"
    return "review" if ticket.of(Updates).waiting_drafts() else ""


def call_is_settled(ticket: Ticket) -> bool:
    """Say whether the call was started, or need not be any more."""
    return ticket.of(BridgeState).call_started_at is not None or not ticket.of(Ladder).owes(
        StepKind.CALL_RUNNING
    )


def is_open(ticket: Ticket, kind: StepKind, now: datetime) -> bool:
    """Say whether a step is owed and its window has begun."""
    step = ticket.of(Ladder).step(kind)
    return step is not None and ticket.of(Ladder).owes(kind) and step.opens_at <= now
