"""The facts of what is said of the one contact."""

from __future__ import annotations

from protocols.contact.state import Cover
from protocols.ladder.events import StepKind
from templates.kit.presenting import presents
from templates.kit.scene import Facts, Scene


@presents("poc_line")
def poc_line(scene: Scene) -> Facts:
    """Return who is the one contact now."""
    return {**scene.common(), "person": scene.name(scene.param("by"))}


@presents("role_poc")
def role_poc(scene: Scene) -> Facts:
    """Return by when the scope is owed, None when it is confirmed."""
    return {**scene.common(), "scope_at": scene.owed_at(StepKind.SCOPE)}


@presents("poc_offer")
def poc_offer(scene: Scene) -> Facts:
    """Return who asks, and who holds it until then."""
    by = scene.param("by")
    return {
        **scene.common(),
        "offered_by": scene.name(by) if by else scene.manager_name,
        "holder": scene.contact_name,
        **_away(scene),
        "reason": "",
    }


@presents("contact_uncovered")
def contact_uncovered(scene: Scene) -> Facts:
    """Return whose ticket nobody covers, and until when they are away."""
    return {**scene.common(), "holder": scene.contact_name, **_away(scene)}


def _away(scene: Scene) -> Facts:
    cover = scene.ticket.of(Cover)
    return {"is_away": bool(cover.away), "until_at": cover.until_at}
