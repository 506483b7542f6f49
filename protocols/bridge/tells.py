"""What is told of the bridge and posted in it, and what of all effects may be posted there at all.

Source: S36-S42; D9, D16, D18, D29; words.md 0 rule 4, 4.7-4.10.
"""

from __future__ import annotations

from collections.abc import Mapping

from protocols.bridge import set_up
from protocols.bridge.addresses import Bridge
from protocols.bridge.events import (
    BridgeArchiveAsked,
    BridgeCaughtUp,
    BridgeCrowded,
    BridgeOpened,
    BridgeSharedOutside,
    BridgeUnshared,
    PersonInvited,
    PersonJoined,
    StillShared,
)
from protocols.bridge.quiet import QUIET, deliveries_only
from protocols.bridge.roads import bridge_post
from protocols.bridge.rules import guards_of
from protocols.bridge.state import CARD, BridgeState
from protocols.kernel.context import Context
from protocols.kernel.effects import Effect
from protocols.kernel.endings import NOT_CLOSED
from protocols.kernel.event import Event
from protocols.kernel.roads import dm, dm_edit
from protocols.kernel.stamps import stamp
from protocols.kernel.tables import Effects, keeps, tells, tells_first, tells_last
from protocols.ladder.events import StepKind, StepSettled
from protocols.ladder.rules import set_up_under_way
from protocols.opening.events import TicketOpened
from protocols.people.people import Who
from protocols.rights.roads import to_manager
from protocols.roles.state import Roles
from protocols.ticket import Ticket
from protocols.tiers.state import Tiers


@tells(TicketOpened)
def opened(ticket: Ticket, event: TicketOpened, ctx: Context) -> Effects:
    """Send the answer to the one who opened as a message too; with a bridge, once it is open."""
    if ticket.tier.has_bridge or ticket.opener is None:
        return ()
    return (dm(ticket, "opened", ticket.opener, "opened"),)


@tells(BridgeOpened)
def bridge_opened(ticket: Ticket, event: BridgeOpened, ctx: Context) -> Effects:
    """Send the link of the bridge by direct message."""
    first = ticket.of(BridgeState).generation == 1 and not ticket.of(Tiers).tier_changes
    suffix = (
        "opened"
        if first
        else f"opened/{len(ticket.of(Tiers).tier_changes)}-{ticket.of(BridgeState).generation}"
    )
    return (dm(ticket, suffix, ticket.opener, "opened"),) if ticket.opener is not None else ()


SET_UP_STEPS = (StepKind.ACKNOWLEDGE, StepKind.SPONSOR_TOLD, StepKind.VENDOR_TOLD)


@tells(StepSettled)
def set_up_step(ticket: Ticket, event: StepSettled, ctx: Context) -> Effects:
    """Update the answer that the opener has as a message with what has been sent since."""
    if (
        event.kind not in SET_UP_STEPS
        or not ticket.of(BridgeState).channel_id
        or ticket.of(Tiers).tier_changes
        or ticket.status not in NOT_CLOSED
    ):
        return ()
    if set_up_under_way(ticket) or ticket.opener is None:
        return ()
    posted = f"{ticket.reference}/opened"
    key, slot = f"{posted}-edit/{event.kind}/{event.run}", f"{posted}-edit"
    return (dm_edit(ticket, posted, key, ticket.opener, "opened", slot=slot),)


@tells(PersonInvited)
def invited(ticket: Ticket, event: PersonInvited, ctx: Context) -> Effects:
    """Invite a person to the bridge's channel."""
    if not ticket.tier.has_bridge:
        return ()
    return (set_up.invite(ticket, event.person.key, stamp(event.at)),)


@tells(PersonJoined)
def joined(ticket: Ticket, event: PersonJoined, ctx: Context) -> Effects:
    """Tell Security and the CS manager when somebody outside reads a bridge. Source: D29."""
    if not event.outside:
        return ()
    suffix, params = f"outsider/{event.person.key}/{stamp(event.at)}", {"who": event.person.name}
    told = to_manager(ticket, ctx, suffix, "outsider_here", params)
    security = ctx.first_on_duty("security")
    if security is None:
        return told
    return (*told, dm(ticket, f"{suffix}/security", security, "outsider_here", params))


@tells(BridgeCrowded)
def crowded(ticket: Ticket, event: BridgeCrowded, ctx: Context) -> Effects:
    """Ask the CS manager: keep, with a reason, or ask someone to leave. Source: D9."""
    number = stamp(event.at)
    params: dict[str, object] = {
        "added": event.person.key,
        "by": event.by.key,
        "count": event.count,
    }
    suffix = f"crowded/{event.person.key}/{number}"
    return (
        bridge_post(ticket, suffix, "ninth_person", params),
        *to_manager(ticket, ctx, suffix, "ninth_person", params),
    )


