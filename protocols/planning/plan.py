"""What must be told after a change: ``plan(before, events, after) -> effects``.

Each event has its own plan; the card and the briefs follow once for the whole change. Nobody is
told the same thing twice, because every effect's key is derived from what happened.
Source: words.md 0 rule 4, 4.7-4.9, 5.
"""

from __future__ import annotations

from protocols import events as ev
from protocols.context import Context
from protocols.effects import Bridge, Effect
from protocols.people import Who
from protocols.planning import (
    for_account,  # noqa: F401
    for_executives,  # noqa: F401
    for_holds,  # noqa: F401
    for_lowering,  # noqa: F401
    for_people,  # noqa: F401
    for_withdrawals,  # noqa: F401
    for_writers,  # noqa: F401
    set_up,
)
from protocols.planning.briefs import brief_edits
from protocols.planning.quiet import QUIET, deliveries_only
from protocols.planning.registry import PLANS
from protocols.rules.ladder import set_up_under_way
from protocols.slices import Roles, Tiers
from protocols.ticket import Status, Ticket
from protocols.ticket_parts import BridgeState


def plan(
    before: Ticket | None,
    events: tuple[ev.Event, ...],
    after: Ticket,
    ctx: Context,
    version: int,
) -> tuple[Effect, ...]:
    """Return every effect of a change, in the order in which they should be enqueued.

    Args:
        before: The ticket before the events, None at opening.
        events: What happened.
        after: The ticket now.
        ctx: What was known.
        version: The number of this change, for keys that count changes.
    """
    effects: list[Effect] = []
    opened_bridge = needs_bridge(before, after)
    if opened_bridge:
        effects += set_up.set_up(after)
        effects += [set_up.invite(after, who.key, 0) for who in first_invited(after)]
    for event in events:
        make = PLANS.get(type(event))
        if make is not None:
            effects += make(after, event, ctx)
    if not opened_bridge and _card_changes(events, after):
        effects.append(set_up.card_edit(after, version))
    effects += brief_edits(before, after, events, version)
    return tuple(behind_their_needs(_postable(effects, before, after)))


def behind_their_needs(effects: list[Effect]) -> list[Effect]:
    """Return effects with each behind those beside it that it needs, and else as they came.

    A stream keeps its order: what stood in it before something that it needs would wait for ever.
    Two events of one change can plan an edit before the message that it edits.
    """
    missing = {effect.key for effect in effects}
    ordered: list[Effect] = []
    waiting = effects
    while waiting:
        passed_over: list[Effect] = []
        for effect in waiting:
            if missing.isdisjoint(effect.needs):
                ordered.append(effect)
                missing.discard(effect.key)
            else:
                passed_over.append(effect)
        if len(passed_over) == len(waiting):
            return [*ordered, *passed_over]
        waiting = passed_over
    return ordered


def needs_bridge(before: Ticket | None, after: Ticket) -> bool:
    """Say whether this change calls for a bridge that is not there."""
    if not after.tier.has_bridge or after.status is not Status.OPEN:
        return False
    if before is None or not before.tier.has_bridge:
        return not (after.of(BridgeState).channel_id or _called_for_before(before))
    return after.of(BridgeState).generation != before.of(BridgeState).generation


def _called_for_before(before: Ticket | None) -> bool:
    """Say whether an earlier change called for the bridge; Slack may not have made it yet."""
    if before is None or before.of(BridgeState).generation > 1:
        return False
    return any(change.before.has_bridge for change in before.of(Tiers).tier_changes)


def first_invited(ticket: Ticket) -> tuple[Who, ...]:
    """Return who is in the bridge from its first second: who opened it, and whoever has a part.

    A bridge that is made anew after its archive has its contact and its seats already.
    """
    holders = (seat.holder for seat in ticket.of(Roles).seats)
    people = [who for who in (ticket.opened_by, ticket.poc, *holders) if who is not None]
    return tuple({who.key: who for who in people}.values())


def _card_changes(events: tuple[ev.Event, ...], after: Ticket) -> bool:
    if not (after.tier.has_bridge or after.of(BridgeState).channel_id):
        return False
    if after.of(BridgeState).archived_at is not None:
        return False
    if set_up_under_way(after) and deliveries_only(events):
        return False
    return any(not isinstance(event, QUIET) for event in events)


def _postable(effects: list[Effect], before: Ticket | None, after: Ticket) -> list[Effect]:
    """Nothing more is posted in a bridge that is shared outside, archived, or not there.

    Source: T13, ChannelShared; D18.
    """
    bridge = after.of(BridgeState)
    was_archived = before is not None and before.of(BridgeState).archived_at is not None
    stands = after.tier.has_bridge or bool(bridge.channel_id)
    gone = bridge.archived_at is not None and was_archived
    if bridge.shared_at is None and stands and not gone:
        return effects
    return [effect for effect in effects if not isinstance(effect.to, Bridge)]
