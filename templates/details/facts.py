"""The facts of questions to an account. Source: words.md 3.6."""

from __future__ import annotations

from protocols.details.state import Details
from protocols.targets.people import owner
from protocols.updates.released import released_lines
from protocols.updates.state import Updates
from protocols.words.lists import entries
from templates.kit import outward
from templates.kit.presenting import presents
from templates.kit.scene import Facts, Scene
from templates.updates.facts import draft_of


@presents("details_asked", "details_reminder")
def asked(scene: Scene) -> Facts:
    """Return the questions, and since when the account has them."""
    draft = draft_of(scene)
    waiting = scene.ticket.of(Details).asked
    return {
        **outward.common(scene),
        "questions": released_lines(draft, "questions"),
        "asked_at": waiting.at if waiting is not None else draft.released_at,
    }


@presents("details_call", "details_back", "details_lost")
def inside(scene: Scene) -> Facts:
    """Return what the account was asked, since when it owes the answer, and who has the ticket."""
    draft = scene.ticket.of(Updates).draft(scene.number("draft"))
    waiting, who = scene.ticket.of(Details).asked, owner(scene.ticket, scene.ctx)
    return {
        **scene.common(),
        "questions": entries(draft.field("questions")) if draft is not None else (),
        "asked_at": waiting.at if waiting is not None else scene.ctx.now,
        "reminded": waiting.reminded if waiting is not None else 0,
        "phone": scene.account_phone,
        "owner": who.name if who is not None else "",
        "is_owner": who is not None and who.key == scene.param("person"),
    }