@tells(BridgeSharedOutside)
def shared(ticket: Ticket, event: BridgeSharedOutside, ctx: Context) -> Effects:
    """Tell Security and the CS manager that the bridge is no longer inside."""
    before = ticket.of(BridgeState).taken_back
    suffix = f"shared/{before + 1}" if before else "shared"
    return _to_guards(ticket, suffix, "bridge_shared", ctx)


@tells(StillShared)
def still_shared(ticket: Ticket, event: StillShared, ctx: Context) -> Effects:
    """Tell them once more: until the share is taken back nothing is posted in the bridge."""
    return _to_guards(ticket, f"still-shared/{stamp(event.at)}", "bridge_shared", ctx)


@tells(BridgeUnshared)
def unshared(ticket: Ticket, event: BridgeUnshared, ctx: Context) -> Effects:
    """Say in the bridge, and to those who were told of the share, that posting goes on."""
    suffix, params = f"unshared/{stamp(event.at)}", {"by": event.by.key}
    line = bridge_post(ticket, suffix, "bridge_unshared", params)
    return (line, *_to_guards(ticket, suffix, "bridge_unshared", ctx, params))


def _to_guards(
    ticket: Ticket,
    suffix: str,
    template: str,
    ctx: Context,
    params: Mapping[str, object] | None = None,
) -> Effects:
    return tuple(
        dm(ticket, f"{suffix}/{role}", who, template, params)
        for role, who in guards_of(ticket, ctx).items()
    )


@tells(BridgeArchiveAsked)
def archived(ticket: Ticket, event: BridgeArchiveAsked, ctx: Context) -> Effects:
    """Archive the bridge, as its last effect."""
    stands = bool(ticket.of(BridgeState).channel_id) and not event.lost
    return (set_up.archive(ticket),) if stands else ()


def needs_bridge(before: Ticket | None, after: Ticket) -> bool:
    """Say whether this change calls for a bridge that is not there."""
    if not after.tier.has_bridge:
        return False
    if before is not None and before.tier.has_bridge:
        return after.of(BridgeState).generation != before.of(BridgeState).generation
    called_for = after.of(BridgeState).channel_id or _called_for_before(before)
    return after.is_live and not called_for


def _called_for_before(before: Ticket | None) -> bool:
    """Say whether an earlier change called for the bridge; Slack may not have made it yet."""
    if before is None or before.of(BridgeState).generation > 1:
        return False
    return any(change.before.has_bridge for change in before.of(Tiers).tier_changes)


def first_invited(ticket: Ticket) -> tuple[Who, ...]:
    """Return who is in the bridge from its first second: whoever of us opened it, or has a part.

    A bridge that is made anew after its archive has its contact and its seats already.
    """
    holders = (seat.holder for seat in ticket.of(Roles).seats)
    people = [who for who in (ticket.opener, ticket.poc, *holders) if who is not None]
    return tuple({who.key: who for who in people}.values())


@tells_first
def bridge_called_for(
    before: Ticket | None, _events: tuple[Event, ...], after: Ticket, _ctx: Context, _version: int
) -> Effects:
    """Return what makes a bridge that is called for and not there."""
    if not needs_bridge(before, after):
        return ()
    invited = (set_up.invite(after, who.key, 0) for who in first_invited(after))
    return (*set_up.set_up(after), *invited)


@tells_last
def card_changed(
    before: Ticket | None, events: tuple[Event, ...], after: Ticket, _ctx: Context, version: int
) -> Effects:
    """Return the edit of the card, when something on it changed."""
    if needs_bridge(before, after) or not _card_changes(events, after):
        return ()
    return (set_up.card_edit(after, version),)


def _card_changes(events: tuple[Event, ...], after: Ticket) -> bool:
    bridge = after.of(BridgeState)
    if not (after.tier.has_bridge or bridge.channel_id) or bridge.archived_at is not None:
        return False
    if set_up_under_way(after) and deliveries_only(events):
        return False
    if any(isinstance(event, BridgeCaughtUp) and CARD in event.owed for event in events):
        return False  # it is posted as it stands now
    return any(not isinstance(event, QUIET) for event in events)


@keeps
def postable(effects: list[Effect], before: Ticket | None, after: Ticket) -> list[Effect]:
    """Return the effects without posts in a bridge that is shared outside, closed, or not there.

    Source: T13, ChannelShared; D18.
    """
    bridge = after.of(BridgeState)
    was_archived = before is not None and before.of(BridgeState).archived_at is not None
    stands = after.tier.has_bridge or bool(bridge.channel_id)
    gone = bridge.archived_at is not None and was_archived
    if bridge.shared_at is None and bridge.lost_at is None and stands and not gone:
        return effects
    return [effect for effect in effects if not isinstance(effect.to, Bridge)]
