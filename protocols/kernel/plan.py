"""What must be told after a change: ``plan(before, events, after) -> effects``.

Each event tells its own; what stands for the whole change follows once. Nobody is told the same
thing twice, because every effect's key is derived from what happened.
Source: words.md 0 rule 4, 4.7-4.9, 5.
"""

from __future__ import annotations

from protocols.kernel.context import Context
from protocols.kernel.effects import Effect
from protocols.kernel.record import Record
from protocols.kernel.tables import Effects, Events, rules_of


def plan(
    before: Record | None, events: Events, after: Record, ctx: Context, version: int
) -> Effects:
    """Return every effect of a change, in the order in which they should be enqueued.

    Args:
        before: The record before the events, None at its beginning.
        events: What happened.
        after: The record now.
        ctx: What was known.
        version: The number of this change, for keys that count changes.
    """
    rules, change = rules_of(type(after)), (before, events, after, ctx, version)
    effects = [effect for tell in rules.tells_first for effect in tell(*change)]
    for event in events:
        for tell in rules.tells.get(type(event), ()):
            effects += tell(after, event, ctx)
    effects += [effect for tell in rules.tells_last for effect in tell(*change)]
    for keep in rules.keeps:
        effects = keep(effects, before, after)
    return tuple(behind_their_needs(effects))


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
