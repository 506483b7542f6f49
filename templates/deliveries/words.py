"""Sentences of events: deliveries."""

from __future__ import annotations

from protocols.deliveries.events import AddressesMissed, DeliveryBuried, DeliveryRevived
from templates.account.outbound import subject_of
from templates.kit.scene import Scene
from templates.kit.sentences import says


@says(DeliveryBuried)
def _buried(scene: Scene, event: DeliveryBuried) -> str:
    return f"not delivered: {subject_of(scene, event.key)} ({event.error})"


@says(DeliveryRevived)
def _revived(scene: Scene, event: DeliveryRevived) -> str:
    return f"delivered after all: {subject_of(scene, event.key)}"


@says(AddressesMissed)
def _missed(scene: Scene, event: AddressesMissed) -> str:
    whom = ", ".join(f"{each.address} ({each.why})" for each in event.missed)
    return f"{subject_of(scene, event.key)} did not reach {whom}; it reached others there"
