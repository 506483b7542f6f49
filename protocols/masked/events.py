"""That a number was typed and masked. Source: M14."""

from __future__ import annotations

from dataclasses import dataclass

from protocols.kernel.event import Event


@dataclass(frozen=True, slots=True)
class NumberMasked(Event):
    """A card or account number was typed, and masked before anything was kept. Source: M14."""

    NAME = "NumberMasked"

    kind: str
    ending: str
