"""This file owns the facts of a lower tier that waits for an agreement. Source: D12."""

from __future__ import annotations

from protocols.slices import Tiers
from templates.presenters.registry import presents
from templates.presenters.scene import Facts, Scene


@presents("lowering_ask", "lowering_answer")
def lowering(scene: Scene) -> Facts:
    """Return what was asked for by whom, by when to answer, and what became of it."""
    found = scene.ticket.of(Tiers).lowering(scene.number("lowering"))
    if found is None:
        raise LookupError("the ticket has no such lowering")
    return {
        **scene.common(),
        "after": int(found.after),
        "answer_at": found.asked_at + scene.ctx.policy.lowering.answer_within,
        "asked": ", ".join(who.name for who in found.asked),
        "asked_by": found.asked_by.name,
        "before": int(found.before),
        "number": found.number,
        "person": found.settled_by.name if found.settled_by is not None else "",
        "reason": found.reason,
        "settled_at": found.settled_at,
        "state": found.state.value,
        "why": found.why,
    }
