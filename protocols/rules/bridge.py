"""The bridge: scope, leads, people, the call, the exposure. Source: S36-S42, S14; D9, D16, D20."""

from __future__ import annotations

from datetime import timedelta

from protocols import commands as cmd
from protocols import events as ev
from protocols.context import Context
from protocols.people import Role, Who
from protocols.refusals import AlreadyDone, BridgeFull, WrongState
from protocols.rules import calling
from protocols.rules.guards import (
    manager_name,
    need_duty,
    need_on_ticket,
    need_ours,
    need_reason,
    need_staff,
    need_status,
)
from protocols.rules.ladder import settle
from protocols.scales import Tier
from protocols.slices import Helpers, Holds, Investigation, Ladder, Roles
from protocols.ticket import Helper, Status, Step, StepKind, StepState, Ticket
from protocols.ticket_parts import BridgeState

REVIEWERS = ("legal", "compliance", "finance")


def confirm_scope(ticket: Ticket, command: cmd.ConfirmScope, ctx: Context) -> tuple[ev.Event, ...]:
    """Decide that the scope is confirmed; saying it again corrects it. Source: S36."""
    need_on_ticket(ticket, ctx)
    need_status(ticket, Status.OPEN)
    confirmed = ev.ScopeConfirmed(ctx.now, ctx.by, command.accounts, command.since, command.how)
    return (confirmed, *settle(ticket, StepKind.SCOPE, ctx, note=command.how))


def bring_in_now(ticket: Ticket, ctx: Context) -> tuple[ev.Event, ...]:
    """Decide that who is missing is brought in before T+15. Source: S40, D16."""
    need_on_ticket(ticket, ctx)
    need_status(ticket, Status.OPEN)
    if ticket.of(BridgeState).brought_in_at is not None:
        raise AlreadyDone(reference=ticket.reference)
    return activation(ticket, ctx)


def activation(ticket: Ticket, ctx: Context) -> tuple[ev.Event, ...]:
    """Return the events that bring in the leads and ask for the roles. Source: S40, S43."""
    events: list[ev.Event] = [ev.LeadsBroughtIn(ctx.now, ctx.by)]
    invited: set[str] = set()
    for helper in ticket.of(Helpers).helpers:
        if helper.here_at is None and helper.duty in calling.LEAD_DUTIES:
            if helper.who.key not in invited:
                events.append(ev.PersonInvited(ctx.now, ctx.by, helper.who))
            invited.add(helper.who.key)
            events.append(ev.HelperCalledAgain(ctx.now, ctx.by, helper.duty, helper.who))
    events += calling.heads_up(ctx, ticket)
    asked: list[str] = []
    for seat in ticket.of(Roles).seats:
        if seat.holder is None and seat.asked is None:
            events += _ask_besides(seat.role, ticket, ctx, asked)
    return tuple(events)


def _ask_besides(role: Role, ticket: Ticket, ctx: Context, asked: list[str]) -> list[ev.Event]:
    """Ask for one seat, passing over those asked for another seat in the same breath."""
    found = [w for w in calling.candidates(role, ticket, ctx) if w.key not in asked]
    if not found:
        seat = ticket.of(Roles).seat(role)
        said = seat is not None and seat.exhausted
        return [] if said else [ev.RotaExhausted(ctx.now, ctx.by, role)]
    asked.append(found[0].key)
    return [ev.RoleAsked(ctx.now, ctx.by, role, found[0])]


def join(ticket: Ticket, ctx: Context, *, joined: bool) -> tuple[ev.Event, ...]:
    """Decide **Join** and **I am on it**. Source: D16, D20."""
    need_staff(ctx)
    invited_by_call = any(
        ctx.same(helper.who.key, ctx.by.key) for helper in ticket.of(Helpers).helpers
    )
    if not (invited_by_call or ticket.of(Holds).asked_to_stop(ctx.by.key)):
        need_on_ticket(ticket, ctx)
    events: list[ev.Event] = []
    if joined:
        _refuse_ninth(ticket, ctx.by, "", ctx)
        events.append(ev.PersonInvited(ctx.now, ctx.by, ctx.by))
    events += _answered(ticket, ctx.by, ctx, joined=joined)
    return tuple(events)


def _answered(ticket: Ticket, who: Who, ctx: Context, *, joined: bool) -> list[ev.Event]:
    waiting = [
        h for h in ticket.of(Helpers).helpers if ctx.same(h.who.key, who.key) and h.here_at is None
    ]
    events: list[ev.Event] = [
        ev.HelperAnswered(ctx.now, ctx.by, helper.duty, helper.who, joined) for helper in waiting
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
) -> list[ev.Event]:
    events: list[ev.Event] = []
    for kind, duties in (
        (StepKind.LEADS_HERE, calling.LEAD_DUTIES),
        (StepKind.REVIEWERS_HERE, REVIEWERS),
    ):
        concerned = any(helper.duty in duties for helper in answered)
        if concerned and not any(helper.duty in duties for helper in missing):
            events += settle(ticket, kind, ctx)
    return events


