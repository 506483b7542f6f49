"""The command and the event of a verification. Source: S72."""

from __future__ import annotations

from dataclasses import dataclass

from protocols.kernel.command import Command
from protocols.kernel.event import Event


@dataclass(frozen=True, slots=True)
class RecordVerified(Command):
    """Record how a matter of money was verified."""

    how: str


@dataclass(frozen=True, slots=True)
class Verified(Event):
    """Somebody verified what the ticket is about; it never leaves. Source: S72."""

    NAME = "Verified"

    how: str
