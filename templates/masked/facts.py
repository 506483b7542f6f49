"""The facts of the word that a number was masked."""

from __future__ import annotations

from templates.kit.presenting import presents
from templates.kit.scene import Facts, Scene


@presents("number_masked")
def number_masked(scene: Scene) -> Facts:
    """Return what kind of number was typed, by whom, and its last digits: never the number."""
    return {
        **scene.common(),
        "kind": scene.param("kind"),
        "ending": scene.param("ending"),
        "person": scene.name(scene.param("by")),
    }
