"""What became of messages that had to arrive. Source: S177."""

from __future__ import annotations

from dataclasses import dataclass, replace

from protocols.deliveries.events import (
    MAY_HAVE_ARRIVED,
    AddressesMissed,
    DeliveryBuried,
    DeliveryRevived,
)
from protocols.kernel.changing import on
from protocols.kernel.record import part_of
from protocols.ticket import Ticket
from protocols.withdrawals.events import TextRerouted


@part_of(Ticket)
@dataclass(frozen=True, slots=True)
class Deliveries:
    """What became of messages that had to arrive.

    ``unreached`` says of each message that died and was meant for one of us, whom it did not reach,
    ``rerouted`` which texts went by mail because the channel did not take them, ``unsure`` which
    of the dead may have arrived all the same, ``missed`` which addresses a mail did not reach
    that reached others, ``causes`` of which causes a person was told, ``reasons`` why each
    of the dead was refused.
    """

    dead: tuple[str, ...] = ()
    unreached: tuple[tuple[str, str], ...] = ()
    rerouted: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    missed: tuple[tuple[str, str], ...] = ()
    causes: tuple[str, ...] = ()
    reasons: tuple[tuple[str, str], ...] = ()

    def reason(self, key: str) -> str:
        """Return why a delivery was refused, in a word; empty where none was kept."""
        return dict(self.reasons).get(key, "")


@on(DeliveryBuried)
def _buried(deliveries: Deliveries, event: DeliveryBuried) -> Deliveries:
    unreached = deliveries.unreached
    if event.person:
        unreached = (*unreached, (event.key, event.person))
    unsure = deliveries.unsure
    if event.error.startswith(MAY_HAVE_ARRIVED):
        unsure = (*unsure, event.key)
    dead = (*deliveries.dead, event.key)
    causes = (*deliveries.causes, event.cause) if event.cause and not event.again else None
    reasons = (*deliveries.reasons, (event.key, event.reason)) if event.reason else None
    return replace(
        deliveries,
        dead=dead,
        unreached=unreached,
        unsure=unsure,
        reasons=deliveries.reasons if reasons is None else reasons,
        causes=deliveries.causes if causes is None else causes,
    )


@on(DeliveryRevived)
def _revived(deliveries: Deliveries, event: DeliveryRevived) -> Deliveries:
    return replace(
        deliveries,
        dead=tuple(key for key in deliveries.dead if key != event.key),
        unreached=tuple(pair for pair in deliveries.unreached if pair[0] != event.key),
        causes=(),
        reasons=tuple(pair for pair in deliveries.reasons if pair[0] != event.key),
    )


@on(TextRerouted)
def _rerouted(deliveries: Deliveries, event: TextRerouted) -> Deliveries:
    return replace(deliveries, rerouted=(*deliveries.rerouted, event.key))


@on(AddressesMissed)
def _missed(deliveries: Deliveries, event: AddressesMissed) -> Deliveries:
    new = tuple((event.key, each.address) for each in event.missed)
    return replace(deliveries, missed=(*deliveries.missed, *new))
