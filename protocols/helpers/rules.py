"""The step that called reviewers owe, and what is done when those who were called have come.

Source: S41; D16, D20.
"""

from __future__ import annotations

from datetime import timedelta

from protocols.engineering.events import ENGINEERS, EngineerAsked
from protocols.helpers.calling import ENGINEERING, LEAD_DUTIES, call, engineering_waits
from protocols.helpers.events import AskEngineering, HelperAnswered
from protocols.helpers.state import Helper, Helpers
from protocols.investigation.state import Investigation
from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.kernel.refusals import AlreadyDone
from protocols.kernel.tables import decides, follows
from protocols.ladder.events import Step, StepKind, StepsAdded, StepState
from protocols.ladder.rules import settle
from protocols.ladder.state import Ladder
from protocols.people.people import Role, Who
from protocols.people.refusals import PersonUnknown
from protocols.rights.guards import need_duty, need_on_ticket, need_status
from protocols.roles.asking import ask_role
from protocols.roles.state import Roles
from protocols.scales import Tier
from protocols.status import Status
from protocols.ticket import Ticket

REVIEWERS = ("legal", "compliance", "finance")


def answered(ticket: Ticket, who: Who, ctx: Context, *, joined: bool) -> list[Event]:
    """Return that a called helper answered, and the steps that are done with it. S41, D20."""
    waiting = [
        h for h in ticket.of(Helpers).helpers if ctx.same(h.who.key, who.key) and h.here_at is None
    ]
    events: list[Event] = [
        HelperAnswered(ctx.now, ctx.by, helper.duty, helper.who, joined) for helper in waiting
    ]
    if not waiting:
        return events
    missing = [
        h
        for h in ticket.of(Helpers).helpers
        if h.here_at is None and not ctx.same(h.who.key, who.key)
    ]
    events += _settle_if_all_here(ticket, missing, waiting, ctx)
    return events


def _settle_if_all_here(
    ticket: Ticket, missing: list[Helper], answered: list[Helper], ctx: Context
) -> list[Event]:
    events: list[Event] = []
    for kind, duties in (
        (StepKind.LEADS_HERE, LEAD_DUTIES),
        (StepKind.REVIEWERS_HERE, REVIEWERS),
    ):
        concerned = any(helper.duty in duties for helper in answered)
        if concerned and not any(helper.duty in duties for helper in missing):
            events += settle(ticket, kind, ctx)
    return events


@decides(AskEngineering)
def ask_engineering(ticket: Ticket, _command: AskEngineering, ctx: Context) -> tuple[Event, ...]:
    """Decide that Engineering investigates an unusual login: Security says so. Source: S30, D36.

    Without a bridge it is the loop to Engineering that opens. Source: S7.

    Raises:
        NotAllowed: The actor has not the duty of Security.
        AlreadyDone: Engineering is asked.
        PersonUnknown: Nobody is on duty as engineering lead.
    """
    need_on_ticket(ticket, ctx)
    need_status(ticket, Status.OPEN)
    need_duty(ctx, "security")
    if not engineering_waits(ticket):
        raise AlreadyDone(reference=ticket.reference)
    asked = _call_engineering(ticket, ctx)
    if not asked:
        raise PersonUnknown(person="The engineering lead on duty")
    seat = ticket.of(Roles).seat(Role.INVESTIGATOR)
    if seat is not None and seat.holder is None and seat.asked is None:
        asked += ask_role(Role.INVESTIGATOR, ticket, ctx)
    return tuple(asked)


def _call_engineering(ticket: Ticket, ctx: Context) -> list[Event]:
    if ticket.tier.has_bridge:
        return call((ENGINEERING,), ctx, ticket)
    engineer = ctx.first_on_duty(*ENGINEERS)
    return [] if engineer is None else [EngineerAsked(ctx.now, ctx.by, engineer)]


@follows
def reviewers_owed(
    _before: Ticket | None, _events: tuple[Event, ...], ticket: Ticket, ctx: Context
) -> tuple[Event, ...]:
    """Return the step that the called reviewers owe. Source: S41."""
    step = reviewers_step(ticket, ctx)
    return () if step is None else (StepsAdded(ctx.now, ctx.by, (step,)),)


def reviewers_step(ticket: Ticket, ctx: Context) -> Step | None:
    """Return the step that the called reviewers owe, None when none was called or it exists.

    One that Tier 4 superseded is owed again on Tier 3, unless all have come (D12). Due with the
    activation, or 15 minutes after the call when that is later. Source: S41, D20.
    """
    before = ticket.of(Ladder).step(StepKind.REVIEWERS_HERE)
    superseded = before is not None and before.state is StepState.SUPERSEDED
    reopened = superseded and ticket.tier is Tier.CRITICAL
    if (before is not None and not reopened) or not ticket.tier.has_bridge:
        return None
    called = [helper for helper in ticket.of(Helpers).helpers if helper.duty in REVIEWERS]
    if not called or ticket.of(Investigation).exposure_at is None:
        return None
    if reopened and all(helper.here_at is not None for helper in called):
        return None
    window: timedelta = ctx.policy.tier3.activation.late - ctx.policy.tier3.activation.opens
    late_at = max(
        (ticket.of(Ladder).ladder_at or ctx.now) + ctx.policy.tier3.activation.late,
        ctx.now + window,
    )
    return Step(StepKind.REVIEWERS_HERE, ticket.of(Ladder).ladder_run, ctx.now, late_at)
