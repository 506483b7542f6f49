"""What came before of an account: the tickets alike, the last ones, their ends, what was done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from protocols.closure.state import Closure
from protocols.closure.telling import what_was_done
from protocols.relations.state import Relations
from protocols.status import Status
from protocols.ticket import Ticket
from templates.kit.values import Value

MOST_ALIKE, MOST_OTHERS = 3, 3
ENDED = {
    Status.OPEN: "open",
    Status.RESOLVED: "resolved",
    Status.CONFIRMED: "solved",
    Status.CLOSED: "closed",
    Status.OPENED_IN_ERROR: "withdrawn",
}


def earlier_words(ticket: Ticket, before: Sequence[Ticket]) -> str:
    """Return which tickets of an account came before one, and how they ended. Source: S68.

    Alike are those of its category. ``before`` holds what the reader may read, newest first.
    """
    older = [each for each in before if each.opened_at < ticket.opened_at]
    alike = [each for each in older if each.category is ticket.category]
    others = [each for each in older if each.category is not ticket.category]
    parts = []
    if alike:
        parts.append(f"{len(alike)} earlier like it: {_named(alike[:MOST_ALIKE])}")
    if others:
        parts.append(f"else {_named(others[:MOST_OTHERS])}")
    return " · ".join(parts)


@dataclass(frozen=True, slots=True)
class DoneLine(Value):
    """What was done on an earlier ticket, and what it came from; for us alone. Source: S101."""

    ref: str
    done: str
    cause: str


def earlier_done(ticket: Ticket, before: Sequence[Ticket]) -> tuple[DoneLine, ...]:
    """Return what was done on the last tickets alike, newest first. Source: S68, S101."""
    alike = (
        _done(each)
        for each in before
        if each.opened_at < ticket.opened_at and each.category is ticket.category
    )
    return tuple(line for line in alike if line.done)[:MOST_ALIKE]


def _done(ticket: Ticket) -> DoneLine:
    resolution = ticket.of(Closure).resolution
    cause = resolution.cause if resolution is not None else ""
    return DoneLine(ticket.reference, what_was_done(ticket)[0], cause)


def _named(tickets: Sequence[Ticket]) -> str:
    return ", ".join(f"{each.reference} ({_ended(each)})" for each in tickets)


def _ended(ticket: Ticket) -> str:
    into = ticket.of(Relations).merged_into
    return f"part of {into}" if into else ENDED[ticket.status]
