"""Who hears that a clock nears its breach or has passed it: once a change, each once. D8."""

from __future__ import annotations

from protocols.kernel.context import Context
from protocols.kernel.effects import Dm, Effect, Gateway, Surface
from protocols.kernel.event import Event
from protocols.kernel.roads import dm, result
from protocols.kernel.stamps import stamp
from protocols.kernel.tables import Effects, tells, tells_last
from protocols.people.people import Who
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
    told: dict[Who, Spoken] = {}
    for kind in _GRAVEST:
        for event in spoken:
            if isinstance(event, kind):
                for who in event.told:
                    told.setdefault(who, event)
    return tuple(_told(ticket, event, who, ctx) for who, event in told.items())


def _told(ticket: Ticket, event: Spoken, who: Who, ctx: Context) -> Effect:
    suffix = f"clock/{who.key}/{stamp(ctx.now)}"
    if isinstance(event, LeftOpen):
        return dm(ticket, suffix, who.key, "left_open")
    params = {"measure": event.measure, "breach_at": event.breach_at.isoformat()}
    if isinstance(event, TargetBreached):
        return dm(ticket, suffix, who.key, "target_breached", params)
    prompt = Surface.DROP_IF_STALE
    return dm(
        ticket, suffix, who.key, "target_near", params, surface=prompt, stale_at=event.breach_at
    )


@tells(Acknowledged)
def acknowledged(ticket: Ticket, event: Acknowledged, ctx: Context) -> Effects:
    """Take **Acknowledge** off the opener's message: somebody has it."""
    changes = ticket.of(Tiers).tier_changes
    if (changes[0].before if changes else ticket.tier).has_bridge:
        return ()
    posted, opener = f"{ticket.reference}/opened", ticket.opened_by.key
    return (
        Effect(
            key=f"{posted}-acknowledged",
            gateway=Gateway.SLACK,
            method="chat.update",
            to=Dm(opener),
            template="opened",
            params={"person": opener},
            arguments={"channel": result(posted, "channel"), "ts": result(posted, "ts")},
            stream=f"dm/{opener}/{ticket.reference}",
            surface=Surface.LATEST_ONLY,
            slot=f"{posted}-edit",
            needs=(posted,),
        ),
    )
