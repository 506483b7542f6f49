"""Sentences of events: deliveries."""

from __future__ import annotations

from protocols.deliveries.events import (
    AddressesMissed,
    DeliveriesTriedAgain,
    DeliveryBuried,
    DeliveryRevived,
    UndeliveredTold,
)
from templates.account.outbound import subject_of
from templates.deliveries.causes import why
from templates.kit.actions import action
from templates.kit.scene import Scene
from templates.kit.sentences import says

DELIVERY_AGAIN = action("delivery.again", "Try again")
DELIVERY_TOLD = action("delivery.told", "I told them")


@says(DeliveriesTriedAgain)
def _tried(scene: Scene, event: DeliveriesTriedAgain) -> str:
    return f"{event.by.name} had this sent once more: {_all_of(scene, event.keys)}"


@says(UndeliveredTold)
def _told(scene: Scene, event: UndeliveredTold) -> str:
    return f"{event.by.name} told them in person, instead of: {_all_of(scene, event.keys)}"


def _all_of(scene: Scene, keys: tuple[str, ...]) -> str:
    return ", ".join(dict.fromkeys(subject_of(scene, key) for key in keys))


@says(DeliveryBuried)
def _buried(scene: Scene, event: DeliveryBuried) -> str:
    return f"not delivered: {subject_of(scene, event.key)} ({why(event.error)})"


@says(DeliveryRevived)
def _revived(scene: Scene, event: DeliveryRevived) -> str:
    return f"delivered after all: {subject_of(scene, event.key)}"


@says(AddressesMissed)
def _missed(scene: Scene, event: AddressesMissed) -> str:
    whom = ", ".join(f"{each.address} ({each.why})" for each in event.missed)
    return f"{subject_of(scene, event.key)} did not reach {whom}; it reached others there"
