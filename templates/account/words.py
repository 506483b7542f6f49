"""Ids of buttons and forms, and sentences of events: the account's road."""

from __future__ import annotations

from protocols.account.events import RoadLost, RouteChanged
from protocols.withdrawals.events import Withdrawal
from templates.kit.actions import action
from templates.kit.scene import Scene
from templates.kit.sentences import says

PORTAL_FOLLOW = action("portal.follow")
ACCOUNT_BLOCKED = action("account.blocked")


@says(RouteChanged)
def _route(scene: Scene, event: RouteChanged) -> str:
    to = ", ".join(event.route.addresses)
    road = f"to {to} only, by mail" if to else "by phone only"
    return f"words for {scene.account} go {road} from now on"


def road_error(error: str) -> str:
    """Return why a road is left, in words where the reason is ours."""
    ours = {
        Withdrawal.CHANNEL.value: "the channel is not shared with them alone",
        Withdrawal.ROAD.value: "the channel is not their road any more",
        "unseen": "the bot does not see the channel any more",
        "contacts": "the directory names other contacts",
    }
    return ours.get(error, error)


@says(RoadLost)
def _road_lost(scene: Scene, event: RoadLost) -> str:
    to = ", ".join(event.route.addresses)
    road = f"by mail to {to}" if to else "by phone only"
    return f"words for {scene.account} go {road} from now on ({road_error(event.error)})"
