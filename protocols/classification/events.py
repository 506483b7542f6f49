"""Commands and events of classifying: who is asked, and which tier a person says. Source: D44."""

from __future__ import annotations

from dataclasses import dataclass, field

from protocols.kernel.command import Command
from protocols.kernel.event import Event
from protocols.opening.events import AttachedFile
from protocols.people.people import Staff
from protocols.scales import Category, Impact, Severity, Signal, Tier


@dataclass(frozen=True, slots=True)
class Classify(Command):
    """Say which tier a report is; from Tier 3 on with what the form says beside it.

    Attributes:
        summary: The one line for colleagues; empty where it stays as it was heard.
        poc: Who is to face the account; None for the one who classifies.
    """

    tier: Tier
    impacts: frozenset[Impact] = field(default_factory=frozenset)
    signal: Signal | None = None
    funds_confirmed: bool = False
    severity: Severity | None = None
    category: Category | None = None
    summary: str = ""
    description: str = ""
    poc: str | None = None
    files: tuple[AttachedFile, ...] = ()


@dataclass(frozen=True, slots=True)
class ClassificationAsked(Event):
    """Somebody is asked which tier it is; ``to`` is empty where nobody is on duty.

    Attributes:
        number: Which question it is, from one.
        words: The words of the signal matrix that were heard; empty where none was.
    """

    NAME = "ClassificationAsked"

    number: int
    to: tuple[Staff, ...]
    signal: Signal | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class TicketClassified(Event):
    """A person has said which tier it is."""

    NAME = "TicketClassified"

    tier: Tier
    impacts: frozenset[Impact] = field(default_factory=frozenset)
    signal: Signal | None = None
    funds_confirmed: bool = False
    severity: Severity | None = None
    category: Category | None = None
    summary: str = ""
    description: str = ""
    files: tuple[AttachedFile, ...] = ()
