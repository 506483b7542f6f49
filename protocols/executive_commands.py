"""What executives ask of a ticket, as commands. Source: S15, S160, S173; D11."""

from __future__ import annotations

from dataclasses import dataclass

from protocols.command import Command


@dataclass(frozen=True, slots=True)
class MarkSeen(Command):
    """An executive pressed **Seen**. Source: D11."""


@dataclass(frozen=True, slots=True)
class AskQuestion(Command):
    """An executive asks the bridge. Source: D11."""

    text: str
