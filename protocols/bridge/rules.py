"""The bridge: who is brought in, who comes and goes, how many, the call, a channel shared outside.

Source: S14, S36-S43; D9, D16, D20; T13.
"""

from __future__ import annotations

from protocols.bridge.events import (
    BridgeCrowded,
    BridgeSharedOutside,
    BridgeUnshared,
    BringInNow,
    CallStarted,
    GoOnInBridge,
    InvitePerson,
    KeepNinth,
    LeadsBroughtIn,
    NinthKept,
    NoteJoined,
    NoteLeft,
    NoteShared,
    NoteUnshared,
    PersonInvited,
    PersonJoined,
    PersonLeft,
    StartCall,
)
from protocols.bridge.refusals import BridgeFull, SharedStill
from protocols.bridge.state import BridgeState
from protocols.helpers.calling import LEAD_DUTIES, call, engineering_waits, heads_up
from protocols.helpers.events import HelperCalledAgain
from protocols.helpers.state import Helpers
from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.kernel.refusals import AlreadyDone, WrongState
from protocols.kernel.tables import decides
from protocols.ladder.events import StepKind
from protocols.ladder.rules import settle
from protocols.people.people import Role, Staff, Who
from protocols.rights.guards import (
    manager_name,
    need_duty,
    need_on_ticket,
    need_ours,
    need_reader,
    need_reason,
    need_status,
)
from protocols.rights.roads import manager_of
from protocols.roles.asking import candidates
from protocols.roles.events import RoleAsked, RotaExhausted
from protocols.roles.state import Roles
from protocols.status import Status
from protocols.ticket import Ticket


@decides(BringInNow)
def bring_in_now(ticket: Ticket, _command: BringInNow, ctx: Context) -> tuple[Event, ...]:
    """Decide that who is missing is brought in before T+15. Source: S40, D16."""
    need_on_ticket(ticket, ctx)
    need_status(ticket, Status.OPEN)
    brought_in_at = ticket.of(BridgeState).brought_in_at
    if brought_in_at is not None:
        raise AlreadyDone(done_at=brought_in_at)
    return activation(ticket, ctx)


def activation(ticket: Ticket, ctx: Context) -> tuple[Event, ...]:
    """Return the events that bring in the leads and ask for the roles. Source: S40, S43."""
    events: list[Event] = [LeadsBroughtIn(ctx.now, ctx.by)]
    invited: set[str] = set()
    for helper in ticket.of(Helpers).helpers:
        if helper.here_at is None and helper.duty in LEAD_DUTIES:
            if helper.who.key not in invited:
                events.append(PersonInvited(ctx.now, ctx.by, helper.who))
            invited.add(helper.who.key)
            events.append(HelperCalledAgain(ctx.now, ctx.by, helper.duty, helper.who))
    events += heads_up(ctx, ticket)
    asked: list[str] = []
    for seat in ticket.of(Roles).seats:
        waits = seat.role is Role.INVESTIGATOR and engineering_waits(ticket)
        if seat.holder is None and seat.asked is None and not waits:
            events += _ask_besides(seat.role, ticket, ctx, asked)
    return tuple(events)


def _ask_besides(role: Role, ticket: Ticket, ctx: Context, asked: list[str]) -> list[Event]:
    """Ask for one seat, passing over those asked for another seat in the same breath."""
    found = [w for w in candidates(role, ticket, ctx) if w.key not in asked]
    if not found:
        seat = ticket.of(Roles).seat(role)
        said = seat is not None and seat.exhausted
        return [] if said else [RotaExhausted(ctx.now, ctx.by, role)]
    asked.append(found[0].key)
    return [RoleAsked(ctx.now, ctx.by, role, found[0])]


@decides(NoteJoined)
def note_joined(ticket: Ticket, command: NoteJoined, ctx: Context) -> tuple[Event, ...]:
    """Record that Slack shows a person in the channel; above the size the manager is asked.

    Being there is no answer: the bot itself puts people there at T+15. Source: D20.
    """
    if any(who.key == command.person.key for who in ticket.of(BridgeState).here):
        return ()
    events: list[Event] = [
        PersonJoined(ctx.now, ctx.by, command.person, command.outside, command.late)
    ]
    count = len(ticket.of(BridgeState).here) + 1
    if count > ctx.policy.bridge.size and command.person.key not in ticket.of(BridgeState).kept:
        added_by = command.added_by or ctx.by
        events.append(BridgeCrowded(ctx.now, added_by, command.person, count))
    return tuple(events)


@decides(NoteLeft)
def note_left(ticket: Ticket, command: NoteLeft, ctx: Context) -> tuple[Event, ...]:
    """Record that a person left the channel."""
    if all(who.key != command.person.key for who in ticket.of(BridgeState).here):
        return ()
    helped = any(helper.who.key == command.person.key for helper in ticket.of(Helpers).helpers)
    return (PersonLeft(ctx.now, ctx.by, command.person, helped, command.late),)


