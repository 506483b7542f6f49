"""Impacted accounts are named: the command and its event. Source: S23."""

from __future__ import annotations

from dataclasses import dataclass

from protocols.kernel.command import Command
from protocols.kernel.event import Event


@dataclass(frozen=True, slots=True)
class AddImpacted(Command):
    """Name impacted accounts by their keys. Source: S23."""

    accounts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ImpactedNamed(Event):
    """Impacted accounts were named."""

    NAME = "ImpactedNamed"

    accounts: tuple[str, ...]
