"""Where released words go that are for nobody by name."""

from __future__ import annotations

from dataclasses import dataclass

from protocols.kernel.effects import OutsideAddress


@dataclass(frozen=True, slots=True)
class StatusPage(OutsideAddress):
    """The public status page."""
