"""Where what is for a team goes."""

from __future__ import annotations

from dataclasses import dataclass

from protocols.kernel.effects import InsideAddress


@dataclass(frozen=True, slots=True)
class TeamChannel(InsideAddress):
    """The channel of a team, of which the identity is known."""

    channel_id: str
