"""The facts of an answer to an account. Source: D15, D45."""

from __future__ import annotations

from protocols.updates.released import released
from templates.kit import outward
from templates.kit.presenting import presents
from templates.kit.scene import Facts, Scene
from templates.updates.facts import draft_of


@presents("answer")
def answer(scene: Scene) -> Facts:
    """Return the answer's words."""
    return {**outward.common(scene), "answer": released(draft_of(scene), "answer")}


@presents("secure_link")
def secure_link(scene: Scene) -> Facts:
    """Return where card and account numbers belong, as the policy says."""
    place = outward.figure(scene.ctx.policy.intake.secure_link)
    return {**outward.common(scene), "numbers_url": place}
