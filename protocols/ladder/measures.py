"""What meets a target: which fact of a ticket stops which clock, and when."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

from protocols.bridge.state import BridgeState
from protocols.classification.state import Classification
from protocols.closure.state import Closure
from protocols.details.state import Details
from protocols.engineering.state import Loop
from protocols.investigation.state import Investigation
from protocols.kernel.context import Context
from protocols.ladder.events import StepKind, StepState
from protocols.ladder.state import Ladder
from protocols.promises.state import Promises
from protocols.relations.state import Relations
from protocols.replies.state import Calls, Heard
from protocols.scales import ProgramLevel, Tier
from protocols.status import Status
from protocols.targets.state import Blocking, Cadence, NextReply, TargetWatch
from protocols.ticket import Ticket
from protocols.tiers.state import Tiers
from protocols.time.targets import Measure, TicketFacts
from protocols.updates.state import Updates


def ticket_facts(ticket: Ticket, ctx: Context) -> TicketFacts:
    """Return what the targets rest on; a ticket without tags of its own has the account's now."""
    account = ticket.account
    known = ctx.directory.account(account.key) if account is not None else None
    found = facts_of(ticket)
    return found if found.tags or known is None else replace(found, tags=frozenset(known.tags))


def facts_of(ticket: Ticket) -> TicketFacts:
    """Return what the targets of the ticket rest on, as the ticket alone tells it."""
    promise, blocking = ticket.of(Promises).promise, ticket.of(Blocking)
    is_blocked = ticket.is_live and blocking.is_owed
    return TicketFacts(
        opened_at=ticket.opened_at,
        tiers=_tiers(ticket),
        severity=ticket.severity,
        category=ticket.category,
        program_level=_level(ticket),
        tags=ticket.account.tags if ticket.account is not None else frozenset(),
        met=MappingProxyType(met(ticket)),
        promised_at=promise.at if promise is not None else None,
        promise_made_at=promise.made_at if promise is not None else None,
        rca_owed_from=_analysis_since(ticket),
        waived=MappingProxyType(waived(ticket)),
        pauses=ticket.of(Details).pauses,
        asked_at=ticket.of(NextReply).asked_at,
        told_at=told_at(ticket),
        blocked_at=blocking.since_at if is_blocked else None,
        blocked_until=blocking.answer_at if is_blocked else None,
    )


def _tiers(ticket: Ticket) -> tuple[tuple[Tier, datetime], ...]:
    """Return each tier that it has had; none while nobody has classified it. Source: D44."""
    changes = ticket.of(Tiers).tier_changes
    later = tuple((change.after, change.at) for change in changes)
    classified = ticket.of(Classification)
    if not ticket.is_classified or classified.as_tier not in (None, Tier.ROUTINE):
        return later
    return ((changes[0].before if changes else ticket.tier, ticket.opened_at), *later)


def _analysis_since(ticket: Ticket) -> datetime | None:
    """Return since when the newest analysis is owed; another resolution does not move it. D33."""
    resolution, step = ticket.of(Closure).resolution, ticket.of(Ladder).step(StepKind.RCA)
    if resolution is None or resolution.rca_due_at is None:
        return None
    return resolution.at if step is None else step.opens_at


def _level(ticket: Ticket) -> ProgramLevel | None:
    account = ticket.account
    if account is None or account.program_level is None:
        return None
    return ProgramLevel(account.program_level)


