"""Outcomes of deliveries: taken, refused for good, taken after all. Source: D20; S177."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from protocols.account.events import Missed
from protocols.kernel.command import Command
from protocols.kernel.event import Event
from protocols.people.people import Staff


@dataclass(frozen=True, slots=True)
class TakeDelivery(Command):
    """An effect was taken by Slack or the mail server at ``taken_at``; by mail, not by ``missed``.

    What it says of a mail grows, while the server still puts some addresses off. ``note`` is what
    was remarkable about it.
    """

    key: str
    taken_at: datetime
    channel_id: str = ""
    channel_name: str = ""
    message_ts: str = ""
    link: str = ""
    missed: tuple[Missed, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class BuryDelivery(Command):
    """An effect was refused for good; ``person`` of us does not have it.

    ``behind`` is what it needed that will not come.
    """

    key: str
    error: str
    person: str = ""
    behind: str = ""


@dataclass(frozen=True, slots=True)
class DeliveryBuried(Event):
    """Something that had to arrive was refused for good.

    ``person`` is whom of us it was meant for, ``behind`` what it needed and will not come. Of what
    was meant for our own people ``cause`` is why, and ``again`` that a person was told of it.
    ``reason`` is the other side's word for it, of whatever was refused. ``batch`` counts the
    messages in which such things are listed; ``message`` is the key of its one, ``teller`` has it.
    """

    NAME = "DeliveryBuried"

    key: str
    error: str
    person: str = ""
    behind: str = ""
    cause: str = ""
    again: bool = False
    reason: str = ""
    batch: int = 0
    teller: Staff | None = None
    message: str = ""


@dataclass(frozen=True, slots=True)
class TryAgain(Command):
    """Press **Try again**: what of ours did not arrive is sent once more."""


@dataclass(frozen=True, slots=True)
class ToldThem(Command):
    """Press **I told them**: whoever has not got it knows it now."""


@dataclass(frozen=True, slots=True)
class DeliveriesTriedAgain(Event):
    """What had been refused is sent once more."""

    NAME = "DeliveriesTriedAgain"

    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UndeliveredTold(Event):
    """A person told by themselves what had not arrived."""

    NAME = "UndeliveredTold"

    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DeliveryRevived(Event):
    """Something that had been refused for good was taken after all."""

    NAME = "DeliveryRevived"

    key: str


@dataclass(frozen=True, slots=True)
class AddressesMissed(Event):
    """A mail reached some of its addresses, and these for good not."""

    NAME = "AddressesMissed"

    key: str
    missed: tuple[Missed, ...]


MAY_HAVE_ARRIVED = "it may have arrived"
"""How the error of a delivery begins of which nobody knows whether it was taken."""
THREAD_GONE = "its thread is gone"
"""What is noted of words that stand by themselves: the message they were to answer was deleted."""
