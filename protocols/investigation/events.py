"""Commands and events of what is found inside: scope, exposure, findings, isolation.

Source: S36, S41, S44-S46; D16.
"""

from __future__ import annotations

from dataclasses import dataclass

from protocols.kernel.command import Command
from protocols.kernel.event import Event


@dataclass(frozen=True, slots=True)
class ConfirmScope(Command):
    """Say which accounts, since when, and how it was seen. Source: S36."""

    accounts: str
    since: str
    how: str


@dataclass(frozen=True, slots=True)
class ConfirmExposure(Command):
    """Confirm financial exposure: Finance, and Legal or Compliance, are asked. Source: S41, D16."""


@dataclass(frozen=True, slots=True)
class RecordFinding(Command):
    """Keep a raw technical fact, inside for ever. Source: S44, S46."""

    kind: str
    text: str
    accounts_count: int | None = None
    records_count: int | None = None


@dataclass(frozen=True, slots=True)
class RecordIsolation(Command):
    """Say where and how the affected records are isolated. Source: S45."""

    possible: bool
    text: str


@dataclass(frozen=True, slots=True)
class ScopeConfirmed(Event):
    """The contact said which accounts, since when, how seen."""

    NAME = "ScopeConfirmed"

    accounts: str
    since: str
    how: str


@dataclass(frozen=True, slots=True)
class ExposureConfirmed(Event):
    """Financial exposure is confirmed."""

    NAME = "ExposureConfirmed"


@dataclass(frozen=True, slots=True)
class FindingRecorded(Event):
    """A raw technical fact was kept."""

    NAME = "FindingRecorded"

    number: int
    kind: str
    text: str
    accounts_count: int | None
    records_count: int | None
