"""The stage of a ticket in the five words that an account reads, and no others.

Source: S103, D30, D37.
"""

from __future__ import annotations

from enum import StrEnum

from protocols.details.state import Details
from protocols.escalation.state import Escalation
from protocols.ladder.measures import answered_at
from protocols.status import Status
from protocols.targets.state import TargetWatch
from protocols.ticket import Ticket


class Stage(StrEnum):
    """The five words, as they are said."""

    SUBMITTED = "submitted"
    UNDER_REVIEW = "under review"
    AWAITING = "awaiting additional information"
    ESCALATED = "escalated"
    RESOLVED = "resolved"


def stage_of(ticket: Ticket) -> Stage:
    """Return the stage of a ticket; taking it is validating it, and a closed one is resolved.

    A ticket with a bridge is escalated: Tier 3 and 4 are worked on by all at once. One whose
    account owes us an answer awaits it, while the clocks do, whoever leads it. Source: S1, S84.
    """
    if ticket.status is not Status.OPEN:
        return Stage.RESOLVED
    if ticket.tier.has_bridge:
        return Stage.ESCALATED
    if ticket.of(Details).waits:
        return Stage.AWAITING
    if ticket.of(Escalation).now is not None:
        return Stage.ESCALATED
    return Stage.UNDER_REVIEW if is_validated(ticket) else Stage.SUBMITTED


def is_validated(ticket: Ticket) -> bool:
    """Say whether a person has taken the ticket or answered it. Source: S82, D37."""
    watch = ticket.of(TargetWatch)
    return watch.triage_at is not None or answered_at(ticket) is not None
