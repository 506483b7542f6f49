"""The hand-over of the point of contact. Source: S39, S187."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from protocols.contact.events import PocChanged, PocDeclined, PocOffered
from protocols.kernel.changing import on
from protocols.kernel.record import part_of
from protocols.losses.events import PersonGone
from protocols.people.people import Staff
from protocols.ticket import Ticket


@dataclass(frozen=True, slots=True)
class PocOffer:
    """A hand-over of the point of contact that waits for the other's word. Source: S39, S187."""

    to: Staff
    offered_by: Staff
    offered_at: datetime


@part_of(Ticket)
@dataclass(frozen=True, slots=True)
class HandOver:
    """The hand-over of the point of contact that waits for an answer."""

    poc_offer: PocOffer | None = None

    @property
    def asked(self) -> Staff | None:
        """Return who is asked to take over."""
        return self.poc_offer.to if self.poc_offer is not None else None


@on(PocOffered)
def _poc_offered(_hand_over: HandOver, event: PocOffered) -> HandOver:
    return HandOver(PocOffer(event.person, Staff(event.by), event.at))


@on(PocDeclined, PocChanged)
def _poc_answered(_hand_over: HandOver, _event: PocDeclined | PocChanged) -> HandOver:
    return HandOver()


@on(PersonGone)
def _gone(hand_over: HandOver, event: PersonGone) -> HandOver:
    asked = hand_over.asked
    return HandOver() if asked is not None and asked.key == event.person.key else hand_over
