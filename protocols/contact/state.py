"""The hand-over of the point of contact. Source: S39, S187."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from protocols.contact.events import (
    ContactAway,
    ContactBack,
    ContactUncovered,
    PocChanged,
    PocDeclined,
    PocOffered,
    PocOfferSilent,
)
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
    is_silent: bool = False


@part_of(Ticket)
@dataclass(frozen=True, slots=True)
class HandOver:
    """The hand-over of the point of contact that waits for an answer."""

    poc_offer: PocOffer | None = None

    @property
    def asked(self) -> Staff | None:
        """Return who is asked to take over."""
        return self.poc_offer.to if self.poc_offer is not None else None


@part_of(Ticket)
@dataclass(frozen=True, slots=True)
class Cover:
    """Who covers for a contact who is away. Source: D39.

    Attributes:
        away: The key of the contact, empty while they are there.
        until_at: When they are back, None where nothing says so.
        since_at: When it was seen.
        asked: The keys of those who were asked since.
        nobody: Whether nobody is left to be asked.
    """

    away: str = ""
    until_at: datetime | None = None
    since_at: datetime | None = None
    asked: tuple[str, ...] = ()
    nobody: bool = False


@on(ContactAway)
def _away(_cover: Cover, event: ContactAway) -> Cover:
    return Cover(event.person.key, event.until_at, event.at)


@on(PocOffered)
def _asked_to_cover(cover: Cover, event: PocOffered) -> Cover:
    return replace(cover, asked=(*cover.asked, event.person.key)) if cover.away else cover


@on(ContactUncovered)
def _uncovered(cover: Cover, _event: ContactUncovered) -> Cover:
    return replace(cover, nobody=True)


@on(PocChanged, ContactBack)
def _covered(_cover: Cover, _event: PocChanged | ContactBack) -> Cover:
    return Cover()


@on(ContactBack)
def _no_cover_needed(_hand_over: HandOver, _event: ContactBack) -> HandOver:
    return HandOver()


@on(PocOffered)
def _poc_offered(_hand_over: HandOver, event: PocOffered) -> HandOver:
    return HandOver(PocOffer(event.person, Staff(event.by), event.at))


@on(PocOfferSilent)
def _poc_silent(hand_over: HandOver, _event: PocOfferSilent) -> HandOver:
    offer = hand_over.poc_offer
    return HandOver(replace(offer, is_silent=True)) if offer is not None else hand_over


@on(PocDeclined, PocChanged)
def _poc_answered(_hand_over: HandOver, _event: PocDeclined | PocChanged) -> HandOver:
    return HandOver()


@on(PersonGone)
def _gone(hand_over: HandOver, event: PersonGone) -> HandOver:
    asked = hand_over.asked
    return HandOver() if asked is not None and asked.key == event.person.key else hand_over
