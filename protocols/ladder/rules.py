"""The ladders of Tier 3 and 4: which steps a ticket owes, and when. Source: S14-S23, S35-S49."""

from __future__ import annotations

from datetime import datetime, timedelta

from protocols.account.events import AccountCard, Route, RouteKind
from protocols.account.rules import executive_for
from protocols.account.state import Road
from protocols.bridge.state import BridgeState
from protocols.fixed_texts.state import FixedTexts
from protocols.helpers.state import Helpers
from protocols.investigation.state import Investigation
from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.ladder.events import LadderStarted, Step, StepKind, StepSettled, StepState
from protocols.ladder.set_up import comes
from protocols.ladder.state import Ladder
from protocols.opening.events import Opening
from protocols.people.people import BRIDGE_ROLES, Role, Who
from protocols.policy.policy import Policy
from protocols.scales import NoticedBy, Tier
from protocols.ticket import Ticket
from protocols.updates.events import DraftState
from protocols.updates.state import Updates

K = StepKind
ACTIVATION = (K.LEADS_HERE, K.ROLES_TAKEN, K.CALL_RUNNING)
LEADS = ("engineering-lead", "cs-manager")
INVESTIGATION = (K.BLAST_RADIUS, K.RECORDS_ISOLATED)
NEVER_SUPERSEDED = frozenset(
    {
        K.ACKNOWLEDGE,
        K.BRIDGE_OPEN,
        K.ONE_CONTACT,
        K.SPONSOR_TOLD,
        K.VENDOR_TOLD,
        K.FIRST_UPDATE,
        K.RCA,
    }
)
"""A promise made, a set-up under way and an owed analysis survive a change of tier. Source: D12."""
_SET_UP = (K.BRIDGE_OPEN, K.ONE_CONTACT, K.SPONSOR_TOLD, K.VENDOR_TOLD)


def tier3_windows(policy: Policy) -> dict[StepKind, tuple[timedelta, timedelta]]:
    """Return when each Tier 3 step opens and is late, counted from the ladder's anchor."""
    t3 = policy.tier3
    zero = timedelta()
    activation = (t3.activation.opens, t3.activation.late)
    investigation = (t3.investigation.opens, t3.investigation.late)
    return {
        K.ACKNOWLEDGE: (zero, t3.acknowledge),
        K.BRIDGE_OPEN: (zero, t3.acknowledge),
        K.ONE_CONTACT: (zero, t3.acknowledge),
        K.SPONSOR_TOLD: (zero, t3.acknowledge),
        K.VENDOR_TOLD: (zero, t3.acknowledge),
        K.SCOPE: (zero, t3.scope),
        K.LEADS_HERE: activation,
        K.ROLES_TAKEN: activation,
        K.CALL_RUNNING: (t3.activation.opens, t3.call),
        K.BLAST_RADIUS: investigation,
        K.RECORDS_ISOLATED: investigation,
        K.FIRST_UPDATE: (zero, t3.first_update),
    }


def tier4_windows(policy: Policy) -> dict[StepKind, tuple[timedelta, timedelta]]:
    """Return when each Tier 4 step opens and is late, counted from the ladder's anchor."""
    t3, t4 = policy.tier3, policy.tier4
    zero = timedelta()
    return {
        K.ACKNOWLEDGE: (zero, t3.acknowledge),
        K.BRIDGE_OPEN: (zero, t3.acknowledge),
        K.ONE_CONTACT: (zero, t3.acknowledge),
        K.SPONSOR_TOLD: (zero, t3.acknowledge),
        K.COMMANDER: (zero, t4.commander),
        K.STATUS_PAGE: (zero, t4.status_page),
        K.OUTREACH: (zero, t4.outreach),
    }


def windows(tier: Tier, policy: Policy) -> dict[StepKind, tuple[timedelta, timedelta]]:
    """Return the windows of a tier's ladder; empty below Tier 3."""
    if tier is Tier.CRITICAL:
        return tier3_windows(policy)
    return tier4_windows(policy) if tier is Tier.SYSTEMIC else {}


def roles_of(tier: Tier) -> tuple[Role, ...]:
    """Return the seats of a tier. Source: S21, S43."""
    if tier is Tier.SYSTEMIC:
        return (Role.COMMANDER, Role.COMMUNICATOR, Role.SCRIBE)
    return BRIDGE_ROLES if tier is Tier.CRITICAL else ()


def planned(
    tier: Tier,
    policy: Policy,
    *,
    anchor_at: datetime,
    run: int,
    noticed_by: NoticedBy,
    account: AccountCard | None,
    route: Route,
    executive: Who | None,
) -> tuple[Step, ...]:
    """Return the steps of a fresh ladder.

    The acknowledgment is the bot's within a minute when the account reported the matter and can
    be reached in writing; else it waits for a person and is due with the scope. Source: D5, D6.
    """
    steps = []
    for kind, (opens, late) in windows(tier, policy).items():
        due = late
        if kind is K.SPONSOR_TOLD and executive is None:
            continue
        if kind is K.VENDOR_TOLD and (account is None or account.vendor_contact is None):
            continue
        if kind is K.ACKNOWLEDGE and not acknowledged_by_bot(noticed_by, route):
            due = policy.tier3.own_acknowledge
        steps.append(Step(kind, run, anchor_at + opens, anchor_at + due))
    return tuple(steps)


