"""The bridge's channel, and who is in it. Source: S36-S42."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from protocols.bridge.events import (
    BridgeArchiveAsked,
    BridgeOpened,
    BridgeSharedOutside,
    BridgeUnshared,
    CallStarted,
    LeadsBroughtIn,
    NinthKept,
    PersonJoined,
    PersonLeft,
    StillShared,
)
from protocols.closure.events import TicketReopened
from protocols.kernel.changing import on
from protocols.kernel.record import part_of
from protocols.losses.events import (
    BridgeBack,
    BridgeCardGone,
    BridgeLost,
    BridgeMadeAnew,
    BridgeRenamed,
    PersonGone,
)
from protocols.people.people import Who
from protocols.rights.state import with_person
from protocols.ticket import Ticket


@part_of(Ticket, under="bridge")
@dataclass(frozen=True, slots=True)
class BridgeState:
    """The bridge's channel as Slack knows it; a re-open after archiving makes the next one."""

    generation: int = 1
    channel_id: str = ""
    channel_name: str = ""
    opened_at: datetime | None = None
    here: tuple[Who, ...] = ()
    kept: tuple[str, ...] = ()
    call_started_at: datetime | None = None
    call_started_by: Who | None = None
    brought_in_at: datetime | None = None
    shared_at: datetime | None = None
    archived_at: datetime | None = None
    shared_again_at: datetime | None = None
    """When it was said a second time that it is still shared."""
    taken_back: int = 0
    """How often a share was taken back."""
    lost_at: datetime | None = None
    """Since when its channel is closed to us."""
    cards_lost: int = 0
    """How often a person deleted the card."""
    pins_lost: int = 0
    """How often a person took the card's pin off."""


@on(LeadsBroughtIn)
def _brought_in(bridge: BridgeState, event: LeadsBroughtIn) -> BridgeState:
    return replace(bridge, brought_in_at=event.at)


@on(PersonJoined)
def _joined(bridge: BridgeState, event: PersonJoined) -> BridgeState:
    return replace(bridge, here=with_person(bridge.here, event.person))


@on(PersonLeft, PersonGone)
def _left(bridge: BridgeState, event: PersonLeft | PersonGone) -> BridgeState:
    return replace(bridge, here=tuple(who for who in bridge.here if who.key != event.person.key))


@on(NinthKept)
def _ninth_kept(bridge: BridgeState, event: NinthKept) -> BridgeState:
    return replace(bridge, kept=(*bridge.kept, event.person.key))


@on(BridgeOpened)
def _bridge_opened(bridge: BridgeState, event: BridgeOpened) -> BridgeState:
    return replace(
        bridge,
        channel_id=event.channel_id,
        channel_name=event.channel_name,
        opened_at=event.at,
    )


@on(BridgeSharedOutside)
def _bridge_shared(bridge: BridgeState, event: BridgeSharedOutside) -> BridgeState:
    return replace(bridge, shared_at=event.at)


@on(BridgeUnshared)
def _bridge_unshared(bridge: BridgeState, _event: BridgeUnshared) -> BridgeState:
    return replace(bridge, shared_at=None, shared_again_at=None, taken_back=bridge.taken_back + 1)


@on(StillShared)
def _still_shared(bridge: BridgeState, event: StillShared) -> BridgeState:
    return replace(bridge, shared_again_at=event.at)


@on(BridgeArchiveAsked)
def _archive_asked(bridge: BridgeState, event: BridgeArchiveAsked) -> BridgeState:
    return replace(bridge, archived_at=event.at)


@on(BridgeLost)
def _lost(bridge: BridgeState, event: BridgeLost) -> BridgeState:
    return replace(bridge, lost_at=event.at)


@on(BridgeBack)
def _back(bridge: BridgeState, _event: BridgeBack) -> BridgeState:
    return replace(bridge, lost_at=None)


@on(BridgeCardGone)
def _card_gone(bridge: BridgeState, event: BridgeCardGone) -> BridgeState:
    if event.why == "pin":
        return replace(bridge, pins_lost=bridge.pins_lost + 1)
    return replace(bridge, cards_lost=bridge.cards_lost + 1)


@on(BridgeRenamed)
def _renamed(bridge: BridgeState, event: BridgeRenamed) -> BridgeState:
    return replace(bridge, channel_name=event.name)


@on(BridgeMadeAnew)
def _another(bridge: BridgeState, _event: BridgeMadeAnew) -> BridgeState:
    return BridgeState(
        generation=bridge.generation + 1,
        kept=bridge.kept,
        call_started_at=bridge.call_started_at,
        call_started_by=bridge.call_started_by,
        brought_in_at=bridge.brought_in_at,
    )


@on(CallStarted)
def _call_started(bridge: BridgeState, event: CallStarted) -> BridgeState:
    return replace(bridge, call_started_at=event.at, call_started_by=event.by)


@on(TicketReopened)
def _made_anew(bridge: BridgeState, _event: TicketReopened) -> BridgeState:
    if bridge.archived_at is None:
        return bridge
    return BridgeState(generation=bridge.generation + 1)
