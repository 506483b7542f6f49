"""The bridge's channel, and who is in it. Source: S36-S42."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from protocols.bridge.events import (
    BridgeArchiveAsked,
    BridgeCaughtUp,
    BridgeOpened,
    BridgeSharedOutside,
    BridgeUnshared,
    BridgeWithheld,
    CallStarted,
    LeadsBroughtIn,
    NinthKept,
    PersonInvited,
    PersonJoined,
    PersonLeft,
    StillShared,
)
from protocols.closure.events import TicketReopened
from protocols.contact.events import PocChanged
from protocols.kernel.changing import on
from protocols.kernel.event import Event
from protocols.kernel.record import part_of
from protocols.losses.events import (
    BridgeBack,
    BridgeCardGone,
    BridgeLost,
    BridgeMadeAnew,
    BridgeRenamed,
    PersonGone,
)
from protocols.naming.events import AccountNamed
from protocols.people.people import Role, Who
from protocols.rights.state import with_person
from protocols.roles.events import RoleTaken
from protocols.ticket import Ticket
from protocols.tiers.events import TierChanged

CARD, PIN, TOPIC, INVITE = "card", "pin", "topic", "invite/"
"""What a bridge may be owed; an invitation names its person."""


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
    """Since when nothing goes there any more: Slack was asked to archive it, or it was lost."""
    shared_again_at: datetime | None = None
    """When it was said a second time that it is still shared."""
    taken_back: int = 0
    """How often a share was taken back."""
    lost_at: datetime | None = None
    """Since when its channel is closed to us."""
    cards_lost: int = 0
    """How often the card was lost: a person deleted it, or it never came because it was shared."""
    pins_lost: int = 0
    """How often a person took the card's pin off."""
    owed: tuple[str, ...] = ()
    """What it did not get while it took no words of ours, and is to have once it does."""
    archives_missed: int = 0
    """How often it was closed to us when it was to be archived, and came back: it is owed."""

    @property
    def is_shut(self) -> bool:
        """Say whether it takes no words of ours now, and may again."""
        return self.shared_at is not None or self.lost_at is not None


@on(LeadsBroughtIn)
def _brought_in(bridge: BridgeState, event: LeadsBroughtIn) -> BridgeState:
    return replace(bridge, brought_in_at=event.at)


@on(PersonJoined)
def _joined(bridge: BridgeState, event: PersonJoined) -> BridgeState:
    owed = tuple(what for what in bridge.owed if what != f"{INVITE}{event.person.key}")
    return replace(bridge, here=with_person(bridge.here, event.person), owed=owed)


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


@on(BridgeWithheld)
def _withheld(bridge: BridgeState, event: BridgeWithheld) -> BridgeState:
    return _owing(bridge, event.what)


@on(PersonInvited)
def _invited(bridge: BridgeState, event: PersonInvited) -> BridgeState:
    return _owing(bridge, f"{INVITE}{event.person.key}") if bridge.is_shut else bridge


@on(PocChanged, TierChanged, AccountNamed)
def _renamed_inside(bridge: BridgeState, _event: Event) -> BridgeState:
    return _owing(bridge, TOPIC) if bridge.is_shut else bridge


@on(RoleTaken)
def _led(bridge: BridgeState, event: RoleTaken) -> BridgeState:
    named = event.role is Role.COMMANDER and bridge.is_shut
    return _owing(bridge, TOPIC) if named else bridge


def _owing(bridge: BridgeState, what: str) -> BridgeState:
    return replace(bridge, owed=tuple(dict.fromkeys((*bridge.owed, what))))


@on(BridgeCaughtUp)
def _caught_up(bridge: BridgeState, event: BridgeCaughtUp) -> BridgeState:
    return replace(bridge, owed=(), cards_lost=bridge.cards_lost + (CARD in event.owed))


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
def _back(bridge: BridgeState, event: BridgeBack) -> BridgeState:
    if not event.archive_owed:
        return replace(bridge, lost_at=None)
    missed = bridge.archives_missed + 1
    return replace(bridge, lost_at=None, archived_at=None, archives_missed=missed)


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
        owed=tuple(what for what in bridge.owed if what.startswith(INVITE)),
    )


@on(CallStarted)
def _call_started(bridge: BridgeState, event: CallStarted) -> BridgeState:
    return replace(bridge, call_started_at=event.at, call_started_by=event.by)


@on(TicketReopened)
def _made_anew(bridge: BridgeState, _event: TicketReopened) -> BridgeState:
    if bridge.archived_at is None:
        return bridge
    return BridgeState(generation=bridge.generation + 1)
