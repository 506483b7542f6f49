"""The facts of the road to the account."""

from __future__ import annotations

from protocols.account.state import Road
from templates.kit.presenting import presents
from templates.kit.scene import Facts, Scene


@presents("security_route")
def security_route(scene: Scene) -> Facts:
    """Return who at the account hears of a security matter, and by which road."""
    return {
        **scene.common(),
        "security_to": scene.mailed_to,
        "no_route": scene.has_no_route,
        "has_channel": bool(scene.ticket.of(Road).thread_channel),
    }


@presents("road_lost")
def road_lost(scene: Scene) -> Facts:
    """Return by which road the account is written to from now on."""
    return {
        **scene.common(),
        "error": scene.param("error"),
        "no_route": scene.has_no_route,
        "mail_contact": scene.mailed_to,
    }
