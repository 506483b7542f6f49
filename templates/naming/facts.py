"""Facts of an account that is set after the opening."""

from __future__ import annotations

from protocols.account.outbound import newest_acknowledgment
from templates.kit.presenting import presents
from templates.kit.scene import Facts, Scene


@presents("account_named")
def account_named(scene: Scene) -> Facts:
    """Return who set the account, and whether first words are on their way to it."""
    sent = newest_acknowledgment(scene.ticket)
    return {
        **scene.common(),
        "person": scene.name(scene.param("by")),
        "first_words_at": sent.sent_at if sent is not None else None,
        "no_route": scene.has_no_route,
    }
