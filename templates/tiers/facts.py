"""The facts of a change of tier, made or asked for. Source: D12."""

from __future__ import annotations

from protocols.scales import Tier
from protocols.tiers.state import TierChange, Tiers
from templates.kit.presenting import presents
from templates.kit.scene import Facts, Scene


@presents("tier_line")
def tier_line(scene: Scene) -> Facts:
    """Return the change of tier, by whom and why, and who agreed to it."""
    agreed_by = scene.param("agreed_by")
    return {
        **scene.common(),
        "before": scene.number("before"),
        "after": scene.number("after"),
        "person": scene.name(scene.param("by")),
        "agreed_by": scene.name(agreed_by) if agreed_by else "",
        "reason": scene.param("reason"),
    }


def raised(scene: Scene) -> TierChange | None:
    """Return the change that made the ticket Tier 4, None when it was opened as one."""
    changes = (c for c in reversed(scene.ticket.of(Tiers).tier_changes) if c.after is Tier.SYSTEMIC)
    return next(changes, None)


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
