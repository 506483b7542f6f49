"""Who hears that a clock nears its breach or has passed it: once a change, each once. D8."""

from __future__ import annotations

from protocols.kernel.context import Context
from protocols.kernel.effects import Effect, Surface
from protocols.kernel.event import Event
from protocols.kernel.roads import dm, dm_edit
from protocols.kernel.stamps import stamp
from protocols.kernel.tables import Effects, tells, tells_last
from protocols.people.people import Staff
from protocols.targets.events import Acknowledged, LeftOpen, TargetBreached, TargetNeared
from protocols.ticket import Ticket
from protocols.tiers.state import Tiers

Spoken = TargetNeared | TargetBreached | LeftOpen
_GRAVEST = (TargetBreached, LeftOpen, TargetNeared)


@tells_last
def clocks_told(
    _before: Ticket | None, events: tuple[Event, ...], ticket: Ticket, ctx: Context, _version: int
) -> Effects:
    """Tell each person once what the clocks of this change say, the gravest of it."""
    spoken = [event for event in events if isinstance(event, Spoken)]
    told: dict[Staff, Spoken] = {}
    for kind in _GRAVEST:
        for event in spoken:
            if isinstance(event, kind):
                for who in event.told:
                    told.setdefault(who, event)
    return tuple(_told(ticket, event, who, ctx) for who, event in told.items())


def _told(ticket: Ticket, event: Spoken, who: Staff, ctx: Context) -> Effect:
    suffix = f"clock/{who.key}/{stamp(ctx.now)}"
    if isinstance(event, LeftOpen):
        return dm(ticket, suffix, who, "left_open")
    params = {"measure": event.measure, "breach_at": event.breach_at.isoformat()}
    if isinstance(event, TargetBreached):
        return dm(ticket, suffix, who, "target_breached", params)
    prompt = Surface.DROP_IF_STALE
    return dm(ticket, suffix, who, "target_near", params, surface=prompt, stale_at=event.breach_at)


@tells(Acknowledged)
def acknowledged(ticket: Ticket, event: Acknowledged, ctx: Context) -> Effects:
    """Take **Acknowledge** off the opener's message: somebody has it."""
    changes = ticket.of(Tiers).tier_changes
    if (changes[0].before if changes else ticket.tier).has_bridge or ticket.opener is None:
        return ()
    posted = f"{ticket.reference}/opened"
    key, slot = f"{posted}-acknowledged", f"{posted}-edit"
    return (dm_edit(ticket, posted, key, ticket.opener, "opened", slot=slot),)