def met(ticket: Ticket) -> dict[Measure, datetime]:
    """Return when each measure was met; one that was not is left out."""
    found: dict[Measure, datetime | None] = {
        Measure.CALL: ticket.of(BridgeState).call_started_at,
        Measure.COMMANDER: _done_at(ticket, StepKind.COMMANDER),
        Measure.OUTREACH: _done_at(ticket, StepKind.OUTREACH),
        Measure.TRIAGE: _triage_at(ticket),
        Measure.ENGINEERING: ticket.of(Loop).taken_at,
        Measure.FIRST_UPDATE: _first_words_at(ticket),
        Measure.REPLY: answered_at(ticket),
        Measure.ACKNOWLEDGE: answered_at(ticket),
    }
    if ticket.tier.has_bridge:
        found[Measure.ACKNOWLEDGE] = _done_at(ticket, StepKind.ACKNOWLEDGE)
    resolution = ticket.of(Closure).resolution
    if resolution is not None:
        # What was met stays met when it is opened again. Source: D33.
        found[Measure.RESOLVE] = resolution.at
        found[Measure.RCA] = resolution.rca_delivered_at
    return {measure: at for measure, at in found.items() if at is not None}


STEPS = {
    Measure.ACKNOWLEDGE: StepKind.ACKNOWLEDGE,
    Measure.CALL: StepKind.CALL_RUNNING,
    Measure.FIRST_UPDATE: StepKind.FIRST_UPDATE,
    Measure.COMMANDER: StepKind.COMMANDER,
    Measure.OUTREACH: StepKind.OUTREACH,
}
"""The step of the ladder that a measure is about."""
OUTLIVE = (Measure.UPDATE, Measure.RCA, Measure.NEXT_REPLY)
"""Measures that are owed although the account says that it is solved, or writes after that."""


def waived(ticket: Ticket) -> dict[Measure, str]:
    """Return the measures that nobody owes any more, each with the reason. Source: S53, S101."""
    merged_into = ticket.of(Relations).merged_into
    if merged_into:
        return dict.fromkeys(Measure, f"it is part of {merged_into}")
    if ticket.status in (Status.CONFIRMED, Status.CLOSED):
        return {measure: "it is solved" for measure in Measure if measure not in OUTLIVE}
    found = {measure: ticket.of(Ladder).step(kind) for measure, kind in STEPS.items()}
    has_ticket = {Measure.ENGINEERING: "Engineering has a ticket"}
    return (has_ticket if ticket.of(Loop).address else {}) | {
        measure: step.note or "waived"
        for measure, step in found.items()
        if step is not None and step.state is StepState.WAIVED
    }


def answered_at(ticket: Ticket) -> datetime | None:
    """Return when a person first answered for the ticket; the bot's own receipt is none. D26.

    By words that the account has, by a call, by a colleague's plain answer in the account's thread
    where one may answer alone (D15), or by **Acknowledge**.
    """
    acts = (
        _first_words_at(ticket),
        ticket.of(TargetWatch).acknowledged_at,
        ticket.of(Heard).answered_at,
        *ticket.of(Calls).calls[:1],
    )
    return min((at for at in acts if at is not None), default=None)


def told_at(ticket: Ticket) -> datetime | None:
    """Return when the account last had words of a person: written, said, or that one has it."""
    acts = (
        *(draft.delivered_at for draft in ticket.of(Updates).drafts),
        ticket.of(TargetWatch).acknowledged_at,
        ticket.of(Heard).answered_at,
        ticket.of(Cadence).heard_at,
        *ticket.of(Calls).calls[-1:],
    )
    return max((at for at in acts if at is not None), default=None)


def _first_words_at(ticket: Ticket) -> datetime | None:
    written = [d.delivered_at for d in ticket.of(Updates).drafts if d.delivered_at is not None]
    return min(written, default=None)


def _triage_at(ticket: Ticket) -> datetime | None:
    """Return when somebody said that they look into it, or had found something. Source: S10."""
    found = [finding.found_at for finding in ticket.of(Investigation).findings[:1]]
    pressed = ticket.of(TargetWatch).triage_at
    return min((*found, *(() if pressed is None else (pressed,))), default=None)


def _done_at(ticket: Ticket, kind: StepKind) -> datetime | None:
    step = ticket.of(Ladder).step(kind)
    return step.settled_at if step is not None and step.state is StepState.DONE else None
