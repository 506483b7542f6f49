"""The executive's brief: one message, edited in place, quiet. Source: S15, S173; D11; M9."""

from __future__ import annotations

from protocols.bridge.quiet import deliveries_only
from protocols.closure.state import Closure
from protocols.contact.events import PocChanged
from protocols.decisions.events import (
    DecisionAsked,
    DecisionLapsed,
    DecisionMade,
    DecisionWithdrawn,
)
from protocols.executives.events import BriefSeen
from protocols.executives.state import Executives
from protocols.fixed_texts.events import FixedTextTaken
from protocols.holds.events import HoldAsked, HoldCleared, HoldStopped
from protocols.investigation.events import ExposureConfirmed, ScopeConfirmed
from protocols.kernel.context import Context
from protocols.kernel.effects import Effect
from protocols.kernel.event import Event
from protocols.kernel.roads import dm_edit
from protocols.kernel.tables import Effects, tells_last
from protocols.ladder.rules import set_up_under_way
from protocols.outreach.events import ImpactedNamed
from protocols.people.people import Staff
from protocols.promises.events import PromiseMade
from protocols.roles.events import RoleTaken
from protocols.scales import Tier
from protocols.status import Status
from protocols.ticket import Ticket
from protocols.tiers.state import Tiers
from protocols.updates.events import TextDelivered

CHANGES_A_BRIEF = (
    ScopeConfirmed,
    FixedTextTaken,
    TextDelivered,
    PromiseMade,
    PocChanged,
    RoleTaken,
    ExposureConfirmed,
    HoldAsked,
    HoldStopped,
    HoldCleared,
    ImpactedNamed,
    BriefSeen,
    DecisionAsked,
    DecisionMade,
    DecisionLapsed,
    DecisionWithdrawn,
)


def brief_template(ticket: Ticket) -> str:
    """Return the brief that fits the tier."""
    return "brief_t4" if ticket.tier is Tier.SYSTEMIC else "brief_t3"


def brief_key(ticket: Ticket, person: str) -> str:
    """Return the key of the brief that is edited now: a new one came with Tier 4 and the end."""
    if ticket.status in (Status.RESOLVED, Status.CONFIRMED, Status.CLOSED):
        return f"{ticket.reference}/brief-end/{person}/{ticket.of(Closure).reopened}"
    told_at = next(
        (e.notified_at for e in ticket.of(Executives).executives if e.who.key == person), None
    )
    raised = [
        change
        for change in ticket.of(Tiers).tier_changes
        if change.after is Tier.SYSTEMIC and told_at is not None and change.at > told_at
    ]
    if raised and ticket.tier is Tier.SYSTEMIC:
        return f"{ticket.reference}/brief-tier4/{person}/{len(ticket.of(Tiers).tier_changes)}"
    return f"{ticket.reference}/brief/{person}"


@tells_last
def brief_edits(
    before: Ticket | None, events: tuple[Event, ...], after: Ticket, _ctx: Context, version: int
) -> Effects:
    """Return the silent edits of the briefs that stand, when something in them changed."""
    if before is None or after.status is not before.status or after.tier is not before.tier:
        return ()
    if set_up_under_way(after) and deliveries_only(events):
        return ()
    just_ready = set_up_under_way(before) and not set_up_under_way(after)
    if not (just_ready or any(isinstance(event, CHANGES_A_BRIEF) for event in events)):
        return ()
    known = {executive.who.key for executive in before.of(Executives).executives}
    return tuple(
        _edit(after, executive.who, version)
        for executive in after.of(Executives).executives
        if executive.who.key in known and executive.taken_at is not None
    )


def _edit(ticket: Ticket, person: Staff, version: int) -> Effect:
    posted = brief_key(ticket, person.key)
    key = f"{ticket.reference}/brief-edit/{person.key}/{version}"
    return dm_edit(ticket, posted, key, person, brief_template(ticket), slot=f"{posted}/edit")
