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
