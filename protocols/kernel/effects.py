"""What the world must be told: effects, as values.

A plan names the surface, the words' template and the order; the engine renders each into one
outbox row in the transaction that journals the events.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


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
class Bridge:
    """The ticket's private channel."""


@dataclass(frozen=True, slots=True)
class Dm:
    """A direct message to one of us."""

    person: str


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel of which the identity is known."""

    channel_id: str


@dataclass(frozen=True, slots=True)
class CustomerThread:
    """The account's shared channel: the ticket's thread once the acknowledgment stands there."""

    channel_id: str
    parent_key: str | None


@dataclass(frozen=True, slots=True)
class MailTo:
    """People reached by mail; replies go to ``reply_to`` (a mail address)."""

    addresses: tuple[str, ...]
    reply_to: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One person, woken through the pager webhook."""

    person: str


@dataclass(frozen=True, slots=True)
class StatusPage:
    """The public status page."""


Address = Bridge | Dm | Channel | CustomerThread | MailTo | Page | StatusPage


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
