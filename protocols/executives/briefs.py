"""The executive's brief: one message, edited in place, quiet. Source: S15, S173; D11; M9."""

from __future__ import annotations

from datetime import datetime

from protocols.bridge.quiet import deliveries_only
from protocols.closure.events import AccountConfirmed, ResolutionTold, TicketReopened
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
from protocols.naming.events import AccountNamed
from protocols.outreach.events import ImpactedNamed
from protocols.people.people import Staff
from protocols.promises.events import PromiseLapsed, PromiseMade
from protocols.roles.events import RoleTaken
from protocols.scales import Tier
from protocols.status import Status
from protocols.ticket import Ticket
from protocols.tiers.state import Tiers
from protocols.updates.events import TextDelivered

CHANGES_A_BRIEF = (
    AccountNamed,
    ScopeConfirmed,
    FixedTextTaken,
    TextDelivered,
    PromiseMade,
    PromiseLapsed,
    ResolutionTold,
    AccountConfirmed,
    TicketReopened,
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
    """Return the key of the newest brief, which is edited now.

    A new one came with Tier 4 and with the end; a ticket that is open again edits that of its end.
    """
    ended = ticket.of(Closure).reopened
    if ticket.status in (Status.RESOLVED, Status.CONFIRMED, Status.CLOSED):
        # A Yes that comes after silence had opened it again confirms the end that was told before.
        told = ended - ticket.of(Closure).awaits_answer
        return f"{ticket.reference}/brief-end/{person}/{told}"
    told_at = _told_of_the_end(ticket, person)
    since = told_at or next(
        (e.notified_at for e in ticket.of(Executives).executives if e.who.key == person), None
    )
    raised = [
        change
        for change in ticket.of(Tiers).tier_changes
        if change.after is Tier.SYSTEMIC and since is not None and change.at > since
    ]
    if raised and ticket.tier is Tier.SYSTEMIC:
        return f"{ticket.reference}/brief-tier4/{person}/{len(ticket.of(Tiers).tier_changes)}"
    if told_at is not None:
        return f"{ticket.reference}/brief-end/{person}/{ended - 1}"
    return f"{ticket.reference}/brief/{person}"


def _told_of_the_end(ticket: Ticket, person: str) -> datetime | None:
    """Return when an executive was told of the last end, if the ticket is open again since."""
    closure = ticket.of(Closure)
    if closure.resolution is None or not closure.reopened:
        return None
    resolved_at = closure.resolution.at
    known = [e for e in ticket.of(Executives).executives if e.who.key == person]
    return resolved_at if any(e.notified_at <= resolved_at for e in known) else None


@tells_last
def brief_edits(
    before: Ticket | None, events: tuple[Event, ...], after: Ticket, _ctx: Context, version: int
) -> Effects:
    """Return the silent edits of the briefs that stand, when something in them changed."""
    if before is None or _is_new(before, after):
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


def _is_new(before: Ticket, after: Ticket) -> bool:
    """Say whether this change sends a brief of its own, or leaves none that may be edited."""
    in_error = after.status is Status.OPENED_IN_ERROR
    resolved = after.status is Status.RESOLVED and before.status is Status.OPEN
    return in_error or resolved or after.tier is not before.tier


def _edit(ticket: Ticket, person: Staff, version: int) -> Effect:
    posted = brief_key(ticket, person.key)
    key = f"{ticket.reference}/brief-edit/{person.key}/{version}"
    return dm_edit(ticket, posted, key, person, brief_template(ticket), slot=f"{posted}/edit")