def note_joined(ticket: Ticket, command: cmd.NoteJoined, ctx: Context) -> tuple[ev.Event, ...]:
    """Record that Slack shows a person in the channel; above the size the manager is asked.

    Being there is no answer: the bot itself puts people there at T+15. Source: D20.
    """
    if any(who.key == command.person.key for who in ticket.of(BridgeState).here):
        return ()
    events: list[ev.Event] = [ev.PersonJoined(ctx.now, ctx.by, command.person, command.outside)]
    count = len(ticket.of(BridgeState).here) + 1
    if count > ctx.policy.bridge.size and command.person.key not in ticket.of(BridgeState).kept:
        added_by = command.added_by or ctx.by
        events.append(ev.BridgeCrowded(ctx.now, added_by, command.person, count))
    return tuple(events)


def note_left(ticket: Ticket, command: cmd.NoteLeft, ctx: Context) -> tuple[ev.Event, ...]:
    """Record that a person left the channel."""
    if all(who.key != command.person.key for who in ticket.of(BridgeState).here):
        return ()
    helped = any(helper.who.key == command.person.key for helper in ticket.of(Helpers).helpers)
    return (ev.PersonLeft(ctx.now, ctx.by, command.person, helped),)


def _refuse_ninth(ticket: Ticket, person: Who, reason: str, ctx: Context) -> None:
    here = ticket.of(BridgeState).here
    if any(who.key == person.key for who in here) or len(here) < ctx.policy.bridge.size:
        return
    if ctx.actor.holds("cs-manager") and reason.strip():
        return
    raise BridgeFull(count=len(here), size=ctx.policy.bridge.size, manager=manager_name(ctx))


def invite(ticket: Ticket, command: cmd.InvitePerson, ctx: Context) -> tuple[ev.Event, ...]:
    """Decide one more invitation. Source: S42, D9.

    Raises:
        BridgeFull: The bridge is at its size, and no CS manager gave a reason.
        PersonUnknown: The person cannot be reached.
    """
    need_on_ticket(ticket, ctx)
    need_bridge(ticket)
    need_ours(command.person, ctx)
    _refuse_ninth(ticket, command.person, command.reason, ctx)
    events: list[ev.Event] = [ev.PersonInvited(ctx.now, ctx.by, command.person, command.reason)]
    if len(ticket.of(BridgeState).here) >= ctx.policy.bridge.size:
        events.append(ev.NinthKept(ctx.now, ctx.by, command.person, command.reason))
    return tuple(events)


def keep_ninth(ticket: Ticket, command: cmd.KeepNinth, ctx: Context) -> tuple[ev.Event, ...]:
    """Decide that one above the size stays, with a CS manager's reason. Source: D9."""
    need_duty(ctx, "cs-manager")
    need_reason(command.reason)
    return (ev.NinthKept(ctx.now, ctx.by, command.person, command.reason),)


def need_bridge(ticket: Ticket) -> None:
    """Refuse what needs a bridge where there is none.

    Raises:
        WrongState: The ticket's tier has no bridge.
    """
    if not ticket.tier.has_bridge:
        raise WrongState(reference=ticket.reference, status=f"Tier {int(ticket.tier)}")


def start_call(ticket: Ticket, ctx: Context) -> tuple[ev.Event, ...]:
    """Decide **Call started**. Source: S14, D20."""
    need_on_ticket(ticket, ctx)
    need_status(ticket, Status.OPEN)
    if ticket.of(BridgeState).call_started_at is not None:
        raise AlreadyDone(reference=ticket.reference)
    return (
        ev.CallStarted(ctx.now, ctx.by),
        *settle(ticket, StepKind.CALL_RUNNING, ctx),
    )


def confirm_exposure(ticket: Ticket, ctx: Context) -> tuple[ev.Event, ...]:
    """Decide that financial exposure is confirmed. Source: S41, D16."""
    need_on_ticket(ticket, ctx)
    need_status(ticket, Status.OPEN)
    if ticket.of(Investigation).exposure_at is not None:
        raise AlreadyDone(reference=ticket.reference)
    return (ev.ExposureConfirmed(ctx.now, ctx.by), *calling.reviewers(ctx, ticket))


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


def note_shared(ticket: Ticket, command: cmd.NoteShared, ctx: Context) -> tuple[ev.Event, ...]:
    """Record that the bridge was shared outside; nothing more is posted there. Source: T13."""
    if ticket.of(BridgeState).shared_at is not None:
        return ()
    return (
        ev.BridgeSharedOutside(ctx.now, ctx.by, command.channel_id),
        *calling.call(("security",), ctx, ticket),
    )