def acknowledged_by_bot(noticed_by: NoticedBy, route: Route) -> bool:
    """Say whether the acknowledgment leaves by itself. Source: D6."""
    return noticed_by is NoticedBy.ACCOUNT and route.kind is not RouteKind.NONE


def start(ticket: Ticket, tier: Tier, ctx: Context) -> tuple[Event, ...]:
    """Return the events that replace a running ladder by another tier's, from now.

    What was done stays done and is not owed again; what may not be superseded stays owed as it
    is; the rest of the old ladder is superseded. Source: S19, S24, D12.
    """
    superseded = [
        StepSettled(ctx.now, ctx.by, step.kind, step.run, StepState.SUPERSEDED)
        for step in ticket.of(Ladder).steps
        if step.state is StepState.OWED and step.kind not in NEVER_SUPERSEDED
    ]
    met = {step.kind for step in ticket.of(Ladder).steps if step.state is StepState.DONE}
    met = (met | _met_meanwhile(ticket)) - {K.COMMANDER}
    running = {
        step.kind
        for step in ticket.of(Ladder).steps
        if step.state is StepState.OWED and step.kind in NEVER_SUPERSEDED
    }
    run = ticket.of(Ladder).ladder_run + 1
    fresh = tuple(
        step
        for step in planned(
            tier,
            ctx.policy,
            anchor_at=ctx.now,
            run=run,
            noticed_by=ticket.of(Opening).noticed_by,
            account=ticket.account,
            route=ticket.of(Road).route,
            executive=executive_for(ticket.account, ctx),
        )
        if step.kind not in met and step.kind not in running
    )
    started = LadderStarted(ctx.now, ctx.by, tier, run, ctx.now, fresh, roles_of(tier))
    return (*superseded, started)


def _met_meanwhile(ticket: Ticket) -> set[StepKind]:
    """Return the steps that were done while no ladder owed them. Source: D12.

    The incident commander is never among them: lowering the tier has vacated that seat.
    """
    leads = [helper for helper in ticket.of(Helpers).helpers if helper.duty in LEADS]
    counted = [
        f
        for f in ticket.of(Investigation).findings
        if None not in (f.accounts_count, f.records_count)
    ]
    delivered = [
        d for d in ticket.of(Updates).released_updates() if d.state is DraftState.DELIVERED
    ]
    facts = {
        K.SCOPE: bool(ticket.of(Investigation).scope),
        K.LEADS_HERE: bool(leads) and all(helper.here_at is not None for helper in leads),
        K.CALL_RUNNING: ticket.of(BridgeState).call_started_at is not None,
        K.BLAST_RADIUS: any(finding.kind == "scope" for finding in counted),
        K.FIRST_UPDATE: bool(delivered),
    }
    return {kind for kind, met in facts.items() if met}


def settle(
    ticket: Ticket, kind: StepKind, ctx: Context, *, note: str = "", link: str = ""
) -> tuple[Event, ...]:
    """Return the event that a step is done, or nothing when it is not owed."""
    return settle_at(ticket, kind, ctx.now, ctx.by, note=note, link=link)


def settle_at(
    ticket: Ticket, kind: StepKind, at: datetime, by: Who, *, note: str = "", link: str = ""
) -> tuple[Event, ...]:
    """Return the event that a step was done at an instant, or nothing when it is not owed."""
    step = ticket.of(Ladder).step(kind)
    if step is None or step.state is not StepState.OWED:
        return ()
    return (StepSettled(at, by, kind, step.run, StepState.DONE, note, link),)


def waive_rest(ticket: Ticket, why: str, ctx: Context) -> tuple[Event, ...]:
    """Return that no step is owed any more, but the analysis: it has an end of its own."""
    return tuple(
        StepSettled(ctx.now, ctx.by, step.kind, step.run, StepState.WAIVED, why)
        for step in ticket.of(Ladder).steps
        if step.state is StepState.OWED and step.kind is not K.RCA
    )


def is_set_up(kind: StepKind) -> bool:
    """Say whether the bot itself does this step while the bridge is set up."""
    return kind in _SET_UP


def set_up_under_way(ticket: Ticket) -> bool:
    """Say whether deliveries of T+0 are still on their way, and none of them is late yet.

    What was refused for good is not on its way.
    Until then surfaces that show them are left as they are: they change once, not five times.
    """
    acknowledged = any(text.name == "acknowledgment" for text in ticket.of(FixedTexts).fixed_texts)
    kinds = (*_SET_UP, K.ACKNOWLEDGE) if acknowledged else _SET_UP
    return any(
        step.kind in kinds
        and step.state is StepState.OWED
        and not step.late_told
        and comes(ticket, step.kind)
        for step in ticket.of(Ladder).steps
    )
