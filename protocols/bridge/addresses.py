"""Where what is for the bridge goes."""

from __future__ import annotations

from dataclasses import dataclass

from protocols.kernel.effects import InsideAddress


@dataclass(frozen=True, slots=True)
class Bridge(InsideAddress):
    """The ticket's private channel."""