def refuse_ninth(ticket: Ticket, person: Who, reason: str, ctx: Context) -> None:
    """Refuse one more person than the bridge is for, unless a CS manager says why. Source: D9.

    Raises:
        BridgeFull: The bridge is at its size.
    """
    here = ticket.of(BridgeState).here
    if any(who.key == person.key for who in here) or len(here) < ctx.policy.bridge.size:
        return
    if ctx.actor.holds("cs-manager") and reason.strip():
        return
    raise BridgeFull(count=len(here), size=ctx.policy.bridge.size, manager=manager_name(ctx))


@decides(InvitePerson)
def invite(ticket: Ticket, command: InvitePerson, ctx: Context) -> tuple[Event, ...]:
    """Decide one more invitation. Source: S42, D9.

    Raises:
        BridgeFull: The bridge is at its size, and no CS manager gave a reason.
        PersonUnknown: The person cannot be reached.
    """
    need_on_ticket(ticket, ctx)
    need_bridge(ticket)
    need_ours(command.person, ctx)
    refuse_ninth(ticket, command.person, command.reason, ctx)
    events: list[Event] = [PersonInvited(ctx.now, ctx.by, command.person, command.reason)]
    if len(ticket.of(BridgeState).here) >= ctx.policy.bridge.size:
        events.append(NinthKept(ctx.now, ctx.by, command.person, command.reason))
    return tuple(events)


@decides(KeepNinth)
def keep_ninth(ticket: Ticket, command: KeepNinth, ctx: Context) -> tuple[Event, ...]:
    """Decide that one above the size stays, with a CS manager's reason. Source: D9."""
    need_duty(ctx, "cs-manager")
    need_reason(command.reason)
    return (NinthKept(ctx.now, ctx.by, command.person, command.reason),)


def need_bridge(ticket: Ticket) -> None:
    """Refuse what needs a bridge where there is none.

    Raises:
        WrongState: The ticket's tier has no bridge.
    """
    if not ticket.tier.has_bridge:
        raise WrongState(reference=ticket.reference, status=f"Tier {int(ticket.tier)}")


@decides(StartCall)
def start_call(ticket: Ticket, _command: StartCall, ctx: Context) -> tuple[Event, ...]:
    """Decide **Call started**. Source: S14, D20."""
    need_on_ticket(ticket, ctx)
    need_status(ticket, Status.OPEN)
    bridge = ticket.of(BridgeState)
    if bridge.call_started_at is not None:
        by = bridge.call_started_by.name if bridge.call_started_by is not None else ""
        raise AlreadyDone(person=by, done_at=bridge.call_started_at)
    return (
        CallStarted(ctx.now, ctx.by),
        *settle(ticket, StepKind.CALL_RUNNING, ctx),
    )


@decides(NoteShared)
def note_shared(ticket: Ticket, command: NoteShared, ctx: Context) -> tuple[Event, ...]:
    """Record that the bridge was shared outside; nothing more is posted there. Source: T13."""
    if ticket.of(BridgeState).shared_at is not None:
        return ()
    return (
        BridgeSharedOutside(ctx.now, ctx.by, command.channel_id),
        *call(("security",), ctx, ticket),
    )


def guards_of(ticket: Ticket, ctx: Context) -> dict[str, Staff]:
    """Return who is told of a shared bridge, by what they are: manager, security, else contact."""
    manager, security = manager_of(ticket, ctx), ctx.first_on_duty("security")
    found = {} if manager is None else {"manager": manager}
    if security is not None and (manager is None or manager.key != security.key):
        found["security"] = security
    left = ticket.poc or ticket.opener
    return found or ({} if left is None else {"contact": left})


@decides(NoteUnshared)
def note_unshared(ticket: Ticket, command: NoteUnshared, ctx: Context) -> tuple[Event, ...]:
    """Record that Slack shows the bridge as ours alone again: posting goes on. Source: T13, D41.

    What it answered to a question from before the share says nothing of it.
    """
    shared_at = ticket.of(BridgeState).shared_at
    if shared_at is None or (command.asked_at is not None and command.asked_at <= shared_at):
        return ()
    return (BridgeUnshared(ctx.now, ctx.by),)


@decides(GoOnInBridge)
def go_on(ticket: Ticket, command: GoOnInBridge, ctx: Context) -> tuple[Event, ...]:
    """Decide that posting goes on because Security or a CS manager saw the share taken back.

    Slack tells of it by an event, which may be lost.

    Raises:
        AlreadyDone: The bridge is not shared, or posting goes on already.
        NotAllowed: The actor is neither of Security, nor a CS manager, nor was told in their place.
        SharedStill: Slack, asked now, does not show the channel as ours alone.
    """
    need_reader(ticket, ctx)
    if not any(ctx.same(who.key, ctx.by.key) for who in guards_of(ticket, ctx).values()):
        need_duty(ctx, "security", "cs-manager")
    if ticket.of(BridgeState).shared_at is None:
        raise AlreadyDone(reference=ticket.reference)
    if command.still_shared is not False:
        said = "shared" if command.still_shared else "silent"
        raise SharedStill(reference=ticket.reference, what=said)
    return (BridgeUnshared(ctx.now, ctx.by),)
