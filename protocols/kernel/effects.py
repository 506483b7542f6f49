"""What the world must be told: effects, as values.

A plan names the surface, the words' template and the order; the engine renders each into one
outbox row in the transaction that journals the events.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from protocols.people.people import BOT, NotOneOfUs, Staff


class Surface(StrEnum):
    """How hard an effect must be delivered. Source: design, Engine, Courier."""

    MUST_ARRIVE = "must_arrive"
    LATEST_ONLY = "latest_only"
    DROP_IF_STALE = "drop_if_stale"


class Gateway(StrEnum):
    """The road an effect takes."""

    SLACK = "slack"
    MAIL = "mail"
    PAGER = "pager"
    STATUS = "status"


@dataclass(frozen=True, slots=True)
class Address:
    """Where an effect goes; each subject has classes of its own, and who reads there."""

    READERS: ClassVar[tuple[str, ...]] = ()


@dataclass(frozen=True, slots=True)
class InsideAddress(Address):
    """Where inside words may go, and no others."""

    READERS: ClassVar[tuple[str, ...]] = ("internal", "executive")


@dataclass(frozen=True, slots=True)
class OutsideAddress(Address):
    """Where words for the account may go, and no others."""

    READERS: ClassVar[tuple[str, ...]] = ("customer", "partner")


@dataclass(frozen=True, slots=True)
class _ToStaff(InsideAddress):
    """One of us.

    Raises:
        NotOneOfUs: It is a program's key, or an address.
    """

    person: Staff

    def __post_init__(self) -> None:
        if not self.person.key or self.person.key == BOT.key or "@" in self.person.key:
            raise NotOneOfUs(self.person.key)


@dataclass(frozen=True, slots=True)
class Dm(_ToStaff):
    """A direct message to one of us."""


@dataclass(frozen=True, slots=True)
class Page(_ToStaff):
    """One of us, woken through the pager webhook."""


@dataclass(frozen=True, slots=True)
class StaffMail(_ToStaff):
    """A mail to one of us, to the directory's address; answers go to another."""

    reply_to: Staff | None = None


@dataclass(frozen=True, slots=True)
class Effect:
    """One thing to be told or done outside, exactly once.

    Attributes:
        key: Unique for ever, e.g. ``BW-1001/ack``; the courier looks back for it.
        method: The Slack method, or ``send`` for the other gateways.
        template: Name of the words; None where the method carries none.
        params: What the words need beyond the ticket itself.
        arguments: Further arguments of the method; ``{"$result": [key, path]}`` is resolved late.
        needs: Keys of effects that must be done first.
        slot: For latest-only effects, what they replace.
        reports: Whether its outcome comes back to the ticket as a command.
        stale_at: When a prompt has lost its sense (business time).
        unasked: Whether it waits where its reader was just told something else. Source: D8.
    """

    key: str
    gateway: Gateway
    method: str
    to: Address
    template: str | None = None
    params: Mapping[str, object] = field(default_factory=dict)
    arguments: Mapping[str, object] = field(default_factory=dict)
    stream: str = ""
    surface: Surface = Surface.MUST_ARRIVE
    slot: str | None = None
    needs: tuple[str, ...] = ()
    reports: bool = False
    urgent: int = 0
    stale_at: datetime | None = None
    unasked: bool = False
