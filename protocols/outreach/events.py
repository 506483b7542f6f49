"""Commands of the bridge: people, roles, findings, holds, the tier."""

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
