"""The account as a ticket keeps it, the road of its words, and what happens to the road.

Source: D6, D13, D24.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from protocols.kernel.event import Event
from protocols.people.people import Contact


@dataclass(frozen=True, slots=True)
class RouteChanged(Event):
    """Words for the account take another road from now on. Source: D6."""

    NAME = "RouteChanged"

    route: Route


@dataclass(frozen=True, slots=True)
class RoadLost(Event):
    """The account's shared channel takes our words no more; they go by ``route``. Source: D24."""

    NAME = "RoadLost"

    error: str
    route: Route


@dataclass(frozen=True, slots=True)
class Missed:
    """An address that a mail did not reach while it reached others, and why."""

    address: str
    why: str


@dataclass(frozen=True, slots=True)
class AccountCard:
    """The account as it stood when the ticket was opened. Source: D13."""

    key: str
    name: str
    kind: str
    zone: str
    program_level: str | None = None
    csm: str | None = None
    sponsor: str | None = None
    contacts: tuple[Contact, ...] = ()
    vendor_contact: Contact | None = None
    call_url: str | None = None
    sox_relevant: bool = False
    tags: frozenset[str] = frozenset()
    calendar: str = ""


class RouteKind(StrEnum):
    """Where customer words go. Source: D24."""

    CHANNEL = "channel"
    MAIL = "mail"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Route:
    """Where customer words of this ticket go, decided at opening. Source: D6, D24."""

    kind: RouteKind
    channel_id: str = ""
    channel_name: str = ""
    outside_count: int = 0
    addresses: tuple[str, ...] = ()
