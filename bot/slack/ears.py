"""Which channels are read back, and from when: those of accounts with tickets, and bridges.

Source: D19, D42; S98.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.engine import ledger
from protocols.bridge.state import BridgeState
from protocols.people.channels import ChannelFacts
from protocols.replies.hearing import LATELY, began_in
from protocols.ticket import Ticket
from store.db import Connection
from store.read import listening
from store.read.listening import Listening

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Ear:
    """One channel that is listened to.

    Attributes:
        since: Since when somebody listens there.
        is_intake: Whether what is written there opens tickets, by itself or once one of us says
            so, from when it was first listened to.
        is_team: Whether cards of tickets stand there, below which our people write notes.
        threads: Threads that are a ticket's own.
    """

    channel_id: str
    since: datetime
    is_bridge: bool = False
    is_intake: bool = False
    is_team: bool = False
    threads: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Places:
    """What of a ticket's places stands in its body alone."""

    version: int
    began_in: tuple[str, str] | None
    bridge_stands: bool


class Ears:
    """Knows where to listen; a ticket is read whole only when it has changed."""

    def __init__(self) -> None:
        self._places: dict[str, _Places] = {}

    def of(
        self,
        conn: Connection,
        now: datetime,
        channels: Mapping[str, ChannelFacts],
        intake: Iterable[str] = (),
    ) -> tuple[Ear, ...]:
        """Return every channel in which words, notes or people of tickets are.

        Args:
            conn: A connection.
            now: Business time.
            channels: The accounts' channels, as Slack has told.
            intake: Accounts whose reports are heard.
        """
        found = listening.listening(conn, now - LATELY)
        self._learn(conn, found)
        ears: dict[str, Ear] = {}
        for each in found:
            places = self._places.get(each.reference)
            if places is not None:
                for channel, is_bridge in _channels(each, places, channels):
                    ear = ears.setdefault(channel, Ear(channel, each.opened_at, is_bridge))
                    ear.since = min(ear.since, each.opened_at)
                    ear.threads |= set(_threads(each, places, channel))
        for each in found:
            if each.triage_channel is not None:
                channel = each.triage_channel
                ear = ears.setdefault(channel, Ear(channel, each.opened_at, is_team=True))
                ear.since = min(ear.since, each.opened_at)
        for key in intake:
            known = channels.get(key)
            if known is not None and known.bot_is_member:
                ears.setdefault(known.channel_id, Ear(known.channel_id, now)).is_intake = True
        return tuple(ears.values())

    def _learn(self, conn: Connection, found: Iterable[Listening]) -> None:
        at_hand = {each.reference: each.version for each in found}
        self._places = {
            reference: places
            for reference, places in self._places.items()
            if at_hand.get(reference) == places.version
        }
        unknown = [each for each in at_hand if each not in self._places]
        if not unknown:
            return
        rows = listening.changed(conn, unknown)
        for reference, places in ledger.readable(rows, _placed):
            # A ticket that changes meanwhile is read once more the next time.
            version = at_hand[reference]
            self._places[reference] = _Places(version, places.began_in, places.bridge_stands)


def _placed(ticket: Ticket) -> tuple[str, _Places]:
    bridge = ticket.whole().of(BridgeState)
    # One that was closed to us at its archive's time may come back, and is archived then.
    may_stand = bridge.archived_at is None or bridge.lost_at is not None
    stands = bool(bridge.channel_id) and may_stand
    return ticket.reference, _Places(0, began_in(ticket), stands)


def _channels(
    each: Listening, places: _Places, channels: Mapping[str, ChannelFacts]
) -> Iterator[tuple[str, bool]]:
    if each.bridge_channel and places.bridge_stands:
        yield each.bridge_channel, True
    known = channels.get(each.account_key or "")
    theirs = {each.customer_channel, known.channel_id if known is not None else None}
    if places.began_in is not None:
        theirs.add(places.began_in[0])
    for channel in sorted(filter(None, theirs)):
        yield channel, False


def _threads(each: Listening, places: _Places, channel: str) -> Iterator[str]:
    if each.customer_thread and each.customer_channel == channel:
        yield each.customer_thread
    if places.began_in is not None and places.began_in[0] == channel:
        yield places.began_in[1]
