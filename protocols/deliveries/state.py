"""What became of messages that had to arrive. Source: S177."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from protocols.deliveries.events import (
    MAY_HAVE_ARRIVED,
    AddressesMissed,
    DeliveriesTriedAgain,
    DeliveryBuried,
    DeliveryRevived,
    UndeliveredTold,
)
from protocols.kernel.changing import on
from protocols.kernel.record import part_of
from protocols.people.people import Staff, Who
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
    of the dead was refused. ``listed`` says in which message each is listed for a person,
    ``batch`` is the newest of these, begun at ``batch_at``; ``message`` is its key, ``teller``
    has it. ``told`` are
    those that somebody told by themselves, ``tried`` those that are sent once more.
    """

    dead: tuple[str, ...] = ()
    unreached: tuple[tuple[str, str], ...] = ()
    rerouted: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    missed: tuple[tuple[str, str], ...] = ()
    causes: tuple[str, ...] = ()
    reasons: tuple[tuple[str, str], ...] = ()
    batch: int = 0
    batch_at: datetime | None = None
    teller: Staff | None = None
    message: str = ""
    listed: tuple[tuple[str, int], ...] = ()
    told: tuple[str, ...] = ()
    tellers: tuple[tuple[str, Who], ...] = ()
    tried: tuple[str, ...] = ()

    def told_by(self, key: str) -> Who | None:
        """Return who told by themselves what a delivery was to say, None where nobody did."""
        return dict(self.tellers).get(key)

    def of_batch(self, batch: int) -> tuple[str, ...]:
        """Return the keys of what is listed in a message, in order."""
        return tuple(key for key, number in self.listed if number == batch)

    def open_of_batch(self, batch: int) -> tuple[str, ...]:
        """Return those of them that are still refused, and that nobody told by themselves."""
        keys = self.of_batch(batch)
        return tuple(key for key in keys if key in self.dead and key not in self.told)

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
    if event.batch:
        deliveries = _listed(deliveries, event)
    return replace(
        deliveries,
        tried=tuple(key for key in deliveries.tried if key != event.key),
        dead=dead,
        unreached=unreached,
        unsure=unsure,
        reasons=deliveries.reasons if reasons is None else reasons,
        causes=deliveries.causes if causes is None else causes,
    )


def _listed(deliveries: Deliveries, event: DeliveryBuried) -> Deliveries:
    is_new = event.batch != deliveries.batch
    pair = (event.key, event.batch)
    listed = deliveries.listed if pair in deliveries.listed else (*deliveries.listed, pair)
    return replace(
        deliveries,
        batch=event.batch,
        batch_at=event.at if is_new else deliveries.batch_at,
        teller=event.teller,
        message=event.message,
        listed=listed,
    )


@on(DeliveriesTriedAgain)
def _tried(deliveries: Deliveries, event: DeliveriesTriedAgain) -> Deliveries:
    keys = set(event.keys)
    return replace(
        deliveries,
        dead=tuple(key for key in deliveries.dead if key not in keys),
        tried=(*deliveries.tried, *event.keys),
    )


@on(UndeliveredTold)
def _told_by_hand(deliveries: Deliveries, event: UndeliveredTold) -> Deliveries:
    tellers = (*deliveries.tellers, *((key, event.by) for key in event.keys))
    return replace(deliveries, told=(*deliveries.told, *event.keys), tellers=tellers)


@on(DeliveryRevived)
def _revived(deliveries: Deliveries, event: DeliveryRevived) -> Deliveries:
    return replace(
        deliveries,
        dead=tuple(key for key in deliveries.dead if key != event.key),
        unreached=tuple(pair for pair in deliveries.unreached if pair[0] != event.key),
        causes=(),
        tried=tuple(key for key in deliveries.tried if key != event.key),
        reasons=tuple(pair for pair in deliveries.reasons if pair[0] != event.key),
    )


@on(TextRerouted)
def _rerouted(deliveries: Deliveries, event: TextRerouted) -> Deliveries:
    return replace(deliveries, rerouted=(*deliveries.rerouted, event.key))


@on(AddressesMissed)
def _missed(deliveries: Deliveries, event: AddressesMissed) -> Deliveries:
    new = tuple((event.key, each.address) for each in event.missed)
    return replace(deliveries, missed=(*deliveries.missed, *new))
