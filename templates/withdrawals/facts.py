"""What is said of words that are on their way, held back, or recalled."""

from __future__ import annotations

from protocols.account import outbound
from protocols.account.events import RouteKind
from protocols.account.state import Road
from protocols.fixed_texts.sending import can_acknowledge_again, can_hold_again
from protocols.updates.checking import is_past
from protocols.updates.events import PUBLIC, DraftKind, DraftState
from protocols.updates.state import Draft, Updates
from templates.account.outbound import draft_behind, draft_words, is_public, subject_of
from templates.kit.presenting import presents
from templates.kit.scene import Facts, Scene


def leaving(scene: Scene) -> Draft | None:
    """Return the newest released text that is on its way out, None when none is."""
    ticket = scene.ticket
    has_road = ticket.of(Road).route.kind is not RouteKind.NONE
    return next((draft for draft in reversed(ticket.of(Updates).drafts)
                 if draft.state is DraftState.RELEASED and draft.kind is not DraftKind.OUTREACH
                 and draft.poster is None and not outbound.is_dead(ticket, draft)
                 and (has_road or draft.kind in PUBLIC)),
                None)  # fmt: skip


def on_its_way(scene: Scene) -> Facts:
    """Return what is on its way out, and under which number it may be recalled."""
    draft = leaving(scene)
    if draft is None:
        return {
            "leaving": "",
            "leaving_number": None,
            "leaving_public": False,
            "leaving_recalled": False,
        }
    return {
        "leaving": draft_words(draft),
        "leaving_number": draft.number,
        "leaving_public": draft.kind in PUBLIC,
        "leaving_recalled": draft.recalled_at is not None,
    }


@presents("withdrawn_line")
def withdrawn_line(scene: Scene) -> Facts:
    """Return which words were held back, and why."""
    key = scene.param("key")
    draft = draft_behind(scene, key)
    in_review = draft is not None and draft.state is DraftState.REVIEW
    may_leave = draft is not None and not is_past(scene.ticket, draft)
    return {
        **scene.common(),
        "what": subject_of(scene, key),
        "withdrawn_why": scene.param("why"),
        "maybe_left": bool(scene.params.get("maybe")),
        "can_send_again": can_acknowledge_again(scene.ticket, key),
        "can_hold": can_hold_again(scene.ticket, key, scene.ctx),
        "public": is_public(scene, key),
        "in_review": in_review and may_leave,
        "draft_number": draft.number if draft is not None else None,
    }


@presents("recalled_late")
def recalled_late(scene: Scene) -> Facts:
    """Return which words had left before they were recalled, and since when they are there."""
    draft = scene.ticket.of(Updates).draft(scene.number("draft"))
    if draft is None:
        raise LookupError("the ticket has no such text")
    return {
        **scene.common(),
        "what": draft_words(draft),
        "public": draft.kind in PUBLIC,
        "at": draft.delivered_at,
    }
