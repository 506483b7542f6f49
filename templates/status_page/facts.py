"""The facts of a text for the status page."""

from __future__ import annotations

from protocols.updates.events import DraftState
from protocols.updates.state import Updates
from templates.kit.presenting import presents
from templates.kit.scene import Facts, Scene
from templates.updates.facts import draft_of


def page_by(scene: Scene) -> str:
    """Return who puts a released status text on the page; empty when none waits for that."""
    waiting = (d.poster for d in scene.ticket.of(Updates).drafts if d.state is DraftState.RELEASED)
    return next((who.name for who in waiting if who is not None), "")


@presents("page_ask", "page_settled")
def page_ask(scene: Scene) -> Facts:
    """Return the released words for the page, and who says since when that they are there."""
    draft = draft_of(scene)
    return {
        **scene.common(),
        "number": draft.number,
        "known": draft.field("known"),
        "doing": draft.field("doing"),
        "next_update_at": draft.next_at or scene.hears_at,
        "released_by": draft.released_by.name if draft.released_by is not None else "",
        "person": scene.ctx.by.name,
        "at": draft.delivered_at or scene.ctx.now,
    }


@presents("prompt_page")
def prompt_page(scene: Scene) -> Facts:
    """Return by when the page says that its next text comes."""
    return {**scene.common(), "due_at": draft_of(scene).next_at or scene.ctx.now}
