"""What executives are asked and answer, as commands. Source: S15, S60, S160, S173; D11."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from protocols.commands.base import Command


@dataclass(frozen=True, slots=True)
class MarkSeen(Command):
    """An executive pressed **Seen**. Source: D11."""


@dataclass(frozen=True, slots=True)
class AskQuestion(Command):
    """An executive asks the bridge. Source: D11."""

    text: str


@dataclass(frozen=True, slots=True)
class AskDecision(Command):
    """Ask the executive for a decision: two to four answers, and what holds without one.

    Source: S60, S160; D11.
    """

    question: str
    options: tuple[str, ...]
    due_at: datetime
    default: str


@dataclass(frozen=True, slots=True)
class Decide(Command):
    """Answer a decision by the number of one of its options, counted from 1. Source: D11."""

    number: int
    option: int
